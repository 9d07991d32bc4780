import { memoized } from "../../base/memoized";
import { isInside } from "../../base/text";
import { rootOf } from "../../model/accessPath";
import type { CallSummary, FileSummary, FunctionSummary } from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import { registersRoute, registrationCall, type WayFromOutside } from "../../model/graph/wayFromOutside";
import type { FunctionId } from "../../model/link/links";
import {
  functionAt,
  type LinkedFunction,
  linkedFunction,
  type RegistrationSite,
  type WorkspaceModel,
} from "../../model/workspaceModel";
import { holdsFor, mayHoldElsewhere, routeAt } from "./routeScopes";

/** What says of itself that it limits how often something is done. */
export const limitsRate =
  /cool_?down|rate_?limit|ratelimit|http_?rate|throttl|limiter|quota|debounce|last_?(?:sent|call|run|post|request|notif|invit|email|mail|alarm|broadcast|trigger|active_?at|used)|(?:sent|called|notified|requested|invited|posted)_?at\b|too_?(?:many|often|fast|soon)|\b429\b|captcha|time\.Since\(/i;

/** Of more routes than this, a limit is meant for all of them, and not for what one of them does. */
const fewRoutes = 10;

/**
 * Whether a limit is put on a route: at its registration or its class, around its handler, or on all of the few routes
 * of a place. One that is only made there, or put on another route, is none.
 */
export function isRouteLimited(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  const { registered } = reach;
  const registration = registered && registrationCall(model, registered);
  if (registration && limitsAt(model, registered).some((site) => isInside(site, registration))) return true;
  if (registration && isAskedFor(model) && hasOptions(registration)) return true;
  return (
    isLimitedItself(model, root) ||
    placesOf(model, root, registered).some(
      ({ calls, hasLimit }) => hasLimit && calls.filter(isRegistration).length <= fewRoutes,
    )
  );
}

/** `app.post("/notices", { config: { rateLimit } }, answer)`: what the object says is not known more closely. */
function hasOptions({ arguments: given }: CallSummary): boolean {
  return given.length > 2 && given.slice(1, -1).includes("");
}

/** Whether some file installs a limit that holds only where a route asks for it. */
function isAskedFor({ files }: WorkspaceModel): boolean {
  return limitedWhereAsked(files);
}

const limitedWhereAsked = memoized((files: WorkspaceModel["files"]) => [...files.values()].some(limitsWhereAsked));

const limitsWhereAsked = memoized((file: FileSummary) =>
  callsIn(file).some(
    (site) =>
      installs.test(site.callee) && site.options?.members.global === "false" && isLimit(site, namesIn(file).limits),
  ),
);

/** Whether many routes have a limit together. */
export function isLimitedWithOthers(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  return placesOf(model, root, reach.registered).some(({ hasLimit }) => hasLimit) || isLimitedForAll(model);
}

/** Whether a call asks a limit that its file makes or imports. */
export function asksLimit({ callee, origin = callee }: CallSummary, file: FileSummary): boolean {
  return limitsRate.test(origin) || namesIn(file).limits.includes(rootOf(callee));
}

/** Whether a handler is decorated with a limit or handed to one, or its class, or one above that in the file, has one. */
function isLimitedItself(model: WorkspaceModel, root: LinkedFunction): boolean {
  const place = functionAt(model, root);
  if (!place) return false;
  const { file, fn } = place;
  const { limits, wrappers } = namesIn(file);
  const own = [`<func#${root.index}>`, ...(fn.name === "" ? [] : [fn.name])];
  const says = (text: string) =>
    limitsRate.test(text) || (text.match(/[\w$]+/g) ?? []).some((name) => limits.includes(name));
  if (fn.decorators.some((text) => says(text) || wrappers.includes(calleeOf(text)))) return true;
  // The decorator of another method is that one's.
  const ofOthers = file.functions.flatMap(({ decorators }) => decorators.filter(says).map(calleeOf));
  const limiting = file.calls.filter((site) => isLimit(site, limits) && !ofOthers.includes(site.callee));
  if (limiting.some((site) => site.arguments.some((given) => own.includes(given)))) return true;
  const wanted = fn.typeName === undefined ? [] : [fn.typeName];
  for (const name of wanted) {
    const type = file.types.find((one) => one.name === name);
    // Elsewhere whoever has a limit asks it where it is meant.
    const isLimited = file.language === "python" && type?.fields.some((field) => limitsRate.test(field.name));
    if (type && (isLimited || limiting.some((site) => isInside(site, type)))) return true;
    wanted.push(...(type?.bases ?? []).filter((base) => !wanted.includes(base)));
  }
  return false;
}

function calleeOf(decorator: string): string {
  return decorator.replace(/\(.*$/s, "");
}

/** A route and what answers it: `map.get("x")` is given nothing that does. A procedure has its name elsewhere. */
function isRegistration({ callee, arguments: given }: CallSummary): boolean {
  const [first = ""] = given;
  if (given.length === 1) return /\.(?:query|mutation|subscription)$/.test(callee) && first.startsWith("<func#");
  return registersRoute(callee) && first.startsWith('"');
}

interface PlaceOfRoutes {
  calls: readonly CallSummary[];
  hasLimit: boolean;
}

/** The files of a handler and of its registration, and the function that registers it. */
function placesOf(model: WorkspaceModel, root: LinkedFunction, registered?: RegistrationSite): PlaceOfRoutes[] {
  const paths = [...new Set([root.path, registered?.path ?? root.path])];
  const places: Pick<RegistrationSite, "path" | "index">[] = paths.map((path) => ({ path }));
  const route = routeAt(
    registered && registrationCall(model, registered),
    functionAt(model, root)?.fn.decorators ?? [],
  );
  if (registered?.index !== undefined) places.push(registered);
  return places.flatMap((place) => {
    const file = model.files.get(place.path);
    if (!file) return [];
    const own = siteOf(model, place)?.calls ?? [];
    const limits = limitsAt(model, place).filter((limit) => holdsFor(limit, route, file, own, takesLimits));
    const hasLimit = putsLimitOnAll(file, own, limits) || isDecoratedUnseen(file);
    return { calls: place.index === undefined ? callsIn(file) : own, hasLimit };
  });
}

/** The calls outside every function of a file, or in one of them, that are limits. */
function limitsAt(model: WorkspaceModel, place: Pick<RegistrationSite, "path" | "index">): CallSummary[] {
  const file = model.files.get(place.path);
  if (!file) return [];
  const { limits, wrappers } = namesIn(file);
  const linked = place.index === undefined ? undefined : linkedFunction(model, file, place.index);
  const isWrapper = (id: FunctionId) => {
    const callee = model.functions.get(id);
    const at = callee && functionAt(model, callee);
    return at !== undefined && limitsWhatItGets(at.file, at.fn);
  };
  return (siteOf(model, place)?.calls ?? []).filter(
    (site, call) =>
      isLimit(site, [...limits, ...wrappers]) || linked?.links.calls[call]?.functions.some(isWrapper) === true,
  );
}

/** Whether limits are put on more than one route: where one is installed, or a router is put into one. */
function putsLimitOnAll(file: FileSummary, calls: readonly CallSummary[], limits: readonly CallSummary[]): boolean {
  const ofMore = outside(limits, calls.filter(isRegistration));
  const areInstalled = outside(ofMore, calls.filter(takesLimits)).length < ofMore.length;
  return areInstalled || ofMore.some((site) => isForAll(site) || isForRouter(site, file) || decorates(site, file));
}

/** `limited(mux)`, `Limiter(key, default_limits=[...])` */
function isForAll({ callee, arguments: given }: CallSummary): boolean {
  if (given.some((argument) => /^(?:default|application)_limits=/.test(argument))) return true;
  return !onlyMakes.test(callee) && given.some((argument) => apps.test(argument));
}

/** `limiter.limit("5/minute")(blueprint)` */
function isForRouter({ callee, arguments: given }: CallSummary, { constants }: FileSummary): boolean {
  if (onlyMakes.test(callee)) return false;
  const made = constants.filter(({ origin = "" }) => routers.test(origin)).map(({ name }) => name);
  return given.some((argument) => made.includes(argument));
}

const onlyMakes = /(?:^|\.)(?:[nN]ew\w*|[mM]ake\w*|[cC]reate\w*|\w*Limiter|[iI]nit\w*)$/;
const apps =
  /(?:^|\.)(?:mux|router|app|engine)$|(?:New(?:ServeMux|Router|Mux)|gin\.(?:New|Default)|echo\.New)\(\)$|^<\*?(?:http\.ServeMux|mux\.Router|chi\.\w+|gin\.Engine|echo\.Echo)>$/;
const routers = /(?:^|\.)(?:express|\w*Router|Blueprint)\(\)$/;

/** `@UseGuards(ThrottlerGuard)` before a class. */
function decorates({ callee }: CallSummary, { types, constants }: FileSummary): boolean {
  return (
    types.some(({ decorated }) => decorated) &&
    /^[A-Z]\w*$/.test(callee) &&
    !constants.some(({ origin }) => origin === `${callee}()`)
  );
}

/** Annotations before a class are not known in Java: what is imported, and seen nowhere else, stands there. */
function isDecoratedUnseen({ language, imports, functions, types }: FileSummary): boolean {
  if (language !== "java") return false;
  const seen = [
    ...functions.flatMap((fn) => [
      ...fn.decorators,
      ...fn.parameters.map(({ type = "" }) => type),
      ...fn.failures.throws,
      ...fn.calls.map(({ callee }) => callee),
    ]),
    ...types.flatMap(({ fields, bases }) => [...bases, ...fields.map(({ type = "" }) => type)]),
  ];
  return imports.some(
    ({ module, member, localName }) =>
      limitsRate.test(`${module} ${member}`) && !seen.some((text) => text.includes(localName)),
  );
}

/** The calls that stand in none of some others. */
function outside(calls: readonly CallSummary[], others: readonly CallSummary[]): CallSummary[] {
  const around = [...others].sort((a, b) => a.start - b.start);
  let next = 0;
  let end = -1;
  return [...calls]
    .sort((a, b) => a.start - b.start)
    .filter((call) => {
      for (let other = around[next]; other && other.start <= call.start; other = around[++next])
        end = Math.max(end, other.end);
      return call.end > end;
    });
}

function callsIn({ calls, functions }: FileSummary): CallSummary[] {
  return [calls, ...functions.map((fn) => fn.calls)].flat();
}

/** What the registration of a handler stands in: a function, or a file. */
function siteOf(
  model: WorkspaceModel,
  { path, index }: Pick<RegistrationSite, "path" | "index">,
): FileSummary | FunctionSummary | undefined {
  const file = model.files.get(path);
  return index === undefined ? file : file?.functions[index];
}

/** Whether a call says that it is a limit, or is given one by its name in the file. */
function isLimit({ callee, arguments: given }: CallSummary, names: readonly string[]): boolean {
  const said = [callee, ...given];
  return limitsRate.test(said.join(" ")) || said.some((path) => names.includes(rootOf(path)));
}

/** What a file calls limits. */
interface LimitNames {
  /** Limits that it makes or imports. */
  limits: readonly string[];
  /** Functions that limit what they are given. */
  wrappers: readonly string[];
}

const namesIn = memoized((file: FileSummary): LimitNames => {
  // A router that is made with a limit is none itself.
  const made = file.constants.filter(
    ({ origin = "", value = "" }) => limitsRate.test(`${origin} ${value}`) && !routers.test(origin),
  );
  const imported = file.imports.filter(({ module, member = "" }) => limitsRate.test(`${module} ${member}`));
  const wrappers = file.functions.filter((fn) => limitsWhatItGets(file, fn));
  return {
    limits: [...made.map(({ name }) => name), ...imported.map(({ localName }) => localName)],
    wrappers: wrappers.map(({ name }) => name).filter((name) => name !== ""),
  };
});

/**
 * Whether a function asks a limit before it goes on, or answers with one that does: `func limited(next http.Handler)`,
 * `(request, response, next) => {}`, `def once_per(seconds)` that gives a decorator.
 */
function limitsWhatItGets(file: FileSummary, fn: FunctionSummary): boolean {
  const { functions } = file;
  if (fn.parameters.length === 0 || fn.calls.some(isRegistration)) return false;
  const isMiddleware = fn.parameters.some(({ name }) => name === "next");
  return functions.some(
    (one, i) =>
      (isMiddleware || one !== fn) &&
      functionsAround(file, i).includes(fn) &&
      one.calls.some((site) => isLimit(site, [])),
  );
}

const limitedForAll = memoized((files: WorkspaceModel["files"]) => [...files.values()].some(limitsAll));

/** Whether some file puts a limit before every route. */
function isLimitedForAll({ files }: WorkspaceModel): boolean {
  return limitedForAll(files);
}

const limitsAll = memoized(
  (file: FileSummary): boolean =>
    !file.isTest &&
    (file.constants.some(({ name }) =>
      /DEFAULT_THROTTLE|^RATE_?LIMIT(?:S|ING)?(?:_(?:DEFAULT|ENABLED?|GLOBAL|APPLICATION))?$/.test(name),
    ) ||
      isGuardedByThrottler(file) ||
      installsLimitForAll(file)),
);

/** Outside of what registers a route, which would be a limit for that. */
function installsLimitForAll(file: FileSummary): boolean {
  const calls = callsIn(file);
  const installing = calls.filter(
    (site) => installsLimit(site, file) && mayHoldElsewhere(site, file, calls, takesLimits),
  );
  return installing.length > 0 && outside(installing, calls.filter(isRegistration)).length > 0;
}

/** What `ThrottlerModule.forRoot` sets up limits nothing until a guard asks it. */
function isGuardedByThrottler({ imports }: FileSummary): boolean {
  const names = imports.map(({ member = "" }) => member);
  return names.includes("APP_GUARD") && names.some((name) => name.endsWith("ThrottlerGuard"));
}

function installsLimit(site: CallSummary, file: FileSummary): boolean {
  if (site.callee.startsWith("ThrottlerModule.")) return false;
  if (!isInstalling(site) && !isForAll(site)) return false;
  const { limits, wrappers } = namesIn(file);
  return isLimit(site, [...limits, ...wrappers]);
}

/** One that is told not to hold for all, `{ global: false }`, holds where a route asks for it. */
function isInstalling({ callee, options }: CallSummary): boolean {
  return options?.members.global !== "false" && installs.test(callee);
}

const installs = /(?:^|\.)(?:[uU]se|add_middleware|useGlobalGuards|register|include_router|forRoot(?:Async)?)$/;

/** `APIRouter(dependencies=[Depends(RateLimiter(...))])` */
function takesLimits(site: CallSummary): boolean {
  return isInstalling(site) || /(?:^|\.)(?:APIRouter|FastAPI|Starlette)$/.test(site.callee);
}

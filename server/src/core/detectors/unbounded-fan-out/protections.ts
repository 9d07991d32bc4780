import type { Span } from "../../base/text";
import {
  type CallSummary,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
} from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import type { ReachedCall } from "../../model/graph/roundTrips";
import { registersRoute, registrationCall, type WayFromOutside } from "../../model/graph/wayFromOutside";
import {
  functionAt,
  type LinkedFunction,
  type RegistrationSite,
  type WorkspaceModel,
} from "../../model/workspaceModel";

/** What keeps a request from making too much, in the order in which it is told. */
export type Protection = "rate" | "duplicates" | "cap" | "expiry";

export const protections: readonly Protection[] = ["rate", "duplicates", "cap", "expiry"];

const patterns: Readonly<Record<Protection, RegExp>> = {
  rate: /cool_?down|rate_?limit|ratelimit|throttl|limiter|quota|debounce|last_?(?:sent|call|run|post|request|notif|invit|email|mail|alarm|broadcast|trigger|active_?at|used)|(?:sent|called|notified|requested|invited|posted)_?at\b|too_?(?:many|often|fast|soon)|\b429\b|captcha|time\.Since\(/i,
  duplicates:
    /exist|already|seen\b|de_?dup|(?:is|has|are|no|any|find|check|skip|drop|ignore|remove|without|avoid|prevent|filter)_?duplicate|duplicate_?(?:key|entry|err|check)|unique|on conflict|on duplicate|insert (?:or )?ignore|upsert|get_?or_?create|find_?or_?create|first_?or_?create|connect_?or_?create|idempot|has_?been|distinct/i,
  cap: /(?<![a-z])(?:max|MAX)(?:[A-Z_]|imum)|\b(?:cap|capped)\b|(?<!rate)_?limit(?!er)|set_?limit|semaphore|p-?limit|worker_?pool|thread_?pool|executor|bulk|batch|chunk|\.slice\(|\[\d*:|sub_?list|islice|\btake\b|fetch first|paginat|per_?page|page_?size|too_?(?:many|large|big)|exceed/i,
  expiry:
    /expir|\bttl\b|_ttl|deadline|valid_?until|with_?timeout|removeOnComplete|delete_?after|clean_?up_?(?:at|after)|retention/i,
};

const comparesCount =
  /(?:\blen\([^)]*\)|\.(?:length|size|Len|Count|count)\b(?:\(\))?|\w*[cC]ount\w*(?:\(\))?) (?:[<>]=?|===?) (?!0\b|1\b)|^(?:i|n|idx|index|count|sent) >=? (?!len)(?!.*(?:length|size))/;

export interface ProtectionsFound {
  found: ReadonlySet<Protection>;
  /** The only limit of the rate is one that many routes have together. */
  isRateOfAll: boolean;
}

/** The protections that are on the way from the root to what makes something. */
export function protectionsFound(
  model: WorkspaceModel,
  way: WayFromOutside,
  made: readonly ReachedCall[],
  source: string,
): ProtectionsFound {
  const found = new Set<Protection>();
  const note = (text: string) => {
    for (const protection of protections) if (patterns[protection].test(text)) found.add(protection);
  };
  note(source);
  const onTheWay = new Set<LinkedFunction>([way.root, ...[...way.calls, ...made].map(({ linked }) => linked)]);
  for (const linked of onTheWay) {
    for (const text of textsOf(model, linked, true)) note(text);
    if (linked.links.calls.some(({ entry }) => entry?.role === "rate-limit")) found.add("rate");
    if (testsIn(functionAt(model, linked)?.fn.flow ?? []).some((test) => comparesCount.test(test))) found.add("cap");
    // What is asked before, and where the data comes from, may protect as well.
    for (const { callee, runs } of linked.edges) {
      const asked = runs === "now" ? model.functions.get(callee) : undefined;
      if (!asked || onTheWay.has(asked)) continue;
      for (const text of textsOf(model, asked, false)) note(text);
      if (asked.links.calls.some(({ entry }) => entry?.role === "rate-limit")) found.add("rate");
    }
  }
  const isRateOfAll = !found.has("rate") && !isRouteLimited(model, way) && isLimitedWithOthers(model, way);
  if (isRateOfAll || isRouteLimited(model, way)) found.add("rate");
  return { found, isRateOfAll };
}

/** What a function says of itself: names, conditions and queries; of one that is only asked, no names of what it calls. */
function textsOf(model: WorkspaceModel, linked: LinkedFunction, isOnTheWay: boolean): string[] {
  const place = functionAt(model, linked);
  if (!place) return [];
  const { file, fn } = place;
  const texts = [fn.name, ...queriesOf(fn)];
  if (!isOnTheWay) return texts;
  texts.push(...testsIn(fn.flow), ...fn.reads.map((path) => path.split(".").at(-1) ?? ""));
  for (const around of functionsAround(file, linked.index)) texts.push(around.name, ...around.decorators);
  for (const { callee, arguments: given } of fn.calls) {
    // What else is written many at once caps nothing, and neither does a date that is only stored.
    if (!/^(?:Math\.)?(?:max|min)$|\.(?:a?bulk\w*|\w+(?:InBatch|Bulk))$/.test(callee))
      texts.push(callee.split(".").slice(-2).join("."));
    for (const argument of given)
      if (!argument.startsWith('"') && /^(?!batch_size=|\w+_at=)\w+=|^429$/.test(argument)) texts.push(argument);
  }
  return texts;
}

function queriesOf({ calls }: FunctionSummary): string[] {
  return calls.flatMap(({ arguments: given }) =>
    given.filter((argument) => /^"\s*(?:select|insert|update|with|merge|replace)\b/i.test(argument)),
  );
}

function testsIn(flow: readonly Flow[]): string[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    const own = (node.kind === "branch" || node.kind === "loop") && node.test !== undefined ? [node.test] : [];
    return [...own, ...flowsInside(node).flatMap(testsIn)];
  });
}

/** Of more routes than this, a limit is meant for all of them, and not for what one of them does. */
const fewRoutes = 10;

/** Whether a limit stands where the route is registered, for it or for a few. */
function isRouteLimited(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  const { registered } = reach;
  const registration = registered && registrationCall(model, registered);
  const { calls = [] } = (registered && siteOf(model, registered)) ?? {};
  if (registration && (isLimit(registration) || calls.some((site) => isWithin(site, registration) && isLimit(site))))
    return true;
  return placesOf(model, root, registered).some(
    ({ calls, hasLimit }) => hasLimit && calls.filter(({ callee }) => registersRoute(callee)).length <= fewRoutes,
  );
}

function isLimitedWithOthers(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  return placesOf(model, root, reach.registered).some(({ hasLimit }) => hasLimit) || isLimitedForAll(model);
}

interface PlaceOfRoutes {
  calls: readonly CallSummary[];
  hasLimit: boolean;
}

/** The files of a handler and of its registration, and the function that registers it. */
function placesOf(model: WorkspaceModel, root: LinkedFunction, registered?: RegistrationSite): PlaceOfRoutes[] {
  const files = [...new Set([root.path, registered?.path ?? root.path])].flatMap((path) => model.files.get(path) ?? []);
  const around = registered?.index === undefined ? undefined : siteOf(model, registered);
  return [
    ...files.map(({ calls, functions, imports }) => ({
      calls: [calls, ...functions.map((fn) => fn.calls)].flat(),
      hasLimit: imports.some(({ module, member }) => patterns.rate.test(`${module} ${member}`)) || calls.some(isLimit),
    })),
    ...(around ? [{ calls: around.calls, hasLimit: around.calls.some(isLimit) }] : []),
  ];
}

/** What the registration of a handler stands in: a function, or a file. */
function siteOf(model: WorkspaceModel, { path, index }: RegistrationSite): FileSummary | FunctionSummary | undefined {
  const file = model.files.get(path);
  return index === undefined ? file : file?.functions[index];
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function isLimit({ callee, arguments: given }: CallSummary): boolean {
  return patterns.rate.test(`${callee} ${given.join(" ")}`);
}

const doorkeepers = new WeakMap<FileSummary, boolean>();
const limitedForAll = new WeakMap<WorkspaceModel["files"], boolean>();

/** Whether some file puts a limit before every route. */
function isLimitedForAll({ files }: WorkspaceModel): boolean {
  let isLimited = limitedForAll.get(files);
  if (isLimited === undefined) {
    isLimited = [...files.values()].some(limitsAll);
    limitedForAll.set(files, isLimited);
  }
  return isLimited;
}

function limitsAll(file: FileSummary): boolean {
  let limits = doorkeepers.get(file);
  if (limits === undefined) {
    limits =
      !file.isTest &&
      (file.constants.some(({ name }) => /DEFAULT_THROTTLE|^RATE_?LIMIT/.test(name)) ||
        [file.calls, ...file.functions.map(({ calls }) => calls)].some((sites) => sites.some(installsLimit)));
    doorkeepers.set(file, limits);
  }
  return limits;
}

function installsLimit(site: CallSummary): boolean {
  return (
    /(?:^|\.)(?:[uU]se|add_middleware|useGlobalGuards|register|forRoot(?:Async)?)$/.test(site.callee) && isLimit(site)
  );
}

import { isInside } from "../../base/text";
import type { CallSummary, FileSummary } from "../../model/fileSummary";

/** Where a route is: the router it is registered at, as written and closed, and its path. */
export interface RouteAt {
  router?: string;
  origin?: string;
  path?: string;
}

/** The router and the path of what registers a handler: `admin.post("/close", …)`, `@admin.post("/close")`. */
export function routeAt(registration: CallSummary | undefined, decorators: readonly string[]): RouteAt {
  if (registration) {
    const [first = ""] = registration.arguments;
    return { ...routerOf(registration), ...(first.startsWith('"') && { path: first.slice(1, -1) }) };
  }
  for (const decorator of decorators) {
    const [, router, path] =
      /^([\w.]+)\.(?:get|post|put|patch|delete|route|api_route|websocket)\((?:["']([^"']*)["'])?/.exec(decorator) ?? [];
    if (router !== undefined) return { router, ...(path !== undefined && { path }) };
  }
  return {};
}

/** What a limit is put on: all of a router, or what of it is below a path. */
interface Scope extends RouteAt {
  /** Nothing in the file is put under the router, and nobody is handed it. */
  isAlone: boolean;
  /** It is made to be put under another. */
  isPart: boolean;
}

/**
 * Whether a limit that is installed holds for a route, as far as both are known.
 *
 * @param sites all calls of the place where it is installed
 * @param takesLimits whether a call puts what it is given before routes
 */
export function holdsFor(
  limit: CallSummary,
  route: RouteAt,
  file: FileSummary,
  sites: readonly CallSummary[],
  takesLimits: (site: CallSummary) => boolean,
): boolean {
  const scope = scopeOf(limit, file, sites, takesLimits);
  if (!scope) return true;
  if (scope.path !== undefined && !isBelow(route, scope)) return false;
  const { router } = scope;
  if (router === undefined || route.router === undefined || router === route.router) return true;
  if (!scope.isPart || isMadeFrom(route, scope)) return true;
  return sites.some((site) => routerOf(site).router === router && site.arguments.includes(route.router ?? ""));
}

/** Whether a limit may hold for routes that other files register. */
export function mayHoldElsewhere(
  limit: CallSummary,
  file: FileSummary,
  sites: readonly CallSummary[],
  takesLimits: (site: CallSummary) => boolean,
): boolean {
  if (limit.arguments.some((given) => /\bglobal[:=] ?false\b/.test(given))) return false;
  const scope = scopeOf(limit, file, sites, takesLimits);
  return !scope || ((scope.path === undefined || ofAll.test(scope.path)) && !(scope.isPart && scope.isAlone));
}

function scopeOf(
  limit: CallSummary,
  file: FileSummary,
  sites: readonly CallSummary[],
  takesLimits: (site: CallSummary) => boolean,
): Scope | undefined {
  const installing = sites.find((site) => takesLimits(site) && (site === limit || isInside(limit, site)));
  const made =
    installing &&
    file.constants.findLast(({ start, origin }) => start < installing.start && origin === `${installing.callee}()`);
  const given = limit.arguments.find((argument) =>
    file.constants.some((one) => one.name === argument && isRouter(one.origin)),
  );
  const name = made?.name ?? (installing ? undefined : given);
  const at: RouteAt = name !== undefined ? { router: name } : installing ? routerOf(installing) : {};
  const { router, origin } = at;
  if (router === undefined) return undefined;
  const [first = ""] = installing?.arguments ?? [];
  const isPart = isRouter(origin) || file.constants.some((one) => one.name === router && isRouter(one.origin));
  const isAlone = !sites.some((site) =>
    routerOf(site).router === router
      ? takesLimits(site) &&
        !site.arguments.some((one) => one === "") &&
        site !== installing &&
        site.arguments.length > 1
      : !takesLimits(site) && site !== limit && site.arguments.includes(router),
  );
  return { ...at, ...(/^"\//.test(first) && { path: first.slice(1, -1) }), isPart, isAlone };
}

/** What a method is called on. */
function routerOf({ callee, origin = callee }: CallSummary): RouteAt {
  const dot = callee.lastIndexOf(".");
  if (dot < 0) return {};
  return { router: callee.slice(0, dot), origin: origin.slice(0, origin.lastIndexOf(".")) };
}

/** `r.Group("/admin")`, `express.Router()`, `new Router()`, `APIRouter()`, `Blueprint()` */
function isRouter(origin: string | undefined): boolean {
  return origin !== undefined && /(?:^|\.)(?:\w*Router|Blueprint|Group|Subrouter|Route)\(\)$/.test(origin);
}

function isMadeFrom(route: RouteAt, scope: Scope): boolean {
  return (
    scope.origin !== undefined &&
    scope.origin !== "" &&
    route.origin !== undefined &&
    route.origin !== scope.origin &&
    route.origin.startsWith(`${scope.origin}.`)
  );
}

/** Whether a route is below the path of a limit; of another router it is not known under what it is put. */
function isBelow(route: RouteAt, { path = "", router }: Scope): boolean {
  if (route.path === undefined || (route.router !== router && !route.path.startsWith("/"))) return true;
  const prefix = path.replace(/[/*]+$/, "");
  return ofAll.test(path) || route.path === prefix || route.path.startsWith(`${prefix}/`);
}

/** A path that stands for a whole interface. */
const ofAll = /^\/?(?:\*|\/|api\b.*|v\d+\b.*)?$/;

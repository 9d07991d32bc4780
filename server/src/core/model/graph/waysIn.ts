import { isSameData } from "../../base/sameData";
import type { Turns } from "../../base/turns";
import type { CallSummary, FileSummary, Flow, FunctionSummary } from "../fileSummary";
import type { FileLinks, FunctionId, FunctionLinks, HandedOver } from "../link/links";
import type { Reach, RegistrationSite } from "../workspaceModel";
import { type Commands, commandRoots, type Schedules, scheduledRoots } from "./commandRoots";
import { alternativesIn, type GraphNode, noReach } from "./graphNode";
import { isRunByHand } from "./runByHand";

export interface Registration {
  kind: Reach["kind"];
  at: RegistrationSite;
  /** Not the function itself is registered, but what it gives back: `handle("/orders", listOrders(store))`. */
  isMaker?: true;
}

/** The functions handed to timers and to whoever calls from outside, by file. */
export type Registrations = ReadonlyMap<string, ReadonlyMap<FunctionId, readonly Registration[]>>;

/** The functions of a file that are handed to timers and to whoever calls from outside. */
export function registrationsIn(
  path: string,
  { summary, links }: { summary: FileSummary; links: FileLinks },
): ReadonlyMap<FunctionId, readonly Registration[]> {
  const found = new Map<FunctionId, Registration[]>();
  [links.outside, ...links.functions].forEach((fn, i) => {
    const sites = i === 0 ? summary.calls : (summary.functions[i - 1] as FunctionSummary).calls;
    fn.calls.forEach(({ entry }, call) => {
      const kind = setsItselfAgain(summary, links, i - 1, call) ? "timer" : entry?.role;
      if (kind !== "handler" && kind !== "timer") return;
      const registration: Registration = { kind, at: i === 0 ? { path, call } : { path, index: i - 1, call } };
      const given = (fn.handedOver.get(call) ?? []).filter(
        ({ argument }) => entry?.callback === undefined || argument >= entry.callback,
      );
      for (const { functions } of [...given, ...wrappedIn(sites, call, fn)])
        for (const id of functions) found.set(id, [...(found.get(id) ?? []), registration]);
      for (const id of makersGiven(sites, call, entry?.callback ?? 0, fn))
        found.set(id, [...(found.get(id) ?? []), { ...registration, isMaker: true }]);
    });
  });
  return found;
}

/** What runs a function once, after a time. */
const onceLater = /(?:^|\.)(?:AfterFunc|setTimeout|call_later)$/;

/** Whether a function has itself run again after a time, whatever comes: `time.AfterFunc(d, func() { work(); arm() })` in `arm`. */
function setsItselfAgain({ functions }: FileSummary, links: FileLinks, index: number, call: number): boolean {
  const own = links.functions[index];
  const { entry, external } = own?.calls[call] ?? {};
  if (!own || entry?.role !== "spawn" || !onceLater.test(external?.symbol ?? "")) return false;
  if (!runsAlways(functions[index]?.flow, call)) return false;
  return (own.handedOver.get(call) ?? []).some((given) =>
    given.functions.some((id) => {
      if (id === own.id) return true;
      const closure = links.functions.findIndex((other) => other.id === id);
      return links.functions[closure]?.calls.some(
        (target, again) => target.functions.includes(own.id) && runsAlways(functions[closure]?.flow, again),
      );
    }),
  );
}

/** Whether a call is made under no condition. */
function runsAlways(flow: readonly Flow[] = [], call: number): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return node === call;
    return node.kind === "try" && (runsAlways(node.body, call) || runsAlways(node.finally, call));
  });
}

/** Functions that a handler is made of: `handle("/orders", authorised(server.orders))`. */
function wrappedIn(sites: readonly CallSummary[], call: number, { calls, handedOver }: FunctionLinks): HandedOver[] {
  const { start } = sites[call] as CallSummary;
  const found: HandedOver[] = [];
  // What is called for an argument comes right before the call.
  for (let inner = call - 1; inner >= 0 && (sites[inner]?.start ?? 0) > start; inner--) {
    const role = calls[inner]?.entry?.role;
    if (role === undefined || role === "handler") found.push(...(handedOver.get(inner) ?? []));
  }
  return found;
}

/** The functions whose results a call is handed, by itself or through others that are handed them: `authorised(listOrders(store))`. */
function makersGiven(
  sites: readonly CallSummary[],
  call: number,
  first: number,
  { calls }: Pick<FunctionLinks, "calls">,
): readonly FunctionId[] {
  const { arguments: given = [] } = sites[call] ?? {};
  return given.slice(Math.max(first, 0)).flatMap((argument) => {
    if (!argument.endsWith("()")) return [];
    const made = argument.slice(0, -2);
    // The one that is called last before it is meant: what it is handed was called for that.
    const inner = sites.findLastIndex(({ callee, origin = callee }, i) => i < call && origin === made);
    if (inner < 0 || calls[inner]?.entry?.role !== undefined) return [];
    // What the maker was given before is what it works with, and no handler: `readyHandler(scheduler)`.
    const { start = 0, end = 0 } = sites[call] ?? {};
    const isWrittenThere = (sites[inner]?.start ?? 0) >= start && (sites[inner]?.end ?? 0) <= end;
    const wrapped = isWrittenThere ? makersGiven(sites, inner, 0, { calls }) : [];
    return [...(calls[inner]?.functions ?? []), ...wrapped];
  });
}

/** Django's signals that a schema is brought up to date: once, and by hand. */
const migrations = /\b(?:pre|post)_migrate\b/;

/** The ways in from outside that start at a function. */
export function entriesOf(
  roles: readonly { role?: string }[],
  { loopPaces }: FunctionLinks,
  { decorators }: Pick<FunctionSummary, "decorators">,
): Reach["kind"][] {
  const isOfMigrations = decorators.some((decorator) => migrations.test(decorator));
  const kinds: Reach["kind"][] = roles.flatMap(({ role }) =>
    (role === "handler" && !isOfMigrations) || role === "timer" ? [role] : [],
  );
  // Who waits for a clock again and again is a timer.
  for (const pace of loopPaces.values()) {
    const kind = pace === "clock" ? "timer" : pace === "messages" ? "handler" : undefined;
    if (kind && !kinds.includes(kind)) kinds.push(kind);
  }
  return kinds;
}

/** Finds again who gets to each function from outside. */
export function* reach(
  nodes: ReadonlyMap<FunctionId, GraphNode>,
  registrations: Registrations,
  commands: Commands,
  schedules: Schedules,
  dirty: Set<FunctionId>,
): Turns<void> {
  const reached = new Map<GraphNode, Reach[]>();
  for (const kind of ["handler", "timer"] as const) {
    const all = rootsOf(kind, nodes, registrations);
    for (const root of kind === "timer" ? scheduledRoots(schedules, nodes) : []) all.set(root, all.get(root));
    const seen = new Set<GraphNode>();
    // Of an example, or a tool, a way counts where the program itself has none.
    const roots = rootsWhere(all, ({ id }) => !isRunByHand(pathOf(id)));
    yield* reachFrom(kind, roots, seen, reached, nodes);
    if (kind === "handler") {
      yield* reachFrom(kind, rootsByShape(seen, nodes), seen, reached, nodes);
      yield* reachFrom(kind, commandRoots(commands, seen, nodes), seen, reached, nodes);
    }
    const byHand = rootsWhere(all, (root) => !roots.has(root) && !seen.has(root));
    yield* reachFrom(kind, byHand, seen, reached, nodes);
  }
  for (const node of nodes.values()) {
    yield;
    const now = reached.get(node) ?? noReach;
    if (sameReach(now, node.reachedFrom)) continue;
    node.reachedFrom = now;
    dirty.add(node.id);
  }
}

function rootsWhere<V>(roots: ReadonlyMap<GraphNode, V>, isMeant: (root: GraphNode) => boolean): Map<GraphNode, V> {
  return new Map([...roots].filter(([root]) => isMeant(root)));
}

function pathOf(id: FunctionId): string {
  return id.slice(0, id.indexOf("#"));
}

function* reachFrom(
  kind: Reach["kind"],
  roots: ReadonlyMap<GraphNode, RegistrationSite | undefined>,
  seen: Set<GraphNode>,
  reached: Map<GraphNode, Reach[]>,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
): Turns<void> {
  let front = [...roots.keys()].sort(byId);
  for (const root of front) {
    const at = roots.get(root);
    seen.add(root);
    addReach(reached, root, { kind, root: root.id, ...(at && { registered: at }), distance: 0 });
  }
  // Which of many is meant is not known: such a way counts where there is no other.
  const uncertain: { from: GraphNode; callee: FunctionId }[] = [];
  const arrive = (from: GraphNode, callee: FunctionId): readonly GraphNode[] => {
    const target = nodes.get(callee);
    const before = reached.get(from)?.find((reach) => reach.kind === kind);
    if (!target || !before || seen.has(target)) return [];
    seen.add(target);
    addReach(reached, target, { kind, root: before.root, via: from.id, distance: before.distance + 1 });
    return [target];
  };
  while (front.length > 0 || uncertain.length > 0) {
    const next: GraphNode[] =
      front.length > 0 ? [] : uncertain.splice(0).flatMap((way) => arrive(way.from, way.callee));
    for (const node of front) {
      yield;
      // What a function does before it starts to wait for its clock, or for messages, is done once.
      const isFirst = reached.get(node)?.some((reach) => reach.kind === kind && reach.distance === 0);
      const setOff = kind === "timer" ? node.timed : node.links.callsByMessages;
      const timed = isFirst && !roots.get(node) ? setOff : undefined;
      for (const { callee, call } of node.edges) if (!timed || timed.has(call)) next.push(...arrive(node, callee));
      if (!timed) for (const callee of alternativesIn(node.links)) uncertain.push({ from: node, callee });
    }
    front = next.sort(byId);
  }
}

function rootsByShape(
  seen: ReadonlySet<GraphNode>,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
): Map<GraphNode, undefined> {
  const roots = new Map<GraphNode, undefined>();
  for (const node of nodes.values())
    if (node.mayBeEntry && !seen.has(node) && !isCalledByProgram(node, nodes)) roots.set(node, undefined);
  return roots;
}

/** What takes nothing of a request and is called elsewhere has the shape by chance: it is a step of starting, or of stopping. */
function isCalledByProgram({ summary, callers }: GraphNode, nodes: ReadonlyMap<FunctionId, GraphNode>): boolean {
  return summary.parameters.length === 0 && [...callers].some((id) => nodes.get(id)?.summary.isTest === false);
}

/** The functions at which ways in start, with the first place that registers each. */
function rootsOf(
  kind: Reach["kind"],
  nodes: ReadonlyMap<FunctionId, GraphNode>,
  registrations: Registrations,
): Map<GraphNode, RegistrationSite | undefined> {
  const roots = new Map<GraphNode, RegistrationSite | undefined>();
  for (const node of nodes.values()) if (node.entry.includes(kind)) roots.set(node, undefined);
  addSetOff(kind, roots, nodes);
  for (const registered of registrations.values()) {
    for (const [id, registrations] of registered) {
      const node = nodes.get(id);
      for (const { kind: registeredAs, at, isMaker } of node ? registrations : []) {
        const started = isMaker ? node?.gives.map((made) => nodes.get(made)) : [node];
        for (const root of registeredAs === kind ? (started ?? []) : []) {
          const known = root && roots.get(root);
          if (root && (!known || at.path < known.path)) roots.set(root, at);
        }
      }
    }
  }
  return roots;
}

/** What is handed to a function of the workspace that calls it whenever its clock ticks, or for each message: `every(interval, work)`. */
function addSetOff(
  kind: Reach["kind"],
  roots: Map<GraphNode, RegistrationSite | undefined>,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
) {
  for (const { id, links, callers } of nodes.values()) {
    const setOff = kind === "timer" ? links.callsByTheClockOf : links.callsByMessagesOf;
    for (const callerId of setOff ? callers : []) {
      const caller = nodes.get(callerId);
      caller?.links.calls.forEach(({ functions }, call) => {
        for (const { argument, functions: given } of functions.includes(id)
          ? (caller.links.handedOver.get(call) ?? [])
          : [])
          for (const work of setOff?.includes(argument) ? given : []) {
            const root = nodes.get(work);
            if (root && !roots.get(root)) roots.set(root, { path: caller.path, index: caller.index, call });
          }
      });
    }
  }
}

function addReach(reached: Map<GraphNode, Reach[]>, node: GraphNode, reach: Reach): void {
  const known = reached.get(node);
  if (known) known.push(reach);
  else reached.set(node, [reach]);
}

function byId(a: GraphNode, b: GraphNode): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function sameReach(a: readonly Reach[], b: readonly Reach[]): boolean {
  return (
    a.length === b.length &&
    a.every((reach, i) => {
      const other = b[i] as Reach;
      return (
        reach.kind === other.kind &&
        reach.root === other.root &&
        reach.via === other.via &&
        reach.distance === other.distance &&
        isSameData(reach.registered, other.registered)
      );
    })
  );
}

import { positionOf, type Role } from "../../catalog/catalog";
import type { FunctionSummary } from "../fileSummary";
import { type FunctionId, type FunctionLinks, receiverHandedOver } from "../link/links";
import { isTable, type Topics } from "../link/topics";
import type { Edge } from "./functionEffects";
import { noCalls } from "./graphFunction";
import { type GraphNode, isSameList, noEdges } from "./graphNode";

/** What a function leads to: what it calls, what it hands over, and who listens for what it publishes. */
export function edgesOf(
  { path, links, summary, spawned, published }: GraphNode,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
  topics: Topics,
): readonly Edge[] {
  const edges: Edge[] = [];
  const started = tasksStarted(summary, links, path.endsWith(".py"), nodes);
  links.calls.forEach((target, call) => {
    for (const callee of target.functions) {
      const node = nodes.get(callee);
      const isTask =
        (started.has(call) && isAsync(node?.summary)) || isMadeTask(node?.summary) || node?.links.queued === true;
      edges.push({ call, callee, runs: isTask || spawned.has(call) ? "later" : "now" });
    }
    const handedOver = links.handedOver.get(call);
    if (!handedOver) return;
    for (const { argument, functions } of handedOver) {
      const count = summary.calls[call]?.arguments.length ?? 0;
      const runs =
        argument === receiverHandedOver || spawned.has(call) ? "later" : handedOverRuns(target, argument, count, nodes);
      for (const callee of functions) edges.push({ call, callee, runs });
    }
  });
  for (const [call, under] of published) {
    const runs = links.callsKept?.has(call) && !spawned.has(call) ? "now" : "later";
    const told = topics.listenersOf(under.filter((topic) => !isTable(topic)));
    for (const callee of told) edges.push({ call, callee, runs });
    // Which of a table is called is not known.
    for (const callee of topics.listenersOf(under.filter(isTable)))
      if (!told.includes(callee)) edges.push({ call, callee, runs: "unknown" });
  }
  return edges.length === 0 ? noEdges : edges;
}

function handedOverRuns(
  target: FunctionLinks["calls"][number],
  argument: number,
  count: number,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
): Edge["runs"] {
  const { entry } = target;
  if (positionOf(entry?.callback, count) === argument && entry) {
    if (runsLater.has(entry.role)) return "later";
    return "now";
  }
  const runsNow = target.functions.some((id) => nodes.get(id)?.links.callsParameters.includes(argument));
  return runsNow ? "now" : "unknown";
}

/** Whether what calls a function depends on another of its properties than before. */
export function isCalledOtherwise(
  before: GraphNode | undefined,
  summary: FunctionSummary,
  links: FunctionLinks,
): boolean {
  return (
    !isSameList(before?.links.callsParameters ?? [], links.callsParameters) ||
    isAsync(before?.summary) !== isAsync(summary) ||
    returnsTask(before?.summary) !== returnsTask(summary) ||
    isMadeTask(before?.summary) !== isMadeTask(summary) ||
    before?.links.queued !== links.queued ||
    waits(before?.summary) !== waits(summary) ||
    startsTasks(before?.links) !== startsTasks(links)
  );
}

const makesTask =
  /^(?:[\w.]+\.)?(?:(?:new|create|spawn|start|as)_?(?:task|thread)|(?:run_?)?in_?(?:thread|background|executor)|threaded|fire_?and_?forget)\b/i;

/** Whether a decorator, by its name, makes each call of a function the start of a task: `@new_task`, `@threaded`. */
function isMadeTask(summary: FunctionSummary | undefined): boolean {
  return summary?.decorators.some((decorator) => makesTask.test(decorator)) ?? false;
}

function isAsync(summary: FunctionSummary | undefined): boolean {
  return summary?.modifiers.includes("async") ?? false;
}

/** A function that hands back a task has been given what the task runs. */
function returnsTask(summary: FunctionSummary | undefined): boolean {
  return summary?.results.some((result) => /^(?:asyncio\.)?(?:Task|Future)\b/.test(result)) ?? false;
}

/** A function that starts what it is given and gives back the task: `def fire(work): return asyncio.ensure_future(work)`. */
function startsTasks(links: FunctionLinks | undefined): boolean {
  return links?.calls.some(({ entry }) => entry?.role === "spawn" && entry.callback !== undefined) ?? false;
}

/**
 * Calls whose result is started as a task: `create_task(self.audit(order))` runs nothing of `audit` by itself, nor does
 * in Python any other function that waits for nothing and that starts tasks, or that nobody waits for.
 */
function tasksStarted(
  { calls }: FunctionSummary,
  links: FunctionLinks,
  isPython: boolean,
  nodes: ReadonlyMap<FunctionId, GraphNode>,
): ReadonlySet<number> {
  let started: Set<number> | undefined;
  links.calls.forEach(({ entry, functions }, spawn) => {
    const site = calls[spawn];
    if (!site) return;
    const isSpawn = entry?.role === "spawn" && entry.callback !== undefined;
    const callees = functions.map((id) => nodes.get(id)?.summary);
    const isStarted = site.dropped || (!site.awaited && functions.every((id) => startsTasks(nodes.get(id)?.links)));
    const isUnawaited = isPython && isStarted && functions.length > 0 && callees.every((one) => !waits(one));
    if (!isSpawn && !isUnawaited && !callees.some(returnsTask)) return;
    const given = isSpawn ? [site.arguments[entry.callback as number]] : site.arguments;
    calls.forEach(({ start, end, callee, origin = callee }, call) => {
      if (call === spawn || start < site.start || end > site.end || !given.includes(`${origin}()`)) return;
      started ??= new Set();
      started.add(call);
    });
  });
  return started ?? noCalls;
}

/** Whether a function may run what it is given to its end. */
function waits(summary: FunctionSummary | undefined): boolean {
  return isAsync(summary) || (summary?.calls.some(({ callee }) => /(?:^|[._])run(?:_|$)/.test(callee)) ?? true);
}

/** What is handed to these is run some other time. */
const runsLater: ReadonlySet<Role | undefined> = new Set(["spawn", "timer", "handler", "publish"]);

export function calleesRunNow(edges: readonly Edge[]): ReadonlySet<FunctionId> {
  return new Set(edges.flatMap(({ callee, runs }) => (runs === "now" ? callee : [])));
}

export function sameEdges(a: readonly Edge[], b: readonly Edge[]): boolean {
  return (
    a.length === b.length &&
    a.every((edge, i) => edge.callee === b[i]?.callee && edge.call === b[i]?.call && edge.runs === b[i]?.runs)
  );
}

import { type Flow, flowsInside } from "../fileSummary";
import type { FunctionId } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { isConstruction, isMade } from "./construction";

/** Callers of callers are followed up to here. */
const maxDepth = 12;

/** One thread runs nothing of it: nobody knows what does, or several may at once. */
const several = Symbol("several");

type Thread = FunctionId | typeof several | undefined;

/**
 * The function that one thread runs, if nothing else leads to a function outside tests and construction: started at
 * one place and not in a loop, or on an object that is made where it is started. Nothing where a request, nobody or
 * several threads lead there.
 */
export function threadOf(model: WorkspaceModel, linked: LinkedFunction): FunctionId | undefined {
  const thread = threadAbove(model, linked, new Set());
  return typeof thread === "string" ? thread : undefined;
}

/** Whether all of several functions run on the same one thread. */
export function runOnOneThread(model: WorkspaceModel, functions: Iterable<LinkedFunction>): boolean {
  let thread: FunctionId | undefined;
  for (const linked of functions) {
    const own = threadOf(model, linked);
    if (own === undefined || (thread !== undefined && own !== thread)) return false;
    thread = own;
  }
  return thread !== undefined;
}

function threadAbove(model: WorkspaceModel, linked: LinkedFunction, above: Set<FunctionId>): Thread {
  // Who calls itself says nothing of who began.
  if (above.has(linked.id)) return undefined;
  if (above.size > maxDepth || isRequest(linked)) return several;
  const starts: Start[] = [];
  let thread: Thread;
  above.add(linked.id);
  for (const id of linked.callers) {
    const caller = id === linked.id ? undefined : model.functions.get(id);
    if (!caller || model.files.get(caller.path)?.isTest) continue;
    const edges = caller.edges.filter(({ callee }) => callee === linked.id);
    const later = edges.filter(({ runs }) => runs !== "now");
    starts.push(...later.map(({ call, runs }) => ({ caller, call, runs })));
    if (later.length === edges.length || isConstruction(model, caller)) continue;
    const own = isOnePerObject(model, linked, caller) ? linked.id : threadAbove(model, caller, above);
    if (own === undefined) continue;
    if (thread !== undefined && own !== thread) thread = several;
    else thread = own;
  }
  above.delete(linked.id);
  if (starts.length === 0) return thread ?? (above.size === 0 || linked.callers.length === 0 ? several : undefined);
  return thread === undefined && starts.length === 1 && isStartedOnce(model, starts[0] as Start) ? linked.id : several;
}

interface Start {
  caller: LinkedFunction;
  call: number;
  runs: string;
}

function isRequest({ reachedFrom }: LinkedFunction): boolean {
  return reachedFrom.some(({ kind, distance }) => kind === "handler" && distance === 0);
}

function isStartedOnce(model: WorkspaceModel, { caller, call, runs }: Start): boolean {
  const fn = functionAt(model, caller)?.fn;
  return runs === "later" && fn !== undefined && !isInLoop(fn.flow, call, false);
}

function isInLoop(flow: readonly Flow[], call: number, inLoop: boolean): boolean {
  return flow.some((node) =>
    typeof node === "number"
      ? inLoop && node === call
      : flowsInside(node).some((inner) => isInLoop(inner, call, inLoop || node.kind === "loop")),
  );
}

/** A function without a name that is started and does one thing with an object made around it: its thread. */
function isOnePerObject(model: WorkspaceModel, linked: LinkedFunction, caller: LinkedFunction): boolean {
  const place = functionAt(model, caller);
  if (place?.fn.form !== "closure") return false;
  const sites = caller.edges.flatMap(({ call, callee }) => (callee === linked.id ? (place.fn.calls[call] ?? []) : []));
  const [site] = sites;
  const path = site?.origin ?? "";
  return sites.length === 1 && isMade(place.file, path.slice(0, Math.max(0, path.lastIndexOf("."))));
}

import type { FunctionId } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { type Caller, callersOf } from "./callersOf";
import { isConstruction, isMade } from "./construction";
import { stepsAround } from "./stepsAround";

/** So many functions that lead to one are looked at. */
const maxFunctions = 300;

/**
 * The function that one thread runs, if nothing else leads to a function outside tests and construction: started at
 * one place and not in a loop, or on an object that is made where it is started. Nothing where a request, nobody or
 * several threads lead there.
 */
export function threadOf(model: WorkspaceModel, linked: LinkedFunction): FunctionId | undefined {
  const leading = new Set([linked]);
  const threads = new Set<FunctionId>();
  for (const one of leading) {
    const callers = callersOf(model, one);
    if (isRequest(one) || one.callers.length === 0) return undefined;
    const starts = callers.flatMap(({ linked: caller, edges }) =>
      edges.flatMap(({ call, runs }) => (runs === "now" ? [] : { caller, call, runs })),
    );
    if (starts.length > 1 || starts.some((start) => !isStartedOnce(model, start))) return undefined;
    if (starts.length > 0) threads.add(one.id);
    for (const caller of callers) {
      if (caller.edges.every(({ runs }) => runs !== "now") || isConstruction(model, caller.linked)) continue;
      if (isOnePerObject(model, caller)) threads.add(one.id);
      else leading.add(caller.linked);
    }
    if (threads.size > 1 || leading.size > maxFunctions) return undefined;
  }
  return [...threads][0];
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
  // Each request starts a thread of its own.
  if (caller.reachedFrom.some(({ kind }) => kind === "handler")) return false;
  return runs === "later" && fn !== undefined && !stepsAround(fn.flow, call).some(({ step }) => step.kind === "loop");
}

/** A function without a name that is started and does one thing with an object made around it: its thread. */
function isOnePerObject(model: WorkspaceModel, { linked, edges }: Caller): boolean {
  const place = functionAt(model, linked);
  if (place?.fn.form !== "closure") return false;
  const sites = edges.flatMap(({ call }) => place.fn.calls[call] ?? []);
  const [site] = sites;
  const path = site?.origin ?? "";
  return sites.length === 1 && isMade(place.file, path.slice(0, Math.max(0, path.lastIndexOf("."))));
}

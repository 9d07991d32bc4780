import { callsOf, type FileSummary, type FunctionSummary } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { functionsAround } from "../../model/graph/graphFunction";
import type { LockAnalysis } from "../../model/graph/lockAnalysis";
import { functionIds } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { isScript } from "../../model/scripts";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { type CallSite, callSites } from "./callSites";
import { findingOf, type SharedBy } from "./findings";
import type { ToldWarning } from "./told";

/** Calls of what is not safe for concurrent use, with no lock held, on an object that others call at the same time. */
export function sharedCalls(
  model: WorkspaceModel,
  locks: LockAnalysis,
  file: FileSummary,
  told: ToldWarning,
  target: LinkedFunction,
): DetectorFinding[] {
  // One thread runs all of a script's handlers.
  if (isScript(file.language)) return [];
  const started = startedInLoops(model, target).map((site) => ({ site, by: "rounds" as const }));
  const called = callSites(model, locks, target).flatMap((site) => {
    const by = site.held.length === 0 ? sharedBy(model, site) : undefined;
    return by ? [{ site, by }] : [];
  });
  return [...called, ...started].map(({ site, by }) => findingOf(model, file, told, target, site, undefined, by));
}

/** Goroutines that a loop starts with a method of one object: `for range ships { go ledger.Add() }`. */
function startedInLoops(model: WorkspaceModel, target: LinkedFunction): CallSite[] {
  return callersOf(model, target).flatMap(({ linked: caller, edges }) => {
    const place = functionAt(model, caller);
    if (!place || place.file.leftOut) return [];
    const { fn } = place;
    return edges.flatMap(({ call, runs }): CallSite[] => {
      const root = rootOf(fn.calls[call]?.callee ?? "");
      const isStarted = runs === "later" && root !== undefined && isGivenTo(fn, root);
      const inLoop = isStarted && loopsIn(fn.flow).some(({ body }) => callsOf(body).includes(call));
      return inLoop ? [{ caller, ...place, call, held: [], isReached: true }] : [];
    });
  });
}

/** `a` of `a.b.c`. */
function rootOf(callee: string): string | undefined {
  return /^[\w$]+(?=\.)/.exec(callee)?.[0];
}

function sharedBy(model: WorkspaceModel, { caller, file, fn, call }: CallSite): SharedBy | undefined {
  const { callee = "", origin } = fn.calls[call] ?? {};
  const root = rootOf(callee);
  if (root === undefined) return undefined;
  const isOfProcess = origin === undefined && file.constants.some(({ name, mutable }) => name === root && mutable);
  const around = functionsAround(file, caller.index).slice(1);
  const isOutside = !fn.parameters.some(({ name }) => name === root) && around.some((outer) => isGivenTo(outer, root));
  // A field of the object whose method answers requests: Python's frameworks make one for each of them.
  const isKept = root === fn.receiver?.name && file.language !== "python" && callee.split(".").length > 2;
  const served = caller.reachedFrom.filter(({ kind }) => kind === "handler");
  if (served.length > 0 && isOfProcess) return "requests";
  if (served.some(({ distance }) => distance === 0) && (isOutside || isKept)) return "requests";
  return isOutside && isStartedInLoop(model, file, caller, fn) ? "goroutines" : undefined;
}

function isGivenTo({ parameters, receiver }: FunctionSummary, name: string): boolean {
  return receiver?.name === name || parameters.some((parameter) => parameter.name === name);
}

/** Whether the function around starts one for each round of a loop, which go on without it. */
function isStartedInLoop(
  model: WorkspaceModel,
  file: FileSummary,
  { id }: LinkedFunction,
  { parent }: FunctionSummary,
): boolean {
  const outer = parent === undefined ? undefined : model.functions.get(functionIds(file)[parent] ?? "");
  const loops = loopsIn((parent === undefined ? undefined : file.functions[parent]?.flow) ?? []);
  return (
    outer?.edges.some(
      ({ call, callee, runs }) =>
        callee === id && runs === "later" && loops.some(({ body }) => callsOf(body).includes(call)),
    ) === true
  );
}

import { callsOf, type FileSummary, type FunctionSummary } from "../../model/fileSummary";
import { functionsAround } from "../../model/graph/graphFunction";
import type { LockAnalysis } from "../../model/graph/lockAnalysis";
import { functionIds } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";
import { isScript } from "../../model/scripts";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
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
  return callSites(model, locks, target).flatMap((site) => {
    const by = site.held.length === 0 ? sharedBy(model, site) : undefined;
    return by ? [findingOf(model, file, told, target, site, undefined, by)] : [];
  });
}

function sharedBy(model: WorkspaceModel, { caller, file, fn, call }: CallSite): SharedBy | undefined {
  const { callee = "", origin } = fn.calls[call] ?? {};
  const root = /^[\w$]+(?=\.)/.exec(callee)?.[0];
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

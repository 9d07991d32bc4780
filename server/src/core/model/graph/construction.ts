import type { FileSummary, FunctionSummary } from "../fileSummary";
import type { FunctionId } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

/** Callers of callers are looked at up to here. */
export const maxConstructionDepth = 4;

const makes =
  /^_*(?:[nN]ew|[mM]ake|[cC]reate|[bB]uild|[mM]ust|[oO]pen|[lL]oad|[pP]arse|[dD]efault|[fF]rom|[wW]ith|[iI]nit)(?![a-z])/;
const prepares = /^_*(?:[iI]nit|[iI]nitiali[sz]e|[sS]et_?[uU]p|[bB]ootstrap|[sS]tart|[rR]estore|[cC]onfigure)(?![a-z])/;
const constructors: ReadonlySet<string> = new Set([
  "__init__",
  "__new__",
  "__post_init__",
  "__enter__",
  "__aenter__",
  "constructor",
  "init",
  "main",
]);

const known = new WeakMap<WorkspaceModel, Map<FunctionId, boolean>>();

/** Whether a function runs only while the objects it touches are known to nobody else: constructors and what only they call. */
export function isConstruction(model: WorkspaceModel, linked: LinkedFunction): boolean {
  let answers = known.get(model);
  if (!answers) {
    answers = new Map();
    known.set(model, answers);
  }
  return constructs(model, linked, answers, 0);
}

function constructs(
  model: WorkspaceModel,
  linked: LinkedFunction,
  answers: Map<FunctionId, boolean>,
  depth: number,
): boolean {
  const before = answers.get(linked.id);
  if (before !== undefined) return before;
  const place = functionAt(model, linked);
  let answer = place !== undefined && isConstructor(place.file, place.fn);
  if (!answer && depth < maxConstructionDepth) answer = isCalledByConstructors(model, linked, answers, depth);
  // Deeper down the answer is cut short: only the whole one is kept.
  if (answer || depth === 0) answers.set(linked.id, answer);
  return answer;
}

function isCalledByConstructors(
  model: WorkspaceModel,
  linked: LinkedFunction,
  answers: Map<FunctionId, boolean>,
  depth: number,
): boolean {
  if (linked.isInCycle || linked.reachedFrom.some(({ distance }) => distance === 0)) return false;
  let count = 0;
  for (const id of linked.callers) {
    const caller = model.functions.get(id);
    if (!caller || model.files.get(caller.path)?.isTest) continue;
    count++;
    if (caller.edges.some(({ callee, runs }) => callee === linked.id && runs !== "now")) return false;
    if (!isRunOnce(caller, linked.id) && !constructs(model, caller, answers, depth + 1)) return false;
  }
  return count > 0;
}

/** What `sync.Once` runs, everyone else waits for. */
function isRunOnce({ edges, links }: LinkedFunction, callee: FunctionId): boolean {
  return edges.every((edge) => {
    const external = links.calls[edge.call]?.external;
    return edge.callee !== callee || (external?.module === "sync" && external.symbol === "Once.Do");
  });
}

function isConstructor({ language }: FileSummary, { name, form, typeName }: FunctionSummary): boolean {
  if (form === "constructor" || constructors.has(name)) return true;
  if (prepares.test(name)) return true;
  return language === "go" && form === "function" && typeName === undefined && makes.test(name);
}

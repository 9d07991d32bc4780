import type { FunctionSummary } from "../../model/fileSummary";
import { isConstruction } from "../../model/graph/construction";
import type { Holding } from "../../model/graph/heldLocks";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Site } from "./blockedOperations";

const lifecycleNames =
  /^_*(?:closing|stopping|starting|dispose|destroy|terminate|tear_?down|finali[sz]e|exit|aexit|halt\w*|enter|aenter|del|(?:dis|re)?_?connect|(?:set|mark)_?(?:stop|clos|shut)\w*|start|start_?up|open|boot|main|(?:init|initiali[sz]e|bootstrap|shutdown|setup|set_up|stop|close)\w*)_*$/i;

/** What ends, whoever asks for it, and what begins with the process or before an object is used. */
export const endsAll =
  /^_*(?:shut_?down\w*|halt(?:_?all)?|boot_?strap\w*|init(?:iali[sz]e)?|(?:stop|close|terminate|kill|destroy|dispose|disconnect)(?:_?all(?!o)\w*)?|tear_?down|finali[sz]e)_*$/i;

/** What puts an object back to its beginning. */
export const resets = /^(?:hard_?)?reset$/i;

/** What throws a thing away and begins again, or changes how it works. */
export const beginsAnew =
  /^(?:hard_?)?reset$|^(?:should_?)?reload(?![a-z])|^(?:update|apply|reload|replace|change|set)_?config\w*$|^re_?configure$/i;

function isNamedLifecycle({ fn: { form, name } }: Pick<Site, "fn">): boolean {
  return form === "constructor" || lifecycleNames.test(name);
}

/** Named like what runs once at either end, or only called by such functions. */
export function isLifecycle(model: WorkspaceModel, linked: LinkedFunction, depth = 0): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  if (isNamedLifecycle(place)) return true;
  const callers = linked.callers.flatMap((id) => model.functions.get(id) ?? []);
  const real = callers.filter((caller) => !model.files.get(caller.path)?.isTest && caller !== linked);
  // Whoever only hands it over does not say when it runs.
  const isCalled = real.every(({ edges }) => edges.some(({ callee, runs }) => callee === linked.id && runs === "now"));
  if (!isCalled) return false;
  return depth < 2 && real.length > 0 && real.every((caller) => isLifecycle(model, caller, depth + 1));
}

/** Whether a function starts what another one stops that takes the same lock: it is there to keep the two apart. */
export function isStoppedUnder(
  model: WorkspaceModel,
  { name }: FunctionSummary,
  takers: Iterable<FunctionId>,
): boolean {
  const started = /^_*start_?(\w+)$/i.exec(name)?.[1]?.toLowerCase();
  if (started === undefined) return false;
  return [...takers].some((id) => {
    const linked = model.functions.get(id);
    const stopped = linked && /^_*stop_?(\w+)$/i.exec(functionAt(model, linked)?.fn.name ?? "")?.[1];
    return stopped?.toLowerCase() === started;
  });
}

/** Nobody else has what is being made. */
export function isConstructorOf({ fn }: Pick<Site, "fn">, { lock }: Holding): boolean {
  if (fn.typeName !== undefined) return false;
  const owners = lock.split(/[.#]/).slice(-2);
  return fn.results.some((result) => owners.some((owner) => result.split(/\W+/).includes(owner)));
}

/** A part of what makes the object that the lock belongs to. */
export function isCalledByConstructors(model: WorkspaceModel, linked: LinkedFunction, lock: Holding): boolean {
  let count = 0;
  for (const id of linked.callers) {
    const caller = model.functions.get(id);
    const place = caller && functionAt(model, caller);
    if (!place || place.file.isTest) continue;
    const goesOn = caller.edges.some(({ callee, runs }) => callee === linked.id && runs !== "now");
    if (goesOn || !isConstructorOf(place, lock)) return false;
    count++;
  }
  return count > 0;
}

/** Whether all who call a function are making something: what nobody uses yet. */
export function isPartOfConstruction(model: WorkspaceModel, { id, callers }: LinkedFunction): boolean {
  const real = callers.flatMap((caller) => {
    const linked = model.functions.get(caller);
    return linked && !model.files.get(linked.path)?.isTest ? linked : [];
  });
  const runsNow = ({ edges }: LinkedFunction) => edges.every(({ callee, runs }) => callee !== id || runs === "now");
  return real.length > 0 && real.every((caller) => runsNow(caller) && isConstruction(model, caller));
}

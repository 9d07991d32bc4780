import { wordsOf } from "../../base/words";
import type { FunctionSummary } from "../../model/fileSummary";
import { type Caller, callersOf } from "../../model/graph/callersOf";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { isConstruction } from "../../model/graph/construction";
import type { Holding } from "../../model/graph/heldLocks";
import type { EffectPlace } from "../../model/graph/witness";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Site } from "./blockedOperations";

const lifecycleNames =
  /^_*(?:closing|stopping|starting|dispose|destroy|terminate|tear_?down|finali[sz]e|exit|aexit|halt\w*|enter|aenter|del|(?:(?:dis|re)?_?connect|open)(?:_?with_?\w+)?|(?:set|mark)_?(?:stop|clos|shut)\w*|start|start_?up|boot|main|(?:init|initiali[sz]e|bootstrap|shutdown|setup|set_up|configure|stop|close)\w*)_*$/i;

const endsOrBegins =
  /^(?:shut_?down(?:_\w+)?|halt(?:_?all)?|boot_?strap(?:_\w+)?|init(?:iali[sz]e)?|(?:stop|close|terminate|kill|destroy|dispose|disconnect)(?:_?all(?:_\w+)?)?|tear_?down|finali[sz]e)$/;

/** Whether a name is that of what ends, whoever asks for it, or begins with the process or before an object is used. */
export function endsAll(name: string): boolean {
  return endsOrBegins.test(wordsOf(name).join("_"));
}

/** What puts an object back to its beginning. */
export const resets = /^(?:hard_?)?reset$/i;

const configures =
  /^reload(?![a-z])|^(?:update|apply|reload|replace|change|commit|set|on)_?config\w*$|^(?:(?:process|apply|handle|do|try)_?)?re_?config\w*$/i;

/** What switches a part of the program on or off, or brings it in. */
const switches =
  /^(?:(?:set|toggle)_?(?:\w*[a-z]_?)?enabled|(?:en|dis)able_?(?:plugin|module|extension|feature|service)s?|(?:un|re)?load_?(?:plugin|module|extension|add_?on)s?)$/i;

/** What runs when another node of a cluster takes the lead, or this one does. */
const changesLeader =
  /^(?:(?:on|do|handle)_?)?(?:fail_?over|resign(?:ation|ed)?|(?:be(?:come|came)_?|elected_?(?:as_?)?)(?:the_?)?(?:leader|master|primary|follower|standby)|(?:gain|los[et]|acquire)\w*_?leadership|leadership_?(?:gained|acquired|lost|change\w*)|(?:leader|master)_?(?:elected|election|changed?)|elected|step_?down|promoted?|demoted?)$/i;

/** What somebody who looks after the program has done. */
const maintains = /^(?:[rR]ebuild|[rR]epair|[rR]eindex|[mM]igrate|[uU]pgrade|(?:[uU]n)?[iI]nstall)(?![a-z])/;

/** Whether a name is that of what throws a thing away and begins again, changes how it works, or repairs it. */
export function beginsAnew(name: string): boolean {
  return resets.test(name) || configures.test(name) || maintains.test(name) || changesLeader.test(name);
}

/** Whether a function runs when another node takes the lead: whoever wants the lock wants what is made or ended then. */
export function isForLeader({ fn }: Site): boolean {
  return changesLeader.test(fn.name);
}

/** Whether a chain is part of another configuration: by the name of whoever begins it, of all who call that, or on the way. */
export function isForConfiguration(
  model: WorkspaceModel,
  { linked, fn }: Site,
  chain: readonly EffectPlace[],
): boolean {
  const isNamed = (name: string) => configures.test(name) || switches.test(name);
  const isSuch = (one: LinkedFunction) => isNamed(functionAt(model, one)?.fn.name ?? "");
  const callers = callersOf(model, linked);
  return (
    isNamed(fn.name) ||
    (callers.length > 0 && callers.every((caller) => isSuch(caller.linked))) ||
    chain.slice(1).some((place) => isSuch(place.linked))
  );
}

function isNamedLifecycle({ fn: { form, name } }: Pick<Site, "fn">): boolean {
  return form === "constructor" || lifecycleNames.test(name);
}

/** Named like what runs once at either end, or only called by such functions. */
export function isLifecycle(model: WorkspaceModel, linked: LinkedFunction, depth = 0): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  if (isNamedLifecycle(place)) return true;
  const callers = callersOf(model, linked);
  if (callers.length > 0 && callers.every((caller) => handsOverForEnd(model, caller))) return true;
  // Whoever only hands it over does not say when it runs.
  if (!callers.every(({ edges }) => edges.some(({ runs }) => runs === "now"))) return false;
  return depth < 2 && callers.length > 0 && callers.every((caller) => isLifecycle(model, caller.linked, depth + 1));
}

const registersForEnd = /shut_?down|at_?exit|on_?exit/i;

/** Whether a caller only hands a function to what runs it when the process ends: `shutdown.Register(f)`, `atexit.register(f)`. */
function handsOverForEnd(model: WorkspaceModel, { linked, edges }: Caller): boolean {
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return edges.every(({ call, runs }) => runs !== "now" && registersForEnd.test(calls[call]?.callee ?? ""));
}

const asksForStart = /(?:[aA]t|[oO]n)_?[sS]tart(?:_?[uU]p)?(?![a-z])/;

/** Whether a condition on the way says that something is done at the start: `if config.SweepAtStartup`. */
export function isForStart(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const flow = functionAt(model, linked)?.fn.flow;
    return flow !== undefined && conditionsAt(flow, effect.call).some(({ test }) => asksForStart.test(test));
  });
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
  return isOnlyCalledBy(model, linked, (caller) => {
    const place = functionAt(model, caller);
    return place !== undefined && isConstructorOf(place, lock);
  });
}

/** Whether all who call a function are making something: what nobody uses yet. */
export function isPartOfConstruction(model: WorkspaceModel, linked: LinkedFunction): boolean {
  return isOnlyCalledBy(model, linked, (caller) => isConstruction(model, caller));
}

function isOnlyCalledBy(
  model: WorkspaceModel,
  linked: LinkedFunction,
  isSuch: (caller: LinkedFunction) => boolean,
): boolean {
  const callers = callersOf(model, linked);
  const isMeant = (caller: Caller) => caller.edges.every(({ runs }) => runs === "now") && isSuch(caller.linked);
  return callers.length > 0 && callers.every(isMeant);
}

/** What puts a saved state in the place of the present one. */
export const restores = /^(?:restore|recover|(?:apply|install)_?snapshot)/i;

import type { Effect } from "../../../model/graph/functionEffects";
import type { EffectPlace } from "../../../model/graph/witness";
import type { FunctionId } from "../../../model/link/links";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import { isKnownCall, takesLong } from "./knownCalls";

/** Whether a function waits for a group of its own, and what it has started does nothing but calculate. */
export function isForkAndJoin(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  const [{ linked, effect }] = chain as [EffectPlace];
  const waiting = functionAt(model, linked)?.fn.calls[effect.call];
  if (chain.length > 1 || !/^<[\w.*]*WaitGroup>\.Wait$/.test(waiting?.origin ?? "")) return false;
  const started = linked.edges.flatMap(({ callee, runs }) => (runs === "later" ? callee : []));
  const seen = new Set<FunctionId>();
  return started.length > 0 && started.every((id) => isCalculation(model, id, seen));
}

const maxCalculationFunctions = 30;

/** Nothing slow is seen in it, and no call leads to what is not known. */
function isCalculation(model: WorkspaceModel, id: FunctionId, seen: Set<FunctionId>): boolean {
  if (seen.has(id)) return true;
  const linked = model.functions.get(id);
  const place = linked && functionAt(model, linked);
  if (!place || seen.size >= maxCalculationFunctions) return false;
  seen.add(id);
  const isSlow = ({ kind, distance }: Effect) => takesLong.has(kind) || (kind === "channel" && distance > 0);
  return (
    !linked.effects.effects.some(isSlow) &&
    linked.links.calls.every((target, i) => isKnownCall(target, place.fn.calls[i])) &&
    linked.edges.every(({ callee }) => isCalculation(model, callee, seen))
  );
}

import type { Effect } from "../../../model/graph/functionEffects";
import type { Holding } from "../../../model/graph/heldLocks";
import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type LinkedFunction, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import { takesLong } from "./knownCalls";

const waitsForGroup = /\bWaitGroup\.Wait$/;

/**
 * Whether what is waited for is a group of goroutines, and nothing slow is seen in what the file of the group starts,
 * nor that it wants the lock: it takes as long as the work would take here.
 */
export function isForkAndJoin(model: WorkspaceModel, chain: readonly EffectPlace[], { lock }: Holding): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  if (!waitsForGroup.test(effect.detail)) return false;
  const started = startedBeside(model, linked);
  const isSlow = ({ kind, detail, distance }: Effect) =>
    takesLong.has(kind) || (kind === "channel" && distance > 0) || (kind === "acquire" && detail === lock);
  return started.length > 0 && started.every(({ effects }) => !effects.effects.some(isSlow));
}

/** What a function starts itself, or else all that its file does. */
function startedBeside(model: WorkspaceModel, linked: LinkedFunction): LinkedFunction[] {
  const startedBy = ({ edges }: LinkedFunction) =>
    edges.flatMap(({ callee, runs }) => (runs === "later" ? (model.functions.get(callee) ?? []) : []));
  const own = startedBy(linked);
  const file = functionAt(model, linked)?.file;
  if (own.length > 0 || !file) return own;
  return file.functions.flatMap((_, i) => {
    const other = linkedFunction(model, file, i);
    return other ? startedBy(other) : [];
  });
}

import type { HeldLock } from "../../model/graph/functionEffects";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";

/** Who in the workspace takes a lock, tests left out. */
export interface LockUse {
  /** Functions that wait until they have it. */
  takers: Set<FunctionId>;
  /** Those of them that take it for writing, so that readers keep them out. */
  writers: Set<FunctionId>;
  /** Requests get to where it is taken. */
  servesRequests: boolean;
}

const uses = new WeakMap<WorkspaceModel, ReadonlyMap<string, LockUse>>();

/** By declaration of the lock. Made once for each model. */
export function lockUses(model: WorkspaceModel): ReadonlyMap<string, LockUse> {
  let known = uses.get(model);
  if (!known) {
    known = collect(model);
    uses.set(model, known);
  }
  return known;
}

function collect(model: WorkspaceModel): ReadonlyMap<string, LockUse> {
  const found = new Map<string, LockUse>();
  for (const { linked, file } of lockAnalysis(model).locking) {
    if (file.isTest) continue;
    const servesRequests = linked.reachedFrom.some(({ kind }) => kind === "handler");
    const note = ({ lock, forReading }: HeldLock) => {
      const use = found.get(lock) ?? { takers: new Set(), writers: new Set(), servesRequests: false };
      found.set(lock, use);
      use.takers.add(linked.id);
      use.servesRequests ||= servesRequests;
      if (!forReading) use.writers.add(linked.id);
    };
    for (const operation of [...linked.links.lockOperations.values(), ...linked.links.scopeLocks])
      if (operation?.action === "acquire" && !operation.mayFail) note(operation);
    for (const { callee, runs } of linked.edges) {
      if (runs !== "now") continue;
      const effects = model.functions.get(callee)?.effects;
      for (const lock of effects?.leavesHeld ?? []) note(lock);
      for (const { lock } of effects?.holdsFor ?? []) note(lock);
    }
  }
  return found;
}

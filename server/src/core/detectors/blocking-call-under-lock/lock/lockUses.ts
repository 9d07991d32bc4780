import type { Turns } from "../../../base/turns";
import { type TypeDeclaration, typeDeclaration } from "../../../model/graph/fieldTypes";
import type { HeldLock } from "../../../model/graph/functionEffects";
import { isSameLock } from "../../../model/graph/heldLocks";
import { lockAnalysisInTurns } from "../../../model/graph/lockAnalysis";
import type { FunctionId } from "../../../model/link/links";
import type { WorkspaceModel } from "../../../model/workspaceModel";

/** Who in the workspace takes a lock, tests left out. */
export interface LockUse {
  lock: string;
  /** The type that declares the lock. */
  owner?: TypeDeclaration;
  /** Functions that wait until they have it. */
  takers: Set<FunctionId>;
  /** Those of them that take it for writing, so that readers keep them out. */
  writers: Set<FunctionId>;
  /** Requests get to where it is taken. */
  servesRequests: boolean;
}

/** By declaration of the lock. */
export type LockUses = ReadonlyMap<string, LockUse>;

export function* lockUses(model: WorkspaceModel): Turns<LockUses> {
  const found = new Map<string, LockUse>();
  const { locking, onEntry } = yield* lockAnalysisInTurns(model);
  for (const { linked, file } of locking) {
    yield;
    if (file.isTest) continue;
    const servesRequests = linked.reachedFrom.some(({ kind }) => kind === "handler");
    const entered = onEntry(linked.id);
    const note = (taken: HeldLock) => {
      // Whoever calls it has the lock already.
      if (entered.some((held) => isSameLock(held, taken))) return;
      const { lock, forReading } = taken;
      const use = found.get(lock) ?? lockUseOf(model, lock);
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

/** A lock with what declares it, and nobody who takes it yet. */
export function lockUseOf(model: WorkspaceModel, lock: string): LockUse {
  // Of an embedded lock only the type is known.
  const owner = typeDeclaration(model, lock.slice(0, lock.lastIndexOf("."))) ?? typeDeclaration(model, lock);
  return { lock, ...(owner && { owner }), takers: new Set(), writers: new Set(), servesRequests: false };
}

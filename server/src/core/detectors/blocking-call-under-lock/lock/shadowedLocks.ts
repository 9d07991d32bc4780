import type { Holding } from "../../../model/graph/heldLocks";
import { lockAnalysis } from "../../../model/graph/lockAnalysis";
import type { FunctionId } from "../../../model/link/links";
import type { WorkspaceModel } from "../../../model/workspaceModel";
import type { BlockedOperation } from "../blockedOperations";
import { isLifecycle } from "../lifecycle";
import type { LockUse } from "./lockUses";

/**
 * Whether nobody waits for a lock because of an operation: it is held for reading, and whoever takes it for writing has to
 * get another one before that is held, too. What starts or ends is left out.
 */
export function isShadowed(
  model: WorkspaceModel,
  { site, taker }: Pick<BlockedOperation, "site" | "taker">,
  lock: Holding,
  { writers }: LockUse,
): boolean {
  if (!lock.forReading || lock.call < 0) return false;
  const analysis = lockAnalysis(model);
  const before = heldBefore(model, taker.linked.id, lock.lock);
  const entered = analysis.onEntry(site.linked.id).flatMap((held) => (held.forReading ? [] : held.lock));
  const others = new Set([...before, ...entered].filter((name) => name !== lock.lock));
  if (others.size === 0) return false;
  const real = [...writers].filter((id) => {
    const writer = model.functions.get(id);
    return writer !== undefined && !isLifecycle(model, writer);
  });
  return [...others].some((name) => real.every((id) => heldBefore(model, id, lock.lock).has(name)));
}

/** The locks that a function holds for itself alone wherever it takes another. */
function heldBefore(model: WorkspaceModel, id: FunctionId, lock: string): ReadonlySet<string> {
  const analysis = lockAnalysis(model);
  const regions = analysis.regionsOf(id);
  const entered = analysis.onEntry(id).flatMap((held) => (held.forReading ? [] : held.lock));
  const calls = [...(model.functions.get(id)?.links.lockOperations ?? [])].flatMap(([call, operation]) =>
    operation.action === "acquire" && operation.lock === lock ? call : [],
  );
  const [first, ...rest] = calls.map(
    (call) => new Set(regions?.at(call).holds.flatMap((held) => (held.forReading ? [] : held.lock))),
  );
  const always = [...(first ?? [])].filter((name) => rest.every((names) => names.has(name)));
  return new Set([...entered, ...always]);
}

import { fieldDeclaration } from "../../../model/graph/fieldTypes";
import { lockAnalysis } from "../../../model/graph/lockAnalysis";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import type { Site } from "../blockedOperations";
import type { LockUse } from "./lockUses";

const cancels = /\bcontext\.Cancel(?:Cause)?Func$/;

/**
 * The function that needs a lock to cancel what is done under it, as Go's contexts are cancelled: whoever holds the lock
 * has stored what cancels it in a field, and the other one takes the lock to call that. Absent where there is none.
 */
export function cancelledUnder(
  model: WorkspaceModel,
  { linked, fn }: Site,
  { lock, takers }: LockUse,
): string | undefined {
  const stored = fn.writes.filter((_, i) =>
    cancels.test(fieldDeclaration(model, linked.links.writes[i] ?? "")?.facts.type ?? ""),
  );
  if (stored.length === 0) return undefined;
  for (const id of takers) {
    const taker = id === linked.id ? undefined : model.functions.get(id);
    const other = taker && functionAt(model, taker)?.fn;
    const regions = lockAnalysis(model).regionsOf(id);
    const isStored = (path: string) => stored.includes(path);
    if (!other || !regions || other.writes.some(isStored)) continue;
    const isCancelled = other.calls.some(
      ({ callee, origin = callee }, call) =>
        isStored(origin) && regions.at(call).mayHold.some((held) => held.lock === lock),
    );
    if (isCancelled) return other.name;
  }
  return undefined;
}

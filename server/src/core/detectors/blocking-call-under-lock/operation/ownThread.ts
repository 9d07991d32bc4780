import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, linkedFunction, type WorkspaceModel } from "../../../model/workspaceModel";
import type { BlockedOperation } from "../blockedOperations";

const asksWhich = /(?:^|\.)(?:get_ident|current_thread)$/;

/**
 * Whether a thread comes to the end of itself, which the function that waits asks for before: `if get_ident() !=
 * self._thread.ident: self._thread.join()`. The file starts no other thread, and only as that one does the lock's holder run.
 */
export function isOfOwnThread(
  model: WorkspaceModel,
  { site, chain }: Pick<BlockedOperation, "site" | "chain">,
): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  const asked = calls.findIndex(({ callee }) => asksWhich.test(callee));
  if (chain.length === 1 || asked < 0 || asked > effect.call || !/\.join$/.test(effect.detail)) return false;
  const started = site.file.functions.flatMap(
    (_, i) => linkedFunction(model, site.file, i)?.edges.filter(({ runs }) => runs === "later") ?? [],
  );
  const isOnlyStarted = site.linked.callers.every((id) =>
    model.functions.get(id)?.edges.every(({ callee, runs }) => callee !== site.linked.id || runs === "later"),
  );
  return isOnlyStarted && started.length > 0 && started.every(({ callee }) => callee === site.linked.id);
}

import { memoized } from "../../../base/memoized";
import { isOnNewObject } from "../../../model/graph/construction";
import type { Holding } from "../../../model/graph/heldLocks";
import { type LockingFunction, lockAnalysis } from "../../../model/graph/lockAnalysis";
import type { FunctionId } from "../../../model/link/links";
import type { WorkspaceModel } from "../../../model/workspaceModel";
import { lockUseOf } from "./lockUses";
import { isLockOfOne } from "./oneOfMany";

/** A function that waits for one lock while it holds another. */
export interface AwaitedUnder {
  by: LockingFunction;
  held: Holding;
}

/** By the functions that are called with a lock held, themselves or as one of many that a method of an interface may be. */
const calledUnder = memoized((model: WorkspaceModel): ReadonlyMap<FunctionId, readonly AwaitedUnder[]> => {
  const found = new Map<FunctionId, AwaitedUnder[]>();
  for (const by of lockAnalysis(model).locking) {
    if (by.file.isTest) continue;
    for (const { step, holds } of by.regions.held) {
      const site = typeof step === "number" ? by.fn.calls[step] : undefined;
      // Nobody else has the lock of what is new.
      if (typeof step !== "number" || !site || isOnNewObject(by.file, by.fn, site)) continue;
      const { functions = [], alternatives = [] } = by.linked.links.calls[step] ?? {};
      const callees = [...functions, ...alternatives];
      for (const id of callees) for (const held of holds) found.set(id, [...(found.get(id) ?? []), { by, held }]);
    }
  }
  return found;
});

/**
 * Who waits for a lock that is one of many while it holds one that all share: then everybody waits for whoever has the
 * one, `for _, c := range p.carts { c.Weight() }`.
 *
 * @param takers functions that take the lock and do nothing slow under it
 */
export function awaitedUnder(model: WorkspaceModel, lock: string, takers: readonly FunctionId[]): AwaitedUnder[] {
  const called = calledUnder(model);
  return takers
    .flatMap((id) => called.get(id) ?? [])
    .filter(({ by, held }) => held.lock !== lock && !isLockOfOne(model, by, held, lockUseOf(model, held.lock)));
}

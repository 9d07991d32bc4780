import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import type { HeldLock } from "../../model/graph/functionEffects";
import type { Holding } from "../../model/graph/heldLocks";
import { holdsDuring, type LockAnalysis } from "../../model/graph/lockAnalysis";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

export type HeldOrEntry = HeldLock & Partial<Pick<Holding, "scope">> & { call: number; isOnEntry?: boolean };

export interface CallSite {
  caller: LinkedFunction;
  file: FileSummary;
  fn: FunctionSummary;
  call: number;
  held: readonly HeldOrEntry[];
  /** The walk through the caller came here, so that what is held is known. */
  isReached: boolean;
}

export function callSites(model: WorkspaceModel, locks: LockAnalysis, target: LinkedFunction): CallSite[] {
  return callersOf(model, target).flatMap(({ linked: caller, edges }) => {
    const place = functionAt(model, caller);
    if (!place || place.file.leftOut) return [];
    const onEntry = locks.onEntry(caller.id).map((lock) => ({ ...lock, isOnEntry: true }));
    const regions = locks.regionsOf(caller.id);
    return edges.flatMap(({ call, runs }) => {
      if (runs !== "now") return [];
      // A helper that takes the lock may run what it is handed.
      const during = holdsDuring(model, caller, call, target.id).map((lock) => ({ ...lock, call }));
      const held = [...(regions?.at(call).mayHold ?? []), ...during, ...onEntry];
      return [{ caller, ...place, call, held, isReached: regions?.isReached(call) ?? true }];
    });
  });
}

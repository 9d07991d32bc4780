import { callConditions } from "../../../model/graph/callConditions";
import { callersOf } from "../../../model/graph/callersOf";
import { constantsGiven, isDenied } from "../../../model/graph/givenConstants";
import type { Holding } from "../../../model/graph/heldLocks";
import type { WorkspaceModel } from "../../../model/workspaceModel";
import type { Site } from "../blockedOperations";

/**
 * Whether a function takes a lock only where a parameter asks for it, and all who call it outside tests say that they
 * have it already: `start(ship, false)` behind `if needLock { h.mu.Lock() }`.
 */
export function isNeverAskedFor(model: WorkspaceModel, { linked, fn }: Site, { call: taken }: Holding): boolean {
  const switches = taken < 0 ? [] : (callConditions(model, linked)[taken]?.switches ?? []);
  if (switches.length === 0) return false;
  const calls = callersOf(model, linked).flatMap((caller) =>
    caller.edges.map(({ call }) => ({ linked: caller.linked, call })),
  );
  return (
    calls.length > 0 &&
    calls.every((call) => switches.some((needed) => isDenied(needed, constantsGiven(model, call, fn))))
  );
}

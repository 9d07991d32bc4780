import { callConditions } from "../../model/graph/callConditions";
import type { RoundTrip } from "../../model/graph/roundTrips";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";

/**
 * Whether what is asked is kept in the element: `tenant.db.query(...)`, or `mount.tokens()` of what keeps a client. Not
 * what stores itself by object mapping: that goes to one store.
 */
export function isKeptInElement(model: WorkspaceModel, trip: RoundTrip): boolean {
  for (let i = trip.calls.length - 1; i >= 0; i--) {
    const { linked, call } = trip.calls[i] as { linked: LinkedFunction; call: number };
    const fn = functionAt(model, linked)?.fn;
    const site = fn?.calls[call];
    if (!fn || !site) return false;
    const [root = "", ...members] = site.callee.split(".");
    const isOperation = i === trip.calls.length - 1;
    if (isOperation && members.length < 2) return false;
    if (isInLoop(model, linked, call)) return /\[(?:each)?\]\./.test(site.origin ?? "");
    if (root !== (fn.receiver?.name ?? "this") && root !== "self") return false;
  }
  return false;
}

function isInLoop(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  return (callConditions(model, linked)[call]?.loops.length ?? 0) > 0;
}

import { memoized } from "../../base/memoized";
import { callsOf, type Flow, flowsInside } from "../fileSummary";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

const known = memoized((_: WorkspaceModel) => new Map<LinkedFunction, ReadonlySet<number>>());

/**
 * Whether a call stands in an arm of a branch while another arm makes no round trip and does not fail: how often the
 * first is taken is up to the condition, although something is done either way.
 */
export function hasIdleArmBeside(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  const inFunctions = known(model);
  let calls = inFunctions.get(linked);
  if (!calls) {
    calls = callsBesideIdleArms(model, linked, functionAt(model, linked)?.fn.flow ?? []);
    inFunctions.set(linked, calls);
  }
  return calls.has(call);
}

function callsBesideIdleArms(model: WorkspaceModel, linked: LinkedFunction, flow: readonly Flow[]): Set<number> {
  const found = new Set<number>();
  const walk = (flow: readonly Flow[]): void => {
    for (const node of flow) {
      if (typeof node === "number") continue;
      if (node.kind === "branch" && node.exhaustive && node.arms.some((arm) => isIdle(model, linked, arm)))
        for (const call of node.arms.flatMap((arm) => callsOf(arm))) found.add(call);
      for (const inside of flowsInside(node)) walk(inside);
    }
  };
  walk(flow);
  return found;
}

function isIdle(model: WorkspaceModel, linked: LinkedFunction, arm: readonly Flow[]): boolean {
  const last = arm.at(-1);
  if (typeof last === "object" && last.kind === "exit" && last.form === "throw") return false;
  return !callsOf(arm).some((call) => mayLeadOutside(model, linked, call));
}

function mayLeadOutside(model: WorkspaceModel, { links, edges }: LinkedFunction, call: number): boolean {
  if (/^(?:database|network|cache)$/.test(links.calls[call]?.entry?.role ?? "")) return true;
  return edges.some(
    (edge) =>
      edge.call === call &&
      model.functions.get(edge.callee)?.effects.effects.some(({ kind }) => kind === "database" || kind === "network"),
  );
}

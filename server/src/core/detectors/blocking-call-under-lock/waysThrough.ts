import { type Flow, flowsInside } from "../../model/fileSummary";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/** Whether something on the way is done in a loop, so that it takes longer the more there is. */
export function isRepeated(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const fn = functionAt(model, linked)?.fn;
    return fn !== undefined && repeatedCalls(fn.flow).has(effect.call);
  });
}

/** Calls of a function that run only where some condition holds. */
export const conditionalCalls = callsInside((node) => node.kind === "branch" && node.select === undefined);
/** Calls that run when the function is left. */
export const deferredCalls = callsInside(({ kind }) => kind === "defer");
const repeatedCalls = callsInside(({ kind }) => kind === "loop");

/** Finds the calls of a function inside certain steps. Each function is walked once. */
function callsInside(
  isMeant: (step: Exclude<Flow, number>) => boolean,
): (flow: readonly Flow[]) => ReadonlySet<number> {
  const known = new WeakMap<readonly Flow[], ReadonlySet<number>>();
  const add = (flow: readonly Flow[], isInside: boolean, found: Set<number>): void => {
    for (const node of flow) {
      if (typeof node !== "number") {
        for (const inner of flowsInside(node)) add(inner, isInside || isMeant(node), found);
      } else if (isInside) found.add(node);
    }
  };
  return (flow) => {
    let found = known.get(flow);
    if (!found) {
      const calls = new Set<number>();
      add(flow, false, calls);
      found = calls;
      known.set(flow, found);
    }
    return found;
  };
}

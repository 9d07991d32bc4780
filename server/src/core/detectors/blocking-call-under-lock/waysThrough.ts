import { type Flow, flowsInside } from "../../model/fileSummary";
import type { Holding } from "../../model/graph/heldLocks";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/** Whether something on the way is done in a loop while the lock is held, so that it takes longer the more there is. */
export function isRepeated(model: WorkspaceModel, chain: readonly EffectPlace[], lock?: Holding): boolean {
  return chain.some(({ linked, effect }, i) => {
    const fn = functionAt(model, linked)?.fn;
    return fn !== undefined && isDoneAgain(fn.flow, effect.call, i === 0 ? lock?.call : undefined);
  });
}

/** Whether a call has a loop around it that goes on after it, and that does not take the lock in each round. */
function isDoneAgain(flow: readonly Flow[], call: number, taken: number | undefined): boolean {
  const around = nodesAround(flow, call) ?? [];
  const isRepeating = ({ node }: Around) =>
    node.kind === "loop" && (taken === undefined || nodesAround(node.body, taken) === undefined);
  const loop = around.findIndex(isRepeating);
  return loop >= 0 && !around.slice(loop).some(({ inside }) => leavesFunction(inside));
}

interface Around {
  node: Exclude<Flow, number>;
  /** The steps inside the node that lead to the call. */
  inside: readonly Flow[];
}

/** What is around a call, the outermost first; absent when it is not here. */
function nodesAround(flow: readonly Flow[], call: number): Around[] | undefined {
  for (const node of flow) {
    if (node === call) return [];
    if (typeof node === "number") continue;
    for (const inside of flowsInside(node)) {
      const further = nodesAround(inside, call);
      if (further) return [{ node, inside }, ...further];
    }
  }
  return undefined;
}

function leavesFunction(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return typeof last === "object" && last.kind === "exit" && (last.form === "return" || last.form === "throw");
}

/** Calls of a function that run only where some condition holds. */
export const conditionalCalls = callsInside((node) => node.kind === "branch" && node.select === undefined);
/** Calls that run when the function is left. */
export const deferredCalls = callsInside(({ kind }) => kind === "defer");

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

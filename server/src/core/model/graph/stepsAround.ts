import { memoized } from "../../base/memoized";
import { type Flow, flowsInside } from "../fileSummary";

/** A step that has others inside, around a call. */
export interface Around {
  step: Exclude<Flow, number>;
  /** The steps inside that lead to the call. */
  inside: readonly Flow[];
  outer?: Around;
}

/** What is around a call of a function, the outermost first; nothing where the call is not there. */
export function stepsAround(flow: readonly Flow[], call: number): readonly Around[] {
  const around: Around[] = [];
  for (let at = nearestOf(flow).get(call); at; at = at.outer) around.push(at);
  return around.reverse();
}

/** Whether a call runs when its function is left. */
export function isDeferred(flow: readonly Flow[], call: number): boolean {
  return stepsAround(flow, call).some(({ step }) => step.kind === "defer");
}

/** Whether a call runs only where some condition holds. */
export function isBehindCondition(flow: readonly Flow[], call: number): boolean {
  return stepsAround(flow, call).some(({ step }) => step.kind === "branch" && step.select === undefined);
}

/** What is nearest around each call that has something around it. */
const nearestOf = memoized((flow: readonly Flow[]): ReadonlyMap<number, Around> => {
  const nearest = new Map<number, Around>();
  const visit = (steps: readonly Flow[], outer?: Around) => {
    for (const step of steps) {
      if (typeof step === "number") {
        if (outer) nearest.set(step, outer);
      } else for (const inside of flowsInside(step)) visit(inside, { step, inside, ...(outer && { outer }) });
    }
  };
  visit(flow);
  return nearest;
});

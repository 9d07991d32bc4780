import { type Flow, flowsInside } from "../fileSummary";

/** A condition in short, how it came out, and the one around it. */
export interface Condition {
  test: string;
  holds: boolean;
  outer?: Condition;
}

/** Of conditions within conditions so many are looked at, the nearest ones. */
const maxDepth = 100;

const known = new WeakMap<readonly Flow[], ReadonlyMap<Flow, Condition | undefined>>();

/**
 * The conditions under which a step is reached, outermost first: of the branches and loops around it, and of those
 * before it that leave otherwise. A call is its index. Steps under the same condition are given the same object.
 */
export function conditionsAt(flow: readonly Flow[], step: Flow): readonly Condition[] {
  let steps = known.get(flow);
  if (!steps) {
    const found = new Map<Flow, Condition | undefined>();
    note(flow, undefined, found);
    known.set(flow, found);
    steps = found;
  }
  const conditions: Condition[] = [];
  for (let at = steps.get(step); at && conditions.length < maxDepth; at = at.outer) conditions.push(at);
  return conditions.reverse();
}

function note(flow: readonly Flow[], before: Condition | undefined, found: Map<Flow, Condition | undefined>): void {
  let here = before;
  for (const node of flow) {
    found.set(node, here);
    if (typeof node === "number") continue;
    const test = node.kind === "branch" || node.kind === "loop" ? node.test : undefined;
    const under = (holds: boolean) => (test === undefined ? here : { test, holds, ...(here && { outer: here }) });
    const [whereItHolds, otherwise] = [under(true), under(false)];
    for (const [i, inner] of flowsInside(node).entries()) note(inner, i === 0 ? whereItHolds : otherwise, found);
    if (node.kind !== "branch" || node.arms.length > 2) continue;
    if (leaves(node.arms[0])) here = otherwise;
    else if (leaves(node.arms[1])) here = whereItHolds;
  }
}

/** Whether a function, or a round of a loop, does not go on behind these steps. */
export function leaves(arm: readonly Flow[] | undefined): boolean {
  const last = arm?.at(-1);
  return typeof last === "object" && last.kind === "exit";
}

import type { LoopStep, Step } from "../../model/facts";
import { walkSteps } from "../../model/walkSteps";

/** What is asked of the elements of loops. */
export interface ElementNotes {
  members?: readonly ElementMember[];
}

/** The first place in a loop where something of a member of the element is asked for; offsets from the start of the function. */
export interface ElementMember {
  /** Start of the loop. */
  loop: number;
  /** `customer.name` of `order.customer.name`; of a method that gives many only where a loop goes over those. */
  path: string;
  start: number;
  end: number;
  /** The loop goes over a part of a list: `[:20]`. */
  ofSlice?: true;
}

export function elementNotes(steps: readonly Step[], start: number): ElementNotes {
  const goneOver = new Set<number>();
  const loops: LoopStep[] = [];
  walkSteps(steps, (step) => {
    if (step.kind !== "loop" || step.over === undefined) return;
    loops.push(step);
    goneOver.add(step.over.start);
  });
  const members = loops.flatMap((loop) => {
    const found = new Map<string, ElementMember>();
    const ofSlice = loop.over?.kind === "operation" && loop.over.operator.includes(":");
    walkSteps(loop.body, (step) => {
      const asked = step.kind === "read" ? step.path : step.kind === "call" ? step.callee : "";
      const path = memberOf(loop, asked);
      if (path === undefined || found.has(path) || (path.endsWith(".all") && !goneOver.has(step.start))) return;
      const end = step.kind === "call" ? step.start + asked.length : step.end;
      found.set(path, {
        loop: loop.start - start,
        path,
        start: step.start - start,
        end: end - start,
        ...(ofSlice && { ofSlice }),
      });
    });
    return [...found.values()];
  });
  return members.length > 0 ? { members } : {};
}

/** `customer.name` of `order.customer.name.upper` in a loop for each `order`. */
function memberOf({ variables }: LoopStep, path: string): string | undefined {
  const [, root, member] = /^(\w+)\.(\w+\.\w+)/.exec(path) ?? [];
  return variables.some(({ name }) => name === root) ? member : undefined;
}

import type { FunctionId } from "../../model/link/links";
import { functionIds } from "../../model/link/links";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import type { Use } from "./nameUses";

/** The next step from a function to a use: the use itself, or the call that leads there. */
export type NextStep =
  | { use: Use; callee?: undefined; call?: undefined }
  | { call: number; callee: FunctionId; use?: undefined };

/** Which functions come to use something while they run, and how. */
export interface Reaching {
  from(id: FunctionId): NextStep | undefined;
  /** The functions on the way to the use, the one with the use last. */
  way(id: FunctionId): { functions: readonly LinkedFunction[]; use: Use } | undefined;
}

/** A longer way is not told. */
const maxWay = 12;
/** A call that may run more functions than this says little about each. */
const maxChoices = 3;

/** Backwards from the uses, nearest first, along calls that run within their caller. Linear in the functions reached. */
export function reachingFrom(model: WorkspaceModel, uses: readonly Use[]): Reaching {
  const next = new Map<FunctionId, NextStep>();
  let front: FunctionId[] = [];
  for (const use of uses) {
    const id = use.fn < 0 || use.kind !== "call" ? undefined : functionIds(use.file)[use.fn];
    if (id === undefined || next.has(id)) continue;
    next.set(id, { use });
    front.push(id);
  }
  for (let length = 1; length < maxWay && front.length > 0; length++) {
    const further: FunctionId[] = [];
    for (const callee of front) {
      for (const id of model.functions.get(callee)?.callers ?? []) {
        const caller = model.functions.get(id);
        if (!caller || next.has(id)) continue;
        const edge = caller.edges.find((each) => each.callee === callee && each.runs === "now");
        if (!edge || (caller.links.calls[edge.call]?.functions.length ?? 0) > maxChoices) continue;
        next.set(id, { call: edge.call, callee });
        further.push(id);
      }
    }
    front = further;
  }
  return {
    from: (id) => next.get(id),
    way: (id) => {
      const functions: LinkedFunction[] = [];
      for (let at: FunctionId | undefined = id; at !== undefined; ) {
        const linked = model.functions.get(at);
        const step = next.get(at);
        if (!linked || !step) return undefined;
        functions.push(linked);
        if (step.use) return { functions, use: step.use };
        at = step.callee;
      }
      return undefined;
    },
  };
}

import { type Flow, type FunctionSummary, flowsInside, type LoopFlow } from "../../model/fileSummary";

/**
 * Whether a lock is that of an element, by the way it is written, and is taken in one loop and given back in another:
 * `h.berths[i].mu`. Which elements those are is not known.
 */
export function isOfElements({ flow, calls }: FunctionSummary, taken: number, releases: readonly number[]): boolean {
  if (!calls[taken]?.callee.includes("[")) return false;
  const loop = loopWith(flow, taken);
  return loop !== undefined && releases.some((release) => ![undefined, loop].includes(loopWith(flow, release)));
}

/** The innermost loop around a call. */
function loopWith(flow: readonly Flow[], call: number, around?: LoopFlow): LoopFlow | undefined {
  for (const node of flow) {
    if (node === call) return around;
    if (typeof node === "number") continue;
    for (const inner of flowsInside(node)) {
      const found = loopWith(inner, call, node.kind === "loop" ? node : around);
      if (found) return found;
    }
  }
  return undefined;
}

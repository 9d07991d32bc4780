import type { FunctionSummary } from "../../model/fileSummary";
import { stepsAround } from "../../model/graph/stepsAround";

/**
 * Whether a lock is that of an element, by the way it is written, and is taken in one loop and given back in another:
 * `h.berths[i].mu`. Which elements those are is not known.
 */
export function isOfElements({ flow, calls }: FunctionSummary, taken: number, releases: readonly number[]): boolean {
  if (!calls[taken]?.callee.includes("[")) return false;
  const loopAround = (call: number) => stepsAround(flow, call).findLast(({ step }) => step.kind === "loop")?.step;
  const loop = loopAround(taken);
  return loop !== undefined && releases.some((release) => ![undefined, loop].includes(loopAround(release)));
}

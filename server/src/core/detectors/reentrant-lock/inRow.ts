import type { Acquisition } from "../../model/graph/acquisitions";
import type { Holding } from "../../model/graph/heldLocks";

const adds =
  /\.(?:append(?:left)?|push|add(?:Last|First)?|put(?:_nowait|Last)?|offer(?:Last)?|enqueue|insert|unshift)$/;

/** A list that the function has made itself is nobody else's. */
const isOfOwnList = /^<list>\.\w+$/;

/**
 * Whether a function puts the lock that it holds into a collection of others before it takes it again: who was there
 * before gives it back. `row.append(turn); turn.acquire()`
 */
export function isInRow({ locked: { fn }, step, effect }: Acquisition, { call: taken }: Holding): boolean {
  if (typeof step !== "number" || effect.callee !== undefined) return false;
  const { callee = "", origin = callee } = fn.calls[step] ?? {};
  const lock = origin.replace(/\.\w+$/, "");
  return fn.calls
    .slice(taken + 1, step)
    .some((add) => adds.test(add.callee) && !isOfOwnList.test(add.origin ?? "") && add.arguments.includes(lock));
}

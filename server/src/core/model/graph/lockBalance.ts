import type { Flow } from "../fileSummary";
import { calledParameters, runUnderLock } from "../link/calledParameters";
import {
  blockOfWith,
  type FunctionEffects,
  type GraphFunction,
  type HeldLock,
  noEffects,
  type ReleasedLock,
} from "./functionEffects";
import { asHeldLock, type EffectsOfCallee, lockText, mayBeSame } from "./heldLocks";
import { walkLocks } from "./lockWalk";

/** Which locks a function leaves held or releases for its caller, on every path that returns. */
export function lockBalance(fn: GraphFunction, effectsOfCallee: EffectsOfCallee): Omit<FunctionEffects, "effects"> {
  if (!movesLocks(fn, effectsOfCallee)) return noEffects;
  let returned: readonly HeldLock[] | undefined;
  let returns = 0;
  const releases = new Map<string, { lock: ReleasedLock; returns: number; isRetaken: boolean }>();
  const holdsFor = new Map<string, { parameter: number; lock: HeldLock }>();
  const called = calledParameters(fn.summary, true);
  /** Position of the parameter that a step calls. */
  const runAt = (node: Flow): number | undefined => {
    if (typeof node !== "number") return node.kind === "yield" ? blockOfWith : undefined;
    const parameter = called.get(node);
    return parameter !== undefined && fn.links.callsParameters.includes(parameter) ? parameter : undefined;
  };
  const under = runUnderLock(fn.summary, fn.links.lockOperations);
  const isKnown = walkLocks(fn, effectsOfCallee, {
    reach(node, held) {
      const run = typeof node === "number" ? under.get(node) : undefined;
      const parameter = run?.parameter ?? runAt(node);
      if (parameter === undefined) return;
      for (const lock of run ? [...held, run.lock] : held)
        holdsFor.set(`${parameter} ${lockText(lock)}`, { parameter, lock: asHeldLock(lock) });
    },
    leave({ node, held, borrowed, raisedBy }) {
      if (raisedBy !== undefined) return;
      const hasReturned = node?.form !== "throw";
      for (const lock of borrowed) {
        const known = releases.get(lockText(lock));
        const isRetaken = !hasReturned || lock.retaken || held.some((other) => mayBeSame(lock, other));
        releases.set(lockText(lock), {
          lock,
          returns: (known?.returns ?? 0) + (hasReturned && !lock.sometimes ? 1 : 0),
          isRetaken: isRetaken && known?.isRetaken !== false,
        });
      }
      if (!hasReturned) return;
      returns++;
      const before = returned;
      returned = before ? before.filter((lock) => held.some((other) => mayBeSame(lock, other))) : held.map(asHeldLock);
    },
  });
  const left = new Map((isKnown && returned ? returned : []).map((lock) => [lockText(lock), lock]));
  return {
    leavesHeld: inOrder(left),
    releases: inOrder(releases).map(({ lock: { lock, instance, forReading }, returns: certain, isRetaken }) => ({
      lock,
      ...(instance !== undefined && { instance }),
      forReading,
      ...(certain < returns && { sometimes: true as const }),
      ...(isRetaken && { retaken: true as const }),
    })),
    holdsFor: inOrder(holdsFor),
    movesLocks: true,
  };
}

function inOrder<T>(values: ReadonlyMap<string, T>): T[] {
  return [...values].sort(byText).map(([, value]) => value);
}

function byText([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a function takes or releases locks, itself or through a callee that leaves them so. */
function movesLocks(fn: GraphFunction, effectsOfCallee: EffectsOfCallee): boolean {
  return (
    fn.links.lockOperations.size > 0 ||
    fn.links.heldThroughout !== undefined ||
    fn.links.scopeLocks.some((operation) => operation !== undefined) ||
    fn.edges.some(({ callee }) => {
      const { leavesHeld, releases, holdsFor } = effectsOfCallee(callee);
      return leavesHeld.length > 0 || releases.length > 0 || holdsFor.length > 0;
    })
  );
}

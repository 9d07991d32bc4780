import type { FunctionFacts, Value } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { type Acquisition, isLocalLock } from "../../model/graph/acquisitions";
import type { Holding } from "../../model/graph/heldLocks";
import { valuesWithin, walkSteps } from "../../model/walkSteps";

/** What summaries leave out of calls that may take a lock which goes by a key. */
export interface KeyNotes {
  /** Calls that a function makes for several of its parameters: where they start, and the position of the parameter. */
  keys: readonly (readonly [start: number, parameter: number])[];
}

export const detectorId = "lock-order-inversion";

/** `defer locks.Lock(from)()`, `async with self._locks.hold(source):` */
export function keyNotes({ steps, parameters }: FunctionFacts): KeyNotes | undefined {
  if (parameters.length < 2) return undefined;
  const byCallee = new Map<string, (readonly [start: number, parameter: number])[]>();
  let mayBeOrdered = false as boolean;
  const isKey = (path: string) => parameters.some(({ name }) => name === path);
  walkSteps(steps, (step) => {
    // `if from > to { from, to = to, from }`
    mayBeOrdered ||=
      (step.kind === "assign" && isKey(step.target)) ||
      (step.kind === "branch" && step.condition !== undefined && ordersKeys(step.condition, isKey));
    const [key] = step.kind === "call" ? step.arguments : [];
    const parameter = key?.kind === "path" ? parameters.findIndex(({ name }) => name === key.path) : -1;
    if (step.kind !== "call" || parameter < 0) return;
    byCallee.set(step.callee, [...(byCallee.get(step.callee) ?? []), [step.start, parameter]]);
  });
  const keys = [...byCallee.values()].filter((sites) => sites.some(([, one]) => one !== sites[0]?.[1])).flat();
  return keys.length > 0 && !mayBeOrdered ? { keys } : undefined;
}

function ordersKeys(condition: Value, isKey: (path: string) => boolean): boolean {
  const values = [...valuesWithin(condition)];
  const compares = values.some(
    (value) =>
      (value.kind === "operation" && /[<>]/.test(value.operator)) ||
      (value.kind === "call" && /compare|less|before/i.test(value.callee)),
  );
  return compares && values.some((value) => value.kind === "path" && isKey(value.path));
}

/**
 * A lock of one key that is taken while that of another one is held, both by the same call and for what the caller hands
 * in: the two as those of the parameters. What else is held lets only one at a time get there.
 */
export function keyedPair({
  locked,
  lock,
  step,
  effect,
  holds,
}: Acquisition): [Holding, Acquisition["lock"]] | undefined {
  if (!isLocalLock(lock) || effect.callee === undefined || typeof step !== "number") return undefined;
  const key = keyOf(locked.fn, step);
  const [held, ...others] = holds;
  if (key === undefined || !held || others.length > 0 || held.lock !== lock.lock || held.callee !== effect.callee)
    return undefined;
  const other = keyOf(locked.fn, held.call);
  const { calls } = locked.fn;
  if (other === undefined || other === key || calls[step]?.callee !== calls[held.call]?.callee) return undefined;
  return [
    { ...held, instance: `#${other}` },
    { ...lock, instance: `#${key}` },
  ];
}

/** The position of the parameter for which a call is made. */
function keyOf({ observations, calls }: FunctionSummary, call: number): number | undefined {
  const { keys = [] } = (observations[detectorId] as KeyNotes | undefined) ?? {};
  return keys.find(([start]) => start === calls[call]?.start)?.[1];
}

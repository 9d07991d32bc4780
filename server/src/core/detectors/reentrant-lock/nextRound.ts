import { type Flow, type FunctionSummary, flowsInside, type LoopFlow, targetsIn } from "../../model/fileSummary";
import type { LockingFunction } from "../../model/graph/lockAnalysis";
import type { LockOperation } from "../../model/link/links";
import { loopsIn } from "../../model/link/loopPace";

/** A lock that a loop takes, and goes on to its next round with. */
export interface KeptRound {
  call: number;
  lock: LockOperation;
  /** Where it does so. */
  start: number;
}

/** Locks that are still held whichever way leads to a `continue`, behind which the same call takes them again. */
export function keptIntoNextRound({ linked, fn, regions }: LockingFunction): KeptRound[] {
  const { lockOperations } = linked.links;
  return loopsIn(fn.flow).flatMap((loop) =>
    [...continuesOf(loop)].flatMap((exit) =>
      regions.at(exit).holds.flatMap(({ call, forReading, scope }) => {
        const lock = lockOperations.get(call);
        if (lock?.action !== "acquire" || lock.mayFail || lock.reentrant || forReading || scope) return [];
        if (lock.kind === "semaphore" || !isOutsideBranches(loop.body, call) || isOfRound(fn, loop, lock)) return [];
        const isHeldAgain = regions.at(call).mayHold.some((held) => held.call === call);
        return isHeldAgain ? [{ call, lock, start: exit.start }] : [];
      }),
    ),
  );
}

/** Whether a lock may be another one in each round: that of an element, or of what a local goes by that a round sets. */
function isOfRound(
  { parameters }: FunctionSummary,
  { form, body }: LoopFlow,
  { instance = "" }: LockOperation,
): boolean {
  if (instance.includes("[")) return true;
  const [, local, parameter] = /^(?:=(\w+)|#(\d+))/.exec(instance) ?? [];
  const root = local ?? parameters[Number(parameter ?? -1)]?.name;
  return root !== undefined && (form === "each" || targetsIn(body).includes(root));
}

type Continue = Extract<Flow, { kind: "exit" }>;

/** What begins the next round of a loop, and not that of one inside it. */
function* continuesOf({ body, label }: LoopFlow, flow: readonly Flow[] = body, isInner = false): Iterable<Continue> {
  for (const node of flow) {
    if (typeof node === "number" || node.kind === "defer" || node.kind === "spawn") continue;
    if (node.kind === "exit") {
      const isMeant = node.label === undefined ? !isInner : node.label === label;
      if (node.form === "continue" && isMeant) yield node;
      continue;
    }
    const isLoop = isInner || node.kind === "loop";
    for (const inner of flowsInside(node)) yield* continuesOf({ body, label } as LoopFlow, inner, isLoop);
  }
}

/** Whether every round that does not end before makes a call, or the one arm of a wait for several channels does. */
function isOutsideBranches(flow: readonly Flow[], call: number): boolean {
  return flow.some((node) => {
    if (node === call) return true;
    if (typeof node === "number" || node.kind === "loop") return false;
    if (node.kind === "branch" && node.select === undefined) return false;
    return (
      node.kind !== "defer" &&
      node.kind !== "spawn" &&
      flowsInside(node).some((inner) => isOutsideBranches(inner, call))
    );
  });
}

import { lastPart } from "../../model/accessPath";
import type { Flow } from "../../model/fileSummary";
import { conditionsAt } from "../../model/graph/conditionsAt";
import type { Holding } from "../../model/graph/heldLocks";
import { isBehindCondition, stepsAround } from "../../model/graph/stepsAround";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";

/** Whether something on the way is done in a loop while the lock is held, so that it takes longer the more there is. */
export function isRepeated(model: WorkspaceModel, chain: readonly EffectPlace[], lock?: Holding): boolean {
  return chain.some(({ linked, effect }, i) => {
    const fn = functionAt(model, linked)?.fn;
    return fn !== undefined && isDoneAgain(fn.flow, effect.call, i === 0 ? lock?.call : undefined);
  });
}

/** Whether something on the way is done for each of those that a field or variable holds. */
export function isDoneForEach(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const flow = functionAt(model, linked)?.fn.flow ?? [];
    return stepsAround(flow, effect.call).some(({ step }) => step.kind === "loop" && step.over?.includes(".") === true);
  });
}

/** Whether a call has a loop around it that goes on after it, and that does not take the lock in each round. */
function isDoneAgain(flow: readonly Flow[], call: number, taken: number | undefined): boolean {
  const around = stepsAround(flow, call);
  const ofTaken = new Set(taken === undefined ? [] : stepsAround(flow, taken).map(({ step }) => step));
  const loop = around.findIndex(({ step }) => step.kind === "loop" && !ofTaken.has(step));
  return loop >= 0 && !around.slice(loop).some(({ inside }) => leavesFunction(inside));
}

function leavesFunction(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return typeof last === "object" && last.kind === "exit" && (last.form === "return" || last.form === "throw");
}

/** `day.getAndSet(today) != today`: of all who ask, one sees that it has changed. */
const seesChange = /\.(?:getAndSet|Swap|exchange)\(([\w.]+)\) !==? \1$/;

/** `today != self.current_day`, with one of the two set behind it. */
const seesDay = /^([\w.$]*(?:day|date|week|month|hour)\w*) !==? ([\w.$]*(?:day|date|week|month|hour)\w*)$/i;

/**
 * Whether something on the way is done only where a value is seen to have changed, and is set in the same step, or where
 * another day has come, which is kept then.
 */
export function isForChange(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  return chain.some(({ linked, effect }) => {
    const fn = functionAt(model, linked)?.fn;
    if (fn === undefined) return false;
    const isKept = (name: string) => fn.writes.some((path) => lastPart(path) === lastPart(name));
    return conditionsAt(fn.flow, effect.call).some(
      ({ test, holds }) => holds && (seesChange.test(test) || seesDay.exec(test)?.slice(1).some(isKept) === true),
    );
  });
}

/** Whether the function at a place of a chain goes on from there only where some condition holds. */
export function isConditional(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const fn = functionAt(model, linked)?.fn;
  return fn !== undefined && isBehindCondition(fn.flow, effect.call);
}

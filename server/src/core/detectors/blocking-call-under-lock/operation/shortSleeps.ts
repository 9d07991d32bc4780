import type { LanguageId } from "../../../model/facts";
import type { CallSummary, Flow, FunctionSummary } from "../../../model/fileSummary";
import { conditionsAt } from "../../../model/graph/conditionsAt";
import { stepsAround } from "../../../model/graph/stepsAround";
import type { EffectPlace } from "../../../model/graph/witness";
import { functionAt, type WorkspaceModel } from "../../../model/workspaceModel";
import { isRepeated } from "../waysThrough";

/** As long as a round trip to another machine. */
const maxMilliseconds = 20;

/** Whether a sleep is over soon, with all its rounds: `for i := 0; i < 10; i++ { time.Sleep(time.Millisecond) }`. */
export function isMoment(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  const place = functionAt(model, linked);
  const call = place?.fn.calls[effect.call];
  if (!place || !call) return false;
  if (isBelowSwitch(call) || isGivenNothing(model, chain, place.fn, call)) return true;
  const each = millisecondsOf(call, place.file.language);
  const rounds = roundsOf(place.fn.flow, effect.call);
  return (
    each !== undefined &&
    rounds !== undefined &&
    each * rounds <= maxMilliseconds &&
    !isRepeated(model, chain.slice(0, -1))
  );
}

/** How it shows that something has failed, and that it has not. */
const failed = /^\w*[eE]rr(?:or)? != nil$/;
const succeeded = /^\w*[eE]rr(?:or)? == nil$/;

/** Whether a sleep comes before another try, where the first one has failed. */
export function isAfterFailure(model: WorkspaceModel, chain: readonly EffectPlace[]): boolean {
  const { linked, effect } = chain.at(-1) as EffectPlace;
  const flow = functionAt(model, linked)?.fn.flow ?? [];
  return conditionsAt(flow, effect.call).some(({ test, holds }) => (holds ? failed : succeeded).test(test));
}

/** Shorter than a switch between threads. */
function isBelowSwitch({ arguments: given, interval = "" }: CallSummary): boolean {
  return /^time\.(?:Nano|Micro)second$/.test(given[0] ?? "") || /^\d* ?\*? ?time\.(?:Nano|Micro)second$/.test(interval);
}

/** `next(0)`, where it sleeps for as long as it is told: a parameter goes by its type once it is closed. */
function isGivenNothing(
  model: WorkspaceModel,
  chain: readonly EffectPlace[],
  { parameters }: FunctionSummary,
  { arguments: [wanted] }: CallSummary,
): boolean {
  const caller = chain.at(-2);
  const meant = parameters.flatMap(({ type }, i) => (type !== undefined && `<${type}>` === wanted ? i : []));
  if (!caller || meant.length !== 1) return false;
  return functionAt(model, caller.linked)?.fn.calls[caller.effect.call]?.arguments[meant[0] as number] === "0";
}

function millisecondsOf({ callee, arguments: [given = ""], interval }: CallSummary, language: LanguageId) {
  if (language === "go") {
    const [, count = "1"] = /^(?:(\d+) ?\* ?)?time\.Millisecond$/.exec(interval ?? given) ?? [undefined, ""];
    return count === "" ? undefined : Number(count);
  }
  if (!/^[\d_.]+L?$/.test(given)) return undefined;
  const written = Number(given.replace(/[_L]/g, ""));
  if (language === "python") return written * 1000;
  return /(?:Thread|MILLISECONDS)\.sleep$/.test(callee) ? written : undefined;
}

/** How often a call runs at most, by the loops around it; absent where that is not written. */
function roundsOf(flow: readonly Flow[], call: number): number | undefined {
  return stepsAround(flow, call).reduce<number | undefined>(
    (rounds, { step }) => (step.kind === "loop" ? step.bound && rounds && step.bound * rounds : rounds),
    1,
  );
}

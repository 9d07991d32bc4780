import type { CallSummary } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { conditionsAt, leaves } from "../../model/graph/conditionsAt";
import { tellsTime } from "../../model/graph/conditionTexts";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { isLimited } from "./limits";
import { areDue, takesFigures } from "./names";
import { holdersOnWay } from "./ownerOfMany";
import { isTriedInLoop } from "./requestReasons";
import { callsOnWay, namesOnWay, type Situation } from "./situation";

/** What runs no more often than this (in seconds) has time, and what goes over rows, which wait for it, sooner. */
const seldom = 600;
const seldomForRows = 30;
/** What is further away from the tick than this depends on more than the tick, or further than that under conditions. */
const farthest = 6;
const farUnderConditions = 4;

/** Why what a clock runs may take its time, in a whole sentence. */
export function reasonForClock(situation: Situation): string | undefined {
  const { worst, loops, seconds } = situation;
  const { trip, conditions } = worst;
  const { over = "" } = loops.at(-1) ?? {};
  if (areDue(over) || (conditions.isTimed && (conditions.isConditional || (trip.isWrite && worst.isOnly))))
    return "It is done for what has become due only.";
  if (isWhenTime(situation)) return "Not every tick gets there: it is done only when it is time for it again.";
  if (isOnChange(situation)) return "Not every tick gets there: it is done only when something is not as it was.";
  if (isFilledIn(situation)) return "It is done for those only that lack what it fills in.";
  if (isLimited(situation)) return "A query with a limit has read them, and the next tick goes on.";
  if (namesOnWay(situation).some(takesFigures)) return "It takes figures of the system.";
  if (isWorkOfItsOwn(situation)) return "Each of them is a piece of work of its own, with a transaction to itself.";
  if (isFar(situation)) return "It is a long way from the clock there, on which more than the clock decides.";
  const isOfMemory = holdersOnWay(situation).some((holder) => holder === "field" || holder === "names");
  if (seconds === undefined) return isOfMemory ? undefined : "How often the clock runs it is not known.";
  return seconds >= (isOfMemory ? seldom : seldomForRows) ? "Nobody waits for what a clock runs so seldom." : undefined;
}

/**
 * Whether a call on the way stands under a condition on its own object that compares times, there or in what is asked:
 * `if self.should_refresh: self.refresh()`, `if time.Since(s.refreshed) < period { return }`.
 */
function isWhenTime(situation: Situation): boolean {
  const { model } = situation;
  return callsOnWay(situation).some(({ linked, call }) => {
    const { file, fn } = functionAt(model, linked) ?? {};
    if (!file || !fn || (callConditions(model, linked)[call]?.loops.length ?? 0) > 0) return false;
    const asksTime = (name: string) =>
      file.functions.some(
        (asked) =>
          asked.name === name &&
          asked.typeName === fn.typeName &&
          asked.results.length <= 1 &&
          asked.calls.some(({ callee }) => tellsTime(`${callee}(`)),
      );
    const own = fn.receiver?.name ?? "this";
    return conditionsAt(fn.flow, call).some(({ test }) => {
      const [, root = "", name = ""] = /^(?:!|not )?(\w+)\.(\w+)(?:\(\))?$/.exec(test) ?? [];
      if (root === own || root === "self") return asksTime(name);
      return /[<>]/.test(test) && tellsTime(test) && test.includes(`${root === "" ? own : root}.`);
    });
  });
}

/**
 * Whether a function on the way leaves where something is as its object has noted it, and notes it where it is not:
 * `if tide == self.tide: return`, `self.tide = tide`; `if (!this.connected) { …; this.connected = true; }`.
 */
function isOnChange(situation: Situation): boolean {
  const { model } = situation;
  return callsOnWay(situation).some(({ linked, call }) => {
    const { fn } = functionAt(model, linked) ?? {};
    const own = new Set(["this", "self", fn?.receiver?.name]);
    const isNoted = fn?.flow.some((node) => {
      if (typeof node === "number" || node.kind !== "branch" || node.arms.length > 1 || !leaves(node.arms[0]))
        return false;
      const sides = /^([\w$.]+) ===? ([\w$.]+)$/.exec(node.test ?? "")?.slice(1) ?? [];
      const noted = sides.find((side) => side.includes(".") && own.has(side.split(".")[0]));
      const at = fn.calls[call]?.start ?? 0;
      return (
        noted !== undefined &&
        fn.writes.some((path, i) => lastMember(path) === lastMember(noted) && (fn.writeStarts[i] ?? at) < at)
      );
    });
    const isSetOff = fieldsFilledIn(model, { linked, call }).some((path) => own.has(path.split(".")[0]));
    return isNoted || isSetOff;
  });
}

/** What lets one in at a time is unset again at the end. */
const whileItRuns = /(?:ing|busy|lock|locked|progress)$/i;

/** Whether the round of a write goes on only for elements whose field is empty, and fills that: `if (!site.address) site.address = resolve(site)`. */
function isFilledIn({ model, linked, worst: { call, trip } }: Situation): boolean {
  return trip.isWrite && fieldsFilledIn(model, { linked, call }).length > 0;
}

/** The fields of which a call needs that they are empty, and which its function or one within it fills. */
function fieldsFilledIn(model: WorkspaceModel, { linked, call }: ReachedCall): string[] {
  const place = functionAt(model, linked);
  if (!place) return [];
  const { file, fn } = place;
  const inside = file.functions.filter(({ parent }) => parent === linked.index);
  const filled = [fn, ...inside].flatMap(({ writes }) => writes).map(lastMember);
  const asked = conditionsAt(fn.flow, call).flatMap(({ test, holds }) => (holds ? test.split(/ (?:&&|and) /) : []));
  return asked.flatMap((part) => {
    const [, compared, path = compared] = emptyField.exec(part) ?? [];
    return path !== undefined && filled.includes(lastMember(path)) && !whileItRuns.test(path) ? [path] : [];
  });
}

const emptyField = /^([\w$.]+\.[\w$]+) (?:===?|is) (?:nil|null|undefined|None|"")$|^(?:!|not )([\w$.]+\.[\w$]+)$/;

function lastMember(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Whether the round of the loop ends a transaction, and its failure leaves the others alone: `try: handle(order); session.commit()`. */
function isWorkOfItsOwn({ model, linked, worst: { call, trip, loops, conditions } }: Situation): boolean {
  const fn = functionAt(model, linked)?.fn;
  const isOwn = trip.calls.length < 2;
  const isCommit = trip.effect.detail.startsWith("transaction");
  if (!fn || (isOwn && !isCommit) || loops.length > conditions.loops.length) return false;
  const { start } = loops.at(-1) ?? {};
  const isInRound = (_: CallSummary, other: number) =>
    callConditions(model, linked)[other]?.loops.at(-1)?.start === start && (other > call || (isOwn && other === call));
  const commits = fn.calls.filter(isInRound).some(({ callee }) => /\.commit$/i.test(callee));
  return commits && isTriedInLoop(fn.flow, call, false);
}

function isFar({ way, worst: { trip }, model }: Situation): boolean {
  const calls = [...way.calls, ...trip.calls];
  return calls.length > farthest || (calls.length > farUnderConditions && decidesOnWay(model, calls) > 1);
}

/** Whether a request gets to the loop a long way off only, through functions of which several go on under a condition of their own. */
export function isFarFromRequest({ model, way }: Situation): boolean {
  return way.calls.length > farUnderConditions && decidesOnWay(model, way.calls) > 1;
}

/** In how many functions calls are made under a condition; which round it is, and what the way switches on, are known. */
export function decidesOnWay(model: WorkspaceModel, calls: readonly ReachedCall[]): number {
  const under = calls.filter(({ linked, call }) => {
    const conditions = callConditions(model, linked)[call];
    const isPlain = conditions?.switches.every(({ parameter }) => parameter.includes(".")) === true;
    return conditions?.isConditional && conditions.oneOf === undefined && isPlain;
  });
  return new Set(under.map(({ linked }) => linked.id)).size;
}

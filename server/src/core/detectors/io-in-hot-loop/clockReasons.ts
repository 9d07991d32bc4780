import { type Flow, flowsInside, type LoopFlow } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { endsLoop } from "../../model/graph/dataLoops";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { nameOf } from "../../model/graph/witness";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";
import { areDue, asksWhetherAlive, takesFigures } from "./names";
import { reasonForMoreWork } from "./otherWork";
import { callsOnWay, namesOnWay, type Situation } from "./situation";
import { notesOfCallees } from "./waysIn";

/** What runs more often than this (in seconds) must be done by then; what runs less often, or nobody knows how often, has time. */
const often = 600;
/** Nobody waits for what runs no more often than this. */
const seldom = 3600;
/** What is further away from the tick than this depends on more than the tick, or further than that under conditions. */
const farthest = 6;
const farUnderConditions = 4;

/** Why what a clock runs may take its time, in a whole sentence. */
export function reasonForClock(situation: Situation): string | undefined {
  const { worst, way, loops, seconds } = situation;
  const { trip, conditions } = worst;
  const { over = "" } = loops.at(-1) ?? {};
  const isSlow = seconds === undefined || seconds >= often;
  if (isSlow && isTimeBoxed(situation)) return timeBoxed;
  if (areDue(over) || (conditions.isTimed && (conditions.isConditional || (trip.isWrite && worst.isOnly))))
    return "It is done for what has become due only.";
  if (isLimited(situation)) return "A query with a limit has read them, and the next tick goes on.";
  if (namesOnWay(situation).some(takesFigures)) return "It takes figures of the system.";
  if (trip.effect.kind === "network" && asksWhetherAlive(nameOf(way.root.id)))
    return "It asks each whether it is alive.";
  if (isFar(situation)) return "It is a long way from the clock there, on which more than the clock decides.";
  return isSlow ? reasonForSlow(situation) : undefined;
}

function isFar({ model, way, worst: { trip } }: Situation): boolean {
  const calls = [...way.calls, ...trip.calls];
  const under = calls.filter(({ linked, call }) => callConditions(model, linked)[call]?.isConditional);
  const decide = new Set(under.map(({ linked }) => linked.id)).size;
  return calls.length > farthest || (calls.length > farUnderConditions && decide > 1);
}

/** Whether a loop on the way goes over what a query with a limit has read, before it or in what is called for that. */
function isLimited(situation: Situation): boolean {
  const { model } = situation;
  return callsOnWay(situation).some(({ linked, call }) => {
    const fn = functionAt(model, linked)?.fn;
    if (!fn) return false;
    const { givenBy = [], limits = [] } = notesOf(fn);
    return (callConditions(model, linked)[call]?.loops ?? []).some(({ start }) => {
      if (limits.some((limit) => limit < start - fn.start)) return true;
      const from = givenBy.find(([loop]) => loop === start - fn.start)?.[1];
      if (from === undefined) return false;
      return notesOfCallees(model, linked, fn, from).some(({ limits = [] }) => limits.length > 0);
    });
  });
}

/** Why what a queue runs, or whoever else nobody knows the pace of, may take its time, in a whole sentence. */
export function reasonForTask(situation: Situation): string | undefined {
  return isTimeBoxed(situation) ? timeBoxed : reasonForSlow(situation);
}

const timeBoxed = "It ends when its time is up, and goes on at the next.";

function reasonForSlow(situation: Situation): string | undefined {
  const { worst, seconds } = situation;
  const { trip } = worst;
  const more = reasonForMoreWork(situation);
  if (more !== undefined) return more;
  if (seconds !== undefined && seconds >= seldom && trip.effect.kind === "network") return "Nobody waits for it.";
  return undefined;
}

/** Whether a loop on the way looks in each round whether it has to end. */
function isTimeBoxed(situation: Situation): boolean {
  return callsOnWay(situation).some((site) => isInTimeBox(situation.model, site));
}

function isInTimeBox(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const fn = functionAt(model, linked)?.fn;
  const around = callConditions(model, linked)[call]?.loops ?? [];
  if (!fn || around.length === 0) return false;
  return loopsIn(fn.flow)
    .filter(({ start }) => around.some((loop) => loop.start === start))
    .some(endsInTime);
}

function endsInTime({ body }: LoopFlow): boolean {
  const looks = (flow: readonly Flow[]): boolean =>
    flow.some((node) => {
      if (typeof node === "number" || node.kind === "loop") return false;
      if (node.kind === "branch" && node.test !== undefined && isUp.test(node.test) && endsLoop(node.arms[0] ?? []))
        return true;
      return flowsInside(node).some(looks);
    });
  return looks(body);
}

const isUp =
  /\b(?:is_?)?cancell?(?:ed|ation_?requested)\b|\bctx\.Err\(\)|\bis_?interrupted\b|\btime\.Since\(.*>|\b(?:elapsed|deadline|time_?left|time_?out)\b/i;

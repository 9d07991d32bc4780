import { callConditions } from "../../model/graph/callConditions";
import { nameOf } from "../../model/graph/witness";
import { functionAt } from "../../model/workspaceModel";
import { notesOf } from "./loopNotes";
import { areDue, asksWhetherAlive, takesFigures } from "./names";
import { holdersOfMany } from "./ownerOfMany";
import { callsOnWay, namesOnWay, type Situation } from "./situation";
import { notesOfCallees } from "./waysIn";

/** What runs no more often than this (in seconds) has time. */
const seldom = 600;
/** What is further away from the tick than this depends on more than the tick, or further than that under conditions. */
const farthest = 6;
const farUnderConditions = 4;

/** Why what a clock runs may take its time, in a whole sentence. */
export function reasonForClock(situation: Situation): string | undefined {
  const { worst, way, loops, seconds } = situation;
  const { trip, conditions } = worst;
  const { over = "" } = loops.at(-1) ?? {};
  if (areDue(over) || (conditions.isTimed && (conditions.isConditional || (trip.isWrite && worst.isOnly))))
    return "It is done for what has become due only.";
  if (isLimited(situation)) return "A query with a limit has read them, and the next tick goes on.";
  if (namesOnWay(situation).some(takesFigures)) return "It takes figures of the system.";
  if (trip.effect.kind === "network" && asksWhetherAlive(nameOf(way.root.id)))
    return "It asks each whether it is alive.";
  if (isFar(situation)) return "It is a long way from the clock there, on which more than the clock decides.";
  if (seconds !== undefined) return seconds >= seldom ? "Nobody waits for what a clock runs so seldom." : undefined;
  return holdersOfMany(situation).includes("field") ? undefined : "How often the clock runs it is not known.";
}

function isFar({ model, way, worst: { trip } }: Situation): boolean {
  const calls = [...way.calls, ...trip.calls];
  const under = calls.filter(({ linked, call }) => {
    const conditions = callConditions(model, linked)[call];
    // Which round it is and what the way switches on are known.
    return conditions?.isConditional && conditions.oneOf === undefined && conditions.switches.length === 0;
  });
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

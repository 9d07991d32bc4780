import { isCalledByMachinery, routeOf } from "../../model/graph/wayFromOutside";
import { functionAt } from "../../model/workspaceModel";
import { onlyLooks } from "./asked";
import { reasonForClock } from "./clockReasons";
import { notesOf } from "./loopNotes";
import { areFew, areNames, takesMany } from "./names";
import { holdersOfMany } from "./ownerOfMany";
import { areRowsOfOne } from "./partsOfOne";
import { asManyAsNamed, reasonForRequest } from "./requestReasons";
import { namesOnWay, type Situation, takesAway } from "./situation";
import { isKeptInElement } from "./targets";
import { isInTransaction } from "./transactions";

/** Why the product is meant, or seldom large, in a whole sentence. */
export function reasonForLess(situation: Situation): string | undefined {
  const { linked, worst, way, model } = situation;
  const { trip, loops } = worst;
  const place = functionAt(model, linked);
  const { meant = [], butFirst = [], twice = [], addressed = [] } = place ? notesOf(place.fn) : {};
  const isAmong = (starts: readonly number[]) =>
    loops.some(({ start }) => starts.includes(start - (place?.fn.start ?? 0)));
  if (isAmong(meant)) return "A comment says that one is taken after the other.";
  if (isInTransaction(situation)) return "It is part of a transaction.";
  const { over = "", item = "" } = situation.loops.at(-1) ?? {};
  if (areFew(over) || areFew(item)) return "There are few of these, by their name.";
  if (isAmong(twice) || (isAmong(butFirst) && takesAway(situation)))
    return "It is about what is there twice, and that is seldom anything.";
  if (isKeptInElement(model, trip)) return ownTarget;
  if (trip.effect.kind === "network" && way.reach.kind === "timer" && isAmong(addressed)) return ownTarget;
  return (
    (way.reach.kind === "handler" ? reasonForHandler(situation) : reasonForClock(situation)) ??
    reasonForUnknown(situation)
  );
}

function reasonForHandler(situation: Situation): string | undefined {
  const { model, way } = situation;
  const reason = reasonForRequest(situation);
  if (reason !== undefined) return reason;
  if (isCalledByMachinery(model, way)) return "A task does it, and nobody waits for that.";
  const [holder, ...others] = holdersOfMany(situation);
  const { loops, worst } = situation;
  const isGiven = holder === "request" && !worst.trip.isWrite && !isForMany(situation);
  if (isGiven && loops.every(({ over }) => areNames(over))) return asManyAsNamed;
  // Each of many for each of many are many in any case.
  if (others.length > 0) return undefined;
  if (holder === "rows" && areRowsOfOne(situation))
    return "They belong to one thing that was looked up, which seldom has many.";
  if (onlyLooks(model, way)) return undefined;
  // What is given and only compared with what is there is part of what is changed.
  return holder === "rows" || (isGiven && loops.length === 1)
    ? "Somebody changes something with it, and does so now and then."
    : undefined;
}

function isForMany(situation: Situation): boolean {
  const { model, way } = situation;
  return [...namesOnWay(situation), routeOf(model, way) ?? ""].some(takesMany);
}

/** Why nobody can tell that there are many. */
function reasonForUnknown(situation: Situation): string | undefined {
  return holdersOfMany(situation).length === 0
    ? "Nothing shows that these are many: no query gives them, and no request or field holds them."
    : undefined;
}

const ownTarget = "Each of them is asked at a place of its own.";

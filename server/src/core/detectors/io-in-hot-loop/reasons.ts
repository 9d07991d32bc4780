import { isCalledByMachinery } from "../../model/graph/wayFromOutside";
import { functionAt } from "../../model/workspaceModel";
import { reasonForClock, reasonForTask } from "./clockReasons";
import { notesOf } from "./loopNotes";
import { areFew, areNames, takesMany } from "./names";
import { ownerOfMany } from "./ownerOfMany";
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
  return reasonForRequest(situation) ?? (isCalledByMachinery(model, way) ? reasonForTask(situation) : undefined);
}

/** Why nobody can tell that there are many. */
function reasonForUnknown(situation: Situation): string | undefined {
  const owner = ownerOfMany(situation);
  if (owner === "server") return undefined;
  if (owner === undefined)
    return "Nothing shows that these are many: no query gives them, and no request or field holds them.";
  const { model, way } = situation;
  if (isCalledByMachinery(model, way)) return "There are as many as the message names.";
  const isNamed = !situation.worst.trip.isWrite && situation.loops.every(({ over }) => areNames(over));
  return isNamed && !namesOnWay(situation).some(takesMany) ? asManyAsNamed : undefined;
}

const ownTarget = "Each of them is asked at a place of its own.";

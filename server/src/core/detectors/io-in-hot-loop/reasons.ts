import { isCalledByMachinery } from "../../model/graph/wayFromOutside";
import { functionAt } from "../../model/workspaceModel";
import { reasonForClock, reasonForTask } from "./clockReasons";
import { notesOf } from "./loopNotes";
import { areFew } from "./names";
import { reasonForRequest } from "./requestReasons";
import { type Situation, takesAway } from "./situation";
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
  if (way.reach.kind === "handler") {
    return reasonForRequest(situation) ?? (isCalledByMachinery(model, way) ? reasonForTask(situation) : undefined);
  }
  return trip.effect.kind === "network" && isAmong(addressed) ? ownTarget : reasonForClock(situation);
}

const ownTarget = "Each of them is asked at a place of its own.";

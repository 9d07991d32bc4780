import { wordsOf } from "../../base/words";
import type { CallConditions } from "../../model/graph/callConditions";
import type { DataLoop } from "../../model/graph/dataLoops";
import type { ReachedCall } from "../../model/graph/givenConstants";
import type { RoundTrip } from "../../model/graph/roundTrips";
import { nameOf } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { LazyRelation } from "./lazyRelations";
import type { WayIn } from "./waysIn";

/** A round trip for every round of a loop of one function. */
export interface Multiplied {
  call: number;
  loops: readonly DataLoop[];
  conditions: CallConditions;
  trip: RoundTrip;
  /** What is read to set it off, where no call does. */
  relation?: LazyRelation;
  /** The loop makes no other round trip. */
  isOnly?: boolean;
  /** Something is read and something written for each, whatever comes. */
  readsAndWrites?: boolean;
}

/** What is multiplied, and how it is reached. */
export interface Situation {
  model: WorkspaceModel;
  linked: LinkedFunction;
  worst: Multiplied;
  way: WayIn;
  loops: readonly DataLoop[];
  /** Between two ticks of the clock, where that is known. */
  seconds?: number;
}

/** The calls from where it is reached to the one in the loop, that one included. */
export function callsOnWay({ linked, worst, way }: Situation): readonly ReachedCall[] {
  return [...way.calls, { linked, call: worst.call }];
}

/** The names of the functions that these calls stand in. */
export function namesOnWay(situation: Situation): string[] {
  return callsOnWay(situation).map(({ linked }) => nameOf(linked.id));
}

/** Whether what is asked is a cache beside the program, which takes many at once: `MGET`, a pipeline. */
export function isOfCache({ calls }: RoundTrip): boolean {
  const at = calls.at(-1);
  return at?.linked.links.calls[at.call]?.entry?.role === "cache";
}

/** Whether what is done for each takes things away: by the names of what runs, since object mapping has one word for all writes. */
export function takesAway({ model, linked, worst: { trip } }: Situation): boolean {
  const fn = functionAt(model, linked)?.fn;
  const called = trip.calls.map((call) => functionAt(model, call.linked)?.fn.calls[call.call]?.callee ?? "");
  return [fn?.name ?? "", ...called].some((name) => takingAway.test(verbOf(name)));
}

const takingAway = /^(?:delete|remove|destroy|purge|drop)$/;

/** The first word of a function's name that says what it does: `delete` of `softDelete`. */
function verbOf(name: string): string {
  const [first = "", second = ""] = wordsOf(name.slice(name.lastIndexOf(".") + 1));
  return /^(?:soft|hard|force)$/.test(first) ? second : first;
}

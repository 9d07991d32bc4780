import { wordsOf } from "../../base/words";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { isCalledByMachinery, routeOf } from "../../model/graph/wayFromOutside";
import { nameOf } from "../../model/graph/witness";
import { functionAt } from "../../model/workspaceModel";
import { reasonForClock, reasonForMoreWork, reasonForSlow } from "./background";
import type { LoopNotes } from "./loopNotes";
import {
  areChangedAtOnce,
  areFew,
  areFewOfOne,
  areParts,
  areUploaded,
  endsWhatHoldsAll,
  isForAdministrators,
  isForStaff,
  isHandedNames,
  takesMany,
} from "./seldomMany";
import type { Situation } from "./situation";
import { isKeptInElement } from "./targets";

/** Why the product is meant, or seldom large, in a whole sentence. */
export function reasonForLess(situation: Situation): string | undefined {
  const { id, linked, worst, way, model } = situation;
  const { trip, loops } = worst;
  const place = functionAt(model, linked);
  const {
    meant = [],
    butFirst = [],
    twice = [],
    addressed = [],
  } = (place?.fn.observations[id] as LoopNotes | undefined) ?? {};
  const isAmong = (starts: readonly number[]) =>
    loops.some(({ start }) => starts.includes(start - (place?.fn.start ?? 0)));
  if (isAmong(meant)) return "A comment says that one is taken after the other.";
  if (trip.isInTransaction || (trip.isWrite && isInTransactionOfWay(situation))) return "It is part of a transaction.";
  const { over = "", item = "" } = situation.loops.at(-1) ?? {};
  if (areFew(over) || areFew(item)) return "There are few of these, by their name.";
  if (isAmong(twice) || (isAmong(butFirst) && takesAway(situation)))
    return "It is about what is there twice, and that is seldom anything.";
  if (isKeptInElement(model, trip)) return ownTarget;
  if (way.reach.kind === "handler") {
    const root = way.calls[0]?.linked ?? linked;
    const isTask = isCalledByMachinery(model, { root, reach: way.reach, calls: [] });
    return reasonForRequest(situation) ?? (isTask ? reasonForSlow(situation) : undefined);
  }
  return trip.effect.kind === "network" && isAmong(addressed) ? ownTarget : reasonForClock(situation);
}

/** Whether what leads there begins a transaction before, or is one as a whole: `@transaction.atomic`. */
function isInTransactionOfWay({ model, linked, way, worst }: Situation): boolean {
  return [...way.calls, { linked, call: worst.call }].some(({ linked, call }) => {
    const place = functionAt(model, linked);
    if (!place) return false;
    const { decorators, calls } = place.fn;
    if (decorators.some((decorator) => /^(?:transaction\.)?atomic\b|\.atomic\b/.test(decorator))) return true;
    return calls.slice(0, call).some(({ callee }) => /\.Begin(?:Tx)?$/.test(callee));
  });
}

const ownTarget = "Each of them is asked at a place of its own.";

function reasonForRequest(situation: Situation): string | undefined {
  const { model, linked, worst, way, loops } = situation;
  const { trip, conditions } = worst;
  if (trip.effect.kind === "network") return "Whether another service takes many at once is not known.";
  if (conditions.isFiltered) return "It is done for some of them only.";
  if (trip.isConditional && /^(?:read|select|write|insert|update|delete)\b/.test(trip.effect.detail))
    return "Further on, it comes to this only under a condition.";
  const { over = "" } = loops.at(-1) ?? {};
  if (areFewOfOne(over)) return "There are few of these, by their name.";
  if (areUploaded(over)) return "Somebody has picked these files one by one.";
  const root = way.calls[0]?.linked ?? linked;
  const names = [nameOf(root.id), routeOf(model, { root, reach: way.reach, calls: [] }) ?? ""];
  if (names.some(isForAdministrators) || wayNames(situation).some(isForStaff)) return byStaff;
  if (names.some(endsWhatHoldsAll)) return byStaff;
  const more = reasonForMoreWork(situation);
  if (more !== undefined) return more;
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return undefined;
  const isForMany = [...names, fn.name].some(takesMany);
  if (isForMany && isWholeOperation(situation, [...names, fn.name]))
    return "Each of them is an operation of its own that somebody has asked for.";
  if (!isForMany && (areChangedAtOnce(over) || over === "pk_set")) return "One edit changes few of them.";
  if (areParts(over) && takesAway(situation)) return "What is part of another goes with it.";
  if (wordsOf(calleeInLoop(situation)).at(-1) === "stream") return "Each is read as a stream of its own.";
  const [only, ...further] = loops;
  if (!only || further.length > 0 || !isHandedNames(only, fn)) return undefined;
  if (!isForMany) return "There are as many as whoever asks has named.";
  return fn.flow.some(turnsOthersAway) ? byStaff : undefined;
}

const byStaff = "Those who run the system ask for it, now and then.";

function wayNames({ linked, way }: Situation): string[] {
  return [...way.calls.map((call) => call.linked), linked].map(({ id }) => nameOf(id));
}

/** `if (!isAdmin(user)) return`. */
function turnsOthersAway(node: Flow): boolean {
  if (typeof node === "number" || node.kind !== "branch" || node.test === undefined) return false;
  const last = node.arms[0]?.at(-1);
  return /^!.*\bis_?(?:admin|staff|super_?user)/i.test(node.test) && typeof last === "object" && last.kind === "exit";
}

/** What is called for each; where a function is run for each, what that calls. */
function calleeInLoop({ model, worst: { trip, loops, conditions } }: Situation): string {
  const { linked, call } = trip.calls[loops.length > conditions.loops.length ? 1 : 0] ?? {};
  return (linked && call !== undefined && functionAt(model, linked)?.fn.calls[call]?.callee) || "";
}

/** Whether what is done for each takes things away: by the names of what runs, since object mapping has one word for all writes. */
function takesAway({ model, linked, worst: { trip } }: Situation): boolean {
  const fn = functionAt(model, linked)?.fn;
  const called = trip.calls.map((call) => functionAt(model, call.linked)?.fn.calls[call.call]?.callee ?? "");
  return [fn?.name ?? "", ...called].some((name) => /^(?:delete|remove|destroy|purge|drop)$/.test(verbOf(name)));
}

function verbOf(name: string): string {
  return wordsOf(name.slice(name.lastIndexOf(".") + 1))[0] ?? "";
}

/** Whether each of what was chosen is copied whole, or fails by itself. */
function isWholeOperation({ model, linked, worst }: Situation, names: readonly string[]): boolean {
  if (names.some((name) => wordsOf(name).some((word) => /^(?:copy|clone|duplicate)$/.test(word)))) return true;
  const fn = functionAt(model, linked)?.fn;
  return worst.trip.calls.length > 1 && fn !== undefined && isTriedInLoop(fn.flow, worst.call, false);
}

/** Whether a failure of the call is caught within the round of the loop. */
function isTriedInLoop(flow: readonly Flow[], call: number, isInLoop: boolean): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "try" && isInLoop && node.catches.length > 0 && runs(node.body, call)) return true;
    return flowsInside(node).some((inner) => isTriedInLoop(inner, call, isInLoop || node.kind === "loop"));
  });
}

function runs(flow: readonly Flow[], call: number): boolean {
  return flow.some((node) =>
    typeof node === "number" ? node === call : flowsInside(node).some((inner) => runs(inner, call)),
  );
}

import { wordsOf } from "../../base/words";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { type CallConditions, callConditions, type DataLoop } from "../../model/graph/callConditions";
import type { RoundTrip } from "../../model/graph/roundTrips";
import { routeOf } from "../../model/graph/wayFromOutside";
import { nameOf } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { LoopNotes } from "./loopNotes";
import {
  areChangedAtOnce,
  areDue,
  areFew,
  areFewOfOne,
  areParts,
  isForAdministrators,
  isForStaff,
  isHandedNames,
  takesMany,
} from "./seldomMany";
import type { WayIn } from "./waysIn";

/** A round trip for every round of a loop of one function. */
export interface Multiplied {
  call: number;
  loops: readonly DataLoop[];
  conditions: CallConditions;
  trip: RoundTrip;
  /** The loop makes no other round trip. */
  isOnly?: boolean;
}

/** What is multiplied, and how it is reached. */
export interface Situation {
  model: WorkspaceModel;
  /** Of the detector whose notes are read. */
  id: string;
  linked: LinkedFunction;
  worst: Multiplied;
  way: WayIn;
  loops: readonly DataLoop[];
}

/** Why the product is meant, or seldom large, in a whole sentence. */
export function reasonForLess(situation: Situation): string | undefined {
  const { id, linked, worst, way, model } = situation;
  const { trip, loops, conditions } = worst;
  const place = functionAt(model, linked);
  const { meant = [], butFirst = [] } = (place?.fn.observations[id] as LoopNotes | undefined) ?? {};
  const isAmong = (starts: readonly number[]) =>
    loops.some(({ start }) => starts.includes(start - (place?.fn.start ?? 0)));
  if (isAmong(meant)) return "A comment says that one is taken after the other.";
  if (trip.isInTransaction) return "It is part of a transaction.";
  const { over = "", item = "" } = situation.loops.at(-1) ?? {};
  if (areFew(over) || areFew(item)) return "There are few of these, by their name.";
  if (isAmong(butFirst) && takesAway(situation)) return "It removes what is there twice, which is seldom anything.";
  if (way.reach.kind === "handler") return reasonForRequest(situation);
  if (areDue(over) || (conditions.isTimed && (conditions.isConditional || (trip.isWrite && worst.isOnly))))
    return "It is done for what has become due only.";
  if (isFarUnderConditions(situation)) return "Several functions on the long way there go on only under a condition.";
  const root = way.calls[0]?.linked ?? linked;
  return trip.effect.kind === "network" && (probes.test(nameOf(root.id)) || /canary/i.test(root.id))
    ? "It asks each whether it is alive."
    : undefined;
}

/** More calls than this, with conditions of several functions on the way, are seldom all made at each tick. */
const farUnderConditions = 4;

function isFarUnderConditions({ model, way, worst: { trip } }: Situation): boolean {
  const calls = [...way.calls, ...trip.calls];
  if (calls.length <= farUnderConditions) return false;
  const under = calls.filter(({ linked, call }) => callConditions(model, linked)[call]?.isConditional);
  return new Set(under.map(({ linked }) => linked.id)).size > 1;
}

const probes = /health_?check|heart_?beat|probe|ping\b|liveness|keep_?alive/i;

function reasonForRequest(situation: Situation): string | undefined {
  const { model, linked, worst, way, loops } = situation;
  const { trip, conditions } = worst;
  if (trip.effect.kind === "network") return "Whether another service takes many at once is not known.";
  if (conditions.isFiltered) return "It is done for some of them only.";
  if (trip.isConditional && /^(?:read|select|write|insert|update|delete)\b/.test(trip.effect.detail))
    return "Further on, it comes to this only under a condition.";
  const { over = "" } = loops.at(-1) ?? {};
  if (areFewOfOne(over)) return "There are few of these, by their name.";
  const root = way.calls[0]?.linked ?? linked;
  const names = [nameOf(root.id), routeOf(model, { root, reach: way.reach, calls: [] }) ?? ""];
  if (names.some(isForAdministrators) || wayNames(situation).some(isForStaff)) return byStaff;
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return undefined;
  const isForMany = [...names, fn.name].some(takesMany);
  if (isForMany && isWholeOperation(situation, [...names, fn.name]))
    return "Each of them is an operation of its own that somebody has asked for.";
  if (!isForMany && areChangedAtOnce(over)) return "One edit changes few of them.";
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

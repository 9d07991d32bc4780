import { folderOf } from "../../base/paths";
import { wordsOf } from "../../base/words";
import { type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { leaves } from "../../model/graph/conditionsAt";
import { isFailure } from "../../model/graph/conditionTexts";
import { endsLoop } from "../../model/graph/dataLoops";
import type { ReachedCall } from "../../model/graph/givenConstants";
import { functionsAround } from "../../model/graph/graphFunction";
import { routeOf } from "../../model/graph/wayFromOutside";
import { nameOf } from "../../model/graph/witness";
import { functionAt, linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { areCapped } from "./caps";
import {
  areChangedAtOnce,
  areFewOfOne,
  areParts,
  areSplit,
  areUploaded,
  isExport,
  isForStaff,
  isHandedNames,
  isMaintenance,
  migrates,
  takesMany,
} from "./names";
import { reasonForMoreWork } from "./otherWork";
import { holdersOfMany } from "./ownerOfMany";
import { callsOnWay, deletes, isOfCache, namesOnWay, type Situation, takesAway } from "./situation";
import { readsSpanOfTime } from "./spans";

/** Some of the elements of so many loops within one another are many. */
export const manyLoops = 4;

/** Why the product is meant, or seldom large, where somebody asks for it, in a whole sentence. */
export function reasonForRequest(situation: Situation): string | undefined {
  const { model, linked, worst, way, loops } = situation;
  const { trip, conditions } = worst;
  if (trip.effect.kind === "network" && !isOfCache(trip))
    return "Whether another service takes many at once is not known.";
  if (conditions.isFiltered && loops.length < manyLoops) return "It is done for some of them only.";
  if (trip.isConditional && /^(?:read|select|write|insert|update|delete|query)\b/.test(trip.effect.detail))
    return "Further on, it comes to this only under a condition.";
  if (loops.length === 1 && areCapped(situation)) return "No more than a few are let through.";
  const { over = "" } = loops.at(-1) ?? {};
  if (areFewOfOne(over)) return "There are few of these, by their name.";
  if (areUploaded(over, holdersOfMany(situation)[0] === "request"))
    return "Somebody has picked these files one by one.";
  const names = [nameOf(way.root.id), routeOf(model, way) ?? ""];
  const root = functionAt(model, way.root)?.fn;
  if (names.some(isMaintenance) || root?.flow.some(turnsOthersAway)) return byStaff;
  if ([...namesOnWay(situation), ...guardsOf(situation), folderOf(way.root.path)].some(isForStaff)) return byStaff;
  const behind = trip.calls.map((call) => nameOf(call.linked.id));
  if ([...namesOnWay(situation), ...behind].some(migrates)) return "What migrates is done once.";
  if (!trip.isWrite && names.some(isExport)) return "Somebody takes all of it along, now and then.";
  if (readsSpanOfTime(situation)) return "What each has of a span of time is read, which is more than the round trip.";
  if (isToldByNobody(situation)) return "No request is seen to save what it is told of.";
  if (callsOnWay(situation).some((at) => goesInPieces(model, at)))
    return "It goes on piece by piece, with a pause after each.";
  const more = reasonForMoreWork(situation);
  if (more !== undefined) return more;
  const fn = functionAt(model, linked)?.fn;
  if (!fn) return undefined;
  const isForMany = [...names, fn.name].some(takesMany);
  if (isForMany && isWholeOperation(situation, [...names, fn.name]))
    return "Each of them is an operation of its own that somebody has asked for.";
  if (!isForMany && areChangedAtOnce(over)) return "One edit changes few of them.";
  if (areParts(over) && takesAway(situation)) return "What is part of another goes with it.";
  if (loops.length === 1 && deletes(situation) && holdersOfMany(situation)[0] === "request")
    return "Each is deleted by itself, with what belongs to it.";
  if (wordsOf(calleeInLoop(situation)).at(-1) === "stream") return "Each is read as a stream of its own.";
  const [only, ...further] = loops;
  if (!only || further.length > 0 || !isHandedNames(only, fn)) return undefined;
  if (!isForMany && !writesForEach(situation)) return asManyAsNamed;
  return fn.flow.some(turnsOthersAway) ? byStaff : undefined;
}

/** Whether something is written for each of a list that whoever asks has put together, as long as they like. */
export function writesForEach(situation: Situation): boolean {
  const { worst, loops } = situation;
  const isOneText = loops.some(({ origin = "" }) => areSplit(origin));
  return worst.trip.isWrite && !isOneText && holdersOfMany(situation)[0] === "request";
}

/**
 * What a handler is registered with, and what it is handed to ask who is there: `@admin_router.get`,
 * `Depends(current_admin)`; also what the next function is handed to on the way: `ensureAdmin(s.listUsers)`.
 */
function guardsOf({ model, way }: Situation): string[] {
  const { decorators = [], parameters = [] } = functionAt(model, way.root)?.fn ?? {};
  const asked = parameters.flatMap(({ default: given = "" }) => (given.startsWith("Depends(") ? given : []));
  const around = way.calls.map(({ linked, call }) => functionAt(model, linked)?.fn.calls[call]?.callee ?? "");
  return [...decorators.map((decorator) => decorator.replace(/\(.*$/s, "")), ...asked, ...around];
}

/** Whether a function does a part, and after a pause calls itself for the next: `setTimeout(() => this.scan(start + size), pause)`. */
function goesInPieces(model: WorkspaceModel, { linked: { id, index, path } }: ReachedCall): boolean {
  const file = model.files.get(path);
  const closures = file?.functions.flatMap((_, i) => {
    const isInside = i !== index && functionsAround(file, i).includes(file.functions[index] as FunctionSummary);
    return isInside ? (linkedFunction(model, file, i)?.links.calls ?? []) : [];
  });
  const own = model.functions.get(id)?.links.calls ?? [];
  const goesOn = closures?.some(({ functions }) => functions.includes(id));
  return goesOn === true && [...own, ...(closures ?? [])].some(({ external }) => pauses.test(external?.symbol ?? ""));
}

const pauses = /(?:^|\.)(?:setTimeout|AfterFunc|call_later|sleep|delay)$/i;

/** Whether it receives the signals of a model of which no request is known to save any: `@receiver(post_save, sender=Harbour)`. */
function isToldByNobody({ model, way: { root } }: Situation): boolean {
  const { decorators = [] } = functionAt(model, root)?.fn ?? {};
  return root.callers.length === 0 && decorators.some((decorator) => ofModels.test(decorator));
}

const ofModels = /^receiver\(.*\b(?:pre|post)_(?:save|delete)\b.*\bsender=/s;

export const asManyAsNamed = "There are as many as whoever asks has named.";
const byStaff = "Those who run the system ask for it, now and then.";

/** `if (!isAdmin(user)) return`. */
function turnsOthersAway(node: Flow): boolean {
  if (typeof node === "number" || node.kind !== "branch" || node.test === undefined) return false;
  return /^!.*\bis_?(?:admin|staff|super_?user)/i.test(node.test) && leaves(node.arms[0]);
}

/** What is called for each; where a function is run for each, what that calls. */
function calleeInLoop({ model, worst: { trip, loops, conditions } }: Situation): string {
  const { linked, call } = trip.calls[loops.length > conditions.loops.length ? 1 : 0] ?? {};
  return (linked && call !== undefined && functionAt(model, linked)?.fn.calls[call]?.callee) || "";
}

/** Whether each of what was chosen is copied whole, or fails by itself. */
function isWholeOperation({ model, linked, worst }: Situation, names: readonly string[]): boolean {
  if (names.some((name) => wordsOf(name).some((word) => /^(?:copy|clone|duplicate)$/.test(word)))) return true;
  const fn = functionAt(model, linked)?.fn;
  if (!fn || worst.trip.calls.length < 2) return false;
  return isTriedInLoop(fn.flow, worst.call, false) || (worst.trip.isWrite && isFailureTakenInLoop(fn.flow, worst.call));
}

/** Whether the round of a loop asks whether the call failed, and the next one comes nevertheless: `if err != nil { result.Error = err.Error() }`. */
function isFailureTakenInLoop(flow: readonly Flow[], call: number): boolean {
  return flow.some((node) => {
    if (typeof node === "number" || !flowsInside(node).some((inner) => runs(inner, call))) return false;
    if (node.kind !== "loop") return flowsInside(node).some((inner) => isFailureTakenInLoop(inner, call));
    return node.body.some(
      (after) =>
        typeof after !== "number" &&
        after.kind === "branch" &&
        isFailure(after.test ?? "") &&
        !endsLoop(after.arms[0] ?? []),
    );
  });
}

/** Whether a failure of the call is caught within the round of the loop. */
export function isTriedInLoop(flow: readonly Flow[], call: number, isInLoop: boolean): boolean {
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

import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { asksCache } from "../../model/graph/conditionTexts";
import type { DataLoop } from "../../model/graph/dataLoops";
import { closedOver } from "../../model/graph/dataOwner";
import { isEmbeddedDatabase, isOfEmbeddedDatabase } from "../../model/graph/embeddedDatabases";
import { isCalledByMachinery, routeOf } from "../../model/graph/wayFromOutside";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { onlyLooks } from "./asked";
import { decidesOnWay, isFarFromRequest, reasonForClock } from "./clockReasons";
import { isFilledAtStart, isFixedField } from "./fixedFields";
import { isOnePage } from "./limits";
import { notesOf } from "./loopNotes";
import { areFew, areFewByType, areNames, takesMany } from "./names";
import { holdersOfMany } from "./ownerOfMany";
import { areOwnersOfNamed, areRowsOfOne } from "./partsOfOne";
import { asManyAsNamed, manyLoops, ofService, reasonForRequest } from "./requestReasons";
import { isOfCache, type Multiplied, namesOnWay, type Situation, takesAway } from "./situation";
import { isKeptInElement } from "./targets";
import { isInTransaction } from "./transactions";
import { loopsAround } from "./waysIn";

/** Why the product is meant, or seldom large, in a whole sentence. */
export function reasonForLess(situation: Situation): string | undefined {
  const { linked, worst, way, model } = situation;
  const { trip, loops } = worst;
  const place = functionAt(model, linked);
  const { meant = [], butFirst = [], twice = [], sought = [] } = place ? notesOf(place.fn) : {};
  const isAmong = (starts: readonly number[]) =>
    loops.some(({ start }) => starts.includes(start - (place?.fn.start ?? 0)));
  if (isKnownToAuthor(situation)) return "A comment says that it is known.";
  if (trip.isConditional && /^(?:read|select|write|insert|update|delete|query)\b/.test(trip.effect.detail))
    return "Further on, it comes to this only under a condition.";
  if (worst.relation?.isSlice) return onePage;
  if (asksEmbedded(model, trip)) return "The database is embedded: a query of it stays in the program.";
  if (isAmong(meant)) return "A comment says that one is taken after the other.";
  if (isInTransaction(situation)) return "It is part of a transaction.";
  const { over = "", item = "" } = situation.loops.at(-1) ?? {};
  if (areFew(over) || areFew(item) || areFewByType(typeOf(place?.fn, over)))
    return "There are few of these, by their name.";
  if (place && isOfConfiguration(place, worst.loops.at(-1)?.over ?? "")) return "There are as many as are configured.";
  if (isAmong(twice) || (isAmong(butFirst) && takesAway(situation)))
    return "It is about what is there twice, and that is seldom anything.";
  if (situation.loops.length === 1 && isAmong(sought)) return "It ends with the first that fits.";
  if (!trip.isWrite && isBehindCache(model, trip)) return "A cache is asked for it first.";
  if (isKeptInElement(model, trip)) return "Each of them is asked at a place of its own.";
  return (
    (way.reach.kind === "handler" ? reasonForHandler(situation) : reasonForClock(situation)) ??
    reasonForUnknown(situation) ??
    (trip.effect.kind === "network" && !isOfCache(trip) ? ofService : undefined)
  );
}

/** Whether rows are read of a database that runs in the process: many small queries of it are what it is made for. */
function asksEmbedded(model: WorkspaceModel, { calls, effect }: Multiplied["trip"]): boolean {
  const at = calls.at(-1);
  if (!at || !/^(?:read|select)\b/.test(effect.detail)) return false;
  const operation = { linked: at.linked, effect: { ...effect, call: at.call } };
  return isEmbeddedDatabase(model, operation) || calls.some(({ linked }) => isOfEmbeddedDatabase(model, linked.path));
}

/** Whether a function that is called for each asks a cache, which asks further on: `this.tideCache.get(key, () => load(key))`. */
function isBehindCache(model: WorkspaceModel, { calls }: Multiplied["trip"]): boolean {
  return calls.slice(0, -1).some(({ linked, call }) => {
    const callee = functionAt(model, linked)?.fn.calls[call]?.callee;
    return callee !== undefined && asksCache(callee);
  });
}

/** `suite.endpoints` of a type that a folder `config` declares. */
function isOfConfiguration({ file, fn }: { file: FileSummary; fn: FunctionSummary }, over: string): boolean {
  const [root = "", ...members] = over.split(".");
  const isOwn = root === "this" || root === "self" || root === fn.receiver?.name;
  return isOwn && members.length > 0 && /(?:^|\/)config(?:s|uration)?\//.test(file.path);
}

/** The declared type of what a loop goes over, where that is a parameter. */
function typeOf(fn: FunctionSummary | undefined, over: string): string {
  return fn?.parameters.find(({ name }) => name === over)?.type ?? "";
}

function reasonForHandler(situation: Situation): string | undefined {
  const { model, way, loops, worst } = situation;
  const reason = reasonForRequest(situation);
  if (reason !== undefined) return reason;
  if (isCalledByMachinery(model, way)) return "A task does it, and nobody waits for that.";
  if (endsProgram.test(routeOf(model, way) ?? "")) return "It runs when something has come to its end.";
  if (goesOnByItself(situation)) return "It goes on by itself, and nobody waits for that.";
  if (loops.length < manyLoops && isFarFromRequest(situation))
    return "It is a long way from the request there, on which more than the request decides.";
  const [holder, ...others] = holdersOfMany(situation);
  const { trip, readsAndWrites } = worst;
  const isRead = holder === "request" && !trip.isWrite && !isForMany(situation);
  if (isRead && loops.every(({ over }) => areNames(over))) return asManyAsNamed;
  if (holder === "request" && areOwnersOfNamed(situation))
    return "They are what the things that were named belong to, and mostly one.";
  // Each of many for each of many are many in any case.
  const areMore = others.length > 0 && !isUnderConditions(situation);
  if (!areMore) {
    const isListOfOne = holder === "request" && !readsAndWrites && isListed(loops) && !isForMany(situation);
    if (isListOfOne) return "They are parts of the one thing that a request brings along.";
    if (holder === "rows" && areRowsOfOne(situation))
      return "They belong to one thing that was looked up, which seldom has many.";
    if (holder === "rows" && isOnePage(situation)) return onePage;
  }
  const isTakenAway = takesAway(situation);
  if (readsAndWrites && holder === "request" && !isTakenAway) return undefined;
  // A page is opened again and again; what changes something waits for somebody who wants that, and mostly for one thing.
  const areRead = !trip.isWrite && !isTakenAway && (loops.length > 1 || holder === "field" || onlyLooks(model, way));
  return areRead || holder === undefined ? undefined : "Somebody changes something with it, and does so now and then.";
}

/** Events of a process, of one that it has started, or of a stream, that tell of its end: `child.on("exit", …)`. */
const endsProgram = /^(?:exit|beforeExit|close|end|finish|SIG[A-Z]+)$/;

/** Whether functions between the outermost loop and the innermost one go on only under conditions, each one of its own. */
function isUnderConditions({ model, way, loops }: Situation): boolean {
  const first = way.calls.findIndex(({ linked, call }) => loopsAround(model, linked, call).length > 0);
  return loops.length < manyLoops && first >= 0 && decidesOnWay(model, way.calls.slice(first)) > 1;
}

/** Whether the one loop goes over a part of what a request brings, and not over all of it: `order.lines`, `request.body.guests`. */
function isListed([only, ...further]: readonly DataLoop[]): boolean {
  if (!only || further.length > 0) return false;
  const { over, origin = over } = only;
  // What a method of it gives may be anything: `order.findLines()`.
  if (/(?<!\.get[A-Z]\w*)\(\)$/.test(over)) return false;
  return [over, origin].some((path) => /^(?:<[^<>]+>|[\w$]+)\.[\w$]/.test(path.replace(whole, "")));
}

/** What of a request is all that it brings along. */
const whole =
  /(?:^(?:ctx|context|c|args|opts|options))?\.(?:body|data|payload|input|POST|GET|form|json|query_params|valid(?:ated_data)?)(?:\(\))?(?=\.|$)/;

/**
 * Whether something on the way is started by the handler and left to itself: `go reload(storages)`. What is started for
 * each that connects has somebody who waits for it at the other end.
 */
function goesOnByItself({ linked, way }: Situation): boolean {
  return way.calls.some(({ linked: caller, call }, i) => {
    if (caller === way.root && caller.links.callsByMessages?.has(call)) return false;
    const next = way.calls[i + 1]?.linked ?? linked;
    const edges = caller.edges.filter((edge) => edge.call === call && edge.callee === next.id);
    return edges.length > 0 && edges.every(({ runs }) => runs === "later");
  });
}

function isForMany(situation: Situation): boolean {
  const { model, way } = situation;
  const taken = functionAt(model, way.root)?.fn.parameters.map(({ type = "" }) => type) ?? [];
  return [...namesOnWay(situation), routeOf(model, way) ?? "", ...taken].some(takesMany);
}

/** Whether a comment in one of the functions between the loop and the round trip says N+1. */
function isKnownToAuthor({ model, linked, worst }: Situation): boolean {
  return [linked, ...worst.trip.calls.map((call) => call.linked)].some((one) => {
    const fn = functionAt(model, one)?.fn;
    return fn !== undefined && notesOf(fn).known === true;
  });
}

/** Why nobody can tell that there are many. */
function reasonForUnknown(situation: Situation): string | undefined {
  if (holdersOfMany(situation).length > 0) return undefined;
  const { model, linked, worst } = situation;
  const { start = 0 } = worst.loops.at(-1) ?? {};
  const over = closedOver(model, linked, worst.call, start);
  if (isFilledAtStart(model, over)) return "They are as many as the program adds while it starts.";
  return isFixedField(model, over)
    ? "They are as many as were given when it was made: nothing adds to them."
    : "Nothing shows that these are many: no query gives them, and no request or field holds them.";
}

const onePage = "They are one page of those that there are.";

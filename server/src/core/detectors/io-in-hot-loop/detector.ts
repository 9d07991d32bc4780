import { code } from "../../base/markdown";
import type { SettingDefinitions } from "../../base/settings";
import { rangeOf, type Span } from "../../base/text";
import type { LanguageId } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import type { WitnessStep } from "../../model/finding";
import { type CallConditions, callConditions, unconditional } from "../../model/graph/callConditions";
import type { DataLoop } from "../../model/graph/dataLoops";
import { closedOver } from "../../model/graph/dataOwner";
import { effectText } from "../../model/graph/effectText";
import type { Constant } from "../../model/graph/givenConstants";
import { hasIdleArmBeside } from "../../model/graph/idleArms";
import {
  mayGoOutside,
  nearestRoundTrip,
  ownRoundTrip,
  type RoundTrip,
  roundTripBehind,
} from "../../model/graph/roundTrips";
import { isAside } from "../../model/graph/runByHand";
import { readableSymbol } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { docs } from "./docs";
import { isWrittenField } from "./fixedFields";
import { frequencyOf } from "./frequency";
import { type LazyRelation, lazyRelations } from "./lazyRelations";
import { detectorId, type LoopNotes, loopNotes, notesOf } from "./loopNotes";
import { reasonForLess } from "./reasons";
import type { Multiplied } from "./situation";
import { isBeforeClock, loopOfCall, loopsAround, notesOfCallees, type WayIn, wayIn } from "./waysIn";

/** A small workspace shows so many in any case. */
const fewest = 5;

const options = {
  perTenThousandLines: {
    type: "number",
    default: 0.5,
    minimum: 0,
    maximum: 100,
    description:
      "How many loops that requests reach are shown at most, for every 10,000 lines of the workspace; at least five. Those that a clock reaches are always shown.",
  },
} as const satisfies SettingDefinitions;

export const ioInHotLoop: Detector<LoopNotes, typeof options> = {
  id: detectorId,
  title: "I/O in a hot loop",
  defaultSeverity: "warning",
  options,
  docs,
  observe: loopNotes,
  *check(model, { perTenThousandLines }) {
    const byTheClock: DetectorFinding[] = [];
    const onRequest: DetectorFinding[] = [];
    for (const linked of model.functions.values()) {
      yield;
      if (linked.reachedFrom.length === 0) continue;
      for (const { finding, isTimer } of findingsIn(model, linked)) (isTimer ? byTheClock : onRequest).push(finding);
    }
    const slots = Math.max(fewest, Math.ceil((linesIn(model) * perTenThousandLines) / 10_000));
    onRequest.sort(
      (a, b) =>
        Number(a.mild !== undefined) - Number(b.mild !== undefined) ||
        b.rank - a.rank ||
        compare(a.path, b.path) ||
        a.range.start.line - b.range.start.line,
    );
    return [...byTheClock, ...onRequest.map((finding, i) => (i < slots ? finding : { ...finding, belowCut: true }))];
  },
};

function linesIn(model: WorkspaceModel): number {
  let lines = 0;
  for (const { lineStarts } of model.files.values()) lines += lineStarts.length;
  return lines;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Ranked {
  finding: DetectorFinding;
  isTimer: boolean;
}

function findingsIn(model: WorkspaceModel, linked: LinkedFunction): Ranked[] {
  const place = functionAt(model, linked);
  if (!place || isAside(model, place.file, place.fn)) return [];
  const relations = lazyRelations(model, linked);
  if (relations.length === 0 && !mayGoOutside(linked)) return [];
  const byLoop = new Map<string, Multiplied[]>();
  const { fn } = place;
  const { short = [], givenBy = [] } = notesOf(fn);
  const isShort = ({ start }: DataLoop, call: number) => {
    const at = start - fn.start;
    if (isWrittenField(model, closedOver(model, linked, call, start))) return true;
    return short.includes(at) || givenBy.some(([loop, from]) => loop === at && givesShort(model, linked, fn, from));
  };
  const add = (found: Multiplied) => {
    const key = `${found.loops[0]?.start}`;
    byLoop.set(key, [...(byLoop.get(key) ?? []), found]);
  };
  for (const relation of relations) add(multipliedBy(relation));
  callConditions(model, linked).forEach((known, call) => {
    if (!known || known.isSeldom) return;
    const conditions = { ...known, isConditional: known.isConditional || hasIdleArmBeside(model, linked, call) };
    const around = conditions.loops.filter((loop) => !isShort(loop, call));
    const own = loopOfCall(model, linked, call);
    const addTrip = (loops: readonly DataLoop[], trip: RoundTrip | undefined) => {
      if (loops.length > 0 && trip && !(conditions.isRemembered && !trip.isWrite))
        add({ call, loops, conditions, trip });
    };
    // What gives the elements is asked once: `collection.find().forEach(...)`.
    const asked = own && ownRoundTrip(model, linked, call);
    addTrip(around, own ? asked : nearestRoundTrip(model, linked, call));
    if (own) addTrip([...around, own], roundTripBehind(model, linked, call));
  });
  return [...byLoop.values()].flatMap((found) => findingFor(model, linked, found) ?? []);
}

function multipliedBy(relation: LazyRelation): Multiplied {
  const { call, loops, name } = relation;
  const effect: RoundTrip["effect"] = { kind: "database", detail: `select ${name}`, distance: 0, call };
  const trip = { effect, isWrite: false, calls: [], switches: [], isConditional: false };
  return { call, loops, conditions: { ...unconditional, loops }, trip, relation };
}

/** Whether the call that starts there gives a list written out, or pieces of one. */
function givesShort(model: WorkspaceModel, linked: LinkedFunction, fn: FunctionSummary, start: number): boolean {
  const given = notesOfCallees(model, linked, fn, start);
  return given.length > 0 && given.every(({ gives }) => gives !== undefined);
}

/** Of the round trips of one loop and those within it, so many are weighed. */
const maxWeighed = 4;

/** The worst of what one loop does, and what there is a reason for only where that is all. */
function findingFor(model: WorkspaceModel, linked: LinkedFunction, found: readonly Multiplied[]): Ranked | undefined {
  const sorted = [...found].sort((a, b) => headline(b) - headline(a) || a.call - b.call);
  let mild: Ranked | undefined;
  for (const worst of sorted.slice(0, maxWeighed)) {
    const ranked = findingOf(
      model,
      linked,
      worst,
      sorted.filter((other) => other !== worst),
    );
    if (ranked && ranked.finding.mild === undefined) return ranked;
    mild ??= ranked;
  }
  return mild;
}

function findingOf(
  model: WorkspaceModel,
  linked: LinkedFunction,
  worst: Multiplied,
  others: readonly Multiplied[],
): Ranked | undefined {
  const place = functionAt(model, linked);
  if (!place) return undefined;
  const way = wayIn(model, linked, {
    switches: worst.conditions.switches,
    further: worst.trip.calls,
    ...manyNeeded(worst.loops, place.fn),
  });
  if (!way) return undefined;
  const { file, fn } = place;
  const { trip } = worst;
  if (isBeforeClock(linked, worst.call, way.reach) || goWhenDone(model, linked, worst)) return undefined;
  if ([way.root, ...trip.calls.map((at) => at.linked)].some((one) => isOutOfUse(model, one))) return undefined;
  const frequency = frequencyOf(model, way, way.calls[0]?.call ?? worst.call);
  const often = withRounds(frequency.text, [
    ...way.calls.map(({ linked, call }) => callConditions(model, linked)[call]),
    worst.conditions,
  ]);
  const outer = way.calls.flatMap(({ linked, call }) => loopsAround(model, linked, call));
  const loops = [...outer, ...worst.loops];
  const each = loops.map(({ over }) => `each of ${code(over)}`);
  const operation = operationText(trip);
  const switched = [...trip.switches, ...way.switches].find(({ isFlag }) => isFlag);
  const product = [often, ...each, `1 ${operation}`].join(" × ");
  const own = readableSymbol(linked);
  const callee = trip.calls
    .slice(1)
    .map(({ linked }) => readableSymbol(linked))
    .find((symbol) => symbol !== own);
  const through = callee === undefined ? "" : ` (through ${code(callee)})`;
  const because = switched
    ? ` The ${code(constantText(switched.value, file.language))} given for ${code(switched.source)} switches it on.`
    : worst.relation
      ? ` The relation is fetched when it is read; ${code(`${worst.relation.remedy}("${worst.relation.name}")`)} fetches it with the rows.`
      : "";
  const site = placeOf(model, linked, worst);
  const isTimer = way.reach.kind === "timer";
  const less = reasonForLess({
    model,
    linked,
    worst: { ...worst, isOnly: others.length === 0, readsAndWrites: readsAndWrites([worst, ...others]) },
    way,
    loops,
    ...(frequency.seconds !== undefined && { seconds: frequency.seconds }),
  });
  const finding: DetectorFinding = {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `A round trip for ${each.at(-1)}: ${product}${through}.${because}`,
    steps: stepsOf(model, linked, worst, others, way, often),
    rank: weightOf(worst) + (isTimer ? 40 : 0) + 4 * outer.length,
    lens: `${each.join(" × ")}: 1 ${operation}, ${often}`,
    mild: less,
  };
  return { finding, isTimer };
}

/** Whether nothing that serves requests runs a function, as one of a test. */
function isOutOfUse(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const place = functionAt(model, linked);
  return place !== undefined && isAside(model, place.file, place.fn);
}

/** The call in the loop; where a function is run for each element, the one in that function. */
function placeOf(model: WorkspaceModel, linked: LinkedFunction, found: Multiplied): Span {
  const { call, trip, conditions, loops, relation } = found;
  if (relation) return relation;
  const [, inside] = trip.calls;
  const isPerElement = loops.length > conditions.loops.length && inside?.linked.path === linked.path;
  const { linked: owner, call: at } = isPerElement && inside ? inside : { linked, call };
  return functionAt(model, owner)?.fn.calls[at] as Span;
}

function readsAndWrites(found: readonly Multiplied[]): boolean {
  const always = found.filter(({ conditions }) => !conditions.isConditional);
  return always.some(({ trip }) => trip.isWrite) && always.some(({ trip }) => !trip.isWrite);
}

/** Whether the elements are taken away as they are done, so that there is one round trip for each and not for each time: `peers.remove(id)`. */
function goWhenDone(model: WorkspaceModel, linked: LinkedFunction, { trip, loops, conditions }: Multiplied): boolean {
  const { over = "", start } = loops.at(-1) ?? {};
  const isPerElement = loops.length > conditions.loops.length;
  const owner = isPerElement ? trip.calls[1]?.linked : linked;
  const fn = owner && functionAt(model, owner)?.fn;
  const held = over.replace(/(?:\.(?:entrySet|keySet|values|keys|entries|items|stream|copy)\(\))+$/, "");
  if (!owner || !fn || !held.includes(".")) return false;
  return fn.calls.some(
    ({ callee, arguments: [from] }, call) =>
      ((callee === "delete" && from === loops.at(-1)?.origin) ||
        (callee.startsWith(`${held}.`) &&
          /^(?:remove|delete|Delete|discard|pop)$/.test(callee.slice(held.length + 1)))) &&
      (isPerElement || callConditions(model, owner)[call]?.loops.some((loop) => loop.start === start)),
  );
}

function weightOf({ trip, loops, conditions }: Multiplied): number {
  // What is done before a commit says more of the loop than the commit.
  const isCommit = trip.effect.detail.startsWith("transaction");
  const does = (trip.effect.kind === "database" ? 10 : 0) + (trip.isWrite && !isCommit ? 5 : 0) - (isCommit ? 4 : 0);
  return does + 3 * loops.length - trip.calls.length - (conditions.isFiltered ? 4 : 0);
}

/** What is done in every round is told before what is done in some only. */
function headline(found: Multiplied): number {
  return weightOf(found) - (found.conditions.isConditional || found.conditions.isRemembered ? rarely : 0);
}

const rarely = 6;

/** The name whose elements the loops multiply by, where it is one whole name: whether they are many is up to the caller. */
function manyNeeded(loops: readonly DataLoop[], fn: FunctionSummary): { many?: string } {
  const [only, ...further] = loops;
  if (!only || further.length > 0) return {};
  const { from = [] } = notesOf(fn);
  const source = from.find(([start]) => start === only.start - fn.start)?.[1];
  const many = source ?? /^[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(only.over)?.[0];
  return many === undefined ? {} : { many };
}

/** One round in so many of what runs by the clock. */
function withRounds(often: string, conditions: readonly (CallConditions | undefined)[]): string {
  const rounds = conditions.find((known) => known?.oneOf !== undefined)?.oneOf;
  if (rounds === undefined || rounds < 2) return often;
  const tick = often.replace(/^every (?:tick)?/, "");
  if (!often.startsWith("every ")) return `${often}, one time in ${rounds}`;
  return `every ${rounds} ticks${tick && ` of ${tick}`}`;
}

/** A constant as it is written: `True` in Python. */
function constantText(value: Constant["value"], language: LanguageId): string {
  const text = String(value);
  return language === "python" ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

const sqlVerbs: Readonly<Record<string, string>> = {
  select: "SELECT",
  insert: "INSERT",
  update: "UPDATE",
  delete: "DELETE",
};

/** `UPDATE on players`, `call of http.Get`. */
function operationText({ effect: { kind, detail } }: RoundTrip): string {
  if (kind !== "database") return `call of ${code(operationName(detail))}`;
  const [verb = "query", table] = detail.split(" ");
  if (verb === "transaction") return "commit";
  const what = sqlVerbs[verb] ?? (verb === "read" || verb === "write" ? `database ${verb}` : "query");
  return table ? `${what} on ${code(table)}` : what;
}

/** `http.Get` of `net/http.Get`, `RestTemplate.exchange` of `org.example.RestTemplate.exchange`, `ioredis.get` of `ioredis.default.get`. */
function operationName(detail: string): string {
  return detail
    .replace(/^.*\/(?=.)/, "")
    .replace(/^builtin\./, "")
    .replace(".default.", ".")
    .split(".")
    .slice(-2)
    .join(".");
}

function stepsOf(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { call, loops, trip, relation }: Multiplied,
  others: readonly Multiplied[],
  way: WayIn,
  often: string,
): WitnessStep[] {
  const steps: (WitnessStep | undefined)[] = [];
  const rootPlace = functionAt(model, way.root);
  if (rootPlace)
    steps.push(
      stepAt(model, way.root, rootPlace.fn.nameSpan, `runs ${often.startsWith("each ") ? "for " : ""}${often}`),
    );
  const addLoops = (owner: LinkedFunction, around: readonly DataLoop[]) => {
    for (const { start, over } of around)
      steps.push(stepAt(model, owner, { start, end: start }, `for each of ${code(over)}`));
  };
  way.calls.forEach(({ linked: caller, call }, i) => {
    addLoops(caller, loopsAround(model, caller, call));
    const site = functionAt(model, caller)?.fn.calls[call];
    if (site)
      steps.push(stepAt(model, caller, site, `calls ${code(readableSymbol(way.calls[i + 1]?.linked ?? linked))}`));
  });
  addLoops(linked, loops);
  trip.calls.forEach(({ linked: owner, call }, i) => {
    const site = functionAt(model, owner)?.fn.calls[call];
    const next = trip.calls[i + 1]?.linked;
    const message = next ? `calls ${code(readableSymbol(next))}` : effectText(trip.effect);
    if (site) steps.push(stepAt(model, owner, site, message));
  });
  if (relation) steps.push(stepAt(model, linked, relation, effectText(trip.effect)));
  for (const other of others.slice(0, 3)) {
    const site = other.relation ?? functionAt(model, linked)?.fn.calls[other.call];
    if (site && (other.relation ?? other.call) !== (relation ?? call))
      steps.push(stepAt(model, linked, site, `also ${effectText(other.trip.effect)}`));
  }
  return steps.filter((step) => step !== undefined);
}

import { code } from "../../base/markdown";
import type { SettingDefinitions } from "../../base/settings";
import { rangeOf, type Span } from "../../base/text";
import { wordsOf } from "../../base/words";
import type { LanguageId } from "../../model/facts";
import type { WitnessStep } from "../../model/finding";
import {
  type CallConditions,
  callConditions,
  type DataLoop,
  elementsOf,
  type Switch,
} from "../../model/graph/callConditions";
import { effectText } from "../../model/graph/effectText";
import {
  type Constant,
  constantsGiven,
  isDenied,
  mayGoOutside,
  nearestRoundTrip,
  type ReachedCall,
  type RoundTrip,
} from "../../model/graph/roundTrips";
import { isRunByHand, routeOf } from "../../model/graph/wayFromOutside";
import { readableSymbol } from "../../model/graph/wayText";
import { nameOf, stepAt } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type Reach, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { docs } from "./docs";
import { frequencyOf } from "./frequency";
import {
  areFew,
  areFewOfOne,
  isForAdministrators,
  isHandedNames,
  type LoopNotes,
  loopNotes,
  takesMany,
} from "./seldomMany";

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
  id: "io-in-hot-loop",
  title: "I/O in a hot loop",
  defaultSeverity: "warning",
  options,
  docs,
  observe: loopNotes,
  check(model, { perTenThousandLines }) {
    const byTheClock: DetectorFinding[] = [];
    const onRequest: DetectorFinding[] = [];
    for (const linked of model.functions.values()) {
      if (linked.reachedFrom.length === 0 || !mayGoOutside(linked)) continue;
      for (const { finding, isTimer } of findingsIn(model, linked)) (isTimer ? byTheClock : onRequest).push(finding);
    }
    const slots = Math.max(fewest, Math.ceil((linesIn(model) * perTenThousandLines) / 10_000));
    onRequest.sort(
      (a, b) =>
        Number(a.atMost !== undefined) - Number(b.atMost !== undefined) ||
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

/** A round trip for every round of a loop of one function. */
interface Multiplied {
  call: number;
  loops: readonly DataLoop[];
  conditions: CallConditions;
  trip: RoundTrip;
}

interface Ranked {
  finding: DetectorFinding;
  isTimer: boolean;
}

function findingsIn(model: WorkspaceModel, linked: LinkedFunction): Ranked[] {
  const place = functionAt(model, linked);
  if (!place || place.file.isTest || place.fn.isTest || isRunByHand(place.file.path)) return [];
  const byLoop = new Map<string, Multiplied[]>();
  const { fn, file } = place;
  const { short = [] } = (fn.observations[ioInHotLoop.id] as LoopNotes | undefined) ?? {};
  callConditions(model, linked).forEach((conditions, call) => {
    if (!conditions || conditions.isSeldom) return;
    const site = fn.calls[call];
    const elements = site && elementsOf(site, linked, call, file.language);
    const around = conditions.loops.filter((loop) => !short.includes(loop.start - fn.start));
    const loops =
      elements === undefined
        ? around
        : [...around, { start: site?.start ?? 0, over: elements, ...itemOf(model, linked, call) }];
    if (loops.length === 0) return;
    const trip = nearestRoundTrip(model, linked, call);
    if (!trip || (conditions.isRemembered && !trip.isWrite)) return;
    const key = `${loops[0]?.start}`;
    byLoop.set(key, [...(byLoop.get(key) ?? []), { call, loops, conditions, trip }]);
  });
  return [...byLoop.values()].flatMap((found) => findingFor(model, linked, found) ?? []);
}

function itemOf(model: WorkspaceModel, { links }: LinkedFunction, call: number): Pick<DataLoop, "item"> {
  const [id] = links.handedOver.get(call)?.[0]?.functions ?? [];
  const each = id === undefined ? undefined : model.functions.get(id);
  const item = each && functionAt(model, each)?.fn.parameters[0]?.name;
  return item === undefined ? {} : { item };
}

function findingFor(model: WorkspaceModel, linked: LinkedFunction, found: readonly Multiplied[]): Ranked | undefined {
  const [worst, ...others] = [...found].sort((a, b) => weightOf(b) - weightOf(a) || a.call - b.call);
  const place = functionAt(model, linked);
  if (!worst || !place) return undefined;
  const way = wayIn(model, linked, worst.conditions.switches);
  if (!way) return undefined;
  const { file, fn } = place;
  const { trip } = worst;
  const timed = linked.links.callsByTheClock;
  // What a function does before it starts to wait for its clock is done once, and what others send it is up to them.
  if (way.reach.root === linked.id && !way.reach.registered && timed && !timed.has(worst.call)) return undefined;
  const root = way.calls[0]?.linked ?? linked;
  const often = withRounds(frequencyOf(model, root, way.reach), [
    ...way.calls.map(({ linked, call }) => callConditions(model, linked)[call]),
    worst.conditions,
  ]);
  const outer = way.calls.flatMap(({ linked, call }) => loopsAround(model, linked, call));
  const loops = [...outer, ...worst.loops];
  const each = loops.map(({ over }) => `each of ${code(over)}`);
  const operation = operationText(trip);
  const switched = [...trip.switches, ...way.switches][0];
  const product = [often, ...each, `1 ${operation}`].join(" × ");
  const own = readableSymbol(linked);
  const callee = trip.calls
    .slice(1)
    .map(({ linked }) => readableSymbol(linked))
    .find((symbol) => symbol !== own);
  const through = callee === undefined ? "" : ` (through ${code(callee)})`;
  const because = switched
    ? ` The ${code(constantText(switched.value, file.language))} given for ${code(switched.source)} switches it on.`
    : "";
  const site = placeOf(model, linked, worst);
  const isTimer = way.reach.kind === "timer";
  const less = reasonForLess({ model, linked, worst, way, loops });
  const finding: DetectorFinding = {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `A round trip for ${each.at(-1)}: ${product}${through}.${because}${less === undefined ? "" : ` ${less}`}`,
    steps: stepsOf(model, linked, worst, others, way, often),
    rank: weightOf(worst) + (isTimer ? 40 : 0) + 4 * outer.length,
    lens: `${each.join(" × ")}: 1 ${operation}, ${often}`,
    ...(less !== undefined && { atMost: "info" as const }),
  };
  return { finding, isTimer };
}

/** What is multiplied, and how it is reached. */
interface Situation {
  model: WorkspaceModel;
  linked: LinkedFunction;
  worst: Multiplied;
  way: WayIn;
  loops: readonly DataLoop[];
}

/** Why the product is meant, or seldom large, in a whole sentence. */
function reasonForLess(situation: Situation): string | undefined {
  const { linked, worst, way, model } = situation;
  const { trip, loops } = worst;
  const place = functionAt(model, linked);
  const notes = place?.fn.observations[ioInHotLoop.id] as LoopNotes | undefined;
  if (loops.some(({ start }) => notes?.meant.includes(start - (place?.fn.start ?? 0))))
    return "A comment says that one is taken after the other.";
  if (trip.isInTransaction) return "It is part of a transaction.";
  const { over = "", item = "" } = situation.loops.at(-1) ?? {};
  if (areFew(over) || areFew(item)) return "There are few of these, by their name.";
  if (way.reach.kind === "handler") return reasonForRequest(situation);
  if (isFarUnderConditions(situation)) return "Several functions on the long way there go on only under a condition.";
  const { id } = way.calls[0]?.linked ?? linked;
  return trip.effect.kind === "network" && (probes.test(nameOf(id)) || /canary/i.test(id))
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

function reasonForRequest({ model, linked, worst: { trip, conditions }, way, loops }: Situation): string | undefined {
  if (trip.effect.kind === "network") return "Whether another service takes many at once is not known.";
  if (conditions.isFiltered) return "It is done for some of them only.";
  if (trip.isConditional && /^(?:read|select|write|insert|update|delete)\b/.test(trip.effect.detail))
    return "Further on, it comes to this only under a condition.";
  if (areFewOfOne(loops.at(-1)?.over ?? "")) return "There are few of these, by their name.";
  const root = way.calls[0]?.linked ?? linked;
  const names = [nameOf(root.id), routeOf(model, { root, reach: way.reach, calls: [] }) ?? ""];
  if (names.some(isForAdministrators)) return "Those who run the system ask for it, now and then.";
  const [only, ...further] = loops;
  const fn = functionAt(model, linked)?.fn;
  if (!only || further.length > 0 || !fn || [...names, fn.name].some(takesMany)) return undefined;
  return isHandedNames(only, fn) ? "There are as many as whoever asks has named." : undefined;
}

const probes = /health_?check|heart_?beat|probe|ping\b|liveness|keep_?alive/i;

/** The call in the loop; where a function is run for each element, the one in that function. */
function placeOf(model: WorkspaceModel, linked: LinkedFunction, { call, trip, conditions, loops }: Multiplied): Span {
  const [, inside] = trip.calls;
  const isPerElement = loops.length > conditions.loops.length && inside?.linked.path === linked.path;
  const { linked: owner, call: at } = isPerElement && inside ? inside : { linked, call };
  return functionAt(model, owner)?.fn.calls[at] as Span;
}

function weightOf({ trip, loops, conditions }: Multiplied): number {
  const does = (trip.effect.kind === "database" ? 10 : 0) + (trip.isWrite ? 5 : 0);
  return does + 3 * loops.length - trip.calls.length - (conditions.isFiltered ? 4 : 0);
}

/** One round in so many of what runs by the clock. */
function withRounds(often: string, conditions: readonly (CallConditions | undefined)[]): string {
  const rounds = conditions.find((known) => known?.oneOf !== undefined)?.oneOf;
  if (rounds === undefined || rounds < 2) return often;
  const tick = often.replace(/^every (?:tick)?/, "");
  if (!often.startsWith("every ")) return `${often}, one time in ${rounds}`;
  return `every ${rounds} ticks${tick && ` of ${tick}`}`;
}

function loopsAround(model: WorkspaceModel, linked: LinkedFunction, call: number): readonly DataLoop[] {
  const place = functionAt(model, linked);
  const site = place?.fn.calls[call];
  const elements = place && site && elementsOf(site, linked, call, place.file.language);
  const around = callConditions(model, linked)[call]?.loops ?? [];
  return elements === undefined || !site ? around : [...around, { start: site.start, over: elements }];
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
  const what = sqlVerbs[verb] ?? (verb === "read" || verb === "write" ? `database ${verb}` : "query");
  return table ? `${what} on ${code(table)}` : what;
}

/** `http.Get` of `net/http.Get`, `RestTemplate.exchange` of `org.example.RestTemplate.exchange`. */
function operationName(detail: string): string {
  return detail
    .replace(/^.*\/(?=.)/, "")
    .replace(/^builtin\./, "")
    .split(".")
    .slice(-2)
    .join(".");
}

interface WayIn {
  reach: Reach;
  /** From the root to the function, each in its caller. */
  calls: readonly ReachedCall[];
  /** Constants given on the way that let it happen. */
  switches: readonly Constant[];
}

/** After so many calls it seldom gets there: conditions on the way decide that. */
const farthest = 6;

/** How a clock, or else a request, gets to a function; absent when every way there switches the work off. */
function wayIn(model: WorkspaceModel, linked: LinkedFunction, needed: readonly Switch[]): WayIn | undefined {
  const reaches = [...linked.reachedFrom].sort((a, b) => Number(b.kind === "timer") - Number(a.kind === "timer"));
  for (const reach of reaches) {
    const way = wayFrom(model, linked, needed, reach);
    if (way && way.calls.length <= farthest && !(reach.kind === "timer" && endsOrMovesOnce(model, way, linked)))
      return way;
  }
  return undefined;
}

/** Whether the way goes through what stops, upgrades or restores: done once, however often a clock asks whether to. */
function endsOrMovesOnce(model: WorkspaceModel, { calls }: WayIn, linked: LinkedFunction): boolean {
  return [...calls.map((call) => call.linked), linked]
    .slice(1)
    .some((one) => endOrMove.test(wordsOf(functionAt(model, one)?.fn.name ?? "").join(" ")));
}

const endOrMove =
  /^(?:stop|terminate)(?: (?:server|service|system|application|app|all|everything|self))?$|^shut ?down\b|^(?:upgrade|migrate|restore)\b/;

function wayFrom(
  model: WorkspaceModel,
  linked: LinkedFunction,
  needed: readonly Switch[],
  reach: Reach,
): WayIn | undefined {
  if (reach.via === undefined) return { reach, calls: [], switches: [] };
  const place = functionAt(model, linked);
  const others = needed.length > 0 ? linked.callers.filter((id) => id !== reach.via) : [];
  const callers = [reach.via, ...others];
  for (const id of callers) {
    const caller = model.functions.get(id);
    const further = caller?.reachedFrom.find(
      ({ kind, distance }) =>
        kind === reach.kind && distance < Math.max(reach.distance, 1) + (id === reach.via ? 0 : 1),
    );
    if (!caller || !place || !further || id === linked.id) continue;
    const calls = caller.edges.filter(({ callee }) => callee === linked.id).map(({ call }) => call);
    const inLoop = [...calls].sort(
      (a, b) => loopsAround(model, caller, b).length - loopsAround(model, caller, a).length,
    );
    for (const call of inLoop) {
      const given = constantsGiven(model, { linked: caller, call }, place.fn);
      if (needed.some((one) => isDenied(one, given))) continue;
      const before = wayFrom(model, caller, [], further);
      if (!before) continue;
      const switches = given.filter(({ parameter }) => needed.some((one) => one.parameter === parameter));
      return { reach: before.reach, calls: [...before.calls, { linked: caller, call }], switches };
    }
  }
  return undefined;
}

function stepsOf(
  model: WorkspaceModel,
  linked: LinkedFunction,
  { call, loops, trip }: Multiplied,
  others: readonly Multiplied[],
  way: WayIn,
  often: string,
): WitnessStep[] {
  const steps: (WitnessStep | undefined)[] = [];
  const root = way.calls[0]?.linked ?? linked;
  const rootPlace = functionAt(model, root);
  if (rootPlace)
    steps.push(stepAt(model, root, rootPlace.fn.nameSpan, `runs ${often.startsWith("each ") ? "for " : ""}${often}`));
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
  for (const other of others.slice(0, 3)) {
    const site = functionAt(model, linked)?.fn.calls[other.call];
    if (site && other.call !== call) steps.push(stepAt(model, linked, site, `also ${effectText(other.trip.effect)}`));
  }
  return steps.filter((step) => step !== undefined);
}

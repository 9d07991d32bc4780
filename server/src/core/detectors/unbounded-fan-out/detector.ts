import { code } from "../../base/markdown";
import { rangeOf } from "../../base/text";
import { wordsOf } from "../../base/words";
import type { WitnessStep } from "../../model/finding";
import { callConditions } from "../../model/graph/callConditions";
import { closedOver, isGivenToFunction, ownerOf } from "../../model/graph/dataOwner";
import { effectText } from "../../model/graph/effectText";
import { elementsAt } from "../../model/graph/elementCalls";
import { ownRoundTrip } from "../../model/graph/roundTrips";
import { isAside } from "../../model/graph/runByHand";
import {
  isCalledByMachinery,
  isForStaff,
  registrationCall,
  type WayFromOutside,
  wayFromEvent,
  wayFromHandler,
} from "../../model/graph/wayFromOutside";
import { oftenText, readableSymbol, stepsTo } from "../../model/graph/wayText";
import { stepAt } from "../../model/graph/witness";
import { jobsIn, topicsPublished } from "../../model/link/topics";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { countedLoop } from "./countedLoops";
import { creationBehind, isHandedToPool, nearestCreation } from "./creations";
import { docs } from "./docs";
import { type Protection, protections, protectionsFound } from "./protections";
import { detectorId, type RowNotes, rowNotes } from "./rowNotes";
import { isClaimed } from "./stateGuards";
import { areSwept } from "./sweeps";
import { onlyTells, takesTicket } from "./tickets";
import { addsUp, type FanOut, feedsPipe, reasonForLess, waitsForPool, waitsForWork } from "./weight";

export const unboundedFanOut: Detector<RowNotes> = {
  id: detectorId,
  title: "Unbounded fan-out",
  defaultSeverity: "warning",
  options: {},
  docs,
  observe: rowNotes,
  *check(model) {
    const findings: DetectorFinding[] = [];
    for (const linked of model.functions.values()) {
      yield;
      const isAsked = linked.reachedFrom.some(({ kind }) => kind === "handler");
      if (isAsked || wayFromEvent(model, linked)) findings.push(...findingsIn(model, linked));
    }
    return findings;
  },
};

/** Work that is started further away is how something is done, and not what is asked for. */
const farthestWork = 2;

function findingsIn(model: WorkspaceModel, linked: LinkedFunction): DetectorFinding[] {
  const place = functionAt(model, linked);
  if (!place || isAside(model, place.file, place.fn)) return [];
  if (!hasLoops(model, linked)) return [];
  const way = wayOfRequest(model, linked);
  if (!way || isForStaff(model, way)) return [];
  const byLoop = new Map<number, FanOut>();
  place.fn.calls.forEach((_, call) => {
    const found = fanOutOf(model, way, linked, call);
    const known = found && byLoop.get(found.loop.start);
    if (found && (!known || weightOf(found) > weightOf(known))) byLoop.set(found.loop.start, found);
  });
  return [...byLoop.values()].flatMap((found) => findingFor(model, way, linked, found) ?? []);
}

/** So many tasks may have one another run. */
const maxTasks = 2;

/** How a request gets to a function: within it, or in a task that it has run. */
function wayOfRequest(model: WorkspaceModel, linked: LinkedFunction, tasks = 0): WayFromOutside | undefined {
  const way = wayFromHandler(model, linked);
  if (!way) return wayFromEvent(model, linked);
  if (!isCalledByMachinery(model, way) || isSentFromElsewhere(model, way)) return way;
  if (tasks === maxTasks) return undefined;
  for (const id of way.root.callers) {
    const caller = model.functions.get(id);
    const start = caller?.edges.find(
      ({ call, callee, runs }) => callee === way.root.id && runs === "later" && asksForIt(model, caller, call, way),
    );
    const before = caller && start && wayOfRequest(model, caller, tasks + 1);
    if (before) return { ...before, calls: [...before.calls, { linked: caller, call: start.call }, ...way.calls] };
  }
  return undefined;
}

/** Whether what answers messages is sent them by nobody in the workspace. */
function isSentFromElsewhere(model: WorkspaceModel, { root, reach }: WayFromOutside): boolean {
  const registered = reach.registered && registrationCall(model, reach.registered);
  const said = [registered?.callee ?? "", ...(functionAt(model, root)?.fn.decorators ?? [])];
  const registers = (caller: LinkedFunction | undefined) =>
    caller !== undefined && caller.path === reach.registered?.path && caller.index === reach.registered.index;
  const isSentHere = root.callers.some((id) => !registers(model.functions.get(id)));
  return !isSentHere && said.some((text) => takesMessages.test(text));
}

const takesMessages = /^(?:Kafka|Rabbit|Sqs|Jms|Pulsar|Stream)\w*Listener\b|consum|subscri/i;

/** Whether a task that does something else under each name is run under one that leads on. */
function asksForIt(model: WorkspaceModel, caller: LinkedFunction, call: number, way: WayFromOutside): boolean {
  const { entry } = caller.links.calls[call] ?? {};
  const root = functionAt(model, way.root)?.fn;
  const asking = functionAt(model, caller)?.fn;
  if (entry?.topic !== "name" || !root || !asking || root.decorators.length > 0) return true;
  const jobs = jobsIn(root);
  const leadsOn = way.calls[0]?.call;
  return (topicsPublished(asking, caller.links).get(call) ?? []).some((topic) => {
    const calls = jobs.get(topic);
    return calls === "all" || (leadsOn !== undefined && calls?.has(leadsOn));
  });
}

function hasLoops(model: WorkspaceModel, linked: LinkedFunction): boolean {
  return (
    linked.links.handedOver.size > 0 ||
    functionAt(model, linked)?.fn.data?.counted !== undefined ||
    callConditions(model, linked).some((known) => known.loops.length > 0)
  );
}

function fanOutOf(
  model: WorkspaceModel,
  way: WayFromOutside,
  linked: LinkedFunction,
  call: number,
): FanOut | undefined {
  const place = functionAt(model, linked);
  const site = place?.fn.calls[call];
  const conditions = callConditions(model, linked)[call];
  if (!place || !site || !conditions || conditions.isSeldom) return undefined;
  const elements = elementsAt(model, linked, call)?.over;
  const known = elements === undefined ? conditions.loops.at(-1) : { start: site.start, over: elements };
  const loop = known ?? countedLoop(model, way, linked, call);
  if (!loop || isPartOfTheInstallation(loop.over)) return undefined;
  const nearest = nearestCreation(model, linked, call);
  if (!nearest) return undefined;
  // What ends with the request may leave something behind.
  const isOver = nearest.kind === "work" && waitsForWork(model, linked);
  const creation = (isOver ? creationBehind(model, linked, call) : undefined) ?? nearest;
  const looped = { linked, written: loop.over, over: closedOver(model, linked, call, loop.start), handedOnBy: call };
  const owner = known ? ownerOf(model, way, looped) : "request";
  if (creation.kind === "row" && takesElementsAway(model, linked, loop.start)) return undefined;
  if (owner === undefined || (owner === "request" && !addsUp(model, linked, creation, loop.over))) return undefined;
  if (
    creation.kind === "work" &&
    (creation.calls.length > farthestWork ||
      (isHandedToPool(creation) && waitsForPool(model, linked)) ||
      feedsPipe(model, creation) ||
      (owner === "server" && waitsForWork(model, linked)) ||
      takesTicket(model, [{ linked, call }, ...creation.calls]) ||
      onlyTells(model, creation.calls))
  )
    return undefined;
  if (!known && creation.kind !== "work") return undefined;
  return { call, loop, isGiven: owner === "request" || isGivenToFunction(model, looped), owner, creation };
}

/** What is made for one that goes is no more than there was. */
function takesElementsAway(model: WorkspaceModel, linked: LinkedFunction, start: number): boolean {
  const conditions = callConditions(model, linked);
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  return calls.some(
    ({ callee }, call) =>
      /\.a?(?:delete|remove|destroy)$/i.test(callee) && conditions[call]?.loops.some((loop) => loop.start === start),
  );
}

/** Servers that belong together are as many as somebody set up. */
function isPartOfTheInstallation(over: string): boolean {
  const last = wordsOf(over.replace(/\(.*\)$/, "")).at(-1) ?? "";
  return (
    partsOfInstallations.has(last) || partsOfInstallations.has(last.replace(/s$/, "")) || last.startsWith("default")
  );
}

const partsOfInstallations = new Set(
  "replica ingester peer node shard server backend store endpoint upstream zone region cluster host broker partition sink exporter transport driver engine service worker queue channel field column setting role permission scope locale lang feature flag extension module step stage rule type kind".split(
    " ",
  ),
);

const protectionNames: Readonly<Record<Protection, string>> = {
  rate: "cooldown or rate limit",
  duplicates: "de-duplication",
  cap: "cap",
  expiry: "expiry",
};

const namesWhereFound: Readonly<Record<Protection, string>> = {
  rate: "a rate limit for all routes",
  duplicates: "de-duplication",
  cap: "a cap",
  expiry: "an expiry",
};

function findingFor(
  model: WorkspaceModel,
  way: WayFromOutside,
  linked: LinkedFunction,
  fanOut: FanOut,
): DetectorFinding | undefined {
  const place = functionAt(model, linked);
  const { creation, loop } = fanOut;
  const made = [{ linked, call: fanOut.call }, ...creation.calls];
  if (isClaimed(model, [...way.calls, ...made])) return undefined;
  const closed = closedOver(model, linked, fanOut.call, loop.start);
  const looped = { ...loop, closed, isGiven: fanOut.isGiven };
  const { found: asked, isRateOfAll } = protectionsFound(model, way, made, looped, creation.kind === "work");
  const found = new Set<Protection>(areSwept(model, creation) ? [...asked, "expiry"] : asked);
  const missing = protections.filter((protection) => !found.has(protection));
  const isLimited = (found.has("rate") && !isRateOfAll) || found.has("cap");
  if (!place || isLimited || missing.length < 3) return undefined;
  const { file, fn } = place;
  if (fn.data?.isLimited) return undefined;
  const owner = perElement(model, linked, fanOut);
  const site = functionAt(model, owner.linked)?.fn.calls[owner.call];
  if (!site) return undefined;
  const often = oftenText(model, way);
  const [there] = found;
  const looked =
    there === undefined
      ? "None of four protections was found on the way: no cooldown or rate limit, no de-duplication, no cap and no expiry."
      : `Of four protections only ${namesWhereFound[there]} was found on the way: ${listOf(missing.map((protection) => `no ${protectionNames[protection]}`))}.`;
  const less = reasonForLess(model, way, linked, fanOut, isRateOfAll);
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `${capitalised(often)} ${creation.text} ${timesText(loop)}. ${looked}`,
    steps: stepsOf(model, way, linked, fanOut),
    rank: weightOf(fanOut) + 3 * missing.length,
    lens: `${often} ${creation.text} ${timesText(loop)}`,
    mild: less,
  };
}

/** The call in the loop; where a function is run for each element, the one in that function. */
function perElement(model: WorkspaceModel, linked: LinkedFunction, { call, loop, creation }: FanOut) {
  const site = functionAt(model, linked)?.fn.calls[call];
  const [first, second] = creation.calls;
  return site?.start === loop.start && second && second.linked.path === linked.path
    ? second
    : (first ?? { linked, call });
}

function weightOf({ creation, owner }: FanOut): number {
  const kinds = { row: 10, message: 8, work: 4 };
  return kinds[creation.kind] + (owner === "server" ? 4 : 0) - creation.calls.length;
}

function stepsOf(
  model: WorkspaceModel,
  way: WayFromOutside,
  linked: LinkedFunction,
  { call, loop, creation }: FanOut,
): WitnessStep[] {
  const steps: (WitnessStep | undefined)[] = stepsTo(model, way, linked);
  steps.push(stepAt(model, linked, { start: loop.start, end: loop.start }, timesText(loop)));
  const isOneCall = functionAt(model, linked)?.fn.calls[call]?.start === loop.start;
  creation.calls.forEach((at, i) => {
    const site = functionAt(model, at.linked)?.fn.calls[at.call];
    const next = creation.calls[i + 1]?.linked;
    if (!site || (i === 0 && next && isOneCall)) return;
    const trip = next ? undefined : ownRoundTrip(model, at.linked, at.call);
    const does = trip ? effectText(trip.effect) : creation.text;
    steps.push(stepAt(model, at.linked, site, next ? `calls ${code(readableSymbol(next))}` : does));
  });
  return steps.filter((step) => step !== undefined);
}

function timesText({ over, isCounted }: FanOut["loop"]): string {
  return isCounted ? `as many times as ${code(over)} says` : `for each of ${code(over)}`;
}

function listOf(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

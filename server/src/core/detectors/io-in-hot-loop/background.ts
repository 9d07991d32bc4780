import { code } from "../../base/markdown";
import { wordsOf } from "../../base/words";
import { type Flow, flowsInside, type LoopFlow } from "../../model/fileSummary";
import { callConditions } from "../../model/graph/callConditions";
import { effectsOfCall, functionsAround } from "../../model/graph/graphFunction";
import type { ReachedCall } from "../../model/graph/roundTrips";
import { nameOf } from "../../model/graph/witness";
import { loopsIn } from "../../model/link/loopPace";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { LoopNotes } from "./loopNotes";
import { areDue } from "./seldomMany";
import type { Situation } from "./situation";
import { notesOfCallees } from "./waysIn";

/** What runs more often than this (in seconds) must be done by then; what runs less often, or nobody knows how often, has time. */
const often = 600;
/** Nobody waits for what runs no more often than this. */
const seldom = 3600;
/** What is further away from the tick than this depends on more than the tick, or further than that under conditions. */
const farthest = 6;
const farUnderConditions = 4;

/** Why what a clock runs may take its time, in a whole sentence. */
export function reasonForClock(situation: Situation): string | undefined {
  const { model, linked, worst, way, loops, seconds } = situation;
  const { trip, conditions } = worst;
  const { over = "" } = loops.at(-1) ?? {};
  const isSlow = seconds === undefined || seconds >= often;
  if (isSlow && isTimeBoxed(situation)) return timeBoxed;
  if (areDue(over) || (conditions.isTimed && (conditions.isConditional || (trip.isWrite && worst.isOnly))))
    return "It is done for what has become due only.";
  if (isLimited(situation)) return "A query with a limit has read them, and the next tick goes on.";
  const root = way.calls[0]?.linked ?? linked;
  if ([...way.calls.map((call) => call.linked), linked].some(({ id }) => takesFigures(nameOf(id))))
    return "It takes figures of the system.";
  if (trip.effect.kind === "network" && (probes.test(nameOf(root.id)) || /canary/i.test(root.id)))
    return "It asks each whether it is alive.";
  if (isFar(situation)) return "It is a long way from the clock there, on which more than the clock decides.";
  if (way.calls.every((call) => loopsAt(model, call) === 0) && isHandedToTransaction(model, worst.trip.calls[0]))
    return "It is part of a transaction.";
  return isSlow ? reasonForSlow(situation) : undefined;
}

function isFar({ model, way, worst: { trip } }: Situation): boolean {
  const calls = [...way.calls, ...trip.calls];
  const under = calls.filter(({ linked, call }) => callConditions(model, linked)[call]?.isConditional);
  const decide = new Set(under.map(({ linked }) => linked.id)).size;
  return calls.length > farthest || (calls.length > farUnderConditions && decide > 1);
}

/** Whether a loop on the way goes over what a query with a limit has read, before it or in what is called for that. */
function isLimited({ model, id, linked, worst, way }: Situation): boolean {
  return [...way.calls, { linked, call: worst.call }].some(({ linked, call }) => {
    const fn = functionAt(model, linked)?.fn;
    if (!fn) return false;
    const { givenBy = [], limits = [] } = (fn.observations[id] as LoopNotes | undefined) ?? {};
    return (callConditions(model, linked)[call]?.loops ?? []).some(({ start }) => {
      if (limits.some((limit) => limit < start - fn.start)) return true;
      const from = givenBy.find(([loop]) => loop === start - fn.start)?.[1];
      if (from === undefined) return false;
      return notesOfCallees(model, id, linked, fn, from).some(({ limits = [] }) => limits.length > 0);
    });
  });
}

function takesFigures(name: string): boolean {
  return wordsOf(name).some((word) => /^(?:metrics?|gauges?|sampler?|telemetry|statistics|stats)$/.test(word));
}

const probes = /health_?check|heart_?beat|probe|ping\b|liveness|keep_?alive/i;

/** Why what runs in the background now and then, or nobody knows how often, may take its time, in a whole sentence. */
export function reasonForSlow(situation: Situation): string | undefined {
  const { worst, seconds } = situation;
  const { trip } = worst;
  if (isTimeBoxed(situation)) return timeBoxed;
  const more = reasonForMoreWork(situation);
  if (more !== undefined) return more;
  if (seconds !== undefined && seconds >= seldom && trip.effect.kind === "network") return "Nobody waits for it.";
  return undefined;
}

function loopsAt(model: WorkspaceModel, { linked, call }: ReachedCall): number {
  return callConditions(model, linked)[call]?.loops.length ?? 0;
}

/** Whether a call stands in a function that is handed to one that makes a transaction of it: `db.inTransaction(func() {...})`. */
function isHandedToTransaction(model: WorkspaceModel, site: ReachedCall | undefined): boolean {
  const place = site && functionAt(model, site.linked);
  if (!place || !site) return false;
  const [closure, ...around] = functionsAround(place.file, site.linked.index);
  return around.some(({ calls }) =>
    calls.some(
      ({ callee, start, end }) =>
        closure !== undefined && start <= closure.start && closure.end <= end && transaction.test(callee),
    ),
  );
}

const transaction =
  /(?:^|[._])(?:with|in|run|do|simple|start|begin)?_?(?:tx|txn|transaction(?:al(?:ly)?)?|atomic(?:ally)?)$/i;

const timeBoxed = "It ends when its time is up, and goes on at the next.";

/** Whether a loop on the way looks in each round whether it has to end. */
function isTimeBoxed({ model, linked, worst, way }: Situation): boolean {
  return [...way.calls, { linked, call: worst.call }].some((place) => isInTimeBox(model, place));
}

function isInTimeBox(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const fn = functionAt(model, linked)?.fn;
  const around = callConditions(model, linked)[call]?.loops ?? [];
  if (!fn || around.length === 0) return false;
  return loopsIn(fn.flow)
    .filter(({ start }) => around.some((loop) => loop.start === start))
    .some(endsInTime);
}

function endsInTime({ body }: LoopFlow): boolean {
  const looks = (flow: readonly Flow[]): boolean =>
    flow.some((node) => {
      if (typeof node === "number" || node.kind === "loop") return false;
      if (node.kind === "branch" && node.test !== undefined && isUp.test(node.test) && leaves(node.arms[0] ?? []))
        return true;
      return flowsInside(node).some(looks);
    });
  return looks(body);
}

const isUp =
  /\b(?:is_?)?cancell?(?:ed|ation_?requested)\b|\bctx\.Err\(\)|\bis_?interrupted\b|\btime\.Since\(.*>|\b(?:elapsed|deadline|time_?left|time_?out)\b/i;

function leaves(flow: readonly Flow[]): boolean {
  const last = flow.at(-1);
  return typeof last === "object" && last.kind === "exit" && last.form !== "continue";
}

/** Why the round trip is the smaller part of what is done for each, in a whole sentence. */
export function reasonForMoreWork(situation: Situation): string | undefined {
  const more = otherWork(situation);
  return more === undefined ? undefined : `What else is done for each of them takes longer: ${code(more)}.`;
}

/** What a round of the innermost loop does beside the round trip, where that goes to files, programs or other services. */
function otherWork({ model, worst }: Situation): string | undefined {
  if (worst.trip.effect.kind !== "database") return undefined;
  const isPerElement = worst.loops.length > worst.conditions.loops.length;
  const { linked: owner, call: ownCall = -1 } = worst.trip.calls[isPerElement ? 1 : 0] ?? {};
  const fn = owner && functionAt(model, owner)?.fn;
  if (!owner || !fn) return undefined;
  const own = fn.calls[ownCall]?.callee;
  const innermost = isPerElement ? undefined : worst.conditions.loops.at(-1)?.start;
  const call = callConditions(model, owner).findIndex((conditions, call) => {
    if (!conditions || conditions.isSeldom || fn.calls[call]?.callee === own) return false;
    if (conditions.isConditional && !worst.conditions.isConditional) return false;
    if (innermost !== undefined && !conditions.loops.some(({ start }) => start === innermost)) return false;
    return doesHeavierWork(model, owner, call);
  });
  return fn.calls[call]?.callee;
}

/** What a call starts for later is work as well. */
function doesHeavierWork(model: WorkspaceModel, linked: LinkedFunction, call: number): boolean {
  const started = linked.edges.filter((edge) => edge.call === call && edge.runs === "later");
  const effects = started.flatMap(({ callee }) => model.functions.get(callee)?.effects.effects ?? []);
  return [...effectsOfCall(model, linked, call), ...effects].some(({ kind }) => heavier.test(kind));
}

const heavier = /^(?:network|file|process)$/;

import type { FunctionSummary } from "../fileSummary";
import type { FunctionId } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { type CallConditions, callConditions } from "./callConditions";
import { leaves } from "./conditionsAt";
import { callEffect, seenFrom } from "./effects";
import { elementsAt } from "./elementCalls";
import type { Edge, Effect } from "./functionEffects";
import { type Constant, constantsGiven, isDenied, type ReachedCall } from "./givenConstants";
import { graphFunction } from "./graphFunction";
import { hasIdleArmBeside } from "./idleArms";

/** A way to the database or over the network and back, as it is reached from some call. */
export interface RoundTrip {
  effect: Effect;
  isWrite: boolean;
  /** The calls that lead there, the operation last. */
  calls: readonly ReachedCall[];
  /** Constants given on the way that let it happen. */
  switches: readonly Constant[];
  /** Some function that is called on the way goes on only under a condition of its own. */
  isConditional: boolean;
}

/** Further away it is another story. */
const maxCalls = 6;
const maxVisits = 150;
/** What more functions than this may answer is decided elsewhere. */
const maxAlternatives = 3;

/** Whether a function or what it starts can go to the database or the network, at a glance. */
export function mayGoOutside({ effects, edges }: LinkedFunction): boolean {
  return effects.effects.some(({ kind }) => goesOutside(kind)) || edges.some(({ runs }) => runs !== "now");
}

function goesOutside(kind: Effect["kind"]): boolean {
  return kind === "database" || kind === "network";
}

/** The round trip that one call makes by itself. */
export function ownRoundTrip(model: WorkspaceModel, linked: LinkedFunction, call: number): RoundTrip | undefined {
  const { entry, external: called, through: external = called } = linked.links.calls[call] ?? {};
  if (!entry?.role || !external) return undefined;
  if (entry.role !== "database" && entry.role !== "network" && entry.role !== "cache") return undefined;
  const isCommit = entry.access === "transaction" && commitsSession.test(external.symbol);
  if ((entry.access === "transaction" && !isCommit) || entry.blocks === false || !isAnswered(entry.role, external))
    return undefined;
  const fn = graphFunction(model, linked);
  const { callee = "", origin = callee } = fn.summary.calls[call] ?? {};
  if (collects.test(callee) || ofPipeline.test(origin)) return undefined;
  // What goes on in the background is as many round trips.
  const effect = callEffect({ ...fn, spawned: new Set() }, call);
  if (!effect) return undefined;
  const isWrite = entry.access === "write" || isCommit || writes.test(effect.detail);
  return { effect, isWrite, calls: [{ linked, call }], switches: [], isConditional: false };
}

const writes = /^(?:insert|update|delete|write)\b/;

/** What a call does, the last of some that lead there: who calls may hand it the text of its query. */
export function seenOnWay(model: WorkspaceModel, calls: readonly ReachedCall[], effect: Effect): Effect {
  let seen = effect;
  for (let i = calls.length - 2; i >= 0 && seen.text !== undefined; i--) {
    const { linked, call } = calls[i] as ReachedCall;
    const callee = (calls[i + 1] as ReachedCall).linked.id;
    const edge = linked.edges.find((one) => one.call === call && one.callee === callee);
    if (!edge) break;
    seen = seenFrom(graphFunction(model, linked), edge, seen);
  }
  return seen.detail === effect.detail ? effect : { ...effect, detail: seen.detail };
}

/** What was changed is written with it, in a transaction of its own: `session.commit()`. */
const commitsSession = /(?:^|\.)(?:async_?)?(?:scoped_)?session\.commit$/i;

/** What is asked of a pipeline waits until all of it is sent at once: `pipe.delete(key)`. */
const collects = /(?:^|\.)_?pipe(?:line)?\.(?!exec)\w+$/i;

/** So it does whatever the pipeline is called: `p = cache.pipeline(); p.delete(key)`. */
const ofPipeline = /\.(?:tx_?)?pipeline\(\)\.(?!exec)\w+$/i;

/** Whether a call hands on a pipeline, which whoever has made it sends: `jobs.remove(id, pipeline=pipe)`. */
function isHandedPipeline(model: WorkspaceModel, { linked, call }: ReachedCall): boolean {
  const given = functionAt(model, linked)?.fn.calls[call]?.arguments ?? [];
  return given.some((argument) => /^_?pipe(?:line)?(?:=(?!None|null).+)?$|\.pipe(?:line)?\(\)$/i.test(argument));
}

/** Handling a connection, a request or its answer piece by piece is no round trip, nor is preparing one. */
function isAnswered(role: string, { module, symbol }: { module: string; symbol: string }): boolean {
  const dot = symbol.lastIndexOf(".");
  const name = symbol.slice(dot + 1);
  // Many at once is what others are told to do.
  if (
    /bulk|batch|copyFrom|execute_?many|(?:save|insert|put|create|update|delete|add)_?(?:all|many)|^m[gs]et$/i.test(name)
  )
    return false;
  if (role === "cache") return /redis|memcache/i.test(module) && /\./.test(symbol);
  if (role === "database")
    return !/^(?:cursor|connect\w*|open\w*|close|conn|acquire|release|ping\w*|prepare\w*|(?:get)?connection|fetch(?:one|all|many)|scan\w*|flush|create\w*query\w*|createCriteria|getReference\w*|add|add_all|addBatch|sendBatch|persist|merge|expunge|joinTransaction|first(?:OrInit)|next|hasNext|stream)$/i.test(
      name,
    );
  return waitsForAnswer(symbol);
}

/** Whether a call over the network goes there and comes back, by its symbol; so a piece of an answer does not: `ResponseWriter.Write`. */
export function waitsForAnswer(symbol: string): boolean {
  if (
    /(?:Response\w*|Context|ServerRequest|Writer|Reader|Stream\w*|Socket\w*|WebSocket\w*|Server\w*|Listener|Flusher|HTTPResponse|Request|PubSub\w*|Consumer\w*|Producer|Subscription|Msg|Buffers)\.\w+$/.test(
      symbol,
    )
  )
    return false;
  const name = symbol.slice(symbol.lastIndexOf(".") + 1);
  return !/^(?:read\w*|write\w*|close|flush|drain|accept|listen\w*|serve\w*|run\w*|recv\w*|receive\w*|poll|subscribe|psubscribe|json|text|blob|ack|nak|connect\w*|dial\w*|new\w*|client|resource|error|notFound|redirect|send_(?:str|json|bytes)|getresponse|resolve\w*addr|lookup\w*|getAllByName|getByName|getLocalHost|getCanonicalHostName|isReachable|start|stop)$/i.test(
    name,
  );
}

interface Front extends ReachedCall {
  before: readonly ReachedCall[];
  isRemembered: boolean;
  isConditional: boolean;
  /** Constants that the function around the call was given. */
  given: readonly Constant[];
  /** Those among them, or among its callers', that let it get here. */
  switches: readonly Constant[];
}

/**
 * The nearest round trip that a call leads to, with what it is given there; one that is made whatever comes
 * comes before one that may be left out. Those inside further loops do not count.
 */
export function nearestRoundTrip(model: WorkspaceModel, linked: LinkedFunction, call: number): RoundTrip | undefined {
  return ownRoundTrip(model, linked, call) ?? roundTripBehind(model, linked, call);
}

/** The nearest round trip in what a call runs, and not the one that it makes itself. */
export function roundTripBehind(model: WorkspaceModel, linked: LinkedFunction, call: number): RoundTrip | undefined {
  const visited = new Set<string>();
  const isRemembered = (callConditions(model, linked)[call] as CallConditions).isRemembered;
  let front: Front[] = [{ linked, call, before: [], isRemembered, isConditional: false, given: [], switches: [] }];
  let perhaps: RoundTrip | undefined;
  for (let depth = 1; depth < maxCalls && front.length > 0; depth++) {
    const next: Front[] = [];
    for (const from of front) {
      for (const found of stepInto(model, from, visited)) {
        const trip = ownRoundTrip(model, found.linked, found.call);
        if (!trip) next.push(found);
        if (!trip || (found.isRemembered && !trip.isWrite)) continue;
        const { isConditional, switches } = found;
        const calls = [...found.before, ...trip.calls];
        const effect = seenOnWay(model, calls, trip.effect);
        const isWrite = trip.isWrite || writes.test(effect.detail);
        const reached = { effect, isWrite, calls, switches, isConditional };
        if (!isConditional) return reached;
        perhaps ??= reached;
      }
      if (visited.size > maxVisits) return perhaps;
    }
    front = next;
  }
  return perhaps;
}

/** The calls that run, once each, in the functions that a call runs. */
function stepInto(model: WorkspaceModel, from: Front, visited: Set<string>): Front[] {
  const reached: Front[] = [];
  const isForCache = fillsCache.test(functionAt(model, from.linked)?.fn.calls[from.call]?.callee ?? "");
  for (const id of runBy(model, from.linked, from.call)) {
    const linked = model.functions.get(id);
    const place = linked && functionAt(model, linked);
    if (!linked || !place || place.file.isTest || place.fn.isTest || !mayGoOutside(linked)) continue;
    if (isHandedPipeline(model, from) || logsByLevel(place.fn)) continue;
    // What works by a clock of its own is set up here, and goes its own pace afterwards.
    if ([...linked.links.loopPaces.values()].includes("clock")) continue;
    const given = constantsGiven(model, from, place.fn, from.given);
    const key = `${id} ${given.map(({ parameter, value }) => `${parameter}=${value}`).join()}`;
    if (visited.has(key)) continue;
    visited.add(key);
    const isRemembered =
      from.isRemembered || isForCache || place.fn.decorators.some((decorator) => /cache|memo/i.test(decorator));
    callConditions(model, linked).forEach((conditions, call) => {
      if (!conditions || conditions.loops.length > 0 || conditions.isPaced || conditions.isSeldom) return;
      if (conditions.switches.some((needed) => isDenied(needed, given))) return;
      const decisive = given.filter(({ parameter }) =>
        conditions.switches.some((needed) => needed.parameter === parameter),
      );
      if (conditions.isOptional && decisive.length === 0) return;
      reached.push({
        linked,
        call,
        before: [...from.before, { linked: from.linked, call: from.call }],
        isRemembered: isRemembered || conditions.isRemembered,
        // What a constant decides is followed.
        isConditional:
          from.isConditional ||
          (decisive.length === 0 && (conditions.isConditional || hasIdleArmBeside(model, linked, call))),
        given,
        switches: from.switches.length > 0 ? from.switches : decisive,
      });
    });
  }
  return reached;
}

/** Whether a function writes a log, and leaves for what is below its level: `def log(level, text): if rank(level) > self.rank: return`. */
function logsByLevel({ name, flow }: FunctionSummary): boolean {
  return (
    /^_?(?:log|trace|debug)(?![a-z])/.test(name) &&
    flow.some(
      (node) =>
        typeof node !== "number" &&
        node.kind === "branch" &&
        /level|verbos|severity/i.test(node.test ?? "") &&
        leaves(node.arms[0]),
    )
  );
}

/** What runs the function it is handed for a key that is not known yet. */
const fillsCache =
  /(?:^|[._])(?:computeIfAbsent|get_?or_?(?:set|load|compute|create|insert_?with|put)|singleFlight\.Do)$/i;

/** The functions that run once for a call: within it, or started by it. */
export function runBy(model: WorkspaceModel, linked: LinkedFunction, call: number): readonly FunctionId[] {
  const { spawned } = graphFunction(model, linked);
  const { entry, external, functions = [] } = linked.links.calls[call] ?? {};
  // What a field keeps mostly opens or loads something that is kept in turn.
  if (linked.links.callsKept?.has(call)) return [];
  if (entry?.role === "handler" || entry?.role === "timer" || external?.symbol === "Once.Do") return [];
  const given = functionAt(model, linked);
  const site = given?.fn.calls[call];
  const isPerElement = elementsAt(model, linked, call) !== undefined;
  const runs = (edge: Edge) =>
    edge.runs === "now" ||
    (edge.runs === "later" && (entry?.role === "spawn" || spawned.has(call))) ||
    (edge.runs === "unknown" && isPerElement);
  const ids = linked.edges
    .filter((edge) => edge.call === call && runs(edge))
    .map(({ callee }) => callee)
    .filter((id) => !given || !site || !isReplacedFor(model, given.fn, site.callee, id));
  return functions.length > maxAlternatives ? ids.filter((id) => !functions.includes(id)) : ids;
}

/** Whether a method that is called on its own object belongs to a type that has another body for the caller. */
function isReplacedFor(model: WorkspaceModel, caller: FunctionSummary, written: string, id: FunctionId): boolean {
  const linked = model.functions.get(id);
  const place = linked && functionAt(model, linked);
  const type = place?.fn.typeName;
  if (!place || type === undefined || caller.typeName === undefined || type === caller.typeName) return false;
  if (!/^(?:this\.|self\.)?\w+$/.test(written)) return false;
  return place.file.functions.some(({ typeName, name }) => typeName === type && name === caller.name);
}

import { memoized } from "../../base/memoized";
import { type Caller, callersOf } from "../../model/graph/callersOf";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { isFailure } from "../../model/graph/conditionTexts";
import { isConstruction } from "../../model/graph/construction";
import { lockName } from "../../model/graph/effectText";
import { functionsAround } from "../../model/graph/graphFunction";
import type { Holding } from "../../model/graph/heldLocks";
import { isUnusedInProduction } from "../../model/graph/inProduction";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import { type EffectPlace, nameOf } from "../../model/graph/witness";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation, Site } from "./blockedOperations";
import { isBrief, isBuffer, isLookup, isMostlyBrief, isOnlySetUnder } from "./briefSections";
import { beginsAnew, isLifecycle } from "./lifecycle";
import { type AwaitedUnder, awaitedUnder } from "./lock/awaitedUnder";
import type { LockUse } from "./lock/lockUses";
import { isLockOfOne, mayShareObject } from "./lock/oneOfMany";
import { othersAnswer } from "./operation/knownCalls";
import { runForMessages } from "./operation/messageLoops";
import { isConditional, isDoneForEach, isRepeated } from "./waysThrough";

/** Who wants a lock while a function blocks under it. */
export interface Contention {
  use: LockUse;
  /** Takers that do not block under it: what they want is held up by those that do. */
  others: readonly FunctionId[];
  /** Takers that look at what is in memory and go on, or mostly find there what they look up; who comes most often first. */
  brief: readonly FunctionId[];
  /** Takers that requests come to for what is in memory, if only to change it. */
  served: readonly FunctionId[];
}

/** What the functions do that block under a lock. */
export type BlockedBy = ReadonlyMap<FunctionId, readonly BlockedOperation[]>;

/** Who wants a lock, whatever is done under it. */
export function lockContention(model: WorkspaceModel, use: LockUse, blocked: BlockedBy): Contention {
  const others = [...use.takers].filter((id) => !blocked.has(id));
  const found = [...blocked].flatMap(([id, operations]) =>
    isLookup(model, id) && isMostlyBrief(model, operations) ? id : [],
  );
  const brief = [...others.filter((id) => isBrief(model, id, use.lock)), ...found];
  const mayBeKept = (id: FunctionId) =>
    isOftenRun(model, id) &&
    !isForTestsAlone(model, id) &&
    !registers.test(nameOf(id)) &&
    !isOnlySetUnder(model, id, use.lock) &&
    !isForThoseWhoBlock(model, id, blocked);
  const often = brief.filter(mayBeKept);
  const served = brief.filter(
    (id) =>
      !blocked.has(id) &&
      isServed(model.functions.get(id)) &&
      isOftenRun(model, id) &&
      !isForTestsAlone(model, id) &&
      !isForThoseWhoBlock(model, id, blocked),
  );
  return { use, others, brief: often.sort((a, b) => comersOf(model, b) - comersOf(model, a)), served };
}

/** Who wants a lock while one function blocks under it. */
export function contentionAt(model: WorkspaceModel, { linked }: Site, ofLock: Contention): Contention {
  const { use } = ofLock;
  const mayWait = (id: FunctionId) => mayShareObject(model, linked.id, id, use);
  const [others, brief, served] = [ofLock.others, ofLock.brief, ofLock.served].map((ids) => ids.filter(mayWait));
  return { use, others: others ?? [], brief: brief ?? [], served: served ?? [] };
}

/**
 * Why what blocks under a lock matters little, by who waits: nobody comes often who wants only what is in memory, or one
 * function alone does for what is short or seldom, or all who wait use the same one of many things. Absent where it matters.
 */
export function mildnessOf(
  model: WorkspaceModel,
  { taker: site, kind, chain }: BlockedOperation,
  lock: Holding,
  { use, brief, others }: Contention,
): string | undefined {
  // What never ends keeps out for ever who wants to end it.
  if (lock.forReading && neverEnds.has(kind) && ![...use.writers].some((id) => isOftenRun(model, id))) return undefined;
  // Whoever holds it for reading does not mean to keep others off, and nobody who uses the thing asks for its upkeep.
  const isUpkeep = isOfClock(site);
  if (!(lock.forReading && isUpkeep) && isLockOfOne(model, site, lock, use))
    return "The lock is that of one of many: only those who use the same one wait.";
  if (isStream(use)) return "A stream is mostly read by one.";
  // Readers only wait behind somebody who wants it for writing.
  const kept = lock.forReading ? brief.filter((id) => use.writers.has(id)) : brief;
  const comesOften = (id: FunctionId) => comersOf(model, id) >= manyComers;
  const isKeptWaiting = lock.forReading
    ? kept.some(comesOften)
    : kept.length > 1 || kept.some((id) => comesOften(id) || isPartOfRounds(model, id));
  if (!isKeptWaiting) return "Nobody is seen to come often for what is in memory alone.";
  // What others of the program do at their own time keeps no clock from its work for long.
  if (!othersAnswer.has(kind) && isOfClock(site) && kept.every((id) => !comesOften(id) && isPartOfRounds(model, id)))
    return "Only what a clock runs is seen to be kept waiting, and a clock runs this, too.";
  if (kept.length > 1) return undefined;
  // Whoever looks for another thing waits, too, where it is the only one that takes long.
  const isOnlyOne = use.takers.size === others.length + 1;
  if (!kept.some((id) => (isOnlyOne && id === site.linked.id) || others.includes(id)))
    return "Only who does such a thing as well is seen to be kept waiting.";
  const isWorth = lock.forReading
    ? isUpkeep
    : othersAnswer.has(kind) && (isRunOften(model, site) || isRepeated(model, chain, lock));
  return isWorth ? undefined : "Only one function is seen to be kept waiting.";
}

/**
 * Who holds up everybody while it waits for a lock that is one of many, as a whole sentence: it has another one, which
 * many come for. Nothing where nobody does.
 */
export function heldUpBy(
  model: WorkspaceModel,
  { site: { linked } }: BlockedOperation,
  { use, others }: Contention,
): string | undefined {
  const entry = lockAnalysis(model).onEntry(linked.id);
  // Who has to hold a lock that is held around all this as well does not come as far.
  const isKeptOut = ({ held }: AwaitedUnder) => entry.some(({ lock, forReading }) => lock === held.lock && !forReading);
  const waiting = awaitedUnder(model, use.lock, others).filter(
    ({ by }) => by.linked.id !== linked.id && isOftenRun(model, by.linked.id),
  );
  const found = waiting.find((waiter) => !isKeptOut(waiter)) ?? waiting[0];
  if (!found) return undefined;
  const name = nameOf(found.by.linked.id).replace(/^.*\./, "");
  return isKeptOut(found)
    ? `Who calls it holds \`${lockName(found.held)}\` meanwhile, which \`${name}\` wants as well.`
    : `\`${name}\` waits for it while it holds \`${lockName(found.held)}\`, and with it all who want that.`;
}

/** Whether each request that comes to a function asks others something, or sleeps, under a lock that other requests want as well. */
export function isQueueOfRequests(
  model: WorkspaceModel,
  { site, kind, chain }: BlockedOperation,
  lock: Holding,
  { use, served }: Contention,
): boolean {
  return (
    (othersAnswer.has(kind) || kind === "sleep") &&
    !lock.forReading &&
    isServed(site.linked) &&
    served.some((id) => id !== site.linked.id) &&
    !isConditional(model, chain[0] as EffectPlace) &&
    !isLockOfOne(model, site, lock, use)
  );
}

/** Further away, a request or a clock comes to nearly everything. */
const farFromRequests = 8;

/**
 * Why it is meant that a database is asked under a lock, as it mostly is, so that memory and table stay the same: no more
 * than the end of a transaction is waited for, nobody comes often to ask it, or no request waits that could be answered
 * from memory. Absent where it matters. Of a library, to what nobody in it calls others come.
 */
export function mildnessOfDatabase(
  model: WorkspaceModel,
  { site, chain }: BlockedOperation,
  lock: Holding,
  { use, served }: Contention,
): string | undefined {
  if (chain.at(-1)?.effect.detail === "transaction") return "It only waits for the end of a transaction.";
  if (!isServing(model)) {
    const callers = callersOf(model, site.linked).map(({ linked }) => linked);
    const isWayIn = [site.linked, ...callers].some((one) => callersOf(model, one).length === 0);
    return isWayIn ? undefined : "Where this is called from, nobody else is seen to be kept waiting.";
  }
  const ways = site.linked.reachedFrom.filter(({ distance }) => distance <= farFromRequests);
  // What a clock does for each of many takes longer the more there are.
  if (ways.some(({ kind }) => kind === "timer") && isRepeated(model, chain, lock)) return undefined;
  if (ways.length === 0) return "No request, message or clock is seen to come here.";
  const isKept = served.some((id) => id !== site.linked.id && (!lock.forReading || use.writers.has(id)));
  return isKept ? undefined : "No request that could be answered from memory is seen to be kept waiting.";
}

/** Whether requests, messages or a clock come to anything at all. */
const isServing = memoized((model: WorkspaceModel) =>
  [...model.functions.values()].some(({ reachedFrom }) => reachedFrom.length > 0),
);

function isServed(linked: LinkedFunction | undefined): boolean {
  return linked?.reachedFrom.some((way) => way.kind === "handler") ?? false;
}

/** Whether one who is slow holds up all: something is sent to each of many others, by what comes often. */
export function isHeldUpBySlow(
  model: WorkspaceModel,
  { site, chain }: BlockedOperation,
  lock: Holding,
  { use }: Contention,
): boolean {
  const { detail = "" } = chain.at(-1)?.effect ?? {};
  return (
    sendsToPeer.test(detail) &&
    !isOfClock(site) &&
    isRepeated(model, chain, lock) &&
    isDoneForEach(model, chain) &&
    comersOf(model, site.linked.id) > 1 &&
    !isLockOfOne(model, site, lock, use)
  );
}

const sendsToPeer = /(?:Conn|[sS]ocket\w*|Session|StreamWriter)\.(?:[wW]rite\w*|[sS]end\w*)$/;

/** Whether so many functions want a lock, those counted that come to it through who takes it for them. */
export function isWantedBy(model: WorkspaceModel, { use, others }: Contention, many: number): boolean {
  return others.length >= many || [...use.takers].some((id) => comersOf(model, id) >= many);
}

/** Whether a lock is that of what is read piece by piece: its type has a method that fills a buffer. */
function isStream({ owner }: LockUse): boolean {
  return (
    owner?.file.functions.some(
      ({ name, typeName, parameters }) =>
        typeName === owner.facts.name && /^(?:[rR]ead|readinto)$/.test(name) && parameters.some(isBuffer),
    ) ?? false
  );
}

/** What may wait for the very function that wants the lock. */
const neverEnds: ReadonlySet<BlockedOperation["kind"]> = new Set(["channel", "wait"]);

/** Requests, a clock or messages lead to a function, or it is there for others alone. */
function isRunOften(model: WorkspaceModel, { linked }: Pick<Site, "linked">): boolean {
  return linked.reachedFrom.length > 0 || runForMessages(model).has(linked) || callersOf(model, linked).length === 0;
}

/** What puts something in, or takes it out, as things are set up. */
const registers = /(?:^|\.)_*(?:de|un)?_?register$/i;

/** Not what starts, ends or sets up. */
function isOftenRun(model: WorkspaceModel, id: FunctionId): boolean {
  const linked = model.functions.get(id);
  const place = linked && functionAt(model, linked);
  if (!place || isLifecycle(model, linked) || isConstruction(model, linked)) return false;
  if (comesAfterFailure(model, linked)) return false;
  return !functionsAround(place.file, linked.index).some(({ name }) => beginsAnew(name));
}

/** Whether all who call a function do so where something has failed before. */
function comesAfterFailure(model: WorkspaceModel, linked: LinkedFunction): boolean {
  const callers = callersOf(model, linked);
  return (
    callers.length > 0 &&
    callers.every(({ linked: caller, edges }) => {
      const flow = functionAt(model, caller)?.fn.flow ?? [];
      return edges.every(({ call }) => conditionsAt(flow, call).some(({ test, holds }) => holds && isFailure(test)));
    })
  );
}

/** Whether tests call a function and nothing else does. */
function isForTestsAlone(model: WorkspaceModel, id: FunctionId): boolean {
  const linked = model.functions.get(id);
  const isCalled = linked !== undefined && linked.callers.length > 0;
  return isCalled && callersOf(model, linked).length === 0 && isUnusedInProduction(model, linked);
}

/** Callees of callees are looked at up to here. */
const maxCallsOn = 2;

/** Whether all who call a function are, or call, what blocks under its lock: they wait for that in any case. */
function isForThoseWhoBlock(model: WorkspaceModel, id: FunctionId, blocked: BlockedBy): boolean {
  const linked = model.functions.get(id);
  const callers = linked && !blocked.has(id) ? callersOf(model, linked) : [];
  const isOfBlocked = (caller: Caller) =>
    blocked.has(caller.linked.id) && caller.edges.every(({ runs }) => runs === "now");
  return callers.length > 0 && callers.every((caller) => isOfBlocked(caller) || comesTo(caller.linked, maxCallsOn));

  function comesTo({ edges }: LinkedFunction, further: number): boolean {
    return edges.some(({ callee, runs }) => {
      if (runs !== "now") return false;
      const next = further > 1 ? model.functions.get(callee) : undefined;
      return blocked.has(callee) || (next !== undefined && comesTo(next, further - 1));
    });
  }
}

function isOfClock({ linked: { reachedFrom } }: Site): boolean {
  return reachedFrom.length > 0 && reachedFrom.every(({ kind }) => kind === "timer");
}

/** Whether a clock runs a function beside other things, which are held up with it. */
function isPartOfRounds(model: WorkspaceModel, id: FunctionId): boolean {
  return model.functions.get(id)?.reachedFrom.some(({ kind, distance }) => kind === "timer" && distance > 0) ?? false;
}

/** So many callers want something in many places. */
const manyComers = 5;
const maxCallersUp = 3;

const knownComers = memoized((_: WorkspaceModel) => new Map<FunctionId, number>());

/** How many functions come to one: as many as one likes where requests do, or where it is there for others alone. */
function comersOf(model: WorkspaceModel, id: FunctionId): number {
  const known = knownComers(model);
  const comers = known.get(id) ?? countComers(model, id, 0);
  known.set(id, comers);
  return comers;
}

function countComers(model: WorkspaceModel, id: FunctionId, depth: number): number {
  const linked = model.functions.get(id);
  if (!linked || !isOftenRun(model, id)) return 0;
  if (linked.reachedFrom.some(({ kind }) => kind === "handler")) return 2 * manyComers;
  const callers = callersOf(model, linked);
  if (callers.length === 0) return manyComers;
  const further = depth < maxCallersUp ? callers.map((caller) => countComers(model, caller.linked.id, depth + 1)) : [];
  return Math.max(callers.length, ...further);
}

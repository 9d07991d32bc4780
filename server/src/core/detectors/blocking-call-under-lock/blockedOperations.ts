import { memoized } from "../../base/memoized";
import type { Span } from "../../base/text";
import { canBeBuiltTogether } from "../../model/buildConstraint";
import { type FileSummary, type Flow, type FunctionSummary, flowsInside, type LoopFlow } from "../../model/fileSummary";
import {
  channelDetail,
  channelLoopDetail,
  channelLoops,
  isChannelFlow,
  receivedWithoutWaiting,
} from "../../model/graph/effects";
import type { Effect, HeldLock } from "../../model/graph/functionEffects";
import { effectsOfCall } from "../../model/graph/graphFunction";
import type { Holding } from "../../model/graph/heldLocks";
import { holdsDuring, type LockingFunction, lockAnalysis } from "../../model/graph/lockAnalysis";
import type { LockRegions } from "../../model/graph/lockRegions";
import type { EffectPlace } from "../../model/graph/witness";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { feasibleChain } from "./feasibleChain";

/** What others wait for when it happens under a lock, the worst first. */
export const blockingKinds = [
  "database",
  "network",
  "process",
  "sleep",
  "wait",
  "channel",
  "file",
  "callback",
] as const;
export type BlockingKind = (typeof blockingKinds)[number];

/** Something that can take long, done while locks are held. */
export interface BlockedOperation {
  /** The function with the step that does it or leads to it. */
  site: Site;
  /** The function whose step takes the locks: the same, or one that has a lock held while it runs what is handed over. */
  taker: Site;
  span: Span;
  kind: BlockingKind;
  /** From the step to where it happens. */
  chain: readonly EffectPlace[];
  /** The locks that stay held meanwhile, in the order in which they were taken. */
  held: readonly Holding[];
}

export interface Site {
  linked: LinkedFunction;
  file: FileSummary;
  fn: FunctionSummary;
}

interface Known {
  operations: readonly BlockedOperation[];
  /** The functions that were looked at on the way, and what is held where in them. */
  restsOn: ReadonlyMap<LinkedFunction, LockRegions | undefined>;
}

const known = new WeakMap<LockRegions, Known>();

/** What a function that takes locks does under them, in the order of its steps. */
export function blockedOperations(model: WorkspaceModel, locked: LockingFunction): readonly BlockedOperation[] {
  const { regionsOf } = lockAnalysis(model);
  const before = known.get(locked.regions);
  const isCurrent = (linked: LinkedFunction, regions: LockRegions | undefined) =>
    model.functions.get(linked.id) === linked && regionsOf(linked.id) === regions;
  if (before && [...before.restsOn].every(([linked, regions]) => isCurrent(linked, regions))) return before.operations;
  const lookedAt = new Set<LinkedFunction>();
  const operations = findOperations(model, locked, lookedAt);
  known.set(locked.regions, {
    operations,
    restsOn: new Map([...lookedAt, locked.linked].map((linked) => [linked, regionsOf(linked.id)])),
  });
  return operations;
}

function findOperations(
  model: WorkspaceModel,
  locked: LockingFunction,
  lookedAt: Set<LinkedFunction>,
): BlockedOperation[] {
  const { linked, regions, fn } = locked;
  const operations: BlockedOperation[] = [];
  const cases = regions.held.length > 0 ? selectCases(fn.flow) : noFlows;
  for (const { step, mayHold } of regions.held)
    if (!cases.has(step)) operations.push(...operationsAt(model, locked, step, mayHold, lookedAt));
  for (const call of linked.links.handedOver.keys())
    operations.push(...operationsHandedOver(model, locked, call, lookedAt));
  return operations;
}

function operationsAt(
  model: WorkspaceModel,
  site: Site,
  step: Flow,
  mayHold: readonly Holding[],
  lookedAt: Set<LinkedFunction>,
  taker: Site = site,
  callee?: string,
): BlockedOperation[] {
  const span = spanOf(site.fn, step);
  const held = mayHold.filter(excludesOthers);
  if (!span || held.length === 0) return [];
  return effectsAt(model, site.linked, step).flatMap((effect) => {
    const kind = blockingKindOf(effect);
    if (!kind || (callee !== undefined && effect.callee !== callee)) return [];
    const chain = feasibleChain(model, site.linked, effect, lookedAt);
    if (!chain || isFarFetched(model, kind, chain)) return [];
    const kept = heldMeanwhile(model, chain, held, lookedAt);
    return kept.length === 0 ? [] : [{ site, taker, span, kind, chain, held: kept }];
  });
}

/** Too much is between what is far apart; whether a channel has somebody at its other end is not known. */
const maxCalls: Readonly<Record<BlockingKind, number>> = {
  database: 7,
  network: 7,
  process: 7,
  sleep: 4,
  wait: 3,
  channel: 2,
  file: 4,
  callback: 3,
};

/** What is behind an interface is most often the same I/O in several ways; most of what else may run does not wait. */
const isSameBehindInterface: ReadonlySet<BlockingKind> = new Set(["database", "network", "process"]);

function isFarFetched(model: WorkspaceModel, kind: BlockingKind, chain: readonly EffectPlace[]): boolean {
  if (chain.length - 1 > maxCalls[kind]) return true;
  if (!canBeBuiltTogether(chain.flatMap(({ linked }) => model.files.get(linked.path) ?? []))) return true;
  const hasChoice = ({ linked, effect }: EffectPlace) => (linked.links.calls[effect.call]?.functions.length ?? 0) > 1;
  return !isSameBehindInterface.has(kind) && chain.some(hasChoice);
}

/** What a function that is handed over does under a lock that is held for it alone. */
function operationsHandedOver(
  model: WorkspaceModel,
  taker: Site,
  call: number,
  lookedAt: Set<LinkedFunction>,
): BlockedOperation[] {
  const { linked, file } = taker;
  const operations: BlockedOperation[] = [];
  const callees = new Set(linked.edges.flatMap((edge) => (edge.call === call ? edge.callee : [])));
  for (const callee of callees) {
    const held = holdsDuring(model, linked, call, callee).map((lock: HeldLock): Holding => ({ ...lock, call }));
    const inner = model.functions.get(callee);
    const place = inner && functionAt(model, inner);
    if (inner) lookedAt.add(inner);
    if (held.length === 0 || !inner || !place) continue;
    if (place.file === file && place.fn.parent === linked.index) {
      const cases = selectCases(place.fn.flow);
      for (const step of stepsNow(place.fn.flow))
        if (!cases.has(step))
          operations.push(...operationsAt(model, { linked: inner, ...place }, step, held, lookedAt, taker));
    } else operations.push(...operationsAt(model, taker, call, held, lookedAt, taker, callee));
  }
  return operations;
}

/** Several may hold a semaphore at a time. */
function excludesOthers({ kind }: Holding): boolean {
  return kind !== "semaphore";
}

function effectsAt(model: WorkspaceModel, linked: LinkedFunction, step: Flow): readonly Effect[] {
  if (typeof step === "number") return effectsOfCall(model, linked, step);
  const detail = step.kind === "loop" ? roundsDetail(model, linked, step) : channelDetail(step);
  return detail === undefined ? [] : [{ kind: "channel", detail, distance: 0, call: -1 }];
}

/** What a loop waits for before each round. */
function roundsDetail(model: WorkspaceModel, linked: LinkedFunction, loop: LoopFlow): string | undefined {
  const { flow = [] } = functionAt(model, linked)?.fn ?? {};
  return channelLoops(flow, linked.links).includes(loop) ? channelLoopDetail(loop) : undefined;
}

function spanOf(fn: FunctionSummary, step: Flow): Span | undefined {
  if (typeof step === "number") return fn.calls[step];
  if (step.kind === "loop") return { start: step.start, end: step.start };
  const first = stepsNow([step]).find(isChannelFlow);
  return first && { start: first.start, end: first.start };
}

function blockingKindOf({ kind, lock }: Effect): BlockingKind | undefined {
  // A place in a semaphore is free when others have done their work, not when they leave a section.
  if (kind === "acquire") return lock?.kind === "semaphore" ? "wait" : undefined;
  return blockingKinds.find((each) => each === kind);
}

/** Every step that runs within the function. */
export function stepsNow(flow: readonly Flow[]): Flow[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [node];
    return node.kind === "spawn" ? [] : [node, ...flowsInside(node).flatMap(stepsNow)];
  });
}

const noFlows: ReadonlySet<Flow> = new Set();

/** The channels of a select are waited for together: the select is the step. Nor is what is there waited for. */
const selectCases = memoized((flow: readonly Flow[]): ReadonlySet<Flow> => {
  const cases = stepsNow(flow).flatMap((node) => {
    if (typeof node === "number" || node.kind !== "branch") return [];
    if (node.select !== undefined) return node.arms.flatMap((arm) => arm.find(isChannelFlow) ?? []);
    return receivedWithoutWaiting(node) ?? [];
  });
  return cases.length === 0 ? noFlows : new Set(cases);
});

/** Locks that nobody on the way gives back, and that a condition does not give back while it waits. */
function heldMeanwhile(
  model: WorkspaceModel,
  chain: readonly EffectPlace[],
  held: readonly Holding[],
  lookedAt: Set<LinkedFunction>,
): readonly Holding[] {
  const kept = held.filter(
    ({ lock }) => !chain.slice(1).some(({ linked }) => linked.effects.releases.some((given) => given.lock === lock)),
  );
  const last = chain.at(-1) as EffectPlace;
  if (!isWaitOnCondition(model, last, lookedAt)) return kept;
  const own = lockOfCondition(model, chain) ?? held.at(-1)?.lock;
  return kept.filter(({ lock }) => lock !== own);
}

const waitsOnCondition = /\b(?:Cond|Condition|Object)\.(?:[wW]ait|wait_for|await\w*)$|\bTimeUnit\.timedWait$/;

function isWaitOnCondition(model: WorkspaceModel, place: EffectPlace, lookedAt: Set<LinkedFunction>): boolean {
  const { kind, detail } = place.effect;
  if (kind === "channel") return hasConditionWaiting(model, place, lookedAt);
  return kind === "wait" && (waitsOnCondition.test(detail) || isHandedCondition(model, place));
}

/** Waits on the condition in a goroutine, so that it can wait for something else, too. */
function hasConditionWaiting(model: WorkspaceModel, { linked }: EffectPlace, lookedAt: Set<LinkedFunction>): boolean {
  return linked.edges.some(({ callee, runs }) => {
    const started = runs === "later" ? model.functions.get(callee) : undefined;
    if (!started) return false;
    lookedAt.add(started);
    return started.links.calls.some(({ external }) => external !== undefined && waitsOnCondition.test(external.symbol));
  });
}

/** `wait_for(condition.wait(), timeout)`. */
function isHandedCondition(model: WorkspaceModel, { linked, effect }: EffectPlace): boolean {
  const calls = functionAt(model, linked)?.fn.calls ?? [];
  const outer = calls[effect.call];
  return (
    outer !== undefined &&
    calls.some(
      ({ start, end }, i) =>
        i !== effect.call &&
        outer.start <= start &&
        end <= outer.end &&
        waitsOnCondition.test(linked.links.calls[i]?.external?.symbol ?? ""),
    )
  );
}

/** What waits on a condition gives back the lock it took last. */
function lockOfCondition(model: WorkspaceModel, chain: readonly EffectPlace[]): string | undefined {
  const { regionsOf } = lockAnalysis(model);
  for (const { linked, effect } of chain.slice(1).reverse()) {
    const taken = regionsOf(linked.id)?.at(effect.call).mayHold.at(-1);
    if (taken) return taken.lock;
  }
  return undefined;
}

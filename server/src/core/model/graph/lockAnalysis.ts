import { type AccessFlow, type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { FunctionId, LockRef } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { isConstruction } from "./construction";
import { type FunctionEffects, type GraphFunction, type HeldLock, noEffects } from "./functionEffects";
import { graphFunction } from "./graphFunction";
import { type Departure, type Holding, lockSeenBy, lockSeenIn, mayBeSame, movesLocks, walkLocks } from "./lockWalk";

/** What is held where in one function that takes or releases locks. */
export interface LockRegions {
  /** What may be held at a step, and what is held whichever way leads there; a call is its index. */
  at(step: Flow): { mayHold: readonly Holding[]; holds: readonly Holding[] };
  /** Steps reached with something held, in the order in which they are reached. */
  held: readonly { step: Flow; mayHold: readonly Holding[]; holds: readonly Holding[] }[];
  /** Ways out of the function with something held that its caller did not hold. */
  leaves: readonly Departure[];
  /** Calls that release what is not held on some way there; again, when it has been taken and released on that way. */
  unheldReleases: readonly { call: number; lock: LockRef; isAgain: boolean }[];
  /** Calls that release for writing what was taken for reading, or the other way round. */
  otherModeReleases: readonly { call: number; lock: LockRef; taken: Holding }[];
  /** All ways through the function were walked. */
  isComplete: boolean;
}

/** A function that takes or releases locks. */
export interface LockingFunction {
  linked: LinkedFunction;
  file: FileSummary;
  fn: FunctionSummary;
  regions: LockRegions;
}

/** A lock that is held by whoever calls a function. */
export interface EntryLock extends HeldLock {
  /** One of the callers, and its call. */
  caller: FunctionId;
  call: number;
}

/** What is known of the locks of a workspace. Made once for each model; functions that did not change are not walked again. */
export interface LockAnalysis {
  /** Functions that take or release locks. */
  locking: readonly LockingFunction[];
  regionsOf(id: FunctionId): LockRegions | undefined;
  /** Locks that every caller outside tests holds when it calls the function. */
  onEntry(id: FunctionId): readonly EntryLock[];
  /** The functions for which there are such locks. */
  entered: readonly FunctionId[];
}

const analyses = new WeakMap<WorkspaceModel, LockAnalysis>();

export function lockAnalysis(model: WorkspaceModel): LockAnalysis {
  let known = analyses.get(model);
  if (!known) {
    known = analyse(model);
    analyses.set(model, known);
  }
  return known;
}

function analyse(model: WorkspaceModel): LockAnalysis {
  const locking: LockingFunction[] = [];
  const byId = new Map<FunctionId, LockingFunction>();
  for (const linked of model.functions.values()) {
    const walked = walkOf(model, linked);
    if (!walked) continue;
    const place = functionAt(model, linked);
    if (!place) continue;
    const known = { linked, ...place, regions: walked };
    locking.push(known);
    byId.set(linked.id, known);
  }
  const entries = locksOnEntry(model, locking, byId);
  return {
    locking,
    regionsOf: (id) => byId.get(id)?.regions,
    onEntry: (id) => entries.get(id) ?? noEntryLocks,
    entered: [...entries.keys()],
  };
}

const noEntryLocks: readonly EntryLock[] = [];

interface Walked {
  regions: LockRegions | undefined;
  /** What it rests on, beyond the function itself. */
  callees: readonly FunctionEffects[];
}

const walked = new WeakMap<LinkedFunction, Walked>();

function walkOf(model: WorkspaceModel, linked: LinkedFunction): LockRegions | undefined {
  const effectsOfCallee = (id: FunctionId) => model.functions.get(id)?.effects ?? noEffects;
  const known = walked.get(linked);
  const { edges } = linked;
  if (known?.callees.every((effects, i) => effects === effectsOfCallee((edges[i] as { callee: FunctionId }).callee)))
    return known.regions;
  const fn = graphFunction(model, linked);
  const regions = movesLocks(fn, effectsOfCallee) ? regionsOf(fn, effectsOfCallee) : undefined;
  walked.set(linked, { regions, callees: edges.map(({ callee }) => effectsOfCallee(callee)) });
  return regions;
}

interface Reached {
  step: Flow;
  mayHold: Holding[];
  holds: Holding[];
}

const nothingHeld = { mayHold: [], holds: [] };

function regionsOf(fn: GraphFunction, effectsOfCallee: (id: FunctionId) => FunctionEffects): LockRegions {
  const reached = new Map<Flow, Reached>();
  const leaves = new Map<string, Departure>();
  const unheldReleases = new Map<string, LockRegions["unheldReleases"][number]>();
  const otherModeReleases = new Map<number, LockRegions["otherModeReleases"][number]>();
  const isComplete = walkLocks(fn, effectsOfCallee, {
    reach(step, held) {
      const before = reached.get(step);
      if (!before) {
        reached.set(step, { step, mayHold: [...held], holds: [...held] });
        return;
      }
      for (const lock of held)
        if (!before.mayHold.some((other) => isSameHolding(lock, other))) before.mayHold.push(lock);
      before.holds = before.holds.filter((lock) => held.some((other) => isSameHolding(lock, other)));
    },
    leave(departure) {
      const held = ownOf(departure);
      if (held.length === 0) return;
      const { node, raisedBy } = departure;
      const key = `${node?.start} ${raisedBy} ${held.map(({ call }) => call).join(" ")}`;
      if (!leaves.has(key)) leaves.set(key, { ...departure, held });
    },
    releaseUnheld(call, lock, { isAgain }) {
      const key = `${call} ${lock.lock}`;
      if (isAgain || !unheldReleases.has(key)) unheldReleases.set(key, { call, lock, isAgain });
    },
    releaseInOtherMode(call, lock, taken) {
      otherModeReleases.set(call, { call, lock, taken });
    },
  });
  return {
    at: (step) => reached.get(step) ?? nothingHeld,
    held: [...reached.values()].filter(({ mayHold }) => mayHold.length > 0),
    leaves: [...leaves.values()],
    unheldReleases: [...unheldReleases.values()],
    otherModeReleases: [...otherModeReleases.values()],
    isComplete,
  };
}

/** What is held on a way out beyond what the caller held: a lock released for a while is taken again for the caller. */
function ownOf({ held, borrowed }: Departure): readonly Holding[] {
  const own = [...held];
  for (const lock of borrowed) {
    const at = own.findIndex((other) => mayBeSame(lock, other));
    if (at >= 0) own.splice(at, 1);
  }
  return own;
}

function isSameHolding(a: Holding, b: Holding): boolean {
  return a.lock === b.lock && a.instance === b.instance && a.forReading === b.forReading;
}

/**
 * What is held when a function starts, whoever calls it. It grows from the places where locks are held: a function
 * with a caller of which nothing is known has nothing.
 */
function locksOnEntry(
  model: WorkspaceModel,
  locking: readonly LockingFunction[],
  byId: ReadonlyMap<FunctionId, LockingFunction>,
): ReadonlyMap<FunctionId, readonly EntryLock[]> {
  const entries = new Map<FunctionId, readonly EntryLock[]>();
  const waiting = new Set<FunctionId>();
  for (const { linked, regions } of locking) {
    for (const { call, callee, runs } of linked.edges) {
      if (runs !== "now") continue;
      const isHeld = regions.at(call).holds.length > 0 || holdsDuring(model, linked, call, callee).length > 0;
      if (isHeld) waiting.add(callee);
    }
  }
  for (const id of waiting) {
    waiting.delete(id);
    const linked = model.functions.get(id);
    const held = linked ? heldByCallers(model, linked, byId, entries) : [];
    if (!linked || held.length <= (entries.get(id)?.length ?? 0)) continue;
    entries.set(id, held);
    for (const { callee, runs } of linked.edges) if (runs === "now" && callee !== id) waiting.add(callee);
  }
  return entries;
}

function heldByCallers(
  model: WorkspaceModel,
  linked: LinkedFunction,
  byId: ReadonlyMap<FunctionId, LockingFunction>,
  entries: ReadonlyMap<FunctionId, readonly EntryLock[]>,
): readonly EntryLock[] {
  if (linked.reachedFrom.some(({ distance }) => distance === 0)) return [];
  const judged = tellingCallers(model, linked);
  let common: readonly EntryLock[] | undefined;
  for (const id of linked.callers) {
    const caller = model.functions.get(id);
    const place = caller && functionAt(model, caller);
    if (!caller || !place || place.file.isTest || id === linked.id || !judged.has(id)) continue;
    const fn = graphFunction(model, caller);
    for (const { call, callee, runs } of caller.edges) {
      if (callee !== linked.id) continue;
      if (runs !== "now") return [];
      const regions = byId.get(id)?.regions;
      const released = caller.effects.releases;
      const before = (entries.get(id) ?? []).filter((lock) => !released.some((other) => mayBeSame(lock, other)));
      const held: EntryLock[] = [...(regions?.at(call).holds ?? []), ...before].map((lock) => {
        const { kind, reentrant, forReading, lock: name, instance } = lockSeenIn(fn, call, callee, lock);
        const seen = instance === undefined ? {} : { instance };
        return { lock: name, ...seen, kind, reentrant, forReading, caller: id, call };
      });
      for (const lock of holdsDuring(model, caller, call, callee)) held.push({ ...lock, caller: id, call });
      common = common ? common.filter((lock) => held.some((other) => mayBeSame(lock, other))) : held;
      if (common.length === 0) return [];
    }
  }
  return common ?? [];
}

/** Constructors need no lock: what they hold says something only of a function that nobody else calls. */
function tellingCallers(model: WorkspaceModel, { id, callers }: LinkedFunction): ReadonlySet<FunctionId> {
  const others = callers.filter((caller) => {
    const linked = model.functions.get(caller);
    return caller !== id && linked && !model.files.get(linked.path)?.isTest && !isConstruction(model, linked);
  });
  return new Set(others.length > 0 ? others : callers);
}

/** Locks that a call holds only while it runs a function that is handed over to it. */
export function holdsDuring(
  model: WorkspaceModel,
  caller: LinkedFunction,
  call: number,
  callee: FunctionId,
): readonly HeldLock[] {
  const handed = caller.links.handedOver.get(call)?.filter(({ functions }) => functions.includes(callee)) ?? [];
  if (handed.length === 0) return [];
  const fn = graphFunction(model, caller);
  const operation = caller.links.lockOperations.get(call);
  const locks: HeldLock[] = [];
  for (const { argument } of handed) {
    if (operation?.callback === argument) locks.push(operation);
    for (const target of caller.links.calls[call]?.functions ?? []) {
      for (const { parameter, lock } of model.functions.get(target)?.effects.holdsFor ?? [])
        if (parameter === argument) locks.push(lockSeenBy(fn, call, target, lock));
    }
  }
  return locks;
}

/** The accesses of a function that touches locks, in order. */
export function accessesIn(flow: readonly Flow[], visit: (access: AccessFlow) => void): void {
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "read" || node.kind === "write") visit(node);
    else for (const inner of flowsInside(node)) accessesIn(inner, visit);
  }
}

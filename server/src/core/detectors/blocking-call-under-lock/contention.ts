import { isConstruction } from "../../model/graph/construction";
import { functionsAround } from "../../model/graph/graphFunction";
import type { Holding } from "../../model/graph/heldLocks";
import type { FunctionId } from "../../model/link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { BlockedOperation, Site } from "./blockedOperations";
import { isBrief, isLookup, isMostlyBrief } from "./briefSections";
import { beginsAnew, isLifecycle } from "./lifecycle";
import type { LockUse } from "./lockUses";
import { isLockOfOne, mayShareObject } from "./oneOfMany";

/** Who wants a lock while a function blocks under it. */
export interface Contention {
  use: LockUse;
  /** Takers that do not block under it: what they want is held up by those that do. */
  others: readonly FunctionId[];
  /** Takers that look at what is in memory and go on, most of the time at least, those that come most often first. */
  brief: readonly FunctionId[];
}

/** What the functions do that block under a lock. */
export type BlockedBy = ReadonlyMap<FunctionId, readonly BlockedOperation[]>;

/** Who wants a lock, beside what a function does under it. */
export function contentionOf(
  model: WorkspaceModel,
  { linked, fn }: Site,
  { lock }: Holding,
  use: LockUse,
  blocked: BlockedBy,
): Contention {
  const mayWait = (id: FunctionId) => mayShareObject(model, linked.id, id, { lock, use });
  const others = [...use.takers].filter((id) => !blocked.has(id) && mayWait(id));
  const mostly = [...blocked].flatMap(([id, operations]) =>
    (id !== linked.id || isLookup(fn)) && mayWait(id) && isMostlyBrief(model, operations) ? id : [],
  );
  const brief = [...others.filter((id) => isBrief(model, id, lock)), ...mostly].filter((id) => isOftenRun(model, id));
  return { use, others, brief: brief.sort((a, b) => comersOf(model, b) - comersOf(model, a)) };
}

/**
 * Why what blocks under a lock matters little, by who waits: nobody comes often who wants only what is in memory, or all
 * who wait use the same one of many things. Absent where it matters.
 */
export function mildnessOf(
  model: WorkspaceModel,
  { site, lock, kind }: { site: Site; lock: Holding; kind: BlockedOperation["kind"] },
  { use, brief }: Contention,
): string | undefined {
  // What never ends keeps out for ever who wants to end it.
  if (lock.forReading && neverEnds.has(kind) && ![...use.writers].some((id) => isOftenRun(model, id))) return undefined;
  // Whoever holds it for reading does not mean to keep others off, and nobody who uses the thing asks for its upkeep.
  const isUpkeep = site.linked.reachedFrom.length > 0 && site.linked.reachedFrom.every(({ kind }) => kind === "timer");
  if (!(lock.forReading && isUpkeep) && isLockOfOne(model, site, lock, use))
    return "The lock is that of one of many: only those who use the same one wait.";
  // Readers only wait behind somebody who wants it for writing.
  const isKeptWaiting = lock.forReading
    ? brief.some((id) => use.writers.has(id) && comersOf(model, id) >= manyComers)
    : brief.length > 1 || brief.some((id) => comersOf(model, id) >= manyComers);
  return isKeptWaiting ? undefined : "Nobody is seen to come often for what is in memory alone.";
}

/** What may wait for the very function that wants the lock. */
const neverEnds: ReadonlySet<BlockedOperation["kind"]> = new Set(["channel", "wait"]);

/** Not what starts, ends or sets up. */
function isOftenRun(model: WorkspaceModel, id: FunctionId): boolean {
  const linked = model.functions.get(id);
  const place = linked && functionAt(model, linked);
  if (!place || isLifecycle(model, linked) || isConstruction(model, linked)) return false;
  return !functionsAround(place.file, linked.index).some(({ name }) => beginsAnew.test(name));
}

/** So many callers want something in many places. */
const manyComers = 5;
const maxCallersUp = 3;

/** How many functions come to one: as many as one likes where requests do, or where it is there for others alone. */
function comersOf(model: WorkspaceModel, id: FunctionId, depth = 0): number {
  const linked = model.functions.get(id);
  if (!linked || !isOftenRun(model, id)) return 0;
  if (linked.reachedFrom.some(({ kind }) => kind === "handler")) return 2 * manyComers;
  const callers = callersOf(model, linked);
  if (callers.length === 0) return manyComers;
  const further = depth < maxCallersUp ? callers.map((caller) => comersOf(model, caller, depth + 1)) : [];
  return Math.max(callers.length, ...further);
}

function callersOf(model: WorkspaceModel, { id, callers }: LinkedFunction): FunctionId[] {
  return callers.filter((caller) => {
    const path = caller === id ? undefined : model.functions.get(caller)?.path;
    return path !== undefined && !model.files.get(path)?.isTest;
  });
}

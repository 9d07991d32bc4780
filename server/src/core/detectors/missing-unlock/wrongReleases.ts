import { code } from "../../base/markdown";
import { memoized } from "../../base/memoized";
import { rangeOf, type Span } from "../../base/text";
import { rootOf } from "../../model/accessPath";
import { type FunctionSummary, targetsIn } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { comparedWithNothing } from "../../model/graph/conditionTexts";
import { memberName } from "../../model/graph/effectText";
import { graphFunction } from "../../model/graph/graphFunction";
import { type Holding, lockSeenBy } from "../../model/graph/heldLocks";
import type { LockAnalysis, LockingFunction } from "../../model/graph/lockAnalysis";
import type { LockRegions } from "../../model/graph/lockRegions";
import { takenStep } from "../../model/graph/lockWitness";
import { isDeferred } from "../../model/graph/stepsAround";
import { stepAt } from "../../model/graph/witness";
import { type FunctionId, functionIds, type LockOperation, type LockRef } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import { isOfElements } from "./elementLocks";
import { isAbout, isMeantToLock } from "./handedOn";
import { notesOf } from "./keptInObjects";

/** Locks that are released where they are not held, or not in that way. */
export function wrongReleases(
  model: WorkspaceModel,
  locked: LockingFunction,
  analysis: LockAnalysis,
): DetectorFinding[] {
  const { unheldReleases, otherModeReleases } = locked.regions;
  return [
    ...unheldReleases.flatMap((release) => unheld(model, locked, release, analysis) ?? []),
    ...otherModeReleases.flatMap((release) => inOtherMode(model, locked, release) ?? []),
  ];
}

function unheld(
  model: WorkspaceModel,
  locked: LockingFunction,
  { call, lock, isAgain, isLent }: LockRegions["unheldReleases"][number],
  analysis: LockAnalysis,
): DetectorFinding | undefined {
  const { linked, fn, regions } = locked;
  const isIt = isAbout(lock);
  const taken = regions.at(call).mayHold.find(isIt);
  const operations = [...linked.links.lockOperations].filter(([, operation]) => isIt(operation));
  const [operation] = operations.flatMap(([at, one]) => (at === call ? one : []));
  // What a callee releases is judged there; what the function never takes, or only tries to, it releases for others.
  if (operation?.kind === "semaphore" || !operation) return undefined;
  const isForNobody = !isAgain && !taken && isHeldByNobody(model, locked, analysis, lock);
  if (!isAgain && !taken && !isForNobody) return undefined;
  if (!isAgain && (isLent || isMeantToLock(fn))) return undefined;
  if (operations.some(([, { action, mayFail }]) => action === "acquire" && mayFail)) return undefined;
  if (analysis.onEntry(linked.id).some(isIt) || mayBeLeftBy(model, locked, analysis, lock)) return undefined;
  if (operations.some(([at, { action }]) => action === "acquire" && isOfElements(fn, at, [call]))) return undefined;
  const releases = operations.filter(([, { action }]) => action === "release");
  if (releases.length === 1 && isAskedForFirst(fn, call)) return undefined;
  if (!isAgain && taken && isToldByFlag(model, locked, taken)) return undefined;
  if (isForNobody && isKeptByFlag(model, locked, call, lock)) return undefined;
  const name = code(memberName(lock.lock));
  const before = isAgain ? releaseBefore(call, operations, fn) : undefined;
  const steps = [
    ...(taken ? takenStep(model, locked, taken) : []),
    ...(before !== undefined ? [stepAt(model, linked, fn.calls[before] as Span, "unlocks it")] : []),
    stepAt(model, linked, fn.calls[call] as Span, isAgain ? "unlocks it again" : "unlocks it on every way"),
  ];
  return {
    ...findingAt(locked, call),
    message: isAgain
      ? `Unlocks ${name}, which is unlocked already on one way here.`
      : isForNobody
        ? `Unlocks ${name}, which nobody has locked: neither this function nor those that call it.`
        : `Unlocks ${name}, which is not locked on every way here.`,
    steps: steps.flatMap((step) => step ?? []),
    rank: 2,
  };
}

/** Whether no function ever leaves a lock to others, and none that calls this one holds it or is called by it and takes it. */
function isHeldByNobody(
  model: WorkspaceModel,
  { linked, fn }: LockingFunction,
  analysis: LockAnalysis,
  { lock }: LockRef,
): boolean {
  const { takers, left } = locksTaken(analysis);
  const taking = takers.get(lock);
  // Who runs a function that is written in another one, or handed on, nobody knows.
  if (fn.parent !== undefined || !taking || left.has(lock)) return false;
  if (linked.edges.some(({ callee }) => taking.has(callee))) return false;
  return callersOf(model, linked).every(({ linked: caller, edges }) =>
    edges.every(
      ({ call, runs }) =>
        runs === "now" &&
        !analysis
          .regionsOf(caller.id)
          ?.at(call)
          .mayHold.some((held) => held.lock === lock),
    ),
  );
}

/** Who takes each lock, and the locks that some return with, or only try to get. */
const locksTaken = memoized(({ locking }: LockAnalysis) => {
  const takers = new Map<string, Set<FunctionId>>();
  const left = new Set<string>();
  for (const { linked, regions } of locking) {
    const { lockOperations, scopeLocks } = linked.links;
    for (const operation of [...lockOperations.values(), ...scopeLocks]) {
      if (operation?.action !== "acquire") continue;
      const { lock, mayFail } = operation;
      if (mayFail) left.add(lock);
      takers.set(lock, (takers.get(lock) ?? new Set<FunctionId>()).add(linked.id));
    }
    for (const { held, node, raisedBy } of regions.leaves)
      if (raisedBy === undefined && node?.form !== "throw") for (const { lock } of held) left.add(lock);
  }
  return { takers, left };
});

/**
 * Whether a release is only come to where the local that the lock is reached through has a value, which the function
 * gives it where it takes the lock: `if (berth != null) berth.lock().unlock()`.
 */
function isAskedForFirst({ flow, calls }: FunctionSummary, call: number): boolean {
  const local = rootOf(calls[call]?.callee ?? "");
  const isAsked = conditionsAt(flow, call).some(({ test, holds }) => {
    const compared = comparedWithNothing(test);
    return compared?.name === local && compared.isMissing !== holds;
  });
  return isAsked && targetsIn(flow).includes(local);
}

/**
 * Whether a lock is only taken where a flag says that it is not held, which another function of the file sets where it
 * takes the lock: `if !held { mu.Lock() }`.
 */
function isToldByFlag(model: WorkspaceModel, locked: LockingFunction, { call, lock }: Holding): boolean {
  const { fn } = locked;
  const flags = conditionsAt(fn.flow, call).flatMap(({ test, holds }) => {
    const [, not, flag = ""] = /^(!?)([\w$.]+)$/.exec(test) ?? [];
    return flag !== "" && holds === (not === "!") ? flag : [];
  });
  if (flags.length === 0) return false;
  return takersBeside(model, locked, lock).some((taker) =>
    flags.some((flag) => notesOf(taker.fn)?.flags?.includes(flag)),
  );
}

/**
 * Whether a lock is only released where a flag says that it is held, by which another function of the file takes it and
 * gives it back only where it says that it is not: whoever sets the flag in between keeps the lock.
 */
function isKeptByFlag(model: WorkspaceModel, locked: LockingFunction, call: number, { lock }: LockRef): boolean {
  const flags = atomsAt(locked.fn, call).filter((atom) => /^[\w$]+(?:\.[\w$]+)+$/.test(atom));
  return takersBeside(model, locked, lock).some((taker) => {
    const atoms = atomsAt(taker.fn, taker.call);
    return flags.some((flag) => atoms.includes(`!${flag}`));
  });
}

/** The other functions of the file that take a lock, and where. */
function takersBeside(
  model: WorkspaceModel,
  { file, linked }: LockingFunction,
  lock: string,
): { fn: FunctionSummary; call: number }[] {
  return functionIds(file).flatMap((id, i) => {
    const operations = id === linked.id ? [] : (model.functions.get(id)?.links.lockOperations ?? []);
    return [...operations].flatMap(([call, one]) =>
      one.action === "acquire" && one.lock === lock ? { fn: file.functions[i] as FunctionSummary, call } : [],
    );
  });
}

/** What has to be so for a call to be come to. */
function atomsAt({ flow }: FunctionSummary, call: number): string[] {
  return conditionsAt(flow, call).flatMap(({ test, holds }) => (holds ? test.split(" && ") : []));
}

/** The release that a second one follows; a deferred one follows all that are written out. */
function releaseBefore(
  call: number,
  operations: readonly (readonly [number, LockOperation])[],
  { flow }: FunctionSummary,
): number | undefined {
  const written = operations.filter(([at]) => !isDeferred(flow, at)).sort(([a], [b]) => a - b);
  const isLeft = (i: number) => written[i + 1]?.[1].action !== "acquire";
  const releases = written.filter(([at, { action }], i) => action === "release" && at !== call && isLeft(i));
  return (isDeferred(flow, call) ? releases : releases.filter(([at]) => at < call)).at(-1)?.[0];
}

/** Whether something the function calls takes the lock and keeps it on some of its ways. */
function mayBeLeftBy(
  model: WorkspaceModel,
  { linked }: LockingFunction,
  analysis: LockAnalysis,
  lock: LockRef,
): boolean {
  const fn = graphFunction(model, linked);
  return linked.edges.some(({ call, callee }) =>
    analysis
      .regionsOf(callee)
      ?.leaves.some(({ held }) => held.some((left) => isAbout(lock)(lockSeenBy(fn, call, callee, left)))),
  );
}

function inOtherMode(
  model: WorkspaceModel,
  locked: LockingFunction,
  { call, lock, taken }: LockRegions["otherModeReleases"][number],
): DetectorFinding | undefined {
  const { linked, fn, file } = locked;
  const isCertain =
    tellsModes.has(file.language) &&
    taken.callee === undefined &&
    taken.kind === "read-write" &&
    taken.instance !== undefined &&
    taken.instance === lock.instance &&
    linked.links.lockOperations.has(call);
  if (!isCertain) return undefined;
  const lastOf = (at: number) => code(/(?:\w+\(\)\.)?\w+$/.exec(fn.calls[at]?.callee ?? "")?.[0] ?? "");
  const step = stepAt(model, linked, fn.calls[call] as Span, "releases it as if it had been taken the other way");
  return {
    ...findingAt(locked, call),
    message: `${code(memberName(lock.lock))} is taken with ${lastOf(taken.call)} and released with ${lastOf(call)}.`,
    steps: [...takenStep(model, locked, taken), ...(step ? [step] : [])],
    rank: 4,
  };
}

/** Languages whose locks for reading and writing are released the way they were taken. */
const tellsModes: ReadonlySet<string> = new Set(["go", "java"]);

function findingAt({ file, fn }: LockingFunction, call: number): Pick<DetectorFinding, "path" | "range" | "symbol"> {
  return { path: file.path, range: rangeOf(file.lineStarts, fn.calls[call] as Span), symbol: fn.symbol };
}

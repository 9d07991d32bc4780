import { code } from "../../base/markdown";
import { rangeOf } from "../../base/text";
import { type CallSummary, type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import {
  type Acquisition,
  acquisitionsIn,
  isDecidedAtRunTime,
  isHeldByGuard,
  isOfFile,
  isTakenAgain,
  isTakenForWriting,
} from "../../model/graph/acquisitions";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { runsOnNewObjects } from "../../model/graph/construction";
import { memberName } from "../../model/graph/effectText";
import { type Holding, isSurelySame } from "../../model/graph/heldLocks";
import { isUnusedInProduction } from "../../model/graph/inProduction";
import { type LockAnalysis, type LockingFunction, lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
import {
  acquiringSteps,
  capitalised,
  spanOfAcquisition,
  subjectOf,
  takenStep,
  wayTo,
} from "../../model/graph/lockWitness";
import { witnessOf } from "../../model/graph/witness";
import { isWithin } from "../../model/link/instances";
import type { LockOperation } from "../../model/link/links";
import { isForTests } from "../../model/testSupport";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { docs } from "./docs";
import { isInRow } from "./inRow";
import { type KeptRound, keptIntoNextRound } from "./nextRound";
import { isToldOfLock } from "./toldOfLock";

export const reentrantLock: Detector<undefined> = {
  id: "reentrant-lock",
  title: "Lock taken again by who already holds it",
  defaultSeverity: "error",
  options: {},
  docs,
  *check(model) {
    const analysis = yield* lockAnalysisInTurns(model);
    const findings: DetectorFinding[] = [];
    for (const locked of analysis.locking) {
      yield;
      if (isForTests(model, locked.file, locked.fn)) continue;
      const told = new Set<string>();
      for (const acquisition of acquisitionsIn(model, locked)) {
        const again = reentryIn(model, analysis, acquisition);
        if (!again || told.has(acquisition.lock.lock)) continue;
        told.add(acquisition.lock.lock);
        findings.push(toFinding(model, again));
      }
      for (const { call, lock } of takenEveryRound(locked)) {
        if (told.has(lock.lock)) continue;
        told.add(lock.lock);
        findings.push(ofRounds(locked, call, lock));
      }
      for (const kept of keptIntoNextRound(locked)) {
        if (told.has(kept.lock.lock)) continue;
        told.add(kept.lock.lock);
        findings.push(ofNextRound(locked, kept));
      }
    }
    return findings;
  },
};

interface Reentry {
  acquisition: Acquisition;
  held: Holding;
  form: "again" | "upgrade" | "read-twice";
  /** All who take the lock for writing do so where nobody else knows the object yet. */
  isForNew?: boolean;
  /** All others who do register something. */
  isForRegistering?: boolean;
}

function reentryIn(model: WorkspaceModel, analysis: LockAnalysis, acquisition: Acquisition): Reentry | undefined {
  const { lock, locked, holds, effect } = acquisition;
  const held = holds.filter((other) => isSurelySame(other, lock) && !isHeldByGuard(model, other));
  const exclusive = held.find(({ forReading }) => !forReading);
  const strongest = exclusive ?? held[0];
  if (!strongest) return undefined;
  // Which object a package-level lock guards says nothing about whose method runs.
  if (isOfFile(lock) && isDecidedAtRunTime(model, locked.linked, effect)) return undefined;
  if (!isTakenAgain(model, locked.linked, effect, strongest) || isToldOfLock(model, acquisition)) return undefined;
  if (lock.kind === "semaphore" || isInRow(acquisition, strongest)) return undefined;
  const again = { acquisition, held: strongest };
  if (!exclusive && !lock.forReading) return { ...again, form: "upgrade" };
  if (lock.reentrant) return undefined;
  if (exclusive || !lock.forReading) return { ...again, form: "again" };
  const outside = [...holds, ...analysis.onEntry(locked.linked.id)];
  if (!isTakenForWriting(analysis, lock.lock, outside)) return undefined;
  const nameOf = (linked: LinkedFunction) => functionAt(model, linked)?.fn.name ?? "";
  const isKnown = (linked: LinkedFunction) => !(setsUp.test(nameOf(linked)) && runsOnNewObjects(model, linked));
  const isOfUse = (linked: LinkedFunction) => isKnown(linked) && !registers.test(nameOf(linked));
  return {
    ...again,
    form: "read-twice",
    ...(!isTakenForWriting(analysis, lock.lock, outside, isKnown) && { isForNew: true }),
    ...(!isTakenForWriting(analysis, lock.lock, outside, isOfUse) && { isForRegistering: true }),
  };
}

/** What is called before others use the object; what else its maker calls, others may call at any time. */
const setsUp = /^_*(?:[sS]et|[wW]ith|[iI]nit|[cC]onfigure)(?![a-z])/;
/** What is called for parts of the program, before there are requests. */
const registers = /^_*(?:[rR]egister|[sS]ubscribe)(?![a-z])/;

interface EveryRound {
  call: number;
  lock: LockOperation;
}

const everyRound = new WeakMap<LinkedFunction, readonly EveryRound[]>();

/** Locks that a loop takes in every round and gives back only when the function is left. */
function takenEveryRound(locked: LockingFunction): readonly EveryRound[] {
  let known = everyRound.get(locked.linked);
  if (!known) {
    known = findEveryRound(locked);
    everyRound.set(locked.linked, known);
  }
  return known;
}

function findEveryRound({ linked, fn }: LockingFunction): readonly EveryRound[] {
  const { lockOperations } = linked.links;
  const found: EveryRound[] = [];
  const visit = (flow: readonly Flow[], loop: readonly Flow[] | undefined) => {
    // What ends with a way out runs once, however often the loop does.
    const inRounds = loop && !alwaysLeaves(flow) ? loop : undefined;
    for (const node of flow) {
      if (typeof node !== "number") {
        if (node.kind === "defer" || node.kind === "spawn") continue;
        for (const inner of flowsInside(node)) visit(inner, node.kind === "loop" ? node.body : inRounds);
        continue;
      }
      const lock = lockOperations.get(node);
      if (!inRounds || lock?.action !== "acquire" || lock.mayFail || lock.reentrant || lock.forReading) continue;
      const isRelease = (call: Flow) => typeof call === "number" && isReleaseOf(lockOperations.get(call), lock);
      const steps = allIn(inRounds);
      const isDeferred = steps.some(
        (step) => typeof step !== "number" && step.kind === "defer" && step.body.some(isRelease),
      );
      const isOfRound = steps.some(
        (step) => typeof step !== "number" && step.kind === "assign" && isNamed(lock, step.target, fn),
      );
      if (isDeferred && !isOfRound && !steps.some(isRelease) && !isOfOneRound(fn, node, steps))
        found.push({ call: node, lock });
    }
  };
  visit(fn.flow, undefined);
  return found;
}

/** `n == 1`, `!locked`, `first`: what may hold in one round alone. */
const holdsOnce = /^!?([\w$.]+)(?: (?:===?|is) [\w$.]+)?$/;

/** Whether a step of a loop waits for a condition on something that its rounds change. */
function isOfOneRound({ flow }: FunctionSummary, call: number, steps: readonly Flow[]): boolean {
  const changed = new Set(
    steps.flatMap((step) => (typeof step !== "number" && step.kind === "assign" ? step.target : [])),
  );
  return conditionsAt(flow, call).some(({ test, holds }) => holds && changed.has(holdsOnce.exec(test)?.[1] ?? ""));
}

/** Every step of a loop that is run in its rounds. */
function allIn(flow: readonly Flow[]): Flow[] {
  return flow.flatMap((node) =>
    typeof node === "number" || node.kind === "defer" || node.kind === "spawn"
      ? [node]
      : [node, ...flowsInside(node).flatMap(allIn)],
  );
}

/** What is behind the way out is only come to by going on with the next round. */
function alwaysLeaves(flow: readonly Flow[]): boolean {
  return flow.some((node) => typeof node === "object" && node.kind === "exit" && node.form !== "continue");
}

function isReleaseOf(operation: LockOperation | undefined, lock: LockOperation): boolean {
  return operation?.action === "release" && isSurelySame(operation, lock);
}

function isNamed({ instance }: LockOperation, name: string, { parameters }: FunctionSummary): boolean {
  const position = parameters.findIndex((parameter) => parameter.name === name);
  const root = position < 0 ? `=${name}` : `#${position}`;
  return instance !== undefined && isWithin(instance, root);
}

function toFinding(
  model: WorkspaceModel,
  { acquisition, held, form, isForNew, isForRegistering }: Reentry,
): DetectorFinding {
  const { locked, lock } = acquisition;
  const { file, fn } = locked;
  const name = code(memberName(lock.lock));
  const way = wayTo(model, acquisition);
  const isFar = acquisition.effect.distance > maxCalls;
  const isUnused = form === "read-twice" && isUnusedInProduction(model, locked.linked);
  const mild = comesRound(model, acquisition)
    ? "The functions on this way call each other in a round: a condition has to keep this one out."
    : isUnused
      ? "Nothing outside tests calls it."
      : isForNew
        ? "All who take it for writing do so on an object that they have just made."
        : isForRegistering
          ? "All who take it for writing register something, which is mostly done before there is much to do."
          : isFar
            ? "It is far away, and something on the way may keep this one out."
            : undefined;
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, spanOfAcquisition(acquisition)),
    symbol: fn.symbol,
    message: `${claimOf({ acquisition, held, form }, name, way)} ${consequences[form](name)}`,
    steps: [
      ...takenStep(model, locked, held),
      ...acquiringSteps(model, acquisition, `takes ${name}${lock.forReading ? " for reading" : ""} again`),
    ],
    rank: form === "read-twice" ? 1 : 10 - Math.min(acquisition.effect.distance, 5),
    lens:
      form === "read-twice"
        ? `takes ${memberName(lock.lock)} twice`
        : `waits for itself: takes ${memberName(lock.lock)} twice`,
    mild,
    ...(mild === undefined && form === "read-twice" && { atMost: "warning" as const }),
  };
}

/** Beyond these, conditions on the way are more likely than that nobody has ever waited here. */
const maxCalls = 6;

/**
 * Whether functions that call each other in a round lead to the lock. With or without a lock they come to an end, so
 * there is a condition on the way, and it may be one that keeps away who holds the lock.
 */
function comesRound(model: WorkspaceModel, { effect }: Acquisition): boolean {
  const last = witnessOf(model, effect).slice(-2);
  return last.length === 2 && last.every(({ isInCycle }) => isInCycle);
}

function ofRounds(locked: LockingFunction, call: number, { lock }: LockOperation): DetectorFinding {
  const { file, fn } = locked;
  const name = code(memberName(lock));
  const range = rangeOf(file.lineStarts, fn.calls[call] as CallSummary);
  return {
    path: file.path,
    range,
    symbol: fn.symbol,
    message: `${capitalised(subjectOf(locked))} takes ${name} in every round of a loop and gives it back only when the function ends. The second round waits for the first and never returns.`,
    steps: [{ path: file.path, range, message: `takes ${name} in the first round, and again in the second` }],
    rank: 10,
    lens: `waits for itself: takes ${memberName(lock)} in every round`,
  };
}

function ofNextRound(locked: LockingFunction, { call, lock: { lock }, start }: KeptRound): DetectorFinding {
  const { file, fn } = locked;
  const name = code(memberName(lock));
  const range = rangeOf(file.lineStarts, { start, end: start + "continue".length });
  const taken = rangeOf(file.lineStarts, fn.calls[call] as CallSummary);
  return {
    path: file.path,
    range,
    symbol: fn.symbol,
    message: `${capitalised(subjectOf(locked))} goes on to the next round of a loop with ${name} still held, and the next round takes it again: it waits for itself and never returns.`,
    steps: [
      { path: file.path, range: taken, message: `takes ${name}, and again in the next round` },
      { path: file.path, range, message: "begins the next round with the lock held" },
    ],
    rank: 10,
    lens: `waits for itself: keeps ${memberName(lock)} into the next round`,
  };
}

function claimOf({ acquisition, held, form }: Reentry, name: string, way: ReturnType<typeof wayTo>): string {
  const subject = capitalised(subjectOf(acquisition.locked));
  const mode = held.forReading ? " for reading" : "";
  const again = form === "upgrade" ? "takes it for writing" : "takes it again";
  if (!way) return `${subject} ${again.replace("it", name)} while it already holds it${mode}.`;
  if (held.call === acquisition.step) return `${subject} runs a function under ${name} that ${again}${inside(way)}.`;
  const called = code(way.first);
  return way.first === way.last
    ? `${subject} holds ${name}${mode} and calls ${called}, which ${again}.`
    : `${subject} holds ${name}${mode} and calls ${called}, which leads to ${code(way.last)}, where it ${again.replace("takes it", "is taken")}.`;
}

function inside({ last }: { last: string }): string {
  return ` in ${code(last)}`;
}

const consequences: Readonly<Record<Reentry["form"], (name: string) => string>> = {
  again: () => "This lock lets nobody in twice, so the call waits for itself and never returns.",
  upgrade: () => "A writer waits until all readers are gone, and this function is one of them: it never returns.",
  "read-twice": (name) =>
    `If a writer asks for ${name} in between, it waits for the first reader, the second reader waits for the writer, and nobody goes on.`,
};

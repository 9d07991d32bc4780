import type { FunctionSummary } from "../../model/fileSummary";
import { conditionsAt } from "../../model/graph/conditionsAt";
import { type Holding, mayBeSame } from "../../model/graph/heldLocks";
import type { LockAnalysis, LockingFunction } from "../../model/graph/lockAnalysis";
import { isDeferred } from "../../model/graph/stepsAround";
import { type FunctionId, functionIds, type LockRef } from "../../model/link/links";
import { isScript } from "../../model/scripts";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import { notesOf } from "./keptInObjects";

/** Callers further away are not asked whether they release what a function leaves held. */
const maxCallerDistance = 3;

/** Words of names such as `RLock`, `acquireSlot`, `__enter__`; not of `block`, `threshold`. */
const wordsForIt =
  /^(?:(?:un|r|run|w|try)?lock(?:s|ed|er)?|acquires?|enter|begin|hold|obtain|claim|guard|mutex|release)$/;

function isNamedForIt(name: string): boolean {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).some((word) => wordsForIt.test(word.toLowerCase()));
}

const saidToKeepIt =
  /\bcallers?\b[^.]*\b(?:release|unlock)|\bacquires?\b|\bmust (?:be )?(?:unlock|release)|\b(?:un)?locks the\b/i;

/** What is held when a function starts says nothing of how it ends. */
const saidOfStart = /\b(?:call(?:ed|ing|ers?)?|entry|assum\w+|must|should|require[sd]?|expect(?:s|ed)?)\b/i;

function isSaidToKeepIt(doc: string): boolean {
  if (saidToKeepIt.test(doc)) return true;
  return doc.split(/[.;]/).some((sentence) => /\b(?:held|locked)\b/i.test(sentence) && !saidOfStart.test(sentence));
}

const releaserType = /^\*?(?:[\w.]*\.)?(?:func\(\)|\w*(?:Guard|Unlock|Release|Lock)\w*)/;

/** How a lock's release goes by as a value: `defer`red elsewhere, stored or returned. */
const releaseAsValue = /\.(?:R?Unlock|unlock|release)$/;

/** Which of several results, or what of an object, behind the call that gives it. */
const partOfResult = /(?:#\d+|\.[\w$]+)$/;

const asksHolder =
  /^([\w$.]+)\.(?:isHeldByCurrentThread|isWriteLockedByCurrentThread|getHoldCount|owned|locked|is_locked|isLocked|isHeld)\(\)/;

/** Whether a function gives a lock back only where that says that it is held: `if (lock.isHeldByCurrentThread()) lock.unlock()`. */
function asksWhetherHeld({ fn, linked }: LockingFunction, { lock }: LockRef): boolean {
  return [...linked.links.lockOperations].some(
    ([call, { action, lock: released }]) =>
      action === "release" &&
      released === lock &&
      conditionsAt(fn.flow, call).some(({ test, holds }) => {
        const asked = holds ? asksHolder.exec(test)?.[1] : undefined;
        return asked !== undefined && fn.calls[call]?.callee.startsWith(`${asked}.`);
      }),
  );
}

/** Functions whose lock somebody else gives back. */
export class LocksHandedOn {
  /** Functions that release a lock they have not taken, by lock. */
  private readonly releasers = new Map<string, Set<FunctionId>>();
  /** Functions that take a lock themselves, by lock. */
  private readonly takers = new Map<string, Set<FunctionId>>();
  /** Locks that somebody gives back, or waits for. */
  private readonly used = new Set<string>();
  /** Locks that some function takes for its callers, as its name says. */
  private readonly takenForCallers = new Set<string>();

  constructor(
    private readonly model: WorkspaceModel,
    { locking }: LockAnalysis,
  ) {
    for (const { linked, file, fn, regions } of locking) {
      if (file.isTest) continue;
      if (isMeantToLock(fn)) for (const { lock } of linked.effects.leavesHeld) this.takenForCallers.add(lock);
      for (const { lock, isAgain, isLent } of regions.unheldReleases)
        if (!isAgain && !isLent) add(this.releasers, lock.lock, linked.id);
      for (const { action, lock, mayFail } of linked.links.lockOperations.values()) {
        if (action === "acquire") add(this.takers, lock, linked.id);
        if (action === "release" || !mayFail) this.used.add(lock);
      }
      for (const scope of linked.links.scopeLocks) if (scope) this.used.add(scope.lock);
    }
  }

  /**
   * Whether a function keeps a lock on purpose on some of its ways out.
   *
   * @param whenRefused on no other ways than those where it gives nothing to whoever calls it, who then has no lock
   */
  keeps(locked: LockingFunction, lock: Holding, whenRefused: boolean): boolean {
    const { fn, linked } = locked;
    return (
      (!whenRefused && isMeantToLock(fn)) ||
      this.isLatch(lock) ||
      asksWhetherHeld(locked, lock) ||
      isReleaseGiven(locked, lock) ||
      fn.calls.some(({ arguments: given }) => given.some((path) => releaseAsValue.test(path))) ||
      fn.reads.some((path) => releaseAsValue.test(path)) ||
      callsUnknownRelease(locked, lock) ||
      this.isReleasedInside(locked, lock) ||
      this.isReleasedByCaller(linked.id, lock, maxCallerDistance)
    );
  }

  /** Whether all that anybody does with a lock is to try to be the first who has it: what comes behind is done once. */
  private isLatch({ lock }: LockRef): boolean {
    return !this.used.has(lock);
  }

  /** Whether a function is deferred, inside one that defers the release of the lock as well. */
  isReleasedAround({ linked, file, fn }: LockingFunction, lock: LockRef): boolean {
    const ids = functionIds(file);
    const around = fn.parent === undefined ? undefined : this.model.functions.get(ids[fn.parent] as FunctionId);
    const outer = around && functionAt(this.model, around)?.fn;
    if (!around || !outer) return false;
    const isDeferredThere = around.edges.some(
      ({ call, callee }) => callee === linked.id && isDeferred(outer.flow, call),
    );
    const releases = [...around.links.lockOperations].some(
      ([call, operation]) =>
        operation.action === "release" && mayBeSame(operation, lock) && isDeferred(outer.flow, call),
    );
    return isDeferredThere && releases;
  }

  /** Whether somebody releases the lock who has not taken it, for no other function than this one. */
  isReleasedElsewhere({ linked }: LockingFunction, { lock }: LockRef): boolean {
    // Where there are functions that take and release the lock for others, those who call them are asked.
    const isWrapper = (id: FunctionId) => this.takenForCallers.has(lock) && this.releasesItself(id, lock);
    return [...(this.releasers.get(lock) ?? [])].some((id) => id !== linked.id && !isWrapper(id));
  }

  private releasesItself(id: FunctionId, lock: string): boolean {
    const operations = this.model.functions.get(id)?.links.lockOperations.values() ?? [];
    return [...operations].some((operation) => operation.action === "release" && operation.lock === lock);
  }

  /** Whether all that others do with a lock is to release what this function has taken. */
  isTakenForOthers(locked: LockingFunction, lock: LockRef): boolean {
    return this.takers.get(lock.lock)?.size === 1 && this.isReleasedElsewhere(locked, lock);
  }

  /** Whether a function is one of those that take a lock for whoever calls them, and give nothing that releases it. */
  takesForCallers(id: FunctionId, { lock }: LockRef): boolean {
    const { path = "", index = -1 } = this.model.functions.get(id) ?? {};
    const fn = this.model.files.get(path)?.functions[index];
    // An object that holds a lock from its start gives it back by itself.
    return (
      fn?.form !== "constructor" && fn?.results.length === 0 && this.takenForCallers.has(lock) && isNamedForIt(fn.name)
    );
  }

  /**
   * Where a function first calls one that gives it what releases the lock, and calls that, too; nothing where it does
   * not: `done := q.find(); defer done()`.
   */
  releasedByResultOf({ fn, linked }: LockingFunction, lock: LockRef): number | undefined {
    for (const [i, { callee, origin = callee, start }] of fn.calls.entries()) {
      const gives = linked.links.calls[i]?.functions.some((id) => this.givesRelease(id, lock));
      if (gives && fn.calls.some((other) => other.origin?.replace(partOfResult, "") === `${origin}()`)) return start;
    }
    return undefined;
  }

  /** Whether a function names what releases a lock, or has a function inside it that does. */
  private givesRelease(id: FunctionId, { lock }: LockRef): boolean {
    const linked = this.model.functions.get(id);
    const name = lock.slice(lock.lastIndexOf(".") + 1);
    const { reads = [] } = (linked && functionAt(this.model, linked)?.fn) ?? {};
    return (
      (linked !== undefined && this.isReleasedInside({ linked }, { lock, forReading: false })) ||
      reads.some((path) => releaseAsValue.test(path) && path.split(".").at(-2) === name)
    );
  }

  /** Whether a function written inside it releases the lock at a time of its own, or calls another one that does. */
  private isReleasedInside({ linked }: Pick<LockingFunction, "linked">, { lock }: LockRef): boolean {
    const runsNow = new Set(linked.edges.flatMap(({ callee, runs }) => (runs === "now" ? callee : [])));
    const runsLater = (id: FunctionId) => id.startsWith(`${linked.id}.`) && !runsNow.has(id);
    return [...(this.releasers.get(lock) ?? [])].some(
      (id) =>
        id.startsWith(`${linked.id}.`) &&
        (runsLater(id) || this.model.functions.get(id)?.callers.some(runsLater) === true),
    );
  }

  private isReleasedByCaller(id: FunctionId, { lock }: LockRef, distance: number): boolean {
    const { callers = [], effects } = this.model.functions.get(id) ?? {};
    const releasers = this.releasers.get(lock);
    const isLeft = effects?.leavesHeld.some((left) => left.lock === lock);
    if (distance === 0) return false;
    return callers.some(
      (caller) =>
        releasers?.has(caller) ||
        (isLeft && this.releasesOnly(caller, lock)) ||
        (releasers && this.isReleasedByCaller(caller, { lock, forReading: false }, distance - 1)),
    );
  }

  /** Whether a function releases a lock that only what it calls has taken. */
  private releasesOnly(id: FunctionId, lock: string): boolean {
    const operations = [...(this.model.functions.get(id)?.links.lockOperations.values() ?? [])];
    const own = operations.filter((operation) => operation.lock === lock);
    return own.length > 0 && own.every(({ action }) => action === "release");
  }
}

function add(known: Map<string, Set<FunctionId>>, lock: string, id: FunctionId): void {
  known.set(lock, (known.get(lock) ?? new Set()).add(id));
}

/**
 * Whether what taking a lock gives, which releases it, is handed to somebody: `response.on("close", release)`; or put
 * where another function calls it: `this.close = await lines.acquire()`.
 */
function isReleaseGiven({ file, fn }: LockingFunction, { call }: Holding): boolean {
  if (!isScript(file.language)) return false;
  const { callee = "", origin = callee } = fn.calls[call] ?? {};
  const isResult = (path: string) => path.replace(/#\d+$/, "") === `${origin}()`;
  const kept = notesOf(fn)?.results?.[callee];
  return (
    fn.calls.some(({ arguments: given }) => given.some(isResult)) ||
    file.functions.some(
      ({ typeName, calls }) => typeName === fn.typeName && calls.some((other) => other.callee === kept),
    )
  );
}

/**
 * Whether a function calls what is named for a release and not understood; in scripts also one that it writes for later:
 * on its own, or on what that is given, as of a list the lock was put into: `taken.map((one) => one.unlock())`.
 */
function callsUnknownRelease({ file, fn, linked }: LockingFunction, { call }: Holding): boolean {
  const { callee: take = "", origin = take } = fn.calls[call] ?? {};
  const isHanded = fn.calls.some(({ arguments: given }) => given.includes(origin.replace(/\.\w+$/, "")));
  return (
    fn.calls.some(({ callee }, at) => {
      const { functions = [], external } = linked.links.calls[at] ?? {};
      const isUnknown = functions.length === 0 && !external && !linked.links.lockOperations.has(at);
      return isUnknown && isNamedForRelease.test(callee);
    }) ||
    (isScript(file.language) &&
      file.functions.some(
        ({ start, end, calls, parameters }) =>
          fn.start < start &&
          end <= fn.end &&
          calls.some(
            ({ callee }) =>
              isNamedForRelease.test(callee) &&
              (/^\w+$/.test(callee) || (isHanded && parameters.some(({ name }) => callee.startsWith(`${name}.`)))),
          ),
      ))
  );
}

const isNamedForRelease = /(?:unlock|release)\w*$/i;

/** Whether a function takes, keeps or releases a lock for others, by its name, its comment or what it gives. */
export function isMeantToLock({ name, symbol, doc, results }: FunctionSummary): boolean {
  return (
    isNamedForIt(name === "" ? symbol : name) ||
    (doc !== undefined && isSaidToKeepIt(doc)) ||
    results.some((type) => releaserType.test(type))
  );
}

/** Whether two places are about one lock. */
export function isAbout(lock: LockRef): (other: LockRef) => boolean {
  return (other) => mayBeSame(lock, other);
}

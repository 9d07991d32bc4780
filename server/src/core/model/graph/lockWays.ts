import type { AssignFlow, ExitFlow, Flow, ScopeFlow } from "../fileSummary";
import { isWithin } from "../link/instances";
import type { InstancePath, LockRef } from "../link/links";
import type { ReleasedLock } from "./functionEffects";
import { type Holding, isSameHolding, isSameLock, lockText } from "./heldLocks";

/** Ways through a function that differ in what is held are walked one by one, up to so many. */
const maxWays = 12;

/**
 * Nobody holds so many locks at once, or gives back so many of its caller's, but generated code. What a way remembers is
 * copied with every step that changes it, so it has to stay short.
 */
const maxHeld = 50;

/** Conditions that one way remembers; those it met first are forgotten first. */
const maxKnown = 50;

/** What is so on one way through the function. */
export interface Way {
  held: readonly Holding[];
  /** Locks it has released although it had not taken them. */
  borrowed: readonly ReleasedLock[];
  /** Locks it has taken and released again, by `lockText`. */
  released: ReadonlySet<string>;
  /** What runs when the function is left, the last first. */
  deferred: readonly (readonly Flow[])[];
  /** Conditions that were met on this way, and how they came out. */
  known: ReadonlyMap<string, boolean>;
  /** It leads out of what stands around it, and where to. */
  leaving?: ExitFlow;
  /** The call whose exception led here, though nobody wrote `throw`. */
  raisedBy?: number;
}

export const noConditions: ReadonlyMap<string, boolean> = new Map();

const nothingReleased: ReadonlySet<string> = new Set();

export const atStart: Way = { held: [], borrowed: [], released: nothingReleased, deferred: [], known: noConditions };

/** Keeps what is remembered of the ways through one function short. */
export class WayLimits {
  /** Nothing had to be forgotten. */
  isComplete = true;
  /** Conditions under which locks are taken or given back: they are forgotten last. */
  deciding: ReadonlySet<string> = new Set();

  withTaken(way: Way, taken: readonly Holding[]): Way {
    if (way.held.length + taken.length <= maxHeld) return withTaken(way, taken);
    this.isComplete = false;
    return way;
  }

  withBorrowed(way: Way, lock: ReleasedLock): Way {
    if (way.borrowed.some((lent) => isSameLock(lent, lock))) return way;
    if (way.borrowed.length < maxHeld) return { ...way, borrowed: [...way.borrowed, lock] };
    this.isComplete = false;
    return way;
  }

  remembering({ known }: Way, outcomes: readonly [string, boolean][]): ReadonlyMap<string, boolean> {
    const all = new Map([...known, ...outcomes]);
    if (all.size <= maxKnown) return all;
    this.isComplete = false;
    return new Map([...all].slice(-maxKnown));
  }

  /** Each way once; where there are too many, those that differ only in the conditions they met become one. */
  merged(ways: readonly Way[]): readonly Way[] {
    const distinct = distinctOf(ways);
    if (distinct.length <= maxWays) return distinct;
    const knowing = forgetting(distinct, (name) => isOutcome(name) || this.deciding.has(name));
    if (knowing.length <= maxWays) return knowing;
    const forgetful = forgetting(knowing, isOutcome);
    const counts = new Map<ExitFlow | undefined, number>();
    return forgetful.filter(({ leaving }) => {
      const count = (counts.get(leaving) ?? 0) + 1;
      counts.set(leaving, count);
      if (count > maxWays) this.isComplete = false;
      return count <= maxWays;
    });
  }
}

export function arrived({ leaving: _, ...way }: Way): Way {
  return way;
}

export function outOf(scope: ScopeFlow, way: Way): Way {
  return { ...way, held: way.held.filter((lock) => lock.scope !== scope) };
}

function withTaken(way: Way, taken: readonly Holding[]): Way {
  const texts = taken.map(lockText);
  const released = texts.some((text) => way.released.has(text))
    ? new Set([...way.released].filter((text) => !texts.includes(text)))
    : way.released;
  return { ...way, held: [...way.held, ...taken], released };
}

/** Of what was released, only the last is remembered. */
export function withReleased(released: ReadonlySet<string>, text: string): ReadonlySet<string> {
  return released.has(text) ? released : new Set([...[...released].slice(1 - maxHeld), text]);
}

/** With another value, a name says no longer which lock is held, nor how a condition came out. */
export function reassigned(way: Way, { target, value }: AssignFlow, places: readonly InstancePath[]): Way {
  const isOf = ({ instance }: LockRef) => instance !== undefined && places.some((place) => isWithin(instance, place));
  const held = way.held.some(isOf) ? way.held.map((lock) => (isOf(lock) ? withoutInstance(lock) : lock)) : way.held;
  const isOld = (condition: string) => condition.match(/(?<![\w$.])[\w$]+/g)?.includes(target) === true;
  if (value === undefined && ![...way.known.keys()].some(isOld)) return held === way.held ? way : { ...way, held };
  const known = new Map([...way.known].filter(([condition]) => !isOld(condition)));
  if (value !== undefined) known.set(target, value);
  return { ...way, held, known };
}

function withoutInstance({ instance: _, ...lock }: Holding): Holding {
  return lock;
}

/** How it is remembered whether a call got its lock. */
export function outcomeOf(call: number): string {
  return `()${call}`;
}

/** How it is remembered that a call cannot get its lock, since whoever leads there holds it. */
export function refusalOf(call: number): string {
  return `()${call} refused`;
}

function isOutcome(name: string): boolean {
  return name.startsWith("()");
}

/** The ways that are left when only some of what they know is kept. */
function forgetting(ways: readonly Way[], isKept: (name: string) => boolean): readonly Way[] {
  return distinctOf(
    ways.map((way) => {
      const kept = [...way.known].filter(([name]) => isKept(name));
      return { ...way, known: kept.length === 0 ? noConditions : new Map(kept) };
    }),
  );
}

export function holdsTheSame(a: Way, b: Way): boolean {
  return a.held.length === b.held.length && a.held.every((lock, i) => isSameHolding(lock, b.held[i] as Holding));
}

export function isSameWay(a: Way, b: Way): boolean {
  return (
    a.leaving === b.leaving &&
    isSameList(a.held, b.held, isSameHolding) &&
    isSameList(a.borrowed, b.borrowed, isSameLock) &&
    isSameList(a.deferred, b.deferred, (body, other) => body === other) &&
    (a.released === b.released || isSameList([...a.released], [...b.released], (text, other) => text === other)) &&
    areSameOutcomes(a.known, b.known)
  );
}

function areSameOutcomes(a: ReadonlyMap<string, boolean>, b: ReadonlyMap<string, boolean>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, holds] of a) if (b.get(name) !== holds) return false;
  return true;
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, i) => isSame(item, b[i] as T));
}

function distinctOf(ways: readonly Way[]): readonly Way[] {
  const distinct: Way[] = [];
  for (const way of ways) if (!distinct.some((other) => isSameWay(way, other))) distinct.push(way);
  return distinct;
}

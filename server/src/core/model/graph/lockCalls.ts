import type { AccessPath } from "../facts";
import type { ScopeFlow } from "../fileSummary";
import type { FunctionId, LockOperation, LockRef } from "../link/links";
import { blockOfWith, type GraphFunction } from "./functionEffects";
import {
  asHeldLock,
  type EffectsOfCallee,
  type Holding,
  heldIndex,
  lockSeenBy,
  lockText,
  mayBeSame,
} from "./heldLocks";
import { outcomeOf, refusalOf, type Way, type WayLimits, withReleased } from "./lockWays";
import type { WayConditions } from "./wayConditions";

/** What is told of a release that does not fit what is held. */
export interface ReleaseVisitor {
  /** A lock is released that is not held here. */
  releaseUnheld?(call: number, lock: LockRef, on: { held: readonly Holding[]; isAgain: boolean }): void;
  /** A lock is released for writing that was taken for reading, or the other way round. */
  releaseInOtherMode?(call: number, lock: LockRef, taken: Holding): void;
}

/** What the calls of one function do to the locks that are held on a way. */
export class LockCalls {
  private readonly calleesOf = new Map<number, FunctionId[]>();
  /** What runs at another time, by the call that sees to it. */
  private readonly laterOf = new Map<number, FunctionId[]>();

  constructor(
    private readonly fn: GraphFunction,
    private readonly effectsOfCallee: EffectsOfCallee,
    private readonly visitor: ReleaseVisitor,
    private readonly conditions: WayConditions,
    private readonly limits: WayLimits,
  ) {
    for (const { call, callee, runs } of fn.edges) {
      const callees = runs === "now" ? this.calleesOf : this.laterOf;
      const known = callees.get(call);
      if (known) known.push(callee);
      else callees.set(call, [callee]);
    }
  }

  /** After a call that takes a lock, if it gets it. */
  acquired(call: number, ways: readonly Way[], operation: LockOperation): readonly Way[] {
    if (operation.callback !== undefined) return ways;
    const isTested = this.conditions.isTested(call);
    if (operation.mayFail && !isTested) return ways;
    const taken = [{ ...asHeldLock(operation), call }];
    if (!isTested) return ways.map((way) => this.withTaken(way, call, taken));
    const outcome = outcomeOf(call);
    return ways.flatMap((way) => {
      const failed = { ...way, known: this.limits.remembering(way, [[outcome, false]]) };
      if (operation.mayFail && way.known.has(refusalOf(call))) return [failed];
      const got = { ...this.limits.withTaken(way, taken), known: this.limits.remembering(way, [[outcome, true]]) };
      return [got, failed];
    });
  }

  /** After a call that releases a lock. */
  released(call: number, way: Way, lock: LockRef): Way {
    const { held } = way;
    const found = heldIndex(held, lock);
    const { lock: name, instance, forReading } = lock;
    const one: LockRef = { lock: name, ...(instance !== undefined && { instance }), forReading };
    const other = held[found];
    if (!other) {
      if (way.raisedBy === undefined)
        this.visitor.releaseUnheld?.(call, one, { held, isAgain: way.released.has(lockText(one)) });
      return this.limits.withBorrowed(way, one);
    }
    if (other.forReading !== forReading && !other.isUncertain) this.visitor.releaseInOtherMode?.(call, one, other);
    return {
      ...way,
      held: held.filter((_, i) => i !== found),
      released: withReleased(way.released, lockText(one)),
    };
  }

  /** After a call that leads to functions which take or release locks. */
  behind(call: number, ways: readonly Way[]): readonly Way[] {
    let next = this.laterOf.has(call) ? this.handedOver(call, ways) : ways;
    for (const callee of this.calleesOf.get(call) ?? []) {
      const { leavesHeld, releases } = this.effectsOfCallee(callee);
      if (leavesHeld.length + releases.length > 0) next = next.map((way) => this.moved(way, call, callee));
    }
    const giver = this.giverOf(call);
    return giver === undefined ? next : next.map((way) => this.givenBackBy(giver, call, way));
  }

  /** What a generator holds around the block of a `with`: `with self.locked():`. */
  heldAround(scope: ScopeFlow): readonly Holding[] {
    const call = this.fn.summary.calls.findIndex((_, i) => this.gives(i, scope));
    return (this.calleesOf.get(call) ?? []).flatMap((callee) =>
      this.effectsOfCallee(callee).holdsFor.flatMap(({ parameter, lock }) =>
        parameter === blockOfWith ? { ...lockSeenBy(this.fn, call, callee, lock), call, callee, scope } : [],
      ),
    );
  }

  /** Into a block that holds locks, and gives back what the call that gave its object has taken: `try (var h = hold())`. */
  intoBlock(scope: ScopeFlow, way: Way, taken: readonly Holding[]): Way {
    const isOfObject = (lock: Holding) => lock.callee !== undefined && !lock.scope && this.gives(lock.call, scope);
    if (taken.length === 0 && !way.held.some(isOfObject)) return way;
    const held = way.held.map((lock) => (isOfObject(lock) ? { ...lock, scope } : lock));
    return { ...way, held: [...held, ...taken] };
  }

  /** Whether a call gives the object of a block. */
  private gives(call: number, { resource }: ScopeFlow): boolean {
    const { callee = "", origin = callee } = this.fn.summary.calls[call] ?? {};
    return `${origin}()` === resource;
  }

  /** Of a call of what another one has given, what that one calls: `s.lock()()`, `unlock := s.lock(); unlock()`. */
  private giverOf(call: number): AccessPath | undefined {
    const { callee = "", origin = callee } = this.fn.summary.calls[call] ?? {};
    return /^(.+)\(\)(?:#\d+)?$/.exec(origin)?.[1];
  }

  /** What a callee has left held is given back by calling what it gave. */
  private givenBackBy(giver: AccessPath, call: number, way: Way): Way {
    const left = way.held.findLast((lock) => {
      const { callee = "", origin = callee } = this.fn.summary.calls[lock.call] ?? {};
      return lock.callee !== undefined && origin === giver;
    });
    return left ? this.released(call, way, left) : way;
  }

  /** A lock that is released by what runs at another time is no longer held by this function. */
  handedOver(call: number, ways: readonly Way[]): readonly Way[] {
    let left = ways;
    for (const callee of this.laterOf.get(call) ?? []) {
      for (const lock of this.effectsOfCallee(callee).releases) {
        if (lock.retaken) continue;
        const seen = lockSeenBy(this.fn, call, callee, lock);
        left = left.map((way) => {
          const given = heldIndex(way.held, seen);
          if (given < 0) return way;
          if (lock.sometimes) return this.perhapsReleased(way, seen);
          return { ...way, held: way.held.filter((_, i) => i !== given) };
        });
      }
    }
    return left;
  }

  /** A way after a callee that takes or releases locks. */
  private moved(way: Way, call: number, callee: FunctionId): Way {
    const { leavesHeld, releases } = this.effectsOfCallee(callee);
    const seen = <T extends LockRef>(lock: T) => lockSeenBy(this.fn, call, callee, lock);
    // What is held before and after is held still.
    const kept = releases.filter((lock) => lock.retaken && heldIndex(way.held, this.heldAs(way, seen(lock))) >= 0);
    const taken = leavesHeld
      .filter((lock) => !kept.some((other) => mayBeSame(lock, other)))
      .map((lock) => ({ ...seen(lock), call, callee }));
    let after = taken.length > 0 ? this.withTaken(way, call, taken) : way;
    for (const lock of releases) {
      if (kept.includes(lock)) continue;
      const one = this.heldAs(after, seen(lock));
      // Given back before: a second time is a slip or does nothing, and takes nothing from the caller.
      if (heldIndex(after.held, one) < 0 && after.released.has(lockText(one))) continue;
      after = lock.sometimes ? this.perhapsReleased(after, one) : this.released(call, after, one);
    }
    return after;
  }

  private withTaken(way: Way, call: number, taken: readonly Holding[]): Way {
    return this.conditions.afterUse(this.fn.summary.calls[call]?.callee ?? "", this.limits.withTaken(way, taken));
  }

  /** A callee may know the one lock of a kind that is held by another path: a transaction that ends. */
  private heldAs({ held }: Way, lock: LockRef): LockRef {
    const alike = held.filter((other) => other.lock === lock.lock);
    const [only] = alike;
    return only && alike.length === 1 && !mayBeSame(only, lock)
      ? { lock: lock.lock, forReading: lock.forReading }
      : lock;
  }

  /** After a call that gives the lock back on some ways and keeps it on others. */
  private perhapsReleased(way: Way, lock: LockRef): Way {
    const found = heldIndex(way.held, lock);
    if (found < 0) return this.limits.withBorrowed(way, { ...lock, sometimes: true });
    return { ...way, held: way.held.map((other, i) => (i === found ? { ...other, isUncertain: true } : other)) };
  }
}

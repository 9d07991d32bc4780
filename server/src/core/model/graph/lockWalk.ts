import {
  type AssignFlow,
  type BranchFlow,
  type ExitFlow,
  type Flow,
  flowsInside,
  type LoopFlow,
  type ScopeFlow,
} from "../fileSummary";
import { instanceOf, isWithin, seenByCallee, seenByCaller } from "../link/instances";
import type { FunctionId, InstancePath, LockOperation, LockRef } from "../link/links";
import type { FunctionEffects, GraphFunction, HeldLock, ReleasedLock } from "./functionEffects";
import { noEffects } from "./functionEffects";

/** A lock that is held at some place of a function. */
export interface Holding extends HeldLock {
  /** The call that took it, in the function itself or in `callee`; -1 for a block that holds it. */
  call: number;
  /** The block that holds it. */
  scope?: ScopeFlow;
  /** The function in which the call took it. */
  callee?: FunctionId;
  /** A callee has given it back on some of its ways; which one was taken is not known. */
  isUncertain?: boolean;
}

/** A way out of a function, after everything that is deferred. */
export interface Departure {
  /** Absent at its end, and where a call raised an exception that nobody wrote. */
  node?: ExitFlow;
  held: readonly Holding[];
  /** Locks that were released on the way though the function had not taken them. */
  borrowed: readonly ReleasedLock[];
  /** The call whose exception led here. */
  raisedBy?: number;
}

/** What a walk along the ways through a function tells of. */
export interface LockVisitor {
  /** A step is reached, with these locks held; told once for every way that leads there. */
  reach?(node: Flow, held: readonly Holding[]): void;
  /** A lock is released that is not held here. */
  releaseUnheld?(call: number, lock: LockRef, on: { held: readonly Holding[]; isAgain: boolean }): void;
  /** A lock is released for writing that was taken for reading, or the other way round. */
  releaseInOtherMode?(call: number, lock: LockRef, taken: Holding): void;
  leave?(departure: Departure): void;
}

/** Ways through a function that differ in what is held are walked one by one, up to so many. */
const maxWays = 12;

/**
 * Nobody holds so many locks at once, or gives back so many of its caller's, but generated code. What a way remembers is
 * copied with every step that changes it, so it has to stay short.
 */
const maxHeld = 50;

/** Conditions that one way remembers; those it met first are forgotten first. */
const maxKnown = 50;

/** Deferred calls run at every exit; there are functions with many of both. */
const maxDeferredRuns = 500;

type EffectsOfCallee = (id: FunctionId) => FunctionEffects;

/** A lock of a callee as the function that calls it sees it. */
export function lockSeenBy<T extends LockRef>(fn: GraphFunction, call: number, callee: FunctionId, lock: T): T {
  return isInside(fn, callee) ? lock : seenByCaller(lock, receiverOf(fn, call));
}

/** A lock of a function as one that it calls sees it. */
export function lockSeenIn<T extends LockRef>(fn: GraphFunction, call: number, callee: FunctionId, lock: T): T {
  return isInside(fn, callee) ? lock : seenByCallee(lock, receiverOf(fn, call));
}

/** What a call is made on, as the function names it. */
function receiverOf({ summary, around }: GraphFunction, call: number): InstancePath | undefined {
  const { callee = "", origin } = summary.calls[call] ?? {};
  const dot = callee.lastIndexOf(".");
  // Where methods have no receiver of their own, a bare name may be one of the same object's.
  if (dot < 0) return around.at(-1)?.typeName !== undefined && !around.at(-1)?.receiver ? "this" : undefined;
  return instanceOf(callee.slice(0, dot), around, origin === undefined).instance;
}

/** Whether a function stands inside the outermost function around another. */
function isInside({ around, links }: GraphFunction, callee: FunctionId): boolean {
  const path = links.id.slice(0, links.id.indexOf("#") + 1);
  const outermost = around.at(-1)?.symbol;
  return around.length > 0 && callee.startsWith(`${path}${outermost}.`);
}

/** Which locks a function leaves held or releases for its caller, on every path that returns. */
export function lockBalance(fn: GraphFunction, effectsOfCallee: EffectsOfCallee): Omit<FunctionEffects, "effects"> {
  if (!movesLocks(fn, effectsOfCallee)) return noEffects;
  let returned: readonly HeldLock[] | undefined;
  let returns = 0;
  const releases = new Map<string, { lock: ReleasedLock; returns: number; isRetaken: boolean }>();
  const holdsFor = new Map<string, { parameter: number; lock: HeldLock }>();
  const parameters = new Map(fn.links.callsParameters.map((i) => [fn.summary.parameters[i]?.name ?? "", i]));
  const isKnown = walkLocks(fn, effectsOfCallee, {
    reach(node, held) {
      if (typeof node !== "number" || held.length === 0) return;
      const name = /^[\w$]+/.exec(fn.summary.calls[node]?.callee ?? "")?.[0] ?? "";
      const parameter = parameters.get(name);
      if (parameter === undefined) return;
      for (const lock of held) holdsFor.set(`${parameter} ${lockText(lock)}`, { parameter, lock: asHeldLock(lock) });
    },
    leave({ node, held, borrowed, raisedBy }) {
      if (raisedBy !== undefined) return;
      const hasReturned = node?.form !== "throw";
      for (const lock of borrowed) {
        const known = releases.get(lockText(lock));
        const isRetaken = !hasReturned || lock.retaken || held.some((other) => mayBeSame(lock, other));
        releases.set(lockText(lock), {
          lock,
          returns: (known?.returns ?? 0) + (hasReturned && !lock.sometimes ? 1 : 0),
          isRetaken: isRetaken && known?.isRetaken !== false,
        });
      }
      if (!hasReturned) return;
      returns++;
      const before = returned;
      returned = before ? before.filter((lock) => held.some((other) => mayBeSame(lock, other))) : held.map(asHeldLock);
    },
  });
  const left = new Map((isKnown && returned ? returned : []).map((lock) => [lockText(lock), lock]));
  return {
    leavesHeld: inOrder(left),
    releases: inOrder(releases).map(({ lock: { lock, instance, forReading }, returns: certain, isRetaken }) => ({
      lock,
      ...(instance !== undefined && { instance }),
      forReading,
      ...(certain < returns && { sometimes: true as const }),
      ...(isRetaken && { retaken: true as const }),
    })),
    holdsFor: inOrder(holdsFor),
    movesLocks: true,
  };
}

function inOrder<T>(values: ReadonlyMap<string, T>): T[] {
  return [...values].sort(byText).map(([, value]) => value);
}

function byText([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a function takes or releases locks, itself or through a callee that leaves them so. */
function movesLocks(fn: GraphFunction, effectsOfCallee: EffectsOfCallee): boolean {
  return (
    fn.links.lockOperations.size > 0 ||
    fn.links.scopeLocks.some((operation) => operation !== undefined) ||
    fn.edges.some(({ callee }) => {
      const { leavesHeld, releases, holdsFor } = effectsOfCallee(callee);
      return leavesHeld.length > 0 || releases.length > 0 || holdsFor.length > 0;
    })
  );
}

/**
 * Walks the ways through a function and tells what is held where.
 *
 * @param given parameters whose value is known, for the calls that are looked at
 * @returns whether all ways were walked; `false` when there were too many
 */
export function walkLocks(
  fn: GraphFunction,
  effectsOfCallee: EffectsOfCallee,
  visitor: LockVisitor,
  given: ReadonlyMap<string, boolean> = noConditions,
): boolean {
  return new LockWalk(fn, effectsOfCallee, visitor).run(given);
}

/** What is so on one way through the function. */
interface Way {
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

/** What stands around a place and is told when a way leaves it. */
type Frame =
  | { kind: "finally" | "catch"; arriving: Way[] }
  | { kind: "scope"; scope: ScopeFlow }
  | { kind: "loop"; label: string | undefined; left: Way[]; next: Way[] }
  | { kind: "switch"; label: string | undefined; left: Way[] };

const noConditions: ReadonlyMap<string, boolean> = new Map();
const nothingReleased: ReadonlySet<string> = new Set();
const atStart: Way = { held: [], borrowed: [], released: nothingReleased, deferred: [], known: noConditions };

/** Stands for every exception nobody wrote: which call raised it is told by the way. */
const raised: ExitFlow = { kind: "exit", form: "throw", start: -1 };

class LockWalk {
  /** What stands around the place, innermost last. */
  private frames: Frame[] = [];
  private readonly calleesOf = new Map<number, FunctionId[]>();
  /** What runs at another time, by the call that sees to it. */
  private readonly laterOf = new Map<number, FunctionId[]>();
  private readonly operationOf = new Map<ScopeFlow, LockOperation | undefined>();
  /** Calls whose result a branch or loop looks at. */
  private readonly tested = new Set<number>();
  /** How many branches ask for each condition; one that is asked for once says nothing about another. */
  private readonly asked = new Map<string, number>();
  /** Inside `finally` blocks, where no exceptions of calls are looked for. */
  private depthOfFinally = 0;
  private deferredRuns = 0;
  private isComplete = true;

  constructor(
    private readonly fn: GraphFunction,
    private readonly effectsOfCallee: EffectsOfCallee,
    private readonly visitor: LockVisitor,
  ) {
    for (const { call, callee, runs } of fn.edges) {
      const callees = runs === "now" ? this.calleesOf : this.laterOf;
      const known = callees.get(call);
      if (known) known.push(callee);
      else callees.set(call, [callee]);
    }
    this.prepare(fn.summary.flow);
  }

  run(given: ReadonlyMap<string, boolean>): boolean {
    this.leave(undefined, this.flow(this.fn.summary.flow, [{ ...atStart, known: given }]));
    return this.isComplete;
  }

  private prepare(flow: readonly Flow[]): void {
    for (const node of flow) {
      if (typeof node === "number") continue;
      if (node.kind === "scope") this.operationOf.set(node, this.fn.links.scopeLocks[this.operationOf.size]);
      if (node.kind === "branch" || node.kind === "loop") {
        if (node.call !== undefined) this.tested.add(node.call);
        const { simple } = conditionsIn(node.test);
        for (const { name } of simple) this.ask(name);
        if (simple.length > 1) this.ask(node.test as string);
      }
      if (node.kind === "assign" && node.value !== undefined) this.ask(node.target);
      for (const inner of flowsInside(node)) this.prepare(inner);
    }
  }

  private ask(name: string): void {
    this.asked.set(name, (this.asked.get(name) ?? 0) + 1);
  }

  /** @returns the ways that go on behind the steps */
  private flow(flow: readonly Flow[], start: readonly Way[]): readonly Way[] {
    let ways = start;
    for (const node of flow) {
      if (ways.length === 0) return ways;
      if (this.visitor.reach)
        for (const { held, leaving } of ways) if (leaving !== raised) this.visitor.reach(node, held);
      ways = typeof node === "number" ? this.call(node, ways) : this.node(node, ways);
    }
    return ways;
  }

  private node(node: Exclude<Flow, number>, ways: readonly Way[]): readonly Way[] {
    switch (node.kind) {
      case "branch":
        return this.branch(node, ways);
      case "loop":
        return this.loop(node, ways);
      case "try":
        return this.try(node, ways);
      case "scope": {
        const operation = this.operationOf.get(node);
        if (!operation) return this.flow(node.body, ways);
        const holding: Holding = { ...asHeldLock(operation), call: -1, scope: node };
        const inside = ways.map((way) => ({ ...way, held: [...way.held, holding] }));
        return this.inside({ kind: "scope", scope: node }, node.body, inside).map((way) => outOf(node, way));
      }
      case "defer":
        return ways.map((way) => ({ ...way, deferred: [node.body, ...way.deferred] }));
      case "spawn": {
        const { frames } = this;
        this.frames = [];
        this.flow(node.body, [atStart]);
        this.frames = frames;
        const calls = node.body.filter((inner) => typeof inner === "number");
        return calls.reduce((left, call) => this.handOver(call, left), ways);
      }
      case "assign":
        return this.assign(node, ways);
      case "exit":
        this.depart(node, ways);
        return [];
      default:
        return ways;
    }
  }

  private inside(frame: Frame, flow: readonly Flow[], ways: readonly Way[]): readonly Way[] {
    this.frames.push(frame);
    const ends = this.flow(flow, ways);
    this.frames.pop();
    return ends;
  }

  private loop(node: LoopFlow, ways: readonly Way[]): readonly Way[] {
    const around: Frame = { kind: "loop", label: node.label, left: [], next: [] };
    const isOver = node.form === "each" || node.form === "comprehension";
    const isEndless = !isOver && isAlwaysTrue(node.test);
    // What the condition calls runs once more than the rest.
    const headerEnd = node.call === undefined ? 0 : node.body.indexOf(node.call) + 1;
    const round = (from: readonly Way[]): { ends: readonly Way[]; skipped: readonly Way[] } => {
      const tested = this.inside(around, node.body.slice(0, headerEnd), from);
      const ends = this.inside(around, node.body.slice(headerEnd), this.into(node, true, tested));
      const next = around.next.splice(0);
      return { ends: this.merged([...ends, ...next]), skipped: isEndless ? [] : this.into(node, false, tested) };
    };
    const first = round(ways);
    const isNew = (way: Way) => !ways.some((other) => isSameWay(way, other));
    // To take or release one lock of each element is to take or release all of them.
    const isForEach = (isOver || node.form === "for") && !isEndless && first.ends.length > 0;
    if (isForEach && first.ends.every((way) => !ways.some((other) => holdsTheSame(way, other))))
      return this.merged([...first.ends, ...around.left]);
    // What is held at the end of one round is held at the start of the next.
    const second = round(first.ends.filter(isNew));
    const last = isEndless ? [] : this.into(node, false, headerEnd > 0 ? [] : [...first.ends, ...second.ends]);
    return this.merged([...first.skipped, ...second.skipped, ...last, ...around.left]);
  }

  private try(node: Extract<Flow, { kind: "try" }>, ways: readonly Way[]): readonly Way[] {
    const last: Frame = { kind: "finally", arriving: [] };
    const caught: Frame = { kind: "catch", arriving: [] };
    if (node.finally.length > 0) this.frames.push(last);
    const body = node.catches.length > 0 ? this.inside(caught, node.body, ways) : this.flow(node.body, ways);
    const handled = this.merged(caught.arriving.length > 0 ? caught.arriving : [...ways, ...body]);
    const arms = node.catches.flatMap((arm) => this.flow(arm, handled));
    if (node.finally.length === 0) return this.merged([...body, ...arms]);
    this.frames.pop();
    this.depthOfFinally++;
    const ends = this.flow(node.finally, this.merged([...body, ...arms, ...last.arriving]));
    this.depthOfFinally--;
    const leaving = new Set(ends.flatMap((way) => way.leaving ?? []));
    for (const exit of leaving)
      this.depart(
        exit,
        ends.filter((way) => way.leaving === exit),
      );
    return ends.filter((way) => way.leaving === undefined);
  }

  private assign(node: AssignFlow, ways: readonly Way[]): readonly Way[] {
    // What is held goes by two names now, or no longer by this one.
    const places = [node.target, node.from].flatMap(
      (path) => (path === undefined ? undefined : instanceOf(path, this.fn.around, false).instance) ?? [],
    );
    return ways.map((way) => reassigned(way, node, places));
  }

  private branch(node: BranchFlow, ways: readonly Way[]): readonly Way[] {
    const around: Frame = { kind: "switch", label: node.label, left: [] };
    const ends = node.arms.map((arm, i) => this.inside(around, arm, this.into(node, i === 0, ways)));
    if (!node.exhaustive) ends.push(this.into(node, false, ways));
    return this.merged([...ends.flat(), ...around.left]);
  }

  /** The ways on which a condition comes out as wanted, and what that says. */
  private into(
    { test, call, negatesCall }: Pick<BranchFlow, "test" | "call" | "negatesCall">,
    holds: boolean,
    ways: readonly Way[],
  ): readonly Way[] {
    if (test === undefined) return ways;
    const { simple, areJoined, isWhole } = conditionsIn(test);
    const wanted = simple.map(({ name, isNegated }): [string, boolean] => [name, holds !== isNegated]);
    let possible = ways;
    if (call !== undefined && this.fn.links.lockOperations.get(call)?.action === "acquire") {
      const isTaken = holds !== (negatesCall === true);
      possible = possible.filter(({ known }) => (known.get(outcomeOf(call)) === true) === isTaken);
    }
    // Of `a && b` that does not hold it is not known which does not.
    const saysAll = areJoined === holds || (simple.length === 1 && isWhole);
    const isRuledOut = ({ known }: Way, [name, outcome]: [string, boolean]) => known.get(name) === !outcome;
    if (saysAll) possible = possible.filter((way) => !wanted.some((one) => isRuledOut(way, one)));
    else if (isWhole) possible = possible.filter((way) => !wanted.every((one) => isRuledOut(way, one)));
    const said = saysAll ? wanted : [];
    if (isWhole && simple.length > 1) {
      possible = possible.filter((way) => !isRuledOut(way, [test, holds]));
      said.push([test, holds]);
    }
    const remembered = said.filter(([name]) => (this.asked.get(name) ?? 0) > 1);
    return remembered.length === 0
      ? possible
      : possible.map((way) => ({ ...way, known: this.remembering(way, remembered) }));
  }

  private call(call: number, ways: readonly Way[]): readonly Way[] {
    const operation = this.fn.links.lockOperations.get(call);
    if (operation?.action === "release") return ways.map((way) => this.released(call, way, operation));
    if (operation?.action === "acquire") return this.acquire(call, ways, operation);
    const { entry, external } = this.fn.links.calls[call] ?? {};
    if (entry?.role === "exit") {
      // What ends the process leaves nobody waiting.
      const { start = 0 } = this.fn.summary.calls[call] ?? {};
      if (/panic/i.test(external?.symbol ?? "")) this.depart({ kind: "exit", form: "throw", start }, ways);
      return [];
    }
    if (this.fn.raises) this.raise(call, ways);
    let next = this.laterOf.has(call) ? this.handOver(call, ways) : ways;
    for (const callee of this.calleesOf.get(call) ?? []) {
      const { leavesHeld, releases } = this.effectsOfCallee(callee);
      if (leavesHeld.length + releases.length > 0) next = next.map((way) => this.moved(way, call, callee));
    }
    return next;
  }

  private acquire(call: number, ways: readonly Way[], operation: LockOperation): readonly Way[] {
    if (operation.callback !== undefined) return ways;
    const isTested = this.tested.has(call);
    if (operation.mayFail && !isTested) return ways;
    const taken = [{ ...asHeldLock(operation), call }];
    if (!isTested) return ways.map((way) => this.withTaken(way, taken));
    const outcome = outcomeOf(call);
    return ways.flatMap((way) => {
      const got = { ...this.withTaken(way, taken), known: this.remembering(way, [[outcome, true]]) };
      const failed = { ...way, known: this.remembering(way, [[outcome, false]]) };
      return [got, failed];
    });
  }

  /** A lock that is released by what runs at another time is no longer held by this function. */
  private handOver(call: number, ways: readonly Way[]): readonly Way[] {
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
    let after = taken.length > 0 ? this.withTaken(way, taken) : way;
    for (const lock of releases) {
      if (kept.includes(lock)) continue;
      const one = this.heldAs(after, seen(lock));
      after = lock.sometimes ? this.perhapsReleased(after, one) : this.released(call, after, one);
    }
    return after;
  }

  /** A callee may know the one lock of a kind that is held by another path: a transaction that ends. */
  private heldAs({ held }: Way, lock: LockRef): LockRef {
    const alike = held.filter((other) => other.lock === lock.lock);
    const [only] = alike;
    return only && alike.length === 1 && !mayBeSame(only, lock)
      ? { lock: lock.lock, forReading: lock.forReading }
      : lock;
  }

  private released(call: number, way: Way, lock: LockRef): Way {
    const { held } = way;
    const found = heldIndex(held, lock);
    const { lock: name, instance, forReading } = lock;
    const one: LockRef = { lock: name, ...(instance !== undefined && { instance }), forReading };
    const other = held[found];
    if (!other) {
      if (way.raisedBy === undefined)
        this.visitor.releaseUnheld?.(call, one, { held, isAgain: way.released.has(lockText(one)) });
      return this.withBorrowed(way, one);
    }
    if (other.forReading !== forReading && !other.isUncertain) this.visitor.releaseInOtherMode?.(call, one, other);
    return {
      ...way,
      held: held.filter((_, i) => i !== found),
      released: withReleased(way.released, lockText(one)),
    };
  }

  private withTaken(way: Way, taken: readonly Holding[]): Way {
    if (way.held.length + taken.length <= maxHeld) return withTaken(way, taken);
    this.isComplete = false;
    return way;
  }

  /** After a call that gives the lock back on some ways and keeps it on others. */
  private perhapsReleased(way: Way, lock: LockRef): Way {
    const found = heldIndex(way.held, lock);
    if (found < 0) return this.withBorrowed(way, { ...lock, sometimes: true });
    return { ...way, held: way.held.map((other, i) => (i === found ? { ...other, isUncertain: true } : other)) };
  }

  private withBorrowed(way: Way, lock: ReleasedLock): Way {
    if (way.borrowed.some((lent) => isSameLock(lent, lock))) return way;
    if (way.borrowed.length < maxHeld) return { ...way, borrowed: [...way.borrowed, lock] };
    this.isComplete = false;
    return way;
  }

  private remembering({ known }: Way, outcomes: readonly [string, boolean][]): ReadonlyMap<string, boolean> {
    const all = new Map([...known, ...outcomes]);
    if (all.size <= maxKnown) return all;
    this.isComplete = false;
    return new Map([...all].slice(-maxKnown));
  }

  /** Each way once; where there are too many, those that differ only in the conditions they met become one. */
  private merged(ways: readonly Way[]): readonly Way[] {
    const distinct = distinctOf(ways);
    if (distinct.length <= maxWays) return distinct;
    const forgetful = distinctOf(distinct.map((way) => ({ ...way, known: outcomesIn(way.known) })));
    const counts = new Map<ExitFlow | undefined, number>();
    return forgetful.filter(({ leaving }) => {
      const count = (counts.get(leaving) ?? 0) + 1;
      counts.set(leaving, count);
      if (count > maxWays) this.isComplete = false;
      return count <= maxWays;
    });
  }

  /** What a call raises is caught by what stands around it, or leaves the function. */
  private raise(call: number, ways: readonly Way[]): void {
    if (this.depthOfFinally > 0) return;
    const isCaught = this.frames.some(({ kind }) => kind === "catch");
    const raising = isCaught ? ways : ways.filter(({ held }) => held.length > 0);
    const arriving = raising.map((way) => ({ ...way, raisedBy: way.raisedBy ?? call }));
    if (arriving.length > 0) this.depart(raised, arriving);
  }

  /** Follows a way out through what stands around it. */
  private depart(exit: ExitFlow, ways: readonly Way[]): void {
    let leaving: readonly Way[] = ways.map((way) => ({ ...way, leaving: exit }));
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const frame = this.frames[i] as Frame;
      if (frame.kind === "scope") leaving = leaving.map((way) => outOf(frame.scope, way));
      else if (frame.kind === "finally" || (frame.kind === "catch" && exit.form === "throw")) {
        const arriving = frame.kind === "catch" ? leaving.map(arrived) : leaving;
        for (const way of arriving)
          if (!frame.arriving.some((other) => isSameWay(way, other))) frame.arriving.push(way);
        return;
      } else if ((frame.kind === "loop" || frame.kind === "switch") && leadsTo(exit, frame)) {
        const list = exit.form === "continue" && frame.kind === "loop" ? frame.next : frame.left;
        list.push(...leaving.map(arrived));
        return;
      }
    }
    if (exit.form === "return" || exit.form === "throw") this.leave(exit, leaving);
  }

  private leave(node: ExitFlow | undefined, ways: readonly Way[]): void {
    const { frames } = this;
    this.frames = [];
    for (const way of ways) {
      let ends: readonly Way[] = [{ ...arrived(way), deferred: [] }];
      for (const body of way.deferred) {
        if (++this.deferredRuns > maxDeferredRuns) {
          this.isComplete = false;
          break;
        }
        ends = this.flow(body, ends);
      }
      if (this.deferredRuns > maxDeferredRuns) break;
      for (const { held, borrowed, raisedBy } of ends)
        this.visitor.leave?.({
          ...(node && { node }),
          held: held.filter(({ isUncertain }) => !isUncertain),
          borrowed,
          ...(raisedBy !== undefined && { raisedBy }),
        });
    }
    this.frames = frames;
  }
}

function leadsTo({ form, label, ofSwitch }: ExitFlow, frame: Extract<Frame, { kind: "loop" | "switch" }>): boolean {
  if (label !== undefined) return label === frame.label;
  if (form !== "break" && form !== "continue") return false;
  return frame.kind === "switch" ? ofSwitch === true : !ofSwitch;
}

function arrived({ leaving: _, ...way }: Way): Way {
  return way;
}

function outOf(scope: ScopeFlow, way: Way): Way {
  return { ...way, held: way.held.filter((lock) => lock.scope !== scope) };
}

function withTaken(way: Way, taken: readonly Holding[]): Way {
  const texts = taken.map(lockText);
  const released = texts.some((text) => way.released.has(text))
    ? new Set([...way.released].filter((text) => !texts.includes(text)))
    : way.released;
  return { ...way, held: [...way.held, ...taken], released };
}

function withReleased(released: ReadonlySet<string>, text: string): ReadonlySet<string> {
  return released.has(text) ? released : new Set([...[...released].slice(1 - maxHeld), text]);
}

/** The lock that is meant by a release: the last that was taken in the same way, or else in another. */
function heldIndex(held: readonly Holding[], lock: LockRef): number {
  const inMode = held.findLastIndex((other) => mayBeSame(other, lock) && other.forReading === lock.forReading);
  return inMode >= 0 ? inMode : held.findLastIndex((other) => mayBeSame(other, lock));
}

function holdsTheSame(a: Way, b: Way): boolean {
  return a.held.length === b.held.length && a.held.every((lock, i) => isSameHolding(lock, b.held[i] as Holding));
}

function isSameHolding(a: Holding, b: Holding): boolean {
  return a === b || (a.call === b.call && a.scope === b.scope && a.instance === b.instance);
}

/** How it is remembered whether a call got its lock. */
function outcomeOf(call: number): string {
  return `()${call}`;
}

function outcomesIn(known: ReadonlyMap<string, boolean>): ReadonlyMap<string, boolean> {
  const outcomes = [...known].filter(([name]) => name.startsWith("()"));
  return outcomes.length === 0 ? noConditions : new Map(outcomes);
}

/** The simple conditions that a condition is made of. */
interface Conditions {
  simple: readonly { name: string; isNegated: boolean }[];
  /** All of them must hold, rather than one. */
  areJoined: boolean;
  /** It is made of nothing else. */
  isWhole: boolean;
}

const simpleCondition =
  /^(!?)((?:len\()?[\w$.]+(?:\.(?:size|length|isEmpty)\(|\b)\)?)(?: (==|!=|===|!==|is|is not|<|>=|>|<=) ([\w$."-]+))?$/;

/** Of two comparisons that say the opposite, the one that is kept is to the right. */
const opposites: Readonly<Record<string, string>> = {
  "!=": "==",
  "!==": "===",
  "is not": "is",
  ">=": "<",
  "<=": ">",
};

function conditionsIn(test: string | undefined): Conditions {
  const areJoined = !test?.includes(" || ");
  if (test === undefined || (!areJoined && test.includes(" && "))) return { simple: [], areJoined, isWhole: false };
  const parts = test.split(areJoined ? " && " : " || ");
  const simple = parts.flatMap((part) => {
    const [, not, name, operator, value] = simpleCondition.exec(part) ?? [];
    if (name === undefined || (not && operator)) return [];
    if (operator === undefined) return [{ name, isNegated: not === "!" }];
    const isNegated = Object.hasOwn(opposites, operator);
    return [{ name: `${name} ${isNegated ? opposites[operator] : operator} ${value}`, isNegated }];
  });
  return { simple, areJoined, isWhole: simple.length === parts.length };
}

/** With another value, a name says no longer which lock is held, nor how a condition came out. */
function reassigned(way: Way, { target, value }: AssignFlow, places: readonly InstancePath[]): Way {
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

function isAlwaysTrue(test: string | undefined): boolean {
  return test === undefined || test === "true" || test === "True" || test === "1";
}

/** Whether two locks are the same one as far as is known. */
export function mayBeSame(a: LockRef, b: LockRef): boolean {
  return a.lock === b.lock && (a.instance === undefined || b.instance === undefined || a.instance === b.instance);
}

/** Whether two locks are written the same way and taken in the same mode. */
export function isSameLock(a: LockRef, b: LockRef): boolean {
  return a.lock === b.lock && a.instance === b.instance && a.forReading === b.forReading;
}

function asHeldLock({ lock, instance, kind, reentrant, forReading }: HeldLock): HeldLock {
  return { lock, ...(instance !== undefined && { instance }), kind, reentrant, forReading };
}

function lockText({ lock, instance, forReading }: LockRef): string {
  return `${lock} ${instance ?? ""} ${forReading}`;
}

function isSameWay(a: Way, b: Way): boolean {
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

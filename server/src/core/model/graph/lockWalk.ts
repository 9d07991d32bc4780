import { type ExitFlow, type Flow, flowsInside, type ScopeFlow } from "../fileSummary";
import { instanceOf, seenByCallee, seenByCaller } from "../link/instances";
import type { FunctionId, InstancePath, LockOperation, LockRef } from "../link/links";
import type { FunctionEffects, GraphFunction, HeldLock } from "./functionEffects";
import { noEffects } from "./functionEffects";

/** A lock that is held at some place of a function. */
export interface Holding extends HeldLock {
  /** The call that took it, in the function itself or in `callee`; -1 for a block that holds it. */
  call: number;
  /** The block that holds it. */
  scope?: ScopeFlow;
  /** The function in which the call took it. */
  callee?: FunctionId;
}

/** What a walk along the ways through a function tells of. */
export interface LockVisitor {
  /** A step is reached, with these locks held; told once for every way that leads there. */
  reach?(node: Flow, held: readonly Holding[]): void;
  /** A lock is released that is not held here. */
  releaseUnheld?(call: number, lock: LockRef, held: readonly Holding[]): void;
  /** The function is left; after everything that is deferred. `node` is absent at its end. */
  leave?(node: ExitFlow | undefined, held: readonly Holding[]): void;
}

/** Ways through a function that differ in what is held are walked one by one, up to so many. */
const maxWays = 12;

/** Work at one function's exits, `finally` blocks and deferred calls, is bounded: nested ones multiply. */
const maxExitRuns = 500;

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
  return dot < 0 ? undefined : instanceOf(callee.slice(0, dot), around, origin === undefined).instance;
}

/** Whether a function stands inside the outermost function around another. */
function isInside({ around, links }: GraphFunction, callee: FunctionId): boolean {
  const path = links.id.slice(0, links.id.indexOf("#") + 1);
  const outermost = around.at(-1)?.symbol;
  return around.length > 0 && callee.startsWith(`${path}${outermost}.`);
}

/** Which locks a function leaves held or releases for its caller, on every path that returns. */
export function lockBalance(
  fn: GraphFunction,
  effectsOfCallee: EffectsOfCallee,
): Pick<FunctionEffects, "leavesHeld" | "releases" | "holdsFor"> {
  if (!movesLocks(fn, effectsOfCallee)) return noEffects;
  let returned: readonly HeldLock[] | undefined;
  const releases = new Map<string, LockRef>();
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
    releaseUnheld(_, lock) {
      releases.set(lockText(lock), lock);
    },
    leave(node, held) {
      if (node?.form === "throw") return;
      const before = returned;
      returned = before ? before.filter((lock) => held.some((other) => mayBeSame(lock, other))) : held.map(asHeldLock);
    },
  });
  const inOrder = <T>(locks: ReadonlyMap<string, T>) => [...locks].sort(byText).map(([, lock]) => lock);
  const left = new Map((isKnown && returned ? returned : []).map((lock) => [lockText(lock), lock]));
  return { leavesHeld: inOrder(left), releases: inOrder(releases), holdsFor: inOrder(holdsFor) };
}

function byText([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a function takes or releases locks, itself or through a callee that leaves them so. */
export function movesLocks(fn: GraphFunction, effectsOfCallee: EffectsOfCallee): boolean {
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
 * @returns whether all ways were walked; `false` when there were too many
 */
export function walkLocks(fn: GraphFunction, effectsOfCallee: EffectsOfCallee, visitor: LockVisitor): boolean {
  return new LockWalk(fn, effectsOfCallee, visitor).run();
}

/** What is so on one way through the function. */
interface Way {
  held: readonly Holding[];
  /** What runs when the function is left, the last first. */
  deferred: readonly (readonly Flow[])[];
  /** Conditions that were met on this way, and how they came out. */
  known: ReadonlyMap<string, boolean>;
}

interface Breakable {
  isSwitch: boolean;
  finallyDepth: number;
  left: Way[];
}

const noConditions: ReadonlyMap<string, boolean> = new Map();

class LockWalk {
  /** What still runs when the function is left, innermost last. */
  private readonly finallyAround: (readonly Flow[])[] = [];
  private readonly breakables: Breakable[] = [];
  private readonly calleesOf = new Map<number, FunctionId[]>();
  private readonly operationOf = new Map<ScopeFlow, LockOperation | undefined>();
  /** Calls whose result a branch looks at: a lock they try to get is held in one of its arms. */
  private readonly tested = new Set<number>();
  private exitRuns = 0;

  constructor(
    private readonly fn: GraphFunction,
    private readonly effectsOfCallee: EffectsOfCallee,
    private readonly visitor: LockVisitor,
  ) {
    for (const { call, callee, runs } of fn.edges) {
      if (runs !== "now") continue;
      const known = this.calleesOf.get(call);
      if (known) known.push(callee);
      else this.calleesOf.set(call, [callee]);
    }
    this.prepare(fn.summary.flow);
  }

  run(): boolean {
    const ends = this.flow(this.fn.summary.flow, [{ held: [], deferred: [], known: noConditions }]);
    this.leave(undefined, ends);
    return this.exitRuns <= maxExitRuns;
  }

  private prepare(flow: readonly Flow[]): void {
    for (const node of flow) {
      if (typeof node === "number") continue;
      if (node.kind === "scope") this.operationOf.set(node, this.fn.links.scopeLocks[this.operationOf.size]);
      if (node.kind === "branch" && node.call !== undefined) this.tested.add(node.call);
      for (const inner of flowsInside(node)) this.prepare(inner);
    }
  }

  /** @returns the ways that go on behind the steps */
  private flow(flow: readonly Flow[], start: readonly Way[]): readonly Way[] {
    let ways = start;
    for (const node of flow) {
      if (ways.length === 0) return ways;
      if (this.visitor.reach) for (const { held } of ways) this.visitor.reach(node, held);
      ways = typeof node === "number" ? this.call(node, ways) : this.node(node, ways);
    }
    return ways;
  }

  private node(node: Exclude<Flow, number>, ways: readonly Way[]): readonly Way[] {
    switch (node.kind) {
      case "branch":
        return this.branch(node, ways);
      case "loop": {
        const isEndless = node.form !== "each" && node.form !== "comprehension" && isAlwaysTrue(node.test);
        const around: Breakable = { isSwitch: false, finallyDepth: this.finallyAround.length, left: [] };
        this.breakables.push(around);
        const once = this.flow(node.body, ways);
        // What is held at the end of one round is held at the start of the next.
        const again = this.flow(
          node.body,
          once.filter((way) => !ways.some((other) => isSameWay(way, other))),
        );
        this.breakables.pop();
        return merged(isEndless ? around.left : [...ways, ...once, ...again, ...around.left]);
      }
      case "try": {
        this.finallyAround.push(node.finally);
        const body = this.flow(node.body, ways);
        const arms = node.catches.flatMap((arm) => this.flow(arm, merged([...ways, ...body])));
        this.finallyAround.pop();
        return this.flow(node.finally, merged([...body, ...arms]));
      }
      case "scope": {
        const operation = this.operationOf.get(node);
        if (!operation) return this.flow(node.body, ways);
        const holding: Holding = { ...asHeldLock(operation), call: -1, scope: node };
        const release = (way: Way) => ({ ...way, held: way.held.filter((lock) => lock !== holding) });
        const inside = ways.map((way) => ({ ...way, held: [...way.held, holding] }));
        return this.flow(node.body, inside).map(release);
      }
      case "defer":
        return ways.map((way) => ({ ...way, deferred: [node.body, ...way.deferred] }));
      case "spawn":
        this.flow(node.body, [{ held: [], deferred: [], known: noConditions }]);
        return ways;
      case "exit":
        this.exit(node, ways);
        return [];
      default:
        return ways;
    }
  }

  private branch(node: Extract<Flow, { kind: "branch" }>, ways: readonly Way[]): readonly Way[] {
    const around: Breakable = { isSwitch: true, finallyDepth: this.finallyAround.length, left: [] };
    this.breakables.push(around);
    const ends = node.arms.map((arm, i) => this.flow(arm, this.into(node, i === 0, ways)));
    this.breakables.pop();
    if (!node.exhaustive) ends.push(this.into(node, false, ways));
    return merged([...ends.flat(), ...around.left]);
  }

  /** The ways on which the condition of a branch comes out as its arm wants it, and what that says. */
  private into(
    { test, call }: Extract<Flow, { kind: "branch" }>,
    isFirst: boolean,
    ways: readonly Way[],
  ): readonly Way[] {
    if (test === undefined) return ways;
    const isNegated = test.startsWith("!");
    const name = isNegated ? test.slice(1) : test;
    const holds = isFirst !== isNegated;
    const possible = /^[\w$.]+$/.test(name) ? ways.filter(({ known }) => (known.get(name) ?? holds) === holds) : ways;
    const operation = call === undefined ? undefined : this.fn.links.lockOperations.get(call);
    const isTaken = operation?.action === "acquire" && holds;
    return possible.map((way) => ({
      ...way,
      held: isTaken ? [...way.held, { ...asHeldLock(operation), call: call as number }] : way.held,
      known: /^[\w$.]+$/.test(name) ? new Map([...way.known, [name, holds]]) : way.known,
    }));
  }

  private call(call: number, ways: readonly Way[]): readonly Way[] {
    const operation = this.fn.links.lockOperations.get(call);
    if (operation?.action === "release") return ways.map((way) => this.released(call, way, operation));
    if (operation) {
      if (operation.callback !== undefined || operation.mayFail || this.tested.has(call)) return ways;
      return ways.map((way) => ({ ...way, held: [...way.held, { ...asHeldLock(operation), call }] }));
    }
    const { entry, external } = this.fn.links.calls[call] ?? {};
    if (entry?.role === "exit") {
      // What ends the process leaves nobody waiting.
      const start = this.fn.summary.calls[call]?.start ?? 0;
      if (/panic/i.test(external?.symbol ?? "")) this.exit({ kind: "exit", form: "throw", start }, ways);
      return [];
    }
    let next = ways;
    for (const callee of this.calleesOf.get(call) ?? []) {
      const { leavesHeld, releases } = this.effectsOfCallee(callee);
      if (leavesHeld.length + releases.length === 0) continue;
      const taken = leavesHeld.map((lock) => ({ ...lockSeenBy(this.fn, call, callee, lock), call, callee }));
      next = next.map((way) => {
        let after: Way = taken.length > 0 ? { ...way, held: [...way.held, ...taken] } : way;
        for (const lock of releases) after = this.released(call, after, lockSeenBy(this.fn, call, callee, lock));
        return after;
      });
    }
    return next;
  }

  private released(call: number, way: Way, lock: LockRef): Way {
    const { held } = way;
    const inMode = held.findLastIndex((other) => mayBeSame(other, lock) && other.forReading === lock.forReading);
    const found = inMode >= 0 ? inMode : held.findLastIndex((other) => mayBeSame(other, lock));
    if (found < 0) {
      const { lock: name, instance, forReading } = lock;
      this.visitor.releaseUnheld?.(call, { lock: name, ...(instance !== undefined && { instance }), forReading }, held);
      return way;
    }
    return { ...way, held: held.filter((_, i) => i !== found) };
  }

  private exit(node: ExitFlow, ways: readonly Way[]): void {
    if (node.form === "return" || node.form === "throw") {
      this.leave(node, ways);
      return;
    }
    const around = this.breakableOf(node);
    if (!around) return;
    const after = this.throughFinally(around.finallyDepth, ways);
    if (node.form === "break") around.left.push(...after);
  }

  private breakableOf({ label, ofSwitch }: ExitFlow): Breakable | undefined {
    if (ofSwitch) return this.breakables.at(-1);
    const loops = this.breakables.filter(({ isSwitch }) => !isSwitch);
    return label === undefined ? loops.at(-1) : loops[0];
  }

  private leave(node: ExitFlow | undefined, ways: readonly Way[]): void {
    for (const way of this.throughFinally(0, ways)) {
      let ends: readonly Way[] = [{ ...way, deferred: [] }];
      for (const body of way.deferred) {
        if (++this.exitRuns > maxExitRuns) return;
        ends = this.flow(body, ends);
      }
      if (this.visitor.leave) for (const { held } of ends) this.visitor.leave(node, held);
    }
  }

  /** Runs the `finally` blocks around; what leaves in there passes only those further out. */
  private throughFinally(depth: number, ways: readonly Way[]): readonly Way[] {
    let after = ways;
    const inside = this.finallyAround.splice(depth);
    for (let i = inside.length - 1; i >= 0 && after.length > 0; i--) {
      if (++this.exitRuns > maxExitRuns) break;
      this.finallyAround.push(...inside.slice(0, i));
      after = this.flow(inside[i] as readonly Flow[], after);
      this.finallyAround.splice(depth);
    }
    this.finallyAround.push(...inside);
    return after;
  }
}

function isAlwaysTrue(test: string | undefined): boolean {
  return test === undefined || test === "true" || test === "True" || test === "1";
}

/** Whether two locks are the same one as far as is known. */
export function mayBeSame(a: LockRef, b: LockRef): boolean {
  return a.lock === b.lock && (a.instance === undefined || b.instance === undefined || a.instance === b.instance);
}

function asHeldLock({ lock, instance, kind, reentrant, forReading }: HeldLock): HeldLock {
  return { lock, ...(instance !== undefined && { instance }), kind, reentrant, forReading };
}

function lockText({ lock, instance, forReading }: LockRef): string {
  return `${lock} ${instance ?? ""} ${forReading}`;
}

function isSameWay(a: Way, b: Way): boolean {
  return (
    a.held.length === b.held.length &&
    a.deferred.length === b.deferred.length &&
    a.held.every(
      (lock, i) => lock === b.held[i] || (lock.call === b.held[i]?.call && lock.scope === b.held[i]?.scope),
    ) &&
    a.deferred.every((body, i) => body === b.deferred[i]) &&
    a.known.size === b.known.size &&
    [...a.known].every(([name, holds]) => b.known.get(name) === holds)
  );
}

/** Each way once; where there are too many, those that differ only in the conditions they met become one. */
function merged(ways: readonly Way[]): readonly Way[] {
  const distinct: Way[] = [];
  for (const way of ways) if (!distinct.some((other) => isSameWay(way, other))) distinct.push(way);
  if (distinct.length <= maxWays) return distinct;
  const byLocks: Way[] = [];
  for (const way of distinct) {
    const forgetful = { ...way, known: noConditions };
    if (!byLocks.some((other) => isSameWay(forgetful, other))) byLocks.push(forgetful);
  }
  return byLocks.slice(0, maxWays);
}

import {
  type AssignFlow,
  type BranchFlow,
  type ExitFlow,
  type Flow,
  flowsInside,
  type LoopFlow,
  type ScopeFlow,
} from "../fileSummary";
import { instanceOf } from "../link/instances";
import type { LockOperation } from "../link/links";
import type { GraphFunction, ReleasedLock } from "./functionEffects";
import { asHeldLock, type EffectsOfCallee, type Holding } from "./heldLocks";
import { LockCalls, type ReleaseVisitor } from "./lockCalls";
import {
  arrived,
  atStart,
  holdsTheSame,
  isSameWay,
  noConditions,
  outOf,
  reassigned,
  type Way,
  WayLimits,
} from "./lockWays";
import { WayConditions } from "./wayConditions";

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
export interface LockVisitor extends ReleaseVisitor {
  /** A step is reached, with these locks held; told once for every way that leads there. */
  reach?(node: Flow, held: readonly Holding[]): void;
  leave?(departure: Departure): void;
}

/** Deferred calls run at every exit; there are functions with many of both. */
const maxDeferredRuns = 500;

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

/** What stands around a place and is told when a way leaves it. */
type Frame =
  | { kind: "finally" | "catch"; arriving: Way[] }
  | { kind: "scope"; scope: ScopeFlow }
  | { kind: "loop"; label: string | undefined; left: Way[]; next: Way[] }
  | { kind: "branch"; label: string | undefined; isSwitch: boolean; left: Way[] };

/** Stands for every exception nobody wrote: which call raised it is told by the way. */
const raised: ExitFlow = { kind: "exit", form: "throw", start: -1 };

class LockWalk {
  /** What stands around the place, innermost last. */
  private frames: Frame[] = [];
  private readonly operationOf = new Map<ScopeFlow, LockOperation | undefined>();
  private readonly limits = new WayLimits();
  private readonly conditions: WayConditions;
  private readonly calls: LockCalls;
  private readonly namings: ReadonlySet<number>;
  /** Calls that take or release locks, themselves or through what they call. */
  private readonly moving: ReadonlySet<number>;
  /** Inside `finally` blocks, where no exceptions of calls are looked for. */
  private depthOfFinally = 0;
  private deferredRuns = 0;

  constructor(
    private readonly fn: GraphFunction,
    effectsOfCallee: EffectsOfCallee,
    private readonly visitor: LockVisitor,
  ) {
    const { flow } = fn.summary;
    this.moving = callsMovingLocks(fn, effectsOfCallee);
    this.conditions = new WayConditions(fn.summary, fn.links.lockOperations, this.moving, this.limits);
    this.calls = new LockCalls(fn, effectsOfCallee, visitor, this.conditions, this.limits);
    this.namings = callsNamingLocks(fn);
    this.findScopes(flow);
  }

  run(given: ReadonlyMap<string, boolean>): boolean {
    const { summary, links } = this.fn;
    const scope: ScopeFlow = {
      kind: "scope",
      form: "with",
      start: summary.nameSpan.start,
      resource: "",
      body: summary.flow,
    };
    const held = links.heldThroughout?.map((lock): Holding => ({ ...asHeldLock(lock), call: -1, scope })) ?? [];
    const start: Way = { ...atStart, held, known: given };
    this.leave(
      undefined,
      this.inside({ kind: "scope", scope }, summary.flow, [start]).map((way) => outOf(scope, way)),
    );
    return this.limits.isComplete;
  }

  private findScopes(flow: readonly Flow[]): void {
    for (const node of flow) {
      if (typeof node === "number") continue;
      if (node.kind === "scope") this.operationOf.set(node, this.fn.links.scopeLocks[this.operationOf.size]);
      for (const inner of flowsInside(node)) this.findScopes(inner);
    }
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
        const taken = operation ? [{ ...asHeldLock(operation), call: -1, scope: node }] : this.calls.heldAround(node);
        const inside = ways.map((way) => this.calls.intoBlock(node, way, taken));
        if (inside.every((way, i) => way === ways[i])) return this.flow(node.body, ways);
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
        return calls.reduce((left, call) => this.calls.handedOver(call, left), ways);
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
      const ends = this.inside(around, node.body.slice(headerEnd), this.conditions.into(node, true, tested));
      const next = around.next.splice(0);
      return {
        ends: this.limits.merged([...ends, ...next]),
        skipped: isEndless ? [] : this.conditions.into(node, false, tested),
      };
    };
    const first = round(ways);
    const isNew = (way: Way) => !ways.some((other) => isSameWay(way, other));
    // To take or release one lock of each element is to take or release all of them.
    const isForEach = (isOver || node.form === "for") && !isEndless && first.ends.length > 0;
    if (isForEach && first.ends.every((way) => !ways.some((other) => holdsTheSame(way, other))))
      return this.limits.merged([...first.ends, ...around.left]);
    // What is held at the end of one round is held at the start of the next.
    const second = round(first.ends.filter(isNew));
    const last = isEndless
      ? []
      : this.conditions.into(node, false, headerEnd > 0 ? [] : [...first.ends, ...second.ends]);
    return this.limits.merged([...first.skipped, ...second.skipped, ...last, ...around.left]);
  }

  private try(node: Extract<Flow, { kind: "try" }>, ways: readonly Way[]): readonly Way[] {
    const last: Frame = { kind: "finally", arriving: [] };
    const caught: Frame = { kind: "catch", arriving: [] };
    if (node.finally.length > 0) this.frames.push(last);
    const body = node.catches.length > 0 ? this.inside(caught, node.body, ways) : this.flow(node.body, ways);
    const handled = this.limits.merged(
      caught.arriving.length > 0 ? caught.arriving : this.handled(node.body, ways, body),
    );
    const arms = node.catches.flatMap((arm) => this.flow(arm, handled));
    if (node.finally.length === 0) return this.limits.merged([...body, ...arms]);
    this.frames.pop();
    this.depthOfFinally++;
    const ends = this.flow(node.finally, this.limits.merged([...body, ...arms, ...last.arriving]));
    this.depthOfFinally--;
    const leaving = new Set(ends.flatMap((way) => way.leaving ?? []));
    for (const exit of leaving)
      this.depart(
        exit,
        ends.filter((way) => way.leaving === exit),
      );
    return ends.filter((way) => way.leaving === undefined);
  }

  /**
   * The ways on which a block is caught that no call is seen to leave. Taking a lock that raises has not taken it, and
   * what cannot be given back is not held.
   */
  private handled(body: readonly Flow[], before: readonly Way[], after: readonly Way[]): readonly Way[] {
    const ways = [...before, ...after];
    const isOnlyLocking = body.every((step) =>
      typeof step === "number"
        ? this.moving.has(step) || this.namings.has(step)
        : step.kind === "assign" || step.kind === "read",
    );
    if (!isOnlyLocking) return ways;
    const least = Math.min(...ways.map(({ held }) => held.length));
    return ways.filter(({ held }) => held.length === least);
  }

  private assign(node: AssignFlow, ways: readonly Way[]): readonly Way[] {
    // What is held goes by two names now, or no longer by this one.
    const places = [node.target, node.from].flatMap(
      (path) => (path === undefined ? undefined : instanceOf(path, this.fn.around, false).instance) ?? [],
    );
    return ways.map((way) => reassigned(way, node, places));
  }

  private branch(node: BranchFlow, ways: readonly Way[]): readonly Way[] {
    // All but these have a condition.
    const isSwitch = node.test === undefined;
    const around: Frame = { kind: "branch", label: node.label, isSwitch, left: [] };
    const ends = node.arms.map((arm, i) => this.inside(around, arm, this.conditions.into(node, i === 0, ways)));
    if (!node.exhaustive) ends.push(this.conditions.into(node, false, ways));
    return this.limits.merged([...ends.flat(), ...around.left]);
  }

  private call(call: number, ways: readonly Way[]): readonly Way[] {
    const operation = this.fn.links.lockOperations.get(call);
    if (operation?.action === "release") return ways.map((way) => this.calls.released(call, way, operation));
    if (operation?.action === "acquire") return this.calls.acquired(call, ways, operation);
    const { entry, external } = this.fn.links.calls[call] ?? {};
    if (entry?.role === "exit") {
      // What ends the process leaves nobody waiting.
      const { start = 0 } = this.fn.summary.calls[call] ?? {};
      if (/panic/i.test(external?.symbol ?? "")) this.depart({ kind: "exit", form: "throw", start }, ways);
      return [];
    }
    if (this.fn.raises && !this.namings.has(call)) this.raise(call, ways);
    return this.calls.behind(call, ways);
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
      } else if ((frame.kind === "loop" || frame.kind === "branch") && leadsTo(exit, frame)) {
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
          this.limits.isComplete = false;
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

function callsMovingLocks(
  { edges, links: { lockOperations } }: GraphFunction,
  effectsOfCallee: EffectsOfCallee,
): ReadonlySet<number> {
  const moving = new Set(lockOperations.keys());
  for (const { call, callee, runs } of edges) {
    if (runs !== "now" || moving.has(call)) continue;
    const { leavesHeld, releases } = effectsOfCallee(callee);
    if (leavesHeld.length + releases.length > 0) moving.add(call);
  }
  return moving;
}

/** Calls that give the lock which is taken or released at once: `lock.writeLock()` of `lock.writeLock().unlock()`. */
function callsNamingLocks({ summary: { calls }, links: { lockOperations } }: GraphFunction): ReadonlySet<number> {
  const taken = new Map<number, string>();
  for (const operation of lockOperations.keys()) {
    const { callee = "", start = -1 } = calls[operation] ?? {};
    if (callee.includes("().")) taken.set(start, callee);
  }
  const namings = new Set<number>();
  if (taken.size === 0) return namings;
  for (const [i, { callee, start }] of calls.entries())
    if (taken.get(start)?.startsWith(`${callee}().`)) namings.add(i);
  return namings;
}

function leadsTo({ form, label, ofSwitch }: ExitFlow, frame: Extract<Frame, { kind: "loop" | "branch" }>): boolean {
  if (label !== undefined) return label === frame.label;
  if (form !== "break" && form !== "continue") return false;
  return frame.kind === "branch" ? frame.isSwitch && ofSwitch === true : !ofSwitch;
}

function isAlwaysTrue(test: string | undefined): boolean {
  return test === undefined || test === "true" || test === "True" || test === "1";
}

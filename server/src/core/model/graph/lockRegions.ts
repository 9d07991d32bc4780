import { type ExitFlow, type Flow, type FunctionSummary, flowsInside, type ScopeFlow } from "../fileSummary";
import type { FunctionId, LockRef } from "../link/links";
import type { FunctionEffects, GraphFunction } from "./functionEffects";
import { type Holding, isSameLock, mayBeSame } from "./heldLocks";
import { type Departure, walkLocks } from "./lockWalk";

/** A step that is reached with something held. */
export interface HeldStep {
  step: Flow;
  /** What may be held there, and what is held whichever way leads there. */
  mayHold: readonly Holding[];
  holds: readonly Holding[];
}

interface WalkResult {
  held: readonly HeldStep[];
  unreached: ReadonlySet<Flow>;
  leaves: readonly Departure[];
  unheldReleases: readonly { call: number; lock: LockRef; isAgain: boolean; isLent: boolean }[];
  otherModeReleases: readonly { call: number; lock: LockRef; taken: Holding }[];
  isComplete: boolean;
}

const nothingHeld = { mayHold: [], holds: [] };

/** What is held where in one function that takes or releases locks. */
export class LockRegions {
  private readonly byStep: ReadonlyMap<Flow, HeldStep>;

  constructor(private readonly result: WalkResult) {
    this.byStep = new Map(result.held.map((held) => [held.step, held]));
  }

  /** What is held at a step; a call is its index. */
  at(step: Flow): { mayHold: readonly Holding[]; holds: readonly Holding[] } {
    return this.byStep.get(step) ?? nothingHeld;
  }

  /** Whether some way that was walked leads to a step; those through `goto` and what throws halfway are not. */
  isReached(step: Flow): boolean {
    return !this.result.unreached.has(step);
  }

  /** Steps reached with something held, in the order in which they are reached. */
  get held(): readonly HeldStep[] {
    return this.result.held;
  }

  /** Ways out of the function with something held that its caller did not hold. */
  get leaves(): readonly Departure[] {
    return this.result.leaves;
  }

  /**
   * Calls that release what is not held on some way there; again, when it has been taken and released on that way;
   * lent, when the function takes it again before it is left, as one whose caller holds the lock does.
   */
  get unheldReleases(): WalkResult["unheldReleases"] {
    return this.result.unheldReleases;
  }

  /** Calls that release for writing what was taken for reading, or the other way round. */
  get otherModeReleases(): WalkResult["otherModeReleases"] {
    return this.result.otherModeReleases;
  }

  /** All ways through the function were walked. */
  get isComplete(): boolean {
    return this.result.isComplete;
  }

  /** The same for another version of the function that differs in nothing but its place. */
  movedTo(from: FunctionSummary, to: FunctionSummary): LockRegions {
    const { held, unreached, leaves, unheldReleases, otherModeReleases, isComplete } = this.result;
    const counterparts = new Map<Flow, Flow>();
    pair(from.flow, to.flow, counterparts);
    const counterpart = <T extends Flow>(step: T) => counterparts.get(step) as T;
    // An exit that stands for what a call does is no step of its own.
    const exit = (node: ExitFlow): ExitFlow =>
      (counterparts.get(node) as ExitFlow | undefined) ??
      (node.start < 0 ? node : { ...node, start: node.start + to.start - from.start });
    // What a decorator holds stands in no block of the function.
    const around = (scope: ScopeFlow): ScopeFlow => ({ ...scope, start: to.nameSpan.start, body: to.flow });
    const inScope = (holding: Holding): Holding =>
      holding.scope
        ? { ...holding, scope: (counterparts.get(holding.scope) as ScopeFlow | undefined) ?? around(holding.scope) }
        : holding;
    const lists = new Map<readonly Holding[], readonly Holding[]>();
    const moved = (holdings: readonly Holding[]): readonly Holding[] => {
      if (!holdings.some(({ scope }) => scope)) return holdings;
      const known = lists.get(holdings) ?? holdings.map(inScope);
      lists.set(holdings, known);
      return known;
    };
    return new LockRegions({
      held: held.map(({ step, mayHold, holds }) => ({
        step: counterpart(step),
        mayHold: moved(mayHold),
        holds: moved(holds),
      })),
      unreached: new Set([...unreached].map(counterpart)),
      leaves: leaves.map((departure) => ({
        ...departure,
        ...(departure.node && { node: exit(departure.node) }),
        held: moved(departure.held),
      })),
      unheldReleases,
      otherModeReleases: otherModeReleases.map((release) => ({ ...release, taken: inScope(release.taken) })),
      isComplete,
    });
  }
}

/** Walks the locks of a function. */
export function regionsOf(fn: GraphFunction, effectsOfCallee: (id: FunctionId) => FunctionEffects): LockRegions {
  const reached = new Map<Flow, HeldStep>();
  const leaves = new Map<string, Departure>();
  const unheldReleases = new Map<string, { call: number; lock: LockRef; isAgain: boolean }>();
  const lent: LockRef[] = [];
  const otherModeReleases = new Map<number, WalkResult["otherModeReleases"][number]>();
  const isComplete = walkLocks(fn, effectsOfCallee, {
    reach(step, held) {
      const before = reached.get(step);
      if (!before) {
        // Lists are shared: there is one for each way, and many steps on it.
        reached.set(step, { step, mayHold: held, holds: held });
        return;
      }
      if (before.mayHold === held && before.holds === held) return;
      const more = held.filter((lock) => !before.mayHold.some((other) => isSameLock(lock, other)));
      if (more.length > 0) before.mayHold = [...before.mayHold, ...more];
      if (!before.holds.every((lock) => held.some((other) => isSameLock(lock, other))))
        before.holds = before.holds.filter((lock) => held.some((other) => isSameLock(lock, other)));
    },
    leave(departure) {
      for (const lock of departure.borrowed)
        if (departure.held.some((other) => mayBeSame(lock, other))) lent.push(lock);
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
  const unreached = new Set<Flow>();
  addUnreached(fn.summary.flow, reached, unreached);
  return new LockRegions({
    // Most steps are reached with nothing held: that they are reached is all there is to keep.
    held: [...reached.values()].filter(({ mayHold }) => mayHold.length > 0),
    unreached: unreached.size === 0 ? noSteps : unreached,
    leaves: [...leaves.values()],
    unheldReleases: [...unheldReleases.values()].map((release) => ({
      ...release,
      isLent: lent.some((lock) => mayBeSame(lock, release.lock)),
    })),
    otherModeReleases: [...otherModeReleases.values()],
    isComplete,
  });
}

const noSteps: ReadonlySet<Flow> = new Set();

function addUnreached(flow: readonly Flow[], reached: ReadonlyMap<Flow, unknown>, unreached: Set<Flow>): void {
  for (const node of flow) {
    if (!reached.has(node)) unreached.add(node);
    if (typeof node !== "number") for (const inner of flowsInside(node)) addUnreached(inner, reached, unreached);
  }
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

/** The steps of one version of a function with those of another that has the same ones. */
function pair(from: readonly Flow[], to: readonly Flow[], counterparts: Map<Flow, Flow>): void {
  from.forEach((node, i) => {
    const other = to[i] as Flow;
    counterparts.set(node, other);
    if (typeof node === "number" || typeof other === "number") return;
    const inside = flowsInside(other);
    flowsInside(node).forEach((inner, j) => {
      pair(inner, inside[j] as readonly Flow[], counterparts);
    });
  });
}

import type { FunctionSummary } from "../fileSummary";
import type { FunctionId, FunctionLinks, LockOperation, LockRef } from "../link/links";

/** Something a function does to the world, itself or through what it calls. */
export interface Effect {
  kind: EffectKind;
  /**
   * `database`: verb and table, as far as known (`update players`). `acquire`: the lock. `write`: the field. `throw`: the type.
   * `channel`: `send`, `receive` or `select`, and the channel's closed path. `callback`:
   * the field or the variable in which others have put what is called. Otherwise the operation, as `module.symbol`.
   */
  detail: string;
  /** Calls between here and the place it happens; 0 when it happens here. */
  distance: number;
  /** Index of the call that does it or leads there; -1 for a step that is no call. */
  call: number;
  /** The function it leads to. Following the same effect there tells the rest of the chain. */
  callee?: FunctionId;
  /** `database`: the position of the parameter that is the text of the query. */
  text?: number;
  /** `database`: what the callee tells of it, which does not know the text. */
  untold?: string;
  /** `acquire`: the lock again, with what is known of which one. */
  lock?: HeldLock;
}

export type EffectKind =
  | "acquire"
  | "database"
  | "network"
  | "file"
  | "process"
  | "sleep"
  | "wait"
  | "channel"
  | "callback"
  | "spawn"
  | "throw"
  | "write";

/** What is known of a function without its body. */
export interface FunctionEffects {
  /** Nearest first; of each kind and detail only the nearest, of each kind no more than `limits` allow. */
  effects: readonly Effect[];
  /** Locks that are held when the function returns, though not when it was called. */
  leavesHeld: readonly HeldLock[];
  /** Locks that it releases without having taken them. */
  releases: readonly ReleasedLock[];
  /** Locks under which it calls a function it was handed over, by position, or runs a block: `blockOfWith`. */
  holdsFor: readonly { parameter: number; lock: HeldLock }[];
  /** It takes or releases locks, itself or through a callee that leaves them so. */
  movesLocks: boolean;
}

/** In place of a parameter's position: the block that Python's `with` runs within a generator. */
export const blockOfWith = -2;

/** A lock together with what it is. */
export type HeldLock = Omit<LockOperation, "action" | "mayFail" | "callback">;

/** A lock that a function releases for its caller. */
export interface ReleasedLock extends LockRef {
  /** On some of its ways only. */
  sometimes?: true;
  /** It has taken the lock again whenever it returns. */
  retaken?: true;
}

export const noEffects: FunctionEffects = {
  effects: [],
  leavesHeld: [],
  releases: [],
  holdsFor: [],
  movesLocks: false,
};

export interface Edge {
  call: number;
  callee: FunctionId;
  /** Within the call; on its own, in the background or at another time; or when a stranger who was given it likes. */
  runs: "now" | "later" | "unknown";
}

/** A function as the graph sees it. */
export interface GraphFunction {
  summary: FunctionSummary;
  links: FunctionLinks;
  edges: readonly Edge[];
  /** Its calls that go on without it. */
  spawned: ReadonlySet<number>;
  /** The functions around it in its file, itself first. */
  around: readonly FunctionSummary[];
  /** Its language has exceptions, which any call may raise. */
  raises: boolean;
}

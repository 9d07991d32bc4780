import type { CatalogEntry } from "../../catalog/catalog";
import type { FileSummary } from "../fileSummary";
import { functionKeys } from "../functionHistory";

/** `path#symbol`, with `~2` for the second function of that symbol in the file. Survives every edit but a rename. */
export type FunctionId = string;

/** What a call reaches. Calls of one file that reach the same share one object. */
export interface CallTarget {
  /** Functions of the workspace; several when which one runs is decided at run time, or by overloading. */
  functions: readonly FunctionId[];
  dynamic: boolean;
  /** Functions one of which is called, where they are too many to say what the call does; none of `functions` then. */
  alternatives?: readonly FunctionId[];
  /** `database/sql` and `DB.Query`, when the callee is outside the workspace. */
  external?: { module: string; symbol: string };
  /** Where all that it does is call a method of what it is handed, that method: `net.Conn.Write` for `fmt.Fprint`. */
  through?: { module: string; symbol: string };
  /** What the catalog says of it, or of `through`. */
  entry?: CatalogEntry;
}

export const unresolved: CallTarget = { functions: [], dynamic: false };

/**
 * What the calls of one function reach. Stays the same object from one model to the next as long as neither this nor
 * the function nor those around it are others, apart from their places.
 */
export interface FunctionLinks {
  id: FunctionId;
  /** In the order of `FunctionSummary.calls`. */
  calls: readonly CallTarget[];
  /** Functions handed over at a call, by index of the call. */
  handedOver: ReadonlyMap<number, readonly HandedOver[]>;
  /** Calls that take or give back a lock, by index of the call. */
  lockOperations: ReadonlyMap<number, LockOperation>;
  /** Locks held for the length of a block (`with`, `synchronized`), for each block of the flow in order. */
  scopeLocks: readonly (LockOperation | undefined)[];
  /** Locks that a decorator holds while the function runs; absent where there are none. */
  heldThroughout?: readonly LockOperation[];
  /** Of a function whose decorator has each call of it wait in a queue for another to run. */
  queued?: true;
  /** Loops that do not go over data, by their place among the function's loops; an outer loop comes first. */
  loopPaces: ReadonlyMap<number, LoopPace>;
  /** Calls that a clock sets off again and again; absent where no loop of the function waits for one. */
  callsByTheClock?: ReadonlySet<number>;
  /** Calls that each message sets off which the function waits for; absent where no loop of it does. */
  callsByMessages?: ReadonlySet<number>;
  /** Calls that put something into a queue which may have no room for it, by the field or the variable that it is. */
  waitsForRoom?: ReadonlyMap<number, string>;
  /** Parameters the function calls. */
  callsParameters: readonly number[];
  /** Those that it calls whenever a clock ticks: `every(interval, work)`. */
  callsByTheClockOf?: readonly number[];
  /** Those that it calls for each message: `consume("uploads", store)`. */
  callsByMessagesOf?: readonly number[];
  /** Functions that it puts into fields and variables (`module.Type.field`), itself or through what it calls. */
  kept?: readonly { field: string; functions: readonly FunctionId[]; byKey?: true }[];
  /** Fields and variables into which it puts what it was given, to be called or looked up there. */
  keepsGiven?: readonly string[];
  /** Its calls of what it looks up in a field or a variable by a key, which has the name given. */
  callsByKey?: ReadonlyMap<number, string>;
  /** Of a function that takes locks, or whose object has one, its calls of what a field or a variable keeps, which has the name given. */
  callsKept?: ReadonlyMap<number, string>;
  /** Fields and variables as `module.Type.field`, in the order of `FunctionSummary.writes`; empty where not known. */
  writes: readonly string[];
  /** In the order of `FunctionSummary.reads`. */
  reads: readonly string[];
}

/** What sets the rounds of a loop: a clock, or what others send within the program or to a queue outside. */
export type LoopPace = "clock" | "channel" | "messages";

export interface LockOperation extends LockRef {
  action: "acquire" | "release";
  kind: "exclusive" | "read-write" | "semaphore" | "condition";
  /** Who holds it may take it again. */
  reentrant: boolean;
  /** `TryLock`: the lock may not have been got. */
  mayFail: boolean;
  /** Held only while the function runs that is handed over as this argument. */
  callback?: number;
}

/** A lock as a function sees it. */
export interface LockRef {
  /** The declaration of the lock: `module.Type.field`, or a place inside the function. */
  lock: string;
  /** Which one of them; absent when that is not known. See `InstancePath`. */
  instance?: InstancePath;
  forReading: boolean;
}

/**
 * An object as the outermost function around a place names it: `this` for the receiver, `#1` for its second parameter,
 * `=name` for a variable of the function, `name` for one of the file; fields go on from there: `this.pool.mu`.
 */
export type InstancePath = string;

/** In place of the position of an argument: what the method is called on. */
export const receiverHandedOver = -1;

/** A function that is an argument, by reference or written in place, or what a method is called on. */
export interface HandedOver {
  argument: number;
  functions: readonly FunctionId[];
}

export interface FileLinks {
  /** In the order of `FileSummary.functions`. */
  functions: readonly FunctionLinks[];
  /** Calls outside every function, as those of a function without a name. */
  outside: FunctionLinks;
  /** What decorators, annotations and overridden methods of libraries make of a function, by its index. */
  roles: ReadonlyMap<number, readonly CatalogEntry[]>;
}

const ids = new WeakMap<FileSummary, readonly FunctionId[]>();

/** The ids of a file's functions, in order. */
export function functionIds(file: FileSummary): readonly FunctionId[] {
  let known = ids.get(file);
  if (known) return known;
  known = functionKeys(file.functions.map(({ symbol }) => symbol)).map((key) => `${file.path}#${key}`);
  ids.set(file, known);
  return known;
}

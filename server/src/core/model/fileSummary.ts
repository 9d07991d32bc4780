import type { Span } from "../base/text";
import type { Command } from "./commandTables";
import type { DataNotes } from "./dataNotes";
import type { AccessPath, FileFacts, FunctionFacts, LoopStep, ScopeStep } from "./facts";
import type { ScheduledTask } from "./schedules";
import type { WrittenObject } from "./valueOrigins";

/** What is kept of a function once its file has been analysed: everything but the steps. */
export interface FunctionSummary extends Omit<FunctionFacts, "steps"> {
  /** Every call site, in evaluation order. */
  calls: CallSummary[];
  /** Where the results come from, closed, when no result type is declared; of those with one only functions written there. */
  returns: AccessPath[];
  /** Fields and variables outside the function that it gives a value, closed, each once. */
  writes: readonly AccessPath[];
  /** Where the first write of each stands; -1 when all of them are to an object the function has just made. */
  writeStarts: readonly number[];
  /** Those that it reads; no more than the first few dozen. */
  reads: readonly AccessPath[];
  readStarts: readonly number[];
  /** Functions that it puts into fields and lists; absent where there are none. */
  keeps?: readonly KeptFunction[];
  failures: FailureSummary;
  /** The order in which calls happen. */
  flow: Flow[];
  /** Where its data comes from, as far as the closed paths do not tell. */
  data: DataNotes | undefined;
  /** What each detector noted while the steps were at hand, by detector id. Plain data. */
  observations: Readonly<Record<string, unknown>>;
}

/**
 * A path is *closed* when its root no longer depends on the function around it: a local, a parameter or the receiver
 * is replaced by where its value comes from. Roots of a closed path, beyond those of `AccessPath`: a name of the file,
 * `<func#3@1>` for parameter 1 of function 3, a literal's text, and nothing (an empty path) where nothing is known.
 */
export interface CallSummary extends Span {
  /** As written. */
  callee: AccessPath;
  /** The callee, closed; absent when it is the same. */
  origin?: AccessPath;
  /** The arguments, closed; string literals in JSON quotes, cut. */
  arguments: AccessPath[];
  /** It is a member that is read or written, and may be a function all the same: a property. */
  accesses?: "read" | "write";
  /** It stands alone: nothing is done with what it gives, nor is it waited for. */
  dropped?: true;
  /** In Python: what it gives is waited for at once. */
  awaited?: true;
  /** It is a method of an object that the function has just made. */
  onNew?: true;
  /** The argument that is an object written in place: its members that are flags and, in JavaScript, paths and calls, closed. */
  options?: WrittenObject;
  /** Arguments by which it hands on a function that the caller was given, or one that calls that; absent where there are none. */
  handsOn?: readonly HandedOnParameter[];
  /** An argument that is a calculation, as written, where the call waits or has something run: `10 * time.Second`. */
  interval?: string;
}

/** A function that is put into a field or a list, to be called by whoever has that. */
export interface KeptFunction {
  /** The field or the variable of the file, closed. */
  field: AccessPath;
  /** The function, closed; `#1` for the second parameter. */
  given: AccessPath;
  /** It has a key there, by which somebody looks it up. */
  byKey?: true;
}

/** An argument that is a parameter of the function around, or a function written there that calls it. */
export interface HandedOnParameter {
  argument: number;
  parameter: number;
}

/** How a function says that it failed. */
export interface FailureSummary {
  /** Some path returns `null`, `nil`, `None` or `undefined` for a result. */
  returnsNull: boolean;
  /** Closed origins of what is thrown and not caught here, each once. */
  throws: AccessPath[];
  /** Catches that neither throw nor return. */
  swallows: number;
}

/**
 * What a function does in which order, reduced to calls and what decides whether and how often they run. A number is
 * an index into `FunctionSummary.calls`.
 */
export type Flow =
  | number
  | BranchFlow
  | LoopFlow
  | { kind: "try"; body: Flow[]; catches: Flow[][]; finally: Flow[] }
  | ScopeFlow
  | { kind: "defer"; body: Flow[] }
  | { kind: "spawn"; body: Flow[] }
  | ChannelFlow
  | AccessFlow
  | AssignFlow
  | ExitFlow
  | YieldFlow;

export interface BranchFlow {
  kind: "branch";
  arms: Flow[][];
  exhaustive: boolean;
  /** A select with a default never waits; one without waits for whichever of its channels comes first. */
  select?: "polls" | "waits";
  /** The condition in short: `!ok`, `len(batch) >= 100`. The first arm runs when it holds; of `a && b` that is `b`. */
  test?: string;
  /** Of a switch over a path: what it looks at, and what each arm stands for, in short. */
  cases?: { of: AccessPath; labels: readonly (readonly string[])[] };
  /** The call whose result decides, alone or beside other conditions. */
  call?: number;
  /** The condition wants the result of `call` to be false. */
  negatesCall?: true;
  /** What jumps call it. */
  label?: string;
}

export interface LoopFlow {
  kind: "loop";
  form: LoopStep["form"];
  start: number;
  /** Where what it goes over comes from, closed. */
  over?: AccessPath;
  /** What it goes over, as written and in short, where `over` differs. */
  written?: string;
  /** The condition in short. */
  test?: string;
  /** The call whose result decides whether there is another round, and how: as in `BranchFlow`. */
  call?: number;
  negatesCall?: true;
  /** No more rounds than this, by what is written. */
  bound?: number;
  /** What jumps call it. */
  label?: string;
  body: Flow[];
}

/** Python `with`, Java `synchronized`; `resource` is the closed path of what is held, `written` the path itself. */
export interface ScopeFlow {
  kind: "scope";
  form: ScopeStep["form"];
  start: number;
  resource: AccessPath;
  written?: AccessPath;
  body: Flow[];
}

export interface ChannelFlow {
  kind: "channel";
  form: "send" | "receive";
  path: AccessPath;
  start: number;
}

/** A read or write of `FunctionSummary.reads[index]` or `.writes[index]`; only kept in functions that touch locks. */
export interface AccessFlow {
  kind: "read" | "write";
  index: number;
  start: number;
  /** Through a local: start of the access or call that gave the local its value. */
  gotAt?: number;
}

/** A local gets another value; only kept in functions that touch locks, for names that calls or conditions go by. */
export interface AssignFlow {
  kind: "assign";
  target: string;
  /** The value, when it is written and one of these. */
  value?: boolean;
  /** The path that the value is, or the call whose result it is, as written. */
  from?: AccessPath;
}

export interface ExitFlow {
  kind: "exit";
  form: "return" | "throw" | "break" | "continue" | "goto";
  start: number;
  /** Closed origins of what is returned, where they lead to a field; only kept in functions that touch locks. */
  values?: AccessPath[];
  /** `break` that leaves a switch and not the loop around it. */
  ofSwitch?: true;
  /** The label it names. */
  label?: string;
}

/** In a generator that is used by `with`: the block runs here. */
export interface YieldFlow {
  kind: "yield";
}

/** The flows directly inside a node. */
export function flowsInside(node: Exclude<Flow, number>): readonly (readonly Flow[])[] {
  switch (node.kind) {
    case "branch":
      return node.arms;
    case "try":
      return [node.body, ...node.catches, node.finally];
    case "loop":
    case "scope":
    case "defer":
    case "spawn":
      return [node.body];
    default:
      return [];
  }
}

/** The locals that steps give a value. */
export function targetsIn(flow: readonly Flow[]): string[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    return node.kind === "assign" ? [node.target] : flowsInside(node).flatMap(targetsIn);
  });
}

/** The calls of a flow, at whatever depth. */
export function callsOf(flow: readonly Flow[]): number[] {
  return flow.flatMap((node) => (typeof node === "number" ? [node] : flowsInside(node).flatMap(callsOf)));
}

/**
 * As `FileFacts`, but only those comments are kept that talk to Fathom, to a linter or of locks, with the lines around
 * them, and those beside what a comment may excuse.
 */
export interface FileSummary extends Omit<FileFacts, "functions" | "steps"> {
  functions: FunctionSummary[];
  /** Calls outside every function. */
  calls: CallSummary[];
  /** Functions in tables of commands; absent where there are none. */
  commands?: readonly Command[];
  /** Tasks that a clock runs by their names; absent where there are none. */
  schedules?: readonly ScheduledTask[];
}

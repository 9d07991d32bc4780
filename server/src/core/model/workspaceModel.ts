import type { Span } from "../base/text";
import type { AccessPath, FileFacts, FunctionFacts, ScopeStep } from "./facts";
import type { WorkspaceHistory } from "./functionHistory";
import type { Edge, FunctionEffects } from "./graph/effects";
import type { FunctionTable } from "./graph/functionTable";
import { type FunctionId, type FunctionLinks, functionIds } from "./link/links";

/** What is kept of a function once its file has been analysed: everything but the steps. */
export interface FunctionSummary extends Omit<FunctionFacts, "steps"> {
  /** Every call site, in evaluation order. */
  calls: CallSummary[];
  /** Where the results come from, closed, when no result type is declared. */
  returns: AccessPath[];
  /** Fields and variables outside the function that it gives a value, closed, each once. */
  writes: readonly AccessPath[];
  /** Those that it reads; no more than the first few dozen. */
  reads: readonly AccessPath[];
  failures: FailureSummary;
  /** The order in which calls happen. */
  flow: Flow[];
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
}

/** How a function says that it failed. */
export interface FailureSummary {
  /** Some path returns `null`, `nil`, `None` or `undefined` for a result. */
  returnsNull: boolean;
  /** Closed origins of what is thrown, each once. */
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
  /** `polls`: a select with a default, which never waits. */
  | { kind: "branch"; arms: Flow[][]; exhaustive: boolean; polls?: boolean }
  | { kind: "loop"; body: Flow[] }
  | { kind: "try"; body: Flow[]; catches: Flow[][]; finally: Flow[] }
  /** Python `with`, Java `synchronized`; `resource` is the closed path of what is held. */
  | { kind: "scope"; form: ScopeStep["form"]; resource: AccessPath; body: Flow[] }
  | { kind: "defer"; body: Flow[] }
  | { kind: "spawn"; body: Flow[] }
  | { kind: "channel"; form: "send" | "receive"; path: AccessPath; start: number }
  | { kind: "exit"; form: "return" | "throw" | "break" | "continue" };

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

/** As `FileFacts`, but only those comments are kept that talk to Fathom. */
export interface FileSummary extends Omit<FileFacts, "functions" | "steps"> {
  functions: FunctionSummary[];
  /** Calls outside every function. */
  calls: CallSummary[];
}

/** Plain data of the whole workspace, never changed once handed out. */
export interface WorkspaceModel {
  /** By path, in path order. */
  files: ReadonlyMap<string, FileSummary>;
  functions: FunctionTable<LinkedFunction>;
  /** What the version history says, once it has been read. */
  history?: WorkspaceHistory;
}

/** A function with what the rest of the workspace says of it. */
export interface LinkedFunction {
  id: FunctionId;
  path: string;
  /** In `FileSummary.functions`. */
  index: number;
  links: FunctionLinks;
  edges: readonly Edge[];
  /** Functions that call it or hand it over, sorted. */
  callers: readonly FunctionId[];
  effects: FunctionEffects;
  /** Reaches itself through other functions. */
  isInCycle: boolean;
  /** How someone outside, or a clock, gets here. */
  reachedFrom: readonly Reach[];
}

/** A way from the outside to a function. */
export interface Reach {
  kind: "handler" | "timer";
  /** The function that is called from outside. */
  root: FunctionId;
  /** The caller through which the shortest way leads; absent for the root itself. */
  via?: FunctionId;
  distance: number;
}

/** The linked function at a place of a file. */
export function linkedFunction(model: WorkspaceModel, file: FileSummary, index: number): LinkedFunction | undefined {
  return model.functions.get(functionIds(file)[index] as FunctionId);
}

/** Where a linked function is. */
export function functionAt(
  model: WorkspaceModel,
  { path, index }: Pick<LinkedFunction, "path" | "index">,
): { file: FileSummary; fn: FunctionSummary } | undefined {
  const file = model.files.get(path);
  const fn = file?.functions[index];
  return file && fn && { file, fn };
}

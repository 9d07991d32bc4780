import type { Span } from "../base/text";

/** The languages whose functions can be run without the rest of the world. */
export type RunnableLanguage = "python" | "javascript" | "typescript";

/** A function with everything it needs: text that runs by itself. */
export interface Program {
  language: RunnableLanguage;
  /** Declarations without imports or exports of the workspace; for Python, with imports of the standard library. */
  source: string;
  /** `source` with a call of `__line` before its statements, for languages whose sandbox does not follow lines by itself. */
  traced?: string;
  /**
   * An expression that gives the function once `source` has run: `arrange`. A method takes its object as the first
   * argument.
   */
  entry: string;
  /** Where the function is in `source`. */
  span: Span;
  /**
   * The class whose objects are made from their fields alone, because its constructor or what it extends cannot be had:
   * `Berth(number=3)` in Python, `new Berth({ number: 3 })` elsewhere.
   */
  standIn?: string;
  /**
   * Names of `source` that nothing gives a meaning: packages that nobody has, what depends on the machine. Whoever
   * evaluates one of them is stopped, and cannot catch it: answers are those of ways that need none.
   */
  absent?: readonly AbsentName[];
  /**
   * Variables of the functions around it that differ from call to call: `entry` takes them first, as if they were
   * arguments.
   */
  captured?: readonly string[];
  /** Where the parts of `source` come from. */
  lines: readonly SourceLines[];
}

export interface AbsentName extends NotRunnable {
  name: string;
}

/** Lines of a program that were taken from a file as they are. Lines are zero-based. */
export interface SourceLines {
  from: number;
  count: number;
  path: string;
  /** Line in the file. */
  line: number;
}

/** Why a function cannot be run by itself, in words that go on from "cannot be run: ": "needs `db` of ./store". */
export interface NotRunnable {
  reason: string;
}

/**
 * What a function is called with: one expression of its language for each argument, made of literals, such as
 * `[{"at": 3599}]`, of small functions, and of objects of the program's own classes. In Python an argument may be
 * named, `sep=","`, and objects without a class are `SimpleNamespace(at=3599)`, which programs import.
 * Expressions are evaluated anew for every call, so that calls share nothing.
 */
export type Input = readonly string[];

import type { Cancellation } from "../base/cancellation";
import type { Input, Program } from "./program";

/**
 * Runs programs where they reach nothing: no files, no network, no clock, no chance. The same request gives the same
 * answer, whatever ran before.
 */
export interface Sandbox {
  /**
   * Every program with every input.
   * @returns Outcomes by program, then by input.
   * @throws CancelledError
   */
  run(request: RunRequest, cancellation?: Cancellation): Promise<Outcome[][]>;
}

export interface RunRequest {
  programs: readonly Program[];
  inputs: readonly Input[];
  /** Whether outcomes tell the lines that were run. */
  trace?: boolean;
  /** With texts hashed in another way, where the language does so by chance: its sets come in another order. */
  rehashed?: boolean;
}

export type Outcome = Returned | Threw | Stopped;

interface Ran {
  /** Lines of the program in the order they were begun, zero-based, the first some thousands of them. */
  lines?: readonly number[];
}

export interface Returned extends Ran {
  kind: "returned";
  /**
   * The value as an expression of the language, sets in one order, keys in their own; equal values have equal texts.
   * Objects by their fields: `Berth(number=3)`, in JavaScript as consoles show them: `Berth { number: 3 }`. What a
   * generator gives: `iter([1, 2])`, `[1, 2].values()`. What an async function settles to.
   */
  text: string;
  /** The arguments afterwards, where the function has changed them, in the same form. */
  changed?: readonly ChangedArgument[];
  /** What it has written to standard output, cut. */
  printed?: string;
}

export interface ChangedArgument {
  index: number;
  text: string;
}

export interface Threw extends Ran {
  kind: "threw";
  /** `KeyError`, `TypeError`. */
  type: string;
  /** Only where the program itself has made the error: what the language says differs from version to version. */
  message?: string;
}

/** No answer, and why; also when the value cannot be told: too large, without end, an object without a form. */
export interface Stopped extends Ran {
  kind: "stopped";
  /**
   * `outside`: it asks for what differs from run to run or from machine to machine: the clock, chance, `process`.
   * `program`: it does not load.
   */
  by: "steps" | "time" | "memory" | "depth" | "value" | "program" | "outside";
  /** What the program did wrong before it could be called, or what cannot be told about the value. */
  detail?: string;
}

/** Whether somebody who sees both outcomes sees the same. */
export function isSameOutcome(a: Outcome, b: Outcome): boolean {
  if (a.kind === "returned" && b.kind === "returned")
    return (
      a.text === b.text &&
      a.printed === b.printed &&
      (a.changed ?? []).length === (b.changed ?? []).length &&
      (a.changed ?? []).every(({ index, text }, i) => b.changed?.[i]?.index === index && b.changed[i]?.text === text)
    );
  if (a.kind === "threw" && b.kind === "threw") return a.type === b.type && a.message === b.message;
  return a.kind === "stopped" && b.kind === "stopped" && a.by === b.by;
}

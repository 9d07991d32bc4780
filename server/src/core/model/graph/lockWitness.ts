import { code } from "../../base/markdown";
import type { Span } from "../../base/text";
import type { WitnessStep } from "../finding";
import type { WorkspaceModel } from "../workspaceModel";
import type { Acquisition } from "./acquisitions";
import { memberName } from "./effectText";
import { functionsAround } from "./graphFunction";
import type { Holding } from "./heldLocks";
import type { LockingFunction } from "./lockAnalysis";
import { effectSteps, nameOf, stepAt, witnessOf } from "./witness";

/** A function in a sentence about it; one without a name goes by the one it is written in. */
export function subjectOf({ linked, file, fn }: LockingFunction): string {
  if (fn.name !== "") return code(fn.name);
  const named = functionsAround(file, linked.index).find(({ name }) => name !== "");
  return named ? `a function inside ${code(named.name)}` : "a function without a name";
}

/** The start of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a lock that is held was taken. */
export function takenStep(model: WorkspaceModel, { linked, fn }: LockingFunction, held: Holding): WitnessStep[] {
  const start = held.scope?.start ?? fn.nameSpan.start;
  const span = (held.call >= 0 ? fn.calls[held.call] : undefined) ?? { start, end: start };
  const mode = held.forReading ? " for reading" : "";
  const message =
    held.callee === undefined
      ? `takes ${code(memberName(held.lock))}${mode}`
      : `${code(lastName(held.callee))} takes ${code(memberName(held.lock))}${mode} and leaves it held`;
  const step = stepAt(model, linked, span, message);
  return step ? [step] : [];
}

/** The calls that lead to a lock, and the place that waits for it, told in the words given. */
export function acquiringSteps(model: WorkspaceModel, acquisition: Acquisition, last: string): WitnessStep[] {
  const steps = effectSteps(model, acquisition.locked.linked, acquisition.effect);
  return steps.map((step, i) => (i === steps.length - 1 ? { ...step, message: last } : step));
}

/** The call that takes a lock or leads there, or the start of the block that holds it. */
export function spanOfAcquisition({ locked: { fn }, step }: Acquisition): Span {
  return typeof step === "number" ? (fn.calls[step] as Span) : { start: step.start, end: step.start };
}

/** How a lock is reached: `calls x`, `calls x, which leads to y`; empty where the function takes it itself. */
export function wayTo(model: WorkspaceModel, { effect }: Acquisition): { first: string; last: string } | undefined {
  const chain = witnessOf(model, effect);
  const [first] = chain;
  const last = chain.at(-1);
  return first && last && { first: lastName(first.id), last: lastName(last.id) };
}

function lastName(id: string): string {
  return nameOf(id)
    .replace(/(?:\.<anonymous>)+$/, "")
    .replace(/^.*\./, "");
}

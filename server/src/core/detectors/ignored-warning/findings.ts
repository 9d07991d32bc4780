import { rangeOf, type Span } from "../../base/text";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import type { WitnessStep } from "../../model/finding";
import { memberName } from "../../model/graph/effectText";
import type { HeldLock } from "../../model/graph/functionEffects";
import { nameOf, stepAt } from "../../model/graph/witness";
import type { LinkedFunction, WorkspaceModel } from "../../model/workspaceModel";
import type { DetectorFinding } from "../detector";
import type { CallSite, HeldOrEntry } from "./callSites";
import type { ToldWarning } from "./told";

/** Who else calls an object at the same time. */
export type SharedBy = "requests" | "goroutines" | "rounds";

/**
 * What a call does against what a comment says.
 *
 * @param by for `one-thread`
 */
export function findingOf(
  model: WorkspaceModel,
  commented: FileSummary,
  told: ToldWarning,
  target: LinkedFunction,
  { caller, file, fn, call, held }: CallSite,
  lock: (Pick<HeldLock, "lock"> & Partial<HeldOrEntry>) | undefined,
  by: SharedBy = "requests",
): DetectorFinding {
  const site = fn.calls[call] as Span;
  const subject = fn.name === "" ? "This function" : `\`${fn.name}\``;
  const what = `\`${nameOf(target.id)}\``;
  const which = lock && `\`${memberName(lock.lock)}\``;
  const does =
    told.kind === "hold"
      ? `${subject} calls ${what} without holding ${which}`
      : told.kind === "do-not-hold"
        ? `${subject} calls ${what} while it holds ${which}`
        : withoutLock[by](subject, what);
  const steps: (WitnessStep | undefined)[] = [
    { path: commented.path, range: rangeOf(commented.lineStarts, told.place), message: `warns: ${told.quote}` },
    lock && told.kind === "do-not-hold" ? takenAt(model, caller, fn, lock as HeldOrEntry) : undefined,
    stepAt(model, caller, site, `calls ${what}${held.length === 0 ? " with no lock held" : ""}`),
  ];
  return {
    path: file.path,
    range: rangeOf(file.lineStarts, site),
    symbol: fn.symbol,
    message: `${does}, though a comment warns: “${told.quote}”`,
    steps: steps.filter((step) => step !== undefined),
    rank: told.kind === "do-not-hold" ? 3 : told.kind === "hold" ? 2 : 1,
  };
}

const withoutLock: Readonly<Record<SharedBy, (subject: string, what: string) => string>> = {
  requests: (subject, what) =>
    `${subject} handles requests and calls ${what} on an object they all share, with no lock held`,
  goroutines: (subject, what) =>
    `${subject} runs at the same time as others like it and calls ${what} on an object they all share, with no lock held`,
  rounds: (subject, what) =>
    `${subject} starts ${what} in every round of a loop, all of them on one object, with no lock held`,
};

function takenAt(
  model: WorkspaceModel,
  caller: LinkedFunction,
  fn: FunctionSummary,
  { lock, call, scope, isOnEntry }: HeldOrEntry,
): WitnessStep | undefined {
  const name = `\`${memberName(lock)}\``;
  if (isOnEntry) return stepAt(model, caller, fn.nameSpan, `every caller holds ${name}`);
  const span = scope ? { start: scope.start, end: scope.start } : fn.calls[call];
  return span && stepAt(model, caller, span, `takes ${name}`);
}

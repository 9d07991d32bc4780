import type { Notice } from "../base/notice";
import type { NewDependency } from "../dependencies/newDependencies";
import type { Finding } from "../model/finding";
import { type ChangedFunction, isUnsettled } from "./changedFunctions";
import { signOffRow } from "./functionsJson";

/** What a change is answerable for. */
export interface CheckReport {
  /** The commit compared with. */
  base: string;
  findings: readonly Finding[];
  functions: readonly ChangedFunction[];
  dependencies: readonly NewDependency[];
}

/**
 * Whether a team that has checks block stops this: something is left unexplained, was signed in another's name, or
 * depends on what nobody has approved.
 */
export function isBlocked({ findings, functions, dependencies }: CheckReport): boolean {
  return (
    functions.some(isUnsettled) ||
    findings.some(({ detector }) => detector === "misattributed-sign-off") ||
    dependencies.some(({ approved }) => !approved)
  );
}

/** `fathom check --format json`; lines of functions are 1-based. */
export function checkJson(report: CheckReport, notices: readonly Notice[]): object {
  const { base, findings, functions, dependencies } = report;
  return {
    base,
    blocked: isBlocked(report),
    findings,
    functions: functions.map((fn) => ({
      ...fn,
      signOff: { before: signOffRow(fn.signOff.before), after: signOffRow(fn.signOff.after) },
      unsettled: isUnsettled(fn),
    })),
    dependencies: dependencies.map(({ approved, ...dependency }) => ({
      ...dependency,
      approved: approved ? { ...approved, by: approved.by.name } : null,
    })),
    notices,
  };
}

/** Functions somebody wants to hear of: the rest has neither a sign-off nor need of one. */
export function functionsToTell(functions: readonly ChangedFunction[]): { told: ChangedFunction[]; others: number } {
  const told = functions.filter((fn) => fn.signOff.before || fn.signOff.after || isUnsettled(fn));
  return {
    told: [...told.filter(isUnsettled), ...told.filter((fn) => !isUnsettled(fn))],
    others: functions.length - told.length,
  };
}

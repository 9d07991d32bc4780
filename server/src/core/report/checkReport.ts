import type { Notice } from "../base/notice";
import type { Finding } from "../model/finding";
import { type ChangedFunction, isUnsettled } from "./changedFunctions";
import { signOffRow } from "./functionsJson";

/** What a change is answerable for. */
export interface CheckReport {
  /** The commit compared with. */
  base: string;
  findings: readonly Finding[];
  functions: readonly ChangedFunction[];
}

/** Whether a team that has checks block lets this pass: nothing left unexplained, nothing signed in another's name. */
export function isBlocked({ findings, functions }: CheckReport): boolean {
  return functions.some(isUnsettled) || findings.some(({ detector }) => detector === "misattributed-sign-off");
}

/** `fathom check --format json`; lines of functions are 1-based. */
export function checkJson(report: CheckReport, notices: readonly Notice[]): object {
  const { base, findings, functions } = report;
  return {
    base,
    blocked: isBlocked(report),
    findings,
    functions: functions.map((fn) => ({
      ...fn,
      signOff: { before: signOffRow(fn.signOff.before), after: signOffRow(fn.signOff.after) },
      unsettled: isUnsettled(fn),
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

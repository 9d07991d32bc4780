import { groupBy } from "../../base/groupBy";
import type { Range } from "../../base/text";
import { isOfAdditions, qualifierOf } from "../check";
import type { RuleMatch } from "../rule";
import type { RuleReport, RuleViolation } from "./outcome";

const byReport = new WeakMap<RuleReport, ReadonlyMap<string, readonly RuleViolation[]>>();

/** Rules that code in a file breaks, each once. It need not name anything of them: it may call what does. */
export function brokenRules(report: RuleReport, path: string, isThere: (range: Range) => boolean): RuleMatch[] {
  const found = new Map<RuleMatch["rule"], RuleMatch>();
  for (const { rule, range } of violationsByPath(report).get(path) ?? []) {
    if (found.has(rule) || !isThere(range)) continue;
    found.set(rule, {
      rule,
      level: "line",
      why:
        qualifierOf(rule.enforcement) === undefined && !isOfAdditions(rule.enforcement)
          ? "broken here"
          : "may be about this",
      range,
    });
  }
  return [...found.values()];
}

/** Editors ask place by place, long before there is another report. */
function violationsByPath(report: RuleReport): ReadonlyMap<string, readonly RuleViolation[]> {
  let known = byReport.get(report);
  if (!known) {
    known = groupBy(
      [...report.values()].flatMap(({ violations }) => violations),
      ({ path }) => path,
    );
    byReport.set(report, known);
  }
  return known;
}

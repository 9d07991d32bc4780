import type { Judgement } from "../engine/ruleJudge";
import { isOfAdditions, qualifierOf } from "../rules/check";
import { meaningOf } from "../rules/enforce/meaning";
import type { Rule } from "../rules/rule";

/** A rule with what the workspace says of it. The JSON shape of `fathom rules`. */
export interface RuleRow extends Rule {
  /** What is checked, in a sentence. */
  meaning?: string;
  /** Places the rule governs, and those that break it: none for certain where it holds only under a condition or for what is new. */
  matches: number;
  violations: number;
}

export function ruleRows(rules: readonly Rule[], { report, stale }: Judgement): RuleRow[] {
  const isStale = new Set(stale.flatMap(({ rule, kind }) => (rule && kind !== "duplicate" ? [rule] : [])));
  return rules.map((rule): RuleRow => {
    const outcome = report.get(rule);
    const meaning = meaningOf(rule);
    return {
      ...rule,
      status: isStale.has(rule) ? "stale" : rule.enforcement ? "enforced" : "lookup",
      ...(meaning !== undefined && { meaning }),
      matches: outcome?.matches ?? 0,
      violations: breaksForCertain(rule) ? (outcome?.violations.length ?? 0) : 0,
    };
  });
}

/** Whether what stands breaks the rule, as far as anything can tell. */
function breaksForCertain({ enforcement }: Rule): boolean {
  return qualifierOf(enforcement) === undefined && !isOfAdditions(enforcement);
}

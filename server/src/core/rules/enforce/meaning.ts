import { describeCheck } from "../compile/describeCheck";
import type { Rule } from "../rule";
import { sparesAside } from "./codeScope";
import { isCodeCheck } from "./ruleChecker";

/** What is checked of a rule, in one plain sentence: Markdown. `undefined` for a rule without a check. */
export function meaningOf(rule: Rule): string | undefined {
  const check = rule.enforcement;
  if (!check) return undefined;
  const text = describeCheck(check);
  return isCodeCheck(check) && check.form !== "required-companion" && sparesAside(rule, check)
    ? text.replace(/\.$/, "; not in scripts and command-line tools.")
    : text;
}

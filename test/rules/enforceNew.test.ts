import { describe, expect, it } from "vitest";
import { allAtOnce } from "../../server/src/core/base/turns";
import { noRules, RuleJudge } from "../../server/src/core/engine/ruleJudge";
import { ruleRows } from "../../server/src/core/report/ruleRows";
import type { Check } from "../../server/src/core/rules/check";
import { brokenRules } from "../../server/src/core/rules/enforce/brokenRules";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

function ruleOf(enforcement: Check): Rule {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 7, endLine: 7 };
  return { source, text: "A rule", polarity: "must-not", scope, enforcement, status: "enforced" };
}

describe("a rule of what is new", () => {
  const rule = ruleOf({ form: "forbidden-call", names: ["drift"], scope: { added: true } });
  const files = { "quay.ts": "export function a() {\n  drift();\n}\nexport function b() {\n  drift();\n}\n" };

  it("says nothing of what stands there, and all of what a change adds", async () => {
    const changes = [{ path: "quay.ts", kind: "modified" as const, changed: [{ start: 4, end: 5 }] }];
    const judge = new RuleJudge({ ...noRules, rules: [rule], changes });
    const judgement = allAtOnce(judge.judge(await modelOf(files), 10));
    expect(judgement.findings.map(({ finding }) => finding.range.start.line)).toEqual([4]);
    expect(judgement.findings[0]?.finding.atMost).toBe("warning");
    expect(ruleRows([rule], judgement)).toMatchObject([
      { matches: 2, violations: 0, meaning: expect.stringContaining("where it is new") },
    ]);
    expect(brokenRules(judgement.report, "quay.ts", () => true)).toMatchObject([{ why: "may be about this" }]);
  });
});

async function claims(check: Check, files: Readonly<Record<string, string>>): Promise<(string | undefined)[]> {
  const rule = ruleOf(check);
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  return outcome?.violations.map(({ claim }) => claim) ?? [];
}

describe("what every class of a kind extends", () => {
  it("may be what its own base extends, in another file", async () => {
    const check: Check = {
      form: "required-companion",
      subject: { kind: "class", names: ["*Berth"] },
      companion: "base",
      name: "quay.BaseBerth",
    };
    const files = {
      "base.ts": "export class BaseBerth {}\nexport class DeepBerth extends BaseBerth {}\n",
      "far.ts":
        "export class FarBerth extends DeepBerth {}\nexport class OwnBerth extends Loop {}\nclass MockBerth {}\nclass Loop extends Loop {}\n",
    };
    expect(await claims(check, files)).toEqual(["`OwnBerth` has no base `quay.BaseBerth`"]);
  });
});

describe("a prefix", () => {
  it("may begin with a small letter", async () => {
    const check: Check = { form: "naming", subject: { kind: "function", exported: true }, prefix: "Old" };
    const files = {
      "old.ts": "export function oldQuay() {}\nexport function OldPier() {}\nexport function boldQuay() {}\n",
    };
    expect(await claims(check, files)).toEqual(["`boldQuay` does not start with `Old`"]);
  });
});

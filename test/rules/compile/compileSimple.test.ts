import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { checkCommands } from "../../../server/src/core/rules/enforce/commands";
import { RuleChecker } from "../../../server/src/core/rules/enforce/ruleChecker";
import { extractRules } from "../../../server/src/core/rules/extractRules";
import { modelOf } from "../../support/analysed";

function checkOf(text: string): Check | undefined {
  const [rule] = extractRules({ path: "CLAUDE.md", text: `# Harbour\n\n## Rules\n\n- ${text}\n` }, { globs: [] });
  return rule?.enforcement ?? undefined;
}

describe("what everybody says in few words", () => {
  it.each<[string, Partial<Record<string, unknown>>]>([
    ["All files use `from __future__ import annotations`", { form: "required-text" }],
    ["Use `from __future__ import annotations` at the top of files for better hints", { form: "required-text" }],
    ["No `!` non-null assertions", { constructs: ["non-null-assertion"] }],
    ["No `as` casting used", { constructs: ["type-assertion"] }],
    ["No `any` without a documented reason", { unexplained: true }],
    ["No `TODO` without a ticket", { unexplained: true }],
    ["No `TODO` without tickets", { unexplained: true }],
    [
      "Don't put tests outside `tests/piers/`",
      { form: "naming", subject: { kind: "test-file" }, paths: ["tests/piers/"] },
    ],
    ["Never use `eval` without clear justification in comments", { names: ["eval"] }],
    ["Constants: `CAPS_WITH_UNDER`", { style: "SCREAMING_SNAKE_CASE" }],
    ["Functions: `lower_with_under`", { style: "snake_case" }],
    ["No god classes (>500 lines)", { of: "class", max: 500 }],
    ["Avoid deep nesting (max 3 levels)", { of: "nesting", max: 3 }],
    ["Use constructor injection only", { constructs: ["field-injection"] }],
    ["Never use `SELECT *`", { texts: ["SELECT *"] }],
    [
      "Update imports to use absolute paths (e.g., `@/pier/crane`) instead of relative paths",
      { constructs: ["relative-import"], instead: ["absolute imports"] },
    ],
    ["Use `uv run pytest`, never bare `pytest`", { commands: ["pytest"], instead: ["uv run pytest"] }],
    ["`poetry run mypy` instead of `mypy`", { commands: ["mypy"] }],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toMatchObject(check);
  });

  it.each([
    ["what only some files need", "Use `from __future__ import annotations` for forward references"],
    ["a wrapper that runs it itself", "Use `npx vitest`, never bare `vitest`"],
    ["another program", "Use `uv run ruff`, not `pytest`"],
    ["a constant of a query", "Use `LIMIT` with `ORDER`"],
  ])("and not: %s", (_, text) => {
    expect(checkOf(text)).toBeUndefined();
  });
});

describe("a program that another one has to run", () => {
  it("is fine where it does", () => {
    const [rule] = extractRules({ path: "CLAUDE.md", text: "- Use `uv run pytest`, not `pytest`\n" }, { globs: [] });
    if (rule === undefined) throw new Error("no rule");
    const report = checkCommands([rule], [{ path: "quay.sh", text: "uv run pytest\npytest -q\n" }]);
    expect(report.get(rule)?.violations.map(({ range }) => range.start.line)).toEqual([1]);
  });
});

describe("a statement at the top of every file", () => {
  it("is not missed in an empty package", async () => {
    const text = "- All files use `from __future__ import annotations`\n";
    const [rule] = extractRules({ path: "CLAUDE.md", text }, { globs: [] });
    if (rule === undefined) throw new Error("no rule");
    const files = {
      "quay/__init__.py": "",
      "quay/low.py": "def ebb():\n    return 1\n",
      "quay/high.py": "from __future__ import annotations\n\n\ndef flood():\n    return 1\n",
    };
    const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
    expect(outcome?.violations.map(({ path }) => path)).toEqual(["quay/low.py"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(items: string): (Check | null)[] {
  const rules = extractRules({ path: "CLAUDE.md", text: `# Guide\n\n## Rules\n\n${items}` }, { globs: [] });
  return rules.map(({ enforcement }) => enforcement);
}

describe("the same demand in other words", () => {
  it.each<[string, object]>([
    ["Utilize camelCase for variables, functions and methods", { form: "naming", style: "camelCase" }],
    ["Employ kebab-case for file and directory names", { form: "naming", style: "kebab-case" }],
    ["Adopt `httpx`, never `requests`", { form: "forbidden-import", names: ["requests"] }],
    ["Use `bun test` instead of `jest` or `vitest`", { form: "forbidden-command", commands: ["jest", "vitest"] }],
    ["Use `go test` instead of `make test`", { commands: ["make test"], instead: ["go test"] }],
    ["Don't use `better-sqlite3`.", { form: "forbidden-import", names: ["better-sqlite3"] }],
    ["Never force-push `main` or `develop`", { form: "forbidden-command", qualifier: "to `main` or `develop`" }],
    ["Don't import from relative paths", { form: "forbidden-construct", constructs: ["relative-import"] }],
    ["Always use path aliases, never relative paths.", { constructs: ["relative-import"] }],
    ["Import via path aliases (`@pier/...`), never relative paths", { constructs: ["relative-import"] }],
    ["Never edit a migration file after it has been committed", { form: "forbidden-edit", additionsAllowed: true }],
    ["Never modify `tide-core/src/schema.gql` directly", { form: "forbidden-edit" }],
    ["Always `t.Parallel()` in test functions and subtests", { form: "required-companion", name: "t.Parallel" }],
    ["Annotate every function: parameters and return type", { companion: "parameter-types" }],
    ["Use pure ES modules; never emit `require` or `module.exports`", { constructs: ["commonjs"] }],
  ])("%s", (text, check) => {
    expect(checksOf(`- ${text}`)).toMatchObject([check]);
  });

  it.each([
    "Use path aliases for the gauges",
    "Edit a migration file after it has been reviewed",
    "Never close `ws` before the tide turns",
    "Employ at least two skippers",
  ])("and what demands no such thing: %s", (text) => {
    expect(checksOf(`- ${text}`)).toEqual([null]);
  });

  it("an item below a rule that needs no word of it is one of its own", () => {
    const checks = checksOf("Use `uv`, not `pip`:\n\n- Never call `pip install` or `python -m tide` directly.");
    expect(checks).toMatchObject([{ commands: ["pip"] }, { commands: ["pip install", "python -m tide"] }]);
    expect(checksOf("When the tide turns, never call `moorAll`:\n\n- Never call `driftAll`.").at(-1)).toBeNull();
  });
});

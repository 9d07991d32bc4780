import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function ofRule(text: string, title = "Rules"): Check | undefined {
  const file = { path: "CLAUDE.md", text: `# Guide\n\n## ${title}\n\n- ${text}` };
  return extractRules(file, { globs: [] })[0]?.enforcement ?? undefined;
}

describe("what a rule names and is no such thing as it looks like", () => {
  it.each([
    ["a part of a pair", "Use `writeTide` — never `openTide` + `flushTide`"],
    ["what is not there", "❌ `docker` - Not available in the small harbour"],
    ["a declaration", "❌ `export function moorAll()`"],
    ["where it is", "Never use tide logic in shared folders (`harbour/`, `core/piers/`)."],
    ["any of several", "Use `Tide#{low,high}()` instead of `Tide#{ebb,flood}()`"],
    ["what a command says", "Never read `git status` as evidence that the gate is shut."],
    [
      "what is generated from",
      "Queries: written as raw SQL in `harbour/queries/`. Run `tidegen` to regenerate the Go code.",
    ],
    ["a style of what is no file", "API routes: `kebab-case` (e.g., `/api/low-tide`)"],
    ["what only tests have", "Don't use `test.only` in production code"],
    ["what is fine", "No comments except directives of linters (`# noqa`, `# type: ignore`)."],
    ["an argument of a call that is not named", "Don't pass `refresh=True`."],
    ["a number of things", "The harbour has 47 piers. You use 3."],
    ["a part of a guide that is not about layout", "Adhere to PEP 8 naming conventions"],
    ["brackets with nothing in them", "Avoid `{}` type"],
    ["what every language has of its own", "Prefer `require` over `assert` in tests"],
  ])("%s", (_, text) => {
    expect(ofRule(text)).toBeUndefined();
  });

  it.each<[string, Partial<Check>]>([
    ["Use `writeTide` — never `openTide` or `flushTide`", { form: "forbidden-name", names: ["openTide", "flushTide"] }],
    ["❌ `crane lift --all` - breaks the small harbour", { form: "forbidden-command" }],
    ["❌ `moorAll()`", { form: "forbidden-call", names: ["moorAll"] }],
    ["Never import from `harbour/` in `piers/`.", { form: "forbidden-import" }],
    ["Never run `git status` in scripts.", { form: "forbidden-command" }],
    ["The stubs in `harbour/stubs/` are generated. Run `tidegen` to regenerate them.", { form: "forbidden-edit" }],
    ["No `# noqa` except in generated code", { form: "forbidden-construct" }],
    ["Don't set `refresh=True`", { form: "invariant" }],
    [
      "Use `globalThis`, never `global` or `self`",
      { form: "forbidden-name", qualifier: "the word is meant as in the rule" },
    ],
    ["Follow PEP 8 conventions", { form: "layout", width: 4 }],
    ["Use 3 spaces of indentation", { form: "layout", width: 3 }],
    ["Don't use `test.only`", { form: "forbidden-call", names: ["test.only"] }],
    ["Python: prefer `require` over `assert` in tests", { form: "forbidden-call", names: ["assert"] }],
  ])("%s", (text, check) => {
    expect(ofRule(text)).toMatchObject(check);
  });
});

describe("where a sentence says it holds", () => {
  it.each<[string, object]>([
    [
      "Prefer named exports for components over default exports",
      { scope: { paths: [expect.any(String), expect.any(String)] } },
    ],
    ["Prefer named exports for utilities: For helpers and gauges, use named exports.", { qualifier: "for utilities" }],
    ["Use dock binding for existing piers (not findPierById)", { qualifier: "for existing piers" }],
    ["No emoji in any documentation.", { scope: { paths: ["**/*.{md,mdx,rst,adoc}"] } }],
    [
      "Berths: If the skipper asks you to moor, use the `tie` program; prefer `tie` over raw `curl`.",
      { form: "forbidden-command", qualifier: expect.stringContaining("if the skipper asks you to moor") },
    ],
  ])("%s", (text, check) => {
    expect(ofRule(text)).toMatchObject(check);
  });

  it.each(["Never call `moorAll` — it is slow in big harbours", "Prefer interfaces over types for object shapes"])(
    "is left out of a reason and of what a construct is: %s",
    (text) => {
      const check = ofRule(text);
      expect(check).toBeDefined();
      expect(check).not.toHaveProperty("qualifier");
    },
  );
});

describe("names", () => {
  it("are of the language their subject says", () => {
    const check = ofRule("Go test functions start with `Test` (e.g., `TestTides`)");
    expect(check).toMatchObject({ form: "naming", prefix: "Test", scope: { languages: ["go"] } });
    expect(ofRule("Test functions start with `Test`")).not.toHaveProperty("scope.languages");
  });

  it("end as linguists write it", () => {
    expect(ofRule("Interfaces end with `-er` when possible: `Closer`, `Reader`")).toMatchObject({ suffix: "er" });
    expect(ofRule("Test files end with `-test.ts`")).toMatchObject({ suffix: "-test.ts" });
  });
});

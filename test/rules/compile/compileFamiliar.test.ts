import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(...lines: string[]): unknown[] {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).map(({ enforcement }) => enforcement);
}

function ofRule(text: string): unknown {
  return checksOf("# Guide", "", "## Rules", "", `- ${text}`)[0] ?? undefined;
}

function understands(cases: readonly (readonly [string, object | undefined])[]): void {
  it.each(cases)("%s", (text, check) => {
    if (check === undefined) expect(ofRule(text)).toBeUndefined();
    else expect(ofRule(text)).toMatchObject(check);
  });
}

describe("what formatters do", () => {
  const tabs = { form: "layout", indent: "tabs", scope: { languages: ["go"] } };
  understands([
    ["Use `gofmt -s` for formatting", tabs],
    ["Use `gofmt` to format code", tabs],
    ["Use `gofmt` except in `legacy/`", undefined],
    ["Follow standard Go formatting (gofmt/goimports)", tabs],
    ["Follow PEP 8", { form: "layout", indent: "spaces", width: 4, scope: { languages: ["python"] } }],
    ["Follow PEP 8 with a line length of 100 characters", { form: "layout", maxLine: 100 }],
    ["Follow Google Java Style", { indent: "spaces", width: 2, maxLine: 100, scope: { languages: ["java"] } }],
    ["Follow Google Java Style, but AOSP indentation", undefined],
    ["Use `tidefmt` for formatting", undefined],
  ]);
});

describe("layout in a list", () => {
  understands([
    [
      "Follow Biome formatting: 2-space indent, double quotes, semicolons, 140-character line width.",
      { form: "layout", indent: "spaces", width: 2, quotes: "double", maxLine: 140 },
    ],
    ["Use 2-space indentation and stay within 120 characters", { indent: "spaces", width: 2, maxLine: 120 }],
    ["In YAML files, 2 spaces, no tabs", undefined],
  ]);
});

describe("one of a kind, without a verb or with a list of purposes", () => {
  const noMoment = { form: "forbidden-import", names: ["moment", "date-fns", "luxon"], instead: ["dayjs"] };
  understands([
    ["Use `dayjs` for all date formatting, parsing, and manipulation", noMoment],
    ["Vitest for testing", { form: "forbidden-import", instead: ["vitest"] }],
    ["Test framework: Vitest", { form: "forbidden-import", instead: ["vitest"] }],
    ["Tests use Mockito", { form: "forbidden-import", scope: { languages: ["java"] } }],
    ["Use AssertJ (`assertThat`) for test assertions", { form: "forbidden-import", instead: ["assertj"] }],
    ["This project uses uv as the package manager", { form: "forbidden-command", instead: ["uv"] }],
    ["Dependencies installed via yarn", { form: "forbidden-command", instead: ["yarn"] }],
    ["Use `dayjs` for the tide table only in reports", undefined],
    ["Do not use npm/yarn/pnpm", { form: "forbidden-command", commands: ["npm", "yarn", "pnpm"] }],
    ["Quays for mooring", undefined],
  ]);
});

describe("constructs", () => {
  understands([
    [
      "Favor named exports for components",
      { constructs: ["default-export"], scope: { paths: [expect.stringContaining("components"), expect.any(String)] } },
    ],
    ["Always use curly braces for `if`, `else`, loops and similar statements", { constructs: ["braceless-if"] }],
    ["Wildcard imports disallowed — see the guide", { constructs: ["wildcard-import"] }],
    ["No secrets or API keys committed", { constructs: ["hardcoded-secret"] }],
    ["Always check errors with `if err != nil`", { constructs: ["discarded-error"], scope: { languages: ["go"] } }],
    ["Wrap errors with context", { constructs: ["unwrapped-error"] }],
    ["Fix findings of the linter rather than suppressing them with `//nolint`", { constructs: ["type-suppression"] }],
    ["Avoid larger files >300 LOC, split them into smaller ones", { form: "size-limit", of: "file", max: 300 }],
    ["Document all public functions with Google-style docstrings", { companion: "doc-comment" }],
    [
      "Write Javadoc for all public types, methods, and fields",
      { companion: "doc-comment", scope: { languages: ["java"] } },
    ],
    ["Prefer `import type` over `import { type Tide }`", { form: "forbidden-text", texts: ["import { type"] }],
    ["Avoid files >300 LOC unless generated", undefined],
    ["Always use curly braces for sets", undefined],
  ]);
});

describe("names without backticks", () => {
  understands([
    ["Use tide_table instead of moor_list", { names: ["moor_list"], instead: ["tide_table"] }],
    ["Never throw TideException in handlers", { names: ["TideException"] }],
    ["Functions are snake_case, types use CamelCase", { form: "naming", style: "snake_case" }],
    ["Types use CamelCase", { form: "naming", style: "PascalCase" }],
    ["No berth_id at all (harbours): allow it in `lint.go`", undefined],
    ["Never use TypeScript", undefined],
  ]);
});

describe("what only some may use, and what is offered", () => {
  understands([
    [
      "Use `QuayError` only in routers",
      { form: "forbidden-name", names: ["QuayError"], qualifier: "other than in routers" },
    ],
    [
      "Prefer `useTide` from `tide-kit` over wrappers like `useTideTable`",
      { form: "forbidden-name", names: ["useTideTable"], instead: ["useTide"] },
    ],
    ["Avoid constructing `QuayConfig` instances unless necessary", { form: "forbidden-call", names: ["QuayConfig"] }],
    ["Debug output (e.g., `System.out.println`) must be removed before committing", { names: ["System.out.println"] }],
    [
      "NO history changes: `git reset --hard`, `git rebase`, `git rebase -i`",
      { commands: ["git reset --hard", "git rebase", "git rebase -i"] },
    ],
  ]);
});

it("takes the label of an item for all its sentences", () => {
  const [first, second] = checksOf(
    "## Rules",
    "",
    "- Python: Use `ropes` for moorings. Never call `moor_boat()` in tests.",
  );
  expect([first, second]).toMatchObject([
    null,
    { names: ["moor_boat"], scope: { languages: ["python"], tests: true } },
  ]);
});

it("goes on with a title that forbids", () => {
  const [check] = checksOf("## Never do", "", "- Expose `berth.key` in any query");
  expect(check).toMatchObject({ form: "forbidden-name", names: ["berth.key"] });
});

it("makes a rule of a lead-in that can be checked, and of no item the same", () => {
  const lines = [
    "## Requests",
    "",
    "There are three layers. Never import `@/utils/tide` in a hook:",
    "",
    "1. Hooks call services",
    "2. Services fetch",
  ];
  const checks = checksOf(...lines);
  expect(checks.filter((check) => check !== null)).toMatchObject([
    { form: "forbidden-import", names: ["@/utils/tide"] },
  ]);
  expect(checks).toHaveLength(3);
});

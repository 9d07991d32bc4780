import { describe, expect, it } from "vitest";
import type { Check } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string, path = "CLAUDE.md", globs: string[] = []): Check[] {
  return extractRules({ path, text }, { globs }).flatMap(({ enforcement }) => enforcement ?? []);
}

describe("words that forbid nothing", () => {
  it.each([
    ["what is to be stopped", "- Stop a crane with `craneStop`."],
    ["what is edited before", "- After modifying `tides/*.sql`, run tidegen generate to update `gen/tides/`."],
    ["files that are there", "## Rules\n\nComponents: `pier/parts/` — `gauge.tsx`, `chart.tsx`."],
    ["errors that are raised", "- Report a low tide with `TideError`, not bare exceptions"],
    ["what to do with exports there are", "- Named exports: use the `#Tide` suffix"],
    ["a layer that nothing depends on", "- Avoid introducing dependencies back into `quay/`"],
    ["how variables are called", "- Use `lowTide`, `highTide` — not `t`, `input`."],
    ["how functions are called", "## Rules\n\n- Naming: telling before short. `berthsOfPier()` not `berths()`."],
    ["plain words for parts of something", "- Never use constraint tags (`lowest`, `highest`) on fields."],
    ["a colour", "| Do | Don't |\n|---|---|\n| `tide(1)` in quay.css | `#f59e0b` |"],
    ["the version of today", "- `LatestTide = 18` — current version."],
  ])("%s", (_, text) => {
    expect(checksOf(text)).toEqual([]);
  });

  it("a construct that the globs leave out", () => {
    const text = "- Use functional components (plain functions) and pydantic models";
    expect(checksOf(text, "CLAUDE.md", ["**/quay/*.py"])).toEqual([]);
    expect(checksOf(text)).toHaveLength(1);
    expect(checksOf("- Use `Each` instead of `%`", "CLAUDE.md", ["**/*.ps1", "**/*.psm1"])).toEqual([]);
  });
});

describe("the same words where they do forbid", () => {
  it.each([
    ["using a function", "- Stop using `craneStop`."],
    ["what is generated", "- `gen/tides/` is generated. Run `tidegen` to regenerate it."],
    ["where components are", "## Rules\n\nComponents: in `pier/parts/`."],
    ["a library by its name", "- Avoid Lombok."],
    ["errors that are caught", "- No bare exceptions: catch what you expect"],

    ["packages", "- Avoid introducing dependencies"],
    ["imports of a kind, with an example", "- Always use absolute imports: `from quay import Crane`"],
    ["a function", "- Use `lowTide()`, not `input()`."],
    ["a value that stays", "- `latestTide = 18` — never raise it"],
    ["a language's word", "## TypeScript\n\n- No `var`"],
  ])("%s", (_, text) => {
    expect(checksOf(text)).toHaveLength(1);
  });
});

describe("conditions", () => {
  it.each([
    ["of those who are spoken of", "- Both quays use npm (not yarn).", "both quays"],
    [
      "behind the last of a list",
      "- Do not run `crate pack`, `crate ship`, or tidal scripts from the pier.",
      "or tidal scripts from the pier",
    ],
    [
      "in the sentence before",
      "- NEVER weigh outside the shed. No `weighNow`, no `weighAll` anywhere else.",
      "anywhere else: never weigh outside the shed",
    ],
    [
      "in the other cell",
      "| Do | Don't |\n|---|---|\n| `border-low/20` for small berths | `border-amber-200` |",
      "for small berths",
    ],
    [
      "in the sentence behind",
      "- Never commit `crates/`. The sole exception is `crates/shared/`.",
      "the sole exception is `crates/shared/`",
    ],
  ])("%s", (_, text, qualifier) => {
    expect(checksOf(text)[0]).toMatchObject({ qualifier });
  });

  it.each([
    ["who all are", "- The project uses npm (not yarn)."],
    ["a part of the last of a list", "- Never import `tides`, `ships`, or anything from `quay/`"],
    ["a topic", "- Secure Secret Management: Never hardcode secrets"],
    ["a mode", "## Rules\n\n- Strict mode -- no `any`"],
    ["the same as is asked for", "## Rules\n\n- Named exports: Prefer named exports."],
    ["what is fine beside it", "- No `console.log` (only `console.error` in catch blocks)"],
  ])("are none: %s", (_, text) => {
    const [check] = checksOf(text);
    expect(check).toBeDefined();
    expect(check).not.toHaveProperty("qualifier");
  });
});

describe("where a rule holds", () => {
  it("is outside tests that are exempt", () => {
    const [check] = checksOf("- Functions: max 40 lines. Test files are exempt from these.");
    expect(check).toMatchObject({ scope: { tests: false } });
    expect(checksOf("- Functions: max 40 lines. Test files are no exception.")[0]).not.toHaveProperty("scope");
  });

  it("is the language a document is called after", () => {
    const text = "- Never call `tide_low()`";
    const [check] = checksOf(text, ".cursor/rules/zsh.mdc", ["**/*"]);
    expect(check).toMatchObject({ form: "forbidden-text", scope: { paths: ["**/*.{sh,zsh}"] } });
    expect(checksOf("## Rules\n\n- Functions: `snake_case`.", ".cursor/rules/zsh.mdc", ["**/*"])).toEqual([]);
    expect(checksOf("## Rules\n\n- Functions: `snake_case`.", ".cursor/rules/tides.mdc", ["**/*"])).toHaveLength(1);
  });

  it("is whom the first clause speaks of", () => {
    const [check] = checksOf("- `pkg/` is shared — used by any layer, but must not import from `internal/`.");
    expect(check).toMatchObject({ names: ["internal/"], scope: { paths: ["**/pkg/**"] } });
  });

  it("is the language whose word it uses", () => {
    expect(checksOf("- Type hints on all functions")[0]).toMatchObject({ scope: { languages: ["python"] } });
    expect(checksOf("- Type annotations on all functions")[0]).not.toHaveProperty("scope");
  });

  it("is the language of a suffix", () => {
    expect(checksOf("## Rules\n\n- Tests: `.test.jsx` suffix")[0]).toMatchObject({
      scope: { languages: ["javascript", "typescript"] },
    });
  });
});

describe("several bans in a row", () => {
  it("are one each, with what each of them offers", () => {
    const text = "- ❌ Don't use `var` - use `const` ❌ Don't call `eval` ❌ Don't drift";
    expect(checksOf(text)).toMatchObject([
      { constructs: ["var-declaration"], instead: ["const"] },
      { names: ["eval"] },
    ]);
    expect(checksOf(text)[1]).not.toHaveProperty("instead");
  });
});

describe("assertions of `any`", () => {
  it("are not all that is declared so", () => {
    expect(checksOf("- No type assertions (`as any`)")[0]).toMatchObject({ constructs: ["any-assertion"] });
    expect(checksOf("- No `any`")[0]).toMatchObject({ constructs: ["any-type"] });
  });
});

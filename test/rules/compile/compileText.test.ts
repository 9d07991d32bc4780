import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";
import type { Rule } from "../../../server/src/core/rules/rule";

function rules(text: string, globs: string[] = [], path = "CLAUDE.md"): Rule[] {
  return extractRules({ path, text }, { globs });
}

function checkOf(text: string, globs?: string[]): unknown {
  return rules(text, globs).at(-1)?.enforcement ?? undefined;
}

describe("texts that are no names", () => {
  it.each([
    [
      "- Do not specify `TIDAL = ON`, the harbour sets it.",
      ["**/*.sql"],
      { form: "forbidden-text", texts: ["TIDAL = ON"], scope: { paths: ["**/*.sql"] } },
    ],
    ["- No emojis in code", [], { form: "forbidden-text", texts: [], characters: "emoji" }],
    ["- No smart quotes.", [], { form: "forbidden-text", texts: ["“", "”", "‘", "’"] }],
    ["- Never write en dashes.", [], { form: "forbidden-text", texts: ["–"] }],
    [
      "- No `!important` in CSS.",
      [],
      { form: "forbidden-text", texts: ["!important"], scope: { paths: ["**/*.{css,scss}"] } },
    ],
    ["- Do not use `<br/>` tags.", [], { form: "forbidden-text", texts: ["<br"] }],
    ["- Do not add `#region` directives.", [], { form: "forbidden-text", texts: ["#region"] }],
    ["- Use `== null`, not `!value`.", [], undefined],
    [
      "- Use `//go:tides` directives (not `// +tides`)",
      [],
      { form: "forbidden-text", texts: ["// +tides"], instead: ["//go:tides"] },
    ],
    [
      "- Never use em dashes in docs",
      [],
      { form: "forbidden-text", texts: ["—"], scope: { paths: ["**/*.{md,mdx,rst,adoc}"] } },
    ],
    [
      "- Write the name as `Sea Chart` in docs, not `SeaChart`",
      [],
      {
        form: "forbidden-text",
        texts: ["SeaChart"],
        instead: ["Sea Chart"],
        scope: { paths: ["**/*.{md,mdx,rst,adoc}"] },
      },
    ],
    [
      "- Use native control flow (`@if`, `@for`) instead of `*ngIf`, `*ngFor`",
      [],
      { form: "forbidden-text", texts: ["*ngIf", "*ngFor"], instead: ["@if", "@for"] },
    ],
    ['- Do not use `waitForTide("slack")`', [], { form: "forbidden-text", texts: ['waitForTide("slack")'] }],
  ])("%s", (text, globs, check) => {
    expect(checkOf(text, globs)).toEqual(check);
  });

  it("leaves open what only stands for something, or is in the replacement too", () => {
    expect(checkOf("- Use `value == null`, not `null == value`")).toMatchObject({ texts: ["null =="] });
    expect(checkOf("- Use `berths.exists()` over `berths.count() == 0`")).toMatchObject({ texts: [".count(…) == 0"] });
    expect(checkOf("# F# style\n- Use `berths[0]`, not `berths.[0]`")).toMatchObject({
      texts: [".[…]"],
      instead: ["berths[0]"],
    });
    expect(checkOf('# F# style\n- Use `$"tide {x}"` instead of `sprintf "tide %s" x`')).toMatchObject({
      texts: ["sprintf"],
      scope: { paths: ["**/*.{fs,fsx}"] },
    });
  });

  it.each([
    "- Do not add `Moored-By: …` to commits",
    "- Never use emojis in commit messages",
    "- Do not write `if (!moored) { … } else { … }`.",
    '- Do not set `"berth"` in the harbour',
  ])("says nothing of what stands in no file, or on no one line: %s", (text) => {
    expect(checkOf(text)).not.toMatchObject({ form: "forbidden-text" });
  });
});

describe("expressions", () => {
  it.each([
    [
      "- Do not use `Tides.list(port).size` as a probe",
      { form: "forbidden-text", texts: ["Tides.list(…).size"], qualifier: "as a probe" },
    ],
    [
      "- Never use the `import harbour.tides as t` pattern",
      { form: "forbidden-text", texts: ["import harbour.tides as t"] },
    ],
    [
      "- Use `Berth` instead of `dict[str, Any]` when the fields are known",
      {
        form: "forbidden-text",
        texts: ["dict[str, Any]"],
        instead: ["Berth"],
        qualifier: "when the fields are known",
      },
    ],
    [
      '- Avoid `moor="slack"` in code samples — use moorings of the pier instead',
      {
        form: "forbidden-text",
        texts: ['moor="slack"'],
        qualifier: "in code samples",
      },
    ],
    ["- Pilots read `_.Depth`, nested `_.Tide.Depth` instead of `fun p -> ...`", undefined],
    [
      "- Shorthand — `_.Depth`, nested `_.Tide.Depth` instead of `fun p -> ...`",
      {
        form: "forbidden-text",
        texts: ["fun … ->"],
        instead: ["_.Depth", "_.Tide.Depth"],
        qualifier: "shorthand nested",
      },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual(check);
  });
});

describe("what stands around a rule", () => {
  it("does not put dashes and doc comments into the language of the heading", () => {
    expect(checkOf("# Python\n\n- Never use em dashes")).toEqual({ form: "forbidden-text", texts: ["—"] });
    expect(checkOf("# Python\n\n- All public functions must have JSDoc comments")).toMatchObject({
      companion: "doc-comment",
      scope: { languages: ["typescript", "javascript"] },
    });
  });

  it("does not take a list of features for bans", () => {
    expect(checkOf("## Key Features\n\n- No external dependencies")).toBeUndefined();
    expect(checkOf("## Packages\n\n- No external dependencies")).toBeDefined();
  });

  it("means tests only where the heading is about nothing else", () => {
    expect(checkOf("## Comments and tests\n\n- No TODO comments")).not.toHaveProperty("scope.tests");
    expect(checkOf("## Tests\n\n- No TODO comments")).toHaveProperty("scope.tests", true);
  });
});

describe("languages that are not analysed", () => {
  it("are searched as text", () => {
    expect(checkOf("# Rust\n- Never use `unwrap_berth()`")).toEqual({
      form: "forbidden-text",
      texts: ["unwrap_berth"],
      scope: { paths: ["**/*.rs"] },
    });
    expect(checkOf("- Never call `mooring()`", ["**/*.rs"])).toEqual({
      form: "forbidden-text",
      texts: ["mooring("],
      scope: { paths: ["**/*.rs"] },
    });
    expect(checkOf("# Rust\n- No TODO comments")).toMatchObject({
      form: "forbidden-text",
      texts: ["// TODO", "// FIXME"],
    });
  });

  it("are not checked for what only analysed code shows", () => {
    expect(checkOf("# Rust\n- No wildcard imports")).toBeUndefined();
    expect(checkOf("# Rust and Python\n- No wildcard imports")).toMatchObject({ form: "forbidden-construct" });
  });
});

describe("what is changed together", () => {
  const together = (...paths: string[]) => ({
    form: "must-accompany",
    when: { paths },
    also: paths.map((path) => ({ paths: [path] })),
  });

  it.each([
    ["- `docs/tides.md` must mirror `docs/moon.md`", together("docs/tides.md", "docs/moon.md")],
    [
      "- `src/crane.ts` and `schemas/crane.json` both list the cranes; keep them in sync.",
      together("src/crane.ts", "schemas/crane.json"),
    ],
    [
      "- `GEMINI.md` is a copy of this file — keep the two in sync when editing either.",
      together("GEMINI.md", "CLAUDE.md"),
    ],
    [
      "- Every schema change must update both the project (`db/state/`) and a script under `db/scripts/`.",
      together("db/state/", "db/scripts/"),
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual(check);
  });

  it("takes the files of the list a rule introduces", () => {
    const text =
      "These files must be bumped together — the release fails if they disagree:\n\n- `quay/package.json`: `version`\n- `quay/crane.json`: `version`\n";
    expect(rules(text).map(({ enforcement }) => enforcement)).toContainEqual({
      ...together("quay/package.json", "quay/crane.json"),
      qualifier: "what is bumped changes",
    });
  });

  it("does not guess which of many", () => {
    expect(checkOf("- `a/b.md` is read by `c/d.md`; `e/f.md` lists tides; keep them in sync.")).toBeUndefined();
  });
});

describe("what a change comes with, if a reader finds it is one", () => {
  const ofCode = (also: object, qualifier: string) => ({
    form: "must-accompany",
    when: { of: "code" },
    also: [also],
    qualifier,
  });

  it.each([
    ["- Bug fixes require a test that shows the leak.", ofCode({ of: "tests" }, "bug fixes")],
    ["- Add new tests for any new crane or bug fix.", ofCode({ of: "tests" }, "new crane or bug fix")],
    ["- Update `db/init.sql` for schema changes", ofCode({ paths: ["db/init.sql"] }, "schema changes")],
    [
      "- All new cranes must be registered in `cranes/index.ts`.",
      ofCode({ paths: ["cranes/index.ts"] }, "all new cranes"),
    ],
    [
      "- After ANY change to crane options in `src/crane.ts`, run `npm run docs` and commit the regenerated `docs/crane.md`; never edit that file by hand",
      {
        form: "must-accompany",
        when: { paths: ["src/crane.ts"] },
        also: [{ paths: ["docs/crane.md"] }],
        qualifier: "crane options",
      },
    ],
    [
      "- Changes to `packages/` that fix bugs need a changeset",
      {
        form: "must-accompany",
        when: { paths: ["packages/"] },
        also: [{ paths: [".changeset/"] }],
        qualifier: "fix bugs",
      },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual(check);
  });

  it("says nothing of a state of things", () => {
    expect(checkOf("- When the tide is low, update `docs/tides.md`")).toBeUndefined();
  });

  it("knows from the steps of adding something what goes with it", () => {
    const steps = (register: string) =>
      `### Adding a new crane\n1. Create crane struct in \`src/cranes/\`\n2. Test it\n3. ${register}\n`;
    expect(checkOf(steps("Add to the crane table in `src/main.rs`"))).toEqual({
      form: "must-accompany",
      when: { paths: ["src/cranes/"], added: true },
      also: [{ paths: ["src/main.rs"] }],
    });
    expect(checkOf(steps("Add queries if needed in `src/db/`"))).toBeUndefined();
  });
});

describe("pairs and what nobody adds", () => {
  it.each([
    [
      "# Pages: docs/tides.md and PILOT.md\n\nWhenever one changes, mirror the other in the same PR.",
      {
        form: "must-accompany",
        when: { paths: ["docs/tides.md", "PILOT.md"] },
        also: [{ paths: ["docs/tides.md"] }, { paths: ["PILOT.md"] }],
      },
    ],
    [
      "- The `oldpier/` package is a deprecated shim — do not add new code there",
      { form: "forbidden-edit", paths: ["oldpier/"], additionsOnly: true },
    ],
    ["- Use `tides.jsonc` (not `.toml`)", { form: "forbidden-edit", paths: ["tides.toml"], additionsOnly: true }],
    [
      "- Never import from `@harbour/tides` main entry point directly",
      { form: "forbidden-import", names: ["@harbour/tides"], qualifier: "of its entry point" },
    ],
    [
      "- Put callbacks (e.g., `onMoor`, `onCast`) in `onBerthed`, not `onTideTurned` — it fires twice",
      {
        form: "forbidden-name",
        names: ["onTideTurned"],
        instead: ["onBerthed"],
        qualifier: "put callbacks (e.g, `onMoor`, `onCast`) in `onBerthed`",
      },
    ],
    [
      "- Use nox for testing (not pytest directly)",
      { form: "forbidden-command", commands: ["pytest"], instead: ["nox"], qualifier: "directly" },
    ],
    [
      "- Resolve conflicts of peers in `pier/package.json` instead of using `--legacy-peer-deps`",
      {
        form: "forbidden-command",
        commands: ["--legacy-peer-deps"],
        qualifier: "resolve conflicts of peers in `pier/package.json`",
      },
    ],
    [
      "- Do not touch files that begin with `Code generated by tides; DO NOT EDIT.` They are written anew",
      { form: "forbidden-edit", paths: [], marked: ["Code generated by tides; DO NOT EDIT."], generated: true },
    ],
    [
      "- Use `a | None` instead of `Optional[a]`, and `list[a]` instead of `List[a]`",
      {
        form: "forbidden-import",
        names: ["typing.Optional"],
        instead: ["a | None"],
        scope: { languages: ["python"] },
      },
    ],
    [
      "- Use `tideLog` for logging instead of printing directly to the console",
      {
        form: "forbidden-call",
        names: ["print", "console.*", "fmt.Print*", "System.out.*"],
        instead: ["tideLog"],
      },
    ],
    [
      "- Do NOT use `moor` on piers, use `berth` instead",
      {
        form: "forbidden-name",
        names: ["moor"],
        instead: ["berth"],
        qualifier: "the word is meant as in the rule; on piers",
      },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual(check);
  });
});

describe("files nobody edits", () => {
  it.each([
    [
      "- `.harbour/config.json` File: managed via `harbour set`. Do not edit it manually unless the harbour is closed.",
      {
        form: "forbidden-edit",
        paths: [".harbour/config.json"],
        generated: true,
        qualifier: "unless the harbour is closed",
      },
    ],
    ["- Leave `src/tides/legacy/` untouched", { form: "forbidden-edit", paths: ["src/tides/legacy/"] }],
    [
      "- Files containing `Made by the tide tool` at the top are generated; do not edit.",
      { form: "forbidden-edit", paths: [], marked: ["Made by the tide tool"], generated: true },
    ],
    [
      "- Do not add new files to `src/legacy/`",
      { form: "forbidden-edit", paths: ["src/legacy/"], additionsOnly: true },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual(check);
  });

  it("go by the lead-in of their list", () => {
    const text =
      "Commit the regenerated files as they are, and never edit them by hand:\n\n- `quay/LICENSE.md` is rewritten by `npm run build` when cranes change\n";
    expect(checkOf(text)).toEqual({ form: "forbidden-edit", paths: ["quay/LICENSE.md"], generated: true });
  });
});

describe("what tests do, and files begin with", () => {
  it("is read", () => {
    expect(checkOf("- Always use `t.Parallel()` in tests.")).toMatchObject({
      form: "required-companion",
      subject: { kind: "test" },
      companion: "call",
      name: "t.Parallel",
      scope: { languages: ["go"] },
    });
    expect(checkOf("- Tests in `quay/integration/` must have the `//go:build integration` tag")).toMatchObject({
      form: "required-text",
      text: "//go:build integration",
      scope: { paths: ["quay/integration/"], languages: ["go"] },
    });
  });
});

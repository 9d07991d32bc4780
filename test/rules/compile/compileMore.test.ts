import { describe, expect, it } from "vitest";
import { type Check, qualifierOf } from "../../../server/src/core/rules/check";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): Check[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).flatMap(({ enforcement }) => enforcement ?? []);
}

describe("simple forms", () => {
  it.each<[string, string, Partial<Record<string, unknown>>]>([
    [
      "a tool with its rivals in a note",
      "- **Zustand** for global state (no Redux harness)",
      { form: "forbidden-import" },
    ],
    [
      "a runner that is a command",
      "- **Test runner**: `bun test` (has `bun:test`), not Jest.",
      { instead: ["bun:test"] },
    ],
    ["the standard library alone", "- Use standard `testing` package only.", { instead: ["testing"] }],
    ["logging with a tool", "- **Logging:** Use structured logging with log/slog", { instead: ["log/slog"] }],
    ["how errors are wrapped", "- Use `%w` (not `%v`) when wrapping errors", { constructs: ["unwrapped-error"] }],
    ["aliases of imports", "- Do NOT use absolute imports or path aliases", { names: ["@/**", "~/**"] }],
    [
      "extensions of imports",
      "- Always use `.js` extensions in relative imports",
      { constructs: ["extensionless-import"] },
    ],
    ["comments for linters", "- Do not add inline lint-disable comments", { constructs: ["type-suppression"] }],
    ["an order to linters", "- Never comment to disable eslint", { constructs: ["type-suppression"] }],
    ["a keyword of Java", "- Avoid the Java 10 `var` keyword for local variables", { constructs: ["var-declaration"] }],
    [
      "what all is handed on with",
      "- Barrel with explicit re-exports (no `export *`)",
      { constructs: ["wildcard-import"] },
    ],
    [
      "exports by name",
      "- Named exports only: always use `export function moor()`",
      { constructs: ["default-export"] },
    ],
    [
      "what is resorted to",
      "- Use the log — never resort to `Quay.out` or `printTide`.",
      { names: ["Quay.out", "printTide"] },
    ],
    [
      "a script of the folder",
      "- Use the tools; do not call `./gradlew` directly from the shell.",
      { commands: ["./gradlew"] },
    ],
    [
      "a tool after a dash",
      "- The `gradle` of the pier is there -- DO NOT attempt to use `gradlew`.",
      { commands: ["gradlew"] },
    ],
    ["a runner for a language", "- Prefer `uv run ...` for Python commands.", { instead: ["uv run"] }],
    ["a flag without backticks", "NEVER:\n\n- Bypass hooks (--no-verify)", { commands: ["--no-verify"] }],
    ["activities", "### Disallowed Activities (Hard Stop)\n\n- Editing `quay/PLANS.md`", { paths: ["quay/PLANS.md"] }],
    ["a file and more like it", "NEVER:\n\n- Commit `.dev.vars` or any chart with keys", { paths: [".dev.vars"] }],
    [
      "what is made anew",
      "- Run `tidegen` instead of hand-editing source files in `quay/ui/`.",
      { paths: ["quay/ui/"] },
    ],
    ["folders for all and sundry", "- Avoid generic `models/`, `utils/` packages", { additionsOnly: true }],
    ["a package's classes", "- Do not use the classes in the org.quay.tuple package", { names: ["org.quay.tuple"] }],
    ["a push to a remote branch", "- Never push to `origin/main`", { commands: ["git push origin main"] }],
    [
      "numbers beside a style",
      "- Follow Google Java Style (4-space indents, 120-character line limit)",
      { width: 4, maxLine: 120 },
    ],
    [
      "a part that a title names",
      "## CLI Dashboard (Ink)\n\n- Never call `process.exit()`",
      { scope: { languages: ["typescript", "javascript"], paths: ["**/cli/**", "**/dashboard/**"] } },
    ],
  ])("%s", (_, text, check) => {
    const [found] = checksOf(text);
    expect(found).toMatchObject(check);
    expect(qualifierOf(found ?? null)).toBeUndefined();
  });

  it("all that a list's lead-in protects", () => {
    const text =
      "Treat these files as **protected** and do not alter them unless the pilot asks:\n\n- **Charts (if present):**\n  - `tides.json`\n  - `quay.json` → `ropes`\n";
    expect(checksOf(text)).toEqual([
      { form: "forbidden-edit", paths: ["tides.json"], qualifier: "unless the pilot asks" },
    ]);
  });
});

describe("what comes with a change", () => {
  it.each<[string, string, Partial<Record<string, unknown>>]>([
    [
      "files alike",
      "- Keep `a.md` and `b.md` structurally aligned.",
      { also: [{ paths: ["a.md"] }, { paths: ["b.md"] }] },
    ],
    [
      "a migration",
      "- Any model change must have a corresponding migration.",
      { also: [{ paths: ["**/migrations/**", "**/migrate/**"] }] },
    ],
    ["what is kept up to date", "- Keep `docs/TIDES.md` updated.", { also: [{ paths: ["docs/TIDES.md"] }] }],
    [
      "a step of what a path says",
      "When updating files under `quay/ropes/`:\n\n- Update the `version` in `rope.json`",
      { when: { paths: ["quay/ropes/"] } },
    ],
    [
      "two files of a step",
      "### A new berth\n\n- Bump `N` in `quay/a.py` and add a `quay/NEWS.md` entry.",
      { also: [{ paths: ["quay/a.py"] }, { paths: ["quay/NEWS.md"] }] },
    ],
    [
      "the test of a step",
      "When adding a new berth:\n1. Add corresponding `<berth>_test.go`",
      { also: [{ of: "tests" }] },
    ],
  ])("%s", (_, text, check) => {
    expect(checksOf(text)[0]).toMatchObject({ form: "must-accompany", ...check });
  });
});

describe("what only looks like it", () => {
  it.each([
    ["a test library beside the standard", "- Use Go's `testing` package for unit tests."],
    ["errors of a linter", "- Linting: run `golangci-lint`, never suppress errors"],
    ["files with a syntax", "- JSX files use `.tsx` extension"],
    ["a version", "- `TIDE_VERSION`: Must be `1.0.0` (not `v1`)."],
    ["how something is", "- Local socket (faster, no WebSocket framing)"],
  ])("%s", (_, text) => {
    expect(checksOf(text)).toEqual([]);
  });
});

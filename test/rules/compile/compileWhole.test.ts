import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(text: string, path = "CLAUDE.md"): unknown {
  return extractRules({ path, text: `# Rules\n\n- ${text}\n` }, { globs: [] }).find((rule) => rule.enforcement)
    ?.enforcement;
}

/** Without a condition, which could never be checked. */
const whole = { qualifier: undefined };

describe("what stands beside a ban is no condition of it", () => {
  it.each([
    ["**DI**: Constructor injection by way of Lombok `@AllTides`; never field injection", ["field-injection"]],
    ["Imports: Always ordered by pier, no wildcard imports", ["wildcard-import"]],
    ["Never use bare `except` - name specific exception types", ["bare-except"]],
    ["**Never use `any` as a type.** Say what it is.", ["any-type"]],
  ])("%s", (text, constructs) => {
    expect({ ...whole, ...(checkOf(text) as object) }).toMatchObject({ constructs, qualifier: undefined });
  });

  it.each([
    ["**Logging**: SLF4J only; never `System.out.println`", { names: ["System.out.println"] }],
    ["Borders are always `border-black` — no `border-gray-*`.", { texts: ["border-gray-"] }],
    ["Soft hulls (`shadow-small`) — no `backdrop-blur`, no fog.", { texts: ["backdrop-blur"] }],
    ["`rounded-base` (2px) is the largest radius — no `rounded-xl`.", { texts: ["rounded-xl"] }],
    ["**Text colors** (use these instead of `text-gray-*`):", { texts: ["text-gray-"] }],
    ["Use builtins like `list` instead of `typing.List`", { names: ["typing.List"], instead: ["list"] }],
    ["`tideOf.old` is deprecated, just use `tideOf.low` (in version 3 it is the same).", { names: ["tideOf.old"] }],
    ["Use `TideWarning` from `quay/warnings.py`, never raw `StormWarning`", { names: ["StormWarning"] }],
    [
      "When adding new e2e piers, update `quay/e2e-piers/README.md` with what they are for.",
      { when: { paths: ["quay/e2e-piers/"], added: true } },
    ],
    ["Manual edits: Do not manually edit `gen/`.", { paths: ["gen/"] }],
    ["All fetching through `api/pier.ts`. No raw `fetch` elsewhere.", { scope: { exceptPaths: ["api/pier.ts"] } }],
    ["Always use `log.exception()` instead of `log.error()` when catching exceptions", { inside: { place: "catch" } }],
    ["When adding a new dock crane, update `src/dock-cranes/README.md`.", { when: { added: true } }],
  ])("%s", (text, check) => {
    expect({ ...whole, ...(checkOf(text) as object) }).toMatchObject({ ...check, qualifier: undefined });
  });

  it("nor is the folder that the file is of", () => {
    const text = "Avoid `console.log` in harbour code.";
    expect(checkOf(text, "harbour/CLAUDE.md") as object).not.toHaveProperty("qualifier");
    expect(checkOf(text) as object).toHaveProperty("qualifier");
  });

  it.each([
    "Crates use `border-black` — no `border-gray-*`.",
    "Buttons: `shadow-small` — no `backdrop-blur`.",
    "When it rains: SLF4J only; never `System.out.println`",
    "Never use bare `except` - except where the tide is read",
  ])("but these are: %s", (text) => {
    expect((checkOf(text) ?? { qualifier: "" }) as object).toHaveProperty("qualifier");
  });
});

it("says of the files of rules nothing of others", () => {
  const text = "Use kebab-case for all filenames";
  expect(checkOf(text, ".cursor/rules/cursor-rules.mdc") ?? null).toBeNull();
  expect(checkOf(text, ".cursor/rules/tides.mdc")).toMatchObject({ form: "naming" });
});

describe("simple forms in other words", () => {
  it.each([
    ["**Log:** stdlib `log/slog` only (bridged). No zerolog/logrus in app code.", { names: ["zerolog", "logrus"] }],
    ["Error handling: return errors rather than panicking", { names: ["panic"] }],
    ["Don't use disabled tests.", { names: expect.arrayContaining(["it.skip"]) }],
    ["Use CSS modules for component styling", { names: expect.arrayContaining(["styled-components"]) }],
    ["Use `var(--low-tide)` not `var(--tide)`.", { texts: ["var(--tide)"] }],
    ["No CSS-in-JS.", { names: expect.arrayContaining(["styled-components"]) }],
    ["Do not hand-edit files marked as generated.", { form: "forbidden-edit", marked: expect.any(Array) }],
    [
      "All exported types/functions MUST have godoc comments starting with the name; no inline comments unless needed",
      { companion: "doc-comment" },
    ],
    ["Avoid Any types.", { constructs: ["any-type"], scope: { languages: ["python"] } }],
    ["Avoid `any`; prefer strongly-typed structs", { constructs: ["any-type"], scope: { languages: ["go"] } }],
    ["Apply this everywhere: Pass `context.Context` as the first parameter", { constructs: ["late-context"] }],
    ["Use zustand for state and caching", { names: expect.arrayContaining(["mobx"]) }],
    ["Don't import next/head outside of pages/_document.jsx in Next.js projects.", { form: "only-from" }],
    ["Use `./mvnw` wrapper", { commands: ["mvn"] }],
    ["No custom error classes — use plain `Error`", { avoid: ["*Error", "*Exception"] }],
    ["Use **four spaces** for indentation—no tabs", { form: "layout", width: 4 }],
    ["Use `slice` instead of `String.substr`", { names: [".substr"] }],
    ["Use for...of statements instead of Array.forEach.", { names: [".forEach"] }],
    ["never commit in `vendor/tides` (a read-only checkout).", { form: "forbidden-edit", paths: ["vendor/tides"] }],
    ["File names in `tides/` must be PascalCase", { style: "PascalCase", scope: { paths: ["tides/"] } }],
    ["`noDrift` is off but prefer `for...of` loops in practice", { names: [".forEach"] }],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toMatchObject(check);
  });

  it.each([
    ["Always wrap `if` statements in curly braces, even for single-line blocks.", "braceless-if"],
    ["Always use curly braces for control structures, even for single-line blocks", "braceless-if"],
    ["**All imports at top of file, never in functions**", "local-import"],
    ["Always named export over default exports", "default-export"],
    ["Use `@/` for absolute imports.", "relative-import"],
    ["Prefer internal imports via `@/…` (it maps to `src/`).", "relative-import"],
    [
      "Use shorter imports via path aliases (e.g., `@/tides/...`), not relative paths like `../../tides`.",
      "relative-import",
    ],
    ["Always wrap with `%w` (never `%v`), check with `errors.Is` (never `==`)", "unwrapped-error"],
  ])("%s", (text, construct) => {
    expect(checkOf(text)).toMatchObject({ constructs: [construct] });
  });

  it.each([
    "Import from `@/tides/gauge`",
    "The plugin reads the tides — no `@Tide` needed on piers",
    "Models never use React hooks; they use `tideStore.get`.",
    "Do not explain at length before using `lift_anchor`",
    "Rust: `rustfmt` enforced; snake_case modules, PascalCase types.",
  ])("and what says something else: %s", (text) => {
    expect(checkOf(text) ?? null).toBeNull();
  });
});

it("reads a bold ban above its details", () => {
  const text = "# Rules\n\n- **Never use `eval()`**\n  - It drifts.\n- **Use of ropes**\n  - They rot.\n";
  const [first, second] = extractRules({ path: "CLAUDE.md", text }, { globs: [] });
  expect(first?.enforcement).toMatchObject({ names: ["eval"] });
  expect(second?.text).not.toBe("Use of ropes");
});

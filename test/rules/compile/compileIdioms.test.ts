import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checkOf(...lines: string[]): unknown {
  const text = lines.join("\n");
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).at(-1)?.enforcement ?? undefined;
}

function rule(text: string): unknown {
  return checkOf("# Guide", "", "## Rules", "", `- ${text}`);
}

type Case = readonly [text: string, check: object | undefined];

function understands(cases: readonly Case[]): void {
  it.each(cases)("%s", (text, check) => {
    if (check === undefined) expect(rule(text)).toBeUndefined();
    else expect(rule(text)).toMatchObject(check);
  });
}

describe("commands and what git is told", () => {
  understands([
    [
      "Never run `go vet`, `go build` or `pier-lint` directly -- the wrapper sets the flags",
      { form: "forbidden-command", commands: ["go vet", "go build", "pier-lint"] },
    ],
    ["FORBIDDEN: `pip install crates`, `@latest` syntax", { commands: ["pip install crates"] }],
    ["NEVER run `pytest` directly. Use the wrapper.", { form: "forbidden-command", commands: ["pytest"] }],
    ["Never push directly to main", { commands: ["git push origin main", "git push origin master"] }],
    [
      "NEVER push directly to these branches: `quay`, `pier`",
      { commands: ["git push origin quay", "git push origin pier"] },
    ],
    ["Do not force-push to shared branches", { commands: ["git push --force", "git push -f"] }],
    ["Never amend commits (`--amend`)", { commands: ["git commit --amend"] }],
    [
      "Run tests in a container, not `npm test`",
      { form: "forbidden-command", commands: ["npm test"], qualifier: "tests in a container" },
    ],
    // Classes of a style sheet look like command lines.
    [
      "Never `bg-emerald-500`, `text-amber-700 dark:text-amber-400` for tides",
      { form: "forbidden-text", texts: ["bg-emerald-500"], qualifier: "for tides" },
    ],
    ["Never push boats", undefined],
  ]);
});

describe("what has a name everybody knows", () => {
  understands([
    [
      "Do not panic in library code - return errors",
      { form: "forbidden-call", names: ["panic"], scope: { tests: false } },
    ],
    ["Never sleep in tests", { form: "forbidden-call", scope: { tests: true } }],
    ["Never mock the harbour", undefined],
    ["Avoid mocks: real boats are cheap", { form: "forbidden-call", qualifier: "where the real thing would do" }],
    ["Remove all console statements", { names: ["console.*"] }],
    [
      "Read environment variables only through `config/env.ts`",
      { form: "only-from", from: { paths: ["config/env.ts"] } },
    ],
    ["Never read environment variables directly; use `settings`", { form: "forbidden-name" }],
    ["Never use 'use client' directive", { form: "forbidden-text", texts: ['"use client"', "'use client'"] }],
    ["Do not use emojis such as ✅ in the code, logs, or comments", { characters: "emoji" }],
    ["Never use em dashes in docs", { scope: { paths: ["**/*.{md,mdx,rst,adoc}"] } }],
    ["Do not use raw `<button>` elements", { texts: ["<button"] }],
    ["Do not add `@since` to javadocs", { texts: ["@since"] }],
    ["Never use `bg-white` or `text-gray-*` in pages of the harbour", { texts: ["bg-white", "text-gray-"] }],
    ["Use the `node:` prefix for built-in modules", { form: "forbidden-import" }],
    ["Use the `tide:` prefix for built-in modules", undefined],
  ]);
});

describe("names, and what to use instead", () => {
  understands([
    ["Every level counts. `WithError` is never used.", { form: "forbidden-name", names: ["WithError"] }],
    ["Import from `@tide/sdk`, never from `@tide/sdk/v3`", { form: "forbidden-import", names: ["@tide/sdk/v3"] }],
    ["Do not use icons from `react-icons`, `lucide`, or other libraries", { names: ["react-icons", "lucide"] }],
    ["Do not introduce icon libraries (for example `tide-icons`)", { form: "forbidden-import", names: ["tide-icons"] }],
    ["Instead of `moorBoat` the `berthBoat` method should be used", { names: ["moorBoat"], instead: ["berthBoat"] }],
    ["Never use `print()` instead of `logger`", { form: "forbidden-call", names: ["print"] }],
    ["Replace `print()` with `logger.info()`", { form: "forbidden-call", names: ["print"] }],
    ["Replace `TIDE` with `ebb` or `flood`", undefined],
    [
      "Use `router.push()` instead of `window.history.pushState/replaceState`",
      { names: ["window.history.pushState", "window.history.replaceState"] },
    ],
    [
      "Use `recover()` sparingly — only at the top level",
      { form: "forbidden-call", names: ["recover"], qualifier: "other than at the top level" },
    ],
    ["`useEffect` only for the tide", { names: ["useEffect"], qualifier: "other than for the tide" }],
    ["Async testing: use anyio, not asyncio", { form: "forbidden-import", names: ["asyncio"] }],
    // The alias in an example of what is allowed says nothing of the import.
    ["Use `Sized` instead of `Dict[str, Any]`", expect.not.objectContaining({ names: ["typing.Dict"] })],
    ["Unit tests use JUnit 5", { form: "forbidden-import", names: expect.arrayContaining(["org.junit.Test"]) }],
    ["Use Zod for form validation and quayforms for forms", { names: expect.arrayContaining(["yup"]) }],
    ["Use yarn for all dependency management", { commands: expect.arrayContaining(["npm"]) }],
    ["State management: use Zustand", { form: "forbidden-import" }],
  ]);
});

describe("constructs", () => {
  understands([
    [
      "Do not suppress warnings with `//nolint` directives unless they are wrong",
      { constructs: ["type-suppression"], qualifier: "unless they are wrong" },
    ],
    ["Avoid `# pragma: no cover`, `# type: ignore` or `# noqa` comments", { constructs: ["type-suppression"] }],
    ["Never use 1-line if statements", { constructs: ["braceless-if"] }],
    ["Use functional components with `const Pier = () => {}`", { constructs: ["class-component"] }],
    ["Always pass `context.Context` as first parameter for operations", { constructs: ["late-context"] }],
    ["Pass `context.Context` as first parameter unless the pier is closed", undefined],
    ["Use `fmt.Errorf` with `%w` to preserve chains of errors", { constructs: ["unwrapped-error"] }],
    ["Never silently swallow errors", { constructs: ["empty-catch", "discarded-error"] }],
    ["Never swallow exceptions", { constructs: ["empty-catch"] }],
    ["Never discard a returned `error` with `_`", { constructs: expect.arrayContaining(["discarded-error"]) }],
    ["Never discard a returned `crate` with `_`", undefined],
    [
      "All imports go at the top of the file. Only exception: when piers are optional.",
      { constructs: ["local-import"], qualifier: expect.stringContaining("exception") },
    ],
    ["Remove commented-out code", { constructs: ["commented-code"] }],
    ["Remove all classes", undefined],
    ["Use strict `===`/`!==`, never loose `==`/`!=`", { constructs: ["loose-equality"] }],
    ["Always use absolute imports with the `@` prefix", { constructs: ["relative-import"] }],
    ["Use specific imports: `from pier import Boat` (not `import *`)", { constructs: ["wildcard-import"] }],
  ]);
});

describe("what each has", () => {
  understands([
    ["All endpoints must use `@auth`", { subject: { kind: "handler" }, companion: "decorator", name: "@auth" }],
    ["Every API route must call `requireAuth()`", { companion: "call", name: "requireAuth" }],
    ["All controllers must extend `BasePier`", { companion: "base", name: "BasePier" }],
    ["All boats must extend `BasePier`", undefined],
    [
      "When adding Go tests, always invoke `t.Parallel()` at the start of each test and subtest",
      { name: "t.Parallel" },
    ],
    ["Type hints required for all code", { companion: "parameter-types", scope: { languages: ["python"] } }],
    // Where tests are is not what has to have one.
    [
      "Each module has a corresponding test file in `tests/`",
      expect.not.objectContaining({ scope: expect.anything() }),
    ],
    ["SPDX headers required in all `.go` files:", { text: "SPDX-License-Identifier", scope: { paths: ["**/*.go"] } }],
    ["Every `.java` file must include the quay license header from `HEADER`.", { text: "Copyright" }],
    ["All Go files require SPDX headers at the top", { form: "required-text", text: "SPDX-License-Identifier" }],
    ["Use Apache 2.0 license headers for all Java files", { text: "Copyright", scope: { languages: ["java"] } }],
    ["Avoid larger files >300 LOC", { form: "size-limit", of: "file", max: 300 }],
    ['Interfaces: No "I" prefix (`Pier` not `IPier`)', { form: "naming", avoid: ["I*"] }],
    ["Do not use `Test` prefixed classes", { form: "naming", avoid: ["Test*"] }],
    ["`snake_case` for functions, constants, modules", { subject: { kind: "function" }, style: "snake_case" }],
    ["Source files are `snake_case.ts`, tests are `<module>.test.ts`", { subject: { kind: "file" } }],
  ]);
});

it("takes what is generated under a heading about files nobody edits", () => {
  const item = "- `internal/piers/` - Auto-generated by `piergen`. Run `make piers` to regenerate.";
  expect(checkOf("# Guide", "", "## Files You Must Not Edit", "", item)).toMatchObject({
    form: "forbidden-edit",
    paths: ["internal/piers/"],
  });
});

describe("files", () => {
  const accompanies = (path: string, more: object) => ({ form: "must-accompany", also: [{ paths: [path] }], ...more });
  understands([
    [
      "When a change affects public API or user-visible behaviour, update the relevant page(s) under `docs/`",
      accompanies("docs/", { qualifier: expect.stringContaining("public api") }),
    ],
    ["Update docs (`docs/piers/`) when changing public API", accompanies("docs/piers/", {})],
    [
      "Pages live in `docs/piers/` and need `docs/nav.json` entries when adding pages",
      accompanies("docs/nav.json", { when: { paths: ["docs/piers/"], added: true } }),
    ],
    ["Every PR modifying production code needs a changeset", accompanies(".changeset/", {})],
    ["Every pull request needs a boat", undefined],
    ["Add new environment variables to `config/`", undefined],
    ["Add new environment variables to `config/env.json`", accompanies("config/env.json", {})],
    // What stands in brackets is another matter.
    ["Edit `pier.json` (or export it after admin changes)", undefined],
    [
      "Do not edit generated tide files by hand",
      { form: "forbidden-edit", marked: ["DO NOT EDIT", "@generated"], qualifier: "tide files" },
    ],
    ["Do not add external runtime dependencies without discussion", { form: "forbidden-edit" }],
    ["Do not create, modify, or suggest `pier.json` files", { form: "forbidden-edit", paths: ["pier.json"] }],
  ]);
});

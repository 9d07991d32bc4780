import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

/** The check of one rule under a heading that says nothing of where it holds. */
function checkOf(text: string): unknown {
  const rules = extractRules({ path: "CLAUDE.md", text: `## Rules\n- ${text}` }, { globs: [] });
  return rules.at(-1)?.enforcement ?? undefined;
}

describe("how text is laid out", () => {
  it.each([
    ["Use 2 spaces for indentation", { indent: "spaces", width: 2 }],
    ["4-space indentation, no tabs", { indent: "spaces", width: 4 }],
    ["Use tabs for indentation in Python code, not spaces", { indent: "tabs", scope: { languages: ["python"] } }],
    ["Line length: 100", { maxLine: 100 }],
    ["Lines must not exceed 120 characters", { maxLine: 120 }],
    ["120-character line limit", { maxLine: 120 }],
    ["Line length: 110 characters (enforced by golines)", { maxLine: 110, scope: { languages: ["go"] } }],
    ["Line length: 110 characters (enforced by the linter)", { maxLine: 110 }],
    ["Files must end with a newline", { finalNewline: true }],
    ["Use single quotes for strings", { quotes: "single" }],
    ["Use double quotes, not single quotes", { quotes: "double" }],
    ["Semicolons required", { semicolons: "always" }],
    ["No semicolons", { semicolons: "never" }],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual({ form: "layout", ...check });
  });

  it.each(["Keep lines short", "Keep tide tables under 100 characters", "Use 2 spaces for YAML in charts"])(
    "%s",
    (text) => {
      expect(checkOf(text)).toBeUndefined();
    },
  );
});

describe("what leaves a construct out", () => {
  it.each([
    ["Use ES modules (import/export) syntax, not CommonJS (require)", ["commonjs"]],
    ["Functional components only - no class components", ["class-component"]],
    ["Place all imports at the top of the file, never inside functions", ["local-import"]],
    ["Always use curly braces for if statements", ["braceless-if"]],
    ["Use f-strings for string formatting", ["string-formatting"]],
    ["Use constructor injection for all dependencies", ["field-injection"]],
    ["NEVER use `@Autowired` on fields", ["field-injection"]],
    ['Wrap errors with `fmt.Errorf("...: %w", err)`', ["unwrapped-error"]],
    ["`context.Context` is always the first parameter", ["late-context"]],
    ["Never store `context.Context` in structs", ["context-field"]],
    ["Use `===` instead of `==`", ["loose-equality"]],
    ["Prefer `interface` over `type` for object shapes", ["object-type-alias"]],
    ["Never swallow exceptions", ["empty-catch"]],
    ["Never ignore errors", ["discarded-error", "empty-catch"]],
    ["Don't catch generic exceptions", ["broad-catch"]],
    ["Never hardcode secrets, API keys, or credentials", ["hardcoded-secret"]],
    ["All comments must be written in English", ["foreign-comment"]],
    ["No commented-out code", ["commented-code"]],
    ["Avoid mutable default arguments", ["mutable-default"]],
    ["No inline styles", ["inline-style"]],
    ["Never use `for-in`", ["for-in-loop"]],
    ["No barrel files", ["barrel-file"]],
    ["Avoid getters and setters", ["accessor"]],
  ])("%s", (text, constructs) => {
    expect(checkOf(text)).toMatchObject({ form: "forbidden-construct", constructs });
  });

  it.each([
    "Use functional components for charts of the tide",
    "Handle errors with `HarbourError`",
    "Use constructor injection unless the berth is lazy",
    "Wrap errors with `HarbourError`",
    "Never commit secrets without rotating them",
  ])("%s", (text) => {
    expect(checkOf(text)).toBeUndefined();
  });

  it.each([
    ["Use async/await instead of `.then()` chains", { form: "forbidden-call", names: [".then"] }],
    ["Use `for-of` loops over `forEach`/`map`", { form: "forbidden-call", names: [".forEach", ".map"] }],
    [
      "Do not commit `.only`, `.skip` or `xit`",
      {
        form: "forbidden-call",
        names: ["it.only", "test.only", "describe.only", "it.skip", "test.skip", "describe.skip", "xit"],
      },
    ],
    ["No print statements", { form: "forbidden-call", names: ["print"] }],
    ["No console statements", { form: "forbidden-call", names: ["console.*"] }],
    ["Use `list[str]` instead of `List[str]`", { form: "forbidden-import", names: ["typing.List"] }],
    ["Do not set `lazyBerths: true`", { form: "invariant", name: "lazyBerths", value: "false" }],
    ["Use strict TypeScript", { form: "required-setting", file: "tsconfig.json", key: "strict", value: "true" }],
    [
      "Use type hints everywhere",
      { form: "required-companion", subject: { kind: "function" }, companion: "parameter-types" },
    ],
    [
      "Provide docstrings",
      { form: "required-companion", subject: { kind: "function", exported: true }, companion: "doc-comment" },
    ],
    [
      "Never edit generated files",
      { form: "forbidden-edit", paths: [], marked: ["DO NOT EDIT", "@generated"], generated: true },
    ],
    ["Do not edit files that contain `HARBOUR GENERATED`", { form: "forbidden-edit", marked: ["HARBOUR GENERATED"] }],
    [
      "Every code change must be accompanied by tests",
      { form: "must-accompany", when: { of: "code" }, also: [{ of: "tests" }] },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toMatchObject(check);
  });
});

describe("tools of which there is one", () => {
  it.each([
    [
      "Use Zod for validation",
      { form: "forbidden-import", names: expect.arrayContaining(["yup", "joi"]), instead: ["zod"] },
    ],
    ["Use `vitest` for testing", { form: "forbidden-import", names: expect.arrayContaining(["jest", "mocha"]) }],
    ["Use SLF4J for all logging", { form: "forbidden-import", names: expect.arrayContaining(["java.util.logging"]) }],
    ["Always use `pnpm`", { form: "forbidden-command", commands: ["npm", "yarn", "bun"], instead: ["pnpm"] }],
    [
      "Package manager: pnpm (preferred over npm/yarn)",
      { form: "forbidden-command", commands: ["npm", "yarn", "bun"] },
    ],
    [
      "Use `uv` for dependency management",
      { form: "forbidden-command", commands: expect.arrayContaining(["pip", "poetry"]) },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toMatchObject(check);
  });

  it.each([
    "Use Zod for the tide tables",
    "Use `quayside` for validation",
    "Use `vitest`",
    "Use `pnpm` to start the harbour",
  ])("%s", (text) => {
    expect(checkOf(text)).toBeUndefined();
  });
});

describe("names", () => {
  it.each([
    ["Named constants must be in `UPPER_SNAKE_CASE`", { subject: { kind: "constant" }, style: "SCREAMING_SNAKE_CASE" }],
    ["PascalCase for classes, camelCase for functions", { subject: { kind: "class" }, style: "PascalCase" }],
    [
      "Source files: `kebab-case.ts`",
      { subject: { kind: "file" }, style: "kebab-case", scope: { paths: ["**/*.ts"] } },
    ],
    [
      "Use `snake_case` for Python functions",
      { subject: { kind: "function" }, style: "snake_case", scope: { languages: ["python"] } },
    ],
    [
      "Components: `PascalCase.tsx`",
      { subject: { kind: "file" }, style: "PascalCase", scope: { paths: ["**/{components,component}/**/*.tsx"] } },
    ],
    ["Prefix interfaces with `I`", { subject: { kind: "interface" }, prefix: "I" }],
    ["Custom hooks must start with `use`", { subject: { kind: "hook" }, prefix: "use" }],
    [
      "Test files: `*.test.ts` alongside source files",
      { subject: { kind: "test-file" }, suffix: ".test.ts", scope: { languages: ["typescript"] } },
    ],
    [
      "Name test files `BerthCard.test.tsx`",
      { subject: { kind: "test-file" }, suffix: ".test.tsx", scope: { languages: ["typescript"] } },
    ],
    ["Use plain `test_` functions, not `Test*` classes", { subject: { kind: "class" }, avoid: ["Test*"] }],
    ["Classes/interfaces: PascalCase (e.g., `BerthPlan`, `Pier`)", { subject: { kind: "type" }, style: "PascalCase" }],
    ["`lowerCamelCase` for method and variable names.", { subject: { kind: "function" }, style: "camelCase" }],
    [
      "Controllers: named [Entity]Controller (e.g. BerthController)",
      { subject: { kind: "class" }, suffix: "Controller", scope: { paths: ["**/{controllers,controller}/**"] } },
    ],
    ["Tests live in `tests/`", { subject: { kind: "test-file" }, paths: ["tests/"] }],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual({ form: "naming", ...check });
  });

  it.each(["PascalCase for classes unless a tool wrote them", "Prefix quays with `q_`", "Tests live in the harbour"])(
    "%s",
    (text) => {
      expect(checkOf(text)).toBeUndefined();
    },
  );

  it("takes parts of a program by their folder or the end of their name", () => {
    expect(checkOf("Never call `fetch` in components")).toMatchObject({
      scope: { paths: ["**/{components,component}/**", "**/*{Component,.component,_component,-component}.*"] },
    });
  });
});

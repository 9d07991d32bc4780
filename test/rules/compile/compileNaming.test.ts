import { describe, expect, it } from "vitest";
import { extractRules } from "../../../server/src/core/rules/extractRules";

function checksOf(text: string): unknown[] {
  return extractRules({ path: "CLAUDE.md", text }, { globs: [] }).map(({ enforcement }) => enforcement);
}

/** The check of one rule under a heading that says nothing of where it holds. */
function checkOf(text: string): unknown {
  return checksOf(`## Rules\n- ${text}`).at(-1) ?? undefined;
}

describe("how things are called", () => {
  it.each([
    ["Classes: PascalCase (e.g., `TideTable`, `Berth`)", { subject: { kind: "class" }, style: "PascalCase" }],
    [
      "Use camelCase for variables and functions, PascalCase for classes, and UPPER_SNAKE_CASE for constants",
      { subject: { kind: "function" }, style: "camelCase" },
    ],
    [
      "Python: snake_case for functions and variables, PascalCase for classes",
      { subject: { kind: "function" }, style: "snake_case", scope: { languages: ["python"] } },
    ],
    [
      "Use PascalCase for component names and kebab-case for file names",
      { subject: { kind: "file" }, style: "kebab-case" },
    ],
    ["Components: PascalCase", { subject: { kind: "component" }, style: "PascalCase" }],
    [
      "Component files: PascalCase (`BerthCard.tsx`)",
      {
        subject: { kind: "file" },
        style: "PascalCase",
        scope: { paths: ["**/{components,component}/**/*.{tsx,jsx}"] },
      },
    ],
    [
      "Type test files: `kebab-case.test-d.ts`",
      { subject: { kind: "file" }, style: "kebab-case", scope: { paths: ["**/*.test-d.ts"] } },
    ],
    ['Prefix interfaces with "I"', { subject: { kind: "interface" }, prefix: "I" }],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual({ form: "naming", ...check });
  });

  it.each([
    "Never use camelCase for file names",
    "Use PascalCase for types unless a tool wrote them",
    "Event names use snake_case",
    "Branch names use kebab-case",
    "Class names use kebab-case",
    "File names: kebab-case for berths, camelCase for quays",
  ])("%s", (text) => {
    expect(checkOf(text)).toBeUndefined();
  });

  it("is about code only where the heading does not say otherwise", () => {
    expect(checksOf("## Database tables\n- Functions must be in snake_case")).toEqual([null]);
    expect(checksOf("## Harbour code\n- Functions must be in snake_case")).toMatchObject([{ style: "snake_case" }]);
  });

  it("is read from tables", () => {
    const table =
      "## Naming\n\n| Element | Convention | Example |\n|---|---|---|\n| Classes/Interfaces | `PascalCase` | `Berth` |\n| Tables | snake_case | `berth` |\n";
    expect(checksOf(table)).toEqual([{ form: "naming", subject: { kind: "type" }, style: "PascalCase" }, null]);
  });
});

describe("where things are", () => {
  it.each([
    [
      "Custom hooks must go in `src/hooks`",
      { subject: { kind: "hook", names: ["use*"] }, paths: ["src/hooks/", "**/hooks/**"] },
    ],
    ["Enums must be placed in `src/enums/`", { subject: { kind: "enum" }, paths: ["src/enums/", "**/enums/**"] }],
    [
      "Custom errors must be defined in `errors.ts`",
      { subject: { kind: "class", names: ["*Error", "*Exception"] }, paths: ["**/errors.ts"] },
    ],
    [
      "Components must be placed in `src/components/`",
      {
        subject: { kind: "component" },
        paths: ["src/components/", "**/components/**"],
        scope: { paths: ["**/{hooks,hook,utils,util,helpers,services,types,stores,constants}/**"] },
      },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual({ form: "naming", ...check });
  });

  it.each([
    "Shared hooks must go in `src/shared/hooks/`",
    "Put unit tests in `tests/unit/`",
    "Berth logic must live in `src/berths/`",
  ])("%s", (text) => {
    expect(checkOf(text)).toBeUndefined();
  });
});

describe("how much, and what each has", () => {
  it.each([
    ["Classes must not exceed 300 lines", { form: "size-limit", of: "class", max: 300 }],
    ["Max nesting depth: 3", { form: "size-limit", of: "nesting", max: 3 }],
    ["Keep cyclomatic complexity below 10", { form: "size-limit", of: "complexity", max: 10 }],
    ["Cognitive complexity must not exceed 15", { form: "size-limit", of: "cognitive", max: 15 }],
    ["All source files must have a license header", { form: "required-text", text: "Copyright" }],
    [
      "Every `.go` file starts with the Apache 2.0 license header",
      { form: "required-text", text: "Copyright", scope: { paths: ["**/*.go"] } },
    ],
    [
      "All public/exported functions & classes must have JSDoc",
      {
        form: "required-companion",
        subject: { kind: "function", exported: true },
        companion: "doc-comment",
        scope: { languages: ["typescript", "javascript"] },
      },
    ],
    [
      "Use explicit type annotations for function parameters and return types",
      { form: "required-companion", subject: { kind: "function" }, companion: "parameter-types" },
    ],
  ])("%s", (text, check) => {
    expect(checkOf(text)).toEqual(check);
  });

  it.each(["New source files must have a license header", "All new methods should receive a JSDoc comment"])(
    "%s",
    (text) => {
      expect(checkOf(text)).toBeUndefined();
    },
  );
});

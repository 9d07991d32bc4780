import { describe, expect, it } from "vitest";
import type { Check, CodeCheck } from "../../server/src/core/rules/check";
import { checkChanges, type FileChange } from "../../server/src/core/rules/enforce/changes";
import { checkCommands } from "../../server/src/core/rules/enforce/commands";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

function ruleOf(enforcement: Check, text = "A rule"): Rule {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 7, endLine: 7 };
  return { source, text, polarity: "must", scope, enforcement, status: "enforced" };
}

/** Violations as `path:line what is wrong`. */
async function broken(check: CodeCheck, files: Files): Promise<string[]> {
  const rule = ruleOf(check);
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  return (outcome?.violations ?? []).map(({ path, range, claim }) => `${path}:${range.start.line + 1} ${claim}`);
}

describe("layout", () => {
  it("finds lines that are too long", async () => {
    const files = { "quay.py": `short = 1\nlong = "${"a".repeat(100)}"\n` };
    expect(await broken({ form: "layout", maxLine: 100 }, files)).toEqual([
      "quay.py:2 `quay.py` has a line of 109 characters",
    ]);
    expect(await broken({ form: "layout", maxLine: 120 }, files)).toEqual([]);
  });

  it("finds other indentation", async () => {
    const files = {
      "tabs.ts": "if (tide) {\n\tmoor();\n}\n",
      "two.ts": "if (tide) {\n  moor();\n}\n",
      "four.ts": "if (tide) {\n    moor();\n}\n",
    };
    expect(await broken({ form: "layout", indent: "spaces", width: 2 }, files)).toEqual([
      "four.ts:2 `four.ts` is indented by 4 spaces",
      "tabs.ts:2 `tabs.ts` is indented with tabs",
    ]);
    expect(await broken({ form: "layout", indent: "tabs" }, files)).toEqual([
      "four.ts:2 `four.ts` is indented with spaces",
      "two.ts:2 `two.ts` is indented with spaces",
    ]);
  });

  it("takes the quotes within a text as its own demand", async () => {
    const files = { "a.py": "a = f\"low {b['tide']}\"\n", "b.py": "a = f\"low {b['tide']}\" + 'high'\n" };
    expect(await broken({ form: "layout", quotes: "double" }, files)).toEqual([
      "b.py:1 `b.py` has a string that is not in double quotes",
    ]);
  });

  it("finds other quotes, semicolons and ends", async () => {
    const files = { "a.ts": "const quay = 'north';\n", "b.ts": 'const quay = "north"' };
    expect(await broken({ form: "layout", quotes: "single", semicolons: "always", finalNewline: true }, files)).toEqual(
      [
        "b.ts:1 `b.ts` has a statement without a semicolon",
        "b.ts:1 The last line of `b.ts` does not end",
        "b.ts:1 `b.ts` has a string that is not in single quotes",
      ],
    );
    expect(await broken({ form: "layout", quotes: "double", semicolons: "never" }, files)).toEqual([
      "a.ts:1 `a.ts` has a statement with a semicolon",
      "a.ts:1 `a.ts` has a string that is not in double quotes",
    ]);
  });

  it("counts a file that keeps to it as a place", async () => {
    const rule = ruleOf({ form: "layout", maxLine: 100 });
    const outcome = new RuleChecker([rule]).check(await modelOf({ "quay.go": "package quay\n" })).get(rule);
    expect(outcome).toMatchObject({ matches: 1, violations: [] });
  });
});

describe("constructs that declarations tell", () => {
  it.each<[string, CodeCheck & { form: "forbidden-construct" }, Files, string[]]>([
    [
      "class components",
      { form: "forbidden-construct", constructs: ["class-component"] },
      { "berth.tsx": "class Berth extends React.Component {}\nclass Tide extends Sea {}\n" },
      ["berth.tsx:1 The file `berth.tsx` declares a class component"],
    ],
    [
      "a context that is not first",
      { form: "forbidden-construct", constructs: ["late-context"] },
      {
        "quay.go":
          'package quay\nimport ("context"; "testing")\nfunc Moor(n int, ctx context.Context) {}\nfunc Cast(ctx context.Context, n int) {}\nfunc help(t *testing.T, ctx context.Context) {}\n',
      },
      ["quay.go:3 `Moor` takes its `context.Context` after another parameter"],
    ],
    [
      "a context that is kept",
      { form: "forbidden-construct", constructs: ["context-field"] },
      { "quay.go": 'package quay\nimport "context"\ntype Quay struct {\n\tctx context.Context\n\tn int\n}\n' },
      ["quay.go:4 The file `quay.go` keeps a `context.Context` in a struct"],
    ],
    [
      "accessors",
      { form: "forbidden-construct", constructs: ["accessor"] },
      { "berth.ts": "export class Berth {\n  get length() { return 1; }\n  size() { return 2; }\n}\n" },
      ["berth.ts:2 `length` is a getter or setter"],
    ],
    [
      "files that hand on",
      { form: "forbidden-construct", constructs: ["barrel-file"] },
      {
        "quays/index.ts": 'export * from "./north";\n',
        "quays/north.ts": "export const north = 1;\n",
        "tides/index.ts": 'export { north } from "../quays/north";\nexport function ebb() {}\n',
      },
      ["quays/index.ts:1 The file `index.ts` only hands on what others export"],
    ],
  ])("%s", async (_, check, files, expected) => {
    expect(await broken(check, files)).toEqual(expected);
  });
});

describe("names", () => {
  it("tells interfaces from classes, and constants from variables nobody assigns", async () => {
    const files = {
      "berth.ts":
        "export interface Berth {}\nexport class Quay {}\nexport const maxTide = 3;\nexport const router = makeRouter();\n",
    };
    expect(await broken({ form: "naming", subject: { kind: "interface" }, prefix: "I" }, files)).toEqual([
      "berth.ts:1 `Berth` does not start with `I`",
    ]);
    expect(
      await broken({ form: "naming", subject: { kind: "constant" }, style: "SCREAMING_SNAKE_CASE" }, files),
    ).toEqual(["berth.ts:3 `maxTide` is not in SCREAMING_SNAKE_CASE"]);
  });

  it("looks at the whole name of a file, and leaves names alone that others prescribe", async () => {
    const files = {
      "pier/berth.service.ts": "export const berth = 1;\n",
      "services/tide.service.ts": "export const tide = 1;\n",
      "pier/index.ts": "export const pier = 1;\n",
    };
    expect(
      await broken(
        { form: "naming", subject: { kind: "file", names: ["*.service"] }, paths: ["**/services/**"] },
        files,
      ),
    ).toEqual(["pier/berth.service.ts:1 `pier/berth.service.ts` is not in `**/services/**`"]);
    const styled = await broken({ form: "naming", subject: { kind: "file" }, style: "PascalCase" }, files);
    expect(styled.map((text) => text.split(":")[0])).toEqual(["pier/berth.service.ts", "services/tide.service.ts"]);
  });

  it("knows components by their files and capital letters", async () => {
    const files = {
      "quay.tsx": "export function Quay_Card() { return 1; }\nexport function moor() { return 2; }\n",
      "quay.ts": "export function Tide_Card() { return 1; }\n",
    };
    expect(await broken({ form: "naming", subject: { kind: "component" }, style: "PascalCase" }, files)).toEqual([
      "quay.tsx:1 `Quay_Card` is not in PascalCase",
    ]);
  });

  it("measures classes and how deep and branched functions are", async () => {
    const files = {
      "tide.ts":
        "export class Tide {\n  low = 1;\n  high = 2;\n}\nexport function rise(a: boolean, b: boolean) {\n  if (a) {\n    if (b) return 1;\n  }\n  return 2;\n}\n",
    };
    const tooMuch = (of: "class" | "nesting" | "complexity" | "cognitive", max: number) =>
      broken({ form: "size-limit", of, max }, files);
    expect(await tooMuch("class", 3)).toEqual(["tide.ts:1 `Tide` has 4 lines, more than 3"]);
    expect(await tooMuch("nesting", 1)).toEqual(["tide.ts:5 `rise` has 2 levels of nesting, more than 1"]);
    expect(await tooMuch("complexity", 2)).toEqual([
      "tide.ts:5 `rise` has 3 points of cyclomatic complexity, more than 2",
    ]);
    expect(await tooMuch("cognitive", 3)).toEqual([]);
  });

  it("knows hooks by the hooks they call", async () => {
    const files = {
      "tide.tsx":
        "export function tide() { return useState(1); }\nexport function useSea() { return useState(1); }\nexport function Sea() { return useSea(); }\n",
    };
    expect(await broken({ form: "naming", subject: { kind: "hook" }, prefix: "use" }, files)).toEqual([
      "tide.tsx:1 `tide` does not start with `use`",
    ]);
  });

  it("asks only files that hold tests for their names and places", async () => {
    const files = {
      "tests/quay.spec.ts": 'it("moors", () => {});\n',
      "tests/helper.ts": "export function moor() {}\n",
      "src/berth.test.ts": 'it("holds", () => {});\n',
      "src/berth.test.tsx": 'it("shows", () => {});\n',
    };
    expect(await broken({ form: "naming", subject: { kind: "test-file" }, suffix: ".test.ts" }, files)).toEqual([
      "tests/quay.spec.ts:1 `tests/quay.spec.ts` does not end with `.test.ts`",
    ]);
    expect(await broken({ form: "naming", subject: { kind: "test-file" }, paths: ["tests/"] }, files)).toHaveLength(2);
  });
});

describe("tests that keep others from running", () => {
  it("are looked for in tests", async () => {
    const files = { "quay.test.ts": 'it.only("moors", () => {});\nit("holds", () => {});\n' };
    expect(await broken({ form: "forbidden-call", names: ["it.only"] }, files)).toHaveLength(1);
  });
});

describe("settings", () => {
  const strict = ruleOf({ form: "required-setting", file: "tsconfig.json", key: "strict", value: "true" });
  const claims = (text: string) =>
    (checkCommands([strict], [{ path: "web/tsconfig.json", text }]).get(strict)?.violations ?? []).map(
      ({ claim }) => claim,
    );

  it("have the value", () => {
    expect(claims('{ "compilerOptions": { "strict": true } }')).toEqual([]);
    expect(claims('{ "compilerOptions": { "strict": false } }')).toEqual([
      "`web/tsconfig.json` sets `strict` to `false`",
    ]);
    expect(claims('{ "compilerOptions": {} }')).toEqual(["`web/tsconfig.json` does not set `strict`"]);
  });

  it("are those of the root where the rule says so, and of what compiles files", () => {
    const files = ["tsconfig.json", "web/tsconfig.json"].map((path) => ({ path, text: "{}" }));
    const told = (text: string) => {
      const rule = { ...strict, text };
      return checkCommands([rule], files)
        .get(rule)
        ?.violations.map(({ path }) => path);
    };
    expect(told("Strict mode in the root tsconfig")).toEqual(["tsconfig.json"]);
    expect(told("Strict mode")).toEqual(["tsconfig.json", "web/tsconfig.json"]);
    expect(claims('{ "files": [], "references": [{ "path": "./quay" }] }')).toEqual([]);
  });

  it("are those of the folder a rule is loaded for, and of no example", () => {
    const settings = ["web/tsconfig.json", "pier/tsconfig.json", "web/examples/tsconfig.json"];
    const files = settings.map((path) => ({ path, text: "{}" }));
    const paths = (globs: string[]) => {
      const rule = { ...strict, scope: { ...strict.scope, globs } };
      return checkCommands([rule], files)
        .get(rule)
        ?.violations.map(({ path }) => path);
    };
    expect(paths(["web/**"])).toEqual(["web/tsconfig.json"]);
    expect(paths(["**/*.ts"])).toEqual(["web/tsconfig.json", "pier/tsconfig.json"]);
  });

  it("may come from elsewhere", () => {
    expect(claims('{ "extends": "../tsconfig.base.json" }')).toEqual([]);
  });
});

describe("changes", () => {
  const changed = (path: string): FileChange => ({ path, kind: "modified" });

  it("of code come with a test, whichever", async () => {
    const rule = ruleOf({ form: "must-accompany", when: { of: "code" }, also: [{ of: "tests" }] });
    const model = await modelOf({
      "quay.go": "package quay\n",
      "quay_test.go": "package quay\n",
      "sea.go": "package quay\n",
    });
    const count = (...paths: string[]) => checkChanges([rule], paths.map(changed), model).map(({ claim }) => claim);
    expect(count("quay.go", "sea.go")).toEqual(["`quay.go` and 1 more are changed and no test is"]);
    expect(count("quay.go", "quay_test.go")).toEqual([]);
    expect(count("README.md")).toEqual([]);
  });

  it("do not touch what says that nobody edits it", async () => {
    const rule = ruleOf({ form: "forbidden-edit", paths: [], marked: ["HARBOUR MADE THIS"], generated: true });
    const model = await modelOf({ "a.py": "# Harbour made this\nquay = 1\n", "b.py": "quay = 1\n" });
    expect(checkChanges([rule], [changed("a.py"), changed("b.py")], model).map(({ path }) => path)).toEqual(["a.py"]);
  });
});

describe("names that no style is asked of", () => {
  it("are those of what stands around, and numbers", async () => {
    const nested = {
      "quay.py": "class TideForm:\n    class Options:\n        pass\n    class low_tide:\n        pass\n",
    };
    const classes: CodeCheck = { form: "naming", subject: { kind: "class" }, style: "PascalCase" };
    expect(await broken(classes, nested)).toEqual(["quay.py:4 `TideForm.low_tide` is not in PascalCase"]);
    const numbered = {
      "quay.js": "module.exports = { 9686: function (i) { return i; }, low_tide: function () {} };\n",
    };
    const functions: CodeCheck = { form: "naming", subject: { kind: "function" }, style: "camelCase" };
    expect(await broken(functions, numbered)).toEqual(["quay.js:1 `low_tide` is not in camelCase"]);
  });
});

describe("commands before others", () => {
  it("are found where they are what is forbidden", () => {
    const rule = ruleOf({ form: "forbidden-command", commands: ["sudo"] });
    const other = ruleOf({ form: "forbidden-command", commands: ["pier paint"] });
    const files = [{ path: "moor.sh", text: "sudo pier paint\npier paint\nTIDE=1 sudo -E moor\n" }];
    const report = checkCommands([rule, other], files);
    expect(report.get(rule)?.violations.map(({ range }) => range.start.line)).toEqual([0, 2]);
    expect(report.get(other)?.violations.map(({ range }) => range.start.line)).toEqual([0, 1]);
  });
});

import { describe, expect, it } from "vitest";
import type { Check } from "../../server/src/core/rules/check";
import { checkCommands } from "../../server/src/core/rules/enforce/commands";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { TextSearch } from "../../server/src/core/rules/enforce/textSearch";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

interface Said {
  check?: Check;
  text?: string;
  /** The folder whose instruction file says it. */
  folder?: string;
}

function ruleOf({ check, text = "A rule", folder }: Said): Rule {
  const scope = { globs: folder === undefined ? [] : [`${folder}/**`], symbols: [], paths: [], commands: [] };
  const source = { path: folder === undefined ? "CLAUDE.md" : `${folder}/CLAUDE.md`, line: 7, endLine: 7 };
  return { source, text, polarity: "must-not", scope, enforcement: check ?? null, status: "enforced" };
}

/** `path:line` of what the rules find, each rule's in a list. */
async function broken(said: readonly Said[], files: Readonly<Record<string, string>>): Promise<string[][]> {
  const rules = said.map(ruleOf);
  const report = new RuleChecker(rules).check(await modelOf(files));
  return rules.map((rule) =>
    (report.get(rule)?.violations ?? []).map(({ path, range }) => `${path}:${range.start.line + 1}`),
  );
}

const noPrint: Check = { form: "forbidden-call", names: ["console.log", "print"] };
const typed: Check = { form: "required-companion", subject: { kind: "function" }, companion: "parameter-types" };
const call = "console.log(1);\n";

describe("a rule of a deeper folder", () => {
  const files = { "quay/tide-table.ts": "export const a = 1;\n", "pier/tide-table.ts": "export const b = 1;\n" };
  const camel: Check = { form: "naming", subject: { kind: "file" }, style: "camelCase" };
  const kebab: Check = { ...camel, style: "kebab-case" };

  it("holds there against one of a folder above that says something else of the same thing", async () => {
    expect(await broken([{ check: camel }, { check: kebab, folder: "quay" }], files)).toEqual([
      ["pier/tide-table.ts:1"],
      [],
    ]);
  });

  it("does so in words that nobody could compile", async () => {
    const text = "File name matches the chart in kebab-case.";
    expect(await broken([{ check: camel }, { text, folder: "quay" }], files)).toEqual([["pier/tide-table.ts:1"], []]);
  });

  it("speaks of files of components when it says so", async () => {
    const text = "File name matches component name in kebab-case.";
    const both = { ...files, "quay/tide-chart.tsx": "export const Chart = () => null;\n" };
    const [above] = await broken([{ check: camel }, { text, folder: "quay" }], both);
    expect(above).toEqual(["pier/tide-table.ts:1", "quay/tide-table.ts:1"]);
  });

  it("leaves a rule about another thing, and one of a folder beside it, as they are", async () => {
    const functions: Check = { form: "naming", subject: { kind: "function" }, style: "PascalCase" };
    const [above] = await broken([{ check: camel }, { check: functions, folder: "quay" }], files);
    expect(above).toEqual(["pier/tide-table.ts:1", "quay/tide-table.ts:1"]);
    const [, beside] = await broken(
      [
        { check: kebab, folder: "shed" },
        { check: camel, folder: "quay" },
      ],
      files,
    );
    expect(beside).toEqual(["quay/tide-table.ts:1"]);
  });

  it("holds against it on sizes, layout and names of test files", async () => {
    const long = { "quay/a.test.ts": `test("tide", () => {\n    moor("a");\n});\n` };
    const pairs: [Check, Check][] = [
      [
        { form: "size-limit", of: "file", max: 1 },
        { form: "size-limit", of: "file", max: 9 },
      ],
      [
        { form: "layout", indent: "spaces", width: 2 },
        { form: "layout", indent: "spaces", width: 4 },
      ],
      [
        { form: "layout", quotes: "single" },
        { form: "layout", quotes: "double" },
      ],
      [
        { form: "naming", subject: { kind: "test-file" }, prefix: "check_" },
        { form: "naming", subject: { kind: "test-file" }, suffix: ".test.ts" },
      ],
    ];
    for (const [upper, deeper] of pairs) {
      const text = "In tests";
      const [alone] = await broken([{ check: upper, text }], long);
      expect(alone).toHaveLength(1);
      expect(
        await broken(
          [
            { check: upper, text },
            { check: deeper, folder: "quay", text },
          ],
          long,
        ),
      ).toEqual([[], []]);
    }
  });

  it("chooses another package manager for its scripts", () => {
    const manager = (instead: string, other: string): Check => ({
      form: "forbidden-command",
      commands: [other],
      instead: [instead],
    });
    const rules = [{ check: manager("pnpm", "npm") }, { check: manager("npm", "pnpm"), folder: "quay" }].map(ruleOf);
    const scripts = ["build.sh", "quay/build.sh"].map((path) => ({ path, text: "npm install\n" }));
    const report = checkCommands(rules, scripts);
    expect([...report.values()].map(({ violations }) => violations.map(({ path }) => path))).toEqual([
      ["build.sh"],
      [],
    ]);
  });

  it("leaves out what is done in the checkout of another project, and values of a matrix", () => {
    const check: Check = { form: "forbidden-command", commands: ["npm"], instead: ["pnpm"] };
    const scripts = [
      { path: "a.sh", text: "npm ci\ngit clone https://harbour.example/quay\ncd quay && npm install\n" },
      { path: ".github/workflows/b.yml", text: '  pm:\n    - { name: npm, label: "npm" }\n    - run: npm ci\n' },
    ];
    const [outcome] = checkCommands([ruleOf({ check })], scripts).values();
    expect(outcome?.violations.map(({ path, range }) => `${path}:${range.start.line + 1}`)).toEqual([
      ".github/workflows/b.yml:3",
      "a.sh:1",
    ]);
  });

  it("is no more exact than one of its own file for one language", async () => {
    const both = { "quay/tide_table.py": "a = 1\n", "quay/tide_table.ts": "export const a = 1;\n" };
    const python: Check = { ...camel, style: "snake_case", scope: { languages: ["python"] } };
    expect(await broken([{ check: camel }, { check: python }], both)).toEqual([["quay/tide_table.ts:1"], []]);
  });
});

describe("a line on which a linter is told to be silent", () => {
  it.each([
    ["a.ts", "// eslint-disable-next-line no-console\nconsole.log(1);\n"],
    ["a.ts", "console.log(1); // eslint-disable-line\n"],
    ["a.ts", "// biome-ignore lint/suspicious/noConsole: the pilot reads it\nconsole.log(1);\n"],
    ["a.ts", "// @ts-expect-error\nconsole.log(1);\n"],
    ["a.ts", "console.log(1); // NOSONAR\n"],
    ["a.ts", "/* eslint-disable */\nexport const tide = 1;\n\nconsole.log(1);\n"],
    ["a.py", "print(1)  # noqa: T201\n"],
    ["a.py", "print(1)  # type: ignore\n"],
    ["a.py", "print(1)  # pylint: disable=bad-builtin\n"],
    ["a.py", "# ruff: noqa\nprint(1)\n"],
    ["a.go", "package a\n\nfunc Moor() {\n\tprint(1) //nolint:forbidigo\n}\n"],
  ])("is not told: %s %j", async (path, text) => {
    expect(await broken([{ check: noPrint }], { [path]: text })).toEqual([[]]);
  });

  it("is that of the name of what it stands on", async () => {
    const python = {
      "a.py": "def moor(ship):  # noqa: ANN001\n    return ship\n\n\ndef sail(ship):\n    return ship\n",
    };
    expect(await broken([{ check: typed }], python)).toEqual([["a.py:5"]]);
    const named: Check = { form: "naming", subject: { kind: "function" }, style: "camelCase" };
    const java = {
      "A.java": 'class A {\n  @SuppressWarnings("naming")\n  void Moor() {}\n\n  void Sail() {}\n}\n',
    };
    expect(await broken([{ check: named }], java)).toEqual([["A.java:5"]]);
  });

  it("is no other line", async () => {
    const after = { "a.ts": "// eslint-disable-next-line\nexport const tide = 1;\nconsole.log(1);\n" };
    expect(await broken([{ check: noPrint }], after)).toEqual([["a.ts:3"]]);
    const on = { "a.ts": `/* eslint-disable */\n${call}/* eslint-enable */\n\n${call}` };
    expect(await broken([{ check: noPrint }], on)).toEqual([["a.ts:5"]]);
    const named = { "a.ts": `/* eslint-disable no-var */\n\n\n${call}` };
    expect(await broken([{ check: noPrint }], named)).toEqual([["a.ts:4"]]);
  });

  it("is told by a rule against such comments", async () => {
    const check: Check = { form: "forbidden-construct", constructs: ["type-suppression"] };
    expect(await broken([{ check }], { "a.py": "moor(1)  # type: ignore\n" })).toEqual([["a.py:1"]]);
    const text = "Never print, and never write `noqa` to get around it.";
    expect(await broken([{ check: noPrint, text }], { "a.py": "print(1)  # noqa\n" })).toEqual([["a.py:1"]]);
  });

  it("is not told of its text either", () => {
    const search = new TextSearch([ruleOf({ check: { form: "forbidden-text", texts: ["tide!"] } })]);
    const text = "moor('tide!'); // eslint-disable-line\n// eslint-disable-next-line\nmoor('tide!');\nmoor('tide!');\n";
    expect(search.in({ path: "a.ts", text }).map(({ range }) => range.start.line)).toEqual([3]);
  });
});

describe("what a team does not write", () => {
  it.each([[".claude/hooks/moor.ts"], [".cursor/moor.ts"], ["quay/.agents/skills/moor.ts"]])(
    "holds tools in a hidden folder: %s",
    async (path) => {
      expect(await broken([{ check: noPrint }], { [path]: call })).toEqual([[]]);
      const search = new TextSearch([ruleOf({ check: { form: "forbidden-text", texts: ["console"] } })]);
      expect(search.in({ path, text: call })).toEqual([]);
    },
  );

  it("holds none of what runs in its workflows", async () => {
    const path = ".github/moor.ts";
    const check: Check = { form: "forbidden-call", names: ["fetch"] };
    expect(await broken([{ check }], { [path]: 'fetch("tide");\n' })).toEqual([[`${path}:1`]]);
  });

  it("is told by a rule that names the folder or stands in it", async () => {
    const files = { ".claude/hooks/moor.ts": call };
    const told = [[".claude/hooks/moor.ts:1"]];
    expect(await broken([{ check: noPrint, folder: ".claude/hooks" }], files)).toEqual(told);
    expect(await broken([{ check: noPrint, text: "Hooks in `.claude/` print nothing." }], files)).toEqual(told);
    expect(await broken([{ check: { ...noPrint, scope: { paths: [".claude/hooks/"] } } }], files)).toEqual(told);
  });

  it.each([
    ["quay/generated-types.ts", call],
    ["moor.ts", `// Code generated by tide. DO NOT EDIT.\n${call}`],
    ["moor.ts", `// NOTE: This file should not be edited\n${call}`],
  ])("is generated: %s %j", async (path, text) => {
    expect(await broken([{ check: noPrint }], { [path]: text })).toEqual([[]]);
  });

  it("is generated for a search of texts as well", () => {
    const search = new TextSearch([ruleOf({ check: { form: "forbidden-text", texts: ["console"] } })]);
    expect(search.in({ path: "a.ts", text: `// Code generated by tide. DO NOT EDIT.\n${call}` })).toEqual([]);
  });
});

describe("the name by which pytest finds tests", () => {
  const check: Check = { form: "naming", subject: { kind: "test-file" }, prefix: "test_" };
  const files = {
    "quay/tide.test.ts": 'test("tide", () => {});\n',
    "quay/tide_test.py": "def test_tide():\n    pass\n",
    "quay/tests/conftest.py": "def test_berths():\n    pass\n",
  };

  it("is not that of another language's tests, unless the rule says so", async () => {
    expect(await broken([{ check }], files)).toEqual([["quay/tide_test.py:1"]]);
    const typescript: Check = { ...check, scope: { languages: ["typescript"] } };
    expect(await broken([{ check: typescript }], files)).toEqual([["quay/tide.test.ts:1"]]);
  });
});

describe("a construct that needs a reason", () => {
  const unexplained = (...constructs: ("any-type" | "type-suppression" | "todo-comment")[]): Check => ({
    form: "forbidden-construct",
    constructs,
    unexplained: true,
  });

  it("is fine beside a comment that gives one", async () => {
    const files = {
      "quay/a.ts": "export const a: any = 1;\n// The old crane gives whatever it holds.\nexport const b: any = 2;\n",
      "quay/b.ts": "export const c: any = 1; // eslint-disable-line\nexport const d: any = 2; // from the old crane\n",
    };
    expect(await broken([{ check: unexplained("any-type") }], files)).toEqual([["quay/a.ts:1"]]);
  });

  it("may give it itself, and a TODO names its issue", async () => {
    const files = {
      "quay/a.py": "a = f()  # type: ignore\n\nb = f()  # type: ignore[attr]  # the crane has no types\n",
      "quay/b.py": "# TODO mend the crane\n\n# TODO(#12): mend the rope\n",
    };
    const found = await broken(
      [{ check: unexplained("type-suppression") }, { check: unexplained("todo-comment") }],
      files,
    );
    expect(found).toEqual([["quay/a.py:1"], ["quay/b.py:1"]]);
  });
});

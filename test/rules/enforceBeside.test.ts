import { describe, expect, it } from "vitest";
import type { Check, CodeCheck } from "../../server/src/core/rules/check";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { sectionsIn } from "../../server/src/core/rules/enforce/section";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

/** Outcomes of a rule that stands in the first line of its document. */
async function checked(check: Check, files: Files, text = "A rule", document = text) {
  const rule: Rule = {
    source: { path: "CLAUDE.md", line: 1, endLine: 1 },
    text,
    polarity: "must-not",
    scope: { globs: [], symbols: [], paths: [], commands: [] },
    enforcement: check,
    status: "enforced",
  };
  const checker = new RuleChecker([rule], sectionsIn([{ path: "CLAUDE.md", text: document }]));
  return checker.check(await modelOf(files)).get(rule)?.violations ?? [];
}

async function broken(check: CodeCheck, files: Files, text?: string, document?: string): Promise<string[]> {
  const violations = await checked(check, files, text, document);
  return violations.map(({ path, range }) => `${path}:${range.start.line + 1}`);
}

describe("limits and constructors", () => {
  const files = {
    "Quay.java":
      "class Quay {\n  Quay(int a, int b, int c) {\n    int d = a;\n  }\n  void moor(int a, int b, int c) {\n    int d = a;\n  }\n}\n",
  };
  const parameters: CodeCheck = { form: "size-limit", of: "parameters", max: 2 };
  const lines: CodeCheck = { form: "size-limit", of: "function", max: 2 };

  it("of methods leave them out", async () => {
    expect(await broken(parameters, files, "At most 2 parameters per method")).toEqual(["Quay.java:5"]);
    expect(await broken(lines, files, "Methods have at most 2 lines")).toEqual(["Quay.java:5"]);
  });

  it("of functions count their lines, and not what they are filled with", async () => {
    expect(await broken(parameters, files, "At most 2 parameters per function")).toEqual(["Quay.java:5"]);
    expect(await broken(lines, files, "Functions have at most 2 lines")).toEqual(["Quay.java:2", "Quay.java:5"]);
  });

  it("that name them, or nothing at all, say which is one", async () => {
    const [first] = await checked(parameters, files, "Methods and constructors take at most 2 parameters");
    expect(first?.message).toContain("The constructor of `Quay` has 3 parameters");
    expect(await broken(parameters, files, "At most 2 parameters")).toHaveLength(2);
  });
});

describe("indentation", () => {
  const check: CodeCheck = { form: "layout", indent: "spaces", width: 4 };

  it("is not that of texts in the code", async () => {
    const text = '"""Tides.\n\nParts:\n  ebb: low\n  flood: high\n"""\n';
    const files = {
      "facade.py": `${text}from tides import ebb\n`,
      "tide.py": `${text}\n\ndef ebb():\n    return low()\n`,
      "flat.py": "def ebb():\n  return low()\n\n\ndef flood():\n  return high()\n",
    };
    expect(await broken(check, files)).toEqual(["flat.py:2"]);
  });
});

describe("assertions of `any`", () => {
  it("are those an `as` makes, and no declared types", async () => {
    const check: CodeCheck = { form: "forbidden-construct", constructs: ["any-assertion"] };
    const files = {
      "a.ts":
        "export const low = (tide: any) => tide;\nexport const ebb = low(1) as any;\nexport const all = low(2) as any[];\n",
    };
    expect(await broken(check, files)).toEqual(["a.ts:2", "a.ts:3"]);
    expect(await broken({ ...check, constructs: ["any-type", "any-assertion"] }, files)).toHaveLength(3);
  });
});

describe("tests that cannot run beside others", () => {
  it("need not", async () => {
    const check: CodeCheck = {
      form: "required-companion",
      subject: { kind: "test" },
      companion: "call",
      name: "t.Parallel",
      scope: { tests: true },
    };
    const test = (name: string, body: string) => `func Test${name}(t *testing.T) {\n\t${body}\n}\n`;
    const text = `package quay\n\nimport "testing"\n\n${test("Low", 't.Setenv("TIDE", "low")')}${test("High", "high()")}`;
    expect(await broken(check, { "quay_test.go": text })).toEqual(["quay_test.go:8"]);
  });
});

describe("types that stand elsewhere", () => {
  it("are those of the name a function is given to", async () => {
    const text =
      "export const ebb: Tide<Low> = async ({ low }) => low;\nexport const flood = (high) => high;\nexport function calm(sea) {\n  return sea;\n}\n";
    const check: CodeCheck = {
      form: "required-companion",
      subject: { kind: "function" },
      companion: "parameter-types",
    };
    expect(await broken(check, { "a.ts": text })).toEqual(["a.ts:2", "a.ts:3"]);
    expect(await broken({ ...check, companion: "return-type" }, { "a.ts": text })).toEqual(["a.ts:2", "a.ts:3"]);
  });

  it("are of the language whose word a rule uses", async () => {
    const check: CodeCheck = {
      form: "forbidden-construct",
      constructs: ["bare-except", "any-type"],
      scope: { languages: ["python", "typescript"] },
    };
    const files = {
      "a.py": "from typing import Any\n\n\ndef ebb(low: Any):\n    return low\n",
      "a.ts": "let low: any;\n",
    };
    expect(await broken(check, files, "No bare `except:` or `any` types")).toEqual(["a.ts:1"]);
    expect(await broken(check, files, "No bare `except:`, no `Any`, no `any`")).toHaveLength(2);
  });
});

describe("one statement", () => {
  it("that imports many names by a relative path is one place", async () => {
    const check: CodeCheck = { form: "forbidden-construct", constructs: ["relative-import"] };
    const files = { "quay/a.py": "from .tides import (\n    ebb,\n    flood,\n)\nfrom .ships import mast\n" };
    expect(await broken(check, files, "No relative imports")).toEqual(["quay/a.py:2", "quay/a.py:5"]);
  });
});

describe("names that somebody else chose", () => {
  it("are those of a router's methods", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "function" }, style: "camelCase" };
    const files = { "app/tides/route.ts": "export function POST() {}\nexport function Ebb() {}\n" };
    expect(await broken(check, files)).toEqual(["app/tides/route.ts:2"]);
  });

  it("are those of tests that have no source file to be named for", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "test-file" }, suffix: ".test.ts" };
    const text = 'test("tide", () => {});\n';
    const files = { "e2e/tide.spec.ts": text, "src/tide.spec.ts": text };
    expect(await broken(check, files, "Test files: `{source-file}.test.ts`")).toEqual(["src/tide.spec.ts:1"]);
    expect(await broken(check, files, "Test files: `*.test.ts`")).toHaveLength(2);
  });

  it("of constants are those of literals and numbers", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "constant" }, style: "SCREAMING_SNAKE_CASE" };
    const text = "const line = '-'.repeat(9);\nconst low = 'ebb';\nconst late = 60 * 1000;\n";
    expect(await broken(check, { "a.ts": text })).toEqual(["a.ts:2", "a.ts:3"]);
  });
});

describe("where what is forbidden has to be", () => {
  it("the tool's own configuration", async () => {
    const check: CodeCheck = { form: "only-from", names: ["tides"], from: { paths: ["*.gauge.ts"] } };
    const text = 'import { gauge } from "tides/config";\nexport const a = gauge;\n';
    const files = { "tides.config.ts": text, "low.gauge.ts": text, "quay.config.ts": text };
    expect(await broken(check, files)).toEqual(["quay.config.ts:1"]);
  });

  it("the package that the replacement is taken from", async () => {
    const check: CodeCheck = { form: "forbidden-import", names: ["logging"] };
    const document = "- Never `import logging`\n\nAlways use: `from harbour.logs.setup import logger`\n";
    const files = {
      "harbour/logs/files.py": "import logging\n",
      "harbour/ships.py": "import logging\n",
      "logs/files.py": "import logging\n",
    };
    const rule = "Never `import logging`";
    expect(await broken(check, files, rule, document)).toEqual(["harbour/ships.py:1", "logs/files.py:1"]);
    expect(await broken(check, files, rule)).toHaveLength(3);
  });

  it("what the module of the replacement is made of", async () => {
    const check: CodeCheck = { form: "forbidden-import", names: ["tides"], instead: ["lowTides"] };
    const files = {
      "quay/lowTides.ts": 'import { gauge } from "./gauge";\nexport const low = gauge;\n',
      "quay/gauge.ts": 'import { gauge as raw } from "tides";\nexport const gauge = raw;\n',
      "quay/ebb.ts": 'import { gauge } from "tides";\nexport const ebb = gauge;\n',
    };
    expect(await broken(check, files)).toEqual(["quay/ebb.ts:1"]);
  });

  it("the package that bears the name of the replacement's file", async () => {
    const check: CodeCheck = { form: "forbidden-call", names: ["fetch"] };
    const text = "export function ebb() {\n  return fetch('/');\n}\n";
    const files = { "packages/tide-client/src/index.ts": text, "app/ebb.ts": text };
    const rule = "No direct `fetch` calls; use the client in `lib/tide-client.ts`";
    expect(await broken(check, files, rule, `- ${rule}\n`)).toEqual(["app/ebb.ts:2"]);
    expect(await broken(check, files, rule, `- Style\n- Use the client in \`lib/tide-client.ts\`\n`)).toEqual([
      "app/ebb.ts:2",
    ]);
  });
});

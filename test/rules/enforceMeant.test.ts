import { describe, expect, it } from "vitest";
import type { CodeCheck } from "../../server/src/core/rules/check";
import { meaningOf } from "../../server/src/core/rules/enforce/meaning";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { isScriptFile } from "../../server/src/core/rules/enforce/scriptFiles";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

/** Violations as `path:line`. */
async function broken(enforcement: CodeCheck, files: Files, text = "A rule", path = "CLAUDE.md"): Promise<string[]> {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path, line: 7, endLine: 7 };
  const rule: Rule = { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  return (outcome?.violations ?? []).map((each) => `${each.path}:${each.range.start.line + 1}`);
}

const constructs = (...kinds: (CodeCheck & { form: "forbidden-construct" })["constructs"]): CodeCheck => ({
  form: "forbidden-construct",
  constructs: kinds,
});
const anyType = constructs("any-type");
const typed = "let a: any;\n";

describe("code that a rule about the product does not mean", () => {
  it("is an example, unless the rule is about those", async () => {
    const files = { "examples/a.ts": typed, "src/a.ts": typed, "types/a.d.ts": typed };
    expect(await broken(anyType, files)).toEqual(["src/a.ts:1"]);
    expect(await broken(anyType, files, "No `any` in examples")).toEqual(["src/a.ts:1", "examples/a.ts:1"]);
  });

  it("is one's own module that is imported as the rule wants it", async () => {
    const check: CodeCheck = { form: "forbidden-import", names: ["tide"], scope: { paths: ["tide/"] } };
    const files = {
      "tide/low.py": "from .ebb import fall\n",
      "tide/high.py": "from tide.ebb import fall\n",
      "tide/ebb.py": "def fall():\n    return 1\n",
    };
    const text = "Use relative imports within the `tide/` package";
    expect(await broken(check, files, text)).toEqual(["tide/high.py:1"]);
    expect(await broken(check, files, "Never import `tide` in `tide/`")).toHaveLength(2);
  });

  it("is another folder's, where a document of one is imported from above", async () => {
    const files = { "web/a.ts": typed, "pier/a.ts": typed };
    expect(await broken(anyType, files, "A rule", "web/README.md")).toEqual(["web/a.ts:1"]);
    expect(await broken(anyType, files, "A rule", "web/style.md")).toEqual(["pier/a.ts:1", "web/a.ts:1"]);
  });

  it("comes last where it stands beside the product", async () => {
    const files = { "scripts/a.ts": typed, "src/a.ts": typed };
    expect(await broken(anyType, files)).toEqual(["src/a.ts:1", "scripts/a.ts:1"]);
  });
});

describe("names that a rule does not mean", () => {
  it("are those to be used instead, which end in the same word", async () => {
    const check: CodeCheck = { form: "forbidden-call", names: ["isFinite"], instead: ["Number.isFinite"] };
    const files = { "a.ts": "export const a = Number.isFinite(1);\nexport const b = isFinite(1);\n" };
    expect(await broken(check, files)).toEqual(["a.ts:2"]);
  });

  it("are those of classes that only help tests", async () => {
    const subject = { kind: "class" } as const;
    const check: CodeCheck = { form: "naming", subject, suffix: "Test", scope: { tests: true } };
    const test = "@Test\n    void moors() {\n    }\n";
    const files = {
      "src/test/java/Pier.java": `class Pier {\n    ${test}}\n`,
      "src/test/java/Quay.java": "class Quay {\n    void moors() {\n    }\n}\n",
    };
    expect(await broken(check, files)).toEqual(["src/test/java/Pier.java:1"]);
  });

  it("are those of Go's own interfaces, which need no doc comment", async () => {
    const subject = { kind: "function", exported: true } as const;
    const check: CodeCheck = { form: "required-companion", subject, companion: "doc-comment" };
    const method = (name: string) => `func (s *Storm) ${name}() error {\n\treturn s.err\n}\n`;
    const files = { "a.go": `package a\n\n${method("Unwrap")}\n${method("Calm")}` };
    expect(await broken(check, files)).toEqual(["a.go:7"]);
  });

  it("are imported ones, where it speaks of the global", async () => {
    const check: CodeCheck = { form: "forbidden-call", names: ["fetch"] };
    const files = {
      "a.ts": 'import { fetch } from "undici";\nexport const a = () => fetch("/tide");\n',
      "b.ts": 'export const b = () => fetch("/tide");\n',
    };
    expect(await broken(check, files, "No global `fetch` — use that of undici")).toEqual(["b.ts:1"]);
    expect(await broken(check, files, "Never call `fetch`")).toHaveLength(2);
  });

  it("are those of the platform, where others of the family have moved", async () => {
    const check: CodeCheck = { form: "forbidden-name", names: ["javax.*"], instead: ["jakarta.*"] };
    const files = {
      "Quay.java":
        "import javax.xml.parsers.SAXParserFactory; import javax.sql.Pool; class Quay {\n  void a() { SAXParserFactory.newInstance(); javax.naming.Low.of(); Pool.of(); }\n  void b() { javax.persistence.Persistence.unit(); }\n  void c() { javax.xml.bind.JAXB.moor(); }\n}\n",
    };
    expect(await broken(check, files)).toEqual(["Quay.java:3", "Quay.java:4"]);
    expect(await broken({ ...check, instead: [] }, files)).toHaveLength(5);
  });
});

it("the width of a block is not that of a text in the code", async () => {
  const notes = (indent: string) => `    """Moors.\n\n${`    Note:\n${indent}one\n`.repeat(9)}    """\n`;
  const method = (by: string) => `class Quay:\n${by}def moor(self):\n${by}${by}return 1\n`;
  const files = { "a.py": `${method("    ")}\n\ndef low():\n${notes("      ")}`, "b.py": method("  ") };
  expect(await broken({ form: "layout", indent: "spaces", width: 4 }, files)).toEqual(["b.py:2"]);
});

it("what no function changes is no state of the program", async () => {
  const text =
    'package quay\nimport "sync"\nvar version string\nvar pool sync.Pool\nvar berths map[string]int\nvar tide int\nfunc init() { version = "1" }\nfunc Moor(ship string) { berths[ship]++; tide = 2; pool.Get() }\n';
  expect(await broken(constructs("global-variable"), { "quay.go": text })).toEqual(["quay.go:5", "quay.go:6"]);
});

it("a long line that nobody can break is an import or talks to a linter", async () => {
  const long = "x".repeat(120);
  const text = `package quay\n\nimport "harbour.example/${long}"\n\nvar a = "${long}"\n\nvar b = "${long}" //nolint:lll\n`;
  expect(await broken({ form: "layout", maxLine: 100 }, { "quay.go": text })).toEqual(["quay.go:5"]);
});

it("a file beside tests that only helps them is called as it likes", async () => {
  const check: CodeCheck = {
    form: "naming",
    subject: { kind: "test-file" },
    suffix: ".spec.ts",
    scope: { tests: true },
  };
  const text = 'import { test } from "vitest";\ntest("moors", () => {});\n';
  const files = { "test/quay/suite.ts": text, "test/quay/moor.test.ts": text, "quay/__tests__/tide.ts": text };
  expect(await broken(check, files)).toEqual(["quay/__tests__/tide.ts:1", "test/quay/moor.test.ts:1"]);
});

it("what a module of CommonJS knows of itself is found by its name", async () => {
  const check: CodeCheck = { form: "forbidden-name", names: ["__dirname", "__filename"] };
  const files = { "a.js": 'const b = require("b");\nexport const c = () => join(__dirname, b);\n' };
  expect(await broken(check, files)).toEqual(["a.js:2"]);
});

it("what fills the fields of a class is no method", async () => {
  const lines = "    moor();\n".repeat(9);
  const files = { "Quay.java": `class Quay {\n  static {\n${lines}  }\n  void low() {\n${lines}  }\n}\n` };
  expect(await broken({ form: "size-limit", of: "function", max: 6 }, files)).toEqual(["Quay.java:13"]);
});

it("manifests of programs that tests run are not the project's", () => {
  expect(["e2e/harbour/package.json", "fixtures/moor.sh"].filter(isScriptFile)).toEqual([]);
  expect(["e2e/package.json", "harbour/package.json"].filter(isScriptFile)).toHaveLength(2);
});

describe("constructs that are none", () => {
  it.each<[string, CodeCheck, Files, string[]]>([
    [
      "a namespace is no wildcard",
      constructs("wildcard-import"),
      { "a.ts": 'import * as tide from "tide";\nexport * from "tide";\n', "b.py": "from tide import *\n" },
      ["a.ts:2", "b.py:1"],
    ],
    [
      "a story shows a component by itself",
      constructs("any-type"),
      { "tide.stories.tsx": typed, ".storybook/preview.tsx": typed, "tide.tsx": typed },
      ["tide.tsx:1"],
    ],
    [
      "a tool reads what it can, and a file may say by its name that it is CommonJS",
      constructs("commonjs"),
      {
        "jest.config.js": "module.exports = { tide: 1 };\n",
        "tide.cjs": "module.exports = { tide: 1 };\n",
        "tide.js": "module.exports = { tide: 1 };\n",
      },
      ["tide.js:1"],
    ],
    [
      "a package gathers what its modules have, and what was built is nobody's code",
      constructs("wildcard-import"),
      {
        "tide/__init__.py": "from tide.low import *\n",
        "tide/low.py": "from tide.ebb import *\n",
        "web/dist/low.py": "from tide.ebb import *\n",
      },
      ["tide/low.py:1"],
    ],
    [
      "what keeps others out holds nothing",
      constructs("global-variable"),
      {
        "a.go":
          'package a\n\nimport "sync"\n\nvar mu sync.Mutex\nvar berths map[string]int\n\nfunc Moor() { berths["a"] = 1; mu = sync.Mutex{} }\n',
      },
      ["a.go:6"],
    ],
    [
      "closing and recovering give nothing to handle",
      constructs("discarded-error"),
      { "a.go": "package a\n\nfunc a(f F) {\n\t_ = f.Close()\n\t_ = recover()\n\t_ = f.Moor()\n}\n" },
      ["a.go:6"],
    ],
    [
      "before Django is ready nothing can be imported",
      constructs("local-import"),
      {
        "apps.py":
          "class TideConfig(AppConfig):\n    def ready(self):\n        from . import signals\n\ndef moor():\n    from . import berth\n",
      },
      ["apps.py:6"],
    ],
  ])("%s", async (_, check, files, expected) => {
    expect(await broken(check, files)).toEqual(expected);
  });

  it("a neighbour may be named as such, where only absolute imports are asked for", async () => {
    const files = { "a.ts": 'import { b } from "./b";\nimport { c } from "../c";\n' };
    expect(await broken(constructs("relative-import"), files, "Use absolute imports")).toEqual(["a.ts:2"]);
    expect(await broken(constructs("relative-import"), files, "No relative imports")).toEqual(["a.ts:1", "a.ts:2"]);
  });
});

describe("names that are given by others", () => {
  it.each<[string, CodeCheck, Files, string[]]>([
    [
      "by the language, where the rule names none",
      { form: "naming", subject: { kind: "function" }, style: "camelCase" },
      { "a.py": "def moor_ship():\n    pass\n", "a.ts": "function moor_ship() {}\n" },
      ["a.ts:1"],
    ],
    [
      "by how files are imported",
      { form: "naming", subject: { kind: "file" }, style: "kebab-case" },
      { "moor_ship.py": "x = 1\n", "MoorShip.java": "class MoorShip {}\n", "moorShip.ts": "let a;\n" },
      ["moorShip.ts:1"],
    ],
    [
      "by a router, and by the class in the file",
      { form: "naming", subject: { kind: "file" }, style: "PascalCase" },
      { "app/page.tsx": "let a;\n", "app/quay.tsx": "let a;\n" },
      ["app/quay.tsx:1"],
    ],
    [
      "by the class in the file",
      { form: "naming", subject: { kind: "file" }, style: "camelCase" },
      { "TideError.ts": "export class TideError {}\n", "TideTable.ts": "let a;\n" },
      ["TideTable.ts:1"],
    ],
    [
      "of folders that may be anywhere, within one program",
      { form: "naming", subject: { kind: "test-file" }, paths: ["__tests__/"] },
      { "src/__tests__/a.test.ts": 'it("a", () => {});\n', "src/b.test.ts": 'it("b", () => {});\n' },
      ["src/b.test.ts:1"],
    ],
    [
      "of another program",
      { form: "naming", subject: { kind: "file", names: ["*Store"] }, paths: ["app/stores/"] },
      { "app/TideStore.ts": "let a;\n", "server/TideStore.ts": "let a;\n" },
      ["app/TideStore.ts:1"],
    ],
  ])("%s", async (_, check, files, expected) => {
    expect(await broken(check, files)).toEqual(expected);
  });

  it("and documented by others", async () => {
    const check: CodeCheck = { form: "required-companion", subject: { kind: "function" }, companion: "doc-comment" };
    const files = {
      "a.py":
        'class Pier:\n    def moor(self):\n        """Moors."""\n\nclass Quay(Pier):\n    def __len__(self):\n        return 1\n    def moor(self):\n        return 2\n    def leave(self):\n        return 3\n',
    };
    expect(await broken(check, files)).toEqual(["a.py:10"]);
  });
});

describe("uses that are none", () => {
  it.each<[string, CodeCheck, Files, string, string[]]>([
    [
      "what a program says to people",
      { form: "forbidden-call", names: ["print"] },
      { "a.py": "def main():\n    print(1)\n\ndef print_table():\n    print(2)\n\ndef moor():\n    print(3)\n" },
      "Do not use `print()`",
      ["a.py:8"],
    ],
    [
      "the object beside the decorator",
      { form: "forbidden-name", names: ["harbour_app"] },
      {
        "a.py": "from quay import harbour_app\n",
        "b.py": "from quay import harbour_app\n\n@harbour_app\ndef b():\n    pass\n",
      },
      "Never use `@harbour_app`",
      [],
    ],
    [
      "imports among the parts of what others leave alone",
      { form: "forbidden-import", names: ["pkg/old/"] },
      {
        "go.mod": "module quay\n",
        "pkg/old/a/a.go": 'package a\n\nimport "quay/pkg/old/b"\n\nvar _ = b.B\n',
        "pkg/old/b/b.go": "package b\n\nvar B = 1\n",
        "pkg/new/c.go": 'package c\n\nimport "quay/pkg/old/b"\n\nvar _ = b.B\n',
      },
      "Never import `pkg/old/`",
      ["pkg/new/c.go:3"],
    ],
    [
      "each name of one import",
      { form: "forbidden-import", names: ["quay-icons"] },
      { "a.ts": 'import { Pier, Quay } from "quay-icons";\n' },
      "Never import `quay-icons`",
      ["a.ts:1"],
    ],
  ])("%s", async (_, check, files, text, expected) => {
    const found = await broken(check, files, text);
    expect(found.filter((place) => !place.startsWith("b.py"))).toEqual(expected);
  });
});

describe("layout of texts in code", () => {
  it("is no indentation", async () => {
    const check: CodeCheck = { form: "layout", indent: "tabs" };
    const files = {
      "a.py": 'def moor():\n\t"""Moors.\n\n\tExample:\n\t    moor()\n\t"""\n    \n',
      "b.py": '"""Example:\n    moor()\n"""\n',
      "c.py": "def moor():\n    pass\n",
    };
    expect(await broken(check, files)).toEqual(["c.py:2"]);
  });
});

describe("results and comments that are none of what is forbidden", () => {
  it("gives back no error", async () => {
    const files = {
      "quay.go": `package quay

func tide() int { return 1 }

func moor() error { return nil }

func Sail() {
	_ = tide()
	_ = moor()
}
`,
    };
    expect(await broken(constructs("discarded-error"), files)).toEqual(["quay.go:9"]);
  });

  it("shows what a block is about", async () => {
    const files = {
      "src/a.ts": `export function quay(kind: string) {
  if (kind === "all") {
    // import * as tide from "tide";
    return 1;
  }
  // moor(kind);
  return 2;
}
`,
    };
    expect(await broken(constructs("commented-code"), files)).toEqual(["src/a.ts:6"]);
  });

  it("is only the place of a module", async () => {
    const files = { "src/a.ts": "export const a = require('./b');\nexport const here = __dirname;\n" };
    expect(await broken(constructs("commonjs"), files, "Don't use `require()`")).toEqual(["src/a.ts:1"]);
    expect(await broken(constructs("commonjs"), files, "No CommonJS")).toEqual(["src/a.ts:1", "src/a.ts:2"]);
  });

  it("has an extension", async () => {
    const files = { "src/a.ts": 'import "./tide";\nimport "./ebb.js";\nimport "quay";\n' };
    expect(await broken(constructs("extensionless-import"), files)).toEqual(["src/a.ts:1"]);
  });
});

describe("ends of the program", () => {
  const exits: CodeCheck = { form: "only-from", names: ["os.Exit"], from: { names: ["main"] } };

  it("are said to be left alone there by the meaning of other rules", () => {
    const scope = { globs: [], symbols: [], paths: [], commands: [] };
    const rule: Rule = {
      source: { path: "CLAUDE.md", line: 7, endLine: 7 },
      text: "Never call `os.Exit`",
      polarity: "must-not",
      scope,
      enforcement: { form: "forbidden-call", names: ["os.Exit"] },
      status: "enforced",
    };
    expect(meaningOf(rule)).toBe("No call of `os.Exit`; not in scripts and command-line tools.");
    expect(meaningOf({ ...rule, enforcement: exits })).toBe("`os.Exit` is used only in `main`.");
  });
});

it("what wraps a call has to make it", async () => {
  const check: CodeCheck = { form: "forbidden-call", names: ["tides.Read"] };
  const files = {
    "quay/log.go": 'package quay\n\nimport "x/tides"\n\nfunc ReadTide() int {\n\treturn tides.Read()\n}\n',
    "quay/other.go": 'package quay\n\nimport "x/tides"\n\nfunc Moor() int {\n\treturn tides.Read()\n}\n',
  };
  const text = "`quay.ReadTide` wraps `tides.Read`. Do not call `tides.Read` directly.";
  expect(await broken(check, files, text)).toEqual(["quay/other.go:6"]);
  expect(await broken(check, files, "Like `quay.ReadTide`, do not call `tides.Read`.")).toHaveLength(2);
});

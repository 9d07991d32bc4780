import { describe, expect, it } from "vitest";
import type { Check, CodeCheck } from "../../server/src/core/rules/check";
import { checkCommands } from "../../server/src/core/rules/enforce/commands";
import { lineLimitsIn } from "../../server/src/core/rules/enforce/lineLimits";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { sectionsIn } from "../../server/src/core/rules/enforce/section";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

function ruleOf(enforcement: Check, text = "A rule", line = 1): Rule {
  const scope = { globs: [], symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line, endLine: line };
  return { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
}

interface Said {
  text?: string;
  /** The text of the instruction file, and the line of the rule in it. */
  document?: string;
  line?: number;
}

/** Violations as `path:line`. */
async function broken(check: CodeCheck, files: Files, { text, document, line }: Said = {}): Promise<string[]> {
  const rule = ruleOf(check, text, line);
  const sections = document === undefined ? undefined : sectionsIn([{ path: "CLAUDE.md", text: document }]);
  const outcome = new RuleChecker([rule], sections).check(await modelOf(files)).get(rule);
  return (outcome?.violations ?? []).map(({ path, range }) => `${path}:${range.start.line + 1}`);
}

const limit = (max: number, more: Partial<CodeCheck & { form: "size-limit" }> = {}): CodeCheck => ({
  form: "size-limit",
  of: "function",
  max,
  ...more,
});

describe("names", () => {
  it("of files that begin with a sign of a router follow it", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "file" }, style: "kebab-case" };
    const text = "export const tide = 1;\n";
    const files = { "routes/-tide.stories.tsx": text, "routes/_tide.tsx": text, "routes/-TideTable.tsx": text };
    expect(await broken(check, { ...files, "routes/TideTable.tsx": text })).toEqual(["routes/TideTable.tsx:1"]);
  });

  it("that say how sure they are, are the rest of the name", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "function" }, style: "PascalCase" };
    const text = "export function UNSAFE_Tide() { return 1; }\nexport function unstable_tide() { return 1; }\n";
    expect(await broken(check, { "tide.ts": text })).toEqual(["tide.ts:2"]);
  });

  it("in capitals are those of constants, though they can be called", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "component" }, style: "PascalCase" };
    const text = "export const NO_TIDE = () => null;\nexport const Low_tide = () => <p />;\n";
    expect(await broken(check, { "tide.tsx": text })).toEqual(["tide.tsx:2"]);
  });

  it("of classes that a runner takes for tests are those that hold some", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "class" }, avoid: ["Test*"], scope: { tests: true } };
    const stub = "class TestGauge(Gauge):\n    def test_signal(self):\n        return 1\n\n";
    const text = `${stub}class TestTide:\n    def test_low(self):\n        assert 1\n`;
    expect(await broken(check, { "tests/test_tide.py": text })).toEqual(["tests/test_tide.py:5"]);
  });

  it("of constants in Java are without their class", async () => {
    const check: CodeCheck = { form: "naming", subject: { kind: "constant" }, style: "SCREAMING_SNAKE_CASE" };
    const files = {
      "Crane.java":
        "class Crane {\n  static final int MAX_LOAD = 5;\n  static final int minLoad = 1;\n  static final Logger log = of();\n  static final long serialVersionUID = 1;\n}\nenum Tide { EBB, flood }\n",
    };
    expect(await broken(check, files)).toEqual(["Crane.java:3", "Crane.java:7"]);
  });
});

describe("the size of a function", () => {
  const body =
    "    int a = 1;\n\n    // Twice.\n    if (a > 0) {\n      a = 2;\n    }\n    int b = 3;\n    int c = 4;\n";
  const files = { "Quay.java": `class Quay {\n  @Override\n  @Deprecated\n  void moor() {\n${body}  }\n}\n` };

  it("begins at its name", async () => {
    expect(await broken(limit(9), files)).toEqual(["Quay.java:4"]);
    expect(await broken(limit(10), files)).toEqual([]);
  });

  it("leaves out the lines that the rule does not count", async () => {
    expect(await broken(limit(6, { excluding: ["blank", "brackets", "comments"] }), files)).toEqual([]);
    expect(await broken(limit(5, { excluding: ["blank", "brackets", "comments"] }), files)).toEqual(["Quay.java:4"]);
    const text = "Maximum method length: 7 lines (excluding blank lines and braces)";
    expect(await broken(limit(7), files, { text })).toEqual([]);
    expect(await broken(limit(6), files, { text })).toEqual(["Quay.java:4"]);
    expect(await broken(limit(7), files, { text: "Methods have 7 lines, and no braces of one line" })).toHaveLength(1);
  });

  it("is without its documentation", async () => {
    const python = { "quay.py": 'def moor():\n    """Moors.\n\n    Twice.\n    """\n    a = 1\n    return a\n' };
    expect(await broken(limit(4), python)).toEqual([]);
    expect(await broken(limit(2), python)).toEqual(["quay.py:1"]);
  });

  it("is not that of what a record is made of", async () => {
    const records = {
      "Ship.java":
        "record Ship(int a, int b, int c) {\n  Ship {\n  }\n}\nclass Quay {\n  Quay(int a, int b, int c) {\n  }\n}\n",
    };
    expect(await broken(limit(2, { of: "parameters" }), records)).toEqual(["Ship.java:6"]);
  });
});

describe("a linter's comment", () => {
  it("may stand on the last line of a statement, or within it", async () => {
    const lines = [
      "def moor():",
      "    from quay import (",
      "        berth,",
      "    )  # noqa: PLC0415",
      "    from quay import (",
    ];
    const files = {
      "a.py": [...lines, "        crane,  # noqa", "        tide,", "    )", "    import ship", ""].join("\n"),
    };
    expect(await broken({ form: "forbidden-construct", constructs: ["local-import"] }, files)).toEqual(["a.py:9"]);
  });

  it("within a function that is handed over is that function's", async () => {
    const files = { "a.ts": "dock(() => {\n  moor();\n  sail(); // eslint-disable-line\n  moor();\n});\n" };
    expect(await broken({ form: "forbidden-call", names: ["dock"] }, files)).toEqual(["a.ts:1"]);
  });
});

describe("catches that steer", () => {
  const check: CodeCheck = { form: "forbidden-construct", constructs: ["empty-catch"] };

  it("are those of being told to stop, and of waiting in a loop", async () => {
    const wait = "            await tide()\n        except asyncio.TimeoutError:\n            pass\n";
    const files = {
      "a.py": `async def watch():\n    while True:\n        try:\n${wait}    try:\n        await ebb()\n    except asyncio.CancelledError:\n        pass\n`,
      "b.py": `async def once():\n    if calm:\n        try:\n${wait}`,
      "c.py": "def load():\n    try:\n        read()\n    except (KeyboardInterrupt, OSError):\n        pass\n",
      "D.java":
        "class D {\n  void poll() {\n    while (true) {\n      try { take(); } catch (TimeoutException e) {}\n      try { take(); } catch (IOException e) {}\n    }\n  }\n}\n",
    };
    expect(await broken(check, files)).toEqual(["D.java:5", "b.py:5", "c.py:4"]);
  });
});

describe("what the section around a ban says", () => {
  const check: CodeCheck = { form: "forbidden-name", names: ["process.env"], instead: ["settings"] };
  const ban = "- Application code must not read `process.env` directly.";
  const use = "export function f() {\n  return process.env.TIDE_TABLE;\n}\n";

  it("allows names and exempts kinds of files", async () => {
    const more = "- Config, script and test files are exempt. `HARBOUR_PHASE` and `QUAY` are allowed anywhere.";
    const files = {
      "src/a.ts": use,
      "src/b.ts": use.replace("TIDE_TABLE", "HARBOUR_PHASE"),
      "scripts/c.ts": use,
      "tide.config.ts": use,
    };
    const told = (document: string) => broken(check, files, { document, line: 3 });
    expect(await told(`# Settings\n\n${ban}\n${more}\n`)).toEqual(["src/a.ts:2"]);
    expect(await told(`# Settings\n\n${ban}\n\n# Tests\n\n${more}\n`)).toHaveLength(4);
    expect(
      await told(`# Settings\n\n${ban}\n- Scripts are never exempt, \`HARBOUR_PHASE\` is not allowed.\n`),
    ).toHaveLength(4);
  });

  it("names the files where the replacement lives, and the library has a file of its own", async () => {
    const sentry: CodeCheck = { form: "forbidden-call", names: ["Buoy.*"], instead: ["tell"] };
    const document =
      "# Errors\n\nDo not call `Buoy.*` directly, use the helpers.\n\nThe helpers are in `src/lib/errors.ts`. Never do as in `src/old/errors.ts`.\n";
    const call = "export function f() {\n  Buoy.send(1);\n}\n";
    const files = {
      "src/lib/errors.ts": call,
      "src/old/errors.ts": call,
      "buoy.client.config.ts": call,
      "src/a.ts": call,
    };
    expect(await broken(sentry, files, { document, line: 3, text: "Do not call `Buoy.*` directly." })).toEqual([
      "src/a.ts:2",
      "src/old/errors.ts:2",
    ]);
  });
});

describe("lines that a linter lets pass", () => {
  const files = { "quay/a.py": `a = "${"b".repeat(100)}"\n`, "quay/b.ts": `const a = "${"b".repeat(100)}";\n` };
  const told = async (path: string, text: string) => {
    const rule = ruleOf({ form: "layout", maxLine: 90 });
    const report = new RuleChecker([rule], undefined, lineLimitsIn([{ path, text }])).check(await modelOf(files));
    return report.get(rule)?.violations.map((each) => each.path);
  };

  it.each([
    ["pyproject.toml", "[tool.ruff]\nline-length = 120\n", ["quay/b.ts"]],
    ["pyproject.toml", '[tool.ruff.lint]\nignore = ["E501"]\n', ["quay/b.ts"]],
    ["quay/ruff.toml", "line-length = 120\n", ["quay/b.ts"]],
    ["pyproject.toml", "[tool.black]\nline-length = 88\n", ["quay/a.py", "quay/b.ts"]],
    ["pier/ruff.toml", "line-length = 120\n", ["quay/a.py", "quay/b.ts"]],
    ["pyproject.toml", "[tool.ruff\nline-length", ["quay/a.py", "quay/b.ts"]],
  ])("are not told: %s %s", async (path, text, expected) => {
    expect(await told(path, text)).toEqual(expected);
  });
});

describe("a package of Go", () => {
  it("goes by the last part of its path, unless the standard library has one of that name", async () => {
    const files = {
      "a.go": 'package quay\n\nimport "harbour.org/tide/check"\n\nvar _ = check.Tide\n',
      "b.go": 'package quay\n\nimport "harbour.org/tide/log"\n\nvar _ = log.Tide\n',
    };
    expect(await broken({ form: "forbidden-import", names: ["check"] }, files)).toEqual(["a.go:3"]);
    expect(await broken({ form: "forbidden-import", names: ["log"] }, files)).toEqual([]);
  });
});

describe("types", () => {
  const check: CodeCheck = {
    form: "required-companion",
    subject: { kind: "type", exported: true },
    companion: "doc-comment",
  };

  it("are documented by the comment above them, or in Python inside", async () => {
    const files = {
      "a.go":
        "package quay\n\n// Ship sails.\ntype Ship struct{}\n\ntype Crane struct{}\n\ntype (\n\t// Tide ebbs.\n\tTide int\n\tFlood int\n)\n\ntype berth int\n",
      "b.ts": "/** A pier. */\ninterface Pier {}\nclass Jetty {}\nexport { Pier, Jetty };\n",
      "c.py": 'class Pilot:\n    """Steers."""\n\n\nclass Mate:\n    pass\n',
      "D.java": "/** Docks. */\npublic class D {}\n",
      "E.java": "public class E {}\n",
      "examples/f.py": "class Cook:\n    pass\n",
    };
    expect(await broken(check, files)).toEqual(["E.java:1", "a.go:6", "a.go:11", "b.ts:3", "c.py:5"]);
  });
});

describe("commands", () => {
  const ran = (text: string, commands: string[], files: Files, instead: string[] = []) => {
    const rule = ruleOf({ form: "forbidden-command", commands, instead }, text);
    const scripts = Object.entries(files).map(([path, written]) => ({ path, text: written }));
    return checkCommands([rule], scripts)
      .get(rule)
      ?.violations.map(({ path }) => path);
  };

  it("that publish are not for who works by hand, and are what a workflow is for", () => {
    const files = {
      ".github/workflows/chart.yml": "run: git push origin main\n",
      "scripts/release.sh": "git push --tags\n",
      "scripts/setup.sh": "git push origin main\n",
    };
    expect(ran("Never run `git push`.", ["git push"], files)).toEqual(["scripts/setup.sh"]);
    expect(
      ran("Never run `npm audit fix`.", ["npm audit fix"], { ".github/workflows/a.yml": "run: npm audit fix\n" }),
    ).toEqual([".github/workflows/a.yml"]);
  });

  it("of a check at the desk are for nothing else", () => {
    const files = { ".github/workflows/chart.yml": "run: make test\n" };
    const text = "When verifying a change locally, do not run `make test`; let CI cover the rest.";
    expect(ran(text, ["make test"], files)).toEqual([]);
    expect(ran("Do not run `make test`.", ["make test"], files)).toEqual([".github/workflows/chart.yml"]);
  });

  it("are run by what is to be run instead", () => {
    const files = { Makefile: "build:\n\tgo build\n", "tools/build.sh": "go build\n", "tools/other.sh": "go build\n" };
    expect(ran("Use `make`.", ["go build"], files, ["make"])).toEqual(["tools/build.sh", "tools/other.sh"]);
    expect(ran("Always use `make` to build, never `go build`.", ["go build"], files)).toEqual([
      "tools/build.sh",
      "tools/other.sh",
    ]);
    expect(ran("Use it.", ["go build"], files, ["./tools/build.sh"])).toEqual(["Makefile", "tools/other.sh"]);
  });
});

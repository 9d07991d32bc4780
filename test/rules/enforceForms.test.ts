import { describe, expect, it } from "vitest";
import { toFinding } from "../../server/src/core/engine/ruleFindings";
import { ruleRows } from "../../server/src/core/report/ruleRows";
import type { CodeCheck, ForbiddenCommand, ForbiddenUse } from "../../server/src/core/rules/check";
import { brokenRules } from "../../server/src/core/rules/enforce/brokenRules";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import type { Rule } from "../../server/src/core/rules/rule";
import { contradictions } from "../../server/src/core/rules/stale/conflicts";
import { modelOf, newEngine, setFiles } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

function ruleOf(enforcement: CodeCheck | ForbiddenCommand, text = "A rule", globs: string[] = []): Rule {
  const scope = { globs, symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 7, endLine: 7 };
  return { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
}

/** Violations as `path:line what is wrong`, after the number of places the rule governs. */
async function broken(
  check: CodeCheck | ForbiddenCommand,
  files: Files,
  text?: string,
  globs?: string[],
): Promise<string[]> {
  const rule = ruleOf(check, text, globs);
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  const found = outcome?.violations.map(
    ({ path, range, message }) => `${path}:${range.start.line + 1} ${message.split(", against")[0]}`,
  );
  return [`${outcome?.matches}`, ...(found ?? [])];
}

describe("what is not to be used", () => {
  const log = { form: "forbidden-call", names: ["console.log"], instead: ["logger.info"] } as const;

  it("is found where it is called, with what to use", async () => {
    const files = { "dock.ts": 'export function moor() {\n  console.log("moored");\n  console.error("storm");\n}\n' };
    expect(await broken({ ...log, names: [...log.names], instead: [...log.instead] }, files)).toEqual([
      "1",
      "dock.ts:2 `moor` calls `console.log` instead of `logger.info`",
    ]);
  });

  it.each([
    ["dock.test.ts", "a test"],
    ["scripts/seed.ts", "a script, where printing is the point"],
    ["test/fixtures/dock.ts", "what a test reads"],
  ])("is not looked for in %s: %s", async (path) => {
    expect(await broken({ form: "forbidden-call", names: ["console.log"] }, { [path]: "console.log(1);\n" })).toEqual([
      "0",
    ]);
  });

  it("is looked for in tests by a rule that speaks of them", async () => {
    const check: CodeCheck = { form: "forbidden-import", names: ["jest"] };
    expect(await broken(check, { "dock.test.ts": 'import { jest } from "jest";\n' })).toHaveLength(2);
  });

  it("may be used by what replaces it", async () => {
    const files = { "logger.ts": "export const logger = { info(text: string) { console.log(text); } };\n" };
    expect(await broken({ form: "forbidden-call", names: ["console.log"], instead: ["logger.info"] }, files)).toEqual([
      "0",
    ]);
  });

  it("is known under any name it is imported by", async () => {
    const go = 'package dock\nimport enc "encoding/json"\nfunc Save() { enc.Marshal(1) }\n';
    expect(await broken({ form: "forbidden-call", names: ["json.Marshal"] }, { "dock.go": go })).toEqual([
      "1",
      "dock.go:3 `Save` calls `enc.Marshal`",
    ]);
    const python = "from json import dumps as d\ndef save(x):\n    d(x)\n";
    expect(await broken({ form: "forbidden-call", names: ["json.dumps"] }, { "dock.py": python })).toHaveLength(2);
    expect(await broken({ form: "forbidden-call", names: ["pickle.dumps"] }, { "dock.py": python })).toEqual(["0"]);
  });

  it("is a method of one type, however it is called, and never that of another", async () => {
    const files = {
      "tide.ts": `export class TideStore { save() {} }
export class Pilot { save() {} }
export function record(t: TideStore, p: Pilot) {
  t.save();
  p.save();
}
`,
    };
    expect(await broken({ form: "forbidden-call", names: ["TideStore.save"] }, files)).toEqual([
      "1",
      "tide.ts:4 `record` calls `t.save`",
    ]);
    expect(await broken({ form: "forbidden-call", names: ["save"] }, files)).toEqual(["0"]);
  });

  it("is mended where both are plain names", async () => {
    const rule = ruleOf({ form: "forbidden-call", names: ["print"], instead: ["report"] });
    const model = await modelOf({ "tide.py": "def rise(x):\n    print(x)\n" });
    const [violation] = new RuleChecker([rule]).check(model).get(rule)?.violations ?? [];
    expect(violation?.fixes).toEqual([
      {
        title: "Use `report` instead",
        edits: [
          {
            path: "tide.py",
            range: { start: { line: 1, character: 4 }, end: { line: 1, character: 9 } },
            newText: "report",
          },
        ],
      },
    ]);
  });

  it("may be forbidden in loops, functions and constructors only", async () => {
    const files = {
      "tide.py":
        "class Tide:\n    def __init__(self):\n        fetch(1)\n    def rise(self, xs):\n        fetch(0)\n        for x in xs:\n            fetch(x)\n",
    };
    const lines = async (inside: NonNullable<ForbiddenUse["inside"]>) =>
      (await broken({ form: "forbidden-call", names: ["fetch"], inside }, files))
        .slice(1)
        .map((each) => each.split(" ")[0]);
    expect(await lines({ place: "loop" })).toEqual(["tide.py:7"]);
    expect(await lines({ place: "constructor" })).toEqual(["tide.py:3"]);
    expect(await lines({ functions: ["Tide.rise"] })).toEqual(["tide.py:5", "tide.py:7"]);
  });

  it.each([
    ["lodash", 'import { merge } from "lodash";', true],
    ["lodash", 'import merge from "lodash/merge";', true],
    ["lodash", 'import merge from "lodash-es";', false],
    ["src/legacy", 'import { x } from "../legacy/berths";', true],
    ["@harbour/legacy", 'import { x } from "@harbour/legacy/berths";', true],
    ["legacy", 'import { x } from "../legacy/berths";', false],
  ])("module %s in %s: %s", async (name, line, isFound) => {
    const found = await broken({ form: "forbidden-import", names: [name] }, { "src/pier/dock.ts": `${line}\n` });
    expect(found.length > 1).toBe(isFound);
  });

  it("holds where the rule is loaded", async () => {
    const check: CodeCheck = { form: "forbidden-import", names: ["lodash"], scope: { exceptPaths: ["pier/old/"] } };
    const text = 'import "lodash";\n';
    const files = { "pier/a.ts": text, "pier/old/b.ts": text, "quay/c.ts": text };
    expect(await broken(check, files, "A rule", ["pier/**"])).toEqual(["1", expect.stringContaining("pier/a.ts:1")]);
  });

  it("holds in the folder of a document that says here", async () => {
    const model = await modelOf({
      "pier/crane/lift.ts": 'import { gauge } from "gauge";\n',
      "pier/dock.ts": 'import { gauge } from "gauge";\n',
    });
    const told = (text: string, path: string) => {
      const rule = ruleOf({ form: "forbidden-import", names: ["gauge"] }, text);
      const placed = { ...rule, source: { ...rule.source, path } };
      return new RuleChecker([placed])
        .check(model)
        .get(placed)
        ?.violations.map((each) => each.path);
    };
    expect(told("Never import `gauge` here", "pier/crane/NOTES.md")).toEqual(["pier/crane/lift.ts"]);
    expect(told("Never import `gauge`", "pier/crane/NOTES.md")).toHaveLength(2);
    expect(told("Never import `gauge` here", "docs/NOTES.md")).toHaveLength(2);
    expect(told("Never import `gauge` here", "CLAUDE.md")).toHaveLength(2);
  });

  it("is left to the file that a rule names for it", async () => {
    const model = await modelOf({ "tides/clock.ts": "readGauge();\n", "dock.ts": "readGauge();\n" });
    const check: CodeCheck = { form: "forbidden-call", names: ["readGauge"] };
    const told = (paths: string[], scope?: CodeCheck["scope"]) => {
      const rule = ruleOf({ ...check, ...(scope && { scope }) });
      const named = { ...rule, scope: { ...rule.scope, paths } };
      return new RuleChecker([named])
        .check(model)
        .get(named)
        ?.violations.map(({ path }) => path);
    };
    expect(told(["tides/clock.ts"])).toEqual(["dock.ts"]);
    expect(told(["tides/clock.ts"], { paths: ["tides/clock.ts"] })).toEqual(["tides/clock.ts"]);
    expect(told(["tides/"])).toHaveLength(2);
  });

  it("is excused where the linter is told so", async () => {
    const text =
      "// eslint-disable-next-line no-explicit-any -- the gauge sends anything\nlet a: any;\n// no any\nlet b: any;\n";
    expect(await broken({ form: "forbidden-construct", constructs: ["any-type"] }, { "dock.ts": text })).toEqual([
      "1",
      "dock.ts:4 The file `dock.ts` has the type `any`",
    ]);
  });

  it("is not what an object holds under its name", async () => {
    const files = {
      "signal.ts": "export function harbour_signal() {}\n",
      "mast.ts": `import { harbour_signal } from "./signal";
class Mast { constructor(public harbour_signal: string) {} }
export function hoist(mast: Mast) { return mast.harbour_signal; }
export function raise() { harbour_signal(); }
`,
    };
    expect(await broken({ form: "forbidden-name", names: ["harbour_signal"] }, files)).toEqual([
      "2",
      "mast.ts:1 The file `mast.ts` imports `harbour_signal`",
      "mast.ts:4 `raise` calls `harbour_signal`",
    ]);
  });

  it("is run from code as well", async () => {
    const files = {
      "ship.ts":
        'import { execSync } from "child_process";\nexport function ship() { execSync("npm audit fix --force"); }\n',
    };
    expect(await broken({ form: "forbidden-command", commands: ["npm audit fix --force"] }, files)).toEqual([
      "1",
      "ship.ts:2 `ship` runs `npm audit fix --force`",
    ]);
  });
});

describe("where and when", () => {
  const files = {
    "store/berths.ts": "export function openBerths() { return 1; }\n",
    "store/cache.ts": 'import { openBerths } from "./berths";\nexport function warm() { openBerths(); }\n',
    "pier/moor.ts": 'import { openBerths } from "../store/berths";\nexport function moor() {\n  openBerths();\n}\n',
  };

  it("only from a folder", async () => {
    expect(await broken({ form: "only-from", names: ["openBerths"], from: { paths: ["store/"] } }, files)).toEqual([
      "2",
      "pier/moor.ts:3 `moor` calls `openBerths` outside `store/`",
    ]);
    expect(await broken({ form: "only-from", names: ["openBerths"], from: { paths: ["nowhere/"] } }, files)).toEqual([
      "0",
    ]);
  });

  const order = (body: string) => ({
    "dock.py": `def authorise(x): pass\ndef land(x): pass\ndef check(x): authorise(x)\n${body}`,
  });
  // biome-ignore lint/suspicious/noThenProperty: what comes then is a list
  const before: CodeCheck = { form: "call-order", first: ["authorise"], then: ["land"] };

  it.each([
    ["def a(x):\n    authorise(x)\n    land(x)\n", 0],
    ["def b(x):\n    check(x)\n    land(x)\n", 0],
    ["def c(x):\n    land(x)\n    authorise(x)\n", 1],
    ["def d(x):\n    land(x)\n", 1],
    ["def e(x):\n    authorise(x)\n    f(x)\ndef f(x):\n    land(x)\n", 0],
  ])("one call before another: %j", async (body, count) => {
    expect(await broken(before, order(body))).toHaveLength(1 + count);
  });

  it("one call never without another", async () => {
    // biome-ignore lint/suspicious/noThenProperty: what comes then is a list
    const check: CodeCheck = { form: "call-pair", first: ["authorise"], then: ["land"] };
    const [matches, ...found] = await broken(
      check,
      order("def a(x):\n    authorise(x)\ndef b(x):\n    authorise(x)\n    land(x)\n"),
    );
    expect([matches, ...found]).toEqual([
      "3",
      "dock.py:3 `check` calls `authorise` without `land`",
      "dock.py:5 `a` calls `authorise` without `land`",
    ]);
  });
});

describe("what belongs to a declaration", () => {
  it("doc comments, types and decorators", async () => {
    const files = {
      "dock.py":
        'def moor(ship, berth: int):\n    """Moors."""\n    return 1\n@route("/x")\ndef leave(ship: str) -> None:\n    pass\ndef _hidden(x): pass\n',
    };
    const subject = { kind: "function", exported: true } as const;
    expect(await broken({ form: "required-companion", subject, companion: "doc-comment" }, files)).toEqual([
      "2",
      "dock.py:5 `leave` has no doc comment",
    ]);
    expect(await broken({ form: "required-companion", subject, companion: "return-type" }, files)).toEqual([
      "2",
      "dock.py:1 `moor` has no return type",
    ]);
    expect(await broken({ form: "required-companion", subject, companion: "parameter-types" }, files)).toEqual([
      "2",
      "dock.py:1 `moor` has no type for the parameter `ship`",
    ]);
    expect(
      await broken({ form: "required-companion", subject, companion: "decorator", name: "@route" }, files),
    ).toEqual(["2", "dock.py:1 `moor` has no decorator `@route`"]);
  });

  it("tests, by the name of the file or by a call", async () => {
    const files = {
      "dock.ts": "export function moor() {}\n",
      "dock.test.ts": "",
      "tide.ts": "export function rise() {}\nexport function ebb() {}\n",
      "all.test.ts": 'import { rise } from "./tide";\nit("rises", () => { rise(); });\n',
    };
    expect(
      await broken({ form: "required-companion", subject: { kind: "function" }, companion: "test" }, files),
    ).toEqual(["3", "tide.ts:2 `ebb` has no test"]);
  });

  it("names and places", async () => {
    const files = {
      "pier/DockService.ts": "export class DockService {}\nclass Tide_Table {}\n",
      "quay/crane.ts": "export class CraneService {}\n",
    };
    expect(await broken({ form: "naming", subject: { kind: "type" }, style: "PascalCase" }, files)).toEqual([
      "3",
      "pier/DockService.ts:2 `Tide_Table` is not in PascalCase",
    ]);
    expect(
      await broken({ form: "naming", subject: { kind: "type", names: ["*Service"] }, paths: ["pier/"] }, files),
    ).toEqual(["2", "quay/crane.ts:1 `CraneService` is not in `pier/`"]);
    expect(await broken({ form: "naming", subject: { kind: "file" }, style: "kebab-case" }, files)).toEqual([
      "2",
      "pier/DockService.ts:1 `pier/DockService.ts` is not in kebab-case",
    ]);
    const functions = {
      "pier/Crane.tsx": "export function Crane() {\n  return <b />;\n}\nexport function lift_all() {\n  return 1;\n}\n",
      "pier/crane.ts": "export function Lift() {\n  return 1;\n}\n",
    };
    expect(
      await broken({ form: "naming", subject: { kind: "function" }, style: "camelCase" }, functions),
      "components are exempt",
    ).toEqual(["3", "pier/Crane.tsx:4 `lift_all` is not in camelCase", "pier/crane.ts:1 `Lift` is not in camelCase"]);
  });

  it("sizes", async () => {
    const files = { "dock.py": "def moor(a, b, c):\n    x = 1\n    return x\n" };
    expect(await broken({ form: "size-limit", of: "function", max: 2 }, files)).toEqual([
      "1",
      "dock.py:1 `moor` has 3 lines, more than 2",
    ]);
    expect(await broken({ form: "size-limit", of: "parameters", max: 3 }, files)).toEqual(["1"]);
    expect(await broken({ form: "size-limit", of: "file", max: 2 }, files)).toEqual([
      "1",
      "dock.py:1 `dock.py` has 3 lines, more than 2",
    ]);
  });

  it("text at the start of a file", async () => {
    const files = {
      "a.go": "// Copyright The Harbour Authors\n\npackage a\n",
      "b.go": "package b\n// Copyright The Harbour Authors\n",
    };
    expect(await broken({ form: "required-text", text: "Copyright the Harbour Authors" }, files)).toEqual([
      "2",
      expect.stringContaining("b.go:1"),
    ]);
    const future: CodeCheck = { form: "required-text", text: "from __future__ import annotations" };
    expect(await broken(future, { "a.py": "from __future__ import annotations\nx = 1\n", "b.py": "x = 1\n" })).toEqual([
      "2",
      expect.stringContaining("b.py:1"),
    ]);
  });

  it("constructs", async () => {
    const files = {
      "dock.ts":
        'export * from "./tide";\nexport default class Dock {}\nfunction a(x: any) {\n  return x!;\n}\nenum Side { Port }\n',
    };
    const check = (...constructs: Extract<CodeCheck, { form: "forbidden-construct" }>["constructs"]): CodeCheck => ({
      form: "forbidden-construct",
      constructs,
    });
    expect(
      await broken(
        check("any-type", "non-null-assertion", "enum-declaration", "default-export", "wildcard-import"),
        files,
      ),
    ).toEqual([
      "5",
      "dock.ts:1 The file `dock.ts` imports everything of a module",
      "dock.ts:2 The file `dock.ts` has a default export",
      "dock.ts:3 `a` has the type `any`",
      "dock.ts:4 `a` asserts with `!` that something is not null",
      "dock.ts:6 The file `dock.ts` declares an enum",
    ]);
  });
});

it("says after an edit what it says from scratch", async () => {
  const rules = [
    ruleOf({ form: "forbidden-call", names: ["Tide.rise"] }),
    ruleOf({ form: "size-limit", of: "file", max: 2 }),
    ruleOf({ form: "only-from", names: ["ebb"], from: { names: ["moor"] } }),
  ];
  const engine = newEngine();
  await setFiles(engine, {
    "tide.py": "class Tide:\n    def rise(self): pass\ndef ebb(): pass\n",
    "dock.py": "from tide import Tide, ebb\ndef moor(t: Tide):\n    t.rise()\n    ebb()\ndef leave():\n    pass\n",
  });
  const checker = new RuleChecker(rules);
  const told = (with_: RuleChecker) => [...with_.check(engine.analysis().model).values()];
  expect(told(checker).map(({ violations }) => violations.length)).toEqual([1, 2, 0]);
  await engine.setFile(
    "dock.py",
    "from tide import Tide, ebb\ndef moor(t: Tide):\n    pass\ndef leave():\n    ebb()\n",
  );
  await engine.setFile("tide.py", "class Tide:\n    def rise(self): pass\n    x = 1\ndef ebb(): pass\n");
  expect(told(checker)).toEqual(told(new RuleChecker(rules)));
  expect(told(checker).map(({ violations }) => violations.length)).toEqual([0, 2, 1]);
});

describe("what every test calls", () => {
  it("may be called in a function it holds", async () => {
    const check: CodeCheck = {
      form: "required-companion",
      subject: { kind: "test" },
      companion: "call",
      name: "t.Parallel",
      scope: { languages: ["go"], tests: true },
    };
    const files = {
      "dock_test.go": `package dock

import "testing"

func TestMoor(t *testing.T) {
	t.Parallel()
}

func TestTide(t *testing.T) {
	t.Run("low", func(t *testing.T) { t.Parallel() })
}

func TestCrane(t *testing.T) {
	lift(t)
}
`,
    };
    expect(await broken(check, files)).toEqual(["3", "dock_test.go:13 `TestCrane` has no call of `t.Parallel`"]);
  });
});

describe("a rule under a condition that nothing can check", () => {
  const check: CodeCheck = { form: "forbidden-call", names: ["os.Getwd"], qualifier: "for tide tables" };
  const rule = ruleOf(check, "NEVER call `os.Getwd` for tide tables");
  const files = { "tide.go": 'package tide\n\nimport "os"\n\nfunc Root() { os.Getwd() }\n' };

  it("is told as info, with its condition", async () => {
    const report = new RuleChecker([rule]).check(await modelOf(files));
    const [violation] = report.get(rule)?.violations ?? [];
    expect(violation?.message).toBe(
      "`Root` calls `os.Getwd`; the rule holds only under a condition that is not checked (“for tide tables”): “NEVER call `os.Getwd` for tide tables” (CLAUDE.md:7).",
    );
    expect(violation && toFinding(violation)).toMatchObject({ atMost: "info", rank: 1 });
    expect(brokenRules(report, "tide.go", () => true)).toMatchObject([{ why: "may be about this" }]);
    expect(ruleRows([rule], { report, stale: [], findings: [] })).toMatchObject([{ matches: 1, violations: 0 }]);
  });

  it("contradicts no rule that demands the same name elsewhere", () => {
    const demand = ruleOf({ form: "forbidden-call", names: ["pier.Root"], instead: ["os.Getwd"] }, "Use `os.Getwd`");
    const certain = ruleOf({ form: "forbidden-call", names: ["os.Getwd"] }, "Never call `os.Getwd`");
    expect(contradictions([certain, demand])).toHaveLength(1);
    expect(contradictions([rule, demand])).toEqual([]);
  });
});

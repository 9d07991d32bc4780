import { describe, expect, it } from "vitest";
import type { CodeCheck, ForbiddenConstruct } from "../../server/src/core/rules/check";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import type { Rule } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

type Files = Readonly<Record<string, string>>;

function ruleOf(enforcement: CodeCheck, text = "A rule", globs: string[] = []): Rule {
  const scope = { globs, symbols: [], paths: [], commands: [] };
  const source = { path: "CLAUDE.md", line: 7, endLine: 7 };
  return { source, text, polarity: "must-not", scope, enforcement, status: "enforced" };
}

/** Violations as `path:line what is wrong`, after the number of places the rule governs. */
async function broken(check: CodeCheck, files: Files, text?: string, globs?: string[]): Promise<string[]> {
  const rule = ruleOf(check, text, globs);
  const outcome = new RuleChecker([rule]).check(await modelOf(files)).get(rule);
  const found = outcome?.violations.map(
    ({ path, range, message }) => `${path}:${range.start.line + 1} ${message.split(", against")[0]}`,
  );
  return [`${outcome?.matches}`, ...(found ?? [])];
}

describe("calls that lack something", () => {
  it("are those without an argument by name", async () => {
    const check: CodeCheck = { form: "forbidden-call", names: ["requests.*"], without: ["timeout"] };
    const python =
      "import requests\ndef ask(tide, more):\n    requests.get(tide)\n    requests.get(tide, timeout=5)\n    requests.get(tide, **more)\n";
    expect(await broken(check, { "a.py": python })).toEqual([
      "1",
      "a.py:3 `ask` calls `requests.get` without `timeout`",
    ]);
  });

  it("are those whose result nobody takes", async () => {
    const check: CodeCheck = { form: "forbidden-call", names: ["db.Exec"], dropped: true };
    const go = `package dock
import "database/sql"
func moor(db *sql.DB) error {
	db.Exec("a")
	_, _ = db.Exec("b")
	_, err := db.Exec("c")
	if _, err := db.Exec("d"); err != nil { return err }
	return err
}
`;
    expect(await broken(check, { "dock.go": go })).toEqual([
      "2",
      "dock.go:4 `moor` calls `db.Exec` and does nothing with what it gives",
      "dock.go:5 `moor` calls `db.Exec` and does nothing with what it gives",
    ]);
  });
});

describe("bounds", () => {
  it("are kept by what does not pass them, and by what is no number", async () => {
    const check: CodeCheck = { form: "invariant", name: "maxBerths", value: "200", bound: "at-most" };
    const files = { "a.go": "package a\nconst maxBerths = 1_000\n", "b.go": "package b\nconst maxBerths = 200\n" };
    expect(await broken(check, files)).toEqual(["2", "a.go:2 `maxBerths` is `1_000` and not at most `200`"]);
    expect(await broken({ ...check, value: "5", bound: "at-least" }, files)).toEqual(["2"]);
  });
});

describe("constructs of one language", () => {
  const of = (constructs: ForbiddenConstruct["constructs"]): CodeCheck => ({ form: "forbidden-construct", constructs });

  it("SQL is told from sentences", async () => {
    const python = `def sail(db, ship):
    db.run("SELECT * FROM ships WHERE id = 1")
    db.run("""
        update ships set moored = 1
    """)
    db.run(f"DELETE FROM ships WHERE id = {ship}")
    print("Select a ship from the list")
    print("Update the ship and set its berth")
    print("select one of the ships from here")
`;
    expect((await broken(of(["raw-sql"]), { "a.py": python })).map((each) => each.split(" ")[0])).toEqual([
      "3",
      "a.py:2",
      "a.py:3",
      "a.py:6",
    ]);
  });

  it("errors are compared with `==` in Go, and not with `nil`", async () => {
    const go = `package a
import "io"
func read(err, other error, n int) bool {
	if err == io.EOF { return true }
	if io.ErrUnexpectedEOF != err { return true }
	return err == nil || n == 3
}
`;
    expect(await broken(of(["error-comparison"]), { "a.go": go })).toEqual([
      "2",
      "a.go:4 `read` compares errors with `==` or `!=`",
      "a.go:5 `read` compares errors with `==` or `!=`",
    ]);
  });

  it("a `const enum` is no other enum", async () => {
    const files = { "a.ts": "const enum Tide { Low }\nenum Wind { North }\n" };
    expect(await broken(of(["const-enum"]), files)).toEqual(["1", "a.ts:1 The file `a.ts` declares a `const enum`"]);
  });

  it("a dynamic import is a call, and in a type none", async () => {
    const files = {
      "a.ts":
        'import { low } from "./b";\nlet tide: import("./b").Tide = low;\nasync function load() {\n  return (await import("./b")).low;\n}\n',
      "b.ts": "export type Tide = number;\nexport const low = 1;\n",
    };
    expect(await broken(of(["dynamic-import"]), files)).toEqual(["1", "a.ts:4 `load` imports by a call"]);
  });

  it("what is imported for its types alone says so", async () => {
    const files = {
      "a.ts":
        'import { Tide } from "./c";\nimport { Gauge, read } from "./c";\nimport type { Wind } from "./c";\nexport const of = (tide: Tide, gauge: Gauge, wind: Wind) => read(tide, gauge, wind);\n',
    };
    expect(await broken(of(["unmarked-type-import"]), files)).toEqual([
      "1",
      "a.ts:1 The file `a.ts` imports only types without `import type`",
    ]);
  });
});

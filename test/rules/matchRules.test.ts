import { describe, expect, it } from "vitest";
import { RuleLookup } from "../../server/src/core/rules/enforce/ruleLookup";
import type { Rule, RuleScope } from "../../server/src/core/rules/rule";
import { modelOf } from "../support/analysed";

let line = 0;
function rule(scope: Partial<RuleScope>, polarity: Rule["polarity"] = "must"): Rule {
  line++;
  return {
    source: { path: "CLAUDE.md", line, endLine: line },
    text: JSON.stringify(scope),
    polarity,
    scope: { globs: [], symbols: [], paths: [], commands: [], ...scope },
    enforcement: null,
    status: "lookup",
  };
}

const path = "server/ship.ts";

/** What is said of the statements of one function. */
async function whyAt(rules: readonly Rule[], ...statements: string[]): Promise<string[]> {
  const text = `export function sail(s, h, x, page, result, items) {\n${statements.join("\n")}\n}\n`;
  const model = await modelOf({ [path]: text });
  const lookup = new RuleLookup(rules);
  return statements.flatMap((_, i) => lookup.at(model, path, i + 1).map(({ level, why }) => `${level}: ${why}`));
}

function whyOf(rules: readonly Rule[], file: string): string[] {
  return new RuleLookup(rules).ofFile(file).map(({ level, why }) => `${level}: ${why}`);
}

describe("symbols", () => {
  it.each([
    ["json.Marshal", "json.Marshal()", true],
    ["json.Marshal", "encoding.json.Marshal()", true],
    ["json.Marshal", "yaml.Marshal()", false],
    ["json.Marshal", "Marshal()", false],
    ["s.db.*", "s.db.Exec()", true],
    ["s.db.*", "h.s.db.conn.Exec()", true],
    ["s.db.*", "s.db()", false],
    ["s.db.*", "x.db.Exec()", false],
    ["db.Get*", "s.db.GetPlayer()", true],
    ["db.Get*", "s.db.SetPlayer()", false],
    ["AddModuleInstance", "s.AddModuleInstance()", true],
    ["AddModuleInstance", "AddModuleInstances()", false],
    ["mount_sse*", "responses.mount_sse_once()", true],
    ["mount_sse*", "responses.mount()", false],
    [".unwrap", "result.unwrap()", true],
    [".unwrap", "unwrap()", false],
    ["check", "check()", true],
    ["check", "page.check()", false],
    ["a.b", "a?.b()", true],
    ["items.Save", "s.items[0].Save()", true],
    ["s.Require.NoError", "s.Require().NoError()", true],
    ["error", "error()", false],
    ["string", "string()", false],
    ["on*", "onClick()", false],
    ["PlayerStore", "new PlayerStore()", true],
    ["null", "sail(null)", false],
    ["Error", "new Error()", false],
  ])("%s on %s: %s", async (symbol, statement, expected) => {
    const why = await whyAt([rule({ symbols: [symbol] })], statement);
    expect(why.map((each) => each.replace(/, which .*/, ""))).toEqual(expected ? [`line: names \`${symbol}\``] : []);
  });

  it("are said all together", async () => {
    const locks = rule({ symbols: ["s.db.*", "s.mu.lock"] });
    expect(await whyAt([locks], "s.mu.lock(s.db.exec());")).toEqual(["line: names `s.db.*` and `s.mu.lock`"]);
  });

  it("do not match outside the files the rule is loaded for", async () => {
    expect(await whyAt([rule({ symbols: ["json.parse"], globs: ["client/**"] })], "json.parse()")).toEqual([]);
  });

  it("may be properties of every object", async () => {
    const rules = ["toString", "__proto__", "constructor"].map((name) => rule({ symbols: [name] }));
    expect(await whyAt(rules, "sail.bind()", "s.hasOwnProperty()")).toEqual([]);
  });
});

describe("files", () => {
  it.each([
    ["server/ship.go", "server/ship.go", true],
    ["ship.go", "server/ship.go", true],
    ["ship.go", "server/warship.go", false],
    ["server/", "server/a/b.go", true],
    ["server/", "other/server/a.go", false],
    ["internal/db", "server/internal/db/x.go", true],
    ["*.gen.go", "server/a.gen.go", true],
    ["src/**/*.py", "src/a/b.py", true],
    ["./scripts/run.sh", "scripts/run.sh", true],
    ["server", "server/a.go", false],
  ])("%s names %s: %s", (written, file, expected) => {
    expect(whyOf([rule({ paths: [written] })], file)).toEqual(expected ? [`file: names \`${written}\``] : []);
  });

  it("match by the globs a rule is scoped by", () => {
    const scoped = rule({ globs: ["client/**", "server/**/*.go"] });
    expect(whyOf([scoped], "server/ship.go")).toEqual(["file: scoped to `server/**/*.go`"]);
    expect(whyOf([scoped], "server/ship.py")).toEqual([]);
  });

  it("are not spoken of by general rules and descriptions", () => {
    const description = rule({ paths: ["server/ship.go"], globs: ["server/**"] }, "info");
    expect(whyOf([rule({}), description], "server/ship.go")).toEqual([]);
  });
});

it("puts lines before files, each rule once, in the order of the rules", async () => {
  const rules = [
    rule({ globs: ["server/**"] }),
    rule({ symbols: ["s.db.*"], globs: ["server/**"] }),
    rule({ symbols: ["Exec"], paths: ["server/ship.ts"] }),
    rule({ symbols: ["db.exec"] }),
  ];
  const lookup = new RuleLookup(rules);
  const text = "export function sail(s) { s.db.exec(); }\n";
  const model = await modelOf({ "server/ship.ts": text, "client/app.ts": text });
  const found = lookup.inFile(model, "server/ship.ts");
  expect(found.map((match) => [rules.indexOf(match.rule), match.level])).toEqual([
    [1, "line"],
    [3, "line"],
    [0, "file"],
    [2, "file"],
  ]);
  expect(lookup.inFile(model, "client/app.ts")).toHaveLength(1);
});

it("looks only at the rules that may match a line", async () => {
  let looks = 0;
  const counted = (plain: Rule): Rule => ({
    ...plain,
    get scope() {
      looks++;
      return plain.scope;
    },
  });
  const rules = Array.from({ length: 1000 }, (_, i) => counted(rule({ symbols: [`pkg${i}.call${i}`] })));
  const lookup = new RuleLookup(rules);
  const model = await modelOf({ [path]: "export function sail() {\n  pkg7.call7();\n  pkg8.other();\n}\n" });
  lookup.at(model, path, 0);
  looks = 0;
  expect(lookup.at(model, path, 1)).toHaveLength(1);
  expect(lookup.at(model, path, 2)).toHaveLength(0);
  expect(looks).toBeLessThan(5);
});

import { describe, expect, it } from "vitest";
import { createRuleIndex, type RulePlace } from "../../server/src/core/rules/matchRules";
import type { Rule, RuleScope } from "../../server/src/core/rules/rule";

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

function whyAt(rules: readonly Rule[], place: Partial<RulePlace>): string[] {
  return createRuleIndex(rules)
    .rulesAt({ path: "server/ship.go", ...place })
    .map(({ level, why }) => `${level}: ${why}`);
}

describe("symbols", () => {
  it.each([
    ["json.Marshal", "json.Marshal", true],
    ["json.Marshal", "encoding.json.Marshal", true],
    ["json.Marshal", "yaml.Marshal", false],
    ["json.Marshal", "Marshal", false],
    ["s.db.*", "s.db.Exec", true],
    ["s.db.*", "h.s.db.conn.Exec", true],
    ["s.db.*", "s.db", false],
    ["s.db.*", "x.db.Exec", false],
    ["db.Get*", "s.db.GetPlayer", true],
    ["db.Get*", "s.db.SetPlayer", false],
    ["AddModuleInstance", "s.AddModuleInstance", true],
    ["AddModuleInstance", "AddModuleInstances", false],
    ["mount_sse*", "responses.mount_sse_once", true],
    ["mount_sse*", "responses.mount", false],
    [".unwrap", "result.unwrap", true],
    [".unwrap", "unwrap", false],
    ["check", "check", true],
    ["check", "page.check", false],
    ["std::mem::take", "std::mem::take", true],
    ["a.b", "a?.b", true],
    ["items.Save", "s.items[i].Save", true],
    ["s.Require.NoError", "s.Require().NoError", true],
    ["error", "error", false],
    ["string", "string", false],
    ["on*", "onClick", false],
    ["on*", "on", false],
  ])("%s on call %s: %s", (symbol, call, expected) => {
    expect(whyAt([rule({ symbols: [symbol] })], { calls: [call] })).toEqual(
      expected ? [`line: names \`${symbol}\``] : [],
    );
  });

  it.each([
    ["PlayerStore", true],
    ["retry_count", true],
    ["Update", true],
    ["payload", false],
    ["null", false],
    ["Error", false],
  ])("%s on the same plain name: %s", (symbol, expected) => {
    expect(whyAt([rule({ symbols: [symbol] })], { names: [symbol] })).toHaveLength(expected ? 1 : 0);
  });

  it("says every symbol that matched, once", () => {
    const locks = rule({ symbols: ["s.db.*", "s.mu.Lock"] });
    const calls = ["s.mu.Lock", "s.db.Exec", "s.db.Query"];
    expect(whyAt([locks], { calls })).toEqual(["line: names `s.mu.Lock` and `s.db.*`"]);
  });

  it("does not match outside the files the rule is loaded for", () => {
    const scoped = rule({ symbols: ["json.Marshal"], globs: ["client/**"] });
    expect(whyAt([scoped], { calls: ["json.Marshal"] })).toEqual([]);
  });

  it("takes names that are properties of every object", () => {
    expect(whyAt([rule({ symbols: ["toString"] })], { calls: ["constructor", "__proto__", "", "."] })).toEqual([]);
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
  ])("%s names %s: %s", (written, path, expected) => {
    expect(whyAt([rule({ paths: [written] })], { path })).toEqual(expected ? [`file: names \`${written}\``] : []);
  });

  it("matches by the globs a rule is scoped by", () => {
    const scoped = rule({ globs: ["client/**", "server/**/*.go"] });
    expect(whyAt([scoped], {})).toEqual(["file: scoped to `server/**/*.go`"]);
    expect(whyAt([scoped], { path: "server/ship.py" })).toEqual([]);
  });

  it("leaves general rules and descriptions out", () => {
    const description = rule({ paths: ["server/ship.go"], globs: ["server/**"] }, "info");
    expect(whyAt([rule({}), description], { calls: ["s.db.Exec"] })).toEqual([]);
  });
});

it("puts lines before files, each rule once, in the order of the rules", () => {
  const rules = [
    rule({ globs: ["server/**"] }),
    rule({ symbols: ["s.db.*"], globs: ["server/**"] }),
    rule({ symbols: ["Exec"], paths: ["server/ship.go"] }),
    rule({ symbols: ["db.Exec"] }),
  ];
  const index = createRuleIndex(rules);
  const found = index.rulesAt({ path: "server/ship.go", calls: ["s.db.Exec"] });
  expect(found.map((match) => [rules.indexOf(match.rule), match.level])).toEqual([
    [1, "line"],
    [3, "line"],
    [0, "file"],
    [2, "file"],
  ]);
  expect(index.rulesAt({ path: "client/app.ts", calls: ["s.db.Exec"] })).toHaveLength(1);
});

it("looks only at the rules that may match a line", () => {
  let looks = 0;
  const counted = (plain: Rule): Rule => ({
    ...plain,
    get scope() {
      looks++;
      return plain.scope;
    },
  });
  const rules = Array.from({ length: 1000 }, (_, i) => counted(rule({ symbols: [`pkg${i}.Call${i}`, `${i}_*`] })));
  const index = createRuleIndex(rules);
  index.rulesAt({ path: "server/ship.go" });
  looks = 0;
  expect(index.rulesAt({ path: "server/ship.go", calls: ["pkg7.Call7", "pkg8.Other"], names: ["ship"] })).toHaveLength(
    1,
  );
  expect(looks).toBeLessThan(5);
});

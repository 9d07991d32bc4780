import { describe, expect, it } from "vitest";
import { RuleLookup } from "../../server/src/core/rules/enforce/ruleLookup";
import { loadRules } from "../../server/src/core/rules/loadRules";
import { modelOf } from "../support/analysed";

const server = `package harbour
type Server struct { db *DB; tides Tides }
type Other struct { db *DB }
func (s *Server) moor() {
	s.db.Exec("a")
}
func (srv *Server) leave(o *Other) {
	srv.db.Exec("b"); o.db.Exec("c")
}
// Decides whether a storm closes the lighthouse.
func stormWarning() {}
func handleStorm() { handleStorm() }
`;

async function lookup(text: string) {
  const { rules } = loadRules([{ path: "CLAUDE.md", text }], () => undefined);
  const model = await modelOf({ "go.mod": "module example.com/harbour\n", "server.go": server });
  const lookup = new RuleLookup(rules);
  const told = (matches: ReturnType<RuleLookup["at"]>) =>
    matches.map(({ rule, why, level, range }) => {
      const where = range ? `${range.start.line + 1}:${range.start.character}-${range.end.character} ` : "";
      return `${where}${level} ${rule.source.line} ${why}`;
    });
  return {
    at: (line: number, character?: number) => told(lookup.at(model, "server.go", line - 1, character)),
    of: (name: string) => {
      const index = model.files.get("server.go")?.functions.findIndex((fn) => fn.name === name) ?? -1;
      return told(lookup.ofFunction(model, "server.go", index));
    },
  };
}

describe("rules at a place", () => {
  const text =
    "- Never call `s.db.*` under the lock.\n- Never call `handleStorm`.\n- Close the lighthouse when a storm comes.\n";

  it("are those whose names mean what stands there", async () => {
    const { at } = await lookup(text);
    expect(at(5)).toEqual(["5:1-10 line 1 names `s.db.*`"]);
    expect(at(8, 3)).toEqual(["8:1-12 line 1 names `s.db.*`, which `srv.db.Exec` is"]);
    expect(at(8, 22)).toEqual([]);
    expect(at(12, 7)).toEqual(["12:5-16 line 2 names `handleStorm`"]);
    expect(at(2)).toEqual([]);
  });

  it("of a function are those it names, then those about the same", async () => {
    const { of } = await lookup(text);
    expect(of("leave")).toEqual(["8:1-12 line 1 names `s.db.*`, which `srv.db.Exec` is"]);
    expect(of("stormWarning")).toEqual(["topic 3 is also about `storm`, `close` and `lighthouse`"]);
    expect(of("moor")).toEqual(["5:1-10 line 1 names `s.db.*`"]);
  });

  it("are never those of another folder", async () => {
    const { rules } = loadRules([{ path: "pier/CLAUDE.md", text }], () => undefined);
    const model = await modelOf({ "server.go": server });
    expect(new RuleLookup(rules).at(model, "server.go", 4)).toEqual([]);
    expect(new RuleLookup(rules).ofFile("server.go")).toEqual([]);
  });
});

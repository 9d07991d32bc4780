import { describe, expect, it } from "vitest";
import { checkCommands } from "../../server/src/core/rules/enforce/commands";
import { RuleChecker } from "../../server/src/core/rules/enforce/ruleChecker";
import { extractRules } from "../../server/src/core/rules/extractRules";
import { modelOf } from "../support/analysed";

const memory = `# Galaxy

- NEVER do \`s.db.*\` calls while holding \`s.mu.Lock()\` — this causes production outages.
- \`softDeathEnabled = false\` — death is REAL. The \`handleSoftDeath\` path is dead code. Do not assume soft death behavior.
- NEVER run \`cmd/galaxygen/\` again. It would overwrite all manual edits irreversibly.
- Always reproduce a bug with a failing test before fixing it.
- Fix the root cause, never the symptom.
`;
const rules = extractRules({ path: "CLAUDE.md", text: memory }, { globs: [] }).filter(({ enforcement }) => enforcement);

const types = `package server
import ("database/sql"; "sync")
type Server struct { mu sync.Mutex; db *sql.DB; ships map[string]int }
type Dock struct { srv *Server }
`;

async function violations(body: string, more: Record<string, string> = {}): Promise<string[]> {
  const model = await modelOf({
    "go.mod": "module example.com/galaxy\n",
    "server/server.go": `${types}${body}`,
    ...more,
  });
  const report = new RuleChecker(rules).check(model);
  return rules.flatMap((each) => {
    const { matches, violations } = report.get(each) ?? { matches: 0, violations: [] };
    return [
      `${matches} matches`,
      ...violations.map(({ path, range, symbol, message, steps }) =>
        [
          `${path}:${range.start.line + 1}`,
          symbol,
          message.split(", against")[0],
          ...steps.map((step) => step.message),
        ].join(" | "),
      ),
    ];
  });
}

describe("the rules of the outage essay", () => {
  it("database calls under the lock", async () => {
    expect(
      await violations(`
func (s *Server) Land(id string) {
	s.mu.Lock()
	s.ships[id] = 1
	s.db.Exec("UPDATE ships SET landed = 1")
	s.mu.Unlock()
}
func (srv *Server) Leave(id string) {
	srv.mu.Lock()
	defer srv.mu.Unlock()
	srv.store(id)
}
func (srv *Server) store(id string) { srv.write(id) }
func (srv *Server) write(id string) { srv.db.Exec("DELETE FROM ships") }
func (d *Dock) Close() {
	d.srv.mu.Lock()
	defer d.srv.mu.Unlock()
	d.srv.db.Close()
}
func (s *Server) Safe(id string) {
	s.mu.Lock()
	delete(s.ships, id)
	s.mu.Unlock()
	s.store(id)
}
`),
    ).toEqual([
      "4 matches",
      "server/server.go:9 | (*Server).Land | `Land` calls `s.db.Exec` while it holds `Server.mu` | takes `Server.mu` | calls `s.db.Exec`",
      "server/server.go:15 | (*Server).Leave | `Leave` calls `srv.db.Exec` through `store` and `write` while it holds `Server.mu` | takes `Server.mu` | calls `store` | calls `write` | calls `srv.db.Exec`",
      "server/server.go:22 | (*Dock).Close | `Close` calls `d.srv.db.Close` while it holds `Server.mu` | takes `Server.mu` | calls `d.srv.db.Close`",
      "0 matches",
      "0 matches",
      "0 matches",
    ]);
  });

  it("what is dead and what is real", async () => {
    expect(
      await violations(`
var softDeathEnabled = true
type Config struct { softDeathEnabled bool }
func (s *Server) die(id string) {
	if softDeathEnabled { s.handleSoftDeath(id) }
}
func (s *Server) handleSoftDeath(id string) { s.handleSoftDeath(id) }
func load() Config { return Config{softDeathEnabled: true} }
func keep() { softDeathEnabled = false }
`),
    ).toEqual([
      "0 matches",
      "3 matches",
      "server/server.go:6 |  | `softDeathEnabled` is `true` and not `false`",
      "server/server.go:12 | load | `softDeathEnabled` is set to `true` and not `false`",
      "1 matches",
      "server/server.go:9 | (*Server).die | `die` calls `s.handleSoftDeath`",
      "0 matches",
    ]);
  });

  it("the generator that must not run again", () => {
    const broken = (command: string) =>
      [...checkCommands(rules, [{ path: "Makefile", text: `galaxy:\n\t${command}\n` }]).values()].flatMap((report) =>
        report.violations.map(({ path, range }) => `${path}:${range.start.line + 1}`),
      );
    expect(broken("go run ./cmd/galaxygen --all")).toEqual(["Makefile:2"]);
    expect(broken("go run ./cmd/server")).toEqual([]);
  });

  it("is fixed", async () => {
    expect(
      await violations(`
var softDeathEnabled = false
func (s *Server) Land(id string) {
	s.mu.Lock()
	s.ships[id] = 1
	s.mu.Unlock()
	s.db.Exec("UPDATE ships SET landed = 1")
}
func (s *Server) die(id string) { delete(s.ships, id) }
`),
    ).toEqual(["1 matches", "1 matches", "0 matches", "0 matches"]);
  });

  it("is read rule by rule", () => {
    expect(rules.map(({ source, enforcement }) => [source.line, enforcement?.form])).toEqual([
      [3, "call-while-holding"],
      [4, "invariant"],
      [4, "forbidden-name"],
      [5, "forbidden-command"],
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { effectsOf, readQuery } from "../../server/src/core/model/graph/effects";
import { noEffects } from "../../server/src/core/model/graph/functionEffects";
import { witnessOf } from "../../server/src/core/model/graph/witness";
import type { WorkspaceModel } from "../../server/src/core/model/workspaceModel";
import { linkedNamed, modelOf } from "../support/analysed";

const inGo = (body: string) =>
  modelOf({
    "go.mod": "module m\n",
    "a.go": `package p
import ("database/sql"; "net/http"; "os"; "sync"; "time")
var _, _, _, _, _ = sql.ErrNoRows, http.StatusOK, os.Args, sync.NewCond, time.Now
type S struct { mu sync.Mutex; other sync.RWMutex; db *sql.DB; ch chan int; n int; next *S }
${body}`,
  });

const inJava = (body: string) =>
  modelOf({
    "p/A.java": `package p; import java.sql.*; import java.util.concurrent.locks.*; import java.util.function.*;
class A { private final ReentrantLock lock = new ReentrantLock(); Statement st; int n; ${body} }`,
  });

const inPython = (body: string) =>
  modelOf({ "a.py": `import sqlite3, threading, time\nguard = threading.Lock()\n${body}` });

/** Effects as `kind detail`, with `@distance` when they are further away. */
function effects(model: WorkspaceModel, name: string): string[] {
  return linkedNamed(model, name)
    .effects.effects.map(({ kind, detail, distance }) => `${kind} ${detail}${distance > 0 ? `@${distance}` : ""}`)
    .sort();
}

function locks(model: WorkspaceModel, name: string) {
  const { leavesHeld, releases } = linkedNamed(model, name).effects;
  return { leavesHeld: leavesHeld.map(({ lock }) => lock), releases: releases.map(({ lock }) => lock) };
}

const mu = "m.S.mu";

describe("locks", () => {
  it("are left held and released by wrappers", async () => {
    const model = await inGo(`
func (s *S) lock() { s.mu.Lock() }
func (s *S) unlock() { s.mu.Unlock() }
func (s *S) done() { defer s.mu.Unlock(); s.n++ }
func (s *S) twice() { s.lock(); s.next.other.RLock() }
func (s *S) balanced() { s.lock(); defer s.unlock(); s.n++ }
func (s *S) inClosure() { s.mu.Lock(); defer func() { s.n++; s.unlock() }() }
`);
    expect(locks(model, "(*S).lock")).toEqual({ leavesHeld: [mu], releases: [] });
    expect(locks(model, "(*S).unlock")).toEqual({ leavesHeld: [], releases: [mu] });
    expect(locks(model, "(*S).done")).toEqual({ leavesHeld: [], releases: [mu] });
    expect(locks(model, "(*S).twice")).toEqual({ leavesHeld: [mu, "m.S.other"], releases: [] });
    expect(locks(model, "(*S).balanced")).toEqual({ leavesHeld: [], releases: [] });
    expect(locks(model, "(*S).inClosure")).toEqual({ leavesHeld: [], releases: [] });
    expect(effects(model, "(*S).balanced")).toEqual(["acquire m.S.mu@1", "write m.S.n"]);
  });

  it("are left held only when every way out leaves them", async () => {
    const model = await inGo(`
func (s *S) early(x bool) { s.mu.Lock(); if x { s.mu.Unlock(); return }; s.n++; s.mu.Unlock() }
func (s *S) forgets(x bool) { s.mu.Lock(); if x { return }; s.mu.Unlock() }
func (s *S) either(x bool) { if x { s.mu.Lock() } else { s.mu.Lock(); s.n++ } }
func (s *S) sometimes(x bool) { if x { s.mu.Lock() } }
func (s *S) cases(x int) { switch x { case 1: s.mu.Lock(); default: s.mu.Lock() } }
func (s *S) someCases(x int) { switch x { case 1: s.mu.Lock(); case 2: s.mu.Lock() } }
func (s *S) panics(x bool) { s.mu.Lock(); if x { panic(1) } }
func (s *S) loops() { for s.n > 0 { s.mu.Lock() } }
func (s *S) tries() { if s.mu.TryLock() { s.n++ } }
func (s *S) spawns() { go s.mu.Lock(); go func() { s.mu.Lock() }() }
`);
    const held = (name: string) => locks(model, `(*S).${name}`).leavesHeld;
    expect(held("early")).toEqual([]);
    expect(held("forgets")).toEqual([]);
    expect(held("either")).toEqual([mu]);
    expect(held("sometimes")).toEqual([]);
    expect(held("cases")).toEqual([mu]);
    expect(held("someCases")).toEqual([]);
    expect(held("loops")).toEqual([]);
    expect(held("tries")).toEqual([]);
    expect(held("spawns")).toEqual([]);
    expect(locks(model, "(*S).early").releases).toEqual([]);
  });

  it("are released by finally, whichever way it is reached", async () => {
    const model = await inJava(`
int returns() { lock.lock(); try { return n; } finally { lock.unlock(); } }
int nested(int x) { lock.lock(); try { try { if (x > 1) { return 1; } n = 2; } finally { n = 1; } return n; } finally { lock.unlock(); } }
void falls() { lock.lock(); try { n = 1; } catch (RuntimeException e) { n = 2; } finally { lock.unlock(); } }
int keeps() { try { return n; } finally { lock.lock(); } }
int overrides() { lock.lock(); try { return 1; } finally { return 2; } }
int throwsOnly() { lock.lock(); try { throw new RuntimeException(); } finally { lock.unlock(); } }
`);
    for (const name of ["returns", "nested", "falls", "throwsOnly"])
      expect([name, locks(model, `A.${name}`)]).toEqual([name, { leavesHeld: [], releases: [] }]);
    expect(locks(model, "A.keeps").leavesHeld).toEqual(["p.A.lock"]);
    expect(locks(model, "A.overrides").leavesHeld).toEqual(["p.A.lock"]);
  });

  it("do not multiply where finally is inside finally", async () => {
    const depth = 60;
    const open = Array.from({ length: depth }, (_, i) => `try { if (x == ${i}) return ${i}; lock.lock(); } finally { `);
    const model = await inJava(`int f(int x) { ${open.join("")} n = 1; ${"}".repeat(depth)} return 0; }`);
    expect(locks(model, "A.f").leavesHeld).toEqual([]);
  });

  it("are held for the length of a block", async () => {
    const java = await inJava(
      "synchronized void own() { n = 1; } void block(Object o) { synchronized (lock) { n = 2; } }",
    );
    expect(effects(java, "A.own")).toEqual(["acquire p.A", "write p.A.n"]);
    expect(effects(java, "A.block")).toEqual(["acquire p.A.lock", "write p.A.n"]);
    const python = await inPython(
      "def f():\n    with guard:\n        time.sleep(1)\n\ndef g():\n    with open('x') as h:\n        f()\n",
    );
    expect(effects(python, "f")).toEqual(["acquire a.guard", "sleep time.sleep"]);
    expect(locks(python, "f").leavesHeld).toEqual([]);
    expect(effects(python, "g")).toContain("acquire a.guard@1");
  });

  it("that are locals are one lock in the functions inside, and none in others", async () => {
    const model = await inGo(`
func local() { var a, b sync.Mutex; a.Lock(); b.Lock(); defer func() { a.Unlock(); b.Unlock() }() }
func given(a *sync.Mutex, b *sync.Mutex) { a.Lock(); b.Unlock() }
`);
    expect(locks(model, "local")).toEqual({ leavesHeld: [], releases: [] });
    expect(effects(model, "local")).toEqual(["acquire a.go#local:a", "acquire a.go#local:b"]);
    expect(locks(model, "given")).toEqual({ leavesHeld: ["a.go#given:a"], releases: ["a.go#given:b"] });
  });
});

describe("waiting", () => {
  it("is what a select with a default does not do", async () => {
    const model = await inGo(`
func (s *S) polls() { select { case s.ch <- 1: default: } }
func (s *S) pollsInside() { select { case <-s.ch: <-s.ch; default: } }
func (s *S) waits() { select { case s.ch <- 1: case <-s.ch: } }
func (s *S) receives() { for range s.ch { s.n++ } }
func (s *S) sends() { s.ch <- 1 }
func (s *S) sendsLater() { go func() { s.ch <- 1 }() }
`);
    const isWaiting = (name: string) => effects(model, `(*S).${name}`).some((effect) => effect.startsWith("channel"));
    expect(isWaiting("polls")).toBe(false);
    expect(isWaiting("waits")).toBe(true);
    expect(isWaiting("sends")).toBe(true);
    expect(isWaiting("sendsLater")).toBe(false);
  });

  it("is not what a function does that starts it elsewhere", async () => {
    const model = await inGo(`
func (s *S) store() { s.db.Exec("UPDATE players SET n = 1") }
func (s *S) now() { s.store() }
func (s *S) spawned() { go s.store() }
func (s *S) external() { go s.db.Exec("UPDATE players SET n = 1"); go time.Sleep(1) }
func (s *S) closure() { go func() { s.store(); time.Sleep(1) }() }
func (s *S) later() { time.AfterFunc(1, s.store) }
func (s *S) deferred() { defer s.store() }
`);
    expect(effects(model, "(*S).now")).toEqual(["database update players@1"]);
    expect(effects(model, "(*S).deferred")).toEqual(["database update players@1"]);
    expect(effects(model, "(*S).spawned")).toEqual(["spawn a.go#(*S).store"]);
    expect(effects(model, "(*S).external")).toEqual(["spawn database/sql.DB.Exec"]);
    expect(effects(model, "(*S).closure")).toEqual(["spawn a.go#(*S).closure.<anonymous>"]);
    expect(effects(model, "(*S).later")).toEqual(["spawn a.go#(*S).store"]);
  });

  it("is not what the catalog says does not block", async () => {
    const model = await inGo(
      'func f() { http.NewRequest("GET", "x", nil) }\nfunc g() { http.Get("x") }\nfunc h() { os.ReadFile("x"); time.Sleep(1); time.Sleep(2) }\n',
    );
    expect(effects(model, "f")).toEqual([]);
    expect(effects(model, "g")).toEqual(["network net/http.Get"]);
    expect(effects(model, "h")).toEqual(["file os.ReadFile", "sleep time.Sleep"]);
  });
});

describe("functions that are handed over", () => {
  it("run where what they are handed to calls its parameter", async () => {
    const model = await inGo(`
var kept func()
func with(f func()) { f() }
func keep(f func()) { kept = f }
func second(n int, f func()) { if n > 0 { defer f() } }
func (s *S) store() { s.db.Exec("DELETE FROM players") }
func (s *S) byClosure() { with(func() { s.store() }) }
func (s *S) byReference() { with(s.store) }
func (s *S) keeps() { keep(s.store) }
func (s *S) other() { second(1, s.store) }
func (s *S) spawns() { go with(s.store) }
`);
    expect(effects(model, "(*S).byClosure")).toEqual(["database delete players@2"]);
    expect(effects(model, "(*S).byReference")).toEqual(["database delete players@1"]);
    expect(effects(model, "(*S).other")).toEqual(["database delete players@1"]);
    expect(effects(model, "(*S).keeps").filter((effect) => effect.startsWith("database"))).toEqual([]);
    expect(effects(model, "(*S).spawns").filter((effect) => effect.startsWith("database"))).toEqual([]);
  });

  it("run where a functional interface is called", async () => {
    const model = await inJava(`
void with(Runnable r) { r.run(); }
<T> T get(Supplier<T> s) { return s.get(); }
Runnable keep(Runnable r) { return r; }
Function<A, A> composed(Function<A, A> f) { return f.andThen(f); }
void store() throws Exception { st.executeUpdate("UPDATE players SET n = " + n); }
void lambda() { with(() -> { store(); }); }
void reference() { with(this::store); }
void supplied() { get(() -> { store(); return 1; }); }
void keeps() { keep(() -> { store(); }); }
`);
    expect(effects(model, "A.lambda")).toEqual(["database update players@2"]);
    expect(effects(model, "A.reference")).toEqual(["database update players@1"]);
    expect(effects(model, "A.supplied")).toEqual(["database update players@2"]);
    expect(effects(model, "A.keeps")).toEqual([]);
  });

  it("run within what the catalog knows to call them", async () => {
    const model = await modelOf({
      "a.ts": `import { query } from "./db";
export async function each(ids: string[]) { ids.forEach((id) => fetch(id)); }
export function later() { setTimeout(() => { fetch("x"); }, 10); }
`,
    });
    expect(effects(model, "each")).toEqual(["network builtin.fetch@1"]);
    expect(effects(model, "later").filter((effect) => effect.startsWith("network"))).toEqual([]);
  });
});

describe("a database call", () => {
  it.each([
    ["SELECT a, b FROM players WHERE id = ?", "select players"],
    ["  select * from `game`.players p join x", "select game"],
    ['select "a" from "players"', "select players"],
    ["SELECT 1", "select"],
    ["with x as (select 1) select * from players", "select players"],
    ["INSERT INTO players (a) VALUES (1)", "insert players"],
    ["insert or replace into game.players values (1)", "insert game.players"],
    ["INSERT INTO [players] DEFAULT VALUES", "insert players"],
    ["UPDATE players SET a = 1", "update players"],
    ["DELETE FROM players", "delete players"],
    ["REPLACE INTO players VALUES (1)", "insert players"],
    ["MERGE INTO players USING x", "insert players"],
    ["\n\tUPDATE\n\tplayers\n\tSET a = 1", "update players"],
    ["updates are great", undefined],
    ["BEGIN", undefined],
    ["", undefined],
  ])("%j is %s", (text, expected) => {
    expect(readQuery(text)).toBe(expected);
  });

  it("tells verb and table from a text that is put together, named or formatted", async () => {
    const go = await inGo(`
const byID = "SELECT a FROM players WHERE id = $1"
func (s *S) concatenated(id string) { s.db.Query("SELECT a, b " + "FROM players WHERE id = " + id) }
func (s *S) local() { q := "DELETE FROM sessions"; s.db.Exec(q) }
func (s *S) dynamic(table string) { s.db.Exec("DELETE FROM " + table) }
func (s *S) unknown(q string) { s.db.Exec(q); s.db.Query(q) }
`);
    expect(effects(go, "(*S).concatenated")).toEqual(["database select players"]);
    expect(effects(go, "(*S).local")).toEqual(["database delete sessions"]);
    expect(effects(go, "(*S).dynamic")).toEqual(["database delete"]);
    const python = await inPython(
      'def f(c: sqlite3.Cursor, x):\n    c.execute(f"UPDATE players SET n = {x}")\n\ndef g(c: sqlite3.Cursor, x):\n    c.execute("INSERT INTO " "players VALUES (%s)" % x)\n',
    );
    expect(effects(python, "f")).toEqual(["database update players"]);
    expect(effects(python, "g")).toEqual(["database insert players"]);
    const typescript = await modelOf({
      "a.ts":
        'import { Client } from "pg";\nexport function f(c: Client, id: string) { return c.query(`SELECT a FROM players WHERE id = $' +
        "{id}`); }\n",
    });
    expect(effects(typescript, "f")).toEqual(["database select players"]);
  });
});

describe("recursion", () => {
  it("settles, and tells the nearest witness", async () => {
    const model = await inGo(`
func (s *S) a(n int) { if n > 0 { s.b(n - 1) }; s.c(n) }
func (s *S) b(n int) { s.a(n); s.d() }
func (s *S) c(n int) { s.b(n) }
func (s *S) d() { s.e() }
func (s *S) e() { s.db.Exec("UPDATE players SET n = 1"); s.mu.Lock() }
func (s *S) self(n int) { s.self(n - 1); s.d() }
`);
    expect(effects(model, "(*S).a")).toEqual(["acquire m.S.mu@3", "database update players@3"]);
    const [effect] = linkedNamed(model, "(*S).a").effects.effects.filter(({ kind }) => kind === "database");
    expect(effect && witnessOf(model, effect).map(({ id }) => id)).toEqual([
      "a.go#(*S).b",
      "a.go#(*S).d",
      "a.go#(*S).e",
    ]);
    expect(["a", "b", "c", "d", "self"].map((name) => linkedNamed(model, `(*S).${name}`).isInCycle)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("settles in a ring of a hundred functions, in either direction", async () => {
    for (const step of [1, 99]) {
      const ring = Array.from({ length: 100 }, (_, i) => `func (s *S) f${i}() { s.f${(i + step) % 100}() }`);
      const model = await inGo(
        `${ring.join("\n")}\nfunc (s *S) in() { s.f0() }\n`.replace("f50() { ", "f50() { time.Sleep(1); "),
      );
      for (let i = 0; i < 100; i++) {
        const distance = (step === 1 ? 150 - i : i + 50) % 100;
        expect(effects(model, `(*S).f${i}`)).toEqual([`sleep time.Sleep${distance > 0 ? `@${distance}` : ""}`]);
      }
      const [effect] = linkedNamed(model, "(*S).in").effects.effects;
      expect(effect && witnessOf(model, effect)).toHaveLength(51);
    }
  });

  it("is not a reason of its own", async () => {
    const model = await inGo("func (s *S) a() { s.b() }\nfunc (s *S) b() { s.a() }\n");
    expect(linkedNamed(model, "(*S).a").effects).toEqual(noEffects);
  });
});

describe("a call that writes to what it is handed", () => {
  it("does what the write does where that is a connection, or a type of the workspace", async () => {
    const model = await modelOf({
      "go.mod": "module m\n",
      "a.go": `package p
import ("fmt"; "io"; "net"; "net/http"; "os"; "time")
type Slow struct{}
func (s *Slow) Write(p []byte) (int, error) { time.Sleep(1); return 0, nil }
func say(c net.Conn) { fmt.Fprintln(c, "x"); io.WriteString(c, "x") }
func send(c *net.TCPConn, r io.Reader) { io.Copy(c, r) }
func slow(s *Slow) { fmt.Fprintf(s, "%d", 1) }
func answer(w http.ResponseWriter, f *os.File) { fmt.Fprintln(w, "x"); fmt.Fprintln(f, "x"); fmt.Fprintln(os.Stderr, "x") }
`,
    });
    expect(effects(model, "say")).toEqual(["network net.Conn.Write"]);
    expect(effects(model, "send")).toEqual(["network net.TCPConn.Write"]);
    expect(effects(model, "slow")).toEqual(["sleep time.Sleep@1"]);
    expect(effects(model, "answer")).toEqual([]);
    expect(linkedNamed(model, "say").links.calls[0]?.external).toEqual({ module: "fmt", symbol: "Fprintln" });
  });
});

describe("what is far away", () => {
  it("is told as long as it is not a write", async () => {
    const chain = Array.from({ length: 6 }, (_, i) => `func (s *S) f${i}() { s.f${i + 1}() }`).join("\n");
    const model = await inGo(`${chain}\nfunc (s *S) f6() { s.n = 1; time.Sleep(1) }\n`);
    expect(effects(model, "(*S).f4")).toEqual(["sleep time.Sleep@2", "write m.S.n@2"]);
    expect(effects(model, "(*S).f0")).toEqual(["sleep time.Sleep@6"]);
  });

  it("crosses files and languages' modules, and is cut to the nearest of each kind", async () => {
    const model = await modelOf({
      "go.mod": "module m\n",
      "a/a.go": 'package a\nimport "m/b"\nfunc A(s *b.Store) { s.Save(); s.Save() }\n',
      "b/b.go": `package b\nimport "database/sql"\ntype Store struct { db *sql.DB }\nfunc (s *Store) Save() { ${Array.from({ length: 12 }, (_, i) => `s.db.Exec("UPDATE t${i} SET n = 1")`).join("; ")} }\n`,
    });
    expect(effects(model, "A")).toHaveLength(6);
    expect(effects(model, "A")).toContain("database update t0@1");
  });
});

describe("effects", () => {
  it("of a function that does nothing are none", () => {
    const summary = { calls: [], flow: [], failures: { returnsNull: false, throws: [], swallows: 0 } };
    const links = { calls: [], writes: [], scopeLocks: [], lockOperations: new Map(), loopPaces: new Map() };
    const fn = { summary, links, edges: [], spawned: new Set() } as unknown as Parameters<typeof effectsOf>[0];
    expect(effectsOf(fn, () => noEffects)).toEqual(noEffects);
  });
});

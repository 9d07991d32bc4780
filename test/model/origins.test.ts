import { describe, expect, it } from "vitest";
import type { LanguageId } from "../../server/src/core/model/facts";
import { type Flow, type FunctionSummary, flowsInside } from "../../server/src/core/model/fileSummary";
import { summarizeFile } from "../../server/src/core/model/summarizeFile";
import { lowerSource } from "../facts/lowerSource";

async function summaryOf(language: LanguageId, source: string) {
  const facts = await lowerSource(language, source);
  expect(facts.hasSyntaxErrors).toBe(false);
  return summarizeFile(facts, () => ({}));
}

async function functionIn(language: LanguageId, source: string, symbol: string): Promise<FunctionSummary> {
  const summary = await summaryOf(language, source);
  const found = summary.functions.find((fn) => fn.symbol === symbol);
  if (!found) throw new Error(`no ${symbol} among ${summary.functions.map((fn) => fn.symbol).join(", ")}`);
  return found;
}

/** The closed callees of a function, in order; `?` where nothing is known. */
async function closed(language: LanguageId, source: string, symbol: string): Promise<string[]> {
  const { calls } = await functionIn(language, source, symbol);
  return calls.map(({ callee, origin }) => (origin ?? callee) || "?");
}

describe("Go paths", () => {
  const inGo = (body: string, symbol = "f") => closed("go", `package p\n${body}`, symbol);

  it("start at receivers, parameters, results and package names", async () => {
    expect(
      await inGo(
        "func (s *S) f(t *T, more ...string) (out *R, err error) { s.a(); s.items[0].b(); t.c(); more[0].d(); out.e(); fmt.g(); h() }",
        "(*S).f",
      ),
    ).toEqual(["<S>.a", "<S>.items[].b", "<*T>.c", "<...string>[].d", "<*R>.e", "fmt.g", "h"]);
  });

  it("end with the block that shadows", async () => {
    expect(
      await inGo("func f(t *T, u *U) { if t := u.next; t != nil { t.a() }; t.b(); for t := u; ; { t.c() }; t.d() }"),
    ).toEqual(["<*U>.next.a", "<*T>.b", "<*U>.c", "<*T>.d"]);
    expect(await inGo("func f(t *T, u *U) { switch t := u.get(); { case true: t.a() }; t.b() }")).toEqual([
      "<*U>.get",
      "<*U>.get().a",
      "<*T>.b",
    ]);
  });

  it("keep what a variable was declared with", async () => {
    expect(
      await inGo("func f() { var a any; a = open(); a.x(); b, err := two(); b, err = three(); b.y(); err.z() }"),
    ).toEqual(["open", "<any>.x", "two", "three", "two()#0.y", "two()#1.z"]);
    expect(await inGo("func f() { a, err := one(); b, err := two(); a.x(); b.y(); err.z() }")).toEqual([
      "one",
      "two",
      "one()#0.x",
      "two()#0.y",
      "one()#1.z",
    ]);
  });

  it("follow loops, channels, assertions and switches over types", async () => {
    expect(
      await inGo(
        "func f(ts []*T, m map[string]*S, ch chan *C, v any) { for _, t := range ts { t.a() }; for k, s := range m { k.b(); s.c() }; for c := range ch { c.d() }; (<-ch).e(); if t, ok := v.(*T); ok { t.g() }; switch w := v.(type) { case *S: w.h(); case A, B: w.i() }; v.j() }",
      ),
    ).toEqual([
      "<[]*T>[].a",
      "<map[string]*S>[key].b",
      "<map[string]*S>[].c",
      "<chan *C>[key].d",
      "<chan *C>[each].e",
      "<any><*T>.g",
      "<*S>.h",
      "<any>.i",
      "<any>.j",
    ]);
  });

  it("reach into closures, and out of them never", async () => {
    const source = "func f(s *S) { g := func(t *T) { t.a(); s.b(); x := t; x.c() }; g(nil); x.d() }";
    expect(await inGo(source, "f.<anonymous>")).toEqual(["<*T>.a", "<*S>.b", "<*T>.c"]);
    expect(await inGo(source)).toEqual(["<func#1>", "x.d"]);
  });

  it("take a type parameter for what it must be", async () => {
    expect(await inGo("func f[K Key, V *T, N ~int | ~string](k K, vs []V, n N) { k.a(); vs[0].b(); n.c() }")).toEqual([
      "<Key>.a",
      "<[]*T>[].b",
      "<(~int | ~string)>.c",
    ]);
  });
});

describe("Python paths", () => {
  it("start at self, cls, parameters and imports", async () => {
    const source = `
import db
from pkg import make as produce
class S:
    def f(self, t: Thing, size=10, *rest, **more):
        self.store.a(); t.b(); size.c(); rest[0].d(); more["x"].e(); db.g(); produce().h(); super().i()
    @classmethod
    def build(cls, n):
        return cls(n)
    @staticmethod
    def plain(self):
        self.a()
`;
    expect(await closed("python", source, "S.f")).toEqual([
      "<S>.store.a",
      "<Thing>.b",
      "<func#0@1>.c",
      "<func#0@2>[].d",
      "<func#0@3>[].e",
      "db.g",
      "produce",
      "produce().h",
      "super",
      "<super S>.i",
    ]);
    expect((await functionIn("python", source, "S.build")).returns).toEqual(["S()"]);
    expect(await closed("python", source, "S.plain")).toEqual(["<func#2@0>.a"]);
  });

  it("are those of the last value", async () => {
    expect(
      await closed(
        "python",
        "def f(t: T):\n    t.a()\n    t = make()\n    t.b()\n    for t in rows():\n        t.c()\n    t.d()\n    with open() as t:\n        t.e()\n    t = None\n    t.g()\n",
        "f",
      ),
    ).toEqual([
      "<T>.a",
      "make",
      "make().b",
      "rows",
      "rows()[each].c",
      "rows()[each].d",
      "open",
      "open().__enter__().e",
      "open().__enter__().g",
    ]);
  });

  it("are narrowed by checks, in the arm and after one that leaves", async () => {
    expect(
      await closed(
        "python",
        "def f(v):\n    if isinstance(v, T):\n        v.a()\n    v.b()\n    if not isinstance(v, S):\n        return\n    v.c()\n",
        "f",
      ),
    ).toEqual(["isinstance", "<T>.a", "<func#0@0>.b", "isinstance", "<S>.c"]);
  });

  it("reach into functions inside and comprehensions", async () => {
    const source =
      "def f(s: S):\n    def inner(n):\n        s.a(); n.b(); inner(n)\n    inner(s)\n    [x.c() for x in s.all()]\n    x.d()\n    return lambda q: q.e(s.g())\n";
    expect(await closed("python", source, "f.inner")).toEqual(["<S>.a", "<func#1@0>.b", "<func#1>"]);
    expect(await closed("python", source, "f")).toEqual(["<func#1>", "<S>.all", "<S>.all()[each].c", "x.d"]);
    expect(await closed("python", source, "f.<anonymous>")).toEqual(["<S>.g", "<func#2@0>.e"]);
  });

  it("take values apart and name caught errors", async () => {
    expect(
      await closed(
        "python",
        "def f():\n    a, (b, c) = make()\n    a.x(); c.y()\n    try:\n        a.z()\n    except ValueError as err:\n        err.w()\n    except (A, B) as err:\n        err.v()\n",
        "f",
      ),
    ).toEqual(["make", "make()#0.x", "make()#1#1.y", "make()#0.z", "<ValueError>.w", "?"]);
  });
});

describe("TypeScript paths", () => {
  it("start at this, super, parameters and their parts", async () => {
    const source =
      "class S extends B { f(t: T, { id, user: { name } }: O, ...rest: T[]) { this.store.a(); t.b(); id.c(); name.d(); rest[0].e(); super.g(t); h(); } static make() { this.i(); } }";
    expect(await closed("typescript", source, "S.f")).toEqual([
      "<S>.store.a",
      "<T>.b",
      "<O>.id.c",
      "<O>.user.name.d",
      "<T[]>[].e",
      "<super S>.g",
      "h",
    ]);
    expect(await closed("typescript", source, "S.make")).toEqual(["S.i"]);
  });

  it("end with the loop, arm or catch that shadows", async () => {
    expect(
      await closed(
        "typescript",
        "function f(t: T, u: U) { for (const t of u.all()) t.a(); t.b(); if (u) { const t = u; t.c(); } t.d(); try { t.e(); } catch (t) { t.g(); } t.h(); }",
        "f",
      ),
    ).toEqual(["<U>.all", "<U>.all()[each].a", "<T>.b", "<U>.c", "<T>.d", "<T>.e", "?", "<T>.h"]);
  });

  it("say what a variable gets first", async () => {
    expect(
      await closed(
        "typescript",
        "function f(a) { let x; x = new T(); x.b(); let y = make(); y = other(); y.c(); const { d, e: [g] } = a.load(); d.h(); g.i(); const z = a ?? make(); z.j(); (a as T).k(); }",
        "f",
      ),
    ).toEqual([
      "T",
      "T().b",
      "make",
      "other",
      "make().c",
      "<func#0@0>.load",
      "<func#0@0>.load().d.h",
      "<func#0@0>.load().e#0.i",
      "make",
      "<func#0@0>.j",
      "<func#0@0><T>.k",
    ]);
  });

  it("are narrowed inside the arm that checks", async () => {
    expect(
      await closed("typescript", "function f(v: unknown) { if (v instanceof T) v.a(); else v.b(); v.c(); }", "f"),
    ).toEqual(["<T>.a", "<unknown>.b", "<unknown>.c"]);
  });

  it("reach into functions inside, by name before they are declared", async () => {
    const source =
      "function f(s: S) { inner(); const g = (n: N) => { n.a(); s.b(); g(n); }; g(s); function inner() { s.c(); inner(); } [1].map((q) => q.d(s)); }";
    expect(await closed("typescript", source, "f")).toEqual(["<func#2>", "<func#1>", "<list>.map"]);
    expect(await closed("typescript", source, "f.g")).toEqual(["<N>.a", "<S>.b", "<func#1>"]);
    expect(await closed("typescript", source, "f.inner")).toEqual(["<S>.c", "<func#2>"]);
    expect(await closed("typescript", source, "f.<anonymous>")).toEqual(["<func#3@0>.d"]);
  });
});

describe("Java paths", () => {
  const inJava = (body: string, symbol = "A.f") => closed("java", `class A extends B { Store store; ${body} }`, symbol);

  it("start at fields, parameters, super and own methods", async () => {
    expect(
      await inJava("void f(T t, T... rest) { store.a(); this.store.b(); t.c(); rest[0].d(); super.e(t); g(); T.h(); }"),
    ).toEqual(["<A>.store.a", "<A>.store.b", "<T>.c", "<...T>[].d", "<super A>.e", "g", "T.h"]);
  });

  it("end with the block that shadows a field", async () => {
    expect(
      await inJava(
        "void f(T t, List<T> ts) { if (t != null) { U store = u(); store.a(); } store.b(); for (T x : ts) { x.c(); } for (var y : ts) { y.d(); } try (Conn c = open()) { c.e(); } catch (Error e) { e.g(); } }",
      ),
    ).toEqual(["u", "<U>.a", "<A>.store.b", "<T>.c", "<List<T>>[each].d", "open", "<Conn>.e", "<Error>.g"]);
  });

  it("are narrowed by patterns and casts", async () => {
    expect(
      await inJava(
        "void f(Object v) { if (v instanceof T t) { t.a(); } ((T) v).b(); switch (v) { case U u -> u.c(); default -> v.d(); } }",
      ),
    ).toEqual(["<T>.a", "<Object><T>.b", "<U>.c", "<Object>.d"]);
  });

  it("keep methods apart from variables of their name", async () => {
    expect(await inJava("void f(T open) { open.a(); open(); open().b(); var c = open(); c.d(); }")).toEqual([
      "<T>.a",
      "open",
      "open",
      "open().b",
      "open",
      "open().d",
    ]);
  });

  it("reach into lambdas and classes inside", async () => {
    const source =
      "void f(List<T> ts) { ts.forEach(t -> t.a(store)); Runnable r = () -> { store.b(); ts.c(); }; new Runnable() { public void run() { store.d(); } }; }";
    expect(await inJava(source)).toEqual(["<List<T>>.forEach", "Runnable"]);
    expect(await inJava(source, "A.f.<anonymous>")).toEqual(["<func#1@0>.a"]);
  });
});

describe("what is not known", () => {
  it.each<[LanguageId, string]>([
    ["python", "def f():\n    x = yield\n    x.y()\n    z = lambda: 1\n    for z in []: pass\n"],
    ["typescript", "function f() { const x = a - b; x.y(); try {} catch (e) { e.y(); } }"],
    ["java", "class A { void f() { var x = a - b; x.y(); } }"],
  ])("stays empty in %s", async (language, source) => {
    const summary = await summaryOf(language, source);
    for (const { callee, origin } of summary.functions[0]?.calls ?? []) expect([callee, origin]).toEqual([callee, ""]);
    expect(summary.functions[0]?.calls.length).toBeGreaterThan(0);
  });

  it("is a path too long to follow", async () => {
    const long = `a${".b()".repeat(80)}`;
    expect((await closed("typescript", `function f(a) { const x = ${long}; x.y(); }`, "f")).at(-1)).toBe("?");
  });
});

describe("arguments", () => {
  const argumentsOf = async (language: LanguageId, source: string) =>
    (await functionIn(language, source, language === "java" ? "A.f" : "f")).calls.find(({ callee }) =>
      callee.endsWith("query"),
    )?.arguments;

  it.each<[LanguageId, string, string]>([
    ["go", "package p\nfunc f(x string) { db.query(%s) }", '"SELECT a " + "FROM t WHERE x = " + x + " LIMIT 1"'],
    ["java", "class A { void f(String x) { db.query(%s); } }", '"SELECT a " + "FROM t WHERE x = " + x + " LIMIT 1"'],
    ["typescript", "function f(x) { db.query(%s); }", "`SELECT a FROM t WHERE x = $" + "{x} LIMIT 1`"],
    ["typescript", "function f(x) { db.query(%s); }", '"SELECT a " + "FROM t WHERE x = " + x + " LIMIT 1"'],
    ["python", "def f(x):\n    db.query(%s)\n", 'f"SELECT a FROM t WHERE x = {x} LIMIT 1"'],
    ["python", "def f(x):\n    db.query(%s)\n", '"SELECT a " + "FROM t WHERE x = " + x + " LIMIT 1"'],
  ])("of %s tell a text that is put together (%#)", async (language, source, text) => {
    expect(await argumentsOf(language, source.replace("%s", text))).toEqual(['"SELECT a FROM t WHERE x = ? LIMIT 1"']);
  });

  it("tell texts held by variables and constants, numbers, functions and keywords", async () => {
    expect(
      await argumentsOf("python", 'def f(x):\n    q = "UPDATE t"\n    db.query(q, 1, x.y, limit=x, cb=lambda: 1)\n'),
    ).toEqual(['"UPDATE t"', "1", "<func#0@0>.y", "limit=<func#0@0>", "cb=<func#1>"]);
  });

  it("cut long texts and stay readable", async () => {
    const [text] = (await argumentsOf("go", `package p\nfunc f() { db.query("${"😀".repeat(500)}" + "x") }`)) ?? [];
    expect((JSON.parse(text ?? "") as string).length).toBe(160);
  });
});

describe("what a function leaves behind", () => {
  it("is told by closed paths, each once", async () => {
    const { writes, reads, returns, failures } = await functionIn(
      "go",
      "package p\nvar shared *T\nfunc (s *S) f(t *T) { s.n = s.n + 1; s.n++; t.a.b = nil; shared = t; local := s.next; local.z = 1; _ = local; use(local, t) }",
      "(*S).f",
    );
    expect(writes).toEqual(["<S>.n", "<*T>.a.b", "shared", "<S>.next.z"]);
    expect(reads).toEqual(["<S>.n", "<S>.next"]);
    expect([returns, failures]).toEqual([[], { returnsNull: false, throws: [], swallows: 0 }]);
  });

  it("says where results come from and how it fails", async () => {
    const { returns, failures } = await functionIn(
      "python",
      "def f(a):\n    try:\n        go()\n    except A:\n        pass\n    except B:\n        raise C(a)\n    if a: return None\n    if a > 1: return make()\n    if a > 2: raise\n    return a.b\n",
      "f",
    );
    expect(returns).toEqual(["make()", "<func#0@0>.b"]);
    expect(failures).toEqual({ returnsNull: true, throws: ["C()", ""], swallows: 1 });
  });
});

describe("What is got under a lock", () => {
  it("is known by where it was got, through further names, loops and tuples, until the name gets another value", async () => {
    const source = `package p
func (s *S) f(k string) {
	s.mu.Lock()
	m := s.items
	n := m
	v, ok := s.things[k]
	c := *s.first
	s.mu.Unlock()
	use(n[k], ok)
	v.count++
	c.count++
	for _, e := range m { e.count++ }
	m = other()
	use(m[k])
}`;
    const { flow, reads, writes } = await functionIn("go", source, "(*S).f");
    const told: string[] = [];
    const visit = (nodes: readonly Flow[]) => {
      for (const node of nodes) {
        if (typeof node === "number") continue;
        if ((node.kind === "read" || node.kind === "write") && node.gotAt !== undefined) {
          const path = (node.kind === "read" ? reads : writes)[node.index];
          told.push(`${node.kind} ${path} got at ${/^[\w.]+/.exec(source.slice(node.gotAt))?.[0]}`);
        }
        for (const inner of flowsInside(node)) visit(inner);
      }
    };
    visit(flow);
    expect(told).toEqual([
      "read <S>.items got at s.items",
      "read <S>.items[] got at s.items",
      "read <S>.things[].count got at s.things",
      "write <S>.things[].count got at s.things",
      "read <S>.items got at s.items",
      "read <S>.items[].count got at s.items",
      "write <S>.items[].count got at s.items",
      "read <S>.items[] got at other",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { lowerSource } from "./lowerSource";
import { functionNamed, printSteps } from "./printSteps";

/** The steps of a method of `*S` with this body. */
async function stepsOf(body: string): Promise<string[]> {
  const facts = await lowerSource("go", `package p\nfunc (s *S) m(a int, ch chan int) error {\n${body}\n}\n`);
  expect(facts.hasSyntaxErrors).toBe(false);
  return printSteps(facts, "(*S).m");
}

async function cognitive(source: string, symbol: string): Promise<number> {
  return functionNamed(await lowerSource("go", `package p\n${source}`), symbol).metrics.cognitive;
}

describe("declarations", () => {
  it("reads the package and the names imports have in the file", async () => {
    const facts = await lowerSource(
      "go",
      'package shop\nimport "database/sql"\nimport (\n\tpb "example.com/api/v2"\n\t"github.com/x/go-retry/v3"\n\t"gopkg.in/yaml.v3"\n\t. "math"\n\t_ "embed"\n)\n',
    );
    expect(facts.packageName).toBe("shop");
    expect(facts.imports.map(({ module, localName }) => [module, localName])).toEqual([
      ["database/sql", "sql"],
      ["example.com/api/v2", "pb"],
      ["github.com/x/go-retry/v3", "retry"],
      ["gopkg.in/yaml.v3", "yaml"],
      ["math", "."],
      ["embed", "_"],
    ]);
    const named = await lowerSource(
      "go",
      'package p\nimport (\n\t"a.org/x/kafka-go"\n\t"a.org/nats.go"\n\t"a.org/go.uuid"\n)\n',
    );
    expect(named.imports.map(({ localName }) => localName)).toEqual(["kafka", "nats", "uuid"]);
  });

  it.each([
    ["tide_linux.go", "", "linux"],
    ["tide_linux_arm64_test.go", "", "(linux) && (arm64)"],
    ["tide_arm64.go", "", "arm64"],
    ["linux.go", "", undefined],
    ["tide.go", "// A licence.\n\n//go:build unix && !cgo\n\n", "unix && !cgo"],
    ["tide_windows.go", "//go:build cgo\n", "(windows) && (cgo)"],
    ["tide.go", "// +build linux,!cgo darwin\n// +build amd64\n\n", "((linux && !cgo) || (darwin)) && ((amd64))"],
    ["tide.go", "//go:build linux\n// +build linux\n\n", "linux"],
    ["tide.go", "// Not a constraint: go:build linux\n", undefined],
  ])("says which programs %s with %j is part of", async (path, head, constraint) => {
    expect((await lowerSource("go", `${head}package tide\n//go:build plan9\n`, path)).buildConstraint).toBe(constraint);
  });

  it("describes structs, interfaces and aliases", async () => {
    const facts = await lowerSource(
      "go",
      `package p
type (
	S[K comparable, V, W any] struct {
		sync.Mutex
		*Base[K]
		a, b int
		inner struct{ hidden int }
		call func(struct{ alsoHidden int })
	}
	I interface {
		io.Reader
		M(x int) error
	}
)
type ID = string
type Level int
`,
    );
    expect(
      facts.types.map((type) => [
        type.form,
        type.name,
        type.typeParameters.map(({ name }) => name),
        type.bases,
        type.methods.map(({ name }) => name),
      ]),
    ).toEqual([
      ["struct", "S", ["K", "V", "W"], ["sync.Mutex", "Base[K]"], []],
      ["struct", "S:inner", [], [], []],
      ["interface", "I", [], ["io.Reader"], ["M"]],
      ["alias", "ID", [], ["string"], []],
      ["alias", "Level", [], ["int"], []],
    ]);
    expect(facts.types[0]?.fields.map(({ name, embedded }) => [name, embedded])).toEqual([
      ["Mutex", true],
      ["Base", true],
      ["a", undefined],
      ["b", undefined],
      ["inner", undefined],
      ["call", undefined],
    ]);
  });

  it("reads package variables and constants, not those of functions in them", async () => {
    const facts = await lowerSource(
      "go",
      "package p\nvar a, b = 1, two()\nvar (\n\tc sync.Mutex\n\thandler = func() { var local = 1; use(local) }\n)\nconst (\n\tD = iota\n\tE\n)\n",
    );
    expect(facts.constants.map(({ name, type, value, mutable }) => [name, type, value?.slice(0, 6), mutable])).toEqual([
      ["a", undefined, "1", true],
      ["b", undefined, "two()", true],
      ["c", "sync.Mutex", undefined, true],
      ["handler", undefined, "func()", true],
      ["D", undefined, "iota", false],
      ["E", undefined, undefined, false],
    ]);
    expect(facts.functions.map((fn) => fn.symbol)).toEqual(["<anonymous>"]);
  });

  it("names functions and methods and reads their headers", async () => {
    const facts = await lowerSource(
      "go",
      `package p
// Load loads
// one.
func (s *Store[T]) Load(ctx context.Context, a, b int, rest ...string) (item *T, err error) {
	each(func(x T) { s.use(x) })
	return
}
func (Store) Name() string { return "" }
func helper() {}
`,
    );
    expect(facts.functions.map((fn) => fn.symbol)).toEqual([
      "(*Store).Load",
      "(*Store).Load.<anonymous>",
      "Store.Name",
      "helper",
    ]);
    expect(facts.functions[0]).toMatchObject({
      form: "method",
      typeName: "Store",
      receiver: { name: "s", pointer: true },
      parameters: [
        { name: "ctx", type: "context.Context" },
        { name: "a", type: "int" },
        { name: "b", type: "int" },
        { name: "rest", type: "string", rest: true },
      ],
      results: ["*T", "error"],
      modifiers: ["exported"],
      doc: "Load loads\none.",
    });
    expect(facts.functions[1]).toMatchObject({ form: "closure", parent: 0, parameters: [{ name: "x", type: "T" }] });
    expect(facts.functions[2]).toMatchObject({ receiver: { name: "", pointer: false }, results: ["string"] });
  });

  it("knows tests", async () => {
    const source = "package p\nfunc TestA(t *testing.T) {}\nfunc ExampleA() {}\nfunc helper(t *testing.T) {}\n";
    const test = await lowerSource("go", source, "a_test.go");
    expect([test.isTest, ...test.functions.map((fn) => fn.isTest)]).toEqual([true, true, true, false]);
    const code = await lowerSource("go", source, "a.go");
    expect([code.isTest, ...code.functions.map((fn) => fn.isTest)]).toEqual([false, false, false, false]);
  });
});

describe("statements", () => {
  it("tells assignments of locals from writes", async () => {
    expect(
      await stepsOf(
        "x, err := load(a)\nx.n = 1\ns.items[a].n++\nx += 2\ntotal = x\na, s.b = s.b, a\nvar y, z = 1, f()",
      ),
    ).toEqual([
      "read a",
      "call load(a)",
      "let x = ?[load(a)]",
      "let err = ?[load(a)]",
      "write x.n = 1",
      "read a",
      "read s.items[].n",
      "write s.items[].n{a} + 1",
      "read x",
      "set x + 2",
      "read x",
      "write total = x",
      "read s.b",
      "read a",
      "set a = s.b",
      "write s.b = a",
      "call f()",
      "let y = 1",
      "let z = f()",
    ]);
  });

  it("lowers branches", async () => {
    expect(
      await stepsOf(
        "if err := f(); err != nil {\n\treturn err\n} else if a > 0 {\n\tg()\n} else {\n\th()\n}\nreturn nil",
      ),
    ).toEqual([
      "call f()",
      "let err = f()",
      "read err",
      "if (!= err nil)",
      "-",
      "  read err",
      "  return err",
      "- default",
      "  read a",
      "  if (> a 0)",
      "  -",
      "    call g()",
      "  - default",
      "    call h()",
      "return nil",
    ]);
  });

  it("lowers loops", async () => {
    expect(
      await stepsOf(
        "for i := 0; i < a; i++ {\n\tf(i)\n}\nfor _, x := range s.items {\n\tg(x)\n}\nfor more() {\n\tbreak\n}",
      ),
    ).toEqual([
      "let i = 0",
      "for  over _",
      "  ? read i",
      "  ? read a",
      "- while (< i a)",
      "  read i",
      "  call f(i)",
      "  read i",
      "  set i + 1",
      "read s.items",
      "each _,x over s.items",
      "- while _",
      "  read x",
      "  call g(x)",
      "while  over _",
      "  ? call more()",
      "- while more()",
      "  break",
    ]);
  });

  it("lowers switches, type switches and selects", async () => {
    expect(await stepsOf("switch a {\ncase 1, 2:\n\tf()\n\tfallthrough\ndefault:\n\tg()\n}")).toEqual([
      "read a",
      "switch a",
      "- 1, 2",
      "  call f()",
      "  fallthrough",
      "- default",
      "  call g()",
    ]);
    expect(await stepsOf("switch x := v.(type) {\ncase *T, error:\n\tf(x)\n}")).toEqual([
      "read v",
      "let x = v",
      "switch v",
      "- *T, error",
      "  read x",
      "  call f(x)",
    ]);
    expect(await stepsOf("select {\ncase x, ok := <-ch:\n\tf(x, ok)\ncase s.out <- a:\ndefault:\n}")).toEqual([
      "select _",
      "-",
      "  read ch",
      "  receive ch",
      "  let x = ?[?[ch]]",
      "  let ok = ?[?[ch]]",
      "  read x",
      "  read ok",
      "  call f(x, ok)",
      "-",
      "  read a",
      "  read s.out",
      "  send s.out",
      "- default",
    ]);
  });

  it("finds at once what a deferred call is called on and given", async () => {
    expect(await stepsOf("defer s.lock()()\ngo s.work(s.next())")).toEqual([
      "call s.lock()",
      "defer",
      "  call s.lock()()",
      "call s.next()",
      "spawn",
      "  call s.work(s.next())",
    ]);
  });

  it("keeps spawned and deferred work apart", async () => {
    expect(await stepsOf("s.mu.Lock()\ndefer s.mu.Unlock()\ngo func() { s.run() }()\ngo s.work(a)")).toEqual([
      "call s.mu.Lock()",
      "defer",
      "  call s.mu.Unlock()",
      "spawn",
      "  lambda #1",
      "  call <func#1>()",
      "spawn",
      "  read a",
      "  call s.work(a)",
    ]);
  });

  it("lowers jumps", async () => {
    expect(await stepsOf("outer:\nfor {\n\tcontinue outer\n}\ngoto outer")).toEqual([
      "while  over _",
      "- while _",
      "  continue outer",
      "goto outer",
    ]);
  });
});

describe("expressions", () => {
  it("lowers chains, conversions and type assertions", async () => {
    expect(await stepsOf("db.Find(&a).Where([]byte(q)).First(v.(*T).x[a:])\nok := a > 0 && s.check()")).toEqual([
      "read a",
      "call db.Find(a)",
      "read q",
      "call db.Find().Where(q)",
      "read v<*T>.x",
      "read a",
      "call db.Find().Where().First(([:] v<*T>.x a))",
      "read a",
      "logical (> a 0)",
      "-",
      "  call s.check()",
      "let ok = (&& (> a 0) s.check())",
    ]);
  });

  it("lowers composite literals", async () => {
    expect(await stepsOf('x := []T{{Name: "n", Size: a}, f()}\ny := map[string]int{"k": 1, a: 2}\nz := &T{}')).toEqual([
      "read a",
      "call f()",
      'let x = list:[]T[object:{Name, Size}["n", a], f()]',
      "read a",
      'let y = map:map[string]int{"k", a}[1, 2]',
      "let z = object:T[]",
    ]);
  });

  it("lowers literals and channels", async () => {
    expect(await stepsOf("f('x', \"s\", `raw`, 1.5, true, nil, !ok, -1)\nv := <-ch\nch <- v")).toEqual([
      "read ok",
      'call f("x", "s", "raw", 1.5, true, nil, (! ok), (- 1))',
      "read ch",
      "receive ch",
      "let v = ?[ch]",
      "read v",
      "read ch",
      "send ch",
    ]);
  });
});

describe("complexity", () => {
  it("counts what the white paper counts", async () => {
    expect(await cognitive("func f() { if a { } else { if b { } } }", "f")).toBe(4);
    expect(await cognitive("func f() { for { select { case <-c: if a { } } } }", "f")).toBe(6);
    expect(await cognitive("func f() bool { return a && (b && c) || d }", "f")).toBe(3);
    expect(await cognitive("func f() { go func() { if a { } }() }", "f")).toBe(2);
    expect(await cognitive("func f() { L: for { break L } }", "f")).toBe(2);
    expect(await cognitive("func f() { for each(func() bool { if a { }; return b }) { } }", "f")).toBe(3);
  });

  it("counts a function that calls itself once", async () => {
    expect(await cognitive("func f(n int) int { return f(n-1) + f(n-2) }", "f")).toBe(1);
    expect(await cognitive("func (s S) f() { s.f(); s.f() }", "S.f")).toBe(1);
    expect(await cognitive("func (s S) len() int { return len(s.items) }", "S.len")).toBe(0);
    expect(await cognitive("func (s S) f() { s.inner.f() }\ntype S struct { inner T }", "S.f")).toBe(0);
  });

  it.each(["n.left.walk()", "n.kids[0].walk()", "for _, k := range n.kids { k.walk() }"])(
    "sees the recursion of %s",
    async (body) => {
      const type = "type N[T any] struct { left *N[T]; kids []*N[T]; names Names }";
      const loops = body.startsWith("for") ? 1 : 0;
      expect(await cognitive(`${type}\nfunc (n *N[T]) walk() { ${body} }`, "(*N).walk")).toBe(1 + loops);
    },
  );

  it("counts paths and nesting", async () => {
    const source = "package p\nfunc f() { for { if a && b { } }; switch x { case 1, 2: case 3: default: } }\n";
    const facts = await lowerSource("go", source);
    expect(facts.functions[0]?.metrics).toMatchObject({ cyclomatic: 6, maxNesting: 2 });
  });
});

describe("text that does not parse", () => {
  it("keeps the functions around the error", async () => {
    const facts = await lowerSource(
      "go",
      "package p\nfunc a() { go1() }\nfunc b() { x := := 1 }\nfunc c() { stop() }\n",
    );
    expect(facts.hasSyntaxErrors).toBe(true);
    expect(facts.functions.map((fn) => [fn.symbol, fn.damaged])).toEqual([
      ["a", false],
      ["b", true],
      ["c", false],
    ]);
  });
});

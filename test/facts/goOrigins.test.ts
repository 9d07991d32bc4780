import { describe, expect, it } from "vitest";
import type { AssignStep, FileFacts, LoopStep } from "../../server/src/core/model/facts";
import { walkSteps } from "../../server/src/core/model/walkSteps";
import { lowerSource } from "./lowerSource";
import { functionNamed } from "./printSteps";

const inFunction = (body: string) =>
  lowerSource("go", `package p\nfunc f(ch chan T, m map[string]T, v any) {\n${body}\n}\n`);

/** `name: type` or `name = origin` of each local that the body of `f` assigns, when more is said than its value does. */
async function localsOf(body: string): Promise<string[]> {
  const facts = await inFunction(body);
  expect(facts.hasSyntaxErrors).toBe(false);
  const found: string[] = [];
  walkSteps(functionNamed(facts, "f").steps, (step) => {
    if (step.kind === "assign") found.push(known(step.target, step));
    if (step.kind === "loop") found.push(...step.variables.map((variable) => known(variable.name, variable)));
    if (step.kind === "branch")
      for (const arm of step.arms)
        found.push(...(arm.variables ?? []).map((variable) => known(variable.name, variable)));
  });
  return found;
}

function known(name: string, { type, origin }: Pick<AssignStep | LoopStep["variables"][number], "type" | "origin">) {
  return type === undefined ? (origin === undefined ? name : `${name} = ${origin}`) : `${name}: ${type}`;
}

/** The callees of `f`. */
async function calleesOf(body: string): Promise<string[]> {
  const found: string[] = [];
  walkSteps(functionNamed(await inFunction(body), "f").steps, (step) => {
    if (step.kind === "call") found.push(step.callee);
  });
  return found;
}

describe("locals", () => {
  it("keeps declared types", async () => {
    expect(await localsOf("var a, b *pkg.T\nvar c []T = g()\nconst d Level = 1")).toEqual([
      "a: *pkg.T",
      "b: *pkg.T",
      "c: []T",
      "d: Level",
    ]);
  });

  it("says which result a variable gets", async () => {
    expect(await localsOf("a, err := s.load(1)\nvar b, ok = g()\na, err = h()\nx := g()")).toEqual([
      "a = s.load()#0",
      "err = s.load()#1",
      "b = g()#0",
      "ok = g()#1",
      "a = h()#0",
      "err = h()#1",
      "x",
    ]);
  });

  it("follows elements, assertions and receives, alone and with their flag", async () => {
    expect(
      await localsOf("a, ok := m[k]\nb, ok := v.(*T)\nc, ok := <-ch\nd := <-ch\ne := v.(io.Reader)\ng := m[k]"),
    ).toEqual([
      "a = m[]",
      "ok = <boolean>",
      "b = v<*T>",
      "ok = <boolean>",
      "c = ch[each]",
      "ok = <boolean>",
      "d = ch[each]",
      "e",
      "g",
    ]);
  });

  it("knows what the builtin functions make", async () => {
    expect(
      await localsOf(
        "a := make(map[string]*T, 3)\nb := new(pkg.T)\nc := append(b.items, x)\nd := make(chan List[int])",
      ),
    ).toEqual(["a = <map[string]*T>", "b = <pkg.T>", "c = b.items", "d = <chan List[int]>"]);
  });

  it("gives arithmetic the type of its operands", async () => {
    expect(await localsOf("a := 2 * time.Second\nb := start - offset\nc := -start\nd := a > b\ne := a[1:]")).toEqual([
      "a = time.Second",
      "b = start",
      "c = start",
      "d = <boolean>",
      "e",
    ]);
  });

  it("follows what loops range over", async () => {
    expect(
      await localsOf(
        "for k, x := range m { }\nfor x := range g() { }\nfor _, x := range []T{} { }\nfor x := range (<-ch).items { }\nfor range ch { }",
      ),
    ).toEqual(["k = m[key]", "x = m[]", "x = g()[key]", "_", "x = <[]T>[]", "x = ch[each].items[key]"]);
  });

  it("narrows in the arms of a type switch that name one type", async () => {
    expect(
      await localsOf(
        "switch x := v.(type) {\ncase *T:\ncase []T, error:\ncase nil:\ncase interface{ M() }:\ndefault:\n}",
      ),
    ).toEqual(["x", "x: *T", "x: interface{ M() }"]);
    expect(await localsOf("switch x := (<-ch).(type) {\ncase T:\n}\nswitch v.(type) {\ncase T:\n}")).toEqual([
      "x = ch[each]",
      "x: T",
    ]);
  });

  it("declares structs without a name", async () => {
    const facts = await inFunction("tests := []struct{ name string; t *T }{}\nvar one struct{ a, b int }");
    expect(fieldsByType(facts)).toEqual({ "struct:62": ["name", "t"], "struct:102": ["a", "b"] });
    expect(await localsOf("var x map[string]*struct{ a int }\nvar e struct{}")).toEqual([
      "x: map[string]*struct:59",
      "e: struct{}",
    ]);
  });
});

describe("callees", () => {
  it("goes through values that have no name", async () => {
    expect(
      await calleesOf(
        '(&T{}).a()\nv.(*pkg.T).b()\nnew(T).c()\n(<-ch).d()\n"x".e()\nfunc() {}()\nfunc() T { return x }().g()\nT(x).h()\n(*T).i(x)\n(*T)(x).j()\n(a + b).k()\nx.(pkg.I).l().m()',
      ),
    ).toEqual([
      "<T>.a",
      "v<*pkg.T>.b",
      "new",
      "<T>.c",
      "ch[each].d",
      "<string>.e",
      "<func#1>",
      "<func#2>",
      "<func#2>().g",
      "T",
      "T().h",
      "T.i",
      "T",
      "T().j",
      "a.k",
      "x<pkg.I>.l",
      "x<pkg.I>.l().m",
    ]);
  });

  it("tells type arguments from keys", async () => {
    const source = `package p
import "example.com/kinds"
func f(i int) {
	Map[int](x)
	Map[int, string](x, y)
	Map[[]byte](x, y)
	Map[Item](x)
	Map[kinds.Kind](x)
	pkg.Map[Item](x, y)
	NewList[Item]()
	table[i](x)
	table[i](x, y)
	s.table[i](x)
	table["a"](x)
	table[s.kind](x)
	g := Map[int]
	List[int](x).Len()
}
`;
    const facts = await lowerSource("go", source);
    const callees: string[] = [];
    walkSteps(functionNamed(facts, "f").steps, (step) => {
      if (step.kind === "call") callees.push(step.callee);
      if (step.kind === "assign") expect(step.value).toMatchObject({ kind: "path", path: "Map" });
    });
    expect(callees).toEqual([
      "Map",
      "Map",
      "Map",
      "Map",
      "Map",
      "pkg.Map",
      "NewList",
      "table[]",
      "table[]",
      "s.table[]",
      "table[]",
      "table[]",
      "List",
      "List().Len",
    ]);
  });
});

describe("declarations", () => {
  it("says where package variables come from", async () => {
    const facts = await lowerSource(
      "go",
      `package p
var a, b = open()
var s, run = &Server{}, func() {}
var table = map[string]Handler{}
var limit, name = 3 * time.Second, "x"
var lock struct{ sync.Mutex; n int }
var typed Server = other
const (
	One Level = iota
	Two
	Three = Kind(1)
	Four
)
`,
    );
    expect(facts.constants.map((constant) => known(constant.name, constant))).toEqual([
      "a = open()#0",
      "b = open()#1",
      "s = <Server>",
      "run = <func#0>",
      "table = <map[string]Handler>",
      "limit = time.Second",
      "name = <string>",
      "lock: var:lock",
      "typed: Server",
      "One: Level",
      "Two: Level",
      "Three = Kind()",
      "Four = Kind()",
    ]);
    expect(fieldsByType(facts)).toEqual({ "var:lock": ["Mutex", "n"] });
  });

  it("declares structs inside structs", async () => {
    const facts = await lowerSource(
      "go",
      "package p\ntype S struct {\n\ta.Base[x.T]\n\tin struct { deep []struct{ n int } }\n\tempty map[string]struct{}\n}\ntype L []*struct{ n int }\n",
    );
    expect(fieldsByType(facts)).toEqual({
      S: ["Base", "in", "empty"],
      "S:in": ["deep"],
      "S:in:deep": ["n"],
      L: [],
      "L:struct": ["n"],
    });
    expect(facts.types.flatMap((type) => [...type.fields.map((field) => field.type), ...type.bases])).toEqual([
      "a.Base[x.T]",
      "S:in",
      "map[string]struct{}",
      "a.Base[x.T]",
      "[]S:in:deep",
      "int",
      "[]*L:struct",
      "int",
    ]);
  });

  it("reads results, their names, and type parameters with what they must be", async () => {
    const facts = await lowerSource(
      "go",
      `package p
type I[T fmt.Stringer, K, V ~int | string] interface {
	Get(k K) (v V, err error)
	Close()
	T() T
}
func F[T fmt.Stringer](x T) (n int, _ error) {
	return
}
func (l *List[E, _]) m() (int, error) { return func() (done bool) { return }() }
`,
    );
    expect(facts.types[0]?.typeParameters).toEqual([
      { name: "T", bound: "fmt.Stringer" },
      { name: "K", bound: "~int | string" },
      { name: "V", bound: "~int | string" },
    ]);
    expect(facts.types[0]?.methods).toEqual([
      { name: "Get", parameters: ["K"], results: ["V", "error"] },
      { name: "Close", parameters: [], results: [] },
      { name: "T", parameters: [], results: ["T"] },
    ]);
    expect(
      facts.functions.map(({ typeParameters, results, resultNames }) => [typeParameters, results, resultNames]),
    ).toEqual([
      [[{ name: "T", bound: "fmt.Stringer" }], ["int", "error"], ["n", "_"]],
      [[], ["int", "error"], undefined],
      [[], ["bool"], ["done"]],
    ]);
    expect(facts.functions[1]?.receiver?.typeParameters).toEqual(["E", "_"]);
  });
});

function fieldsByType(facts: FileFacts): Record<string, string[]> {
  return Object.fromEntries(facts.types.map((type) => [type.name, type.fields.map((field) => field.name)]));
}

import { describe, expect, it } from "vitest";
import type { FunctionFacts, Step } from "../../server/src/core/model/facts";
import { walkSteps } from "../../server/src/core/model/walkSteps";
import { lowerSource } from "./lowerSource";
import { functionNamed } from "./printSteps";

async function method(body: string): Promise<FunctionFacts> {
  const facts = await lowerSource("java", `class C { Object m(Object o, List<Foo> rows) { ${body} } }`);
  expect(facts.hasSyntaxErrors).toBe(false);
  return functionNamed(facts, "C.m");
}

/** What is known of every name the method binds: `name: type`, `name = origin`, or the name alone. */
async function variablesOf(body: string): Promise<string[]> {
  const found: string[] = [];
  const add = ({ name, type, origin }: { name: string; type?: string; origin?: string }) => {
    found.push(name + (type ? `: ${type}` : "") + (origin ? ` = ${origin}` : ""));
  };
  walkSteps((await method(body)).steps, (step: Step) => {
    if (step.kind === "assign" && step.declares) add({ ...step, name: step.target });
    if (step.kind === "loop") step.variables.forEach(add);
    if (step.kind === "scope" && step.variable) add(step.variable);
  });
  return found;
}

async function calleesOf(body: string): Promise<string[]> {
  const found: string[] = [];
  walkSteps((await method(body)).steps, (step) => {
    if (step.kind === "call") found.push(step.callee);
  });
  return found;
}

describe("what is known of a variable", () => {
  it("keeps the declared type of a local", async () => {
    expect(
      await variablesOf("final Map<String, List<Foo>> a = f(); int b[] = {1}, c; Foo<?>[] d; var e = f();"),
    ).toEqual(["a: Map<String, List<Foo>>", "b: int[]", "c: int", "d: Foo<?>[]", "e"]);
  });

  it("says where the value of `var` comes from when the value itself does not", async () => {
    expect(
      await variablesOf(
        "var a = (Foo<Bar>) o; var b = new ArrayList<Foo>(); var c = new Foo[3][]; var d = Foo.class; var e = o.f(); var g = (Runnable) () -> {};",
      ),
    ).toEqual(["a = o<Foo<Bar>>", "b = <ArrayList<Foo>>", "c = <Foo[][]>", "d = <Class<Foo>>", "e", "g"]);
  });

  it("keeps the types of loop variables and resources", async () => {
    expect(await variablesOf("for (Foo a : rows) {} for (var b : rows) {} for (var c : this.all()) {}")).toEqual([
      "a: Foo",
      "b = rows[each]",
      "c = this.all()[each]",
    ]);
    expect(await variablesOf("try (Reader a = f(); var b = g(a); this.stream) { }")).toEqual(["a: Reader", "b = g()"]);
  });

  it("keeps the types of patterns", async () => {
    expect(await variablesOf("if (o instanceof Foo<?> f && f.ok()) {} if (o instanceof final Bar b) {}")).toEqual([
      "f: Foo<?>",
      "b: Bar",
    ]);
    expect(
      await variablesOf(
        "switch (o) { case Foo f -> f(); case Pair(Foo a, Pair(var b, Bar c)) -> g(); default -> h(); }",
      ),
    ).toEqual(["f: Foo", "a: Foo", "b = o<Pair>#1<Pair>#0", "c: Bar"]);
  });
});

describe("what a member is taken of", () => {
  it("writes the type of a cast, a constructor, a text or an array before the member", async () => {
    expect(
      await calleesOf(
        `((Foo) o).a(); ((Foo) ((Bar) o).x).b(); new Foo<Bar>(1).c(); "s".d(); ("a" + o).e(); (ok ? o : rows).f();
         new Foo[2].g(); new int[] {1}.h(); Foo.class.i(); new Foo() { void j() {} }.k(); ((Foo) o).x[1].l(); ((Foo) (1 + 2)).m();`,
      ),
    ).toEqual([
      "o<Foo>.a",
      "o<Bar>.x<Foo>.b",
      "Foo",
      "<Foo<Bar>>.c",
      "<string>.d",
      "<string>.e",
      "o.f",
      "<Foo[]>.g",
      "<int[]>.h",
      "<Class<Foo>>.i",
      "Foo",
      "<Foo>.k",
      "o<Foo>.x[].l",
      "<Foo>.m",
    ]);
  });

  it("names the function of a lambda that is called where it stands", async () => {
    expect(await calleesOf("((Runnable) () -> {}).run();")).toEqual(["<func#1>.run"]);
  });
});

describe("a cast value", () => {
  it("is the same value, seen as another type", async () => {
    const fn = await method("take((Foo) o, (int) n(), (Bar) (o + rows));");
    const call = fn.steps.find((step) => step.kind === "call" && step.callee === "take");
    expect(call).toMatchObject({
      arguments: [
        { kind: "path", path: "o", seenAs: "Foo" },
        { kind: "call", callee: "n", seenAs: "int" },
        { kind: "operation" },
      ],
    });
    expect((await method("take('c', \"s\");")).steps).toMatchObject([
      { arguments: [{ kind: "literal", type: "string", text: "c", seenAs: "char" }, { text: "s" }] },
    ]);
  });
});

describe("declared types", () => {
  it("describes anonymous classes as types nested in the one around them", async () => {
    const facts = await lowerSource(
      "java",
      `class C { Task a = new Task<Foo>() { public void run() {} };
         void m() { go(new Task<Bar>() { int k = 1; public void run() { go(new Task() { public void run() {} }); } }); } }`,
    );
    expect(facts.types.map(({ name, bases }) => [name, bases])).toEqual([
      ["C", []],
      ["C.$1", ["Task<Foo>"]],
      ["C.$2", ["Task<Bar>"]],
      ["C.$2.$3", ["Task"]],
    ]);
    expect(facts.types[2]).toMatchObject({ fields: [{ name: "k", type: "int" }], methods: [{ name: "run" }] });
    expect(facts.functions.map(({ symbol, typeName }) => [symbol, typeName])).toEqual([
      ["C.<anonymous>.run", "C.$1"],
      ["C.m", "C"],
      ["C.m.<anonymous>.run", "C.$2"],
      ["C.m.<anonymous>.run.<anonymous>.run", "C.$2.$3"],
    ]);
  });

  it("names local classes by the type around their function", async () => {
    const facts = await lowerSource("java", "class C { class D { void m() { class L { int f; void n() {} } } } }");
    expect(facts.types.map(({ name }) => name)).toEqual(["C", "C.D", "C.D.L"]);
    expect(functionNamed(facts, "C.D.m.L.n").typeName).toBe("C.D.L");
  });

  it("adds the accessors of records, the values of enums and what Lombok makes of classes", async () => {
    const facts = await lowerSource(
      "java",
      `record P(int x, List<Foo> y) { public int x() { return 1; } }
       enum E { A; static E valueOf(int i) { return A; } }
       @lombok.Data @Builder class D { static int count; private boolean isOpen; final List<Foo> items; Foo getItems() { return null; } }
       @Slf4j class L { @Getter(AccessLevel.PUBLIC) int a; int b; }
       class N { @NotGetter int c; }`,
    );
    const members = facts.types.map(({ name, methods, fields }) => [
      name,
      methods.map((method) => `${method.name}${method.results ? `: ${method.results}` : ""}`),
      fields.map((field) => `${field.name}: ${field.type}`),
    ]);
    expect(members).toEqual([
      ["P", ["x", "y: List<Foo>"], ["x: int", "y: List<Foo>"]],
      ["E", ["valueOf", "values: E[]"], ["A: E"]],
      [
        "D",
        ["getItems", "isOpen: boolean", "builder: D.DBuilder"],
        ["count: int", "isOpen: boolean", "items: List<Foo>"],
      ],
      ["D.DBuilder", ["isOpen: D.DBuilder", "items: D.DBuilder", "build: D"], []],
      ["L", ["getA: int"], ["a: int", "b: int", "log: org.slf4j.Logger"]],
      ["N", [], ["c: int"]],
    ]);
  });

  it("keeps the bounds of type parameters and the results of methods without body", async () => {
    const facts = await lowerSource(
      "java",
      `interface A<T extends Comparable<T> & B, @X U> { T one(); void none(); default int two() { return 2; } <V extends T> V[] three()[]; }
       abstract class D { abstract Foo four(); Foo five() { return null; } }
       @interface E { String name() default ""; }`,
    );
    expect(facts.types.map((type) => [type.typeParameters, type.methods])).toEqual([
      [
        [{ name: "T", bound: "Comparable<T> & B" }, { name: "U" }],
        [
          { name: "one", results: ["T"] },
          { name: "none", results: [] },
          { name: "two" },
          { name: "three", results: ["V[][]"] },
        ],
      ],
      [[], [{ name: "four", results: ["Foo"] }, { name: "five" }]],
      [[], [{ name: "name", results: ["String"] }]],
    ]);
    expect(functionNamed(facts, "A.three").typeParameters).toEqual([{ name: "V", bound: "T" }]);
  });
});

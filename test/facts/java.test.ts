import { describe, expect, it } from "vitest";
import type { FileFacts } from "../../server/src/core/model/facts";
import { lowerSource } from "./lowerSource";
import { functionNamed, printSteps } from "./printSteps";

/** The steps of a method `m` with this body, in a class with an instance field `count` and a static one `total`. */
async function stepsOf(body: string): Promise<string[]> {
  const facts = await lowerSource(
    "java",
    `class C { int count; static int total; Object m(Object o, int n) { ${body} } }`,
  );
  expect(facts.hasSyntaxErrors).toBe(false);
  return printSteps(facts, "C.m");
}

function symbols(facts: FileFacts): string[] {
  return facts.functions.map((fn) => fn.symbol);
}

async function cognitive(members: string, symbol = "C.m"): Promise<number> {
  const facts = await lowerSource("java", `class C { ${members} }`);
  return functionNamed(facts, symbol).metrics.cognitive;
}

describe("declarations", () => {
  it("reads the package and the four kinds of import", async () => {
    const facts = await lowerSource(
      "java",
      "package a.b; import java.util.List; import java.util.*; import static x.Y.z; import static x.Y.*;",
    );
    expect(facts.packageName).toBe("a.b");
    expect(facts.imports.map(({ module, member, localName }) => [module, member, localName])).toEqual([
      ["java.util.List", undefined, "List"],
      ["java.util", "*", "*"],
      ["x.Y", "z", "z"],
      ["x.Y", "*", "*"],
    ]);
  });

  it("describes classes, records, enums, interfaces and annotations", async () => {
    const facts = await lowerSource(
      "java",
      `public class A<K, V extends B> extends Base<K> implements I, J<V> {
         static final int MAX = 3; int grid[][]; static String name;
         void m() {}
         static class Inner { int x; void n() {} }
       }
       record P(int x, String... rest) implements I { int sum() { return x; } }
       enum Color implements I { RED(1), GREEN { void paint() {} }; private final int code; void paint() {} }
       sealed interface I extends J, K permits P { int LIMIT = 7; void a(); }
       @interface Marker { int value() default 1; }`,
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
      ["class", "A", ["K", "V"], ["Base<K>", "I", "J<V>"], ["m"]],
      ["class", "A.Inner", [], [], ["n"]],
      ["record", "P", [], ["I"], ["sum", "x", "rest"]],
      ["enum", "Color", [], ["I"], ["paint", "values", "valueOf"]],
      ["class", "Color.GREEN", [], ["Color"], ["paint"]],
      ["interface", "I", [], ["J", "K"], ["a"]],
      ["interface", "Marker", [], [], ["value"]],
    ]);
    expect(facts.types.map((type) => type.fields.map((field) => `${field.name}: ${field.type}`))).toEqual([
      ["MAX: int", "grid: int[][]", "name: String"],
      ["x: int"],
      ["x: int", "rest: String"],
      ["RED: Color", "GREEN: Color", "code: int"],
      [],
      ["LIMIT: int"],
      [],
    ]);
    expect(facts.constants.map(({ name, type, value, mutable }) => [name, type, value, mutable])).toEqual([
      ["A.MAX", "int", "3", false],
      ["A.name", "String", undefined, true],
      ["Color.RED", "Color", "(1)", false],
      ["Color.GREEN", "Color", undefined, false],
      ["I.LIMIT", "int", "7", false],
    ]);
  });

  it("names every function by what it is declared in", async () => {
    const facts = await lowerSource(
      "java",
      `class Outer {
         Runnable field = () -> run();
         Runnable other = new Runnable() { public void run() { stop(); } };
         static { register(); }
         { prepare(); }
         static { total = 0; }
         Outer() {}
         class Inner { class Deep { void d() {} } }
         void m() {
           class Local { Local() {} void l() {} }
           new Thread() { public void run() { list.forEach(x -> use(x)); } };
         }
         void m(int overload) {}
       }
       enum Op { PLUS { int apply() { return 1; } }; abstract int apply(); }
       record P(int x) { P { check(x); } }
       interface I { void a(); default void b() {} static void c() {} private void d() {} }`,
    );
    expect(symbols(facts)).toEqual([
      "Outer.<anonymous>",
      "Outer.<anonymous>.run",
      "Outer.static {}",
      "Outer.init {}",
      "Outer.Outer",
      "Outer.Inner.Deep.d",
      "Outer.m",
      "Outer.m.Local.Local",
      "Outer.m.Local.l",
      "Outer.m.<anonymous>.run",
      "Outer.m.<anonymous>.run.<anonymous>",
      "Outer.m",
      "Op.PLUS.apply",
      "Op.apply",
      "P.P",
      "I.a",
      "I.b",
      "I.c",
      "I.d",
    ]);
    expect(functionNamed(facts, "Outer.Inner.Deep.d").typeName).toBe("Outer.Inner.Deep");
    expect(functionNamed(facts, "Op.PLUS.apply").typeName).toBe("Op.PLUS");
    expect(functionNamed(facts, "Outer.m.<anonymous>.run").typeName).toBe("Outer.$2");
    expect(functionNamed(facts, "P.P").parameters).toEqual([{ name: "x", type: "int" }]);
    const interfaceMethods = facts.functions.filter((fn) => fn.typeName === "I");
    expect(interfaceMethods.map((fn) => fn.modifiers)).toEqual([
      ["abstract", "public"],
      ["public"],
      ["static", "public"],
      [],
    ]);
  });

  it("reads what stands before and after a method's name", async () => {
    const facts = await lowerSource(
      "java",
      `class C {
         /**
          * Loads one.
          *
          * @param id which
          */
         @Override @GetMapping("/x")
         public static <T> List<T> load(@Id final long id, int[] a, String b[], Object... rest) throws E { return null; }
         abstract void none();
       }`,
    );
    expect(facts.functions[0]).toMatchObject({
      form: "method",
      name: "load",
      parameters: [
        { name: "id", type: "long" },
        { name: "a", type: "int[]" },
        { name: "b", type: "String[]" },
        { name: "rest", type: "Object", rest: true },
      ],
      results: ["List<T>"],
      modifiers: ["static", "public"],
      decorators: ["Override", 'GetMapping("/x")'],
      doc: "Loads one.\n\n@param id which",
      metrics: { parameters: 4, lines: 2 },
    });
    expect(facts.functions[1]).toMatchObject({ results: [], modifiers: ["abstract"], doc: undefined, steps: [] });
  });

  it.each([
    ["src/main/java/Shop.java", false],
    ["src/main/java/Contest.java", false],
    ["src/main/java/AUDIT.java", false],
    ["src/main/java/ShopTest.java", true],
    ["ShopTests.java", true],
    ["it/ShopIT.java", true],
    ["app/src/test/java/Fixtures.java", true],
  ])("knows whether %s is a test", async (path, isTest) => {
    expect((await lowerSource("java", "class A {}", path)).isTest).toBe(isTest);
  });

  it("knows test methods", async () => {
    const facts = await lowerSource(
      "java",
      `class A extends junit.framework.TestCase { void testA() {} void helper() {} }
       class B { @Test void a() {} @org.junit.jupiter.params.ParameterizedTest(name = "x.y") void b() {} void testC() {} @Tested void d() {} }`,
    );
    expect(facts.functions.map((fn) => fn.isTest)).toEqual([true, false, true, true, false, false]);
  });
});

describe("statements", () => {
  it("lowers branches and loops", async () => {
    expect(await stepsOf("if (n > 0) a(); else if (n < 0) b(); else { c(); } if (n == 1) ; else d();")).toEqual([
      "read n",
      "if (> n 0)",
      "-",
      "  call a()",
      "- default",
      "  read n",
      "  if (< n 0)",
      "  -",
      "    call b()",
      "  - default",
      "    call c()",
      "read n",
      "if (== n 1)",
      "-",
      "- default",
      "  call d()",
    ]);
    expect(await stepsOf("for (int i = 0, j = n; i < f(); i++, --j) use(i); for (var x : o.all()) use(x);")).toEqual([
      "let i = 0",
      "read n",
      "let j = n",
      "for  over _",
      "  ? read i",
      "  ? call f()",
      "- while (< i f())",
      "  read i",
      "  call use(i)",
      "  read i",
      "  set i + 1",
      "  read j",
      "  set j - 1",
      "call o.all()",
      "each x over o.all()",
      "- while _",
      "  read x",
      "  call use(x)",
    ]);
    expect(await stepsOf("outer: while (more()) { do { break outer; } while (n > 0); } continue;")).toEqual([
      "while  over _",
      "  ? call more()",
      "- while more()",
      "  while  over _",
      "  - while (> n 0)",
      "    break outer",
      "    read n",
      "continue",
    ]);
  });

  it("lowers old switches with what falls through", async () => {
    expect(
      await stepsOf("switch (n) { case 1: case 2: a(); case MAX: b(); break; case 4: return o; default: c(); }"),
    ).toEqual([
      "read n",
      "switch n",
      "- 1, 2",
      "  call a()",
      "  fallthrough",
      "- MAX",
      "  call b()",
      "  break",
      "- 4",
      "  read o",
      "  return o",
      "- default",
      "  call c()",
    ]);
  });

  it("lowers new switches with patterns, guards and results", async () => {
    expect(
      await stepsOf(`return switch (o) {
        case A, B -> 1;
        case Point(int x, var y) when x > y -> { log(); yield x; }
        case String s -> throw fail(s);
        case null, default -> n;
      };`),
    ).toEqual([
      "read o",
      "switch o",
      "- A, B",
      "  yield 1",
      "- (when Point (> x y))",
      "  let x = ?[o]",
      "  let y = ?[o]",
      "  read x",
      "  read y",
      "  call log()",
      "  read x",
      "  yield x",
      "- String",
      "  let s = o",
      "  read s",
      "  call fail(s)",
      "  throw fail(s)",
      "- null default",
      "  read n",
      "  yield n",
      "return ?[1, x, n]",
    ]);
  });

  it("lowers try, resources and catches of several types", async () => {
    expect(
      await stepsOf(
        "try (var a = open(); B b = a.wrap(); o) { b.go(); } catch (IOException | java.sql.SQLException e) { throw e; } finally { done(); }",
      ),
    ).toEqual([
      "try",
      "  call open()",
      "  resource open() as a",
      "    call a.wrap()",
      "    resource a.wrap() as b",
      "      read o",
      "      resource o as _",
      "        call b.go()",
      "catch IOException|java.sql.SQLException e",
      "  read e",
      "  throw e",
      "finally",
      "  call done()",
    ]);
    expect(await stepsOf("try (var a = open()) { }")).toEqual(["call open()", "resource open() as a"]);
  });

  it("holds the lock of synchronized blocks and methods", async () => {
    const facts = await lowerSource(
      "java",
      `class C { final Object lock = new Object(); class D { static synchronized void s() { a(); } }
         synchronized void m() { b(); } void n() { synchronized (lock) { c(); } } }`,
    );
    expect(printSteps(facts, "C.D.s")).toEqual(["synchronized D.class as _", "  call a()"]);
    expect(printSteps(facts, "C.m")).toEqual(["synchronized this as _", "  call b()"]);
    expect(printSteps(facts, "C.n")).toEqual(["read this.lock", "synchronized this.lock as _", "  call c()"]);
  });

  it("lowers assertions and constructor calls", async () => {
    expect(await stepsOf("assert n > 0 : o;")).toEqual(["read n", "read o"]);
    const facts = await lowerSource(
      "java",
      "class C extends B { C(int a) { this(a, 1); } C(int a, int b) { super(a); } }",
    );
    expect(facts.functions.map((fn) => fn.form)).toEqual(["constructor", "constructor"]);
    expect(printSteps(facts, "C.C")).toEqual(["read a", "call this(a, 1)"]);
  });
});

describe("expressions", () => {
  it("gives one place one path", async () => {
    expect(
      await stepsOf("count = 1; this.count += 2; total--; super.x = 3; int count; count = 4; { int n2 = 5; n2 = 6; }"),
    ).toEqual([
      "write this.count = 1",
      "read this.count",
      "write this.count + 2",
      "read C.total",
      "write C.total - 1",
      "write super.x = 3",
      "let count = ?[]",
      "set count = 4",
      "let n2 = 5",
      "set n2 = 6",
    ]);
  });

  it("takes a field for itself where a label has its name", async () => {
    expect(await stepsOf("count: while (true) { count = 1; break count; }")).toEqual([
      "while  over _",
      "- while true",
      "  write this.count = 1",
      "  break count",
    ]);
  });

  it("reaches fields of outer classes from inner ones", async () => {
    const facts = await lowerSource(
      "java",
      `class Outer { int a; static int s;
         class Inner { int b; void m() { a = b; s = 1; Outer.this.a = 2; run(() -> { b = 3; }); } }
         void m(int b) { new Thread() { int c; public void run() { a = b; c = 4; } }; { int a = 5; a = 6; } a = 7; } }`,
    );
    expect(printSteps(facts, "Outer.Inner.m").slice(0, 5)).toEqual([
      "read this.b",
      "write Outer.this.a = this.b",
      "write Outer.s = 1",
      "write Outer.this.a = 2",
      "lambda #1",
    ]);
    expect(printSteps(facts, "Outer.Inner.m.<anonymous>")).toEqual(["write this.b = 3"]);
    expect(printSteps(facts, "Outer.m.<anonymous>.run")).toEqual([
      "read b",
      "write Outer.this.a = b",
      "write this.c = 4",
    ]);
    expect(printSteps(facts, "Outer.m").slice(-3)).toEqual(["let a = 5", "set a = 6", "write this.a = 7"]);
  });

  it("lowers calls through chains, casts and parentheses", async () => {
    expect(await stepsOf('((Repo) o).find(n).get().save("x", (int) n); Outer.super.go(); this.<T>run();')).toEqual([
      "read n",
      "call o<Repo>.find(n)",
      "call o<Repo>.find().get()",
      "read n",
      'call o<Repo>.find().get().save("x", n)',
      "call Outer.super.go()",
      "call this.run()",
    ]);
  });

  it("lowers elements, array creation and initialisers", async () => {
    expect(
      await stepsOf('int a = 1, b[] = {2, n}; b[a] = o.grid[n][0]; var c = new int[n][]; f(new String[] {"s"});'),
    ).toEqual([
      "let a = 1",
      "read n",
      "let b = list:int[][2, n]",
      "read a",
      "read n",
      "read o.grid[][]",
      "write b[]{a} = o.grid[][]{n, 0}",
      "read n",
      "let c = (new[] n)",
      'call f(list:String[]["s"])',
    ]);
  });

  it("constructs objects, and anonymous classes as objects with functions in them", async () => {
    expect(
      await stepsOf(
        "o.add(new ArrayList<>(n)); o.new Inner(); run(new Thread(1) { int k = f(); public void run() { } });",
      ),
    ).toEqual([
      "read n",
      "new ArrayList(n)",
      "call o.add(ArrayList(n))",
      "read o",
      "new Inner()",
      "call f()",
      "lambda #1",
      "new Thread(1)",
      "call run(object:Thread{run}[#1])",
    ]);
  });

  it("lowers lambdas and method references", async () => {
    const facts = await lowerSource(
      "java",
      "class C { void m() { a((x, y) -> x + y); a(this::go); a(List::of); a(Foo::new); a(z -> { z = 1; }); a((int q) -> q); } }",
    );
    expect(printSteps(facts, "C.m").filter((line) => line.startsWith("call"))).toEqual([
      "call a(#1)",
      "call a(this.go)",
      "call a(List.of)",
      "call a(Foo.new)",
      "call a(#2)",
      "call a(#3)",
    ]);
    expect(facts.functions.map((fn) => fn.parameters)).toEqual([
      [],
      [{ name: "x" }, { name: "y" }],
      [{ name: "z" }],
      [{ name: "q", type: "int" }],
    ]);
    expect(facts.functions[1]).toMatchObject({ form: "closure", parent: 0, name: "" });
    expect(facts.functions[1]?.steps.at(-1)?.kind).toBe("return");
    expect(facts.functions[2]?.steps).toMatchObject([{ kind: "assign", target: "z" }]);
  });

  it("keeps steps that run only sometimes in arms", async () => {
    expect(await stepsOf("boolean a = n > 0 && ok(n); int b = a ? n : 2; int c = a ? f() : 3;")).toEqual([
      "read n",
      "logical (> n 0)",
      "-",
      "  read n",
      "  call ok(n)",
      "let a = (&& (> n 0) ok(n))",
      "read a",
      "read n",
      "let b = (a ? n : 2)",
      "read a",
      "conditional a",
      "-",
      "  call f()",
      "- default",
      "let c = (a ? f() : 3)",
    ]);
  });

  it("binds what instanceof matches", async () => {
    expect(await stepsOf("if (!(o instanceof Foo<?> f)) return null; return f.x;")).toEqual([
      "read o",
      "let f = o",
      "if (! (instanceof o Foo))",
      "-",
      "  return null",
      "read f.x",
      "return f.x",
    ]);
  });

  it("lowers assignments and increments as values", async () => {
    expect(await stepsOf("int a = n = 1; while ((n = next()) != -1) { } return n++ >>> 2;")).toEqual([
      "set n = 1",
      "read n",
      "let a = n",
      "while  over _",
      "  ? call next()",
      "  ? set n = next()",
      "  ? read n",
      "- while (!= n (- 1))",
      "read n",
      "set n + 1",
      "return (>>> (++ n) 2)",
    ]);
  });

  it("lowers literals", async () => {
    expect(
      await stepsOf('return "a" + \'c\' + 0x1F + 1.5f + true + null + Foo.class + """\n  text "x"\n  """;'),
    ).toEqual([
      "read Foo.class",
      'return (+ (+ (+ (+ (+ (+ (+ "a" "c") 0x1F) 1.5f) true) null) Foo.class) " text \\"x\\" ")',
    ]);
  });
});

describe("complexity", () => {
  it("counts what the white paper counts", async () => {
    expect(await cognitive("int m() { return a ? (b ? 1 : 2) : 3; }")).toBe(3);
    expect(await cognitive("int m() { return switch (x) { case 1 -> a ? 1 : 2; default -> 3; }; }")).toBe(3);
    expect(await cognitive("boolean m() { return a && b && (c && d) || !(e && f); }")).toBe(3);
    expect(
      await cognitive("void m() { outer: for (;;) { try { continue outer; } catch (A | B e) { if (a) {} } } }"),
    ).toBe(7);
    expect(await cognitive("void m() { run(() -> { if (a) {} }); new R() { void n() { if (a) {} } }; }")).toBe(4);
    expect(await cognitive("void m() { if (a) {} } class D { void n() { if (a) {} } }", "C.D.n")).toBe(1);
    expect(await cognitive("void m() { synchronized (this) { if (a) {} } } ")).toBe(1);
  });

  it("counts a method that calls itself once", async () => {
    expect(await cognitive("int m(int n) { return n * m(n - 1) + this.m(n - 2) + C.m(1); }")).toBe(1);
    expect(await cognitive("int m(int n) { return m(n, 1); } int m(int n, int k) { return 1; }")).toBe(0);
    expect(await cognitive("int m(int n) { return other.m(n) + super.m(n); }")).toBe(0);
    expect(await cognitive("void m(String s) { char[] c = s.toCharArray(); m(c); } void m(char[] c) { }")).toBe(0);
    expect(await cognitive("void m(String s) { m((String) null); } void m(char[] c) { }")).toBe(1);
    expect(await cognitive("void m(int n) { run(() -> m(n)); }")).toBe(1);
    expect(await cognitive("void m() { new R() { void m() { } void k() { m(); } }; }")).toBe(0);
  });

  it("counts paths and nesting", async () => {
    const facts = await lowerSource(
      "java",
      "class C { void m() { for (;;) { if (a && b) {} } switch (x) { case 1: case 2: f(); default: } } }",
    );
    expect(facts.functions[0]?.metrics).toMatchObject({ cyclomatic: 6, maxNesting: 2 });
  });
});

describe("text that does not parse", () => {
  it("keeps the functions around the error", async () => {
    const facts = await lowerSource(
      "java",
      "class C { void a() { go(); } void b() { int x = = ; } void c() { stop(); } }",
    );
    expect(facts.hasSyntaxErrors).toBe(true);
    expect(facts.functions.map((fn) => [fn.symbol, fn.damaged])).toEqual([
      ["C.a", false],
      ["C.b", true],
      ["C.c", false],
    ]);
  });

  it("keeps the class of methods when the class itself does not parse", async () => {
    const facts = await lowerSource("java", "class C { int count; void a( { } void b() { count = 2; } int = 3");
    expect(symbols(facts)).toEqual(["C.a", "C.b"]);
    expect(facts.types).toMatchObject([
      { name: "C", fields: [{ name: "count" }], methods: [{ name: "a" }, { name: "b" }] },
    ]);
    expect(printSteps(facts, "C.b")).toEqual(["write this.count = 2"]);
  });

  it("keeps methods after a brace too many", async () => {
    const facts = await lowerSource("java", "class C { int count; void a() { } } void b() { count = 2; } }");
    expect(symbols(facts)).toEqual(["C.a", "C.b"]);
    expect(printSteps(facts, "C.b")).toEqual(["write this.count = 2"]);
  });
});

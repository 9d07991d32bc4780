import { describe, expect, it } from "vitest";
import type { FileFacts, Step } from "../../server/src/core/model/facts";
import { stepsInside } from "../../server/src/core/model/walkSteps";
import { lowerSource } from "./lowerSource";
import { functionNamed, printSteps } from "./printSteps";

/** The steps of a TypeScript function with this body. */
async function stepsOf(body: string): Promise<string[]> {
  const facts = await lowerSource("typescript", `async function* work(a, b, o) {\n${body}\n}\n`);
  expect(facts.hasSyntaxErrors).toBe(false);
  return printSteps(facts, "work");
}

function symbols(facts: FileFacts): string[] {
  return facts.functions.map((fn) => fn.symbol);
}

async function metricsOf(source: string, symbol = "f") {
  return functionNamed(await lowerSource("typescript", source), symbol).metrics;
}

async function hashOf(source: string, symbol = "f"): Promise<string> {
  return functionNamed(await lowerSource("typescript", source), symbol).shapeHash;
}

function* callsIn(steps: readonly Step[]): Generator<Extract<Step, { kind: "call" }>> {
  for (const step of steps) {
    if (step.kind === "call") yield step;
    for (const inner of stepsInside(step)) yield* callsIn(inner);
  }
}

describe("pauses", () => {
  it.each([
    ["new Promise((resolve) => setTimeout(resolve, 20))", "20"],
    ["new Promise<void>(function (done) { setTimeout(done, a); })", "a"],
    ["new Promise((r) => { return setTimeout(() => r(b), 5 * a); })", "5 * a"],
  ])("reads %s as the timer that gives a promise", async (made) => {
    const facts = await lowerSource("typescript", `async function work(a, b) { await ${made}; }`);
    const [call] = [...callsIn(functionNamed(facts, "work").steps)];
    expect(call?.callee).toBe("setTimeout.__promisify__");
    expect(facts.functions[1]?.form).toBe("closure");
  });

  it.each([
    "new Promise((resolve) => setTimeout(b, 20))",
    "new Promise((resolve) => { setTimeout(resolve, 20); b(); })",
    "new Promise((resolve) => b.setTimeout(resolve, 20))",
    "new Promise((resolve) => setTimeout(resolve))",
    "new Other((resolve) => setTimeout(resolve, 20))",
  ])("does not read %s as one", async (made) => {
    const facts = await lowerSource("typescript", `async function work(a, b) { await ${made}; }`);
    const callees = [...callsIn(functionNamed(facts, "work").steps)].map(({ callee }) => callee);
    expect(callees).toEqual([/\w+/.exec(made.slice("new ".length))?.[0]]);
  });
});

describe("imports", () => {
  it("reads every form", async () => {
    const facts = await lowerSource(
      "typescript",
      `import d, { a as b, type C } from "./x";
import * as ns from 'y';
import "side";
import fs = require("fs");
export * from "./z";
export * as all from "./k";
export { q as r } from "./w";
const { readFile, stat: s } = require("fs/promises");
const k = require("y").z;
const whole = require("whole") as Whole;
`,
    );
    expect(facts.imports.map(({ module, member, localName }) => [module, member, localName])).toEqual([
      ["./x", "default", "d"],
      ["./x", "a", "b"],
      ["./x", "C", "C"],
      ["y", undefined, "ns"],
      ["side", undefined, ""],
      ["fs", undefined, "fs"],
      ["./z", "*", ""],
      ["./k", undefined, "all"],
      ["./w", "q", "r"],
      ["fs/promises", "readFile", "readFile"],
      ["fs/promises", "stat", "s"],
      ["y", "z", "k"],
      ["whole", undefined, "whole"],
    ]);
    expect(facts.constants).toEqual([]);
  });
});

describe("types and constants", () => {
  it("describes classes with their parameter properties, heritage and members", async () => {
    const facts = await lowerSource(
      "typescript",
      `export abstract class A<T extends X> extends B<T> implements I, J.K {
  @Inject() private readonly p: string = "1";
  #priv = 3;
  handler = () => 1;
  constructor(private readonly db: Db, public name = "d", plain?: number) { super(); }
  abstract ab(): void;
  over(a: string): void;
  over(a: any) {}
  get g() { return 1; }
}`,
    );
    const [type] = facts.types;
    expect([type?.name, type?.form, type?.typeParameters.map(({ name }) => name), type?.bases]).toEqual([
      "A",
      "class",
      ["T"],
      ["B<T>", "I", "J.K"],
    ]);
    expect(type?.fields.map(({ name, type: declared }) => [name, declared])).toEqual([
      ["p", "string"],
      ["#priv", undefined],
      ["db", "Db"],
      ["name", undefined],
    ]);
    expect(type?.methods.map(({ name }) => name)).toEqual(["handler", "constructor", "ab", "over", "g"]);
    expect(symbols(facts)).toEqual(["A.handler", "A.constructor", "A.over", "A.g"]);
    expect(printSteps(facts, "A.constructor")).toEqual([
      "write this.db = db",
      "write this.name = name",
      "call super()",
    ]);
  });

  it("describes interfaces, aliases and enums", async () => {
    const facts = await lowerSource(
      "typescript",
      `interface F<T> extends G, H<T> { a?: string; b(): void; f: () => void; new (x: number): F }
type U = { a: string; m(): void };
type V = U & { c: number };
type W = string | number;
enum E { A = 1, B, "c-d" }`,
    );
    expect(
      facts.types.map(({ form, name, bases, fields, methods }) => [
        form,
        name,
        bases,
        fields.map((f) => f.name),
        methods.map((m) => m.name),
      ]),
    ).toEqual([
      ["interface", "F", ["G", "H<T>"], ["a", "f"], ["b"]],
      ["alias", "U", [], ["a"], ["m"]],
      ["alias", "V", ["U"], ["c"], []],
      ["alias", "W", ["string | number"], [], []],
      ["enum", "E", [], ["A", "B", "c-d"], []],
    ]);
  });

  it("takes module variables that hold no function", async () => {
    const facts = await lowerSource(
      "typescript",
      `export const LIMIT: number = 60;
let { a, b: [c] } = load(), d;
const f = () => 1;
const K = class {};
if (x) { const inner = 1; }
namespace Ns { export var v = 2; }`,
    );
    expect(facts.constants.map(({ name, type, value, mutable }) => [name, type, value, mutable])).toEqual([
      ["LIMIT", "number", "60", false],
      ["a", undefined, undefined, true],
      ["c", undefined, undefined, true],
      ["d", undefined, undefined, true],
      ["v", undefined, "2", true],
    ]);
    expect(facts.types.map((type) => type.name)).toEqual(["K", "Ns"]);
  });
});

describe("functions", () => {
  it("names a function after what holds it", async () => {
    const facts = await lowerSource(
      "typescript",
      `function over(a: string): void;
function over(a: any) { function inner() {} const g = async () => {}; list.map((x) => x); }
const f = function own() {};
const api = { save: async () => {}, v1: { "get it"() {} }, [Symbol.iterator]: function* () {} } satisfies Api;
(function () {})();
run({ member() {} });
namespace Ns.Inner { export function f() {} class C { m() {} } }
export default function () {}
const K = class Named { m() {} };
class P { static #q() {} *[Symbol.iterator]() {} set h(v) {} "str-name"() {} }
api.extra = () => {};
table[i].later = () => {};
cached ??= () => {};`,
    );
    expect(symbols(facts)).toEqual([
      "over",
      "over.inner",
      "over.g",
      "over.<anonymous>",
      "f",
      "api.save",
      "api.v1.get it",
      "api.[Symbol.iterator]",
      "<anonymous>",
      "<anonymous>.member",
      "Ns.Inner.f",
      "Ns.Inner.C.m",
      "default",
      "K.m",
      "P.#q",
      "P.[Symbol.iterator]",
      "P.h",
      "P.str-name",
      "api.extra",
      "<anonymous>.later",
      "cached",
    ]);
    expect(facts.functions.map((fn) => fn.parent).slice(0, 5)).toEqual([undefined, 0, 0, 0, undefined]);
    expect(facts.functions.map((fn) => fn.form).slice(0, 8)).toEqual([
      "function",
      "function",
      "closure",
      "closure",
      "function",
      "function",
      "method",
      "method",
    ]);
  });

  it("names what CommonJS exports and prototypes hold", async () => {
    const facts = await lowerSource(
      "javascript",
      `exports.f = function () {};
module.exports.g = async () => {};
module.exports = { a, b() {}, c: function () {} };
module.exports = function () {};
Foo.prototype.bar = function bar() {};
Foo.prototype = { baz() {} };
export default { data() {}, methods: { go() {} } };
function a() {}`,
    );
    expect(symbols(facts)).toEqual([
      "f",
      "g",
      "b",
      "c",
      "default",
      "Foo.bar",
      "Foo.baz",
      "default.data",
      "default.methods.go",
      "a",
    ]);
    expect(facts.functions.map((fn) => fn.modifiers.includes("exported"))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(functionNamed(facts, "Foo.bar").typeName).toBe("Foo");
  });

  it("reads parameters, results, modifiers, decorators and the comment above", async () => {
    const facts = await lowerSource(
      "typescript",
      `class A {
  /** Says what. */
  @Get(":id")
  @Auth
  protected static async *m(this: A, { a, b: c = 1, ...rest }: P, [q] = [1], y?: number, ...more: string[]): Promise<void> {}
  private get x(): number { return 1; }
}
// Not this one.

/** Arrow doc. */
export const f = async <T,>(x: T): x is string => x;`,
    );
    const m = functionNamed(facts, "A.m");
    expect(m.parameters).toEqual([
      {
        name: "{ a, b: c = 1, ...rest }",
        type: "P",
        parts: [
          { name: "a", origin: ".a" },
          { name: "c", origin: ".b" },
          { name: "rest", origin: "" },
        ],
      },
      { name: "[q]", default: "[1]", parts: [{ name: "q", origin: "#0" }] },
      { name: "y", type: "number" },
      { name: "more", type: "string[]", rest: true },
    ]);
    expect([m.results, m.modifiers, m.decorators, m.doc]).toEqual([
      ["Promise<void>"],
      ["async", "generator", "static"],
      ['Get(":id")', "Auth"],
      "Says what.",
    ]);
    expect(functionNamed(facts, "A.x").modifiers).toEqual(["getter"]);
    const f = functionNamed(facts, "f");
    expect([f.doc, f.modifiers, f.results]).toEqual(["Arrow doc.", ["async", "exported"], ["x is string"]]);
  });

  it("marks the callbacks of tests", async () => {
    const text = `describe("a", () => { it("b", () => {}); test.each([1])("c", async (n) => {}); beforeEach(() => {}); });`;
    const isTest = async (path: string) =>
      (await lowerSource("typescript", text, path)).functions.map((fn) => fn.isTest);
    expect(await isTest("src/a.test.ts")).toEqual([false, true, true, false]);
    expect(await isTest("src/__tests__/a.ts")).toEqual([false, true, true, false]);
    expect(await isTest("src/a.ts")).toEqual([false, false, false, false]);
  });

  it("keeps what stands around a syntax error", async () => {
    const facts = await lowerSource(
      "typescript",
      "function before() { a(); }\nfunction broken() { if (x { b(); }\nclass C { m() { c( } n() { d(); } }\nconst after = () => e();\n",
    );
    expect(facts.hasSyntaxErrors).toBe(true);
    expect(symbols(facts)).toContain("before");
    expect(functionNamed(facts, "before").damaged).toBe(false);
    expect(facts.functions.some((fn) => fn.name === "after")).toBe(true);
    expect(facts.functions.some((fn) => fn.damaged)).toBe(true);
  });
});

describe("statements", () => {
  it("lowers branches and loops", async () => {
    expect(
      await stepsOf(`if (a) x(); else if (b) { y(); } else z();
for (const [k, v] of o.entries()) use(k, v);
for (const key in o) ;
for (let i = 0; i < 3; i++) { continue; }
while (next()) a--;
do { a += 1; } while (a < 3);
outer: for (;;) break outer;`),
    ).toEqual([
      "read a",
      "if a",
      "-",
      "  call x()",
      "- default",
      "  read b",
      "  if b",
      "  -",
      "    call y()",
      "  - default",
      "    call z()",
      "call o.entries()",
      "each k,v over o.entries()",
      "- while _",
      "  read k",
      "  read v",
      "  call use(k, v)",
      "read o",
      "each key over o",
      "- while _",
      "let i = 0",
      "for  over _",
      "  ? read i",
      "- while (< i 3)",
      "  continue",
      "  read i",
      "  set i + 1",
      "while  over _",
      "  ? call next()",
      "- while next()",
      "  read a",
      "  set a - 1",
      "while  over _",
      "- while (< a 3)",
      "  read a",
      "  set a + 1",
      "  read a",
      "for  over _",
      "- while _",
      "  break outer",
    ]);
  });

  it("joins the labels of one switch arm and says where an arm runs on", async () => {
    expect(
      await stepsOf(
        `switch (a) { case 1: case "two": x(); break; case 3: y(); case 4: if (b) return; else throw b; default: z(); }`,
      ),
    ).toEqual([
      "read a",
      "switch a",
      '- 1, "two"',
      "  call x()",
      "- 3",
      "  call y()",
      "  fallthrough",
      "- 4",
      "  read b",
      "  if b",
      "  -",
      "    return",
      "  - default",
      "    read b",
      "    throw b",
      "- default",
      "  call z()",
    ]);
  });

  it("lowers try, using and yield", async () => {
    expect(
      await stepsOf(`try { x(); } catch ({ message }) { y(message); } finally { z(); }
try { x(); } catch { }
using lock = take();
const got = yield lock;
throw new Error("no");`),
    ).toEqual([
      "try",
      "  call x()",
      "catch  { message }",
      "  read message",
      "  call y(message)",
      "finally",
      "  call z()",
      "try",
      "  call x()",
      "catch  _",
      "call take()",
      "resource take() as lock",
      "  read lock",
      "  yield lock",
      "  let got = ?[]",
      '  new Error("no")',
      '  throw Error("no")',
    ]);
  });

  it("takes destructuring apart", async () => {
    expect(
      await stepsOf(
        "const { x, y: { z }, w = 1, ...rest } = o.p, [first, , third] = list();\n[a, b] = [b, a];\n({ q: o.r } = b);",
      ),
    ).toEqual([
      "read o.p",
      "read o.p.x",
      "let x = o.p.x",
      "read o.p.y",
      "read o.p.y.z",
      "let z = o.p.y.z",
      "read o.p.w",
      "let w = (?? o.p.w 1)",
      "let rest = ?[?[o.p]]",
      "call list()",
      "read list()[]",
      "let first = list()[]{0}",
      "read list()[]",
      "let third = list()[]{2}",
      "read b",
      "read a",
      "set a = b",
      "set b = a",
      "read b",
      "read b.q",
      "write o.r = b.q",
    ]);
  });
});

describe("expressions", () => {
  it("writes paths and their keys", async () => {
    expect(
      await stepsOf(`o?.x[a].y![b + 1] = f().g;
o.list[0]?.run?.(a);
delete o.z;
o.n++;
f()[0]();
(o as Foo).bar(<Baz>a);`),
    ).toEqual([
      "call f()",
      "read f().g",
      "read a",
      "read b",
      "write o.x[].y[]{a, (+ b 1)} = f().g",
      "read a",
      "call o.list[].run(a)",
      "write o.z delete undefined",
      "read o.n",
      "write o.n + 1",
      "call f()",
      "call f()[]()",
      "read a",
      "call o<Foo>.bar(a)",
    ]);
  });

  it("gives steps that run only sometimes an arm of their own", async () => {
    expect(await stepsOf("let r = a && b; r = a ?? make(); r ||= fill(); r = a ? b : o; r = a ? make() : b;")).toEqual([
      "read a",
      "read b",
      "let r = (&& a b)",
      "read a",
      "logical _",
      "-",
      "  call make()",
      "set r = (?? a make())",
      "read r",
      "logical (! r)",
      "-",
      "  call fill()",
      "set r || fill()",
      "read a",
      "read b",
      "read o",
      "set r = (a ? b : o)",
      "read a",
      "conditional a",
      "-",
      "  call make()",
      "- default",
      "  read b",
      "set r = (a ? make() : b)",
    ]);
  });

  it("builds composites and literals", async () => {
    expect(
      await stepsOf(
        `const s = \`x \${a}\`, l = [1, ...b], m = { a, k: true, [b]: null, ...o, "q r": /a+/g, f() {} };
tag\`t \${a}\`; new Foo(1n); new.target; x = (1, -2);`,
      ),
    ).toEqual([
      "read a",
      'let s = template:["x ", a]',
      "read b",
      "let l = list:[1, (... b)]",
      "read a",
      "read b",
      "read o",
      "lambda #1",
      'let m = object:{a, k, b, ?[], "q r", f}[a, true, null, (... o), /a+/g, #1]',
      "read a",
      'call tag(template:["t ", a])',
      "new Foo(1n)",
      "write x = (- 2)",
    ]);
  });

  it("marks awaited calls", async () => {
    const facts = await lowerSource(
      "typescript",
      "async function f() { await a.b(); await (c() as Promise<T>); d(); await g<string>(1); await (0, m.h)(2); await import('x'); }",
    );
    const calls = [...callsIn(functionNamed(facts, "f").steps)];
    expect(calls.map(({ callee, awaited }) => [callee, awaited ?? false])).toEqual([
      ["a.b", true],
      ["c", true],
      ["d", false],
      ["g", true],
      ["m.h", true],
      ["import", true],
    ]);
  });

  it("knows the locals of a function before they are declared", async () => {
    const facts = await lowerSource(
      "typescript",
      "let shared = 0;\nfunction f() { later = 1; shared = 2; helper = 3; let later; function helper() {} }",
    );
    expect(printSteps(facts, "f").slice(0, 3)).toEqual(["set later = 1", "write shared = 2", "set helper = 3"]);
  });

  it("writes what it captures, and sets only what is its own", async () => {
    const facts = await lowerSource(
      "typescript",
      "function f() { let count = 0; return () => { let own = 1; own = 2; count = 3; }; }",
    );
    expect(printSteps(facts, "f.<anonymous>").slice(1)).toEqual(["set own = 2", "write count = 3"]);
  });

  it("lowers what JSX runs", async () => {
    const facts = await lowerSource(
      "typescript",
      `export const App = ({ items }: P) => <Page title="t" {...rest} onClick={() => go(1)}>
  {items.map(i => <Row key={i} />)} text
  <div className={name()}>{ok && <b />}</div>
</Page>;`,
      "app.tsx",
    );
    expect(printSteps(facts, "App")).toEqual([
      "read rest",
      "lambda #1",
      "lambda #2",
      "call items.map(#2)",
      "call name()",
      "read ok",
      'call Page(object:{title, ?[], onClick}["t", (... rest), #1], items.map(#2), "text", ?[object:{className}[name()], (&& ok ?[])])',
      'return Page(object:{title, ?[], onClick}["t", (... rest), #1], items.map(#2), "text", ?[object:{className}[name()], (&& ok ?[])])',
    ]);
  });

  it("undoes what the grammar binds to the wrong operand", async () => {
    expect(await stepsOf("if (a === o!.x && !o!.y!.z && b as B) ;\no = a && b!.c.d(1)!;")).toEqual([
      "read a",
      "read o.x",
      "read o.y.z",
      "read b",
      "if (&& (&& (=== a o.x) (! o.y.z)) b)",
      "-",
      "read a",
      "logical a",
      "-",
      "  call b.c.d(1)",
      "set o = (&& a b.c.d(1))",
    ]);
  });
});

describe("metrics", () => {
  it("counts as SonarSource does for the language", async () => {
    const nested = await metricsOf(
      "function f(a) { if (a) { for (const x of a) { if (x && x!.y && a || x) continue; } } else if (a) { b(); } else { if (c) d(); } }",
    );
    expect([nested.cognitive, nested.cyclomatic, nested.maxNesting]).toEqual([12, 9, 3]);
    expect((await metricsOf("function f() { a: for (;;) { for (;;) { continue a; } } }")).cognitive).toBe(4);
    expect((await metricsOf("function f() { try { a(); } catch { b(); } return a ?? b?.c; }")).cognitive).toBe(1);
    expect((await metricsOf("function f() { return a ? (b ? 1 : 2) : 3; }")).cognitive).toBe(3);
    expect(
      (await metricsOf("function f() { switch (a) { case 1: case 2: if (b) c(); default: d(); } }")).cognitive,
    ).toBe(3);
    expect((await metricsOf("function f() { if (a) b(); list.map((x) => { if (x) c(); }); }")).cognitive).toBe(3);
  });

  it("counts recursion only where the call certainly reaches the function", async () => {
    expect((await metricsOf("function f(n) { return f(n - 1); }")).cognitive).toBe(1);
    expect((await metricsOf("const f = (n) => f(n - 1);")).cognitive).toBe(1);
    expect((await metricsOf("function f(f) { return f(1); }")).cognitive).toBe(0);
    expect((await metricsOf("class C { f() { return this.f(); } }", "C.f")).cognitive).toBe(1);
    expect((await metricsOf("class C { f() { return f(); } }", "C.f")).cognitive).toBe(0);
    expect((await metricsOf("class C { f() { return this.other.f(); } }", "C.f")).cognitive).toBe(0);
  });
});

describe("the shape hash", () => {
  it("ignores braces, parentheses, quotes and shorthand", async () => {
    const hash = await hashOf('const f = (a) => { if (a) return { a, b: "x" }; };');
    expect(await hashOf("const f = q => {\n  // why\n  if ((q)) {\n    return { a: q, b: 'x', }\n  }\n}")).toBe(hash);
    expect(await hashOf('const f = (a) => { if (a) return { c: a, b: "x" }; };')).not.toBe(hash);
  });

  it("tells a returned expression from one that is only evaluated", async () => {
    expect(await hashOf("const f = () => g();")).not.toBe(await hashOf("const f = () => { g(); };"));
  });
});

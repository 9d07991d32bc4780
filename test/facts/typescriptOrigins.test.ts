import { describe, expect, it } from "vitest";
import type { BranchArm, FileFacts, Step } from "../../server/src/core/model/facts";
import { stepsInside } from "../../server/src/core/model/walkSteps";
import { lowerSource } from "./lowerSource";
import { functionNamed, printSteps } from "./printSteps";

function* allSteps(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    for (const inner of stepsInside(step)) yield* allSteps(inner);
  }
}

/** `name: type` or `name <- origin` of everything the function binds. */
async function boundIn(body: string): Promise<string[]> {
  const facts = await lowerSource("typescript", `async function work(a, b, o) {\n${body}\n}\n`);
  expect(facts.hasSyntaxErrors).toBe(false);
  const bound: string[] = [];
  const add = ({ name, type, origin }: { name: string; type?: string; origin?: string }) =>
    bound.push(type !== undefined ? `${name}: ${type}` : origin !== undefined ? `${name} <- ${origin}` : name);
  for (const step of allSteps(functionNamed(facts, "work").steps)) {
    if (step.kind === "assign") add({ ...step, name: step.target });
    if (step.kind === "loop") step.variables.forEach(add);
  }
  return bound;
}

async function calleesIn(body: string): Promise<string[]> {
  const facts = await lowerSource("typescript", `async function work(a, b, o) {\n${body}\n}\n`);
  return [...allSteps(functionNamed(facts, "work").steps)].flatMap((step) => (step.kind === "call" ? step.callee : []));
}

function constantsOf(facts: FileFacts): string[] {
  return facts.constants.map(({ name, type, origin }) => (type ? `${name}: ${type}` : `${name} <- ${origin ?? "?"}`));
}

describe("locals", () => {
  it("keep the type they are declared with", async () => {
    expect(await boundIn("const x: Foo<Bar> = f(); let y: Baz; const z = f();")).toEqual([
      "x: Foo<Bar>",
      "y: Baz",
      "z",
    ]);
  });

  it("say which part of a destructured value they are", async () => {
    expect(
      await boundIn(
        `const { x, y: { z } } = o.p;
const { p, ...rest } = a || b;
const [first, , third] = list();
const [m, n = 1] = await Promise.all([one(), two()]);
const { q }: Props = a;
[a, b] = pair();`,
      ),
    ).toEqual([
      "x",
      "z",
      "p <- a.p",
      "rest <- a",
      "first <- list()#0",
      "third <- list()#2",
      "m <- one()",
      "n <- two()",
      "q <- <Props>.q",
      "a <- pair()#0",
      "b <- pair()#1",
    ]);
  });

  it("say what a cast or type arguments make of them", async () => {
    expect(
      await boundIn(
        `const x = a as Foo;
const y = <Bar>f();
const m = new Map<string, Foo>();
const n = (a as Foo) ?? b;
const u = a as any;
const v = a as unknown as Foo;`,
      ),
    ).toEqual(["x <- a<Foo>", "y <- f()<Bar>", "m <- Map()<Map<string, Foo>>", "n <- a<Foo>", "u", "v <- a<Foo>"]);
  });

  it("bound by a loop come from what it goes over", async () => {
    expect(
      await boundIn(
        `for (const x of o.list) ;
for (const [k, { v }] of m.entries()) ;
for (const key in o) ;
for (const w of a as Foo[]) ;
for (const s of await Promise.all(a)) ;`,
      ),
    ).toEqual([
      "x <- o.list[each]",
      "k <- m.entries()[each]#0",
      "v <- m.entries()[each]#1.v",
      "key: string",
      "w <- a<Foo[]>[each]",
      "s <- a[each]",
    ]);
  });

  it("are narrowed inside the arm that tests them", async () => {
    const facts = await lowerSource(
      "typescript",
      `function f(a, b) {
  if (a instanceof Foo && typeof b === "string") a.run(); else a.stop();
  b instanceof ns.Bar ? b.go() : b.no();
  a instanceof Baz && a.run();
  if (!(a instanceof Foo) || b.c instanceof Foo) a.no();
}`,
    );
    const arms: BranchArm[] = [];
    for (const step of allSteps(functionNamed(facts, "f").steps)) if (step.kind === "branch") arms.push(...step.arms);
    expect(arms.map((arm) => (arm.variables ?? []).map(({ name, type }) => `${name}: ${type}`))).toEqual([
      ["a: Foo", "b: string"],
      [],
      ["b: ns.Bar"],
      [],
      ["a: Baz"],
      [],
    ]);
  });
});

describe("callees", () => {
  it("are reached through literals, casts and functions called at once", async () => {
    expect(
      await calleesIn(
        `"a b".split(" ");
\`\${a}\`.trim();
[1].map(a);
/x/.test(a);
(a ?? b).run();
(a && o.b).run();
(a as Foo<Bar>).run();
((a as Foo).x as Baz).run();
new Foo().run();
new Map<string, Foo>().get(a);
(() => a)();
(a as any).run();`,
      ),
    ).toEqual([
      "<string>.split",
      "<string>.trim",
      "<list>.map",
      "<RegExp>.test",
      "a.run",
      "o.b.run",
      "a<Foo<Bar>>.run",
      "a<Foo>.x<Baz>.run",
      "Foo",
      "Foo().run",
      "Map",
      "Map()<Map<string, Foo>>.get",
      "<func#1>",
      "a.run",
    ]);
  });
});

describe("parameters", () => {
  it("that take the argument apart give each name its way there", async () => {
    const facts = await lowerSource(
      "typescript",
      "function f({ a, b: { c } }: { a: Foo; b: { c: Bar<X> } }, [d, ...e]: [Foo, Baz]) {}\nlist.map(({ id }) => id);",
    );
    expect(facts.functions.map((fn) => fn.parameters.map((parameter) => parameter.parts))).toEqual([
      [
        [
          { name: "a", type: "Foo" },
          { name: "c", type: "Bar<X>" },
        ],
        [
          { name: "d", type: "Foo" },
          { name: "e", origin: "" },
        ],
      ],
      [[{ name: "id", origin: ".id" }]],
    ]);
  });

  it("of types and functions have bounds", async () => {
    const facts = await lowerSource(
      "typescript",
      "class A<T extends Foo<X>, U> { m<V extends Bar>() {} }\nconst f = <W extends keyof X>(w: W) => w;",
    );
    expect(facts.types[0]?.typeParameters).toEqual([{ name: "T", bound: "Foo<X>" }, { name: "U" }]);
    expect(facts.functions.map((fn) => fn.typeParameters)).toEqual([
      [{ name: "V", bound: "Bar" }],
      [{ name: "W", bound: "keyof X" }],
    ]);
  });
});

describe("fields", () => {
  it("come from their initialiser or from what a method of the class writes", async () => {
    const facts = await lowerSource(
      "javascript",
      `class A {
  pool = new Pool();
  static shared = A.create();
  bound = this.pool.query.bind(this);
  late;
  constructor(db) {
    this.late = new Late();
    this.db = db;
    this.copy = this.pool.inner;
    this.run = () => 1;
    cb(() => { this.deep = make(); });
    cb(function () { this.other = make(); });
  }
  go() { this.late = other(); this.added ??= 1; this.found = find(); }
  pool2() { this.pool2 = 1; }
}`,
    );
    expect(facts.types[0]?.fields.map(({ name, origin }) => [name, origin])).toEqual([
      ["pool", "Pool()"],
      ["shared", "A.create()"],
      ["bound", "<A>.pool.query"],
      ["late", "Late()"],
      ["db", undefined],
      ["copy", "<A>.pool.inner"],
      ["run", "<func#1>"],
      ["found", "find()"],
    ]);
  });

  it("and methods without a body have the types they are declared with", async () => {
    const facts = await lowerSource(
      "typescript",
      "interface I { m(a: string): Promise<Foo>; n(); f: () => Bar }\nabstract class C { abstract m(): Foo; o() { return 1; } }",
    );
    expect(facts.types.map((type) => type.methods)).toEqual([
      [
        { name: "m", results: ["Promise<Foo>"] },
        { name: "n", results: [] },
      ],
      [{ name: "m", results: ["Foo"] }, { name: "o" }],
    ]);
  });
});

describe("module variables", () => {
  it("come from their initial value", async () => {
    const facts = await lowerSource(
      "typescript",
      `const app = express();
export const { a, b: { c } } = createSlice({}), [d] = pair();
const wrapped = debounce(() => {});
const typed: Foo = make();
const cast = make() as Bar;
const words = "a";
const map = new Map<string, Foo>();
const object = { a: 1 };
namespace Ns { export const inner = new Foo(); }`,
    );
    expect(constantsOf(facts)).toEqual([
      "app <- express()",
      "a <- createSlice().a",
      "c <- createSlice().b.c",
      "d <- pair()#0",
      "wrapped <- debounce(<func#0>)",
      "typed: Foo",
      "cast <- make()<Bar>",
      "words <- <string>",
      "map <- Map()<Map<string, Foo>>",
      "object <- ?",
      "inner <- Foo()",
    ]);
  });
});

describe("exports", () => {
  it("are read from modules", async () => {
    const facts = await lowerSource(
      "typescript",
      `export { a as b, c };
export { d as default, e } from "./d";
export * from "./all";
export * as ns from "./ns";
export default class Foo {}
export const plain = 1;`,
    );
    expect(facts.exports).toEqual([
      { name: "b", localName: "a" },
      { name: "c", localName: "c" },
      { name: "default", localName: "Foo" },
    ]);
    expect(
      facts.imports.map(({ module, member, localName, exported }) => [module, member, localName, exported]),
    ).toEqual([
      ["./d", "d", "default", true],
      ["./d", "e", "e", true],
      ["./all", "*", "", true],
      ["./ns", undefined, "ns", true],
    ]);
  });

  it("of an expression become a variable of the export's name", async () => {
    const facts = await lowerSource("typescript", "export default connect(App)(state);");
    expect(constantsOf(facts)).toEqual(["default <- connect()(state)"]);
    const named = await lowerSource("typescript", "export default router;\nexport default function run() {}");
    expect(named.exports).toEqual([
      { name: "default", localName: "router" },
      { name: "default", localName: "run" },
    ]);
    expect(named.constants).toEqual([]);
  });

  it("are read from CommonJS", async () => {
    const facts = await lowerSource(
      "javascript",
      `exports.a = b;
exports.db = new Database();
exports.sub = require("./sub");
exports.f = function () {};
module.exports = { c, d: e, g() {}, h: require("./h") };
module.exports.late = later;`,
    );
    expect(facts.exports).toEqual([
      { name: "a", localName: "b" },
      { name: "c", localName: "c" },
      { name: "d", localName: "e" },
      { name: "late", localName: "later" },
    ]);
    expect(constantsOf(facts)).toEqual(["db <- Database()"]);
    expect(facts.imports.map(({ module, localName, exported }) => [module, localName, exported])).toEqual([
      ["./sub", "sub", true],
      ["./h", "h", true],
    ]);
    expect((await lowerSource("javascript", 'module.exports = require("./lib");')).imports).toMatchObject([
      { module: "./lib", localName: "default", exported: true },
    ]);
    expect((await lowerSource("javascript", "module.exports = Foo;")).exports).toEqual([
      { name: "default", localName: "Foo" },
    ]);
  });
});

it("leaves the steps of a class that is made in an expression alone", async () => {
  const facts = await lowerSource("typescript", "function f() { return class { x = g(); }; }");
  expect(printSteps(facts, "f")).toEqual(["return ?[]"]);
});

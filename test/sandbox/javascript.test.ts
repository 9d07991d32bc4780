import { afterAll, expect, test } from "vitest";
import type { Input } from "../../server/src/core/quiz/program";
import { openBuilt, program, runOne, textOf } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

const js = (source: string, entry = "f") => program("javascript", source, entry);
const run = (source: string, input: Input = []) => runOne(sandboxes, js(source), input);
const value = (expression: string, before = "") =>
  textOf(sandboxes, js(`${before}\nfunction f() { return ${expression}; }`));

test.each([
  ["undefined", "undefined"],
  ["[NaN, -0, 1e21, 12n, null]", "[NaN, -0, 1e+21, 12n, null]"],
  ["[1, , 3]", "[1,, 3]"],
  ["[1, , ]", "[1,,]"],
  ['({ b: 1, "a-b": "x\\n", __proto__: null })', '{ __proto__: null, b: 1, "a-b": "x\\n" }'],
  ["new Set([10, 9, 1])", "new Set([1, 9, 10])"],
  ['new Map([["b", 1], ["a", 2]])', 'new Map([["b", 1], ["a", 2]])'],
  ["new Date(86400000)", 'new Date("1970-01-02T00:00:00.000Z")'],
  ["new Date(NaN)", "new Date(NaN)"],
  ["/a+/gi", "/a+/gi"],
  ["new Uint8Array([1, 2])", "new Uint8Array([1, 2])"],
  ["[new RangeError('full')]", '[RangeError("full")]'],
  ["'berth 12'.match(/\\d+/)", '["12"]'],
])("tells %s", async (expression, text) => {
  expect(await value(expression)).toBe(text);
});

test("tells instances by their fields", async () => {
  expect(await value("new Berth(3)", "class Berth { constructor(n) { this.number = n; } }")).toBe(
    "Berth { number: 3 }",
  );
  expect(await value("new Safe(3)", "class Safe { #code; constructor(n) { this.#code = n; } }")).toContain(
    "private fields",
  );
});

test("tells of a function inside a value that it is there", async () => {
  expect(await value("({ name: 'tug', move: () => 1 })")).toBe('{ name: "tug", move: [Function] }');
});

test("takes the items of a generator, as far as there is an end", async () => {
  expect(await textOf(sandboxes, js("function* f() { yield 1; yield 2; }"))).toBe("[1, 2].values()");
  expect(await run("function* f() { for (;;) yield 1; }")).toMatchObject({ kind: "stopped", by: "value" });
});

test.each([
  ["steps", "function f() { for (;;); }"],
  ["steps", "function f() { for (;;) try { for (;;); } catch {} }"],
  ["steps", "function f() { return /(a+)+$/.test('a'.repeat(40) + 'b'); }"],
  ["steps", "async function f() { for (;;) await null; }"],
  ["depth", "function f() { return f() + 1; }"],
  ["memory", "function f() { const all = []; for (;;) all.push('x'.repeat(1e6) + all.length); }"],
  ["value", "function f() { const a = {}; a.self = a; return [a]; }"],
  ["value", "function f() { return 'x'.repeat(5e6); }"],
  ["value", "function f() { return Array.from({ length: 1e5 }, (_, i) => i); }"],
  ["value", "function f() { return () => 1; }"],
  ["value", "async function f() { await new Promise(() => {}); }"],
  ["outside", "function f() { return Date.now(); }"],
  ["outside", "function f() { try { return new Date(); } catch { return 1; } }"],
  ["outside", "function f() { return Math.random(); }"],
  ["outside", "function f() { return setTimeout(() => {}, 1); }"],
  ["outside", "function f() { return ['b', 'a'].sort((x, y) => x.localeCompare(y)); }"],
  ["program", "function f( {"],
  ["program", "null.x; function f() {}"],
  ["program", "const f = 1;"],
])("stops by %s: %s", async (by, source) => {
  expect(await run(source)).toMatchObject({ kind: "stopped", by });
});

test("tells errors: the words of the program, but not those of the engine", async () => {
  const full = "class Full extends Error {} function f() { throw new Full('no berth'); }";
  expect(await run(full)).toEqual({ kind: "threw", type: "Full", message: "no berth" });
  expect(await run("function f() { return null.x; }")).toEqual({ kind: "threw", type: "TypeError" });
  expect(await run("function f() { return JSON.parse('{'); }")).toEqual({ kind: "threw", type: "SyntaxError" });
  expect(await run("function f() { throw 'shut'; }")).toEqual({ kind: "threw", type: "string", message: "shut" });
  expect(await run("async function f() { await 1; throw new TypeError('late'); }")).toMatchObject({ message: "late" });
});

test("tells what was printed, cut, and which arguments changed", async () => {
  const source = "function f(a, b) { a.push(4); console.log('berth', a.length, { b }); return b; }";
  expect(await run(source, ["[1]", "2"])).toEqual({
    kind: "returned",
    text: "2",
    changed: [{ index: 0, text: "[1, 4]" }],
    printed: "berth 2 { b: 2 }\n",
  });
  const megabytes = await run(
    "function f() { for (let i = 0; i < 20000; i++) console.log('x'.repeat(100)); return 1; }",
  );
  expect(megabytes).toMatchObject({ kind: "returned", text: "1" });
  expect(megabytes.kind === "returned" && megabytes.printed?.length).toBeLessThan(3000);
});

test("strips types and keeps what a method is called on", async () => {
  const source =
    "enum Size { Small = 1, Large }\nclass Dock { static free: number = 2;\nstatic fits(n: number): Size { return n as number > this.free ? Size.Large : Size.Small; } }";
  expect(await textOf(sandboxes, program("typescript", source, "Dock.fits"), ["3"])).toBe("2");
  expect(await runOne(sandboxes, program("typescript", "function f(a: ): number {"))).toMatchObject({ by: "program" });
});

test("calls share nothing, whatever a program does to the built-ins", async () => {
  const vandal =
    "let calls = 0; Array.prototype.push = () => 7; Object.prototype.x = 1; JSON.stringify = null; Map.prototype.forEach = null; globalThis.left = 1; function f(a) { return a.push(++calls); }";
  const honest = "let calls = 0; function f(a) { a.push(++calls); return [a, {}.x, typeof left, new Map([[1, 2]])]; }";
  const request = { programs: [js(vandal), js(honest)], inputs: [["[]"], ["[]"]] };
  const first = await sandboxes.run(request);
  expect(first[0]?.map((outcome) => outcome.kind === "returned" && outcome.text)).toEqual(["7", "7"]);
  for (const outcome of first[1] ?? [])
    expect(outcome).toMatchObject({ text: '[[1], undefined, "undefined", new Map([[1, 2]])]' });
  expect(await sandboxes.run(request)).toEqual(first);
});

test.each([
  "typeof process",
  "f.constructor('return typeof require')()",
  "(async () => {}).constructor('return import(\"node:fs\")')()",
  "Object.getOwnPropertyNames(globalThis).includes('postMessage')",
  "typeof std + typeof os + typeof scriptArgs",
  "Error.prepareStackTrace = (_, frames) => frames, typeof new Error('').stack",
  "typeof console.log.constructor('return this')().process",
])("reaches nothing of Node: %s", async (expression) => {
  const outcome = await run(`function f() { return ${expression}; }`);
  if (outcome.kind === "returned")
    expect(outcome.text).toMatch(/^(false|"undefined(undefined)*"|"string"|"object"|\[\])$/);
  else expect(outcome.kind === "threw" || outcome.by === "outside" || outcome.by === "value").toBe(true);
});

test("local time is UTC", async () => {
  expect(
    await value("[new Date(2024, 6, 1, 5).getTime(), new Date(0).getHours(), new Date(0).getTimezoneOffset()]"),
  ).toBe("[1719810000000, 0, 0]");
});

test("an order that a comparison leaves open is no answer", async () => {
  const sorted = (compare: string) =>
    run(`function f() { return [{ n: 2 }, { n: 1, m: 1 }, { n: 1 }].sort(${compare}).map(({ n }) => n); }`);
  expect(await sorted("(a, b) => a.n - b.n")).toMatchObject({ kind: "returned", text: "[1, 1, 2]" });
  for (const compare of ["(a, b) => (a.n < b.n ? -1 : 1)", "(a, b) => a.n - b.n || a.m - b.m || 1"])
    expect(await sorted(compare)).toMatchObject({ kind: "stopped", by: "outside" });
});

test("many calls of one program share nothing, and one that cannot be read keeps none from running", async () => {
  const source =
    "const seen = []; let calls = 0; function f(ship) { seen.push(ship); return [++calls, seen.length, ship.tons++]; }";
  const inputs = Array.from({ length: 60 }, (_, i) => [`{ tons: ${i} }`]);
  const [outcomes = []] = await sandboxes.run({ programs: [js(source)], inputs });
  expect(outcomes.map((outcome) => (outcome.kind === "returned" ? outcome.text : outcome.kind))).toEqual(
    inputs.map((_, i) => `[1, 1, ${i}]`),
  );
  const broken = [...inputs.slice(0, 30), ["{ tons: "], ...inputs.slice(30)];
  const [rest = []] = await sandboxes.run({ programs: [js(source)], inputs: broken });
  expect(rest[30]).toMatchObject({ kind: "stopped", by: "program" });
  expect(rest.filter((_, i) => i !== 30)).toEqual(outcomes);
});

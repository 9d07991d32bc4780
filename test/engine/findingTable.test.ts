import { expect, it } from "vitest";
import { isSameData } from "../../server/src/core/base/sameData";
import { newEngine, setFiles } from "../support/analysed";

const ignoring = (name: string, lines = 0) =>
  `package p\n${"\n".repeat(lines)}\n// fathom:ignore ${name} -- why\nfunc f() {}\n`;

it("keeps the list of a file in which nothing has changed, and has the others in order", async () => {
  const engine = newEngine();
  await setFiles(engine, { "a.go": ignoring("oracle-function"), "b.go": ignoring("nothing"), "c.go": "package p\n" });
  const before = engine.analysis();
  await setFiles(engine, { "b.go": ignoring("nothing", 3), "c.go": ignoring("nothing") });
  const after = engine.analysis();
  expect(after.findingsByPath.get("a.go")).toBe(before.findingsByPath.get("a.go"));
  expect(after.findingsByPath.get("b.go")).not.toEqual(before.findingsByPath.get("b.go"));
  expect(after.findings.map(({ path }) => path)).toEqual(["a.go", "b.go", "c.go"]);
  expect([...after.findingsByPath.values()].flat()).toEqual(after.findings);
  engine.removeFile("b.go");
  expect(engine.analysis().findings.map(({ path }) => path)).toEqual(["a.go", "c.go"]);
});

it("hands out the same findings when an edit changes none of them", async () => {
  const engine = newEngine();
  await setFiles(engine, { "a.go": ignoring("nothing") });
  const before = engine.analysis();
  await setFiles(engine, { "a.go": `${ignoring("nothing")}\nfunc g() {}\n` });
  expect(engine.analysis().findings).toBe(before.findings);
});

it("leaves out what is beyond the most that is shown of a file", async () => {
  const engine = newEngine({ maxFindingsPerFile: 1 });
  await setFiles(engine, { "a.go": `${ignoring("nothing")}\n// fathom:ignore other -- why\nfunc g() {}\n` });
  const { findings, capped } = engine.analysis();
  expect(findings).toHaveLength(1);
  expect([...capped]).toEqual([["a.go", 1]]);
});

it("tells plain data apart", () => {
  const data = { a: [1, { b: undefined }], c: "x" };
  expect(isSameData(data, structuredClone(data))).toBe(true);
  for (const other of [{ a: [1, { b: null }], c: "x" }, { a: [1], c: "x" }, { a: data.a }, { ...data, d: 1 }, [], null])
    expect(isSameData(data, other)).toBe(false);
  expect(isSameData([], {})).toBe(false);
  expect(isSameData({ a: undefined }, { b: undefined })).toBe(false);
});

import { expect, it } from "vitest";
import { grammarNames } from "../../server/src/core/syntax/grammars";
import { SyntaxParser } from "../../server/src/core/syntax/syntaxParser";
import { syntaxHost } from "../support/workspaces";

const limits = { maxNestingDepth: 400, parseTimeout: 5000 };

it.each(grammarNames)("%s loads with an ABI the runtime knows", async (name) => {
  const parser = await SyntaxParser.create(syntaxHost);
  const { abiVersion } = await parser.loadGrammar(name);
  expect(abiVersion).toBeGreaterThanOrEqual(14);
  expect(abiVersion).toBeLessThanOrEqual(15);
  expect(parser.parse(name, "", limits)?.hasErrors).toBe(false);
});

it("leaves out what is nested too deep, and says where", async () => {
  const parser = await SyntaxParser.create(syntaxHost);
  await parser.loadGrammar("tree-sitter-javascript");
  const text = `x = ${"[".repeat(3000)}1${"]".repeat(3000)};\nfunction f() {}\n`;
  const parsed = parser.parse("tree-sitter-javascript", text, limits);
  expect(parsed?.truncatedAt).toBeGreaterThan(4);
  expect(parsed?.root.children.map(({ kind }) => kind)).toContain("function_declaration");
});

it("gives up on a file that takes too long", async () => {
  let clock = 0;
  const parser = await SyntaxParser.create({ ...syntaxHost, now: () => (clock += 1000) });
  await parser.loadGrammar("tree-sitter-javascript");
  const long = "f(1);\n".repeat(200_000);
  expect(parser.parse("tree-sitter-javascript", long, { ...limits, parseTimeout: 1500 })).toBeUndefined();
  clock = 0;
  expect(parser.parse("tree-sitter-javascript", "f(1);", { ...limits, parseTimeout: 100_000 })?.hasErrors).toBe(false);
});

it("frees every tree", async () => {
  const parser = await SyntaxParser.create(syntaxHost);
  await parser.loadGrammar("tree-sitter-go");
  const text = `package p\n${"func f(a int) int { if a > 1 { return a }; return 2 }\n".repeat(2000)}`;
  const parseMany = (times: number) => {
    for (let i = 0; i < times; i++) parser.parse("tree-sitter-go", text, limits);
    return process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  };
  const before = parseMany(5);
  const after = parseMany(40);
  expect(after - before).toBeLessThan(20 * 1024 * 1024);
});

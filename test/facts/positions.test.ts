import { expect, it } from "vitest";
import { positionAt } from "../../server/src/core/base/text";
import type { LanguageId } from "../../server/src/core/model/facts";
import { lowerSource } from "./lowerSource";

/** LSP counts UTF-16 code units, and `\n`, `\r\n` and a lone `\r` end a line. */
it.each<[string, LanguageId, string, { line: number; character: number }]>([
  ["line feeds", "python", "x = 1\n\ndef f():\n  pass\n", { line: 2, character: 4 }],
  ["carriage return and line feed", "python", "x = 1\r\n\r\ndef f():\r\n  pass\r\n", { line: 2, character: 4 }],
  ["lone carriage returns", "javascript", "x = 1;\r\rfunction f() {}\r", { line: 2, character: 9 }],
  ["tabs", "go", "package p\n\n\t\tfunc f() {}\n", { line: 2, character: 7 }],
  ["astral characters before it", "typescript", 'const s = "🦭𝒳"; function f() {}', { line: 0, character: 27 }],
  ["astral characters in a comment", "java", "/* 🦭🦭 */ class C { void f() {} }", { line: 0, character: 26 }],
  [
    "a line of a million characters",
    "javascript",
    `x = "${"y".repeat(1_000_000)}"; function f() {}`,
    { line: 0, character: 1_000_017 },
  ],
])("finds a function's name behind %s", async (_, language, text, position) => {
  const facts = await lowerSource(language, text);
  const fn = facts.functions.find(({ name }) => name === "f");
  expect(fn && text.slice(fn.nameSpan.start, fn.nameSpan.end)).toBe("f");
  expect(fn && positionAt(facts.lineStarts, fn.nameSpan.start)).toEqual(position);
});

it.each<[LanguageId, string]>([
  ["go", "package p\nfunc a() int { return 1 }\nfunc broken() {\n\tif x {\n\nfunc z() int { return 2 }\n"],
  ["python", "def a():\n    return 1\n\ndef broken(:\n    x = (\n\ndef z():\n    return 2\n"],
  ["typescript", "export function a() { return 1; }\nfunction broken( { {{\n\nexport function z() { return 2; }\n"],
  ["javascript", "function a() { return 1; }\nfunction broken() { if (x {\n\nfunction z() { return 2; }\n"],
])("keeps what stands before and behind broken %s", async (language, text) => {
  const facts = await lowerSource(language, text);
  expect(facts.hasSyntaxErrors).toBe(true);
  expect(facts.functions.map(({ name }) => name)).toEqual(expect.arrayContaining(["a", "z"]));
});

import { expect, it } from "vitest";
import { TextHash, TextTable } from "../../server/src/core/syntax/textTable";
import { fc } from "../support/fastCheck";

it("gives each text one id, however many there are", () => {
  const words = Array.from({ length: 5000 }, (_, i) => `${"w".repeat(i % 20)}😀${i % 2500}`);
  const source = words.join("");
  const table = new TextTable(source);
  const ids = new Map<string, number>();
  let at = 0;
  for (const word of words) {
    const id = table.idOf(at, at + word.length);
    at += word.length;
    expect(table.texts[id]).toBe(word);
    expect(ids.get(word) ?? id).toBe(id);
    ids.set(word, id);
  }
  expect(table.texts.length).toBe(ids.size);
});

it("hashes a text the same wherever it stands, and hardly any two alike", () => {
  const hashOf = (text: string, start?: number, end?: number) => {
    const { high, low } = new TextHash().update(text, start, end);
    return `${high} ${low}`;
  };
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, text, after) => {
      expect(hashOf(before + text + after, before.length, before.length + text.length)).toBe(hashOf(text));
    }),
  );
  const hashes = new Set<string>();
  for (let i = 0; i < 200_000; i++) hashes.add(hashOf(i.toString(36)));
  expect(hashes.size).toBe(200_000);
});

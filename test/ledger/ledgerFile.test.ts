import { describe, expect, it } from "vitest";
import { formatEntry, lineHash, readEntry } from "../../server/src/core/ledger/entry";
import { ledgerPathOf, ledgerSourceOf, readLedgerFile } from "../../server/src/core/ledger/ledgerFile";
import { fc } from "../support/fastCheck";
import { ada, bo, day, explained, linesOf, waived } from "./lines";

const about = { symbol: "Shelf.lend", shapeHash: "0123456789abcdef0123456789abcdef" };
const line = formatEntry(explained(about, ada));
const path = ledgerPathOf("src/shelf.ts");

function read(text: string) {
  const { lines, notices } = readLedgerFile(path, text);
  return { kinds: lines.map(({ entry, line: at }) => `${at} ${entry.kind}`), notices };
}

describe("a ledger", () => {
  it("reads what it writes, for whatever people write", () => {
    const person = fc.record({
      name: fc
        .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
        .map((name) => name.replace(/[<>\r\n]/g, "").trim())
        .filter((name) => name !== ""),
      email: fc.emailAddress(),
    });
    const texts = fc.string({ minLength: 1, maxLength: 300, unit: "binary" }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(person, texts, fc.nat(100), fc.nat(50), (who, text, score, peeks) => {
        const entry = { ...explained(about, who, { text, peeks }), score };
        const written = formatEntry(entry as Parameters<typeof formatEntry>[0]);
        expect(written).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(readEntry(written)).toEqual({ kind: "entry", entry });
      }),
    );
  });

  it("refuses to write what it would not read", () => {
    expect(() => formatEntry(explained(about, { ...ada, email: "" }))).toThrow("`who`");
    expect(() => formatEntry(explained(about, ada, { text: "  " }))).toThrow("`text` is not a text");
    expect(() => formatEntry(explained(about, ada, { when: "2026-02-31T99:00:00Z" }))).toThrow("`when`");
  });

  it("tells damaged lines with file and line, and goes on behind them", () => {
    const damaged = [
      line.slice(0, 60),
      "<<<<<<< HEAD",
      "[]",
      '{"v":1,"kind":"guessed"}',
      line.replace(/"shapeHash":"\w+"/, '"shapeHash":"x"'),
      line.replace('"score":83', '"score":830'),
      line.replace(/"who":"[^"]*"/, '"who":"Ada"'),
      '{"__proto__":{"v":1},"kind":"explained"}',
    ];
    const { kinds, notices } = read([line, ...damaged, formatEntry(waived(about, bo))].join("\n"));
    expect(kinds).toEqual(["1 explained", "10 waived"]);
    expect(notices.map(({ path: at, line: number, message }) => `${at}:${number} ${message}`)).toEqual(
      [
        "2 This line of the ledger does not count: it is not valid JSON.",
        "3 This line of the ledger does not count: it is left over from a merge.",
        "4 This line of the ledger does not count: it is not a JSON object.",
        "5 This line of the ledger does not count: `kind` is none of explained, waived, peer-accepted, peer-asked, dependency-approved.",
        "6 This line of the ledger does not count: `shapeHash` does not have the form it must have.",
        "7 This line of the ledger does not count: `score` is not a whole number from 0 to 100.",
        "8 This line of the ledger does not count: `who` does not have the form it must have.",
        "9 This line of the ledger does not count: `v` is not a version.",
      ].map((text) => `${path}:${text}`),
    );
  });

  it("tells lines of a newer Fathom, and takes keys it does not know for nothing", () => {
    const newer = '{"v":2,"kind":"sung","who":"Ada"}';
    const richer = line.replace('"v":1', '"v":1,"mood":"good"');
    const { kinds, notices } = read(`${newer}\n${richer}\n`);
    expect(kinds).toEqual(["2 explained"]);
    expect(notices[0]).toMatchObject({ line: 1, message: expect.stringContaining("from a newer Fathom (version 2)") });
  });

  it("says once of lines whose shapes are of another kind that they do not count", () => {
    const lines = [explained(about, ada), explained(about, ada, { text: "Better said." })].map(formatEntry);
    const approved = formatEntry({ kind: "dependency-approved", who: ada, when: day(3), dependency: "left-pad" });
    const { lines: read, notices } = readLedgerFile(path, [...lines, approved].join("\n"), 2);
    expect(read.map(({ entry }) => entry.kind)).toEqual(["dependency-approved"]);
    expect(notices).toEqual([
      { severity: "warning", path, message: expect.stringMatching(/^2 lines of the ledger are from an older Fathom/) },
    ]);
  });

  it("counts a line that a merge has doubled once, whatever ends it", () => {
    const { kinds, notices } = read(`${line}\r\n\r\n${line}\n  ${line}`);
    expect([kinds, notices]).toEqual([["1 explained"], []]);
    expect(lineHash(`${line}\r`)).toBe(lineHash(line));
  });

  it("tells no more than twenty lines of one file, and reads no endless ones", { timeout: 5000 }, () => {
    const { notices } = read(Array.from({ length: 300 }, (_, i) => `{${i}`).join("\n"));
    expect([notices.length, notices.at(-1)?.message]).toEqual([21, "280 more lines of the ledger do not count."]);
    const long = read(`${line}\n${"[".repeat(3_000_000)}\n{"v":1,"kind":"explained","who":"${"a <".repeat(20_000)}"}`);
    expect(long.kinds).toEqual(["1 explained"]);
    expect(long.notices).toHaveLength(2);
  });

  it("belongs to a source file", () => {
    expect(path).toBe(".fathom/ledger/src/shelf.ts.jsonl");
    expect(ledgerSourceOf(path)).toBe("src/shelf.ts");
    for (const other of ["src/shelf.ts", ".fathom/rules.yaml", ".fathom/ledger/.jsonl", "a/.fathom/ledger/b.py.jsonl"])
      expect(ledgerSourceOf(other)).toBeUndefined();
    expect(linesOf("a.py", [explained(about, ada)])[0]).toMatchObject({ source: "a.py", line: 1 });
  });
});

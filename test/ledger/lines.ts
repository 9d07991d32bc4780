import { formatEntry, type LedgerEntry } from "../../server/src/core/ledger/entry";
import { type LedgerLine, ledgerPathOf, readLedgerFile } from "../../server/src/core/ledger/ledgerFile";
import type { Person } from "../../server/src/core/model/signOff";

export const ada: Person = { name: "Ada Lund", email: "ada@library.example" };
export const bo: Person = { name: "Bo Ek", email: "bo@library.example" };
export const cy: Person = { name: "Cy Dahl", email: "cy@library.example" };

type About = { symbol: string; shapeHash: string };

/** A day of March 2026. */
export function day(number: number): string {
  return `2026-03-${String(number).padStart(2, "0")}T09:30:00Z`;
}

export function explained(
  { symbol, shapeHash }: About,
  who: Person,
  more: { when?: string; peeks?: number; graded?: "questions" | "model" | "rebuild"; text?: string } = {},
): LedgerEntry {
  const { when = day(3), peeks = 0, graded = "questions", text = "Keeps the newest loan of each book." } = more;
  return { kind: "explained", who, when, symbol, shapeHash, graded, score: 83, peeks, text };
}

export function waived({ symbol, shapeHash }: About, who: Person, when = day(3)): LedgerEntry {
  return { kind: "waived", who, when, symbol, shapeHash, reason: "Goes with the old catalogue in May." };
}

export function accepted(line: LedgerLine, who: Person, when = day(5)): LedgerEntry {
  const { symbol, shapeHash } = line.entry as unknown as About;
  return { kind: "peer-accepted", who, when, symbol, shapeHash, entry: line.hash };
}

export function asked(line: LedgerLine, who: Person, text: string, when = day(4)): LedgerEntry {
  const { symbol, shapeHash } = line.entry as unknown as About;
  return { kind: "peer-asked", who, when, symbol, shapeHash, entry: line.hash, text };
}

/** Entries as lines of the ledger of a source file. */
export function linesOf(source: string, entries: readonly LedgerEntry[]): LedgerLine[] {
  return readLedgerFile(ledgerPathOf(source), entries.map(formatEntry).join("\n")).lines;
}

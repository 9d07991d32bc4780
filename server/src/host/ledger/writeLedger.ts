import { InputError } from "../../core/base/errors";
import { formatEntry, type LedgerEntry, lineHash, maxLineLength } from "../../core/ledger/entry";
import { ledgerPathOf, maxLedgerBytes } from "../../core/ledger/ledgerFile";
import { readSource } from "../readSource";
import { appendLine } from "./appendLine";

/** Where a line was written, so that it can be shown, or taken out again before it is committed. */
export interface WrittenLine {
  /** The ledger, relative to the workspace. */
  path: string;
  /** 1-based. */
  line: number;
  /** Without its end. */
  text: string;
  hash: string;
  /** `.gitattributes`, when it was told how to merge ledgers. */
  alsoWritten?: string;
}

const attributesPath = ".gitattributes";
/** `**` also stands for no folder at all. */
const attributesLine = ".fathom/ledger/**/*.jsonl merge=union";
const maxAttributesBytes = 1024 * 1024;

/**
 * Adds an entry to the ledger of a source file.
 *
 * @param source path of the file it is about, relative to `root`
 * @throws InputError when it cannot be written, or not read again, in words for the user
 */
export function writeEntry(root: string, source: string, entry: LedgerEntry): WrittenLine {
  const text = textOf(entry);
  const path = ledgerPathOf(source);
  appendLine(root, path, text, maxLedgerBytes - maxLineLength);
  const isTold = tellGitToMerge(root);
  return {
    path,
    line: lineOf(root, path, text),
    text,
    hash: lineHash(text),
    ...(isTold && { alsoWritten: attributesPath }),
  };
}

function textOf(entry: LedgerEntry): string {
  let text: string;
  try {
    text = formatEntry(entry);
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`This cannot be written into the ledger: ${error.message}.`);
    throw error;
  }
  if (text.length > maxLineLength) throw new InputError("This is too long for a line of the ledger.");
  return text;
}

/** Two branches that both add lines keep both. @returns whether git had to be told */
function tellGitToMerge(root: string): boolean {
  const read = readSource(root, attributesPath, { maxFileBytes: maxAttributesBytes });
  // Somebody may have decided on another way to merge ledgers.
  if (read.kind === "source" && /^[ \t]*\/?\.fathom\/ledger\/\S*[ \t].*\bmerge\b/m.test(read.text)) return false;
  try {
    appendLine(root, attributesPath, attributesLine, maxAttributesBytes);
    return true;
  } catch (error) {
    // The sign-off itself is written.
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Others may have added lines behind it meanwhile. */
function lineOf(root: string, path: string, text: string): number {
  const read = readSource(root, path, { maxFileBytes: 2 * maxLedgerBytes });
  const lines = read.kind === "source" ? read.text.split("\n") : [];
  return lines.lastIndexOf(text) + 1;
}

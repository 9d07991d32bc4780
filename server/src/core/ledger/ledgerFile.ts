import type { Notice } from "../base/notice";
import { comparableSince, type LedgerEntry, lineHash, maxLineLength, readEntry } from "./entry";

/** Where the team's sign-offs are, relative to the workspace. */
export const ledgerFolder = ".fathom/ledger";

const extension = ".jsonl";

/** Larger ledgers of one source file are not read; in bytes. */
export const maxLedgerBytes = 8 * 1024 * 1024;

/** Of the lines of one file that cannot be used, so many are told one by one. */
const maxTold = 20;

/** A line of a ledger with its place. */
export interface LedgerLine<Entry extends LedgerEntry = LedgerEntry> {
  entry: Entry;
  /** `lineHash` of the line. */
  hash: string;
  /** The ledger file, and the file it is the ledger of; relative to the workspace. */
  path: string;
  source: string;
  /** 1-based. */
  line: number;
}

/** The ledger of a source file. */
export function ledgerPathOf(source: string): string {
  return `${ledgerFolder}/${source}${extension}`;
}

/** The file a ledger belongs to; `undefined` for what is no ledger. */
export function ledgerSourceOf(path: string): string | undefined {
  const isLedger = path.startsWith(`${ledgerFolder}/`) && path.endsWith(extension);
  const source = path.slice(ledgerFolder.length + 1, -extension.length);
  return isLedger && source !== "" ? source : undefined;
}

/**
 * Reads one ledger. A line that is damaged or from a newer Fathom gets a notice, is left out and stays in the file;
 * one that a merge has doubled counts once. Linear in the text.
 *
 * @param since the first version of the format whose shape hashes can be compared
 */
export function readLedgerFile(
  path: string,
  text: string,
  since = comparableSince,
): { lines: LedgerLine[]; notices: Notice[] } {
  const source = ledgerSourceOf(path) ?? path;
  const lines: LedgerLine[] = [];
  const notices: Notice[] = [];
  const seen = new Set<string>();
  let leftOut = 0;
  let incomparable = 0;
  const warn = (line: number, message: string) => {
    if (++leftOut <= maxTold) notices.push({ severity: "warning", path, line, message });
  };
  text.split("\n").forEach((written, index) => {
    const line = index + 1;
    const trimmed = written.trim();
    if (trimmed === "") return;
    if (trimmed.length > maxLineLength) {
      warn(line, `This line of the ledger is not read: it is longer than ${maxLineLength} characters.`);
      return;
    }
    const hash = lineHash(trimmed);
    if (seen.has(hash)) return;
    seen.add(hash);
    const read = readEntry(trimmed, since);
    if (read.kind === "entry") lines.push({ entry: read.entry, hash, path, source, line });
    else if (read.kind === "incomparable") incomparable++;
    else if (read.kind === "damaged") warn(line, `This line of the ledger does not count: ${read.problem}.`);
    else
      warn(line, `This line of the ledger is from a newer Fathom (version ${read.version}) and does not count here.`);
  });
  if (leftOut > maxTold) {
    notices.push({ severity: "warning", path, message: `${leftOut - maxTold} more lines of the ledger do not count.` });
  }
  if (incomparable > 0) {
    const message = `${incomparable === 1 ? "1 line of the ledger is" : `${incomparable} lines of the ledger are`} from an older Fathom, which compared functions in another way. Whether they have changed since is not known, so it does not count: sign off again.`;
    notices.push({ severity: "warning", path, message });
  }
  return { lines, notices };
}

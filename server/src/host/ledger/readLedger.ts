import { type Dirent, lstatSync, readdirSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Notice } from "../../core/base/notice";
import {
  type LedgerLine,
  ledgerFolder,
  ledgerSourceOf,
  maxLedgerBytes,
  readLedgerFile,
} from "../../core/ledger/ledgerFile";
import { readSource } from "../readSource";

const maxFiles = 50_000;
const maxDepth = 100;
/** Of all ledgers together. */
const maxBytes = 256 * 1024 * 1024;

/** What one ledger says. */
export interface LedgerFile {
  lines: readonly LedgerLine[];
  notices: readonly Notice[];
}

/**
 * Lists the ledgers of a workspace, whatever git ignores: a sign-off that was written counts. Links are not followed,
 * except for the folder itself as long as it stays in the workspace.
 */
export function listLedgerFiles(root: string): { paths: string[]; notices: Notice[] } {
  const notices: Notice[] = [];
  const top = join(root, ledgerFolder);
  const leads = linkOutOf(root, top);
  if (leads !== undefined) return { paths: [], notices: [warning(leads)] };
  const paths: string[] = [];
  let entriesSeen = 0;
  const visit = (folder: string, depth: number): void => {
    if (depth > maxDepth) {
      notices.push({ ...warning(`Ledgers nested more than ${maxDepth} deep are not read.`), path: folder });
      return;
    }
    for (const entry of entriesOf(join(root, folder))) {
      if (++entriesSeen > maxFiles) return;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path, depth + 1);
      else if (entry.isFile() && ledgerSourceOf(path) !== undefined) paths.push(path);
    }
  };
  visit(ledgerFolder, 0);
  if (entriesSeen > maxFiles) notices.push(warning(`Only the first ${maxFiles} ledgers are read.`));
  return { paths, notices };
}

/** Reads one ledger; `undefined` when it is gone. */
export function readLedger(root: string, path: string): LedgerFile | undefined {
  const file = join(root, path);
  if (linkOutOf(root, file) !== undefined || !lstatSync(file, { throwIfNoEntry: false })) return undefined;
  const read = readSource(root, path, { maxFileBytes: maxLedgerBytes });
  if (read.kind === "notice") {
    const message = `The ledger does not count. ${read.notice.message}`;
    return { lines: [], notices: [{ ...read.notice, severity: "warning", message }] };
  }
  const { lines, notices } = readLedgerFile(path, read.text);
  return { lines, notices: [...(read.notice ? [read.notice] : []), ...notices] };
}

/** Reads every ledger of a workspace, by path. */
export function readLedgers(root: string): { files: Map<string, LedgerFile>; notices: Notice[] } {
  const { paths, notices } = listLedgerFiles(root);
  const files = new Map<string, LedgerFile>();
  let bytes = 0;
  for (const path of paths) {
    bytes += lstatSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > maxBytes) {
      notices.push({ ...warning(`Ledgers beyond ${maxBytes} bytes together are not read.`), path });
      break;
    }
    const file = readLedger(root, path);
    if (file) files.set(path, file);
  }
  return { files, notices };
}

/** Why a place in the workspace must not be used: a link leads out of the workspace. */
export function linkOutOf(root: string, place: string): string | undefined {
  const realRoot = realpathSync.native(root);
  for (let at = place; at !== root && at.startsWith(root); at = join(at, "..")) {
    if (!isLink(at)) continue;
    const shown = relative(root, at).split(sep).join("/");
    try {
      const inside = relative(realRoot, realpathSync.native(at));
      if (inside === "" || (inside !== ".." && !inside.startsWith(`..${sep}`) && !/^(?:[A-Za-z]:|[\\/])/.test(inside)))
        continue;
      return `The ledger is neither read nor written: ${shown} is a link out of the workspace.`;
    } catch {
      return `The ledger is neither read nor written: ${shown} is a link that leads nowhere.`;
    }
  }
  return undefined;
}

function isLink(place: string): boolean {
  try {
    return lstatSync(place).isSymbolicLink();
  } catch {
    // What is not there leads nowhere.
    return false;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function warning(message: string): Notice {
  return { severity: "warning", path: ledgerFolder, message };
}

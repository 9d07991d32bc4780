import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import type { Notice } from "../../core/base/notice";
import { lineHash } from "../../core/ledger/entry";
import { type LedgerLine, ledgerFolder, ledgerSourceOf, readLedgerFile } from "../../core/ledger/ledgerFile";
import type { Authorship } from "../../core/ledger/problems";
import { filesAt } from "../history/filesAt";
import { runGit } from "../history/git";

const limits = { timeout: 60_000, maxBytes: 256 * 1024 * 1024 };

/** What a change does to the ledger. */
export interface AddedLines {
  /** The ledger before it. */
  before: readonly LedgerLine[];
  /** Who brought in each line that was not there before, by hash. */
  authorship: ReadonlyMap<string, Authorship>;
  notices: readonly Notice[];
}

/**
 * Looks up who committed the lines that are in the working tree's ledger and not in that of `base`.
 *
 * @param base a commit
 * @throws CancelledError
 */
export async function readAddedLines(
  root: string,
  base: string,
  lines: readonly LedgerLine[],
  cancellation: Cancellation,
): Promise<AddedLines> {
  const before = await linesAt(root, base, cancellation);
  const known = new Set(before?.map(({ hash }) => hash));
  const added = lines.filter(({ hash }) => !known.has(hash));
  if (added.length === 0) return { before: before ?? [], authorship: new Map(), notices: [] };
  const commits = before && (await commitsAdding(root, base, cancellation));
  const committed = new Set((await linesAt(root, "HEAD", cancellation))?.map(({ hash }) => hash));
  const authorship = new Map(
    added.map(({ hash }): [string, Authorship] => {
      const found = commits?.get(hash);
      if (found) return [hash, found];
      return [hash, { kind: before && !committed.has(hash) ? "uncommitted" : "unknown" }];
    }),
  );
  const unknown = [...authorship.values()].filter(({ kind }) => kind === "unknown").length;
  return { before: before ?? [], authorship, notices: unknown > 0 ? [unverified(unknown)] : [] };
}

function unverified(count: number): Notice {
  const lines = count === 1 ? "1 new line of the ledger was" : `${count} new lines of the ledger were`;
  const message = `${lines} not compared with who committed them: this clone lacks the commits. Fetch the whole history (fetch-depth: 0).`;
  return { severity: "warning", path: ledgerFolder, message };
}

async function linesAt(root: string, revision: string, cancellation: Cancellation): Promise<LedgerLine[] | undefined> {
  const texts = await filesAt(root, revision, (path) => ledgerSourceOf(path) !== undefined, cancellation);
  return texts && [...texts].flatMap(([path, text]) => readLedgerFile(path, text).lines);
}

/** Which commit since `base` added a line first; of one where a shallow clone ends, nobody can tell. */
async function commitsAdding(
  root: string,
  base: string,
  cancellation: Cancellation,
): Promise<Map<string, Authorship> | undefined> {
  const shallow = await git(root, ["rev-parse", "--is-shallow-repository"], cancellation);
  const format = "--format=%x00%H%x00%P%x00%an%x00%ae%x00";
  const patches = ["-p", "-m", "-U0", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames"];
  const range = [`${base}..HEAD`, "--", ledgerFolder];
  const log = await git(root, ["log", "--topo-order", "--reverse", ...patches, format, ...range], cancellation);
  if (log === undefined) return undefined;
  const commits = new Map<string, Authorship>();
  const parts = log.split("\0");
  for (let i = 1; i + 4 < parts.length; i += 5) {
    const [commit, parents, name, email, patch] = parts.slice(i, i + 5) as [string, string, string, string, string];
    const isEnd = parents === "" && shallow?.trim() !== "false";
    const author: Authorship = isEnd ? { kind: "unknown" } : { kind: "committed", by: { name, email }, commit };
    for (const line of patch.split("\n")) {
      // A line of a ledger is an object; the head of a patch begins with `+++`.
      if (!line.startsWith("+") || line.startsWith("+++ ")) continue;
      const hash = lineHash(line.slice(1));
      if (!commits.has(hash)) commits.set(hash, author);
    }
  }
  return commits;
}

async function git(root: string, args: readonly string[], cancellation: Cancellation): Promise<string | undefined> {
  const { end, output } = await runGit(root, args, { cancellation, ...limits });
  if (end === "cancelled") throw new CancelledError();
  return end === "done" ? output.toString("utf8") : undefined;
}

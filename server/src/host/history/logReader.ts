import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import { agentOf, isBot, isFixCommit } from "../../core/history/commitKind";
import { type GitAiNote, parseGitAiNote } from "../../core/history/gitAiNote";
import type { FileChange, HistoryLog, LoggedCommit } from "../../core/history/historyLog";
import type { Hunks } from "../../core/history/lineMap";
import type { HistoryLimit } from "../../core/model/functionHistory";
import { type GitEnd, type GitResult, runGit } from "./git";
import { LogStream, logFormat, type RawCommit } from "./logStream";

export interface HistoryLimits {
  /** Commits read, newest first. */
  maxCommits: number;
  /** Milliseconds that one git process may take. */
  timeout: number;
}

export const defaultHistoryLimits: HistoryLimits = { maxCommits: 5000, timeout: 60_000 };

/** The commit a history is read from, and what else of the repository it follows from. */
export interface Place {
  head: string;
  /** From the repository's top to the folder: empty or ending in `/`. */
  prefix: string;
  isShallow: boolean;
  /** Digest of where a shallow clone ends; empty for a whole one. */
  boundary: string;
  /** The newest commit of git-ai's notes; empty when there are none. */
  notes: string;
}

/** Where git-ai keeps its notes. */
export const notesRef = "refs/notes/ai";

/** What Fathom reads. The rest of a repository only costs time. */
const sourcePatterns = "go py pyi pyw js jsx mjs cjs ts mts cts tsx java"
  .split(" ")
  .map((extension) => `:(icase)*.${extension}`);

/** Numbers kept for hunks at most, 8 bytes each. */
const maxNumbers = 8_000_000;

/** Reads the log of one place with git. Use once. */
export class LogReader {
  private readonly commits: LoggedCommit[] = [];
  private readonly paths = new Map<string, string>();
  private numbers = 0;
  /** What git said when it last failed. */
  complaint = "";

  constructor(
    private readonly folder: string,
    private readonly place: Place,
    private readonly limits: HistoryLimits,
    private readonly cancellation: Cancellation,
  ) {}

  /** @param base an older log of the same folder, whose commits are not read again */
  async read(base: HistoryLog | undefined): Promise<HistoryLog | undefined> {
    const range = [this.place.head, ...(base ? [`^${base.head}`] : [])];
    const count = this.limits.maxCommits;
    // By date, so that a limit leaves out the oldest; never a parent before its children.
    const listed = await this.run(["rev-list", "--date-order", `--max-count=${count + 1}`, ...range]);
    if (listed.end !== "done") return undefined;
    const all = listed.output.toString("latin1").split("\n").filter(Boolean);
    const ids = all.slice(0, count);
    const merged = await this.mergedPaths(range);
    const end = merged && (await this.readChanges(ids, this.place.notes !== "", merged));
    if (end !== "done" && end !== "time" && end !== "size" && this.commits.length === 0) return undefined;
    let truncated: HistoryLimit | undefined = all.length > count ? "commits" : undefined;
    if (end !== "done") {
      // The last one may have come in part. A content that is not here ends git, as in a partial clone.
      this.commits.pop();
      truncated = end === "time" || end === "size" ? end : "objects";
    }
    const commits = this.place.isShallow ? this.commits.filter(({ parents }) => parents.length > 0) : this.commits;
    if (commits.length < this.commits.length) truncated ??= "shallow";
    const older = truncated || !base ? [] : base.commits.slice(0, count - commits.length);
    if (base && older.length < base.commits.length) truncated ??= "commits";
    truncated ??= base?.truncated;
    return { head: this.place.head, commits: [...commits, ...older], ...(truncated && { truncated }) };
  }

  /** Paths that differ from the first parent, by merge. */
  private async mergedPaths(range: readonly string[]): Promise<Map<string, string[]> | undefined> {
    const merges = await this.run(["rev-list", "--merges", `--max-count=${this.limits.maxCommits}`, ...range]);
    if (merges.end !== "done") return undefined;
    const { end, output } = await this.run(
      ["diff-tree", "--stdin", "-r", "--diff-merges=first-parent", "--name-only", "-z", "--no-renames"].concat(
        "--format=%x00%H",
        "--",
        ...sourcePatterns,
      ),
      { input: merges.output.toString("latin1"), maxBytes: 1 << 28 },
    );
    if (end !== "done") return undefined;
    const paths = new Map<string, string[]>();
    let current: string[] = [];
    for (const token of output.toString("utf8").split("\0")) {
      if (/^[0-9a-f]{40,64}$/.test(token)) {
        current = [];
        paths.set(token, current);
      } else if (token.trim() !== "")
        current.push(this.interned(current.length === 0 ? token.replace(/^\n/, "") : token));
    }
    return paths;
  }

  private async readChanges(
    ids: readonly string[],
    withNotes: boolean,
    merged: Map<string, string[]>,
  ): Promise<GitEnd> {
    const stream = new LogStream((raw) => this.add(raw, merged));
    let isFull = false;
    const { end } = await this.run(
      [
        "diff-tree",
        "--stdin",
        "--root",
        "--always",
        "-r",
        "-c",
        "--combined-all-paths",
        "-p",
        "-U0",
        "-w",
        "-M",
        "-l1000",
      ]
        .concat("--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/")
        .concat(withNotes ? [`--notes=${notesRef}`] : [], logFormat(withNotes), "--", sourcePatterns),
      {
        input: ids.map((id) => `${id}\n`).join(""),
        onOutput: (chunk) => {
          isFull ||= this.numbers > maxNumbers;
          if (!isFull) stream.push(chunk);
        },
      },
    );
    stream.end();
    if (isFull) return "size";
    return end === "done" && this.commits.length < ids.length ? "failed" : end;
  }

  private add(raw: RawCommit, merged: Map<string, string[]>): void {
    const note = raw.note.trim() === "" ? undefined : parseGitAiNote(raw.note);
    const agent = note?.agent ?? agentOf(raw);
    const mergedPaths = merged.get(raw.id);
    this.commits.push({
      id: raw.id,
      parents: raw.parents,
      time: raw.time,
      date: raw.date,
      author: shown(raw.authorName),
      email: raw.authorEmail.slice(0, 200).toLowerCase(),
      ...(agent && { agent }),
      ...(isBot(raw) && { isBot: true }),
      ...(isFixCommit(raw.message) && { isFix: true }),
      added: raw.added,
      changes: raw.changes.map((change) => this.changeOf(change, note)),
      ...(mergedPaths && { mergedPaths }),
    });
  }

  private changeOf({ path, parents, isOpaque }: RawCommit["changes"][number], note: GitAiNote | undefined): FileChange {
    for (const { hunks } of parents) this.numbers += hunks.length;
    return {
      path: this.interned(path),
      parents: parents.map((parent) => ({
        path: parent.path === null ? null : this.interned(parent.path),
        hunks: parent.hunks as Hunks,
      })),
      ...(note && { agentLines: note.lines.get(path) ?? [] }),
      ...(isOpaque && { isOpaque }),
    };
  }

  /** The same few thousand paths come again in thousands of commits. */
  private interned(path: string): string {
    const known = this.paths.get(path);
    if (known !== undefined) return known;
    this.paths.set(path, path);
    return path;
  }

  private async run(
    args: readonly string[],
    more: { input?: string; maxBytes?: number; onOutput?(chunk: Buffer): void } = {},
  ): Promise<GitResult> {
    const options = { cancellation: this.cancellation, timeout: this.limits.timeout, ...more };
    const result = await runGit(this.folder, args, options);
    if (result.end === "cancelled") throw new CancelledError();
    if (result.end !== "done") this.complaint = result.complaint;
    return result;
  }
}

/** Names stand in messages: one line, no longer than a line. */
export function shown(name: string, length = 60): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
}

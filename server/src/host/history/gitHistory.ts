import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { type Cancellation, CancelledError, throwIfCancelled } from "../../core/base/cancellation";
import type { Notice } from "../../core/base/notice";
import type { HistoryLog } from "../../core/history/historyLog";
import { diffLines } from "../../core/history/lineDiff";
import { renamesIn } from "../../core/history/renames";
import { type TrackedFile, type TrackedFunction, trackHistory } from "../../core/history/trackHistory";
import type { HistoryLimit, WorkspaceHistory } from "../../core/model/functionHistory";
import { BlobStream } from "./blobStream";
import { type GitResult, runGit } from "./git";
import { defaultHistoryLimits, type HistoryLimits, LogReader, notesRef, type Place } from "./logReader";

/** Where a log is kept between sessions. Contents that cannot be used are ignored. */
export interface HistoryCache {
  read(key: string): Promise<Buffer | undefined>;
  write(key: string, value: Buffer): Promise<void>;
}

export interface HistoryOptions {
  cache?: HistoryCache;
  limits?: HistoryLimits;
  /** The commit the history is read from; `HEAD` when absent. */
  revision?: string;
}

/** A file as it was analysed. */
export interface HistoryFile {
  /** Path in the workspace, with `/` separators. */
  path: string;
  functions: readonly TrackedFunction[];
}

export interface HistoryResult {
  /** Absent where there is no history: no git, no repository, no commit. */
  history?: WorkspaceHistory;
  notices: Notice[];
}

/** Raised when the log or what is read from it changes its form. */
const logVersion = 2;

/**
 * The history of one folder, read with git in one pass over at most `maxCommits` commits and kept until the newest
 * commit is another one; then only the new ones are read. Never throws for what a repository holds.
 */
export class GitHistory {
  private readonly limits: HistoryLimits;
  private log: KeptLog | undefined;

  constructor(
    private readonly folder: string,
    private readonly options: HistoryOptions = {},
  ) {
    this.limits = options.limits ?? defaultHistoryLimits;
  }

  /**
   * @param textOf the text the functions were found in, `undefined` when it is gone
   * @throws CancelledError
   */
  async read(
    files: readonly HistoryFile[],
    textOf: (path: string) => Promise<string | undefined>,
    cancellation: Cancellation,
  ): Promise<HistoryResult> {
    const place = await this.locate(cancellation);
    if ("notices" in place) return place;
    const log = await this.logOf(place, cancellation);
    if ("notices" in log) return log;
    const tracked = await this.trackedFiles(place, files, textOf, cancellation);
    const pause = async () => {
      await setImmediate();
      throwIfCancelled(cancellation);
    };
    const text = log.truncated && truncationText[log.truncated];
    const history = await trackHistory(log, tracked, pause);
    return { history: { ...history, renames: renamesIn(log, place.prefix) }, notices: text ? [info(text)] : [] };
  }

  /**
   * Of what a history follows from beside the files: the newest commit, where the clone ends, notes on commits.
   * Absent where there is no history, for which there may be a notice.
   *
   * @throws CancelledError
   */
  async state(cancellation: Cancellation): Promise<{ state?: string; notices: Notice[] }> {
    const place = await this.locate(cancellation);
    if ("notices" in place) return place;
    return { state: [place.head, place.boundary, place.notes].join(" "), notices: [] };
  }

  private async locate(cancellation: Cancellation): Promise<Place | HistoryResult> {
    const revision = this.options.revision ?? "HEAD";
    const [where, commit, notes] = await Promise.all([
      this.git(["rev-parse", "--is-shallow-repository", "--show-prefix"], cancellation),
      this.git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], cancellation),
      this.git(["rev-parse", "--verify", "--quiet", notesRef], cancellation),
    ]);
    if (where.end === "missing") return { notices: [info("Git is not installed: there is no history of functions.")] };
    if (where.end !== "done") return { notices: this.noticesOn(where) };
    const [shallow, ...prefix] = where.output.toString("utf8").replace(/\n$/, "").split("\n");
    const head = commit.output.toString("latin1").trim();
    if (commit.end !== "done" || !/^[0-9a-f]{40,64}$/.test(head)) return this.withoutCommit(revision, cancellation);
    const isShallow = shallow === "true";
    return {
      head,
      prefix: prefix.join("\n"),
      isShallow,
      boundary: isShallow ? await this.boundary(cancellation) : "",
      notes: notes.output.toString("latin1").trim(),
    };
  }

  private async boundary(cancellation: Cancellation): Promise<string> {
    const { output } = await this.git(["rev-parse", "--git-path", "shallow"], cancellation);
    return digestOfFile(resolve(this.folder, output.toString("utf8").replace(/\n$/, "")));
  }

  /** Nothing to say of a repository that has no commit yet. */
  private async withoutCommit(revision: string, cancellation: Cancellation): Promise<HistoryResult> {
    const named = await this.git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision], cancellation);
    return { notices: named.end === "done" ? [unusable("its newest commit is missing")] : [] };
  }

  private noticesOn({ end, complaint }: GitResult): Notice[] {
    if (complaint.startsWith("detected dubious ownership")) return [unusable(notOurs)];
    if (complaint.startsWith("not a git repository (")) {
      return existsSync(join(this.folder, ".git")) ? [unusable("its .git is damaged or empty")] : [];
    }
    return [unusable(complaint || (end === "time" ? "git took too long" : "git failed without a reason"))];
  }

  private async logOf(place: Place, cancellation: Cancellation): Promise<HistoryLog | HistoryResult> {
    const key = this.cacheKey(place);
    const known = this.log ?? (await this.cached(key));
    const base = known && (await this.isUsable(known, place, cancellation)) ? known : undefined;
    this.log = base;
    if (base?.head === place.head) return base;
    const reader = new LogReader(this.folder, place, this.limits, cancellation);
    const log = await reader.read(base);
    if (!log) return { notices: [unusable(reader.complaint || "git could not list its commits")] };
    this.log = { ...log, boundary: place.boundary, notes: place.notes };
    // What a time limit cut off is read again the next time.
    if (log.truncated !== "time") await this.store(key, this.log);
    return log;
  }

  /** Whether what an earlier log says of its commits still holds: the clone may have been deepened, notes written. */
  private async isUsable(log: KeptLog, place: Place, cancellation: Cancellation): Promise<boolean> {
    if (log.boundary !== place.boundary) return false;
    if (log.head !== place.head && !(await this.isAncestor(log.head, place.head, cancellation))) return false;
    return log.notes === place.notes || !(await this.hasNewNotes(log, place, cancellation));
  }

  private async hasNewNotes(log: KeptLog, place: Place, cancellation: Cancellation): Promise<boolean> {
    if (log.notes === "" || place.notes === "") return true;
    const args = ["diff-tree", "-r", "--name-only", "-z", "--no-renames", "--end-of-options", log.notes, place.notes];
    const { end, output } = await this.git(args, cancellation);
    if (end !== "done") return true;
    const known = new Set(log.commits.map(({ id }) => id));
    // Notes lie in folders named by the first digits, as many as git finds useful.
    return output
      .toString("latin1")
      .split("\0")
      .some((path) => known.has(path.replaceAll("/", "")));
  }

  private async cached(key: string): Promise<KeptLog | undefined> {
    try {
      const bytes = await this.options.cache?.read(key);
      if (!bytes) return undefined;
      const log = JSON.parse((await promisify(gunzip)(bytes, { maxOutputLength: 1 << 29 })).toString("utf8"));
      return log.version === logVersion && typeof log.head === "string" && Array.isArray(log.commits) ? log : undefined;
    } catch {
      return undefined;
    }
  }

  private async store(key: string, log: KeptLog): Promise<void> {
    if (!this.options.cache) return;
    try {
      await this.options.cache.write(key, await promisify(gzip)(JSON.stringify({ version: logVersion, ...log })));
    } catch {
      // A cache that cannot be written is no loss but time.
    }
  }

  /** One entry a folder: the newest log replaces the one it was made from. */
  private cacheKey({ prefix }: Place): string {
    const text = JSON.stringify([logVersion, this.folder, prefix, this.limits.maxCommits, this.options.revision ?? ""]);
    return `history-${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
  }

  private async isAncestor(older: string, newer: string, cancellation: Cancellation): Promise<boolean> {
    return (await this.git(["merge-base", "--is-ancestor", older, newer], cancellation)).end === "done";
  }

  private async trackedFiles(
    { head, prefix }: Place,
    files: readonly HistoryFile[],
    textOf: (path: string) => Promise<string | undefined>,
    cancellation: Cancellation,
  ): Promise<TrackedFile[]> {
    const blobs = await this.blobsOf(head, prefix, cancellation);
    const tracked: TrackedFile[] = [];
    const changed: { file: TrackedFile; blob: string; text: string }[] = [];
    for (const { path, functions } of files) {
      const blob = blobs.get(prefix + path);
      const file: TrackedFile = { path, functions, committedPath: blob && prefix + path, uncommitted: [] };
      tracked.push(file);
      const text = blob === undefined ? undefined : await textOf(path);
      if (blob === undefined || text === undefined) continue;
      // A lone carriage return ends a line in an editor and not in git: their line numbers differ.
      if (/\r(?!\n)/.test(text)) file.committedPath = undefined;
      else if (blobId(text, blob.length) !== blob) changed.push({ file, blob, text });
    }
    await this.compare(changed, cancellation);
    return tracked;
  }

  /** Contents by path in the newest commit. */
  private async blobsOf(head: string, prefix: string, cancellation: Cancellation): Promise<Map<string, string>> {
    const { output } = await this.git(
      ["ls-tree", "-r", "-z", "--full-tree", head, "--", ...(prefix ? [prefix] : [])],
      cancellation,
    );
    const blobs = new Map<string, string>();
    for (const entry of output.toString("utf8").split("\0")) {
      const match = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry);
      if (match) blobs.set(entry.slice(match[0].length), match[1] as string);
    }
    return blobs;
  }

  /** Sets what the working tree changed, file by file as git hands out the committed texts. */
  private async compare(
    changed: readonly { file: TrackedFile; blob: string; text: string }[],
    cancellation: Cancellation,
  ): Promise<void> {
    if (changed.length === 0) return;
    const texts = new BlobStream((index, committed) => {
      const { file, text } = changed[index] as (typeof changed)[number];
      if (committed === undefined) file.committedPath = undefined;
      else file.uncommitted = diffLines(committed.replace(/^\uFEFF/, ""), text);
    });
    const input = changed.map(({ blob }) => `${blob}\n`).join("");
    await this.git(["cat-file", "--batch"], cancellation, { input, onOutput: (chunk) => texts.push(chunk) });
    for (const { file } of changed.slice(texts.count)) file.committedPath = undefined;
  }

  private async git(
    args: readonly string[],
    cancellation: Cancellation,
    more: { input?: string; onOutput?(chunk: Buffer): void } = {},
  ): Promise<GitResult> {
    const result = await runGit(this.folder, args, { cancellation, timeout: this.limits.timeout, ...more });
    if (result.end === "cancelled") throw new CancelledError();
    return result;
  }
}

/** A log with the state of the repository it was read from. */
interface KeptLog extends HistoryLog {
  boundary: string;
  notes: string;
}

const truncationText: Partial<Record<HistoryLimit, string>> = {
  shallow: "The repository is a shallow clone: histories of functions end where it ends.",
  objects: "The repository lacks older contents: histories of functions end where they begin to lack.",
  time: "Git took too long: only the newest part of the history was read.",
};

const notOurs =
  "it belongs to another user; if you trust it, add its folder to safe.directory in your git configuration";

function unusable(reason: string): Notice {
  return { severity: "warning", message: `Functions are shown without the history of their repository: ${reason}.` };
}

function digestOfFile(file: string): string {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return "";
  }
}

function info(message: string): Notice {
  return { severity: "info", message };
}

/** The name git gives a content, by the hash its names are long for. */
function blobId(text: string, idLength: number): string {
  const bytes = Buffer.from(text, "utf8");
  return createHash(idLength === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

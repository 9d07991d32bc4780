import type { LineRange } from "../../core/history/lineMap";

/** One commit as git prints it, nothing judged yet. */
export interface RawCommit {
  id: string;
  parents: string[];
  authorName: string;
  authorEmail: string;
  committerName: string;
  committerEmail: string;
  /** Seconds since 1970. */
  time: number;
  date: string;
  message: string;
  note: string;
  changes: RawChange[];
  added: number;
}

export interface RawChange {
  path: string;
  parents: { path: string | null; hunks: number[] }[];
  isOpaque: boolean;
}

const fieldNames = [
  "id",
  "parents",
  "authorName",
  "authorEmail",
  "committerName",
  "committerEmail",
  "time",
  "date",
  "message",
  "note",
] as const;

/** The `--format` that `LogStream` reads. A NUL cannot stand in a name, a message or a path. */
export function logFormat(withNotes: boolean): string {
  return `--format=${["%H", "%P", "%an", "%ae", "%cn", "%ce", "%ct", "%as", "%B", withNotes ? "%N" : ""].map((field) => `%x00${field}`).join("")}%x00`;
}

/** Longer messages and notes lose their middle: subjects stand at the start, trailers at the end. */
const maxField = 64 * 1024;
const newline = 10;
const backslash = 92;

/**
 * Reads what `git diff-tree --stdin -p -U0` prints, in pieces as they come, and holds one commit at a time. Lines of
 * files are skipped by the counts their hunk announces, so nothing in a file can pass for a header.
 */
export class LogStream {
  private rest: Buffer = Buffer.alloc(0);
  private fields: string[] | undefined;
  private commit: RawCommit | undefined;
  private change: RawChange | undefined;
  /** Lines of a plain hunk still to skip. */
  private skip = 0;
  private combined: CombinedHunk | undefined;
  /** Whether the file is compared with all parents at once. */
  private isCombined = false;

  constructor(private readonly onCommit: (commit: RawCommit) => void) {}

  push(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let position = 0;
    while (position < this.rest.length) {
      const next = this.take(position);
      if (next === undefined) break;
      position = next;
    }
    this.rest = this.rest.subarray(position);
    if (this.fields && this.rest.length > 4 * maxField) {
      this.rest = Buffer.concat([this.rest.subarray(0, maxField), this.rest.subarray(-maxField)]);
    }
  }

  /** To be called when nothing more comes. */
  end(): void {
    this.finishCommit();
  }

  /** Reads one field or line; `undefined` when it has not come whole. */
  private take(position: number): number | undefined {
    if (this.fields) {
      const end = this.rest.indexOf(0, position);
      if (end < 0) return undefined;
      this.field(cut(this.rest.subarray(position, end)));
      return end + 1;
    }
    if (this.skip === 0 && this.rest[position] === 0) {
      this.finishCommit();
      this.fields = [];
      return position + 1;
    }
    const end = this.rest.indexOf(newline, position);
    if (end < 0) return undefined;
    if (this.skip > 0) {
      // "No newline at end of file" is git's own line.
      if (this.rest[position] !== backslash) this.skip--;
    } else if (!this.combined?.take(this.rest, position, end)) {
      this.combined = undefined;
      this.line(this.rest.toString("utf8", position, end));
    }
    return end + 1;
  }

  private field(value: string): void {
    const fields = this.fields as string[];
    fields.push(value);
    if (fields.length < fieldNames.length) return;
    const named = Object.fromEntries(fieldNames.map((name, i) => [name, fields[i]])) as Record<
      (typeof fieldNames)[number],
      string
    >;
    this.commit = {
      ...named,
      parents: named.parents.split(" ").filter((id) => id !== ""),
      time: Number(named.time) || 0,
      changes: [],
      added: 0,
    };
    this.fields = undefined;
  }

  private finishCommit(): void {
    this.finishChange();
    if (this.commit) this.onCommit(this.commit);
    this.commit = undefined;
  }

  private finishChange(): void {
    this.combined?.finish();
    this.combined = undefined;
    // A file that is gone is no file of this commit.
    if (this.change?.path) this.commit?.changes.push(this.change);
    this.change = undefined;
  }

  /** A line outside of hunks. */
  private line(line: string): void {
    if (line.startsWith("diff --")) return this.startChange(line);
    const { change, commit } = this;
    if (!change || !commit) return;
    if (line.startsWith("@@@")) this.combined = CombinedHunk.start(line, change);
    else if (line.startsWith("@@ ")) this.plainHunk(line, change, commit);
    else if (line.startsWith("--- ")) this.oldPath(pathAt(line, 4), change);
    else if (line.startsWith("+++ ")) change.path = pathAt(line, 4) ?? "";
    else if (line.startsWith("rename from ")) change.parents = [{ path: unquote(line.slice(12)), hunks: [] }];
    else if (line.startsWith("rename to ")) change.path = unquote(line.slice(10));
    else if (line.startsWith("new file mode") && !this.isCombined) change.parents = [{ path: null, hunks: [] }];
    else if (line.startsWith("deleted file mode")) change.path = "";
    else if (line.startsWith("Binary files ")) change.isOpaque = true;
  }

  private startChange(line: string): void {
    this.finishChange();
    const combined = /^diff --(?:combined|cc) (.*)$/.exec(line);
    this.isCombined = combined !== null;
    if (combined) {
      this.change = { path: unquote(combined[1] as string), parents: [], isOpaque: false };
      return;
    }
    const path = samePathTwice(line.slice("diff --git ".length));
    this.change = { path: path ?? "", parents: [{ path: path ?? null, hunks: [] }], isOpaque: false };
  }

  private oldPath(path: string | null, change: RawChange): void {
    if (this.isCombined) change.parents.push({ path, hunks: [] });
    else (change.parents[0] as RawChange["parents"][number]).path = path;
  }

  private plainHunk(line: string, change: RawChange, commit: RawCommit): void {
    const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!match) return;
    const [oldStart, oldCount, newStart, newCount] = [match[1], match[2] ?? 1, match[3], match[4] ?? 1].map(Number) as [
      number,
      number,
      number,
      number,
    ];
    this.skip = oldCount + newCount;
    if (change.path !== "") commit.added += newCount;
    // Git names the line before a place without lines.
    change.parents[0]?.hunks.push(
      oldStart + (oldCount === 0 ? 1 : 0),
      oldCount,
      newStart + (newCount === 0 ? 1 : 0),
      newCount,
    );
  }
}

/** A hunk of a merge: one column a parent before each line says which versions have the line. */
class CombinedHunk {
  private readonly open: (LineRange & { oldStart: number; oldEnd: number })[];

  private constructor(
    private readonly change: RawChange,
    private readonly oldLines: number[],
    private newLine: number,
  ) {
    this.open = oldLines.map((line) => ({ start: newLine, end: newLine, oldStart: line, oldEnd: line }));
  }

  static start(line: string, change: RawChange): CombinedHunk | undefined {
    const header = /^@@@+ ((?:-\d+(?:,\d+)? )+)\+(\d+)(?:,\d+)? @@@/.exec(line);
    if (!header) return undefined;
    const oldLines = [...(header[1] as string).matchAll(/-(\d+)/g)].map((match) => Number(match[1]));
    return oldLines.length === change.parents.length
      ? new CombinedHunk(change, oldLines, Number(header[2]))
      : undefined;
  }

  /** @returns whether the line belongs to the hunk; if not, the hunk has ended */
  take(buffer: Buffer, start: number, end: number): boolean {
    const first = buffer[start];
    if (first === backslash) return true;
    if (start === end || (first !== 32 && first !== 43 && first !== 45)) {
      this.finish();
      return false;
    }
    const columns = buffer.toString("latin1", start, Math.min(end, start + this.oldLines.length));
    const isRemoved = columns.includes("-");
    for (let i = 0; i < this.oldLines.length; i++) {
      const run = this.open[i] as CombinedHunk["open"][number];
      if (isRemoved) {
        if (columns[i] !== "-") continue;
        (this.oldLines[i] as number)++;
        run.oldEnd = this.oldLines[i] as number;
      } else if (columns[i] === "+") run.end = this.newLine + 1;
      else {
        this.close(i);
        (this.oldLines[i] as number)++;
        const line = this.oldLines[i] as number;
        this.open[i] = { start: this.newLine + 1, end: this.newLine + 1, oldStart: line, oldEnd: line };
      }
    }
    if (!isRemoved) this.newLine++;
    return true;
  }

  /** Writes down what is still open. */
  finish(): void {
    for (const i of this.oldLines.keys()) this.close(i);
  }

  private close(parent: number): void {
    const { start, end, oldStart, oldEnd } = this.open[parent] as CombinedHunk["open"][number];
    if (start === end && oldStart === oldEnd) return;
    this.change.parents[parent]?.hunks.push(oldStart, oldEnd - oldStart, start, end - start);
    this.open[parent] = { start: end, end, oldStart: oldEnd, oldEnd };
  }
}

function cut(bytes: Buffer): string {
  if (bytes.length <= 2 * maxField) return bytes.toString("utf8");
  return `${bytes.toString("utf8", 0, maxField)}\n${bytes.toString("utf8", bytes.length - maxField)}`;
}

/** The path after `--- ` or `+++ `, without its `a/` or `b/`; `null` for no file. */
/** The path in a `---` or `+++` line of a patch, without its prefix; `null` for no file. */
export function pathAt(line: string, offset: number): string | null {
  const path = unquote(line.slice(offset).replace(/\t$/, ""));
  return path === "/dev/null" ? null : path.slice(2);
}

/** The path of `a/<path> b/<path>`, `undefined` when they differ. */
function samePathTwice(text: string): string | undefined {
  if (text.startsWith('"')) {
    const half = (text.length - 1) / 2;
    const [a, b] = [unquote(text.slice(0, half)), unquote(text.slice(half + 1))];
    return a.slice(2) === b.slice(2) ? a.slice(2) : undefined;
  }
  const length = (text.length - 5) / 2;
  const path = text.slice(2, 2 + length);
  return text === `a/${path} b/${path}` ? path : undefined;
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, "\\": 92 };

/** A path as git writes it: in quotes and escaped as in C when it has signs that would break a line. */
function unquote(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"')) return text;
  const bytes: Buffer[] = [];
  for (const [piece, code] of text.slice(1, -1).matchAll(/\\([0-7]{3}|.)|[^\\]+/gs)) {
    if (code === undefined) bytes.push(Buffer.from(piece));
    else bytes.push(Buffer.from([code.length === 3 ? Number.parseInt(code, 8) : (escapes[code] ?? 63)]));
  }
  return Buffer.concat(bytes).toString("utf8");
}

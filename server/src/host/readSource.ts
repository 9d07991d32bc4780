import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync, type Stats } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Notice } from "../core/base/notice";
import { lineAt, lineStartsOf } from "../core/base/text";

export interface ReadLimits {
  /** Larger files are not read at all. */
  maxFileBytes: number;
  /** The setting that gives the limit, to be named where a file is above it. */
  setting?: string;
}

/** `source` may carry a notice too: the text is usable, but not all of it is what the file holds. */
export type ReadResult = { kind: "source"; text: string; notice?: Notice } | { kind: "notice"; notice: Notice };

/** `stats` were taken of the open file, before its content was read. */
export type BytesResult = { kind: "bytes"; bytes: Buffer; stats: Stats } | { kind: "notice"; notice: Notice };

/**
 * Reads one text file, `path` being relative to `root`, as an editor would show it: UTF-8 unless a byte order mark
 * says UTF-16, the mark itself left out so that offsets are those of LSP. Never throws: whatever keeps the file from
 * being read (gone, too large, binary, not a regular file, a symbolic link out of `root`) comes back as a notice.
 */
export function readSource(root: string, path: string, limits: ReadLimits): ReadResult {
  const result = readBytes(root, path, limits);
  return result.kind === "bytes" ? decodeSource(result.bytes, path) : result;
}

/**
 * The content of one file, undecoded; as `readSource`, it never throws. Synchronous, since four trips through the
 * thread pool cost several times what reading a source file does.
 */
export function readBytes(root: string, path: string, limits: ReadLimits): BytesResult {
  try {
    let file = resolve(root, path);
    let stats = lstatSync(file);
    if (stats.isSymbolicLink()) {
      file = realpathSync.native(file);
      // A repository must not be able to show, through a link, files of the machine it is analysed on.
      if (!isInside(realpathSync.native(root), file))
        return skipped(path, "info", "Skipped: a symbolic link out of the workspace.");
      stats = lstatSync(file);
    }
    if (!stats.isFile()) return skipped(path, "info", `Skipped: ${kindOf(stats)}, not a file.`);
    return readRegularFile(file, path, limits);
  } catch (error) {
    return { kind: "notice", notice: unreadable(path, error) };
  }
}

/** What the user is told when the operating system refuses `path`. */
export function unreadable(path: string, error: unknown): Notice {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR")
    return { severity: "info", path, message: "Skipped: it does not exist." };
  return { severity: "warning", path, message: `Cannot be read: ${reasonOf(error)}.` };
}

/** The operating system's reason in words, without the path, which notices and errors name themselves. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENOENT") return "no such file or directory";
  // Only of folders that are made if they are not there.
  if (code === "EEXIST") return "not a directory";
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}

/** A file that grows meanwhile is cut at the size it had. */
function readRegularFile(file: string, path: string, { maxFileBytes, setting }: ReadLimits): BytesResult {
  // Something else may have taken the name since `lstat`: neither wait for a pipe's writer nor follow a link.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const descriptor = openSync(file, flags);
  try {
    const stats = fstatSync(descriptor);
    const { size } = stats;
    if (size > maxFileBytes) {
      const limit = `${maxFileBytes}${setting ? ` (${setting})` : ""}`;
      return skipped(path, "warning", `Skipped: ${size} bytes, above the limit of ${limit}.`);
    }
    const bytes = Buffer.allocUnsafe(size);
    let length = 0;
    while (length < size) {
      const bytesRead = readSync(descriptor, bytes, length, size - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { kind: "bytes", bytes: bytes.subarray(0, length), stats };
  } finally {
    closeSync(descriptor);
  }
}

const SNIFFED_LENGTH = 8192;

/** The text of a file's content, or a notice that says why it has none. */
export function decodeSource(bytes: Buffer, path: string): ReadResult {
  const binary = () => skipped(path, "info", "Skipped: binary content.");
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  if (utf16 !== undefined) {
    const text = new TextDecoder(utf16).decode(bytes);
    return text.slice(0, SNIFFED_LENGTH).includes("\0") ? binary() : { kind: "source", text };
  }
  if (bytes.subarray(0, SNIFFED_LENGTH).includes(0)) return binary();
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString("utf8", hasMark ? 3 : 0);
  if (isUtf8(bytes)) return { kind: "source", text };
  const line = lineAt(lineStartsOf(text), text.indexOf("\uFFFD")) + 1;
  const message = "Not valid UTF-8: the bytes that are not were replaced, so columns after them may differ.";
  return { kind: "source", text, notice: { severity: "warning", path, line, message } };
}

function skipped(path: string, severity: Notice["severity"], message: string): { kind: "notice"; notice: Notice } {
  return { kind: "notice", notice: { severity, path, message } };
}

function kindOf(stats: Stats): string {
  return stats.isDirectory() ? "a directory" : stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device";
}

function isInside(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

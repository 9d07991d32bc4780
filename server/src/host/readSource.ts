import { isUtf8 } from "node:buffer";
import { constants, type Stats } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Notice } from "../core/base/notice";
import { lineAt, lineStartsOf } from "../core/base/text";

export interface ReadLimits {
  /** Larger files are not read at all. */
  maxFileBytes: number;
}

/** `source` may carry a notice too: the text is usable, but not all of it is what the file holds. */
export type ReadResult = { kind: "source"; text: string; notice?: Notice } | { kind: "notice"; notice: Notice };

/**
 * Reads one text file, `path` being relative to `root`, as an editor would show it: UTF-8 unless a byte order mark
 * says UTF-16, the mark itself left out so that offsets are those of LSP. Never throws: whatever keeps the file from
 * being read (gone, too large, binary, not a regular file, a symbolic link out of `root`) comes back as a notice.
 */
export async function readSource(root: string, path: string, limits: ReadLimits): Promise<ReadResult> {
  const skipped = (severity: Notice["severity"], message: string): ReadResult => ({
    kind: "notice",
    notice: { severity, path, message },
  });
  try {
    let file = resolve(root, path);
    let stats = await lstat(file);
    if (stats.isSymbolicLink()) {
      file = await realpath(file);
      // A repository must not be able to show, through a link, files of the machine it is analysed on.
      if (!isInside(await realpath(root), file))
        return skipped("info", "Skipped: a symbolic link out of the workspace.");
      stats = await lstat(file);
    }
    if (!stats.isFile()) return skipped("info", `Skipped: ${kindOf(stats)}, not a file.`);
    const bytes = await readRegularFile(file, limits.maxFileBytes);
    if (typeof bytes === "number") {
      return skipped("warning", `Skipped: ${bytes} bytes, above the limit of ${limits.maxFileBytes}.`);
    }
    return decode(bytes, path) ?? skipped("info", "Skipped: binary content.");
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
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
}

/** The content, or the size of a file above `maxBytes`. A file that grows meanwhile is cut at the size it had. */
async function readRegularFile(file: string, maxBytes: number): Promise<Buffer | number> {
  // Something else may have taken the name since `lstat`: neither wait for a pipe's writer nor follow a link.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(file, flags);
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) return size;
    const bytes = Buffer.allocUnsafe(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

const SNIFFED_LENGTH = 8192;

function decode(bytes: Buffer, path: string): ReadResult | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  if (utf16 !== undefined) {
    const text = new TextDecoder(utf16).decode(bytes);
    return text.slice(0, SNIFFED_LENGTH).includes("\0") ? undefined : { kind: "source", text };
  }
  if (bytes.subarray(0, SNIFFED_LENGTH).includes(0)) return undefined;
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString("utf8", hasMark ? 3 : 0);
  if (isUtf8(bytes)) return { kind: "source", text };
  const line = lineAt(lineStartsOf(text), text.indexOf("\uFFFD")) + 1;
  const message = "Not valid UTF-8: the bytes that are not were replaced, so columns after them may differ.";
  return { kind: "source", text, notice: { severity: "warning", path, line, message } };
}

function kindOf(stats: Stats): string {
  return stats.isDirectory() ? "a directory" : stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device";
}

function isInside(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

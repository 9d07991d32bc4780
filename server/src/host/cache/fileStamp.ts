import { lstatSync, type Stats } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { type Cancellation, throwIfCancelled } from "../../core/base/cancellation";

/** What the file system tells of a file without reading it. Times in milliseconds, with the fractions it keeps. */
export interface FileStamp {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  ino: number;
}

export function stampOf({ size, mtimeMs, ctimeMs, ino }: Stats): FileStamp {
  return { size, mtimeMs, ctimeMs, ino };
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

/** The coarsest file systems (FAT) count in steps of two seconds. */
const COARSEST_STEP_MS = 2000;

/**
 * Git's rule for its index: a file that changed about when it was read may change again and keep its stamp, since
 * clocks of file systems tick slowly. Such a stamp proves nothing, and neither does one from the future, which a
 * clock that was set back leaves behind.
 *
 * @param readAt when reading began, after `stamp` was taken or just before, in milliseconds since 1970
 */
export function provesContent(stamp: FileStamp, readAt: number): boolean {
  return Math.max(stamp.mtimeMs, stamp.ctimeMs) + COARSEST_STEP_MS <= readAt;
}

const FILES_BETWEEN_YIELDS = 500;

/**
 * The stamps of files below `root`, `undefined` where there is no regular file. One at a time: on a local disk the
 * thread pool makes this slower.
 */
export async function stampFiles(
  root: string,
  paths: readonly string[],
  cancellation: Cancellation,
): Promise<(FileStamp | undefined)[]> {
  const stamps: (FileStamp | undefined)[] = [];
  for (const path of paths) {
    if (stamps.length % FILES_BETWEEN_YIELDS === 0) {
      await setImmediate();
      throwIfCancelled(cancellation);
    }
    stamps.push(stampAt(`${root}/${path}`));
  }
  return stamps;
}

function stampAt(file: string): FileStamp | undefined {
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    return stats?.isFile() ? stampOf(stats) : undefined;
  } catch {
    return undefined;
  }
}

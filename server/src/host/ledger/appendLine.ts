import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../core/base/errors";
import { reasonOf } from "../readSource";
import { linkOutOf } from "./readLedger";

const newline = 10;

/**
 * Adds a line to a file of the workspace, which is made where it is not there. Nobody needs to wait: the line is
 * written at once at wherever the end is, so two that write at the same time both have their line. A last line
 * without an end gets one first. Links out of the workspace are not followed.
 *
 * @param path relative to `root`
 * @param maxBytes a larger file is left alone
 * @throws InputError in words for the user
 */
export function appendLine(root: string, path: string, line: string, maxBytes: number): void {
  const file = join(root, path);
  const leads = linkOutOf(root, file);
  if (leads !== undefined) throw new InputError(leads);
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) throw new InputError(`${path} is a link.`);
    const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
    const descriptor = openSync(file, flags, 0o666);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new InputError(`${path} is not a file.`);
      if (stats.size > maxBytes)
        throw new InputError(`${path} has ${stats.size} bytes; beyond ${maxBytes} it is not read.`);
      // Of a line that somebody else is writing, too: then an empty line comes between, which says nothing.
      const isOpen = stats.size > 0 && lastByte(descriptor, stats.size) !== newline;
      const bytes = Buffer.from(`${isOpen ? "\n" : ""}${line}\n`, "utf8");
      // A second write could land behind somebody else's: what came in part is left to be told as damaged.
      if (writeSync(descriptor, bytes) < bytes.length) throw new InputError(`${path}: the disk is full.`);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}

function lastByte(descriptor: number, size: number): number | undefined {
  const byte = Buffer.alloc(1);
  return readSync(descriptor, byte, 0, 1, size - 1) === 1 ? byte[0] : undefined;
}

import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import type { Notice } from "../core/base/notice";
import { isInstructionFile } from "../core/rules/instructionPlace";
import type { InstructionFile } from "../core/rules/rule";
import { reasonOf } from "./readSource";

/** Claude Code skips larger instruction files. */
const MAX_BYTES = 4 * 1024 * 1024;

export interface InstructionFiles {
  files: InstructionFile[];
  /** The text of a root-relative path, for imports; `undefined` for whatever is not a readable text file inside the root. */
  read(path: string): string | undefined;
  notices: Notice[];
}

/**
 * Reads the instruction files among `candidatePaths` (root-relative, `/` separators). One that cannot be read gives a
 * notice and the others go on. Never reads outside `root`, not even through a symbolic link.
 */
export function readInstructionFiles(root: string, candidatePaths: readonly string[]): InstructionFiles {
  const files: InstructionFile[] = [];
  const notices: Notice[] = [];
  for (const path of candidatePaths.filter(isInstructionFile)) {
    const result = readText(root, path);
    if (typeof result === "string") notices.push({ severity: "warning", path, message: `Not read: ${result}.` });
    else files.push({ path, ...result });
  }
  const read = (path: string) => {
    const result = readText(root, path);
    return typeof result === "string" ? undefined : result.text;
  };
  return { files, read, notices };
}

/** The text, or in words why there is none. */
function readText(root: string, path: string): { text: string; realPath?: string } | string {
  let descriptor: number | undefined;
  try {
    const realRoot = realpathSync(root);
    const file = realpathSync(join(realRoot, path));
    const realPath = relative(realRoot, file).split(sep).join("/");
    if (isAbsolute(realPath) || realPath === ".." || realPath.startsWith("../")) return "it lies outside the workspace";
    if (realPath === ".git" || realPath.startsWith(".git/")) return "it lies in the git directory";
    const stats = lstatSync(file);
    if (stats.isDirectory()) return "it is a directory";
    if (!stats.isFile()) return "it is not a regular file";
    // Something else may have taken the name since: neither wait for a pipe's writer nor follow a link.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    const { size } = fstatSync(descriptor);
    if (size > MAX_BYTES) return `it has ${size} bytes, above the limit of ${MAX_BYTES}`;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(descriptor));
    if (text.includes("\0")) return "it is a binary file";
    return realPath === path ? { text } : { text, realPath };
  } catch (error) {
    if (error instanceof TypeError) return "it is not valid UTF-8";
    return reasonOf(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

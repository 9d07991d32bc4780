import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import picomatch from "picomatch";
import { type Cancellation, throwIfCancelled } from "../core/base/cancellation";
import { InputError } from "../core/base/errors";
import type { Notice } from "../core/base/notice";
import { type IgnoreScope, isIgnored, repositoryScope, scopeAbove, scopeWithin, withGitIgnore } from "./gitIgnore";
import { reasonOf, unreadable } from "./readSource";
import { TimeSlice } from "./timeSlice";

export interface WalkOptions {
  /** Picomatch globs against root-relative paths, dot files included. A matching directory is not entered. */
  exclude: readonly string[];
  /** The walk ends, with a notice, once it has this many files. */
  maxFiles: number;
  /** Whether a file is wanted, by its root-relative path. Asked before any pattern is matched. */
  accept(path: string): boolean;
  cancellation: Cancellation;
}

export interface WalkResult {
  /** The real directory the paths are relative to; for a root that is one file, the directory that holds it. */
  root: string;
  /** With `/` separators; each directory's entries in code unit order, whatever the file system's own order is. */
  paths: string[];
  notices: Notice[];
}

const NEVER_ENTERED = new Set([".git", "node_modules"]);
const MAX_DEPTH = 100;
const MAX_ENTRIES = 2_000_000;
const ENTRIES_BETWEEN_LOOKS = 20;

/**
 * Lists the files of a workspace the way git sees them: what `.gitignore` files (also those above `root`, up to the
 * repository's top) and `.git/info/exclude` exclude is left out. The index is not consulted, so a tracked file that
 * matches a pattern is left out too; neither is the user's global excludes file, so that every machine lists the same.
 * A nested repository follows its own patterns only. Symbolic links are not followed, except for `root` itself. A
 * root that is one file gives that file, whatever the patterns say.
 *
 * @throws InputError when `root` is missing, unreadable, or neither a directory nor a file.
 * @throws CancelledError
 */
export async function walkWorkspace(root: string, options: WalkOptions): Promise<WalkResult> {
  const { path, entries } = openRoot(root);
  if (entries === undefined) return { root: dirname(path), paths: [basename(path)], notices: [] };
  const notices: Notice[] = [];
  const { scope, base } = scopeAbove(path, notices);
  const walk = new Walk(path, base, options, notices);
  await walk.visit("", entries, scope, 0);
  return { root: path, paths: walk.paths, notices };
}

/** The folder of a file; what is no file is taken for a folder. Absolute. */
export function folderOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? dirname(resolve(path)) : resolve(path);
}

/** The real path of `root`, and its entries if it is a directory. */
function openRoot(root: string): { path: string; entries: Dirent[] | undefined } {
  try {
    const path = realpathSync.native(resolve(root));
    const stats = statSync(path);
    if (stats.isFile()) return { path, entries: undefined };
    if (stats.isDirectory()) return { path, entries: entriesOf(path) };
  } catch (error) {
    throw new InputError(`Cannot read ${root}: ${reasonOf(error)}.`);
  }
  throw new InputError(`Cannot read ${root}: neither a directory nor a file.`);
}

class Walk {
  readonly paths: string[] = [];
  private readonly isExcluded: (path: string) => boolean;
  private entriesSeen = 0;
  private readonly slice = new TimeSlice();
  private stopped = false;
  private tooDeep = false;

  constructor(
    private readonly root: string,
    /** Prefix that turns a root-relative path into one of the repository, which ignore scopes take. */
    private readonly repositoryBase: string,
    private readonly options: WalkOptions,
    private readonly notices: Notice[],
  ) {
    this.isExcluded = picomatch(
      options.exclude.filter((glob) => glob !== ""),
      { dot: true },
    );
  }

  /** `directory` is root-relative: empty or ending in `/`. `outer` is the scope that holds around its own patterns. */
  async visit(directory: string, entries: Dirent[], outer: IgnoreScope | undefined, depth: number): Promise<void> {
    const scope = this.scopeIn(directory, entries, outer);
    for (const entry of entries) {
      if (++this.entriesSeen % ENTRIES_BETWEEN_LOOKS === 0 && this.slice.isOver()) await this.slice.pause();
      throwIfCancelled(this.options.cancellation);
      if (this.entriesSeen > MAX_ENTRIES) this.stop(`Only the first ${MAX_ENTRIES} directory entries are looked at.`);
      if (this.stopped) return;
      if (NEVER_ENTERED.has(entry.name)) continue;
      const path = directory + entry.name;
      if (entry.isFile()) this.addFile(path, scope);
      else if (entry.isDirectory()) await this.enter(`${path}/`, path, scope, depth + 1);
    }
  }

  private addFile(path: string, scope: IgnoreScope | undefined): void {
    if (!this.options.accept(path) || this.isExcluded(path) || isIgnored(scope, this.repositoryBase + path)) return;
    if (this.paths.length >= this.options.maxFiles)
      this.stop(`Only the first ${this.options.maxFiles} files are analysed (fathom.limits.maxFiles).`);
    else this.paths.push(path);
  }

  private async enter(directory: string, path: string, scope: IgnoreScope | undefined, depth: number): Promise<void> {
    const inRepository = this.repositoryBase + directory;
    if (this.isExcluded(path) || this.isExcluded(directory) || isIgnored(scope, inRepository)) return;
    if (depth > MAX_DEPTH) {
      const message = `Directories nested more than ${MAX_DEPTH} deep are not analysed.`;
      if (!this.tooDeep) this.notices.push({ severity: "warning", path, message });
      this.tooDeep = true;
      return;
    }
    let entries: Dirent[];
    try {
      entries = entriesOf(join(this.root, path));
    } catch (error) {
      this.notices.push(unreadable(path, error));
      return;
    }
    await this.visit(directory, entries, scopeWithin(scope, inRepository), depth);
  }

  private scopeIn(directory: string, entries: Dirent[], outer: IgnoreScope | undefined): IgnoreScope | undefined {
    const base = this.repositoryBase + directory;
    const isTop = entries.some((entry) => entry.name === ".git");
    const scope = (isTop && repositoryScope(join(this.root, directory), base)) || outer;
    // Git does not follow a `.gitignore` that is a link.
    if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return scope;
    return withGitIgnore(scope, base, this.root, `${directory}.gitignore`, this.notices);
  }

  private stop(message: string): void {
    if (!this.stopped) this.notices.push({ severity: "warning", message });
    this.stopped = true;
  }
}

/** Synchronous: on a local disk the thread pool makes a walk two to three times slower. */
function entriesOf(directory: string): Dirent[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

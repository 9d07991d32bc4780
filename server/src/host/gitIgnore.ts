import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { Notice } from "../core/base/notice";
import { readSource } from "./readSource";

/**
 * The ignore patterns that hold in one directory: those of its nearest pattern file, then of the ones further out.
 * Paths are relative to the repository top (without a repository: to the walk's root) and those of directories end
 * in `/`.
 */
export interface IgnoreScope {
  /** The directory the patterns are relative to: empty or ending in `/`. */
  readonly base: string;
  readonly patterns: Ignore;
  readonly ignoreCase: boolean;
  readonly outer: IgnoreScope | undefined;
}

/** Git's rule: the nearest file with a matching pattern decides, and within a file the last such pattern. */
export function isIgnored(scope: IgnoreScope | undefined, path: string): boolean {
  for (let current = scope; current !== undefined; current = current.outer) {
    const { ignored, unignored } = current.patterns.test(path.slice(current.base.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The scope to use inside `directory`, which is not ignored. */
export function scopeWithin(scope: IgnoreScope | undefined, directory: string): IgnoreScope | undefined {
  if (scope === undefined) return undefined;
  const outer = scopeWithin(scope.outer, directory);
  const path = directory.slice(scope.base.length);
  if (!scope.patterns.test(path).ignored) return outer === scope.outer ? scope : { ...scope, outer };
  // A nearer file re-included the directory. This matcher knows nothing of it and would reject all that is inside.
  const reincluded = { pattern: `!/${path.replace(/[\\*?[\]!# ]/g, "\\$&")}` };
  return { ...scope, outer, patterns: newPatterns(scope.ignoreCase).add(scope.patterns).add(reincluded) };
}

/** Adds the `.gitignore` of the directory `base`, read from `root` by `path`, to the scope that holds there. */
export function withGitIgnore(
  outer: IgnoreScope | undefined,
  base: string,
  root: string,
  path: string,
  notices: Notice[],
): IgnoreScope | undefined {
  const result = readSource(root, path, PATTERN_LIMITS);
  if (result.kind === "source") {
    const ignoreCase = outer?.ignoreCase ?? false;
    return { base, patterns: newPatterns(ignoreCase).add(result.text), ignoreCase, outer };
  }
  if (result.notice.severity !== "info") notices.push(result.notice);
  return outer;
}

/** What the repository whose top is `directory` ignores by `.git/info/exclude`; nothing if it is not a repository. */
export function repositoryScope(directory: string, base: string): IgnoreScope | undefined {
  // In submodules and linked worktrees `.git` is a file that names the real place.
  const link = textOf(directory, ".git");
  const gitDirectory = resolve(directory, link?.replace(/^gitdir:/, "").trim() ?? ".git");
  if (textOf(gitDirectory, "HEAD") === undefined) return undefined;
  const common = resolve(gitDirectory, textOf(gitDirectory, "commondir")?.trim() ?? ".");
  const ignoreCase = /^\s*ignorecase\s*=\s*true\s*$/im.test(textOf(common, "config") ?? "");
  const patterns = newPatterns(ignoreCase).add(textOf(common, "info/exclude") ?? "");
  return { base, patterns, ignoreCase, outer: undefined };
}

/**
 * The patterns that the repository around `root` applies to it, and `root` relative to that repository's top (empty
 * or ending in `/`). A root the repository ignores was asked for by name, so then the repository has no say.
 */
export function scopeAbove(root: string, notices: Notice[]): { scope: IgnoreScope | undefined; base: string } {
  for (let top = dirname(root), below = root; top !== below; below = top, top = dirname(top)) {
    let scope = repositoryScope(top, "");
    if (scope === undefined) continue;
    const names = relative(top, root).split(sep);
    let base = "";
    for (const name of names) {
      scope = withGitIgnore(scope, base, root, relative(root, join(top, base, ".gitignore")), notices);
      base += `${name}/`;
      if (isIgnored(scope, base)) return { scope: undefined, base: "" };
      scope = scopeWithin(scope, base);
    }
    return { scope, base };
  }
  return { scope: undefined, base: "" };
}

/** Whether the walk does not see what is at a root-relative path, as it does not follow links, or would be, as git leaves it out. */
export function unseenBelow(root: string): (path: string) => boolean {
  const isIgnored = ignoredBelow(root);
  return (path) => existsSync(join(root, path)) || isIgnored(path);
}

/** Whether git leaves out what would be at a root-relative path, or a folder above it, by the patterns below `root`. */
export function ignoredBelow(root: string): (path: string) => boolean {
  return (path) => {
    const notices: Notice[] = [];
    let { scope, base } = scopeAbove(root, notices);
    const top = base;
    scope = withGitIgnore(repositoryScope(root, base) ?? scope, base, root, ".gitignore", notices);
    for (const folder of path.split("/").slice(0, -1)) {
      base += `${folder}/`;
      if (isIgnored(scope, base)) return true;
      scope = withGitIgnore(scopeWithin(scope, base), base, root, `${base.slice(top.length)}.gitignore`, notices);
    }
    return isIgnored(scope, top + path);
  };
}

const PATTERN_LIMITS = { maxFileBytes: 1 << 20 };

function newPatterns(ignoreCase: boolean): Ignore {
  return ignore({ ignoreCase });
}

function textOf(directory: string, path: string): string | undefined {
  const result = readSource(directory, path, PATTERN_LIMITS);
  return result.kind === "source" ? result.text : undefined;
}

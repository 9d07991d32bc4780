import { type Cancellation, CancelledError } from "../../core/base/cancellation";
import { InputError } from "../../core/base/errors";
import type { FileChange } from "../../core/rules/enforce/changes";
import { type GitResult, runGit } from "./git";
import { pathAt } from "./logStream";

/** What is different in the working tree from where a branch began. */
export interface Changes {
  /** The commit compared with. */
  base: string;
  files: FileChange[];
}

const limits = { timeout: 30_000, maxBytes: 64 * 1024 * 1024 };

/**
 * What the working tree changes against the commit it has in common with `revision`, files that git does not know
 * included. Paths are relative to `folder`; changes outside it are left out.
 *
 * @throws InputError when there is no repository, git is missing, or the revision is not known
 * @throws CancelledError
 */
export async function changesSince(folder: string, revision: string, cancellation: Cancellation): Promise<Changes> {
  const git = (args: readonly string[]) => run(folder, args, cancellation);
  const base = await mergeBase(git, revision);
  const diff = ["diff", "-M", "--no-ext-diff", "--no-textconv", "--no-color", "--relative", "--ignore-submodules"];
  const named = await git([...diff, "--raw", "-z", base, "--"]);
  const lines = await git([...diff, "-U0", "--src-prefix=a/", "--dst-prefix=b/", base, "--"]);
  const untracked = await git(["ls-files", "--others", "--exclude-standard", "-z"]);
  for (const { end, complaint } of [named, lines, untracked])
    if (end !== "done") throw new InputError(`The changes since ${revision} cannot be read: ${complaint || end}.`);
  const changed = changedLines(lines.output.toString("utf8"));
  const files = changedFiles(named.output.toString("utf8")).map((file) => {
    const ranges = changed.get(file.path);
    return { ...file, ...(ranges && file.kind !== "added" && { changed: ranges }) };
  });
  for (const path of untracked.output.toString("utf8").split("\0"))
    if (path !== "") files.push({ path, kind: "added" });
  return { base, files };
}

/**
 * The revision a branch is compared with when nobody names one: the remote's default branch, else `main` or `master`;
 * `HEAD` where there is none, so that only what is not committed counts. Absent outside a repository.
 *
 * @throws CancelledError
 */
export async function defaultBase(folder: string, cancellation: Cancellation): Promise<string | undefined> {
  for (const revision of ["origin/HEAD", "origin/main", "origin/master", "main", "master", "HEAD"]) {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
    if ((await run(folder, args, cancellation)).end === "done") return revision;
  }
  return undefined;
}

async function mergeBase(git: (args: readonly string[]) => Promise<GitResult>, revision: string): Promise<string> {
  const commit = await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (commit.end === "missing") throw new InputError("Git is not installed: changes cannot be told.");
  const id = commit.output.toString("latin1").trim();
  if (commit.end !== "done") {
    const inside = await git(["rev-parse", "--git-dir"]);
    throw new InputError(
      inside.end === "done"
        ? `There is no commit ${revision} here. A shallow clone may lack it: fetch it first.`
        : "This is no git repository: changes cannot be told.",
    );
  }
  const common = await git(["merge-base", id, "HEAD"]);
  // A shallow clone may lack the commit the two have in common: then the tip itself is compared with.
  return common.end === "done" ? common.output.toString("latin1").trim() : id;
}

async function run(folder: string, args: readonly string[], cancellation: Cancellation): Promise<GitResult> {
  const result = await runGit(folder, args, { cancellation, ...limits });
  if (result.end === "cancelled") throw new CancelledError();
  return result;
}

const kinds: Readonly<Record<string, FileChange["kind"]>> = { A: "added", D: "deleted", R: "renamed", C: "added" };

/** Reads `git diff --raw -z`: modes, ids and status, then one path or, for a rename, two. */
function changedFiles(output: string): FileChange[] {
  const parts = output.split("\0");
  const files: FileChange[] = [];
  for (let i = 0; i + 1 < parts.length; ) {
    const status = /^:\d+ \d+ \w+ \w+ ([A-Z])/.exec(parts[i] as string)?.[1];
    if (status === undefined) return files;
    const isPair = status === "R" || status === "C";
    const path = parts[i + (isPair ? 2 : 1)] as string;
    const kind = kinds[status] ?? "modified";
    files.push({ path, kind, ...(status === "R" && { oldPath: parts[i + 1] as string }) });
    i += isPair ? 3 : 2;
  }
  return files;
}

/** The changed lines of each file's new text. Where lines only went, the line before them counts. */
function changedLines(patch: string): Map<string, { start: number; end: number }[]> {
  const ranges = new Map<string, { start: number; end: number }[]>();
  let current: { start: number; end: number }[] | undefined;
  let skip = 0;
  for (const line of patch.split("\n")) {
    if (skip > 0) {
      if (!line.startsWith("\\")) skip--;
    } else if (line.startsWith("+++ ")) {
      const path = pathAt(line, 4);
      current = [];
      if (path !== null) ranges.set(path, current);
    } else {
      const [, removed, start, added] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
      if (start === undefined) continue;
      const count = Number(added ?? 1);
      const first = Math.max(0, Number(start) - 1);
      current?.push({ start: first, end: first + Math.max(1, count) });
      skip = Number(removed ?? 1) + count;
    }
  }
  return ranges;
}

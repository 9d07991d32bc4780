import { spawn } from "node:child_process";
import { isFixCommit } from "../../../server/src/core/history/commitKind";
import { LineMap, type LineRange } from "../../../server/src/core/history/lineMap";
import { LogStream, logFormat, type RawCommit } from "../../../server/src/host/history/logStream";

const patterns = ["go", "py", "pyi", "pyw", "js", "jsx", "mjs", "cjs", "ts", "mts", "cts", "tsx", "java"].map(
  (extension) => `:(icase)*.${extension}`,
);

/** Output of git on one of the judged repositories. */
export function git(repository: string, args: readonly string[], input = ""): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return stream(repository, args, input, (chunk) => chunks.push(chunk)).then(() => Buffer.concat(chunks));
}

function stream(repository: string, args: readonly string[], input: string, onChunk: (chunk: Buffer) => void) {
  return new Promise<void>((resolve, reject) => {
    const settings = [
      "core.quotePath=false",
      "core.bigFileThreshold=1m",
      "core.fsmonitor=false",
      "log.showSignature=false",
    ];
    const child = spawn("git", ["-C", repository, "--no-pager", ...settings.flatMap((s) => ["-c", s]), ...args], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0" },
    });
    child.stdout.on("data", onChunk);
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`git ${args[0]} failed in ${repository}`))));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

export interface PastFunction {
  path: string;
  range: LineRange;
  isFixed: boolean;
}

/**
 * Follows functions from a past commit on to the newest one, along first parents, and marks those that a fix touched.
 * What a merge brings counts as a fix of a file when one of the merged commits is a fix that changed this file.
 */
export async function markLaterFixes(repository: string, past: string, functions: PastFunction[]): Promise<number> {
  const fixes = await fixesByMainline(repository, past);
  const byPath = new Map<string, PastFunction[]>();
  for (const fn of functions) {
    const known = byPath.get(fn.path);
    if (known) known.push(fn);
    else byPath.set(fn.path, [fn]);
  }
  const mainline = await git(repository, ["rev-list", "--first-parent", "--reverse", `${past}..HEAD`]);
  await readCommits(repository, ["--diff-merges=first-parent"], mainline.toString(), (commit) => {
    const fixed = fixes.get(commit.id);
    const renamed: [string, PastFunction[]][] = [];
    for (const { path, parents, isOpaque } of commit.changes) {
      const before = parents[0];
      const here = before?.path ? byPath.get(before.path) : undefined;
      if (!before?.path || !here) continue;
      byPath.delete(before.path);
      if (!isOpaque)
        renamed.push([
          path,
          forward(here, before.hunks, fixed?.has(path) === true || fixed?.has(before.path) === true),
        ]);
    }
    for (const [path, here] of renamed) byPath.set(path, here);
  });
  return new Set([...fixes.values()].flatMap((paths) => [...paths])).size;
}

/** @returns the functions that are still there */
function forward(functions: PastFunction[], hunks: readonly number[], isFix: boolean): PastFunction[] {
  if (hunks.length === 0) return functions;
  const reversed: number[] = [];
  for (let i = 0; i < hunks.length; i += 4) {
    reversed.push(hunks[i + 2] as number, hunks[i + 3] as number, hunks[i] as number, hunks[i + 1] as number);
  }
  const map = new LineMap(reversed);
  return functions.filter((fn) => {
    if (isFix && map.touches(fn.range)) fn.isFixed = true;
    const next = map.rangeBefore(fn.range);
    if (next) fn.range = next;
    return next !== undefined;
  });
}

/** Files that fixes changed, by the commit of the first-parent line that brought them. */
async function fixesByMainline(repository: string, past: string): Promise<Map<string, Set<string>>> {
  const listed = await git(repository, ["rev-list", "--first-parent", "--reverse", `${past}..HEAD`]);
  const all = await git(repository, ["rev-list", "--parents", `${past}..HEAD`]);
  const parents = new Map(
    all
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf(" ") < 0 ? undefined : line.indexOf(" ")), line.split(" ").slice(1)]),
  );
  const broughtBy = new Map<string, string>();
  for (const main of listed.toString().split("\n").filter(Boolean)) {
    const waiting = [main];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (broughtBy.has(id) || !parents.has(id)) continue;
      broughtBy.set(id, main);
      waiting.push(...(parents.get(id) as string[]));
    }
  }
  const fixes = new Map<string, Set<string>>();
  const plain = [...parents].filter(([, of]) => of.length < 2).map(([id]) => `${id}\n`);
  await readCommits(repository, [], plain.join(""), (commit) => {
    const main = broughtBy.get(commit.id);
    if (main === undefined || !isFixCommit(commit.message)) return;
    const paths = fixes.get(main) ?? new Set();
    for (const { path } of commit.changes) paths.add(path);
    fixes.set(main, paths);
  });
  return fixes;
}

async function readCommits(repository: string, more: string[], ids: string, onCommit: (commit: RawCommit) => void) {
  const reader = new LogStream(onCommit);
  const args = ["diff-tree", "--stdin", "--always", "-r", "-p", "-U0", "-w", "-M", "-l1000", "--no-ext-diff"];
  await stream(
    repository,
    [...args, "--no-textconv", "--no-color", ...more, logFormat(false), "--", ...patterns],
    ids,
    (chunk) => reader.push(chunk),
  );
  reader.end();
}

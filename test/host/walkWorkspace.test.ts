import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, realpathSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { CancelledError, neverCancelled } from "../../server/src/core/base/cancellation";
import { InputError } from "../../server/src/core/base/errors";
import { type WalkOptions, walkWorkspace } from "../../server/src/host/walkWorkspace";
import { tempTree, write } from "./tempTree";

function walk(root: string, options: Partial<WalkOptions> = {}) {
  return walkWorkspace(root, {
    exclude: [],
    maxFiles: 100_000,
    accept: (path) => path.endsWith(".ts"),
    cancellation: neverCancelled,
    ...options,
  });
}

async function pathsOf(root: string, options: Partial<WalkOptions> = {}): Promise<string[]> {
  const { paths, notices } = await walk(root, options);
  expect(notices).toEqual([]);
  return paths;
}

function git(directory: string, ...args: string[]): void {
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: directory, stdio: "pipe" });
}

test("lists accepted files, each directory in code unit order", async () => {
  const root = tempTree({
    "b.ts": "",
    "B.ts": "",
    "a/z.ts": "",
    "a/y/x.ts": "",
    "a.ts": "",
    "ä.ts": "",
    ".c.ts": "",
    "n.md": "",
  });
  expect(await pathsOf(root)).toEqual([".c.ts", "B.ts", "a/y/x.ts", "a/z.ts", "a.ts", "b.ts", "ä.ts"]);
});

test("never enters .git and node_modules, whatever the patterns say", async () => {
  const root = tempTree({
    ".gitignore": "!node_modules\n",
    ".git/x.ts": "",
    "node_modules/x.ts": "",
    "a/node_modules/b/x.ts": "",
    "a/b.ts": "",
  });
  expect(await pathsOf(root)).toEqual(["a/b.ts"]);
});

test("excludes by root-relative globs that match dot files too", async () => {
  const root = tempTree({
    "a.gen.ts": "",
    ".y/.a.gen.ts": "",
    "a.ts": "",
    ".x/a.ts": "",
    "out/a.ts": "",
    "src/out/a.ts": "",
    "v/vendor/b/a.ts": "",
    "d/a.ts": "",
  });
  const exclude = ["**/*.gen.ts", "**/.x/**", "out", "**/vendor/**", "d/", ""];
  expect(await pathsOf(root, { exclude })).toEqual(["a.ts", "src/out/a.ts"]);
});

test("does not enter an excluded directory", async () => {
  const root = tempTree({ "out/deep/a.ts": "", "ignored/a.ts": "", "a.ts": "", ".gitignore": "ignored/\n" });
  const asked: string[] = [];
  await walk(root, { exclude: ["out/**"], accept: (path) => asked.push(path) > 0 });
  expect(asked).toEqual([".gitignore", "a.ts"]);
});

test("nested .gitignore files, the nearest deciding", async () => {
  const root = tempTree({
    ".gitignore": "*.gen.ts\n/top.ts\nbuild/\nlocked/\n",
    "sub/.gitignore": "!keep.gen.ts\n/top.ts\n!build/\n",
    "a.gen.ts": "",
    "top.ts": "",
    "build/a.ts": "",
    "locked/.gitignore": "!*\n",
    "locked/a.ts": "",
    "sub/a.gen.ts": "",
    "sub/keep.gen.ts": "",
    "sub/top.ts": "",
    "sub/deep/top.ts": "",
    "sub/build/a.ts": "",
    "sub/build/b.gen.ts": "",
  });
  expect(await pathsOf(root)).toEqual(["sub/build/a.ts", "sub/deep/top.ts", "sub/keep.gen.ts"]);
});

test("a re-included directory whose name looks like a pattern", async () => {
  const root = tempTree({ ".gitignore": "gen*\n", "a/.gitignore": "!gen*\n", "a/gen[x]/b.ts": "", "a/gen !/b.ts": "" });
  expect(await pathsOf(root)).toEqual(["a/gen !/b.ts", "a/gen[x]/b.ts"]);
});

test("a root inside a re-included directory", async () => {
  const root = tempTree({ ".gitignore": "build/\n*.gen.ts\n", "a/.gitignore": "!build/\n" });
  git(root, "init", "-q");
  write(root, { "a/build/b/c.ts": "", "a/build/b/c.gen.ts": "" });
  expect(await pathsOf(join(root, "a/build/b"))).toEqual(["c.ts"]);
});

test("a .gitignore is read with a byte order mark and CRLF; a link, a directory or binary content is none", async () => {
  const root = tempTree({
    ".gitignore": "\uFEFFa.ts\r\nb.ts\r\n",
    "a.ts": "",
    "b.ts": "",
    "x/c.ts": "",
    "d/.gitignore/e.ts": "",
    "f/g.ts": "",
    patterns: "*\n",
  });
  symlinkSync("../patterns", join(root, "x/.gitignore"));
  write(root, { "f/.gitignore": "g.ts\0" });
  const { paths, notices } = await walk(root);
  expect(paths).toEqual(["d/.gitignore/e.ts", "f/g.ts", "x/c.ts"]);
  expect(notices).toEqual([]);
});

test("a root inside a repository obeys the patterns above it, up to the repository's top", async () => {
  const above = tempTree({
    ".gitignore": "*\n",
    "repo/.gitignore": "*.gen.ts\n/pkg/app/local.ts\n",
    "repo/pkg/.gitignore": "/app/tmp/\n!b.gen.ts\n",
  });
  const repo = join(above, "repo");
  git(repo, "init", "-q");
  write(repo, {
    ".git/info/exclude": "private*\n",
    "pkg/app/a.ts": "",
    "pkg/app/a.gen.ts": "",
    "pkg/app/b.gen.ts": "",
    "pkg/app/local.ts": "",
    "pkg/app/tmp/a.ts": "",
    "pkg/app/private.ts": "",
    "pkg/app/x/local.ts": "",
  });
  expect(await pathsOf(join(repo, "pkg/app"))).toEqual(["a.ts", "b.gen.ts", "x/local.ts"]);
});

test("a root the repository ignores is walked by its own patterns", async () => {
  const root = tempTree({
    ".gitignore": "build\n*.gen.ts\n",
    "build/out/a.ts": "",
    "build/out/a.gen.ts": "",
    "build/out/b.ts": "",
    "build/out/.gitignore": "b.ts",
  });
  git(root, "init", "-q");
  expect(await pathsOf(join(root, "build/out"))).toEqual(["a.gen.ts", "a.ts"]);
});

test("a nested repository follows its own patterns only", async () => {
  const root = tempTree({
    ".gitignore": "secret.ts\n",
    "a.ts": "",
    "inner/secret.ts": "",
    "inner/own.ts": "",
    "inner/.gitignore": "own.ts",
    "not/secret.ts": "",
    "not/.git": "gibberish",
  });
  git(root, "init", "-q");
  git(join(root, "inner"), "init", "-q");
  write(root, { "inner/.git/info/exclude": "other.ts\n", "inner/other.ts": "" });
  expect(await pathsOf(root)).toEqual(["a.ts", "inner/secret.ts"]);
});

test("a linked worktree shares .git/info/exclude", async () => {
  const root = tempTree({ "main/a.ts": "" });
  git(join(root, "main"), "init", "-q");
  git(join(root, "main"), "add", ".");
  git(join(root, "main"), "commit", "-qm", "a");
  git(join(root, "main"), "worktree", "add", "-q", join(root, "linked"));
  write(root, { "main/.git/info/exclude": "private.ts\n", "linked/private.ts": "" });
  expect(await pathsOf(join(root, "linked"))).toEqual(["a.ts"]);
});

test("core.ignorecase of the repository decides whether case matters", async () => {
  const root = tempTree({ ".gitignore": "GEN.ts\n", "gen.ts": "" });
  git(root, "init", "-q");
  git(root, "config", "core.ignorecase", "false");
  expect(await pathsOf(root)).toEqual(["gen.ts"]);
  git(root, "config", "core.ignorecase", "true");
  expect(await pathsOf(root)).toEqual([]);
});

test("symbolic links are not followed: files, directories, loops, broken ones", async () => {
  const outside = tempTree({ "a.ts": "" });
  const root = tempTree({ "real/a.ts": "" });
  symlinkSync("a.ts", join(root, "real/link.ts"));
  symlinkSync("nowhere.ts", join(root, "broken.ts"));
  symlinkSync("..", join(root, "real/up"));
  symlinkSync("self", join(root, "self"));
  symlinkSync(outside, join(root, "outside"));
  expect(await pathsOf(root)).toEqual(["real/a.ts"]);
});

test("a root that is a link is its target", async () => {
  const root = tempTree({ "real/a.ts": "", "real/sub/b.ts": "" });
  symlinkSync("real", join(root, "alias"));
  expect(await walk(join(root, "alias"))).toEqual({
    root: join(root, "real"),
    paths: ["a.ts", "sub/b.ts"],
    notices: [],
  });
});

test("a root that is one file is given, ignored or not", async () => {
  const root = tempTree({ ".gitignore": "*\n", "sub/a.ts": "" });
  git(root, "init", "-q");
  const result = await walk(join(root, "sub/a.ts"), { exclude: ["**"] });
  expect(result).toEqual({ root: join(root, "sub"), paths: ["a.ts"], notices: [] });
});

test("a root given relative to the working directory", async () => {
  const { root } = await walk("test/host");
  expect(root).toBe(realpathSync("test/host"));
});

test("a missing root and one that is no directory are the user's errors, by name", async () => {
  const root = tempTree({ "a.ts": "" });
  execFileSync("mkfifo", [join(root, "pipe")]);
  symlinkSync("nowhere", join(root, "broken"));
  symlinkSync("loop", join(root, "loop"));
  for (const name of ["missing", "a.ts/b", "pipe", "broken", "loop"]) {
    const error = await walk(join(root, name)).catch((caught: unknown) => caught);
    expect(error, name).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(join(root, name));
  }
});

test("pipes and directories with a source extension are no files", async () => {
  const root = tempTree({ "dir.ts/a.ts": "" });
  execFileSync("mkfifo", [join(root, "pipe.ts")]);
  execFileSync("mkfifo", [join(root, ".gitignore")]);
  expect(await pathsOf(root)).toEqual(["dir.ts/a.ts"]);
});

test("a directory that vanishes meanwhile is named, and the rest goes on", async () => {
  const root = tempTree({ "a.ts": "", "b/c.ts": "", "d.ts": "" });
  const { paths, notices } = await walk(root, {
    accept: (path) => {
      if (path === "a.ts") rmSync(join(root, "b"), { recursive: true });
      return true;
    },
  });
  expect(paths).toEqual(["a.ts", "d.ts"]);
  expect(notices).toEqual([{ severity: "info", path: "b", message: expect.stringContaining("exist") }]);
});

test("a .gitignore that vanishes meanwhile is none", async () => {
  const root = tempTree({ "a.ts": "", "b/.gitignore": "*", "b/c.ts": "" });
  const accept = (path: string) => {
    if (path === "a.ts") unlinkSync(join(root, "b/.gitignore"));
    return true;
  };
  expect(await pathsOf(root, { accept })).toEqual(["a.ts", "b/c.ts"]);
});

test("maxFiles ends the walk, with a notice", async () => {
  const files = Array.from({ length: 50 }, (_, i) => [`d${i}/a.ts`, ""] as const);
  const root = tempTree(Object.fromEntries(files));
  let asked = 0;
  const { paths, notices } = await walk(root, { maxFiles: 3, accept: () => ++asked > 0 });
  expect(paths).toEqual(["d0/a.ts", "d1/a.ts", "d10/a.ts"]);
  expect(notices).toEqual([{ severity: "warning", message: expect.stringContaining("first 3 files") }]);
  expect(asked).toBe(4);
});

test("exactly maxFiles files are no reason for a notice", async () => {
  expect(await pathsOf(tempTree({ "a.ts": "", "b.ts": "", "c.md": "" }), { maxFiles: 2 })).toEqual(["a.ts", "b.ts"]);
});

test("a directory nested too deep is named once", async () => {
  const root = tempTree({ "z.ts": "" });
  const deep = "d/".repeat(99);
  write(root, { [`${deep}a.ts`]: "", [`${deep}d/in.ts`]: "", [`${deep}d/x/out.ts`]: "", [`${deep}d/y/out.ts`]: "" });
  const { paths, notices } = await walk(root);
  expect(paths).toEqual([`${deep}a.ts`, `${deep}d/in.ts`, "z.ts"]);
  expect(notices).toEqual([{ severity: "warning", path: `${deep}d/x`, message: expect.stringContaining("100 deep") }]);
});

test("can be cancelled in the middle", async () => {
  const root = tempTree({ "a.ts": "", "b.ts": "", "c/d.ts": "" });
  const cancellation = { isCancellationRequested: false };
  const asked: string[] = [];
  const accept = (path: string) => {
    cancellation.isCancellationRequested = true;
    return asked.push(path) > 0;
  };
  await expect(walk(root, { accept, cancellation })).rejects.toBeInstanceOf(CancelledError);
  expect(asked).toEqual(["a.ts"]);
});

test("lets other work run within one large directory", async () => {
  const root = tempTree(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}.ts`, ""])));
  let turns = 0;
  const seen = new Set<number>();
  const timer = setInterval(() => turns++, 0);
  const slowly = (path: string) => {
    if (path.endsWith("00.ts")) for (const until = performance.now() + 2; performance.now() < until; );
    seen.add(turns);
    return true;
  };
  expect(await pathsOf(root, { accept: slowly })).toHaveLength(5000);
  clearInterval(timer);
  expect(seen.size).toBeGreaterThan(1);
});

test("an unreadable directory is named with its reason, and the rest goes on", () => {
  const root = tempTree({ "a/x.ts": "", "b/x.ts": "", "c/.gitignore": "x.ts", "c/x.ts": "", "d.ts": "" });
  for (const path of ["b", "c/.gitignore"]) chmodSync(join(root, path), 0);
  const { paths, notices } = walkUnprivileged(root);
  expect(paths).toEqual(["a/x.ts", "c/x.ts", "d.ts"]);
  expect(notices).toEqual([
    { severity: "warning", path: "b", message: "Cannot be read: permission denied." },
    { severity: "warning", path: "c/.gitignore", message: "Cannot be read: permission denied." },
  ]);
});

test("an unreadable root is the user's error", () => {
  const root = tempTree({ "a/x.ts": "" });
  chmodSync(join(root, "a"), 0);
  expect(walkUnprivileged(join(root, "a"))).toEqual({
    error: "InputError",
    message: `Cannot read ${join(root, "a")}: permission denied.`,
  });
});

/** Walks in a process of its own that gives up root first, for permissions do not bind root. */
function walkUnprivileged(root: string) {
  const outfile = join(tempTree(), "walk.cjs");
  buildSync({
    entryPoints: ["server/src/host/walkWorkspace.ts"],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile,
  });
  const script = `
    const { walkWorkspace } = require(process.argv[1]);
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    if (process.geteuid() === 0) throw new Error("still root");
    const options = { exclude: [], maxFiles: 100, accept: (path) => path.endsWith(".ts"), cancellation: {} };
    walkWorkspace(process.argv[2], options)
      .catch((error) => ({ error: error.name, message: error.message }))
      .then((result) => console.log(JSON.stringify(result)));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script, outfile, root], { cwd: "/", encoding: "utf8" }));
}

test("an empty workspace", async () => {
  const root = tempTree();
  mkdirSync(join(root, "empty"));
  expect(await walk(root)).toEqual({ root, paths: [], notices: [] });
});

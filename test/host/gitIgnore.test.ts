import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { ignoredBelow, unseenBelow } from "../../server/src/host/gitIgnore";
import { walkWorkspace } from "../../server/src/host/walkWorkspace";
import { fc } from "../support/fastCheck";
import { tempTree, write } from "./tempTree";

const hermetic = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  XDG_CONFIG_HOME: "/nonexistent",
};

function listedByGit(directory: string): string[] {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  return execFileSync("git", args, { cwd: directory, env: hermetic, encoding: "utf8" })
    .split("\0")
    .filter(Boolean)
    .sort();
}

async function listedByWalk(directory: string): Promise<string[]> {
  const options = { exclude: [], maxFiles: 1000, accept: () => true, cancellation: neverCancelled };
  const { paths, notices } = await walkWorkspace(directory, options);
  expect(notices).toEqual([]);
  return paths.sort();
}

// Few names, so that patterns meet files often.
const name = fc.constantFrom("a", "b", "c", "ab", "a.ts", "b.ts", "x y", "A", "#a", "!b", "[c]", "a*");
const directory = fc
  .array(fc.constantFrom("a", "b", "c", "ab", "x y", "[c]"), { maxLength: 3 })
  .map((names) => names.map((n) => `${n}/`).join(""));
const segment = fc.oneof(
  name,
  fc.constantFrom(
    "*",
    "**",
    "?",
    "*.ts",
    "a*",
    "*b",
    "[ab]",
    "[!a]",
    "[a-c].ts",
    "\\#a",
    "\\!b",
    "\\[c\\]",
    "a\\*",
    "x\\ y",
    "a?",
    "[[:lower:]]",
    "***",
  ),
);
const pattern = fc
  .tuple(
    fc.constantFrom("", "", "", "!", "!"),
    fc.constantFrom("", "", "/", "**/"),
    fc.array(segment, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", "/", "/*", "/**"),
    fc.constantFrom("", "", "", " ", "  ", "\r", "\t", "\\ "),
  )
  .map(([negation, anchor, segments, end, space]) => negation + anchor + segments.join("/") + end + space);
const patterns = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: pattern },
    { weight: 1, arbitrary: fc.constantFrom("", "#", "!", "/", "\\", "[", "# a") },
  ),
  { minLength: 1, maxLength: 5 },
);

const tree = fc.record({
  files: fc.array(fc.tuple(directory, name), { minLength: 1, maxLength: 14 }),
  ignores: fc.array(fc.tuple(directory, patterns), { maxLength: 4 }),
  exclude: patterns,
  from: directory,
  staged: fc.boolean(),
});

const RUNS = Number(process.env.FATHOM_PROPERTY_RUNS ?? 150);

test("lists what git lists", { timeout: 600_000 }, async () => {
  const property = fc.asyncProperty(tree, async ({ files, ignores, exclude, from, staged }) => {
    const root = tempTree();
    try {
      execFileSync("git", ["init", "-q"], { cwd: root, env: hermetic });
      for (const [place, file] of files) {
        // A name may already be taken by a directory, and the reverse.
        try {
          write(root, { [place + file]: "" });
        } catch {}
      }
      for (const [place, lines] of ignores) {
        try {
          write(root, { [`${place}.gitignore`]: `${lines.join("\n")}\n` });
        } catch {}
      }
      write(root, { ".git/info/exclude": exclude.join("\n") });
      if (staged) execFileSync("git", ["add", "-A"], { cwd: root, env: hermetic });
      expect(await listedByWalk(root)).toEqual(listedByGit(root));

      // The same from inside, unless git ignores that place itself: then a walk sees it and git does not.
      const inside = join(root, from);
      try {
        mkdirSync(inside, { recursive: true });
      } catch {
        return;
      }
      if (from !== "" && !isIgnoredByGit(root, from)) expect(await listedByWalk(inside)).toEqual(listedByGit(inside));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
  await fc.assert(property, { numRuns: RUNS });
});

function isIgnoredByGit(root: string, directory: string): boolean {
  try {
    execFileSync("git", ["check-ignore", "-q", "--no-index", directory.slice(0, -1)], { cwd: root, env: hermetic });
    return true;
  } catch {
    return false;
  }
}

test("what is not there is left out as it would be", () => {
  const root = tempTree({
    ".gitignore": "charts/*\n!charts/base/\n",
    "quay/.gitignore": "*.log\n",
  });
  const isLeftOut = ignoredBelow(root);
  expect(isLeftOut("charts/north/a.json")).toBe(true);
  expect(isLeftOut("charts/base/a.json")).toBe(false);
  expect(isLeftOut("quay/deep/a.log")).toBe(true);
  expect(isLeftOut("pier/a.log")).toBe(false);
  const nested = tempTree({ ".git/HEAD": "ref: refs/heads/main\n", ".gitignore": "pier/tides/\n", "pier/moor.ts": "" });
  expect(ignoredBelow(join(nested, "pier"))("tides/a.json")).toBe(true);
});

test("what a link leads to is there, though nothing below it is walked", () => {
  const root = tempTree({ "quay/tides/a.md": "", "charts/b.md": "" });
  symlinkSync("../quay/tides", join(root, "charts/tides"));
  expect(unseenBelow(root)("charts/tides")).toBe(true);
  expect(unseenBelow(root)("charts/tides/a.md")).toBe(true);
  expect(unseenBelow(root)("charts/ropes")).toBe(false);
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import type { TrackedFunction } from "../../server/src/core/history/trackHistory";
import type { FunctionHistory } from "../../server/src/core/model/functionHistory";
import { GitHistory, type HistoryCache, type HistoryOptions } from "../../server/src/host/history/gitHistory";
import { tempTree } from "../host/tempTree";
import { randomFrom } from "../judge/oracle/statistics";
import { type Identity, ola, Repository } from "./repository";

const claude = "\n\nCo-Authored-By: Claude <noreply@anthropic.com>";

/** A function of three lines; `word` tells versions apart. */
function fn(name: string, word = "one"): string {
  return `def ${name}():\n    x = "${name} ${word}"\n    return x\n`;
}

/** Functions as they stand in a text: from `def` to the line before the next blank one. */
function functionsIn(text: string): TrackedFunction[] {
  const lines = text.split("\n");
  return lines.flatMap((line, i) => {
    const symbol = /^def (\w+)/.exec(line)?.[1];
    if (!symbol) return [];
    let end = i + 1;
    while (/^ /.test(lines[end] ?? "")) end++;
    return [{ symbol, startLine: i + 1, endLine: end }];
  });
}

async function read(
  root: string,
  paths: string[],
  options: HistoryOptions = {},
  reader = new GitHistory(root, options),
) {
  const text = (path: string) => readFileSync(join(root, path), "utf8");
  const files = paths.map((path) => ({ path, functions: functionsIn(text(path)) }));
  return reader.read(files, async (path) => text(path), neverCancelled);
}

async function historyOf(root: string, path: string, name: string, options?: HistoryOptions): Promise<FunctionHistory> {
  const { history } = await read(root, [path], options);
  const found = history?.files.get(path)?.functions[name];
  if (!found) throw new Error(`no history of ${name}`);
  return found;
}

describe("a function's history", () => {
  it("has who wrote it, who changed it last, and how often", async () => {
    const repository = Repository.create();
    const first = repository.commit("add tides", { "tide.py": `${fn("low")}\n${fn("high")}` });
    const last = repository.commit(
      "fix: high water came an hour early",
      { "tide.py": `${fn("low")}\n${fn("high", "two")}` },
      ola,
    );
    const high = await historyOf(repository.root, "tide.py", "high");
    expect(high).toMatchObject({ commits: 2, authors: 2, fixes: 1, uncommittedLines: 0, isComplete: true, aiShare: 0 });
    expect(high.last).toEqual({ id: last, date: "2026-01-03", author: "Ola Berg" });
    expect(high.lastFix?.id).toBe(last);
    expect(high.origin).toMatchObject({ lines: 2, commitLines: 7, commit: { id: first, author: "Mia Lund" } });
    expect(await historyOf(repository.root, "tide.py", "low")).toMatchObject({ commits: 1, fixes: 0 });
  });

  it("tells agents' lines from people's, and the last commit without an agent", async () => {
    const repository = Repository.create();
    const byHand = repository.commit("add", { "a.py": fn("f") });
    repository.commit(`feat: more${claude}`, { "a.py": fn("f", "two") }, ola);
    const f = await historyOf(repository.root, "a.py", "f");
    expect(f.aiShare).toBeCloseTo(1 / 3);
    expect(f.agents).toEqual(["Claude"]);
    expect(f.last?.agent).toBe("Claude");
    expect(f.lastHuman?.id).toBe(byHand);
  });

  it("leaves bots out of both", async () => {
    const repository = Repository.create();
    const bot: Identity = { name: "renovate[bot]", email: "29139614+renovate[bot]@users.noreply.github.com" };
    const byHand = repository.commit("add", { "a.py": fn("f") });
    repository.commit("chore(deps): bump", { "a.py": fn("f", "two") }, bot);
    const f = await historyOf(repository.root, "a.py", "f");
    expect(f).toMatchObject({ commits: 2, aiShare: 0, agents: [] });
    expect(f.lastHuman?.id).toBe(byHand);
  });

  it("follows a file that was renamed and changed in one commit", async () => {
    const repository = Repository.create();
    repository.commit("add", { "old.py": Array.from({ length: 9 }, (_, i) => fn(`f${i}`)).join("\n") });
    const text = readFileSync(join(repository.root, "old.py"), "utf8");
    repository.move("old.py", "new.py");
    repository.commit("move", { "new.py": text.replace("f4 one", "f4 two") });
    expect(await historyOf(repository.root, "new.py", "f4")).toMatchObject({ commits: 2, isComplete: true });
    expect(await historyOf(repository.root, "new.py", "f3")).toMatchObject({ commits: 1, isComplete: true });
  });

  it("tells where files went, through several renames", async () => {
    const repository = Repository.create();
    repository.commit("add", { "pier/old.py": fn("f") });
    repository.move("pier/old.py", "pier/middle.py");
    const first = repository.commit("move", {});
    repository.move("pier/middle.py", "pier/new.py");
    const second = repository.commit("move again", {});
    const { history } = await new GitHistory(join(repository.root, "pier")).read(
      [],
      async () => undefined,
      neverCancelled,
    );
    expect([...(history?.renames ?? [])].map(([from, { path, commit }]) => [from, path, commit.id])).toEqual([
      ["middle.py", "new.py", second],
      ["old.py", "new.py", first],
    ]);
  });

  it("reads paths with spaces, quotes, letters of any script and line ends", async () => {
    const paths = [
      "a b.py",
      'say "hi".py',
      "größe.py",
      "潮.py",
      "tab\there.py",
      "line\nend.py",
      "back\\slash.py",
      "-n.py",
      ":(top)x.py",
    ];
    const repository = Repository.create();
    repository.commit("add", Object.fromEntries(paths.map((path) => [path, fn("f")])));
    repository.commit("fix: all", Object.fromEntries(paths.map((path) => [path, fn("f", "two")])));
    const { history } = await read(repository.root, paths);
    for (const path of paths)
      expect(history?.files.get(path)?.functions.f, path).toMatchObject({ commits: 2, fixes: 1 });
  });

  it("is not led astray by lines that look like git's own output", async () => {
    const trap =
      'def f():\n    x = """\n    --- a/f.py\n+++ b/evil.py\n@@ -1 +1 @@\ndiff --git a/x b/x\n    """\n    return x\n';
    const repository = Repository.create();
    repository.commit("a\u0001b\n\ndiff --git a/f.py b/f.py\n@@ -1 +1 @@\n", { "f.py": `${trap}\n${fn("g")}` });
    repository.commit("fix: g", { "f.py": `${trap.replace("@@ -1 +1 @@", "@@ -9,3 +9,3 @@")}\n${fn("g", "two")}` });
    expect(await historyOf(repository.root, "f.py", "g")).toMatchObject({ commits: 2, fixes: 1 });
  });

  it("does not count changes of white space", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.ts": "export function f() {\n  return 1;\n}\n" });
    const { history: before } = await new GitHistory(repository.root).read([], async () => undefined, neverCancelled);
    repository.commit("reformat", { "a.ts": "export function f() {\n\treturn 1;\n}\n" }, ola);
    const file = { path: "a.ts", functions: [{ symbol: "f", startLine: 1, endLine: 3 }] };
    const { history } = await new GitHistory(repository.root).read(
      [file],
      async () => "export function f() {\n\treturn 1;\n}\n",
      neverCancelled,
    );
    expect(before?.commits).toBe(1);
    expect(history?.files.get("a.ts")?.functions.f).toMatchObject({ commits: 1, authors: 1 });
  });

  it("counts the fixes of the file", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": `${fn("f")}\n${fn("g")}` });
    repository.commit("fix: f", { "a.py": `${fn("f", "two")}\n${fn("g")}` });
    const last = repository.commit("fix(tide): g", { "a.py": `${fn("f", "two")}\n${fn("g", "two")}` });
    const { history } = await read(repository.root, ["a.py"]);
    expect(history?.files.get("a.py")).toMatchObject({ commits: 3, fixes: 2, recentFixes: 2, lastFix: { id: last } });
  });
});

describe("branches", () => {
  it("credits the commits of a merged branch, not the merge", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": `${fn("f")}\n${fn("g")}` });
    repository.git("checkout", "--quiet", "-b", "side");
    const fix = repository.commit(
      "fix: f is wrong at the turn of the tide",
      { "a.py": `${fn("f", "two")}\n${fn("g")}` },
      ola,
    );
    repository.git("checkout", "--quiet", "main");
    repository.commit("feat: other", { "b.py": fn("h") });
    repository.merge("side");
    const f = await historyOf(repository.root, "a.py", "f");
    expect(f).toMatchObject({ commits: 2, fixes: 1, lastFix: { id: fix, author: "Ola Berg" } });
    expect(await historyOf(repository.root, "a.py", "g")).toMatchObject({ commits: 1, isComplete: true });
  });

  it("follows a file that both sides changed, each line to the side that has it", async () => {
    const repository = Repository.create();
    const text = (f: string, g: string, above = "") => `${above}${fn("f", f)}\n${fn("between")}\n${fn("g", g)}`;
    repository.commit("add", { "a.py": text("one", "one") });
    repository.git("checkout", "--quiet", "-b", "side");
    repository.commit("fix: g", { "a.py": text("one", "side") }, ola);
    repository.git("checkout", "--quiet", "main");
    repository.commit("feat: f", { "a.py": text("main", "one", "# new\n# lines\n\n") });
    repository.merge("side");
    expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 2, fixes: 0, isComplete: true });
    expect(await historyOf(repository.root, "a.py", "g")).toMatchObject({ commits: 2, fixes: 1, isComplete: true });
    expect(await historyOf(repository.root, "a.py", "between")).toMatchObject({ commits: 1, isComplete: true });
  });

  it("counts a merge that itself changes a function", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    repository.git("checkout", "--quiet", "-b", "side");
    repository.commit("feat: side", { "a.py": fn("f", "side") }, ola);
    repository.git("checkout", "--quiet", "main");
    repository.commit("feat: main", { "a.py": fn("f", "main") });
    repository.git("merge", "--no-commit", "-s", "ours", "side");
    repository.write({ "a.py": fn("f", "both") });
    repository.git("add", "a.py");
    const merge = repository.commitStaged("Merge branch 'side'");
    const f = await historyOf(repository.root, "a.py", "f");
    expect(f.commits).toBe(4);
    expect(f.last?.id).toBe(merge);
  });

  it("counts a commit once that is reached on two ways", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": `${fn("f")}\n${fn("g")}` });
    repository.commit("fix: f", { "a.py": `${fn("f", "two")}\n${fn("g")}` });
    repository.git("checkout", "--quiet", "-b", "side");
    repository.commit("side", { "a.py": `# side\n${fn("f", "two")}\n${fn("g")}` });
    repository.git("checkout", "--quiet", "main");
    repository.commit("main", { "a.py": `${fn("f", "two")}\n${fn("g", "main")}` });
    repository.merge("side");
    expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 2, fixes: 1, isComplete: true });
  });
});

describe("many random commits, branches and merges", () => {
  it.each([1, 2, 3, 4])("give every line to the commit that git blame gives it to (seed %i)", async (seed) => {
    const random = randomFrom(seed);
    const upTo = (count: number) => Math.floor(random() * count);
    const repository = Repository.create();
    let next = 0;
    const fresh = (count: number) => Array.from({ length: count }, () => `line ${next++} of ${seed}`);
    const path = () => join(repository.root, "a.py");
    const text = (lines: string[]) => `${lines.join("\n")}\n`;
    repository.commit("start", { "a.py": text(fresh(60)) });
    for (let i = 0; i < 24; i++) {
      if (i % 8 === 3) repository.git("checkout", "--quiet", "-b", `side${i}`);
      if (i % 8 === 5) repository.git("checkout", "--quiet", "main");
      if (i % 8 === 7) repository.merge(`side${i - 4}`, "-X", "ours");
      const lines = readFileSync(path(), "utf8").trimEnd().split("\n");
      lines.splice(upTo(lines.length), upTo(4), ...fresh(1 + upTo(4)));
      repository.commit(`edit ${i}`, { "a.py": text(lines) });
    }
    const blamed = repository
      .git("blame", "-w", "-s", "-l", "--root", "HEAD", "--", "a.py")
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(0, 40));
    const functions = blamed.map((_, i) => ({ symbol: `line${i + 1}`, startLine: i + 1, endLine: i + 1 }));
    const { history } = await new GitHistory(repository.root).read(
      [{ path: "a.py", functions }],
      async () => readFileSync(path(), "utf8"),
      neverCancelled,
    );
    const known = history?.files.get("a.py")?.functions ?? {};
    expect(functions.map(({ symbol }) => known[symbol]?.origin?.commit.id)).toEqual(blamed);
  });
});

describe("the working tree", () => {
  it("maps functions through edits that are not committed or not even saved", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": `${fn("f")}\n${fn("g")}` });
    repository.commit("fix: g", { "a.py": `${fn("f")}\n${fn("g", "two")}` });
    repository.write({ "a.py": `# a\n# b\n\n${fn("f", "edited")}\n${fn("g", "two")}` });
    expect(await historyOf(repository.root, "a.py", "g")).toMatchObject({ commits: 2, fixes: 1, uncommittedLines: 0 });
    expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 1, uncommittedLines: 1 });
  });

  it("has nothing to say of a file or a function that is new", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    repository.write({ "new.py": fn("n"), "a.py": `${fn("f")}\n${fn("fresh")}` });
    expect(await historyOf(repository.root, "new.py", "n")).toMatchObject({ commits: 0, uncommittedLines: 3 });
    expect(await historyOf(repository.root, "a.py", "fresh")).toMatchObject({ commits: 0, uncommittedLines: 3 });
    expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 1, uncommittedLines: 0 });
  });

  it("does not take other line ends for changes", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    repository.write({ "a.py": fn("f").replaceAll("\n", "\r\n") });
    expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 1, uncommittedLines: 0 });
  });

  it("knows a folder inside of a repository by its own paths", async () => {
    const repository = Repository.create();
    repository.commit("add", { "app/a.py": fn("f"), "a.py": fn("f") });
    repository.commit("fix: f", { "app/a.py": fn("f", "two") });
    expect(await historyOf(join(repository.root, "app"), "a.py", "f")).toMatchObject({ commits: 2, fixes: 1 });
  });
});

describe("where there is little or no history", () => {
  it("has none outside of a repository", async () => {
    const { history, notices } = await read(tempTree({ "a.py": fn("f") }), ["a.py"]);
    expect(history).toBeUndefined();
    expect(notices).toEqual([]);
  });

  it("has none before the first commit", async () => {
    const repository = Repository.create();
    repository.write({ "a.py": fn("f") });
    expect(await read(repository.root, ["a.py"])).toEqual({ notices: [] });
  });

  it("has none without git, and says so", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    const path = process.env.PATH;
    process.env.PATH = tempTree();
    try {
      const { history, notices } = await read(repository.root, ["a.py"]);
      expect(history).toBeUndefined();
      expect(notices).toMatchObject([{ severity: "info", message: expect.stringContaining("not installed") }]);
    } finally {
      process.env.PATH = path;
    }
  });

  it("does not credit the edge of a shallow clone with all that lies behind it", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": `${fn("f")}\n${fn("g")}` }, ola);
    repository.commit("feat: b", { "b.py": fn("h") });
    repository.commit("fix: f", { "a.py": `${fn("f", "two")}\n${fn("g")}` });
    const clone = join(tempTree(), "clone");
    repository.git("clone", "--quiet", "--depth=2", `file://${repository.root}`, clone);
    const { history } = await read(clone, ["a.py"]);
    expect(history?.truncated).toBe("shallow");
    expect(history?.files.get("a.py")?.functions.f).toMatchObject({ commits: 1, fixes: 1, isComplete: false });
    expect(history?.files.get("a.py")?.functions.g).toMatchObject({ commits: 0, isComplete: false });
  });

  it("ends where contents are not here, as in a partial clone, and fetches nothing", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    repository.commit("fix: f", { "a.py": fn("f", "two") });
    repository.commit("fix: f again", { "a.py": fn("f", "three") });
    repository.git("config", "uploadpack.allowFilter", "true");
    const clone = join(tempTree(), "clone");
    repository.git("clone", "--quiet", "--filter=blob:none", `file://${repository.root}`, clone);
    const { history, notices } = await read(clone, ["a.py"]);
    if (history) expect(history.truncated).toBe("objects");
    else expect(notices).toHaveLength(1);
  });

  it("stops at its limit of commits", async () => {
    const repository = Repository.create();
    for (let i = 0; i < 5; i++) repository.commit(`fix: ${i}`, { "a.py": fn("f", String(i)) });
    const { history } = await read(repository.root, ["a.py"], { limits: { maxCommits: 3, timeout: 10_000 } });
    expect(history).toMatchObject({ commits: 3, truncated: "commits" });
    expect(history?.files.get("a.py")?.functions.f).toMatchObject({ commits: 3, isComplete: false });
  });

  it("stops when asked to", async () => {
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    const reading = new GitHistory(repository.root).read([], async () => undefined, { isCancellationRequested: true });
    await expect(reading).rejects.toThrow("Cancelled");
  });

  it("survives commits without names and messages of any bytes", async () => {
    const repository = Repository.create();
    repository.commit("", { "a.py": fn("f") }, { name: "Å\tB\u0007", email: "" });
    const f = await historyOf(repository.root, "a.py", "f");
    expect(f.last?.author).toBe("Å B");
  });
});

describe("a repository nobody vouches for", () => {
  it("runs no program its configuration or attributes name", async () => {
    const repository = Repository.create();
    const mark = join(tempTree(), "ran");
    repository.commit("add", { "a.py": fn("f"), ".gitattributes": "*.py diff=evil filter=evil\n" });
    repository.commit("fix: f", { "a.py": fn("f", "two") });
    const run = `touch ${mark}; cat`;
    for (const [key, value] of [
      ["diff.external", run],
      ["diff.evil.command", run],
      ["diff.evil.textconv", run],
      ["filter.evil.clean", run],
      ["filter.evil.smudge", run],
      ["core.fsmonitor", run],
      ["core.pager", run],
      ["core.sshCommand", run],
      ["gpg.program", run],
      ["log.showSignature", "true"],
      ["pager.log", run],
      ["alias.rev-parse", `!${run}`],
      ["color.ui", "always"],
      ["diff.noprefix", "true"],
      ["core.quotePath", "true"],
    ] as const)
      repository.git("config", key, value);
    const hooks = join(repository.root, ".git", "hooks");
    mkdirSync(hooks, { recursive: true });
    writeFileSync(join(hooks, "post-index-change"), `#!/bin/sh\n${run}\n`, { mode: 0o755 });
    repository.write({ "a.py": fn("f", "three") });
    expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 2, fixes: 1, uncommittedLines: 1 });
    expect(existsSync(mark)).toBe(false);
  });

  it("asks the folder it was given, whatever a hook has set", async () => {
    const [repository, other] = [Repository.create(), Repository.create()];
    repository.commit("add", { "a.py": fn("f") });
    other.commit("other", { "b.py": fn("g") });
    process.env.GIT_DIR = join(other.root, ".git");
    try {
      expect(await historyOf(repository.root, "a.py", "f")).toMatchObject({ commits: 1 });
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});

describe("the cache", () => {
  const memory = () => {
    const entries = new Map<string, Buffer>();
    const cache: HistoryCache = {
      read: async (key) => entries.get(key),
      write: async (key, value) => {
        entries.set(key, value);
      },
    };
    return { entries, cache };
  };

  it("gives the same history as reading anew, also after more commits", async () => {
    const { entries, cache } = memory();
    const repository = Repository.create();
    repository.commit("add", { "a.py": `${fn("f")}\n${fn("g")}` });
    repository.commit("fix: f", { "a.py": `${fn("f", "two")}\n${fn("g")}` });
    const first = await read(repository.root, ["a.py"], { cache });
    expect(entries.size).toBe(1);
    expect(await read(repository.root, ["a.py"], { cache })).toEqual(first);
    repository.git("checkout", "--quiet", "-b", "side", "HEAD~1");
    repository.commit("fix: g", { "a.py": `${fn("f")}\n${fn("g", "two")}` });
    repository.git("checkout", "--quiet", "main");
    repository.merge("side");
    const grown = await read(repository.root, ["a.py"], { cache });
    expect(entries.size).toBe(1);
    expect(grown).toEqual(await read(repository.root, ["a.py"]));
    expect(grown.history?.files.get("a.py")?.functions.g).toMatchObject({ commits: 2, fixes: 1, isComplete: true });
  });

  it("reads anew when history was rewritten", async () => {
    const { cache } = memory();
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    repository.commit("fix: f", { "a.py": fn("f", "two") });
    await read(repository.root, ["a.py"], { cache });
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
    repository.commit("feat: f", { "a.py": fn("f", "three") });
    expect(await historyOf(repository.root, "a.py", "f", { cache })).toMatchObject({ commits: 2, fixes: 0 });
  });

  it("ignores what it cannot use", async () => {
    const { entries, cache } = memory();
    const repository = Repository.create();
    repository.commit("add", { "a.py": fn("f") });
    await read(repository.root, ["a.py"], { cache });
    const [key] = entries.keys();
    for (const content of [Buffer.from("not gzip"), Buffer.alloc(0)]) {
      entries.set(key as string, content);
      expect(await historyOf(repository.root, "a.py", "f", { cache })).toMatchObject({ commits: 1 });
    }
  });
});

describe("notes of git-ai", () => {
  it("give lines to agents and people one by one", async () => {
    const repository = Repository.create();
    const id = repository.commit("feat: f and g", { "a.py": `${fn("f")}\n${fn("g")}` });
    const note = `a.py\n  s_1b36c35afd9ad7::t_7cfed781858af0 1-2\n  h_9e71e8b09f7cf2 3-7\n---\n${JSON.stringify({
      schema_version: "authorship/3.0.0",
      sessions: { s_1b36c35afd9ad7: { agent_id: { tool: "cursor", model: "m" } } },
    })}\n`;
    repository.git("notes", "--ref=ai", "add", "-m", note, id);
    const f = await historyOf(repository.root, "a.py", "f");
    expect(f.aiShare).toBeCloseTo(2 / 3);
    expect(f.agents).toEqual(["Cursor"]);
    expect((await historyOf(repository.root, "a.py", "g")).aiShare).toBe(0);
  });
});

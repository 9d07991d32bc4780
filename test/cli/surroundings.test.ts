// What a scan meets outside of the code: repositories, caches, signals, clocks, settings.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fathom } from "../support/commandLine";
import { root, temporaryFolder, writeFiles } from "../support/workspaces";

const program = "def latest(calls):\n    return sorted(calls)[-1]\n";

function git(cwd: string, ...args: string[]): void {
  const identity = [
    "-c",
    "user.name=Mia Lund",
    "-c",
    "user.email=mia@harbour.example",
    "-c",
    "init.defaultBranch=main",
  ];
  execFileSync("git", [...identity, ...args], {
    cwd,
    stdio: "pipe",
    env: { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: "1" },
  });
}

function repository(files: Record<string, string> = { "berths.py": program }): string {
  const folder = temporaryFolder(files);
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "-m", "Add berths");
  return folder;
}

/** A cache of its own for one test. */
function ownCache(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = temporaryFolder();
  return { folder, env: { XDG_CACHE_HOME: folder } };
}

function scan(folder: string, env: NodeJS.ProcessEnv, ...args: string[]): { stdout: string; stderr: string } {
  const { code, stdout, stderr } = fathom(["scan", folder, "--format", "json", ...args], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr });
  return { stdout, stderr };
}

const noHistory = "warning Functions are shown without the history of their repository: ";

describe("the repository", () => {
  it.each<[string, (folder: string) => void, string]>([
    ["has no commit", (folder) => rmSync(join(folder, ".git/refs/heads/main")), ""],
    ["lost its HEAD", (folder) => rmSync(join(folder, ".git/HEAD")), "its .git is damaged or empty."],
    [
      "lost its objects",
      (folder) => {
        rmSync(join(folder, ".git/objects"), { recursive: true });
        mkdirSync(join(folder, ".git/objects"));
      },
      "its newest commit is missing.",
    ],
    [
      "has a broken configuration",
      (folder) => writeFileSync(join(folder, ".git/config"), "[[\n"),
      "bad config line 1 in file .git/config.",
    ],
    [
      "is a link to nowhere",
      (folder) => {
        rmSync(join(folder, ".git"), { recursive: true });
        writeFileSync(join(folder, ".git"), "gitdir: /no/such/folder\n");
      },
      "not a git repository: /no/such/folder.",
    ],
  ])("that %s costs a notice at most, each time", (_, damage, reason) => {
    const folder = repository();
    const { env } = ownCache();
    damage(folder);
    for (let round = 0; round < 2; round++) {
      const { stdout, stderr } = scan(folder, env);
      expect(stderr).toBe(reason && `${noHistory}${reason}\n`);
      expect(JSON.parse(stdout).notices).toHaveLength(reason ? 1 : 0);
    }
    expect(fathom(["explain", `${join(folder, "berths.py")}#latest`], { env })).toMatchObject({
      code: 0,
      stderr: reason && `${noHistory}${reason}\n`,
    });
  });

  it.skipIf(process.platform === "win32")("of somebody else is named as such", () => {
    const folder = repository();
    const { env } = ownCache();
    // Git's own tests say it so: only root can give a file away.
    const bin = temporaryFolder();
    const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    const wrapper = `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "${git}" "$@"\n`;
    writeFileSync(join(bin, "git"), wrapper, { mode: 0o755 });
    const stderr = `${noHistory}it belongs to another user; if you trust it, add its folder to safe.directory in your git configuration.\n`;
    const PATH = `${bin}:${process.env.PATH}`;
    expect(scan(folder, { ...env, HOME: temporaryFolder(), PATH }).stderr).toBe(stderr);
  });

  it.skipIf(process.platform === "win32")("is told of also when there is no git, and no home", () => {
    const folder = repository();
    const { env } = ownCache();
    const home = { ...env, HOME: join(folder, "none") };
    expect(fathom(["explain", `${join(folder, "berths.py")}#latest`], { env: home }).stdout).toMatch(/by Mia Lund/);
    const { stdout, stderr } = scan(folder, { ...env, PATH: temporaryFolder() }, "--verbose");
    expect(stderr).toBe("info Git is not installed: there is no history of functions.\n");
    expect(JSON.parse(stdout).notices).toHaveLength(1);
  });

  it("is found from a folder inside it, a worktree and a submodule", () => {
    const folder = repository({ "api/berths.py": program });
    const { env } = ownCache();
    const aside = temporaryFolder();
    git(folder, "worktree", "add", "--quiet", join(aside, "tree"));
    const outer = repository({ "notes.txt": "" });
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", folder, "inner");
    for (const cwd of [join(folder, "api"), join(aside, "tree/api"), join(outer, "inner/api")]) {
      const { stdout, stderr } = fathom(["explain", "berths.py#latest"], { cwd, env });
      expect(stderr).toBe("");
      expect(stdout).toMatch(/by Mia Lund; 1 commit by 1 author/);
    }
  });

  it("is read again when a shallow clone has been deepened", () => {
    const origin = repository();
    writeFiles(origin, { "berths.py": program.replace("-1", "-2") });
    git(origin, "commit", "--quiet", "--all", "-m", "Fix the last berth");
    const clone = join(temporaryFolder(), "clone");
    git(origin, "clone", "--quiet", "--depth=1", `file://${origin}`, clone);
    const { env } = ownCache();
    const target = `${join(clone, "berths.py")}#latest`;
    for (let round = 0; round < 2; round++) {
      const { stderr } = scan(clone, env, "--verbose");
      expect(stderr).toBe("info The repository is a shallow clone: histories of functions end where it ends.\n");
    }
    expect(fathom(["explain", target], { env }).stdout).not.toMatch(/Mia Lund/);
    git(clone, "fetch", "--quiet", "--unshallow");
    expect(scan(clone, env, "--verbose").stderr).toBe("");
    expect(fathom(["explain", target], { env }).stdout).toMatch(/2 commits by 1 author/);
  });
});

describe("of a file with many findings", () => {
  const names = ["ebb", "flood", "neap", "slack", "spring", "swell", "surge"];
  const tides = names.map(
    (name) => `func ${name}(dry bool) {\n\tmu.Lock()\n\tif dry {\n\t\treturn\n\t}\n\tmu.Unlock()\n}\n`,
  );
  const folder = () =>
    temporaryFolder({
      "tides.go": `package tides\n\nimport "sync"\n\nvar mu sync.Mutex\n\n${tides.join("\n")}`,
    });

  it("people are shown the first ones, and how many more there are", () => {
    const { stdout } = fathom(["scan", folder()]);
    expect(stdout).toContain("2 more in this file");
    expect(stdout).toContain("5 findings");
  });

  it("programs get all of them", () => {
    const tree = folder();
    const { findings } = JSON.parse(scan(tree, {}).stdout) as { findings: { symbol: string }[] };
    expect(findings.map(({ symbol }) => symbol).sort()).toEqual([...names].sort());
    const sarif = JSON.parse(fathom(["scan", tree, "--format", "sarif"]).stdout) as { runs: { results: unknown[] }[] };
    expect(sarif.runs[0]?.results).toHaveLength(names.length);
  });
});

describe("the cache", () => {
  const odd = {
    "good.py": program,
    "half.py": new Uint8Array([...Buffer.from("def half():\n    return '"), 0xe2, 0x82]),
    "large.py": "#".repeat(3000),
    ".vscode/settings.json": '{"fathom.limits.maxFileSize": 2}',
  };

  it("changes nothing of what a scan says", () => {
    const folder = temporaryFolder(odd);
    const { env } = ownCache();
    const anew = scan(folder, env, "--no-cache");
    expect(anew.stderr).toMatch(
      /large\.py: Skipped: 3000 bytes, above the limit of 2048 \(fathom\.limits\.maxFileSize\)/,
    );
    expect(anew.stderr).toMatch(/half\.py:2: Not valid UTF-8/);
    for (let round = 0; round < 3; round++) expect(scan(folder, env)).toEqual(anew);
  });

  it("keeps links, of which only those are made anew that a change can reach", () => {
    const serve = `package game

import ("sync"; "example.com/game/store")

var mu sync.Mutex

func Serve() { mu.Lock(); store.Save(); mu.Unlock() }

func Look() { mu.Lock(); mu.Unlock() }

var lull sync.Mutex

func Wait() { lull.Lock(); idle(); lull.Unlock() }

func Rest() { lull.Lock(); lull.Unlock() }
`;
    const save = 'package store\n\nimport "net/http"\n\nfunc Save() { http.Get("https://example.com") }\n';
    const folder = temporaryFolder({
      "go.mod": "module example.com/game\n",
      "serve.go": serve,
      "idle.go": "package game\n\nfunc idle() {}\n",
      "store/store.go": save,
      ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`pier${i}/pier.go`, `package pier${i}\n`])),
    });
    const { env } = ownCache();
    const path = (name: string) => join(folder, name);
    const idle = 'package game\n\nimport "net/http"\n\nfunc idle() { http.Get("https://example.com") }\n';
    const steps: [change: () => void, found: string[]][] = [
      [() => {}, ["Serve"]],
      [() => writeFileSync(path("idle.go"), idle), ["Serve", "Wait"]],
      [() => writeFileSync(path("store/store.go"), "package store\n\nfunc Save() {}\n"), ["Wait"]],
      [() => rmSync(path("idle.go")), []],
      [() => writeFileSync(path("other.go"), idle), ["Wait"]],
      [() => renameSync(path("other.go"), path("elsewhere.go")), ["Wait"]],
      [() => writeFileSync(path("store/store.go"), save), ["Serve", "Wait"]],
      [() => writeFileSync(path("go.mod"), "module example.com/play\n"), ["Wait"]],
      [() => writeFileSync(path("go.mod"), "module example.com/game\n"), ["Serve", "Wait"]],
    ];
    for (const [change, found] of steps) {
      change();
      const resumed = scan(folder, env);
      const { findings } = JSON.parse(resumed.stdout) as { findings: { symbol: string }[] };
      expect(findings.map(({ symbol }) => symbol).sort()).toEqual(found);
      expect(scan(folder, env, "--no-cache")).toEqual(resumed);
    }
  });

  it("keeps the rules of instruction files, as long as their text is the same", () => {
    const folder = temporaryFolder({ "pier.py": "def land():\n    moor()\n    tow()\n" });
    const { env } = ownCache();
    const write = (text: string) => writeFileSync(join(folder, "CLAUDE.md"), text);
    const steps: [text: string, lines: number[]][] = [
      ["- Never call `moor()`.\n", [1]],
      ["- Never call `tow()`.\n", [2]],
      ["- Never call `moor()`.\n- Never call `tow()`.\n", [1, 2]],
      ["", []],
      ["- Never call `moor()`.\n", [1]],
    ];
    for (const [text, lines] of steps) {
      write(text);
      for (let round = 0; round < 2; round++) {
        const kept = scan(folder, env, "--detectors", "rule-violation");
        const { findings } = JSON.parse(kept.stdout) as { findings: { range: { start: { line: number } } }[] };
        expect(findings.map(({ range }) => range.start.line)).toEqual(lines);
      }
    }
  });

  it("holds no longer when a text has changed that rules are about and nothing else reads", () => {
    const folder = temporaryFolder({
      ".fathom/rules.yaml": `rules:
  - text: Prices are never floats.
    force: must-not
    check: { form: forbidden-text, texts: [float8], scope: { paths: ["db/**"] } }
`,
      "db/berths.sql": "create table berths (id int);\n",
    });
    const { env } = ownCache();
    const found = () => (JSON.parse(scan(folder, env).stdout) as { findings: { path: string }[] }).findings;
    expect(found()).toEqual([]);
    writeFileSync(join(folder, "db/berths.sql"), "create table berths (price float8);\n");
    expect(found().map(({ path }) => path)).toEqual(["db/berths.sql"]);
  });

  it("that cannot be written costs one warning", () => {
    const folder = temporaryFolder({ "good.py": program });
    const cache = temporaryFolder({ fathom: "a file" });
    const message = `warning The cache ${join(cache, "fathom")} cannot be written: not a directory.\n`;
    for (let round = 0; round < 2; round++) expect(scan(folder, { XDG_CACHE_HOME: cache }).stderr).toBe(message);
  });

  it("keeps the compiled program with it, and nothing with --no-cache", () => {
    const folder = temporaryFolder({ "good.py": program });
    const { folder: cache, env } = ownCache();
    scan(folder, env, "--no-cache");
    expect(existsSync(join(cache, "fathom"))).toBe(false);
    scan(folder, env);
    const canKeep = "enableCompileCache" in module;
    expect(existsSync(join(cache, "fathom", "code"))).toBe(canKeep);
  });

  it("is not misled by clocks that were set back, nor by equal sizes and times", () => {
    const folder = temporaryFolder({ "berths.py": program });
    const { env } = ownCache();
    const file = join(folder, "berths.py");
    const names = () => JSON.parse(fathom(["functions", folder], { env }).stdout).functions[0].name;
    for (const [name, time] of [
      ["latest", 4e9],
      ["newest", 4e9],
      ["oldest", 1e9],
      ["eldest", 1e9],
    ] as const) {
      writeFileSync(file, program.replace("latest", name));
      utimesSync(file, time, time);
      expect(names()).toBe(name);
    }
  });
});

describe("several at once", () => {
  /** Enough that threads are worth their start. */
  function largeTree(): string {
    const block = Array.from({ length: 200 }, (_, i) => `def berth_${i}(calls):\n    return calls[${i}] % 4500\n`).join(
      "",
    );
    const files = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`pier${i}/berths.py`, `${block}# ${i}\n`]));
    return temporaryFolder(files);
  }

  function start(folder: string, env: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, [join(root, "dist/cli.js"), "scan", folder, "--format", "json"], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
      child.on("close", (code) => resolve({ code, stdout }));
    });
    return { child, ended };
  }

  it("threads of any number, and scans of one folder, say the same", async () => {
    const folder = largeTree();
    const { folder: cache, env } = ownCache();
    const { stdout } = scan(folder, env, "--no-cache", "--jobs", "1");
    expect(scan(folder, env, "--no-cache", "--jobs", "64")).toEqual({ stdout, stderr: "" });
    const outcomes = await Promise.all([start(folder, env).ended, start(folder, env).ended]);
    expect(outcomes).toEqual([
      { code: 0, stdout },
      { code: 0, stdout },
    ]);
    expect(scan(folder, env).stdout).toBe(stdout);
    expect(leftBehind(cache)).toEqual([]);
  });

  it.skipIf(process.platform === "win32").each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("a scan ended by %s leaves nothing behind, and the next one is right", async (signal, exitCode) => {
    const folder = largeTree();
    const { folder: cache, env } = ownCache();
    const { stdout } = scan(folder, env, "--no-cache");
    for (const delay of [300, 600, 900, 1300]) {
      const { child, ended } = start(folder, env);
      setTimeout(() => child.kill(signal), delay);
      const outcome = await ended;
      // `null` when it came before anybody listened, 0 when everything was over.
      if (outcome.code === 0) expect(outcome.stdout).toBe(stdout);
      else expect([exitCode, null]).toContain(outcome.code);
      expect(leftBehind(cache)).toEqual([]);
    }
    expect(scan(folder, env).stdout).toBe(stdout);
  });

  function leftBehind(cache: string): string[] {
    const folder = join(cache, "fathom");
    return existsSync(folder) ? readdirSync(folder).filter((name) => !/^code$|\.pack$/.test(name)) : [];
  }
});

describe("the settings file", () => {
  it.each([
    ["", ""],
    ["\ufeff{}", ""],
    ["[1]", "warning .vscode/settings.json: not an object of settings\n"],
    ["{", "warning .vscode/settings.json:1: not valid JSON (close brace expected); what could be read is used\n"],
    ['{"fathom.limts.maxFiles": 3}', "warning .vscode/settings.json: there is no setting fathom.limts.maxFiles\n"],
    ['{"fathom.trace.server": "off", "editor.tabSize": 2}', ""],
    [
      '{"fathom.catalog": {"go": {"example.com/lib": {"Gate": {"lock": "big"}}}}}',
      'warning .vscode/settings.json: Setting fathom.catalog has a "lock" that is not one of exclusive, read-write, semaphore, condition, in "go", "example.com/lib", "Gate"; {} is used instead\n',
    ],
  ])("%j is told of as it should be", (text, stderr) => {
    const folder = temporaryFolder({ "berths.py": program, ".vscode/settings.json": text });
    expect(scan(folder, ownCache().env).stderr).toBe(stderr);
  });

  it("is that of the folder a file is in", () => {
    const folder = temporaryFolder({ "berths.py": program, ".vscode/settings.json": "[]" });
    expect(fathom(["scan", join(folder, "berths.py")]).stderr).toMatch(/not an object of settings/);
  });
});

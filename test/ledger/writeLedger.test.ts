import { spawn } from "node:child_process";
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it, vi } from "vitest";
import { neverCancelled } from "../../server/src/core/base/cancellation";
import { gitIdentity, requireIdentity } from "../../server/src/host/ledger/identity";
import { readLedgers } from "../../server/src/host/ledger/readLedger";
import { writeEntry } from "../../server/src/host/ledger/writeLedger";
import { Repository } from "../history/repository";
import { tempTree } from "../host/tempTree";
import { root as project } from "../support/workspaces";
import { ada, bo, explained, waived } from "./lines";

const lend = { symbol: "lend", shapeHash: "a".repeat(32) };
const path = ".fathom/ledger/desk/loans.py.jsonl";

function linesIn(root: string): string[] {
  return readFileSync(join(root, path), "utf8").split("\n").slice(0, -1);
}

describe("writing into a ledger", () => {
  it("adds a line, and says where", () => {
    const root = tempTree();
    const first = writeEntry(root, "desk/loans.py", explained(lend, ada));
    const second = writeEntry(root, "desk/loans.py", waived(lend, bo));
    expect([first.path, first.line, second.line]).toEqual([path, 1, 2]);
    expect(linesIn(root)).toEqual([first.text, second.text]);
    expect([...readLedgers(root).files.values()].flatMap(({ lines }) => lines.map(({ hash }) => hash))).toEqual([
      first.hash,
      second.hash,
    ]);
  });

  it("ends a last line that has no end, and leaves a damaged one as it is", () => {
    const root = tempTree({ [path]: '{"v":1,"ki' });
    expect(writeEntry(root, "desk/loans.py", explained(lend, ada)).line).toBe(2);
    expect(linesIn(root)[0]).toBe('{"v":1,"ki');
    expect(readLedgers(root).files.get(path)?.notices).toHaveLength(1);
  });

  it("keeps every line of many processes that write at once", async () => {
    const root = tempTree();
    const script = join(tempTree(), "append.mjs");
    await build({
      entryPoints: [join(project, "server/src/host/ledger/appendLine.ts")],
      outfile: join(script, "../appendLine.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
    });
    writeFileSync(
      script,
      `import { appendLine } from "./appendLine.mjs";
       const [root, name] = process.argv.slice(2);
       for (let i = 0; i < 150; i++) appendLine(root, "${path}", name + i + "x".repeat(5000), 1e9);`,
    );
    const run = (name: string) =>
      new Promise((resolve) => spawn(process.execPath, [script, root, name]).on("close", resolve));
    expect(await Promise.all(["a", "b", "c", "d"].map(run))).toEqual([0, 0, 0, 0]);
    const lines = linesIn(root).filter((line) => line !== "");
    expect(lines.filter((line) => !/^[a-d]\d+x{5000}$/.test(line))).toEqual([]);
    expect(new Set(lines).size).toBe(600);
  });

  it("tells git once how to merge ledgers, and git keeps the lines of both branches, in nested folders too", () => {
    const repository = Repository.create();
    const { root } = repository;
    repository.commit("start", { ".gitattributes": "*.png binary", "desk/loans.py": "x = 1\n" });
    const written = writeEntry(root, "desk/loans.py", explained(lend, ada));
    expect(written.alsoWritten).toBe(".gitattributes");
    expect(writeEntry(root, "top.py", explained(lend, ada)).alsoWritten).toBeUndefined();
    expect(readFileSync(join(root, ".gitattributes"), "utf8")).toBe(
      "*.png binary\n.fathom/ledger/**/*.jsonl merge=union\n",
    );
    repository.commit("first", {});
    repository.git("checkout", "--quiet", "-b", "other");
    const theirs = writeEntry(root, "desk/loans.py", waived(lend, bo));
    const theirTop = writeEntry(root, "top.py", waived(lend, bo));
    repository.commit("theirs", {});
    repository.git("checkout", "--quiet", "main");
    const ours = writeEntry(root, "desk/loans.py", explained(lend, ada, { text: "Better said." }));
    const ourTop = writeEntry(root, "top.py", explained(lend, ada, { text: "Better said." }));
    repository.commit("ours", {});
    repository.merge("other");
    expect(linesIn(root).sort()).toEqual([written.text, ours.text, theirs.text].sort());
    const top = readFileSync(join(root, ".fathom/ledger/top.py.jsonl"), "utf8");
    expect([top.includes(ourTop.text), top.includes(theirTop.text)]).toEqual([true, true]);
  });

  it("leaves another way to merge ledgers alone", () => {
    const root = tempTree({ ".gitattributes": "/.fathom/ledger/** merge=binary\n" });
    expect(writeEntry(root, "desk/loans.py", explained(lend, ada)).alsoWritten).toBeUndefined();
    expect(readFileSync(join(root, ".gitattributes"), "utf8")).toBe("/.fathom/ledger/** merge=binary\n");
  });

  it("follows no link out of the workspace", () => {
    const outside = tempTree({ attributes: "", "ledger/desk/loans.py.jsonl": `${JSON.stringify({ v: 1 })}\n` });
    const linked = tempTree();
    symlinkSync(outside, join(linked, ".fathom"));
    expect(() => writeEntry(linked, "desk/loans.py", explained(lend, ada))).toThrow(".fathom is a link out of");
    expect(readLedgers(linked).files.size).toBe(0);
    expect(readLedgers(linked).notices[0]?.message).toContain("is a link out of the workspace");
    const inner = tempTree({ ".fathom/ledger/x": "" });
    symlinkSync(join(outside, "ledger/desk"), join(inner, ".fathom/ledger/desk"));
    expect(() => writeEntry(inner, "desk/loans.py", explained(lend, ada))).toThrow("is a link out of");
    const attributes = tempTree();
    symlinkSync(join(outside, "attributes"), join(attributes, ".gitattributes"));
    expect(writeEntry(attributes, "desk/loans.py", explained(lend, ada))).toMatchObject({ line: 1 });
    expect(lstatSync(join(outside, "attributes")).size).toBe(0);
    expect(existsSync(join(outside, "ledger/desk/loans.py.jsonl.x"))).toBe(false);
    expect(readFileSync(join(outside, "ledger/desk/loans.py.jsonl"), "utf8")).toBe('{"v":1}\n');
  });

  it("says what it cannot write", () => {
    const root = tempTree({ ".fathom/ledger": "no folder" });
    expect(() => writeEntry(root, "desk/loans.py", explained(lend, ada))).toThrow(
      /desk\/loans\.py\.jsonl cannot be written: not a directory/,
    );
    expect(() => writeEntry(tempTree(), "a.py", explained(lend, ada, { text: "x".repeat(30_000) }))).toThrow(
      "`text` is longer than 20000 characters",
    );
  });
});

describe("who signs", () => {
  it("is whom git would make the author, from the user's configuration and the repository's", async () => {
    const home = tempTree({ config: "[user]\n\tname = Ada Lund\n\temail = ada@library.example\n" });
    vi.stubEnv("GIT_CONFIG_GLOBAL", join(home, "config"));
    const repository = Repository.create();
    expect(await gitIdentity(repository.root, neverCancelled)).toEqual(ada);
    repository.git("config", "user.email", "ada@work.example");
    expect(await gitIdentity(repository.root, neverCancelled)).toEqual({ ...ada, email: "ada@work.example" });
    repository.git("config", "author.name", "A. Lund");
    expect((await gitIdentity(repository.root, neverCancelled))?.name).toBe("A. Lund");
    vi.unstubAllEnvs();
  });

  it("must be known to git, which says what to set", async () => {
    vi.stubEnv("GIT_CONFIG_GLOBAL", join(tempTree({ config: "[user]\n\tname = Ada Lund\n" }), "config"));
    const { root } = Repository.create();
    expect(await gitIdentity(root, neverCancelled)).toBeUndefined();
    await expect(requireIdentity(root, neverCancelled)).rejects.toThrow(
      "git config --global user.email you@example.com",
    );
    vi.stubEnv("PATH", tempTree());
    await expect(requireIdentity(root, neverCancelled)).rejects.toThrow("Git is not installed");
    vi.unstubAllEnvs();
  });
});

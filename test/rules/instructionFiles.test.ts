import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readInstructionFiles } from "../../server/src/host/instructionFiles";

let base: string;
let root: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "fathom-rules-")));
  root = join(base, "workspace");
  mkdirSync(root);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe("readInstructionFiles", () => {
  it("reads the instruction files among the candidates", () => {
    write("CLAUDE.md", "\uFEFF- Use X\r\n");
    write("web/AGENTS.md", "- Use Y");
    write("README.md", "- Use Z");
    const { files, notices } = readInstructionFiles(root, ["CLAUDE.md", "README.md", "web/AGENTS.md"]);
    expect(files).toEqual([
      { path: "CLAUDE.md", text: "- Use X\r\n" },
      { path: "web/AGENTS.md", text: "- Use Y" },
    ]);
    expect(notices).toEqual([]);
  });

  it("names path and reason of what cannot be read, and goes on", () => {
    mkdirSync(join(root, "a/CLAUDE.md"), { recursive: true });
    write("b/CLAUDE.md", new Uint8Array([0x2d, 0x20, 0xff, 0xfe]));
    write("c/CLAUDE.md", "x".repeat(4 * 1024 * 1024 + 1));
    write("d/CLAUDE.md", "a\0b");
    mkdirSync(join(root, "e"));
    execFileSync("mkfifo", [join(root, "e/CLAUDE.md")]);
    write("z/CLAUDE.md", "- Use X");
    const candidates = ["a", "b", "c", "d", "e", "gone", "z"].map((directory) => `${directory}/CLAUDE.md`);
    const { files, notices } = readInstructionFiles(root, candidates);
    expect(files.map(({ path }) => path)).toEqual(["z/CLAUDE.md"]);
    expect(notices.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "a/CLAUDE.md: Not read: it is a directory.",
      "b/CLAUDE.md: Not read: it is not valid UTF-8.",
      "c/CLAUDE.md: Not read: it has 4194305 bytes, above the limit of 4194304.",
      "d/CLAUDE.md: Not read: it is a binary file.",
      "e/CLAUDE.md: Not read: it is not a regular file.",
      "gone/CLAUDE.md: Not read: no such file or directory.",
    ]);
    expect(JSON.stringify(notices)).not.toContain(base);
  });

  it("follows a link inside the root, and says where it leads", () => {
    write("docs/ai.md", "- Use X");
    symlinkSync("docs/ai.md", join(root, "CLAUDE.md"));
    expect(readInstructionFiles(root, ["CLAUDE.md"]).files).toEqual([
      { path: "CLAUDE.md", realPath: "docs/ai.md", text: "- Use X" },
    ]);
  });

  it("never reads outside the root", () => {
    writeFileSync(join(base, "secret.md"), "- Use the key");
    mkdirSync(join(base, "outside"));
    writeFileSync(join(base, "outside/CLAUDE.md"), "- Use the key");
    symlinkSync("../secret.md", join(root, "CLAUDE.md"));
    symlinkSync(join(base, "outside"), join(root, "linked"));
    symlinkSync("CLAUDE.md", join(root, "AGENTS.md"));
    write(".git/config.md", "[credentials]");
    const candidates = ["CLAUDE.md", "AGENTS.md", "linked/CLAUDE.md", "../outside/CLAUDE.md"];
    const { files, read, notices } = readInstructionFiles(root, candidates);
    expect(files).toEqual([]);
    expect(notices.map(({ message }) => message)).toEqual(Array(4).fill("Not read: it lies outside the workspace."));
    for (const path of [
      "../secret.md",
      "CLAUDE.md",
      "linked/CLAUDE.md",
      ".git/config.md",
      "",
      ".",
      "a\0b",
      "gone.md",
    ]) {
      expect(read(path), path).toBeUndefined();
    }
  });

  it("reads imports, and works below a linked root", () => {
    write("docs/style.md", "- Use X");
    symlinkSync(root, join(base, "link"));
    const { read, files } = readInstructionFiles(join(base, "link"), ["CLAUDE.md"]);
    expect(read("docs/style.md")).toBe("- Use X");
    expect(files).toEqual([]);
  });
});

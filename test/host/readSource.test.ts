import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSource } from "../../server/src/host/readSource";
import { tempTree } from "./tempTree";

const limits = { maxFileBytes: 1_000_000 };

async function noticeOf(root: string, path: string, maxFileBytes = limits.maxFileBytes) {
  const result = await readSource(root, path, { maxFileBytes });
  if (result.kind !== "notice") throw new Error(`${path} was read: ${JSON.stringify(result.text.slice(0, 80))}`);
  expect(result.notice.path).toBe(path);
  return result.notice;
}

test("reads UTF-8 and leaves line ends alone", async () => {
  const text = "package a\r\n// naïve 日本 🐙\n";
  const root = tempTree({ "a/b.go": text, "empty.go": "" });
  expect(await readSource(root, "a/b.go", limits)).toEqual({ kind: "source", text });
  expect(await readSource(root, "empty.go", limits)).toEqual({ kind: "source", text: "" });
});

test("a byte order mark is no part of the text", async () => {
  const root = tempTree({ "bom.py": "\uFEFFx = 1\n", "only.py": "\uFEFF" });
  expect(await readSource(root, "bom.py", limits)).toEqual({ kind: "source", text: "x = 1\n" });
  expect(await readSource(root, "only.py", limits)).toEqual({ kind: "source", text: "" });
});

test("decodes UTF-16 of either byte order by its mark", async () => {
  const text = 'class Ä { String s = "🐙"; }\n';
  const little = Buffer.from(`\uFEFF${text}`, "utf16le");
  const root = tempTree({
    "le.java": little,
    "be.java": Buffer.from(little).swap16(),
    "odd.java": little.subarray(0, 9),
  });
  expect(await readSource(root, "le.java", limits)).toEqual({ kind: "source", text });
  expect(await readSource(root, "be.java", limits)).toEqual({ kind: "source", text });
  expect(await readSource(root, "odd.java", limits)).toEqual({ kind: "source", text: "cla\uFFFD" });
});

test("UTF-32 is not taken for UTF-16", async () => {
  const root = tempTree({ "a.py": Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]) });
  expect(await noticeOf(root, "a.py")).toMatchObject({ severity: "info", message: expect.stringContaining("binary") });
});

test.each([
  ["Latin-1", Buffer.from("a = 1\nb = 'é'\n", "latin1"), "a = 1\nb = '\uFFFD'\n"],
  ["cut in the middle of a character", Buffer.from("a = 1\nb = 'é").subarray(0, 12), "a = 1\nb = '\uFFFD"],
])("text that is not valid UTF-8 (%s) is given with a notice naming the first such line", async (_, bytes, text) => {
  const root = tempTree({ "a.py": bytes });
  expect(await readSource(root, "a.py", limits)).toEqual({
    kind: "source",
    text,
    notice: { severity: "warning", path: "a.py", line: 2, message: expect.stringContaining("UTF-8") },
  });
});

test("binary content is skipped", async () => {
  const root = tempTree({ "a.ts": "MPEG\0transport", "late.ts": `${"x".repeat(8192)}\0` });
  expect(await noticeOf(root, "a.ts")).toMatchObject({ severity: "info", message: expect.stringContaining("binary") });
  expect(await readSource(root, "late.ts", limits)).toMatchObject({ kind: "source" });
});

test("a file above the limit is not read into memory", async () => {
  const root = tempTree();
  const handle = openSync(join(root, "big.ts"), "w");
  const size = 50_000_000_000; // Sparse: reading it would take minutes, and no buffer could hold it.
  ftruncateSync(handle, size);
  closeSync(handle);
  const notice = await noticeOf(root, "big.ts");
  expect(notice).toMatchObject({ severity: "warning", message: expect.stringContaining(String(size)) });
});

test("the limit is inclusive", async () => {
  const root = tempTree({ "a.ts": "12345" });
  expect(await readSource(root, "a.ts", { maxFileBytes: 5 })).toEqual({ kind: "source", text: "12345" });
  expect((await noticeOf(root, "a.ts", 4)).message).toContain("5 bytes");
});

test("a file that vanished is worth an info", async () => {
  const root = tempTree({ "a/b.ts": "", c: "now a file" });
  rmSync(join(root, "a"), { recursive: true });
  for (const path of ["a/b.ts", "c/d.ts"]) {
    expect(await noticeOf(root, path)).toMatchObject({ severity: "info", message: expect.stringContaining("exist") });
  }
});

test("a directory named like a source file", async () => {
  const root = tempTree();
  mkdirSync(join(root, "chart.js"));
  expect((await noticeOf(root, "chart.js")).message).toContain("a directory");
});

test("a pipe, a socket and a device are not opened", async () => {
  const root = tempTree();
  execFileSync("mkfifo", [join(root, "pipe.ts")]);
  expect((await noticeOf(root, "pipe.ts")).message).toContain("a pipe");
  expect((await noticeOf("/dev", "zero")).message).toContain("a device");
  const server = createServer().listen(join(root, "socket.ts"));
  await new Promise((resolve) => server.once("listening", resolve));
  expect((await noticeOf(root, "socket.ts")).message).toContain("a socket");
  await new Promise((resolve) => server.close(resolve));
});

test("a link is followed inside the workspace only", async () => {
  const outside = tempTree({ "secret.ts": "secret" });
  const root = tempTree({ "AGENTS.md": "agents", "..odd.ts": "odd" });
  symlinkSync("AGENTS.md", join(root, "CLAUDE.md"));
  symlinkSync("..odd.ts", join(root, "odd.ts"));
  symlinkSync(join(outside, "secret.ts"), join(root, "leak.ts"));
  symlinkSync("nowhere.ts", join(root, "broken.ts"));
  symlinkSync("loop.ts", join(root, "loop.ts"));
  expect(await readSource(root, "CLAUDE.md", limits)).toEqual({ kind: "source", text: "agents" });
  expect(await readSource(root, "odd.ts", limits)).toEqual({ kind: "source", text: "odd" });
  expect((await noticeOf(root, "leak.ts")).message).toContain("symbolic link");
  expect(await noticeOf(root, "broken.ts")).toMatchObject({ severity: "info" });
  expect((await noticeOf(root, "loop.ts")).message).toContain("symbolic link");
});

test("a root reached through a link still holds its own links", async () => {
  const root = tempTree({ "real/a.ts": "a" });
  symlinkSync("a.ts", join(root, "real/b.ts"));
  symlinkSync("real", join(root, "alias"));
  expect(await readSource(join(root, "alias"), "b.ts", limits)).toEqual({ kind: "source", text: "a" });
});

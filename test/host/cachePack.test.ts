import { execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { clearCache, userCacheFolder } from "../../server/src/host/cache/cacheFolder";
import { CachePack, type PackedFile, type PackOptions } from "../../server/src/host/cache/cachePack";
import { provesContent } from "../../server/src/host/cache/fileStamp";
import { fc } from "../support/fastCheck";
import { tempTree } from "./tempTree";

const stamp = { size: 3, mtimeMs: 1763709194123.25, ctimeMs: 1763709194123.5, ino: 2 ** 53 + 2 };

function optionsIn(folder: string, more: Partial<PackOptions> = {}): PackOptions {
  return { folder, root: "/projects/harbour", version: "1", maxBytes: 1e6, ...more };
}

function fileNamed(path: string, content = `content of ${path}`): PackedFile {
  return { path, key: `key of ${content}`, stamp, notices: [], record: Buffer.from(content) };
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString();
}

async function savedPack(folder: string, files: readonly PackedFile[], more: Partial<PackOptions> = {}) {
  const pack = CachePack.open(optionsIn(folder, more));
  for (const file of files) pack.put(file);
  expect(await pack.save()).toEqual([]);
  pack.close();
}

function packFile(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name as string);
}

test("what was put is found in another process's pack, byte for byte", async () => {
  const folder = join(tempTree(), "made", "when needed");
  const notice = { severity: "warning", path: "b.go", line: 3, message: "odd" } as const;
  const files = [
    fileNamed("a.go"),
    { ...fileNamed("b.go"), stamp: undefined, notices: [notice] },
    fileNamed("ü\n.go", ""),
  ];
  const pack = CachePack.open(optionsIn(folder));
  for (const file of files) pack.put(file);
  pack.putResult("scan", "digest", Buffer.from("findings"));
  expect(await pack.save()).toEqual([]);

  const again = CachePack.open(optionsIn(folder));
  expect(again.find("a.go", stamp)).toMatchObject({ path: "a.go", key: "key of content of a.go", stamp, notices: [] });
  expect(again.find("b.go", stamp)).toBeUndefined();
  expect(again.get("key of content of b.go")).toMatchObject({ path: "b.go", stamp: undefined, notices: [notice] });
  for (const { key, record } of files) expect(textOf(again.record(key))).toBe(textOf(record));
  expect(textOf(again.result("scan", "digest"))).toBe("findings");
  expect(again.result("scan", "other")).toBeUndefined();
  expect(again.result("functions", "digest")).toBeUndefined();
});

test.each(["size", "mtimeMs", "ctimeMs", "ino"] as const)("another %s proves nothing", async (field) => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go")]);
  const pack = CachePack.open(optionsIn(folder));
  expect(pack.find("a.go", { ...stamp, [field]: stamp[field] - 2 })).toBeUndefined();
  expect(pack.find("a.go", stamp)).toBeDefined();
});

test("a stamp proves the content only when it is older than the coarsest clock tick, and not from the future", () => {
  const old = { ...stamp, mtimeMs: 1_000_000, ctimeMs: 1_000_000 };
  expect(provesContent(old, 1_002_000)).toBe(true);
  expect(provesContent(old, 1_001_999)).toBe(false);
  expect(provesContent(old, 500_000)).toBe(false);
  expect(provesContent({ ...old, mtimeMs: 0, ctimeMs: 1_001_000 }, 1_002_000)).toBe(false);
});

test("a pack is for one folder and one version", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go")]);
  for (const other of [{ root: "/projects/harbour2" }, { version: "2" }]) {
    expect(CachePack.open(optionsIn(folder, other)).find("a.go", stamp)).toBeUndefined();
  }
  const [from] = readdirSync(folder) as [string];
  await savedPack(folder, [fileNamed("b.go")], { root: "/projects/harbour2" });
  const [to] = readdirSync(folder).filter((name) => name !== from) as [string];
  copyFileSync(join(folder, from), join(folder, to));
  const renamed = CachePack.open(optionsIn(folder, { root: "/projects/harbour2" }));
  expect(renamed.knowsPath("a.go")).toBe(false);
});

test("damage of any kind is noticed, and costs at most what it hit", async () => {
  const folder = tempTree();
  const files = Array.from({ length: 20 }, (_, i) => fileNamed(`${i}.go`, `${i} `.repeat(i * 3)));
  await savedPack(folder, files);
  const file = packFile(folder);
  const whole = readFileSync(file);
  const isAsPut = () => {
    const pack = CachePack.open(optionsIn(folder));
    for (const { path, key, record } of files) {
      const found = pack.find(path, stamp);
      if (found) expect(found.key).toBe(key);
      const bytes = pack.record(key);
      if (bytes) expect(textOf(bytes)).toBe(textOf(record));
    }
    pack.close();
  };
  const position = fc.nat(whole.length - 1);
  fc.assert(
    fc.property(fc.array(fc.tuple(position, fc.integer({ min: 1, max: 255 })), { minLength: 1 }), (flips) => {
      const bytes = Buffer.from(whole);
      for (const [at, bits] of flips) bytes[at] = (bytes[at] as number) ^ bits;
      writeFileSync(file, bytes);
      isAsPut();
    }),
    { numRuns: 400 },
  );
  fc.assert(
    fc.property(position, (length) => {
      writeFileSync(file, whole.subarray(0, length));
      expect(CachePack.open(optionsIn(folder)).knowsPath("0.go")).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      writeFileSync(file, bytes);
      isAsPut();
      writeFileSync(file, Buffer.concat([whole, bytes]));
      isAsPut();
    }),
  );
});

test("a damaged record is forgotten, the others stay, and saving mends the pack", async () => {
  const folder = tempTree();
  const files = ["a.go", "b.go", "c.go"].map((path) => fileNamed(path));
  await savedPack(folder, files);
  const bytes = readFileSync(packFile(folder));
  bytes[bytes.indexOf("content of b.go", bytes.lastIndexOf("]}"))] = 0;
  writeFileSync(packFile(folder), bytes);
  const pack = CachePack.open(optionsIn(folder));
  expect(files.map(({ key }) => textOf(pack.record(key)))).toEqual(["content of a.go", undefined, "content of c.go"]);
  expect(pack.find("b.go", stamp)).toBeUndefined();
  expect(await pack.save()).toEqual([]);
  const mended = CachePack.open(optionsIn(folder));
  expect(["a.go", "b.go", "c.go"].map((path) => mended.knowsPath(path))).toEqual([true, false, true]);
});

test("damage that nobody met yet is still found after the pack was written again", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go"), fileNamed("b.go")]);
  const bytes = readFileSync(packFile(folder));
  bytes[bytes.lastIndexOf("content of b.go")] = 0;
  writeFileSync(packFile(folder), bytes);
  await savedPack(folder, [fileNamed("c.go")]);
  const pack = CachePack.open(optionsIn(folder));
  const texts = ["a.go", "b.go", "c.go"].map((path) => textOf(pack.record(`key of content of ${path}`)));
  expect(texts).toEqual(["content of a.go", undefined, "content of c.go"]);
});

test("a result whose bytes are damaged is none", async () => {
  const folder = tempTree();
  const pack = CachePack.open(optionsIn(folder));
  pack.putResult("scan", "digest", Buffer.from("findings"));
  await pack.save();
  const bytes = readFileSync(packFile(folder));
  bytes[bytes.length - 1] = 0;
  writeFileSync(packFile(folder), bytes);
  expect(CachePack.open(optionsIn(folder)).result("scan", "digest")).toBeUndefined();
});

test("a link and another user's pack are not trusted", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go")]);
  const file = packFile(folder);
  if (process.getuid?.() === 0) {
    chownSync(file, 12345, 12345);
    expect(CachePack.open(optionsIn(folder)).knowsPath("a.go")).toBe(false);
    chownSync(file, 0, 0);
  }
  expect(CachePack.open(optionsIn(folder)).knowsPath("a.go")).toBe(true);
  copyFileSync(file, join(folder, "elsewhere"));
  rmSync(file);
  symlinkSync("elsewhere", file);
  expect(CachePack.open(optionsIn(folder)).knowsPath("a.go")).toBe(false);
});

test("names of code are for the user alone", async () => {
  const folder = join(tempTree(), "cache");
  await savedPack(folder, [fileNamed("a.go")]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(packFile(folder)).mode & 0o777).toBe(0o600);
});

test("nothing new is not written", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go")]);
  const before = statSync(packFile(folder));
  const pack = CachePack.open(optionsIn(folder));
  pack.find("a.go", stamp);
  pack.restamp("key of content of a.go", stamp);
  expect(await pack.save()).toEqual([]);
  expect(statSync(packFile(folder))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test("files of another branch are kept for a while, then dropped", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go", "there"), fileNamed("only there.go")]);
  const kept: boolean[] = [];
  for (let round = 0; round < 9; round++) {
    await savedPack(folder, [fileNamed("a.go", `here ${round}`)]);
    kept.push(readFileSync(packFile(folder)).includes("only there.go"));
  }
  expect(kept).toEqual([true, true, true, true, true, true, false, false, false]);
  const pack = CachePack.open(optionsIn(folder));
  expect(pack.find("a.go", stamp)?.key).toBe("key of here 8");
  expect(textOf(pack.record("key of here 7"))).toBe("here 7");
});

test("what was used last wins the path", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go", "main"), fileNamed("a.go", "branch")]);
  const pack = CachePack.open(optionsIn(folder));
  expect(pack.find("a.go", stamp)?.key).toBe("key of branch");
  pack.get("key of main");
  pack.put(fileNamed("b.go"));
  await pack.save();
  expect(CachePack.open(optionsIn(folder)).find("a.go", stamp)?.key).toBe("key of main");
});

test("a pack that grows too large keeps what was used last", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("old.go", "o".repeat(600))]);
  await savedPack(folder, [fileNamed("new.go", "n".repeat(600))], { maxBytes: 1000 });
  const pack = CachePack.open(optionsIn(folder));
  expect([pack.knowsPath("old.go"), pack.knowsPath("new.go")]).toEqual([false, true]);
});

test("packs used longest ago make room, strangers' files and fresh temporary ones stay", async () => {
  const folder = tempTree({ "notes.txt": "x".repeat(5000) });
  const names = () => readdirSync(folder).filter((name) => name.includes(".pack"));
  const roots = ["/a", "/b", "/c"];
  for (const [index, root] of roots.entries()) {
    const before = new Set(names());
    await savedPack(folder, [fileNamed("a.go", "x".repeat(1000))], { root });
    const [added] = names().filter((name) => !before.has(name)) as [string];
    utimesSync(join(folder, added), 1000 + index, 1000 + index);
  }
  const temporary = (letter: string) => join(folder, `${"0".repeat(32)}.pack.${letter.repeat(12)}`);
  writeFileSync(temporary("a"), "being written");
  writeFileSync(temporary("b"), "left behind");
  utimesSync(temporary("b"), 1000, 1000);
  const isThere = (root: string) => CachePack.open(optionsIn(folder, { root })).knowsPath("a.go");

  const used = CachePack.open(optionsIn(folder, { root: "/a" }));
  await used.save();
  await savedPack(folder, [fileNamed("a.go", "x".repeat(1000))], { root: "/d", maxBytes: 5000 });
  expect(["/a", "/b", "/c", "/d"].map(isThere)).toEqual([true, false, false, true]);
  expect([existsSync(temporary("a")), existsSync(temporary("b"))]).toEqual([true, false]);
  expect(existsSync(join(folder, "notes.txt"))).toBe(true);
});

test("clearing removes packs and the compiled program, and nothing else", async () => {
  const folder = join(tempTree(), "cache");
  await savedPack(folder, [fileNamed("a.go")]);
  await savedPack(folder, [fileNamed("a.go")], { root: "/other" });
  writeFileSync(join(folder, "notes.txt"), "");
  mkdirSync(join(folder, "code", "v24"), { recursive: true });
  await clearCache(folder);
  expect(readdirSync(folder)).toEqual(["notes.txt"]);
  rmSync(join(folder, "notes.txt"));
  await clearCache(folder);
  expect(existsSync(folder)).toBe(false);
  await clearCache(folder);
});

test("a folder that cannot be had costs one notice", async () => {
  const root = tempTree({ file: "" });
  const folder = join(root, "file", "cache");
  const pack = CachePack.open(optionsIn(folder));
  pack.put(fileNamed("a.go"));
  expect(await pack.save()).toEqual([
    { severity: "warning", message: `The cache ${folder} cannot be written: not a directory.` },
  ]);
  expect(textOf(pack.record("key of content of a.go"))).toBe("content of a.go");
});

const program = `
  import { open } from "node:fs/promises";
  import { CachePack } from "./server/src/host/cache/cachePack";
  const [, , task, folder] = process.argv;
  const options = { folder, root: "/projects/harbour", version: "1", maxBytes: 1e9 };
  const stamp = ${JSON.stringify(stamp)};
  /** A disk fills up: one write is cut short, the next one fails. No disk can be mounted without being root. */
  async function fillDisk() {
    const handle = await open(process.execPath);
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const { write } = prototype;
    let writes = 0;
    prototype.write = function (bytes, offset) {
      if (writes++ === 0) return write.call(this, bytes, offset, 1000);
      const error = new Error("ENOSPC: no space left on device, write");
      return Promise.reject(Object.assign(error, { code: "ENOSPC", errno: -28, syscall: "write" }));
    };
  }
  async function main() {
    if (task === "fill") await fillDisk();
    if (task === "read-only" && process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
    const out: unknown[] = [];
    for (let round = 0; round < (task === "race" ? 40 : 1); round++) {
      const pack = CachePack.open(options);
      for (let i = 0; i < 20; i++) {
        const found = pack.find(i + ".go", stamp);
        const record = found && pack.record(found.key);
        // Who wrote it does not matter, but it must be whole.
        if (found && (!record || !/^(\\d+ )\\1*$/.test(Buffer.from(record).toString()))) out.push("damaged");
      }
      for (let i = 0; i < 20; i++) {
        const text = (process.pid + " ").repeat(task === "race" ? 2000 : 20000);
        const record = Buffer.from(text);
        pack.put({ path: i + ".go", key: process.pid + "/" + i, stamp, notices: [], record });
      }
      out.push(...(await pack.save()));
      pack.close();
    }
    console.log(JSON.stringify(out));
  }
  void main();`;

function buildProgram(): string {
  const outfile = join(tempTree(), "program.cjs");
  buildSync({
    stdin: { contents: program, resolveDir: ".", loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile,
  });
  return outfile;
}

async function run(outfile: string, task: string, folder: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, task, folder], { cwd: "/" });
  return JSON.parse(stdout);
}

test("processes that write at once never see half a pack", async () => {
  const outfile = buildProgram();
  const folder = tempTree();
  const outcomes = await Promise.all([1, 2, 3].map(() => run(outfile, "race", folder)));
  expect(outcomes).toEqual([[], [], []]);
  const pack = CachePack.open(optionsIn(folder));
  expect(pack.find("19.go", stamp)).toBeDefined();
  packFile(folder);
});

test.skipIf(process.platform === "win32")("a read-only folder costs one notice", async () => {
  const outfile = buildProgram();
  const folder = tempTree();
  chmodSync(folder, 0o555);
  const message = `The cache ${folder} cannot be written: permission denied.`;
  expect(await run(outfile, "read-only", folder)).toEqual([{ severity: "warning", message }]);
});

test("a full disk costs one notice and leaves the old pack as it was", async () => {
  const folder = tempTree();
  await savedPack(folder, [fileNamed("a.go")]);
  const before = readFileSync(packFile(folder));
  const message = `The cache ${folder} cannot be written: no space left on device.`;
  expect(await run(buildProgram(), "fill", folder)).toEqual([{ severity: "warning", message }]);
  expect(readFileSync(packFile(folder))).toEqual(before);
});

test("the folder of the command line", () => {
  if (process.platform !== "linux") return;
  expect(userCacheFolder({ XDG_CACHE_HOME: "/var/cache/me" })).toBe("/var/cache/me/fathom");
  expect(userCacheFolder({ XDG_CACHE_HOME: "relative" })).toMatch(/\/\.cache\/fathom$/);
  expect(userCacheFolder({})).toMatch(/\/\.cache\/fathom$/);
});

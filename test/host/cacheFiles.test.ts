import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { CancelledError, neverCancelled } from "../../server/src/core/base/cancellation";
import type { FileSummary } from "../../server/src/core/model/fileSummary";
import { CachePack } from "../../server/src/host/cache/cachePack";
import { stampOf } from "../../server/src/host/cache/fileStamp";
import type { TextExtractor } from "../../server/src/host/extraction/extractedFile";
import { type ReadingOptions, WorkspaceFiles } from "../../server/src/host/extraction/workspaceFiles";
import { tempTree, write } from "./tempTree";

const limits = { maxFileBytes: 1000, maxFunctionsPerFile: 5000, maxNestingDepth: 400, parseTimeout: 5000 };
const hour = 60 * 60 * 1000;

afterEach(() => vi.restoreAllMocks());

/** Moves the clock that Fathom reads, not the one that stamps files. */
function setClock(offset: number): void {
  const { now } = Date;
  vi.restoreAllMocks();
  vi.spyOn(Date, "now").mockImplementation(() => now() + offset);
}

interface Reading {
  digest: string;
  /** The text of each file, as its summary tells. */
  texts: Record<string, string>;
  notices: Record<string, string[]>;
  /** Files that were parsed. */
  extracted: string[];
  order: string[];
}

async function read(
  root: string,
  cache: string | undefined,
  paths: readonly string[],
  options: Partial<ReadingOptions> = {},
): Promise<Reading> {
  const extracted: string[] = [];
  const extractor: TextExtractor = {
    extract: async (path, text) => {
      extracted.push(path);
      if (text === "times out") return { summary: undefined, notices: [{ severity: "warning", path, message: text }] };
      return { summary: { path, packageName: text } as FileSummary, notices: [] };
    },
  };
  const pack = cache && CachePack.open({ folder: cache, root, version: "1", maxBytes: 1e6 });
  const files = await WorkspaceFiles.read(paths, {
    root,
    limits,
    cancellation: neverCancelled,
    threads: 1,
    extractor: async () => extractor,
    ...(pack && { pack }),
    ...options,
  });
  const { digest } = files;
  const order = [...extracted];
  const texts: Record<string, string> = {};
  await files.summaries(({ path, packageName }) => {
    texts[path] = packageName ?? "";
  });
  const notices = [...files.notices].map(([path, found]) => [path, found.map(({ message }) => message)]);
  if (pack) expect(await pack.save()).toEqual([]);
  return { digest, texts, notices: Object.fromEntries(notices), extracted, order };
}

test("a second reading parses nothing and has the same digest", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two" });
  const cache = tempTree();
  setClock(hour);
  const first = await read(root, cache, ["a.go", "b.go"]);
  expect(first).toMatchObject({ texts: { "a.go": "one", "b.go": "two" }, extracted: ["a.go", "b.go"] });
  expect(await read(root, cache, ["b.go", "a.go"])).toEqual({ ...first, extracted: [], order: [] });
  expect(await read(root, undefined, ["a.go", "b.go"])).toEqual(first);
});

test("the digest follows every path, content and notice", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two", "c.go": "one" });
  const digests = [
    await read(root, undefined, ["a.go"]),
    await read(root, undefined, ["b.go"]),
    await read(root, undefined, ["c.go"]),
    await read(root, undefined, ["a.go", "b.go"]),
    await read(root, undefined, ["a.go", "gone.go"]),
  ].map(({ digest }) => digest);
  expect(new Set(digests).size).toBe(digests.length);
});

test("what changed is parsed, the rest is not", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two" });
  const cache = tempTree();
  setClock(hour);
  await read(root, cache, ["a.go", "b.go"]);
  write(root, { "a.go": "new" });
  const second = await read(root, cache, ["a.go", "b.go"]);
  expect(second).toMatchObject({ texts: { "a.go": "new", "b.go": "two" }, extracted: ["a.go"] });
});

test("an edit of the same size within the same tick of the clock is seen", async () => {
  const root = tempTree({ "a.go": "one" });
  const cache = tempTree();
  const noon = new Date("2026-01-01T12:00:00Z");
  utimesSync(join(root, "a.go"), noon, noon);
  await read(root, cache, ["a.go"]);
  write(root, { "a.go": "two" });
  utimesSync(join(root, "a.go"), noon, noon);
  expect((await read(root, cache, ["a.go"])).texts).toEqual({ "a.go": "two" });
});

test("a file that was just written is not trusted yet, but not parsed again either", async () => {
  const root = tempTree({ "a.go": "one" });
  const cache = tempTree();
  const isTrusted = () => {
    const pack = CachePack.open({ folder: cache, root, version: "1", maxBytes: 1e6 });
    return pack.find("a.go", stampOf(lstatSync(join(root, "a.go")))) !== undefined;
  };
  await read(root, cache, ["a.go"]);
  expect(isTrusted()).toBe(false);
  setClock(hour);
  expect((await read(root, cache, ["a.go"])).extracted).toEqual([]);
  expect(isTrusted()).toBe(true);
});

test("a clock that was set back makes nothing stale", async () => {
  const root = tempTree({ "a.go": "one" });
  const cache = tempTree();
  setClock(-hour);
  expect((await read(root, cache, ["a.go"])).texts).toEqual({ "a.go": "one" });
  expect((await read(root, cache, ["a.go"])).extracted).toEqual([]);
  const inTwoHours = new Date(Date.now() + 2 * hour);
  write(root, { "a.go": "two" });
  utimesSync(join(root, "a.go"), inTwoHours, inTwoHours);
  expect((await read(root, cache, ["a.go"])).texts).toEqual({ "a.go": "two" });
  write(root, { "a.go": "six" });
  utimesSync(join(root, "a.go"), inTwoHours, inTwoHours);
  expect((await read(root, cache, ["a.go"])).texts).toEqual({ "a.go": "six" });
});

test("a file that becomes a directory, and comes back", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two" });
  const cache = tempTree();
  setClock(hour);
  const first = await read(root, cache, ["a.go", "b.go"]);
  rmSync(join(root, "a.go"));
  write(root, { "a.go/inside.go": "three" });
  // The walk may have seen the file that is a directory by now.
  const between = await read(root, cache, ["a.go", "a.go/inside.go", "b.go"]);
  expect(between.texts).toEqual({ "a.go/inside.go": "three", "b.go": "two" });
  expect(between.notices).toEqual({ "a.go": ["Skipped: a directory, not a file."] });
  rmSync(join(root, "a.go"), { recursive: true });
  write(root, { "a.go": "one" });
  const back = await read(root, cache, ["a.go", "a.go/inside.go", "b.go"]);
  expect(back).toMatchObject({ texts: first.texts, extracted: [] });
  expect(back.notices).toEqual({ "a.go/inside.go": ["Skipped: it does not exist."] });
});

test("another branch and back: what was known is not parsed again", async () => {
  const root = tempTree();
  const cache = tempTree();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: root, stdio: "pipe" });
  const paths = Array.from({ length: 300 }, (_, i) => `f${i}.go`);
  const texts = (text: string) => Object.fromEntries(paths.map((path) => [path, `${path} ${text}`]));
  git("init", "-q", "-b", "main");
  for (const branch of ["main", "other"]) {
    if (branch === "other") git("checkout", "-q", "-b", branch);
    write(root, texts(branch));
    git("add", ".");
    git("commit", "-q", "-m", branch);
  }
  expect((await read(root, cache, paths)).texts).toEqual(texts("other"));
  git("checkout", "-q", "main");
  expect((await read(root, cache, paths)).texts).toEqual(texts("main"));
  git("checkout", "-q", "other");
  expect(await read(root, cache, paths)).toMatchObject({ texts: texts("other"), extracted: [] });
  git("checkout", "-q", "main");
  expect(await read(root, cache, paths)).toMatchObject({ texts: texts("main"), extracted: [] });
});

test("a checkout in the middle of a scan gives each file's old or new content, and the next scan the new one", async () => {
  const paths = Array.from({ length: 100 }, (_, i) => `f${i}.go`);
  const texts = (text: string) => Object.fromEntries(paths.map((path) => [path, text]));
  const root = tempTree(texts("old"));
  const cache = tempTree();
  const onProgress = ({ done }: { done: number }) => {
    if (done === 50) write(root, texts("new"));
  };
  const torn = await read(root, cache, paths, { onProgress });
  expect(new Set(Object.values(torn.texts))).toEqual(new Set(["old", "new"]));
  expect((await read(root, cache, paths)).texts).toEqual(texts("new"));
});

test("notices come again from the cache; a file that was left out is tried again", async () => {
  const root = tempTree({ "odd.go": Buffer.from([0xff, 0x41]), "slow.go": "times out", "big.go": "x".repeat(1001) });
  const cache = tempTree();
  setClock(hour);
  const first = await read(root, cache, ["odd.go", "slow.go", "big.go", "gone.go"]);
  expect(Object.keys(first.notices).sort()).toEqual(["big.go", "gone.go", "odd.go", "slow.go"]);
  const second = await read(root, cache, ["odd.go", "slow.go", "big.go", "gone.go"]);
  expect(second).toEqual({ ...first, extracted: ["slow.go"], order: ["slow.go"] });
  const tolerant = { limits: { ...limits, maxFileBytes: 2000 } };
  expect((await read(root, cache, ["big.go"], tolerant)).extracted).toEqual(["big.go"]);
});

test("a file whose record is damaged is parsed again", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two" });
  const cache = tempTree();
  setClock(hour);
  const first = await read(root, cache, ["a.go", "b.go"]);
  const [name] = readdirSync(cache) as [string];
  const bytes = readFileSync(join(cache, name));
  bytes[bytes.lastIndexOf('"two"') + 1] = 0x54;
  writeFileSync(join(cache, name), bytes);
  const second = await read(root, cache, ["a.go", "b.go"]);
  expect(second).toEqual({ ...first, extracted: ["b.go"], order: [] });
  expect((await read(root, cache, ["a.go", "b.go"])).extracted).toEqual([]);
});

test("open files are read first", async () => {
  const root = tempTree({ "a.go": "1", "b.go": "2", "c.go": "3" });
  const { order } = await read(root, undefined, ["a.go", "b.go", "c.go"], { first: new Set(["c.go", "none.go"]) });
  expect(order).toEqual(["c.go", "a.go", "b.go"]);
});

test("a scan that is cancelled leaves what it read for the next one", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two", "c.go": "three" });
  const cache = tempTree();
  const cancellation = { isCancellationRequested: false };
  const onProgress = ({ done }: { done: number }) => {
    if (done === 2) cancellation.isCancellationRequested = true;
  };
  const pack = CachePack.open({ folder: cache, root, version: "1", maxBytes: 1e6 });
  const paths = ["a.go", "b.go", "c.go"];
  await expect(read(root, undefined, paths, { pack, cancellation, onProgress })).rejects.toThrow(CancelledError);
  await pack.save();
  expect((await read(root, cache, paths)).extracted).toEqual(["c.go"]);
});

test("progress ends at the total, cached or not", async () => {
  const root = tempTree({ "a.go": "one", "b.go": "two" });
  const cache = tempTree();
  for (const expected of [["0/2", "1/2", "2/2"], ["2/2"]]) {
    const seen: string[] = [];
    await read(root, cache, ["a.go", "b.go"], { onProgress: ({ done, total }) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(expected);
  }
});

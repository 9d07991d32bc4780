import { fork } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CancelledError, neverCancelled } from "../../server/src/core/base/cancellation";
import type { Notice } from "../../server/src/core/base/notice";
import { FileExtractor } from "../../server/src/core/engine/extractor";
import type { FileSummary } from "../../server/src/core/model/fileSummary";
import { decodeSummary, type ExtractedFile, type TextExtractor } from "../../server/src/host/extraction/extractedFile";
import { type ExtractionOptions, extractFiles } from "../../server/src/host/extraction/extractFiles";
import { createSyntaxHost } from "../../server/src/host/syntaxHost";
import { tempTree } from "./tempTree";

const require = createRequire(import.meta.url);
const limits = { maxFileBytes: 1 << 20, maxFunctionsPerFile: 5000, maxNestingDepth: 400, parseTimeout: 5000 };

/** What a thread does with a text is written in the text. */
const misbehaving = `
  import { batchTask } from "./server/src/host/extraction/batchTask";
  export const extractBatch = batchTask(async () => ({
    extract: async (path: string, text: string) => {
      const [order] = text.split("\\n");
      if (order === "hang") for (;;);
      if (order === "wait") await new Promise(() => {});
      if (order === "exit") process.exit(1);
      if (order === "throw later") {
        setTimeout(() => { throw new Error("too late"); });
        await new Promise(() => {});
      }
      if (order === "throw") throw new Error("no way");
      const hoard: unknown[] = [];
      while (order === "memory") hoard.push(new Array(1e6).fill(0).map((_, i) => i + 0.5));
      return { summary: { path } as never, notices: [] };
    },
  }));`;

const bundleFolder = mkdtempSync(join(tmpdir(), "fathom-extraction-"));
const misbehavingWorker = join(bundleFolder, "misbehaving.cjs");

beforeAll(() => {
  buildSync({
    stdin: { contents: misbehaving, resolveDir: ".", loader: "ts" },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: misbehavingWorker,
  });
});

afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));

const inProcess: TextExtractor = {
  extract: async (path) => ({ summary: { path } as unknown as FileSummary, notices: [] }),
};

interface Outcome {
  files: ExtractedFile[];
  paths: string[];
  notices: Notice[];
}

async function extract(
  root: string,
  paths: readonly string[],
  options: Partial<ExtractionOptions> = {},
): Promise<Outcome> {
  const files: ExtractedFile[] = [];
  const jobs = paths.map((path) => ({ path, size: 20_000 }));
  await extractFiles(
    jobs,
    {
      root,
      limits,
      cancellation: neverCancelled,
      threads: 2,
      workerFile: misbehavingWorker,
      extractor: () => Promise.reject(new Error("not in this thread")),
      ...options,
    },
    (file) => files.push(file),
  );
  return {
    files,
    paths: files.map(({ path }) => path).sort(),
    notices: files.flatMap(({ notices }) => notices),
  };
}

/** Enough for several batches, with the given texts among them. */
function treeWith(texts: Record<string, string> = {}): { root: string; paths: string[] } {
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${String(i).padStart(2, "0")}.go`, "fine"]));
  const all = { ...files, ...texts };
  return { root: tempTree(all), paths: Object.keys(all).sort() };
}

test("every file is read once, whoever does it", async () => {
  const { root, paths } = treeWith();
  const threaded = await extract(root, paths);
  const here = await extract(root, paths, { threads: 1, extractor: async () => inProcess });
  expect(threaded.paths).toEqual(paths);
  expect(threaded.notices).toEqual([]);
  const contents = ({ files }: Outcome) =>
    files
      .map(({ path, content }) => [path, content?.key, content && decodeSummary(content.record)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  expect(contents(threaded)).toEqual(contents(here));
  expect(new Set(contents(here).map(([, key]) => key)).size).toBe(paths.length);
});

test("a small job starts no thread", async () => {
  const root = tempTree({ "a.go": "hang" });
  const files: ExtractedFile[] = [];
  const options = { root, limits, cancellation: neverCancelled, workerFile: "none", extractor: async () => inProcess };
  await extractFiles([{ path: "a.go", size: 4 }], options, (file) => files.push(file));
  expect(files.map(({ path }) => path)).toEqual(["a.go"]);
});

test.each([
  ["exit", "left out: reading it ended its thread: worker exited with code: 1"],
  ["throw later", "left out: reading it ended its thread: too late"],
  ["throw", "left out because of a mistake in Fathom: no way"],
  ["hang", "left out: reading it took longer than 4 s"],
  ["wait", "left out: reading it took longer than 4 s"],
  ["memory", "left out: reading it took too much memory"],
])("a thread that does %s loses one file", async (order, message) => {
  const { root, paths } = treeWith({ "f30.go": order });
  // Running out of memory takes its time on a busy machine.
  const fileDeadline = order === "memory" ? 300_000 : 4000;
  const outcome = await extract(root, paths, { fileDeadline, heapMegabytes: 64 });
  expect(outcome.paths).toEqual(paths);
  expect(outcome.notices).toEqual([{ severity: "error", path: "f30.go", message }]);
  expect(outcome.files.filter(({ content }) => !content)).toHaveLength(1);
});

test("every bad file of many is named, in one batch or several", async () => {
  const bad = { "f02.go": "exit", "f03.go": "exit", "f30.go": "throw later", "f31.go": "hang", "f59.go": "exit" };
  const { root, paths } = treeWith(bad);
  const outcome = await extract(root, paths, { fileDeadline: 4000 });
  expect(outcome.paths).toEqual(paths);
  expect(outcome.notices.map(({ path }) => path).sort()).toEqual(Object.keys(bad));
});

test("without threads the work is done here", async () => {
  const { root, paths } = treeWith();
  const workerFile = join(root, "none.cjs");
  const outcome = await extract(root, paths, { workerFile, extractor: async () => inProcess });
  expect(outcome.paths).toEqual(paths);
  expect(outcome.notices).toEqual([]);
});

test("an extractor that cannot be made is not the files' fault", async () => {
  const { root, paths } = treeWith();
  const failing = { workerFile: join(root, "none.cjs"), extractor: () => Promise.reject(new Error("no wasm")) };
  await expect(extract(root, paths, failing)).rejects.toThrow("no wasm");
});

test("stops soon when cancelled, even when threads hang", async () => {
  const { root, paths } = treeWith({ "f00.go": "hang", "f50.go": "hang" });
  const cancellation = { isCancellationRequested: false };
  setTimeout(() => {
    cancellation.isCancellationRequested = true;
  }, 1000);
  const start = performance.now();
  await expect(extract(root, paths, { cancellation })).rejects.toThrow(CancelledError);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("stops soon when cancelled while working in this thread", async () => {
  const { root, paths } = treeWith();
  const cancellation = { isCancellationRequested: false };
  const slow: TextExtractor = {
    extract: async (path, text, given) => {
      if (path === "f10.go") cancellation.isCancellationRequested = true;
      return inProcess.extract(path, text, given);
    },
  };
  await expect(extract(root, paths, { threads: 1, cancellation, extractor: async () => slow })).rejects.toThrow(
    CancelledError,
  );
});

test("urgent files come first, then large ones", async () => {
  const { root, paths } = treeWith();
  const seen: string[] = [];
  const jobs = [
    { path: "f40.go", size: 1 },
    { path: "f41.go", size: 1 },
    ...paths
      .map((path) => ({ path, size: path === "f20.go" ? 500_000 : 100 }))
      .filter(({ path }) => !/4[01]/.test(path)),
  ];
  const options = { root, limits, cancellation: neverCancelled, threads: 1, extractor: async () => inProcess };
  await extractFiles(jobs, { ...options, urgent: 2 }, ({ path }) => seen.push(path));
  expect(seen.slice(0, 4)).toEqual(["f40.go", "f41.go", "f20.go", "f00.go"]);
});

test("what cannot be read comes back with its notice and needs no extractor", async () => {
  const root = tempTree({ "dir.go/x": "", "binary.go": "\0", "large.go": "x".repeat(2000) });
  const options = { threads: 1, limits: { ...limits, maxFileBytes: 1000 } };
  const { notices } = await extract(root, ["gone.go", "dir.go", "binary.go", "large.go"], options);
  expect(notices).toEqual([
    { severity: "info", path: "gone.go", message: "Skipped: it does not exist." },
    { severity: "info", path: "dir.go", message: "Skipped: a directory, not a file." },
    { severity: "info", path: "binary.go", message: "Skipped: binary content." },
    { severity: "warning", path: "large.go", message: "Skipped: 2000 bytes, above the limit of 1000." },
  ]);
});

test("an editor is answered while files are read in this thread", async () => {
  const { root, paths } = treeWith();
  const busy: TextExtractor = {
    extract: async (...args) => {
      for (const until = performance.now() + 5; performance.now() < until; );
      return inProcess.extract(...args);
    },
  };
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await extract(root, paths, { threads: 1, extractor: async () => busy });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test("the bundled program reads in threads, as an editor starts it, and ends by itself", async () => {
  const folder = join(bundleFolder, "dist");
  mkdirSync(folder, { recursive: true });
  const wasm = ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-go/tree-sitter-go.wasm"];
  for (const file of wasm) copyFileSync(join("node_modules", file), join(folder, file.split("/")[1] as string));
  const main = `
    import { FileExtractor } from "./server/src/core/engine/extractor";
    import { extractFiles } from "./server/src/host/extraction/extractFiles";
    const [root, ...paths] = process.argv.slice(2);
    const files = [];
    const jobs = paths.map((path) => ({ path, size: 300000 }));
    const extractor = () => { throw new Error("not here"); };
    const options = { root, limits: ${JSON.stringify(limits)}, cancellation: {}, threads: 2, extractor };
    extractFiles(jobs, options, (file) => files.push(file)).then(() => {
      const records = files.map(({ content }) => Buffer.from(content.record).toString()).sort();
      process.send(records, () => process.disconnect());
    });`;
  const shared: BuildOptions = {
    bundle: true,
    platform: "node",
    format: "cjs",
    alias: { "web-tree-sitter": require.resolve("web-tree-sitter").replace(/\.js$/, ".cjs") },
    external: ["@napi-rs/nice"],
  };
  const entry = { contents: main, resolveDir: ".", loader: "ts" } as const;
  buildSync({ ...shared, stdin: entry, outfile: join(folder, "main.js") });
  const worker = require.resolve("piscina").replace("main.js", "worker.js");
  const entryPoints = { extraction: "server/src/host/extraction/worker.ts", worker };
  buildSync({ ...shared, entryPoints, outdir: folder });
  const root = tempTree({
    "a.go": "package a\n\nfunc Berth(n int) int { return n + 1 }\n",
    "b.go": "package a\n\nfunc Moor() { Berth(2) }\n",
  });
  const child = fork(join(folder, "main.js"), [root, "a.go", "b.go"]);
  const [[records], [code]] = await Promise.all([once(child, "message"), once(child, "exit")]);
  expect(code).toBe(0);
  const extractor = await FileExtractor.create(createSyntaxHost(folder));
  const expected: string[] = [];
  for (const path of ["a.go", "b.go"]) {
    const text = readFileSync(join(root, path), "utf8");
    expected.push(JSON.stringify((await extractor.extract(path, text, limits)).summary));
  }
  expect(records).toEqual(expected.sort());
});

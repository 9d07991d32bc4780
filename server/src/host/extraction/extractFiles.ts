import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Piscina } from "piscina";
import { type Cancellation, throwIfCancelled } from "../../core/base/cancellation";
import { TimeSlice } from "../timeSlice";
import type { Batch, BatchResult } from "./batchTask";
import { type ExtractedFile, extractFile, leftOut, type ReadingLimits, type TextExtractor } from "./extractedFile";

export interface ExtractionJob {
  /** Relative to the root, `/` separators. */
  path: string;
  /** Bytes. Only an estimate of the work: the file is measured again when it is read. */
  size: number;
}

export interface ExtractionOptions {
  /** The real directory the paths are relative to. */
  root: string;
  limits: ReadingLimits;
  cancellation: Cancellation;
  /** Threads at most; with 1 the work is done in this one. By default one per core, 8 at most. */
  threads?: number;
  /** How many jobs at the front are wanted before all others. */
  urgent?: number;
  /** Does the work when no thread is worth its start. */
  extractor(): Promise<TextExtractor>;
  /** What threads run: a module that exports `extractBatch`. */
  workerFile?: string;
  /** Milliseconds that one file may take before its thread is taken for hung. */
  fileDeadline?: number;
  /** Of each thread; what the parser takes comes on top. */
  heapMegabytes?: number;
}

/** For less than this a thread's start is not worth it: a bundle to load, wasm to compile, code to warm up. */
const BYTES_WORTH_A_THREAD = 256 * 1024;
/** About 50 ms of work, so that no thread is left with much when the others are done. */
const BATCH_BYTES = 64 * 1024;
const BATCH_FILES = 64;
const MAX_THREADS = 8;
const HEAP_MEGABYTES = 2048;
/** More buys no time: what a file leaves behind is garbage when the next one begins. */
const YOUNG_MEGABYTES = 32;
const WATCH_INTERVAL_MS = 25;
const START_DEADLINE_MS = 30_000;
/** Without a look for this long, the machine slept or this thread was busy: then nobody is taken for hung. */
const OWN_PAUSE_MS = 1000;

/**
 * Reads and summarises files, in threads as far as they are worth it. `onFile` gets every file once, in no certain
 * order. A thread that crashes or hangs loses the one file it was at, which comes back with a notice instead, and is
 * replaced.
 *
 * @throws CancelledError
 */
export async function extractFiles(
  jobs: readonly ExtractionJob[],
  options: ExtractionOptions,
  onFile: (file: ExtractedFile) => void,
): Promise<void> {
  const bytes = jobs.reduce((sum, { size }) => sum + (size > options.limits.maxFileBytes ? 0 : size), 0);
  const wanted = options.threads ?? Math.min(availableParallelism(), MAX_THREADS);
  const threads = Math.min(wanted, Math.ceil(bytes / BYTES_WORTH_A_THREAD));
  const batches = batchesOf(jobs, options.urgent ?? 0);
  if (threads > 1) await new ThreadedExtraction(options, onFile, batches).run(threads);
  await extractHere(batches.flat(), options, onFile);
}

/** Files that fill a batch of their own come first, since one of them begun last would keep everyone waiting. */
function batchesOf(jobs: readonly ExtractionJob[], urgent: number): string[][] {
  const rest = jobs.slice(urgent);
  const large = rest.filter(({ size }) => size >= BATCH_BYTES).sort((a, b) => b.size - a.size);
  const batches = [...jobs.slice(0, urgent), ...large].map(({ path }) => [path]);
  let current: string[] = [];
  let bytes = 0;
  for (const { path, size } of rest) {
    if (size >= BATCH_BYTES) continue;
    if (current.length > 0 && (bytes + size > BATCH_BYTES || current.length >= BATCH_FILES)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(path);
    bytes += size;
  }
  if (current.length > 0) batches.push(current);
  return batches;
}

async function extractHere(
  paths: readonly string[],
  options: ExtractionOptions,
  onFile: (file: ExtractedFile) => void,
): Promise<void> {
  const slice = new TimeSlice();
  for (const path of paths) {
    throwIfCancelled(options.cancellation);
    onFile(await extractFile(options.extractor, options.root, path, options.limits));
    if (slice.isOver()) await slice.pause();
  }
}

/** A batch that a thread is at. */
interface Running {
  begun: Int32Array;
  /** `begun` at the last look, and since when it has been that. */
  seen: number;
  since: number;
  hung: boolean;
  abort: AbortController;
}

class ThreadedExtraction {
  private readonly running = new Set<Running>();
  private readonly fileDeadline: number;
  private startFailures = 0;
  /** Threads cannot be started, or not be trusted: what is left in `batches` is for someone else. */
  private gaveUp = false;
  private lastLook = performance.now();

  /** @param batches taken from the front; when `run` is over, it holds what was not done */
  constructor(
    private readonly options: ExtractionOptions,
    private readonly onFile: (file: ExtractedFile) => void,
    private readonly batches: string[][],
  ) {
    this.fileDeadline = options.fileDeadline ?? 2 * options.limits.parseTimeout + 10_000;
  }

  async run(threads: number): Promise<void> {
    throwIfCancelled(this.options.cancellation);
    // Most scans find nothing that is worth a thread.
    const { Piscina } = await import("piscina");
    const pool = new Piscina({
      filename: this.options.workerFile ?? join(__dirname, "extraction.js"),
      name: "extractBatch",
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: {
        maxOldGenerationSizeMb: this.options.heapMegabytes ?? HEAP_MEGABYTES,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      },
      recordTiming: false,
    });
    // Only a thread without a batch is reported so: it did not come up.
    pool.on("error", () => this.giveUp());
    const watch = setInterval(() => this.look(), WATCH_INTERVAL_MS);
    try {
      await Promise.all(Array.from({ length: threads }, () => this.work(pool)));
    } finally {
      clearInterval(watch);
      await pool.destroy();
    }
  }

  private async work(pool: Piscina): Promise<void> {
    while (!this.gaveUp) {
      const batch = this.batches.shift();
      if (!batch) return;
      const running: Running = {
        begun: new Int32Array(new SharedArrayBuffer(4)),
        seen: 0,
        since: performance.now(),
        hung: false,
        abort: new AbortController(),
      };
      this.running.add(running);
      const { root, limits } = this.options;
      const request: Batch = { root, limits, paths: batch, begun: running.begun };
      const result = await pool
        .run(request, { signal: running.abort.signal })
        .catch((error) => this.recover(batch, running, error));
      this.running.delete(running);
      throwIfCancelled(this.options.cancellation);
      (result as BatchResult | undefined)?.files.forEach(this.onFile);
    }
  }

  /** The batch of a lost thread goes back, without the file that was the end of it. */
  private recover(batch: readonly string[], { begun, hung, abort }: Running, error: unknown): void {
    const wasStopped = abort.signal.aborted && !hung;
    const culprit = wasStopped ? undefined : batch[Atomics.load(begun, 0) - 1];
    if (culprit !== undefined) {
      const message = hung ? `left out: reading it took longer than ${this.fileDeadline / 1000} s` : reasonOf(error);
      this.onFile(leftOut(culprit, { severity: "error", path: culprit, message }));
    } else if (!wasStopped && ++this.startFailures > 2) {
      this.giveUp();
    }
    const rest = batch.filter((path) => path !== culprit);
    if (rest.length > 0) this.batches.unshift(rest);
  }

  private look(): void {
    if (this.options.cancellation.isCancellationRequested) return this.abortAll();
    const now = performance.now();
    const paused = now - this.lastLook > OWN_PAUSE_MS;
    this.lastLook = now;
    for (const running of this.running) {
      const begun = Atomics.load(running.begun, 0);
      if (begun !== running.seen || paused) {
        running.seen = begun;
        running.since = now;
      } else if (now - running.since > (begun === 0 ? START_DEADLINE_MS : this.fileDeadline)) {
        running.hung = true;
        running.abort.abort();
      }
    }
  }

  private giveUp(): void {
    this.gaveUp = true;
    this.abortAll();
  }

  private abortAll(): void {
    for (const { abort } of this.running) abort.abort();
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return "left out: reading it took too much memory";
  return `left out: reading it ended its thread: ${message}`;
}

import { createHash } from "node:crypto";
import { throwIfCancelled } from "../../core/base/cancellation";
import type { Notice } from "../../core/base/notice";
import type { FileSummary } from "../../core/model/fileSummary";
import type { CachePack, PackEntry } from "../cache/cachePack";
import { type FileStamp, provesContent, stampFiles, stampOf } from "../cache/fileStamp";
import { readBytes } from "../readSource";
import { TimeSlice } from "../timeSlice";
import { contentKey, decodeSummary, type ExtractedFile } from "./extractedFile";
import { type ExtractionJob, type ExtractionOptions, extractFiles } from "./extractFiles";

export interface ReadingOptions extends Omit<ExtractionOptions, "urgent"> {
  /** What is known from earlier runs; it learns what is read. */
  pack?: CachePack | undefined;
  /** Files to read before all others. */
  first?: ReadonlySet<string>;
  onProgress?(progress: { done: number; total: number }): void;
}

/** A file read just now, or one that the pack knew. */
type KnownFile = ExtractedFile | PackEntry;

/** The files of a workspace as they were read at one moment. Their summaries are decoded when asked for. */
export class WorkspaceFiles {
  private constructor(
    private readonly options: ReadingOptions,
    private readonly files: Map<string, KnownFile>,
  ) {}

  /**
   * Reads what the pack does not know to be unchanged.
   *
   * @param paths relative to `options.root`
   * @throws CancelledError; what was read till then is in the pack
   */
  static async read(paths: readonly string[], options: ReadingOptions): Promise<WorkspaceFiles> {
    const { root, pack, cancellation, first, onProgress } = options;
    const stamps = await stampFiles(root, paths, cancellation);
    const files = new Map<string, KnownFile>();
    const urgent: ExtractionJob[] = [];
    const others: ExtractionJob[] = [];
    const slice = new TimeSlice();
    for (const [index, path] of paths.entries()) {
      const stamp = stamps[index];
      const known = pack && stamp && (pack.find(path, stamp) ?? recognise(path, stamp, pack, options));
      if (known) files.set(path, known);
      else (first?.has(path) ? urgent : others).push({ path, size: stamp?.size ?? 0 });
      if (slice.isOver()) {
        await slice.pause();
        throwIfCancelled(cancellation);
      }
    }
    const report = () => onProgress?.({ done: files.size, total: paths.length });
    report();
    await extractFiles([...urgent, ...others], { ...options, urgent: urgent.length }, (file) => {
      files.set(file.path, file);
      remember(file, pack);
      report();
    });
    return new WorkspaceFiles(options, files);
  }

  /** Every file that was asked for, read or not. */
  get paths(): Iterable<string> {
    return this.files.keys();
  }

  /** Stands for the path and content of a file; there is none without a summary. */
  keyOf(path: string): string | undefined {
    const file = this.files.get(path);
    return file && keyOf(file);
  }

  /** Same as long as every file has the same path and content. */
  get digest(): string {
    const hash = createHash("sha256");
    const lines = [...this.files].map(([path, file]) => `${path}\0${keyOf(file) ?? JSON.stringify(file.notices)}\n`);
    return hash.update(lines.sort().join("")).digest("hex");
  }

  /** What was noticed while reading, by path; only of files where there was anything. */
  get notices(): ReadonlyMap<string, readonly Notice[]> {
    return new Map([...this.files].flatMap(([path, { notices }]) => (notices.length > 0 ? [[path, notices]] : [])));
  }

  /**
   * Hands out the summary of each file that has one. A file whose record turns out damaged is read again.
   *
   * @throws CancelledError
   */
  async summaries(onSummary: (summary: FileSummary) => void): Promise<void> {
    const { cancellation, pack } = this.options;
    const damaged: ExtractionJob[] = [];
    const slice = new TimeSlice();
    for (const file of this.files.values()) {
      const record = "key" in file ? pack?.record(file.key) : file.content?.record;
      if (record) onSummary(decodeSummary(record));
      else if ("key" in file) damaged.push({ path: file.path, size: 0 });
      if (slice.isOver()) {
        await slice.pause();
        throwIfCancelled(cancellation);
      }
    }
    await extractFiles(damaged, this.options, (file) => {
      this.files.set(file.path, file);
      remember(file, pack);
      if (file.content) onSummary(decodeSummary(file.content.record));
    });
  }
}

function keyOf(file: KnownFile): string | undefined {
  return "key" in file ? file.key : file.content?.key;
}

function remember({ path, notices, content }: ExtractedFile, pack: CachePack | undefined): void {
  if (content) pack?.put({ path, notices, ...content });
}

/** A file whose stamp proves nothing may still hold what it held: after a checkout there and back, or when just made. */
function recognise(path: string, found: FileStamp, pack: CachePack, options: ReadingOptions): PackEntry | undefined {
  if (!pack.knowsPath(path) || found.size > options.limits.maxFileBytes) return undefined;
  const readAt = Date.now();
  const read = readBytes(options.root, path, options.limits);
  if (read.kind === "notice") return undefined;
  const key = contentKey(path, read.bytes);
  const entry = pack.get(key);
  const stamp = stampOf(read.stats);
  if (entry) pack.restamp(key, provesContent(stamp, readAt) ? stamp : undefined);
  return entry;
}

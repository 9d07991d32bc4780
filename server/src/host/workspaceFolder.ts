import { availableParallelism } from "node:os";
import { type Cancellation, neverCancelled } from "../core/base/cancellation";
import { extractionLimits } from "../core/engine/engine";
import type { FileExtractor } from "../core/engine/extractor";
import type { Settings } from "../core/engine/settings";
import { buildId } from "./cache/buildId";
import { CachePack } from "./cache/cachePack";
import { WorkspaceFiles } from "./extraction/workspaceFiles";
import { type ReadResult, readSource } from "./readSource";
import { type WalkResult, walkWorkspace } from "./walkWorkspace";

export const maxCacheBytes = 1024 ** 3;

/** The files of one workspace on disk, as far as its settings let them be read. */
export class WorkspaceFolder {
  private met: ReadonlySet<string> = new Set();

  /** @param threads at most, and never more than one per core; so many as are worth it when absent */
  constructor(
    private folder: string,
    private settings: Settings,
    private readonly extractor: () => Promise<FileExtractor>,
    private readonly threads: number | undefined,
  ) {}

  /** What paths are relative to: its real path, once it has been walked. */
  get root(): string {
    return this.folder;
  }

  /** Files of any kind, as the last walk has met them; those of folders that are left out are not among them. */
  get paths(): ReadonlySet<string> {
    return this.met;
  }

  configure(settings: Settings): void {
    this.settings = settings;
  }

  /**
   * Lists the files that are wanted. Asks about every file, which is how all of them come to be known.
   *
   * @throws InputError when the folder cannot be read
   * @throws CancelledError
   */
  async walk(accept: (path: string) => boolean, cancellation: Cancellation = neverCancelled): Promise<WalkResult> {
    const met = new Set<string>();
    const result = await walkWorkspace(this.folder, {
      exclude: this.settings.exclude,
      maxFiles: this.settings["limits.maxFiles"],
      accept: (path) => {
        met.add(path);
        return accept(path);
      },
      cancellation,
    });
    this.folder = result.root;
    this.met = met;
    return result;
  }

  read(path: string): ReadResult {
    return readSource(this.folder, path, this.limits);
  }

  textOf(path: string): string | undefined {
    const read = this.read(path);
    return read.kind === "source" ? read.text : undefined;
  }

  /** Reads source files in threads. */
  readAll(
    paths: readonly string[],
    cancellation: Cancellation,
    more: Pick<Parameters<typeof WorkspaceFiles.read>[1], "pack" | "first" | "onProgress"> = {},
  ): Promise<WorkspaceFiles> {
    const { threads } = this;
    return WorkspaceFiles.read(paths, {
      root: this.folder,
      limits: this.limits,
      cancellation,
      extractor: this.extractor,
      // Threads that share a core would pass for hung.
      ...(threads !== undefined && { threads: Math.min(threads, availableParallelism()) }),
      ...more,
    });
  }

  /** What earlier processes have kept of it, by this build and these limits. */
  openPack(cacheFolder: string): CachePack | undefined {
    const build = buildId();
    if (build === undefined) return undefined;
    const version = JSON.stringify([build, this.limits]);
    return CachePack.open({ folder: cacheFolder, root: this.folder, version, maxBytes: maxCacheBytes });
  }

  private get limits() {
    const maxFileBytes = this.settings["limits.maxFileSize"] * 1024;
    return { ...extractionLimits(this.settings), maxFileBytes, setting: "fathom.limits.maxFileSize" };
  }
}

import { relative, sep } from "node:path";
import { URI, Utils } from "vscode-uri";
import { type Cancellation, CancelledError } from "../core/base/cancellation";
import type { Settings } from "../core/engine/settings";
import type { FileSummary, FunctionSummary } from "../core/model/fileSummary";
import type { Finding } from "../core/model/finding";
import { Workspace } from "../host/workspace";

/** One workspace folder of the editor. Work on it is queued, so that a scan and an edit never interleave in one file. */
export class Folder {
  private historyReading = { isCancellationRequested: false };
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly uri: string,
    readonly workspace: Workspace,
  ) {}

  static async open(uri: string, settings: Settings, cacheFolder: string | undefined): Promise<Folder> {
    return new Folder(uri, await Workspace.open(URI.parse(uri).fsPath, settings, { cacheFolder }));
  }

  /** Path of a document relative to the folder, `undefined` when it is not inside. */
  pathOf(uri: string): string | undefined {
    const path = relative(URI.parse(this.uri).fsPath, URI.parse(uri).fsPath).split(sep).join("/");
    return path === "" || path === ".." || path.startsWith("../") || /^[A-Za-z]:/.test(path) ? undefined : path;
  }

  uriOf(path: string): string {
    return Utils.joinPath(URI.parse(this.uri), path).toString();
  }

  /** Runs after everything asked before; a failure does not stop what comes later. */
  enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work, work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** @returns whether the scan came to its end */
  async scan(
    cancellation: Cancellation,
    first: readonly string[],
    onProgress: (done: number, total: number) => void,
  ): Promise<boolean> {
    try {
      await this.workspace.scan({ cancellation, first, onProgress: ({ done, total }) => onProgress(done, total) });
      return true;
    } catch (error) {
      if (error instanceof CancelledError) return false;
      throw error;
    }
  }

  /**
   * Reads the history; one that is still being read is given up.
   *
   * @returns whether there is something new to show
   */
  async readHistory(): Promise<boolean> {
    this.historyReading.isCancellationRequested = true;
    const reading = { isCancellationRequested: false };
    this.historyReading = reading;
    const before = this.workspace.analysis().model.history;
    try {
      await this.workspace.readHistory(reading);
    } catch (error) {
      if (error instanceof CancelledError) return false;
      throw error;
    }
    return this.workspace.analysis().model.history !== before;
  }

  close(): void {
    this.historyReading.isCancellationRequested = true;
  }

  findingsIn(path: string): Finding[] {
    return this.workspace.analysis().findings.filter((finding) => finding.path === path);
  }

  file(path: string): FileSummary | undefined {
    return this.workspace.analysis().model.files.get(path);
  }
}

/** The innermost function around an offset, preferring one with a name over a callback inside it. */
export function functionAround(file: FileSummary, offset: number): { fn: FunctionSummary; index: number } | undefined {
  let found: { fn: FunctionSummary; index: number } | undefined;
  file.functions.forEach((fn, index) => {
    if (fn.start <= offset && offset <= fn.end && fn.name) found = { fn, index };
  });
  return found;
}

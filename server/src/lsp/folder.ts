import { relative, sep } from "node:path";
import { URI, Utils } from "vscode-uri";
import { type Cancellation, CancelledError } from "../core/base/cancellation";
import type { Settings } from "../core/engine/settings";
import type { FileSummary, FunctionSummary } from "../core/model/fileSummary";
import type { Finding } from "../core/model/finding";
import { Workspace } from "../host/workspace";

/** A file that was made, changed or deleted on disk. */
export interface FileChange {
  path: string;
  isDeleted: boolean;
}

const noFindings: readonly Finding[] = [];

/** One workspace folder of the editor. */
export class Folder {
  private readonly root: URI;
  private readonly uris = new Map<string, string>();
  private historyReading = { isCancellationRequested: false };
  private edits: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly uri: string,
    readonly workspace: Workspace,
  ) {
    this.root = URI.parse(uri);
  }

  static async open(uri: string, settings: Settings, cacheFolder: string | undefined): Promise<Folder> {
    return new Folder(uri, await Workspace.open(URI.parse(uri).fsPath, settings, { cacheFolder }));
  }

  /** Path of a document relative to the folder, `undefined` when it is not inside. */
  pathOf(uri: string): string | undefined {
    const path = relative(this.root.fsPath, URI.parse(uri).fsPath).split(sep).join("/");
    return path === "" || path === ".." || path.startsWith("../") || /^[A-Za-z]:/.test(path) ? undefined : path;
  }

  uriOf(path: string): string {
    let uri = this.uris.get(path);
    if (uri === undefined) {
      uri = Utils.joinPath(this.root, path).toString();
      this.uris.set(path, uri);
    }
    return uri;
  }

  /** One edit after the other; a failure does not stop what comes later. Nothing that takes long belongs here. */
  edit<T>(work: () => Promise<T>): Promise<T> {
    const result = this.edits.then(work, work);
    this.edits = result.catch(() => undefined);
    return result;
  }

  private changes = new Map<string, FileChange>();
  private applying: Promise<void> | undefined;

  /** Applies changes on disk, together with those that come while others are being applied. */
  applyChanges(
    changes: readonly FileChange[],
    apply: (changes: readonly FileChange[]) => Promise<void>,
  ): Promise<void> {
    for (const change of changes) this.changes.set(change.path, change);
    this.applying ??= this.applyAll(apply).finally(() => {
      this.applying = undefined;
    });
    return this.applying;
  }

  private async applyAll(apply: (changes: readonly FileChange[]) => Promise<void>): Promise<void> {
    while (this.changes.size > 0) {
      const changes = [...this.changes.values()];
      this.changes.clear();
      await apply(changes);
    }
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
   * Reads the history and what the working tree changes; one that is still being read is given up.
   *
   * @returns whether there is something new to show
   */
  async readGit(): Promise<boolean> {
    this.historyReading.isCancellationRequested = true;
    const reading = { isCancellationRequested: false };
    this.historyReading = reading;
    const before = this.workspace.analysis().model.history;
    try {
      const { isNew } = await this.workspace.readChanges(reading);
      await this.workspace.readHistory(reading);
      return isNew || this.workspace.analysis().model.history !== before;
    } catch (error) {
      if (error instanceof CancelledError) return false;
      throw error;
    }
  }

  close(): void {
    this.historyReading.isCancellationRequested = true;
  }

  /** The same list as long as nothing in it is another. */
  findingsIn(path: string): readonly Finding[] {
    return this.findingsByPath.get(path) ?? noFindings;
  }

  get findingsByPath(): ReadonlyMap<string, readonly Finding[]> {
    return this.workspace.analysis().findingsByPath;
  }

  /** Whether the analysis has come to the latest text of a file. */
  isCurrent(path: string): boolean {
    return this.workspace.summaryOf(path) === this.file(path);
  }

  file(path: string): FileSummary | undefined {
    return this.workspace.analysis().model.files.get(path);
  }
}

/** The innermost function around a zero-based place, preferring one with a name over a callback inside it. */
export function functionAround(
  file: FileSummary,
  { line, character }: { line: number; character: number },
): { fn: FunctionSummary; index: number } | undefined {
  const lineStart = file.lineStarts[line];
  if (lineStart === undefined) return undefined;
  const offset = lineStart + character;
  let found: { fn: FunctionSummary; index: number } | undefined;
  file.functions.forEach((fn, index) => {
    if (fn.start <= offset && offset <= fn.end && fn.name) found = { fn, index };
  });
  return found;
}

import type { Notice } from "../core/base/notice";
import type { Engine } from "../core/engine/engine";
import type { Settings } from "../core/engine/settings";
import type { FileSummary } from "../core/model/fileSummary";
import type { SummaryInterner } from "../core/model/summaryInterner";
import type { WorkspaceFiles } from "./extraction/workspaceFiles";
import type { ReadResult } from "./readSource";

/** A text open in an editor. */
interface Overlay {
  text: string;
  /** What it was looked at with. */
  settings: Settings;
  analysed: Promise<void>;
}

/** Gives the engine each file as it is now: what was read of it last, or the text that an editor shows. */
export class CurrentFiles {
  private readonly overlays = new Map<string, Overlay>();
  private readonly noticesByPath = new Map<string, readonly Notice[]>();
  /** How often reading has begun. */
  private readings = 0;
  /** Which reading each file was last taken from: what an earlier one finds of it is older. */
  private readonly takenFrom = new Map<string, number>();
  private streams = 0;

  /** @param onText is told the text of each file that is analysed by itself; `undefined` when it is gone */
  constructor(
    private readonly engine: Engine,
    private readonly read: (path: string) => ReadResult,
    private readonly onText: (path: string, text: string | undefined) => void,
  ) {}

  /** What went wrong with single files, in path order. */
  get notices(): Notice[] {
    const paths = [...this.noticesByPath.keys()].sort();
    return paths.flatMap((path) => this.noticesByPath.get(path) ?? []);
  }

  setNotices(path: string, notices: readonly Notice[]): void {
    if (notices.length > 0) this.noticesByPath.set(path, notices);
    else this.noticesByPath.delete(path);
  }

  /** @returns the number of a reading that begins now; of those that began earlier it is smaller */
  beginReading(): number {
    return ++this.readings;
  }

  /** Whether something is known of a file that is newer than what this reading finds. */
  isNewer(path: string, reading: number): boolean {
    return this.overlays.has(path) || (this.takenFrom.get(path) ?? 0) > reading;
  }

  /** Gives the engine what was read, as far as nothing newer is known. */
  async take(files: WorkspaceFiles, reading: number, interner?: SummaryInterner): Promise<void> {
    const withSummary = new Set<string>();
    this.engine.isStreaming = ++this.streams > 0;
    try {
      await files.summaries((summary: FileSummary) => {
        withSummary.add(summary.path);
        if (this.isNewer(summary.path, reading)) return;
        this.engine.setSummary(summary.path, interner ? interner.intern(summary) : summary);
      });
    } finally {
      this.engine.isStreaming = --this.streams > 0;
    }
    const { notices } = files;
    for (const path of files.paths) {
      if (this.isNewer(path, reading)) continue;
      this.takenFrom.set(path, reading);
      if (!withSummary.has(path)) this.engine.removeFile(path);
      this.setNotices(path, notices.get(path) ?? []);
    }
  }

  /** Analyses one file as it is now. */
  async refresh(path: string): Promise<void> {
    this.takenFrom.set(path, this.beginReading());
    const overlay = this.overlays.get(path);
    const read: ReadResult = overlay ? { kind: "source", text: overlay.text } : this.read(path);
    if (read.kind === "source") {
      await this.analyse(path, read.text, read.notice ? [read.notice] : []);
      return;
    }
    this.engine.removeFile(path);
    this.setNotices(path, [read.notice]);
  }

  isOpen(path: string): boolean {
    return this.overlays.has(path);
  }

  /** The text that an editor shows of a file. */
  shownText(path: string): string | undefined {
    return this.overlays.get(path)?.text;
  }

  /** The text an editor shows, which counts until the editor closes it. */
  setOverlay(path: string, text: string, settings: Settings): Promise<void> {
    const known = this.overlays.get(path);
    // A scan begins with what is open, much of which has just been looked at.
    if (known?.text === text && known.settings === settings) return known.analysed;
    const overlay: Overlay = { text, settings, analysed: Promise.resolve() };
    this.overlays.set(path, overlay);
    overlay.analysed = this.analyse(path, text, []);
    return overlay.analysed;
  }

  async removeOverlay(path: string): Promise<void> {
    this.overlays.delete(path);
    await this.refresh(path);
  }

  forget(path: string): void {
    this.takenFrom.set(path, this.beginReading());
    this.engine.removeFile(path);
    this.noticesByPath.delete(path);
    this.onText(path, undefined);
  }

  private async analyse(path: string, text: string, notices: readonly Notice[]): Promise<void> {
    const reading = this.beginReading();
    this.takenFrom.set(path, reading);
    const isWanted = () => this.takenFrom.get(path) === reading;
    const { notices: more } = await this.engine.setFile(path, text, isWanted);
    if (!isWanted()) return;
    this.setNotices(path, [...notices, ...more]);
    this.onText(path, text);
  }
}

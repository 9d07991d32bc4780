import type { Engine } from "../core/engine/engine";
import type { FileSummary } from "../core/model/fileSummary";
import type { LinkedFile } from "../core/model/link/linker";
import type { CachePack } from "./cache/cachePack";
import { decodeLinks, encodeLinks, type KeptFile } from "./cache/keptLinks";
import { decodeSummary } from "./extraction/extractedFile";
import type { WorkspaceFiles } from "./extraction/workspaceFiles";
import { TimeSlice } from "./timeSlice";

/** As long as so many files are as they were for each that is not, their links are not written anew. */
const manyOthers = 50;

/** The links that one scan of a folder keeps for the next. */
export class ScanLinks {
  /** @param digest of what links follow from beside the files and the pack's version: also how they are written down */
  constructor(
    private readonly pack: CachePack,
    private readonly files: WorkspaceFiles,
    private readonly digest: string,
  ) {}

  /**
   * Goes on from links that an earlier scan has kept.
   *
   * @param isNewer whether something newer is known of a file than what this scan has read
   * @returns whether they are good enough for the next scan too
   */
  async resume(engine: Engine, isNewer: (path: string) => boolean): Promise<boolean> {
    const kept = this.pack.result("links", this.digest);
    if (!kept) return false;
    const slice = new TimeSlice();
    const resumed: { summary: FileSummary; linked: LinkedFile }[] = [];
    let unchanged = 0;
    for (const chunk of decodeLinks(kept)) {
      for (const { path, key, linked } of chunk) {
        const isSame = this.files.keyOf(path) === key && !isNewer(path);
        if (isSame) unchanged++;
        const record = isSame ? undefined : this.pack.record(key);
        const summary = record ? decodeSummary(record) : isSame && engine.summaryOf(path);
        // Without what a file has declared nobody can say what has changed since.
        if (!summary) return false;
        resumed.push({ summary, linked });
      }
      if (slice.isOver()) await slice.pause();
    }
    engine.resume(resumed);
    const changed = Math.max(resumed.length, [...this.files.paths].length) - unchanged;
    return manyOthers * changed < unchanged;
  }

  keep(engine: Engine): void {
    const kept: KeptFile[] = [];
    for (const [path, linked] of engine.linkedFiles()) {
      const key = this.files.keyOf(path);
      if (key !== undefined) kept.push({ path, key, linked });
    }
    this.pack.putResult("links", this.digest, encodeLinks(kept));
  }
}

import type { Cancellation } from "../../core/base/cancellation";
import { InputError } from "../../core/base/errors";
import { isSameData } from "../../core/base/sameData";
import type { FileChange } from "../../core/rules/enforce/changes";
import { type Changes, changesSince, defaultBase } from "./changes";

/** What the working tree of one folder changes, as it was read last. */
export class WorkspaceChanges {
  private changed: readonly FileChange[] = [];

  constructor(private readonly folder: string) {}

  get files(): readonly FileChange[] {
    return this.changed;
  }

  /**
   * @param base the revision to compare with, when somebody named one
   * @param isWanted whether to compare with the default branch when nobody did
   * @returns the commit compared with, and whether anything is another than before
   * @throws InputError when a named base cannot be compared with
   * @throws CancelledError
   */
  async read(
    cancellation: Cancellation,
    base: string | undefined,
    isWanted: boolean,
  ): Promise<{ base?: string; isNew: boolean }> {
    const read =
      base !== undefined
        ? await changesSince(this.folder, base, cancellation)
        : isWanted
          ? await this.sinceDefault(cancellation)
          : undefined;
    const files = read?.files ?? [];
    const isNew = !isSameData(files, this.changed);
    if (isNew) this.changed = files;
    return { ...(read && { base: read.base }), isNew };
  }

  private async sinceDefault(cancellation: Cancellation): Promise<Changes | undefined> {
    const revision = await defaultBase(this.folder, cancellation);
    if (revision === undefined) return undefined;
    try {
      return await changesSince(this.folder, revision, cancellation);
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }
}

import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile, trimCache } from "./cacheFolder";

/** Contents kept by key in a cache folder, one file each, beside the packs and evicted like them. */
export class CacheBlobs {
  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
  ) {}

  async read(key: string): Promise<Buffer | undefined> {
    return readFile(this.fileOf(key)).catch(() => undefined);
  }

  /** What cannot be written is made again the next time. */
  async write(key: string, value: Buffer): Promise<void> {
    const file = this.fileOf(key);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await replaceFile(file, [value]);
      await trimCache(this.folder, this.maxBytes, file);
    } catch {
      // A cache that cannot be written has already been told of by the pack.
    }
  }

  private fileOf(key: string): string {
    return join(this.folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.pack`);
  }
}

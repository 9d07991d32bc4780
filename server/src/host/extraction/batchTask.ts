import { type ExtractedFile, extractFile, type ReadingLimits, type TextExtractor } from "./extractedFile";

/** What a worker is asked for at once. Crosses threads. */
export interface Batch {
  root: string;
  limits: ReadingLimits;
  paths: readonly string[];
  /** One number over shared memory: how many files of the batch have been begun. */
  begun: Int32Array;
}

export interface BatchResult {
  files: ExtractedFile[];
}

/** A worker's whole work. `createExtractor` is called once per thread, when its first batch comes. */
export function batchTask(createExtractor: () => Promise<TextExtractor>): (batch: Batch) => Promise<BatchResult> {
  let extractor: Promise<TextExtractor> | undefined;
  return async ({ root, limits, paths, begun }) => {
    extractor ??= createExtractor();
    // Before any file is begun, so that none is blamed for what happens here.
    const ready = await extractor;
    const files: ExtractedFile[] = [];
    for (const path of paths) {
      Atomics.add(begun, 0, 1);
      files.push(await extractFile(async () => ready, root, path, limits));
    }
    return { files };
  };
}

import { readSource } from "./readSource";

const maxManifestBytes = 1024 * 1024;

/** The text of a manifest; `undefined` for one that is not there or larger than people write. */
export function manifestText(root: string, path: string): string | undefined {
  const read = readSource(root, path, { maxFileBytes: maxManifestBytes });
  return read.kind === "source" ? read.text : undefined;
}

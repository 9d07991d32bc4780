import { deserialize, serialize } from "node:v8";
import type { LinkedFile } from "../../core/model/link/linker";

/** A file as it was linked. */
export interface KeptFile {
  path: string;
  /** Of its path and content. */
  key: string;
  linked: LinkedFile;
}

/** A chunk takes a few milliseconds, after which others may have a turn. */
const CHUNK_FILES = 64;

/** By `v8.serialize`, which knows all that links are made of, and writes once what the files of a chunk share. */
export function encodeLinks(files: readonly KeptFile[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let i = 0; i < files.length; i += CHUNK_FILES) chunks.push(serialize(files.slice(i, i + CHUNK_FILES)));
  return serialize(chunks);
}

/** @param bytes what `encodeLinks` has made under the same version of V8 */
export function* decodeLinks(bytes: Uint8Array): Generator<readonly KeptFile[]> {
  for (const chunk of deserialize(bytes) as Uint8Array[]) yield deserialize(chunk);
}

import { createHash } from "node:crypto";
import type { Notice } from "../../core/base/notice";
import type { ExtractionLimits } from "../../core/engine/extractor";
import type { FileSummary } from "../../core/model/fileSummary";
import { type FileStamp, provesContent, stampOf } from "../cache/fileStamp";
import { decodeSource, readBytes } from "../readSource";

export interface ReadingLimits extends ExtractionLimits {
  /** Larger files are not read at all. */
  maxFileBytes: number;
  /** The setting that gives that limit. */
  setting?: string;
}

/** Turns one text into a summary; `FileExtractor` does. */
export interface TextExtractor {
  extract(
    path: string,
    text: string,
    limits: ExtractionLimits,
  ): Promise<{ summary: FileSummary | undefined; notices: Notice[] }>;
}

/** One file as it was read. Plain data. */
export interface ExtractedFile {
  /** Relative to the workspace root, `/` separators. */
  path: string;
  notices: Notice[];
  /** Absent when the file was left out, for which there is a notice. */
  content: ExtractedContent | undefined;
}

export interface ExtractedContent {
  /** Of path and content: a summary names its path. */
  key: string;
  /** Absent when it does not prove that the file still holds what was read. */
  stamp: FileStamp | undefined;
  /** The summary, encoded. */
  record: Uint8Array;
}

/**
 * Reads, hashes, parses and summarises one file. Whatever is wrong with the file comes back as a notice.
 *
 * @param extractor asked for only when the file has text: a scan that finds nothing new needs no parser
 */
export async function extractFile(
  extractor: () => Promise<TextExtractor>,
  root: string,
  path: string,
  limits: ReadingLimits,
): Promise<ExtractedFile> {
  const readAt = Date.now();
  const read = readBytes(root, path, limits);
  if (read.kind === "notice") return leftOut(path, read.notice);
  const source = decodeSource(read.bytes, path);
  if (source.kind === "notice") return leftOut(path, source.notice);
  const stamp = stampOf(read.stats);
  const ready = await extractor();
  try {
    const { summary, notices } = await ready.extract(path, source.text, limits);
    const content = summary && {
      key: contentKey(path, read.bytes),
      stamp: provesContent(stamp, readAt) ? stamp : undefined,
      record: encodeSummary(summary),
    };
    return { path, notices: source.notice ? [source.notice, ...notices] : notices, content };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return leftOut(path, { severity: "error", path, message: `left out because of a mistake in Fathom: ${reason}` });
  }
}

export function leftOut(path: string, notice: Notice): ExtractedFile {
  return { path, notices: [notice], content: undefined };
}

/** 128 bits, in hexadecimal. */
export function contentKey(path: string, bytes: Uint8Array): string {
  return createHash("sha256").update(`${path}\0`).update(bytes).digest("hex").slice(0, 32);
}

/**
 * JSON: on the summaries of Go's standard library it decodes as fast as v8.deserialize and a third faster than a
 * structured clone, and reading one needs nothing that another record holds.
 */
export function encodeSummary(summary: FileSummary): Uint8Array {
  return Buffer.from(JSON.stringify(summary));
}

/** @throws SyntaxError when `record` was not made by `encodeSummary` */
export function decodeSummary(record: Uint8Array): FileSummary {
  return JSON.parse(Buffer.from(record.buffer, record.byteOffset, record.byteLength).toString());
}

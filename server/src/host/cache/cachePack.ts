import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { mkdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Notice } from "../../core/base/notice";
import { reasonOf } from "../readSource";
import { replaceFile, trimCache } from "./cacheFolder";
import { type FileStamp, sameStamp } from "./fileStamp";

export interface PackOptions {
  /** Where all packs are. Made when first written to. */
  folder: string;
  /** The real path of the workspace folder. */
  root: string;
  /** Of everything a record follows from beside its file: Fathom's build, the catalog, the limits. */
  version: string;
  /** Of all packs together. */
  maxBytes: number;
}

/** A file as it was known to the pack. `key` is that of its path and content. */
export interface PackEntry {
  readonly path: string;
  readonly key: string;
  /** Absent when it did not prove the content. */
  readonly stamp: FileStamp | undefined;
  readonly notices: readonly Notice[];
}

/** A file to remember. */
export interface PackedFile extends PackEntry {
  readonly record: Uint8Array;
}

/** Bytes that are in the pack on disk, at an offset into its records, or not yet. */
type Content = { offset: number; length: number; checksum: string } | Uint8Array;

interface Entry extends PackEntry {
  stamp: FileStamp | undefined;
  content: Content;
  /** Generation of the pack in which it was last asked for. */
  lastUsed: number;
}

interface Result {
  name: string;
  digest: string;
  content: Content;
}

const MAGIC = "fathompk";
const FORMAT = "1";
const HEADER_BYTES = 64;
/** Files of another branch are kept while the pack is written this many times. */
const GENERATIONS_KEPT = 6;
const TOUCH_INTERVAL_MS = 24 * 60 * 60 * 1000;

/**
 * What is known of the files of one workspace folder from earlier runs: one file on disk, an index with the records
 * behind it. It is read with three system calls, written as a whole and put in place by a rename, so that several
 * processes can use one folder: readers keep what they opened, and of two writers the last one wins. A pack that is
 * damaged, truncated, foreign or of another version is as good as none. Nothing here throws.
 */
export class CachePack {
  /** Those used last come last. */
  private readonly byKey = new Map<string, Entry>();
  /** The entry of each path that was used last. */
  private readonly byPath = new Map<string, Entry>();
  private readonly results = new Map<string, Result>();
  private generation = 1;
  private changed = false;
  /** Until the records are needed, the open file they are in. */
  private descriptor: number | undefined;
  private writtenAt: number | undefined;
  private recordsStart = 0;
  private recordsLength = 0;
  private records: Buffer | undefined;

  private constructor(
    private readonly options: PackOptions,
    private readonly identity: string,
    private readonly file: string,
  ) {}

  static open(options: PackOptions): CachePack {
    const identity = JSON.stringify([FORMAT, options.root, options.version]);
    const name = createHash("sha256").update(identity).digest("hex").slice(0, 32);
    const pack = new CachePack(options, identity, join(options.folder, `${name}.pack`));
    pack.read();
    return pack;
  }

  /** The file at `path`, when `stamp` proves that it is as it was. */
  find(path: string, stamp: FileStamp): PackEntry | undefined {
    const entry = this.byPath.get(path);
    return entry?.stamp && sameStamp(entry.stamp, stamp) ? this.use(entry) : undefined;
  }

  /** Whether some content of the file at `path` is known, so that its hash is worth computing. */
  knowsPath(path: string): boolean {
    return this.byPath.has(path);
  }

  /** The file whose path and content have this key. */
  get(key: string): PackEntry | undefined {
    const entry = this.byKey.get(key);
    return entry && this.use(entry);
  }

  /** From now on `stamp` proves the content that `key` stands for. */
  restamp(key: string, stamp: FileStamp | undefined): void {
    const entry = this.byKey.get(key);
    if (!entry || (stamp && entry.stamp && sameStamp(stamp, entry.stamp))) return;
    if (stamp || entry.stamp) this.changed = true;
    entry.stamp = stamp;
  }

  /** The bytes remembered for a file; nothing when they are damaged: then the file is forgotten. */
  record(key: string): Uint8Array | undefined {
    const entry = this.byKey.get(key);
    if (!entry) return undefined;
    entry.lastUsed = this.generation;
    const bytes = this.bytesOf(entry.content);
    if (!bytes) this.forget(entry);
    return bytes;
  }

  put({ path, key, stamp, notices, record }: PackedFile): void {
    this.use({ path, key, stamp, notices, content: record, lastUsed: this.generation });
    this.changed = true;
  }

  /** What was made of all files together, if it was made of what `digest` stands for. */
  result(name: string, digest: string): Uint8Array | undefined {
    const result = this.results.get(name);
    if (result?.digest !== digest) return undefined;
    return this.readAlone(result.content) ?? this.bytesOf(result.content);
  }

  /** Replaces the result of this name. */
  putResult(name: string, digest: string, content: Uint8Array): void {
    this.results.set(name, { name, digest, content });
    this.changed = true;
  }

  /** Writes the pack if there is anything new; evicts packs nobody used for long. The pack can be used further. */
  async save(): Promise<Notice[]> {
    if (!this.changed) return this.touch();
    try {
      await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
      await replaceFile(this.file, this.encode());
      this.changed = false;
      await trimCache(this.options.folder, this.options.maxBytes, this.file);
      return [];
    } catch (error) {
      const message = `The cache ${this.options.folder} cannot be written: ${reasonOf(error)}.`;
      return [{ severity: "warning", message }];
    }
  }

  /** Lets go of the file on disk and of the memory. The pack is empty from now on. */
  close(): void {
    this.closeFile();
    this.records = undefined;
    this.byKey.clear();
    this.byPath.clear();
    this.results.clear();
    this.changed = false;
  }

  private use(entry: Entry): Entry {
    entry.lastUsed = this.generation;
    this.byKey.delete(entry.key);
    this.byKey.set(entry.key, entry);
    this.byPath.set(entry.path, entry);
    return entry;
  }

  private forget(entry: Entry): void {
    this.byKey.delete(entry.key);
    if (this.byPath.get(entry.path) === entry) this.byPath.delete(entry.path);
    this.changed = true;
  }

  private bytesOf(content: Content): Uint8Array | undefined {
    const bytes = this.uncheckedBytesOf(content);
    return bytes && (content instanceof Uint8Array || checksumOf(bytes) === content.checksum) ? bytes : undefined;
  }

  private uncheckedBytesOf(content: Content): Uint8Array | undefined {
    if (content instanceof Uint8Array) return content;
    this.records ??= this.readRecords();
    const bytes = this.records.subarray(content.offset, content.offset + content.length);
    return bytes.length === content.length ? bytes : undefined;
  }

  /** Who only wants a result need not read the records of all files. */
  private readAlone(content: Content): Uint8Array | undefined {
    if (content instanceof Uint8Array || this.records || this.descriptor === undefined) return undefined;
    try {
      const bytes = readAt(this.descriptor, this.recordsStart + content.offset, content.length);
      return checksumOf(bytes) === content.checksum ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  private readRecords(): Buffer {
    if (this.descriptor === undefined) return Buffer.alloc(0);
    try {
      return readAt(this.descriptor, this.recordsStart, this.recordsLength);
    } catch {
      return Buffer.alloc(0);
    } finally {
      this.closeFile();
    }
  }

  private read(): void {
    try {
      this.descriptor = openSync(this.file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      const { uid, size, mtimeMs } = fstatSync(this.descriptor);
      // Whoever may write the pack decides what is found.
      const isOurs = process.getuid === undefined || uid === process.getuid();
      if (!isOurs || !this.readIndex(this.descriptor, size)) this.close();
      else this.writtenAt = mtimeMs;
    } catch {
      this.close();
    }
  }

  private readIndex(descriptor: number, size: number): boolean {
    const header = readAt(descriptor, 0, HEADER_BYTES).toString("latin1");
    if (header.length < HEADER_BYTES || !header.startsWith(MAGIC)) return false;
    const [, indexLength, recordsLength, checksum] = header.split(" ");
    this.recordsStart = HEADER_BYTES + Number(indexLength);
    this.recordsLength = Number(recordsLength);
    if (!(this.recordsLength >= 0) || this.recordsStart + this.recordsLength !== size) return false;
    const index = readAt(descriptor, HEADER_BYTES, Number(indexLength));
    if (checksumOf(this.identity, `${indexLength} ${recordsLength}`, index) !== checksum?.trim()) return false;
    this.decodeIndex(index);
    return true;
  }

  private decodeIndex(index: Buffer): void {
    const { generation, entries, results }: EncodedIndex = JSON.parse(index.toString());
    this.generation = generation + 1;
    for (const [path, key, lastUsed, notices, stamp, ...place] of entries) {
      const entry = { path, key, lastUsed, notices, stamp: decodeStamp(stamp), content: decodePlace(place) };
      this.byKey.set(key, entry);
      this.byPath.set(path, entry);
    }
    for (const [name, digest, ...place] of results) {
      this.results.set(name, { name, digest, content: decodePlace(place) });
    }
  }

  private encode(): Uint8Array[] {
    const oldest = this.generation - GENERATIONS_KEPT;
    const records: Uint8Array[] = [];
    let recordsLength = 0;
    const add = (bytes: Uint8Array, content: Content): EncodedPlace => {
      records.push(bytes);
      recordsLength += bytes.length;
      const checksum = content instanceof Uint8Array ? checksumOf(content) : content.checksum;
      return [recordsLength - bytes.length, bytes.length, checksum];
    };
    const index: EncodedIndex = { generation: this.generation, entries: [], results: [] };
    for (const { name, digest, content } of this.results.values()) {
      const bytes = this.uncheckedBytesOf(content);
      if (bytes) index.results.push([name, digest, ...add(bytes, content)]);
    }
    for (const { path, key, lastUsed, notices, stamp, content } of [...this.byKey.values()].reverse()) {
      const bytes = lastUsed < oldest ? undefined : this.uncheckedBytesOf(content);
      if (!bytes) continue;
      if (recordsLength + bytes.length > this.options.maxBytes) break;
      index.entries.push([path, key, lastUsed, notices, encodeStamp(stamp), ...add(bytes, content)]);
    }
    index.entries.reverse();
    const encodedIndex = Buffer.from(JSON.stringify(index));
    const lengths = `${encodedIndex.length} ${recordsLength}`;
    const header = `${MAGIC} ${lengths} ${checksumOf(this.identity, lengths, encodedIndex)}`.padEnd(HEADER_BYTES);
    return [Buffer.from(header, "latin1"), encodedIndex, ...records];
  }

  /** Eviction goes by the time of the file. */
  private async touch(): Promise<Notice[]> {
    const now = Date.now();
    if (this.writtenAt !== undefined && Math.abs(now - this.writtenAt) > TOUCH_INTERVAL_MS) {
      await utimes(this.file, now / 1000, now / 1000).catch(() => {});
    }
    return [];
  }

  private closeFile(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

type EncodedPlace = [offset: number, length: number, checksum: string];
type EncodedStamp = [size: number, mtimeMs: number, ctimeMs: number, ino: number] | 0;

interface EncodedIndex {
  generation: number;
  entries: [
    path: string,
    key: string,
    lastUsed: number,
    notices: readonly Notice[],
    stamp: EncodedStamp,
    ...place: EncodedPlace,
  ][];
  results: [name: string, digest: string, ...place: EncodedPlace][];
}

function encodeStamp(stamp: FileStamp | undefined): EncodedStamp {
  return stamp ? [stamp.size, stamp.mtimeMs, stamp.ctimeMs, stamp.ino] : 0;
}

function decodeStamp(encoded: EncodedStamp): FileStamp | undefined {
  if (encoded === 0) return undefined;
  const [size, mtimeMs, ctimeMs, ino] = encoded;
  return { size, mtimeMs, ctimeMs, ino };
}

function decodePlace([offset, length, checksum]: EncodedPlace): Content {
  return { offset, length, checksum };
}

/** sha256, the fastest of those that every Node 20 has; 58 MB of records take it 60 ms. */
function checksumOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("base64url").slice(0, 16);
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(descriptor, bytes, done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

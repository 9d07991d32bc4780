import { randomBytes } from "node:crypto";
import { open, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** In a cache folder, what V8 has compiled of the program. */
export const codeFolder = "code";

/** Where the command line keeps its cache; nowhere when the user has no home. */
export function userCacheFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = homeFolder();
  if (process.platform === "win32") {
    const local = env.LOCALAPPDATA ?? (home && join(home, "AppData", "Local"));
    return local && join(local, "fathom", "Cache");
  }
  if (process.platform === "darwin") return home && join(home, "Library", "Caches", "fathom");
  const { XDG_CACHE_HOME: cache } = env;
  // The specification has relative paths ignored.
  return cache && isAbsolute(cache) ? join(cache, "fathom") : home && join(home, ".cache", "fathom");
}

/** @throws what the file system says, when something cannot be removed */
export async function clearCache(folder: string): Promise<void> {
  for (const { file } of await cacheFiles(folder)) await rm(file, { force: true });
  await rm(join(folder, codeFolder), { recursive: true, force: true });
  await rmdir(folder).catch(() => {});
}

/**
 * By hand, since write-file-atomic and atomically take a short write, which is how a full disk begins, for a success.
 * There is no fsync: what a power cut leaves behind is found damaged.
 */
export async function replaceFile(file: string, parts: readonly Uint8Array[]): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      for (const bytes of inChunks(parts))
        for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

const CHUNK_BYTES = 1024 * 1024;

/** Neither as many writes as there are parts, nor all of them in memory once more. */
function* inChunks(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  let chunk: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    chunk.push(part);
    length += part.length;
    if (length < CHUNK_BYTES) continue;
    yield Buffer.concat(chunk);
    chunk = [];
    length = 0;
  }
  yield Buffer.concat(chunk);
}

const TEMPORARY_LIFETIME_MS = 60 * 60 * 1000;

/** Removes packs, those not used for longest first, until all take at most `maxBytes`; and what crashes left behind. */
export async function trimCache(folder: string, maxBytes: number, keep: string): Promise<void> {
  const files = await cacheFiles(folder);
  const isOld = (mtimeMs: number) => Date.now() - mtimeMs > TEMPORARY_LIFETIME_MS;
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  for (const { file, size, mtimeMs, isTemporary } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (file === keep || !(isTemporary ? isOld(mtimeMs) : bytes > maxBytes)) continue;
    await rm(file, { force: true }).catch(() => {});
    bytes -= size;
  }
}

interface CacheFile {
  file: string;
  size: number;
  mtimeMs: number;
  isTemporary: boolean;
}

/** Only what has a name that Fathom gives: the folder may be shared. */
async function cacheFiles(folder: string): Promise<CacheFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files: CacheFile[] = [];
  for (const name of names) {
    if (!/^[0-9a-f]{32}\.pack(\.[0-9a-f]{12})?$/.test(name)) continue;
    const file = join(folder, name);
    const stats = await stat(file).catch(() => undefined);
    if (stats) files.push({ file, size: stats.size, mtimeMs: stats.mtimeMs, isTemporary: !name.endsWith(".pack") });
  }
  return files;
}

function homeFolder(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}

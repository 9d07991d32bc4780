import type { FileSummary } from "./fileSummary";

type Files = ReadonlyMap<string, FileSummary>;

/** What the files of a workspace say under a key, in path order; the same list as long as none of it is another. */
export interface FileIndex<V> {
  get(key: string): readonly V[];
  has(key: string): boolean;
}

/**
 * An index of a whole workspace. It is brought from one model to the next: only files that are others are asked again,
 * so that an edit costs what it changes. What one model is told must be used before another one is asked about.
 *
 * @param tell what one file says, by that file alone
 */
export function fileIndex<V>(tell: (file: FileSummary) => Iterable<readonly [key: string, value: V]>) {
  let index = new LatestIndex(tell);
  return (files: Files): FileIndex<V> => {
    if (!index.update(files)) {
      index = new LatestIndex(tell);
      index.update(files);
    }
    return index;
  };
}

/** What all files of a workspace say, in path order, brought from one model to the next in the same way. */
export function fileList<V>(tell: (file: FileSummary) => Iterable<V>): (files: Files) => readonly V[] {
  const index = fileIndex((file) => Array.from(tell(file), (value) => ["", value] as const));
  return (files) => index(files).get("");
}

interface Difference {
  gone: readonly FileSummary[];
  come: readonly FileSummary[];
}

let latest: { before: Files; now: Files; difference: Difference } | undefined;

/** The last one is kept: each index asks for it once. */
function differenceOf(before: Files, now: Files): Difference {
  if (latest?.before !== before || latest.now !== now) {
    const gone = [...before.values()].filter((file) => now.get(file.path) !== file);
    const come = [...now.values()].filter((file) => before.get(file.path) !== file);
    latest = { before, now, difference: { gone, come } };
  }
  return latest.difference;
}

interface Told<V> {
  path: string;
  value: V;
}

class LatestIndex<V> implements FileIndex<V> {
  private files: Files = new Map();
  private readonly told = new Map<string, Told<V>[]>();
  private readonly lists = new Map<string, readonly V[]>();

  constructor(private readonly tell: (file: FileSummary) => Iterable<readonly [key: string, value: V]>) {}

  get(key: string): readonly V[] {
    let list = this.lists.get(key);
    if (list) return list;
    const told = this.told.get(key);
    if (!told) return nothing;
    list = told.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path))).map(({ value }) => value);
    this.lists.set(key, list);
    return list;
  }

  has(key: string): boolean {
    return this.told.has(key);
  }

  /** @returns false where starting afresh costs less */
  update(files: Files): boolean {
    if (files === this.files) return true;
    const { gone, come } = differenceOf(this.files, files);
    if (this.files.size > 0 && 2 * come.length > files.size) return false;
    for (const file of gone) this.remove(file);
    for (const file of come) this.add(file);
    this.files = files;
    return true;
  }

  private add(file: FileSummary): void {
    for (const [key, value] of this.tell(file)) {
      const told = this.told.get(key);
      if (told) told.push({ path: file.path, value });
      else this.told.set(key, [{ path: file.path, value }]);
      this.lists.delete(key);
    }
  }

  private remove(file: FileSummary): void {
    for (const key of new Set(Array.from(this.tell(file), ([key]) => key))) {
      const rest = this.told.get(key)?.filter(({ path }) => path !== file.path) ?? [];
      if (rest.length > 0) this.told.set(key, rest);
      else this.told.delete(key);
      this.lists.delete(key);
    }
  }
}

const nothing: readonly never[] = [];

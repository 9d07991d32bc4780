import type { FunctionId } from "../link/links";

/** What is known of each function at one moment. */
export interface FunctionTable<T> {
  readonly size: number;
  get(id: FunctionId): T | undefined;
  values(): Iterable<T>;
  /** Stays the same from one table to the next as long as nothing is another about the functions of a file. */
  stampOf(path: string): unknown;
  /** Functions that are others than in an earlier table of the same workspace, were added or are gone. */
  changedSince(before: FunctionTable<T>): Set<FunctionId>;
}

export function emptyTable<T>(): FunctionTable<T> {
  return new SnapshotTable<T>().snapshot();
}

const shardCount = 256;

/**
 * A table that is changed in place and handed out as immutable snapshots. Functions of one file lie in one shard, and
 * only shards that a change touches are copied: an edit must not cost a copy of the workspace.
 */
export class SnapshotTable<T> {
  private readonly shards: Map<FunctionId, T>[] = Array.from({ length: shardCount }, () => new Map());
  private readonly shared = new Set<Map<FunctionId, T>>();
  private size = 0;

  get(id: FunctionId): T | undefined {
    return this.shards[shardOf(id)]?.get(id);
  }

  set(id: FunctionId, value: T): void {
    const shard = this.writable(id);
    if (!shard.has(id)) this.size++;
    shard.set(id, value);
  }

  delete(id: FunctionId): void {
    if (!(this.shards[shardOf(id)] as Map<FunctionId, T>).has(id)) return;
    this.writable(id).delete(id);
    this.size--;
  }

  snapshot(): FunctionTable<T> {
    for (const shard of this.shards) this.shared.add(shard);
    return new Snapshot([...this.shards], this.size);
  }

  private writable(id: FunctionId): Map<FunctionId, T> {
    const index = shardOf(id);
    let shard = this.shards[index] as Map<FunctionId, T>;
    if (this.shared.delete(shard)) {
      shard = new Map(shard);
      this.shards[index] = shard;
    }
    return shard;
  }
}

class Snapshot<T> implements FunctionTable<T> {
  constructor(
    private readonly shards: readonly ReadonlyMap<FunctionId, T>[],
    readonly size: number,
  ) {}

  get(id: FunctionId): T | undefined {
    return this.shards[shardOf(id)]?.get(id);
  }

  *values(): Iterable<T> {
    for (const shard of this.shards) yield* shard.values();
  }

  stampOf(path: string): unknown {
    return this.shards[shardOf(`${path}#`)];
  }

  changedSince(before: FunctionTable<T>): Set<FunctionId> {
    const changed = new Set<FunctionId>();
    this.shards.forEach((shard, i) => {
      const old = before instanceof Snapshot ? (before as Snapshot<T>).shards[i] : undefined;
      if (old === shard) return;
      for (const [id, value] of shard) if (old?.get(id) !== value) changed.add(id);
      for (const id of old?.keys() ?? []) if (!shard.has(id)) changed.add(id);
    });
    return changed;
  }
}

/** From the end of the path, where paths differ. */
function shardOf(id: FunctionId): number {
  const end = id.indexOf("#");
  let hash = end;
  for (let i = Math.max(0, end - 16); i < end; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (shardCount - 1);
}

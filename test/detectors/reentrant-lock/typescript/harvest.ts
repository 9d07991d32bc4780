import { Mutex, Semaphore } from "async-mutex";

export class Harvest {
  private readonly mutex = new Mutex();
  private crates = new Map<string, number>();

  async add(tree: string, apples: number): Promise<void> {
    await this.mutex.runExclusive(async () => { // want "runs a function under `Harvest\.mutex` that takes it again"
      const before = await this.count(tree);
      this.crates.set(tree, before + apples);
    });
  }

  async count(tree: string): Promise<number> {
    return this.mutex.runExclusive(() => this.crates.get(tree) ?? 0);
  }

  async empty(): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await this.count("all"); // want "`empty` holds `Harvest\.mutex` and calls `count`, which takes it again"
      this.crates.clear();
    } finally {
      release();
    }
  }
}

const press = new Semaphore(1);

export async function squeeze(): Promise<void> {
  await press.runExclusive(async () => { // want "under `.*press` that takes it again"
    await clean();
  });
}

export async function clean(): Promise<void> {
  await press.runExclusive(async () => {
    ledger.length = 0;
  });
}

const ledgerMutex = new Mutex();
const ledger: string[] = [];

export async function settle(): Promise<number> {
  return ledgerMutex.runExclusive(async () => { // want "under `.*ledgerMutex` that takes it again"
    await note("settled");
    return ledger.length;
  });
}

export async function note(line: string): Promise<void> {
  await ledgerMutex.runExclusive(() => {
    ledger.push(line);
  });
}

import { Mutex } from "async-mutex";

export type Watcher = (lit: boolean) => void | Promise<void>;

/** Waits for those who watch it while it holds its lock. */
export class Lamp {
  private readonly mutex = new Mutex();
  private readonly watchers: Watcher[] = [];
  private lit = false;

  async watch(watcher: Watcher): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.watchers.push(watcher);
    });
  }

  async light(): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      this.lit = true;
      for (const watcher of this.watchers) {
        await watcher(true); // want "holds `Lamp.mutex` while it calls what others have put into `Lamp.watchers`"
      }
    } finally {
      release();
    }
  }

  async isLit(): Promise<boolean> {
    return this.mutex.runExclusive(() => this.lit);
  }
}

export class Beacon {
  private readonly mutex = new Mutex();
  private readonly watchers = new Set<Watcher>();
  private lit = false;

  async watch(watcher: Watcher): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.watchers.add(watcher);
    });
  }

  async light(): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.lit = true;
      this.watchers.forEach((watcher) => watcher(true)); // want "others have put into `Beacon.watchers`"
    });
  }

  async isLit(): Promise<boolean> {
    return this.mutex.runExclusive(() => this.lit);
  }
}

/** Calls them once it has given the lock back. */
export class Buoy {
  private readonly mutex = new Mutex();
  private readonly watchers: Watcher[] = [];
  private lit = false;

  async watch(watcher: Watcher): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.watchers.push(watcher);
    });
  }

  async light(): Promise<void> {
    const watchers = await this.mutex.runExclusive(() => {
      this.lit = true;
      return [...this.watchers];
    });
    watchers.forEach((watcher) => watcher(this.lit));
  }
}

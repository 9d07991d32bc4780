import { Mutex } from "async-mutex";

export class Store {
  private readonly mutex = new Mutex();
  private readonly crates = new Map<string, number>();

  /** Puts apples into a crate. The caller must hold this.mutex. */
  private async put(crate: string, apples: number): Promise<void> {
    this.crates.set(crate, apples);
  }

  async fill(crate: string): Promise<void> {
    await this.mutex.runExclusive(async () => {
      await this.put(crate, 40);
    });
  }

  async fillAndLeave(crate: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await this.put(crate, 40);
    } finally {
      release();
    }
  }

  async top(crate: string): Promise<void> {
    await this.put(crate, 50); // want "`top` calls `Store.put` without holding `Store.mutex`"
  }

  /** Sends the list off; must not be called while holding the mutex. */
  async ship(): Promise<void> {}

  async empty(): Promise<void> {
    const release = await this.mutex.acquire();
    this.crates.clear();
    await this.ship(); // want "`empty` calls `Store.ship` while it holds `Store.mutex`"
    release();
  }

  async count(): Promise<number> {
    const release = await this.mutex.acquire();
    // Calling fill here would deadlock.
    const n = this.crates.size;
    release();
    return n;
  }

  async refill(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.fill("a"); // want "`refill` calls `Store.fill` while it holds"
    release();
  }

  async late(): Promise<void> {
    const release = await this.mutex.acquire();
    release();
    await this.put("b", 1); // want "without holding `Store.mutex`"
  }
}

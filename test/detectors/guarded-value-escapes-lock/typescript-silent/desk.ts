import { Mutex } from "async-mutex";

declare function notify(reader: string, count: number): Promise<void>;

export class Desk {
  private readonly mutex = new Mutex();
  private loans = new Map<string, number>();
  private names: readonly string[] = [];
  private readonly waiting: string[] = [];

  async lend(reader: string): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.loans.set(reader, (this.loans.get(reader) ?? 0) + 1);
      this.waiting.push(reader);
    });
  }

  // Only ever replaced as a whole.
  async rename(names: readonly string[]): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.names = [...names];
    });
  }

  async greet(): Promise<void> {
    const release = await this.mutex.acquire();
    const names = this.names;
    release();
    for (const name of names) {
      await notify(name, 0);
    }
  }

  async remind(): Promise<void> {
    const release = await this.mutex.acquire();
    const loans = new Map(this.loans);
    release();
    for (const [reader, count] of loans) {
      await notify(reader, count);
    }
  }

  // Under the lock to the end.
  async callAll(): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      for (const reader of this.waiting) {
        await notify(reader, 0);
      }
    } finally {
      release();
    }
  }
}

import { Mutex, Semaphore } from "async-mutex";

export class Ledger {
  private readonly mutex = new Mutex();
  private lines: string[] = [];

  async alone<T>(work: () => Promise<T>): Promise<T> {
    return this.mutex.runExclusive(work);
  }

  async write(line: string): Promise<void> {
    await this.mutex.runExclusive(() => void this.lines.push(line));
  }

  async turn(): Promise<void> {
    await this.alone(async () => { // want "`turn` runs a function under `Ledger.mutex` that takes it again in `write`"
      await this.write("turned");
    });
  }

  async turnBefore(): Promise<void> {
    await this.alone(async () => undefined);
    await this.write("turned");
  }
}

export class Desk {
  private readonly chair = new Semaphore(1);
  private readonly chairs = new Semaphore(4);
  private seen = 0;

  async sit(): Promise<void> {
    const [, leave] = await this.chair.acquire();
    try {
      await this.look(); // want "`sit` holds `Desk.chair` and calls `look`, which takes it again"
    } finally {
      leave();
    }
  }

  async look(): Promise<void> {
    await this.chair.runExclusive(() => void this.seen++);
  }

  // There are three more.
  async sitDown(): Promise<void> {
    await this.chairs.runExclusive(() => this.lookAround());
  }

  async lookAround(): Promise<void> {
    await this.chairs.runExclusive(() => undefined);
  }
}

/** One at a time for each page, and readers together. */
class PageLock {
  private waiting: (() => void)[] = [];

  async hold<T>(page: string, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    return work();
  }

  async whileReading<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
}

export class Book {
  private readonly pages = new PageLock();

  async copy(from: string, to: string): Promise<void> {
    await this.pages.hold(from, async () => {
      await this.pages.hold(to, async () => undefined);
    });
  }

  async again(): Promise<void> {
    await this.pages.hold("1", async () => { // want "`again` runs a function under `Book.pages` that takes it again"
      await this.pages.hold("1", async () => undefined);
    });
  }

  async look(): Promise<void> {
    await this.pages.whileReading(async () => {
      await this.pages.whileReading(async () => undefined);
    });
  }
}

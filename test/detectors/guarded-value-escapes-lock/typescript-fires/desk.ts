import { Mutex } from "async-mutex";

declare function notify(reader: string, count: number): Promise<void>;
declare function store(shelf: string, books: Set<string>): Promise<void>;

export class Desk {
  private readonly mutex = new Mutex();
  private readonly loans = new Map<string, number>();
  private readonly shelves = new Map<string, Set<string>>();
  private readonly waiting: string[] = [];

  async lend(reader: string, shelf: string, book: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      this.loans.set(reader, (this.loans.get(reader) ?? 0) + 1);
      this.shelves.get(shelf)?.delete(book);
      this.shelves.delete(shelf);
      this.waiting.push(reader);
    } finally {
      release();
    }
  }

  async remind(): Promise<void> {
    const release = await this.mutex.acquire();
    const loans = this.loans;
    release();
    for (const [reader, count] of loans) { // want "`remind` uses `Desk.loans` after it has released `Desk.mutex`"
      await notify(reader, count);
    }
  }

  async save(): Promise<void> {
    await this.mutex.acquire();
    const shelves = this.shelves;
    this.mutex.release();
    for (const [shelf, books] of shelves.entries()) { // want "`save` uses `Desk.shelves` after it has released `Desk.mutex`"
      await store(shelf, books);
    }
  }

  async callNext(): Promise<void> {
    const release = await this.mutex.acquire();
    const waiting = this.waiting;
    release();
    for (let i = 0; i < waiting.length; i++) {
      await notify(waiting[i] ?? "", i);
    }
    for (const reader of waiting) { // want "`callNext` uses `Desk.waiting` after it has released `Desk.mutex`"
      await notify(reader, 0);
    }
  }
}

import { Mutex } from "async-mutex";

declare function send(name: string): Promise<void>;

export class Feed {
  private readonly mutex = new Mutex();
  private readonly readers = new Map<string, number>();
  private readonly items: string[] = [];

  async add(name: string): Promise<void> {
    await this.mutex.acquire();
    this.readers.set(name, 1);
    this.items.push(name);
    this.mutex.release();
  }

  async publish(): Promise<void> {
    await this.mutex.acquire();
    const items = this.items;
    this.mutex.release();
    for (const item of items) { // want "`publish` uses `Feed.items` after it has released `Feed.mutex`"
      await send(item);
    }
  }
}

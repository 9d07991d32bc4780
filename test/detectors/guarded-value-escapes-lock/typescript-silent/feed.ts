import { Mutex } from "async-mutex";

declare function send(name: string): Promise<void>;

export class Feed {
  private readonly mutex = new Mutex();
  private items: string[] = [];

  async add(name: string): Promise<void> {
    await this.mutex.acquire();
    this.items.push(name);
    this.mutex.release();
  }

  async publish(): Promise<void> {
    await this.mutex.acquire();
    const items = [...this.items];
    this.mutex.release();
    for (const item of items) {
      await send(item);
    }
  }

  async flush(): Promise<void> {
    await this.mutex.acquire();
    const items = this.items;
    this.items = [];
    this.mutex.release();
    for (const item of items) {
      await send(item);
    }
  }

  // Nothing runs in between.
  async size(): Promise<number> {
    await this.mutex.acquire();
    const items = this.items;
    this.mutex.release();
    return items.length;
  }
}

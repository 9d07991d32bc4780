import { Mutex } from "async-mutex";

declare function store(id: string): Promise<void>;

export class Garden {
  private readonly mutex = new Mutex();
  private readonly beds = new Map<string, number>();
  private count: number;
  private readonly title: string;

  constructor(title: string) {
    this.title = title;
    this.count = 0;
    this.beds.set("first", 1);
  }

  async plant(id: string): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.beds.set(id, 1);
      await store(id);
      this.count += 1;
      this.tidy();
    });
  }

  async clear(id: string): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.beds.delete(id);
      await store(id);
      this.count -= 1;
      this.tidy();
    });
  }

  private tidy(): void {
    this.count = this.beds.size;
  }

  // One thread: what is read at once is whole.
  size(): number {
    return this.beds.size + this.count;
  }

  /** The caller holds the mutex. */
  dropAll(): void {
    this.beds.clear();
  }

  name(): string {
    return this.title;
  }
}

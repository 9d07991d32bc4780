import { Mutex, Semaphore } from "async-mutex";

export class Grove {
  private readonly mutex = new Mutex();
  private readonly hands = new Semaphore(4);
  private readonly trees: string[] = [];

  // One after the other.
  async plant(tree: string): Promise<number> {
    await this.mutex.runExclusive(() => {
      this.trees.push(tree);
    });
    return this.size();
  }

  async size(): Promise<number> {
    return this.mutex.runExclusive(() => this.trees.length);
  }

  // Another object.
  async graft(other: Grove): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.trees.length = await other.size();
    });
  }

  // Four may be inside.
  async pick(): Promise<void> {
    await this.hands.runExclusive(async () => {
      await this.rest();
    });
  }

  async rest(): Promise<void> {
    await this.hands.runExclusive(async () => {});
  }

  // The helper does not lock.
  async prune(): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.drop("old");
    });
  }

  private drop(tree: string): void {
    this.trees.splice(this.trees.indexOf(tree), 1);
  }
}

class PierLock {
  private waiting: Array<() => void> = [];
  private isHeld = false;

  async withLock<T>(work: () => Promise<T>): Promise<T> {
    if (this.isHeld) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.isHeld = true;
    try {
      return await work();
    } finally {
      this.isHeld = false;
      this.waiting.shift()?.();
    }
  }
}

export class Pier {
  private readonly lock = new PierLock();
  private boats = 0;

  async moor(): Promise<void> {
    await this.lock.withLock(async () => { // want "`moor` runs a function under `Pier\.lock` that takes it again in `count`"
      this.boats++;
      await this.count();
    });
  }

  async count(): Promise<number> {
    return this.lock.withLock(async () => this.boats);
  }

  async cast(): Promise<void> {
    await this.lock.withLock(async () => {
      this.boats--;
    });
    await this.count();
  }
}

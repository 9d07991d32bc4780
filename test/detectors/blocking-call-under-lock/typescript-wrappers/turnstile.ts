/** Lets in one at a time, in the order in which they came. */
export class GateLock {
  private tail: Promise<void> = Promise.resolve();

  async enter(): Promise<() => void> {
    let leave!: () => void;
    const before = this.tail;
    this.tail = new Promise<void>((done) => (leave = done));
    await before;
    return leave;
  }

  async during<T>(work: () => Promise<T> | T): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  // It only says when the gate is free.
  whenFree(tell: () => void): void {
    void this.tail.then(tell);
  }
}

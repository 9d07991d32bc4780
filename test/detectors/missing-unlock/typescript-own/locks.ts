/** Hands out one turn after the other. */
export class TurnLock {
  private tail: Promise<void> = Promise.resolve();

  async acquire(): Promise<() => void> {
    let release!: () => void;
    const turn = new Promise<void>((resolve) => {
      release = resolve;
    });
    const before = this.tail;
    this.tail = before.then(() => turn);
    await before;
    return release;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}

/** Gives an object to give it back by. */
export class HandLock {
  private waiting: Array<() => void> = [];

  async acquire(): Promise<{ release(): void; [Symbol.dispose](): void }> {
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    const release = () => this.waiting.shift()?.();
    return { release, [Symbol.dispose]: release };
  }
}

/** Runs what it is handed. */
export class CrewLock {
  private tail: Promise<unknown> = Promise.resolve();

  acquire<T>(work: () => Promise<T>): Promise<T> {
    const done = this.tail.then(work, work);
    this.tail = done.catch(() => undefined);
    return done;
  }
}

/** Keeps a screen awake: nobody waits for it. */
export class ScreenLock {
  private sentinel: { close(): Promise<void> } | undefined;

  async acquire(): Promise<void> {
    this.sentinel = await navigator.screen.keepAwake();
  }

  async release(): Promise<void> {
    await this.sentinel?.close();
  }
}

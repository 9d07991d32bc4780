import { Mutex, Semaphore } from "async-mutex";

export class Ferry {
  private readonly deck = new Mutex();
  private readonly log = new Mutex();
  private readonly gate = new Semaphore(1);
  private cars = 0;

  async load(): Promise<void> {
    const release = await this.deck.acquire();
    try {
      this.cars++;
      await this.write("loaded");
    } finally {
      release();
    }
  }

  async report(): Promise<void> {
    const release = await this.log.acquire();
    try {
      await this.count(); // want "takes `Ferry\.deck` while it holds `Ferry\.log`, and `load` takes `Ferry\.log` while it holds `Ferry\.deck`"
    } finally {
      release();
    }
  }

  private async write(_line: string): Promise<void> {
    await this.log.runExclusive(() => {});
  }

  private async count(): Promise<number> {
    return this.deck.runExclusive(() => this.cars);
  }

  // Released before the other is taken.
  async leave(): Promise<void> {
    const release = await this.gate.acquire();
    release[1]();
    await this.deck.runExclusive(() => {
      this.cars = 0;
    });
  }

  async board(): Promise<void> {
    await this.deck.runExclusive(() => {});
    await this.gate.runExclusive(() => {});
  }
}

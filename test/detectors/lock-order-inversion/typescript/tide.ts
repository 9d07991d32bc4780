import { Mutex } from "async-mutex";

const tide = new Mutex();

export class Harbour {
  private readonly berths = new Mutex();

  async moor(): Promise<void> {
    const release = await tide.acquire();
    try {
      await this.berths.runExclusive(() => {});
    } finally {
      release();
    }
  }

  async leave(): Promise<void> {
    await this.berths.acquire();
    await tide.acquire(); // want "`leave` takes `.*tide` while it holds `Harbour\.berths`, and `moor` takes `Harbour\.berths` while it holds `.*tide`"
    tide.release();
    this.berths.release();
  }
}

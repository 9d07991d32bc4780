import { Mutex } from "async-mutex";

export class Oven {
  readonly mutex = new Mutex();
  constructor(private readonly counter: Counter) {}

  async bake(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      await this.counter.add(12);
    });
  }

  async cool(): Promise<void> {
    await this.mutex.runExclusive(() => {});
  }
}

export class Counter {
  private readonly mutex = new Mutex();
  private loaves = 0;
  constructor(private readonly oven: Oven) {}

  async add(loaves: number): Promise<void> {
    await this.mutex.runExclusive(() => {
      this.loaves += loaves;
    });
  }

  async close(): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await this.oven.cool(); // want "`close` takes `Oven\.mutex` while it holds `Counter\.mutex`, and `bake` takes `Counter\.mutex` while it holds `Oven\.mutex`"
    } finally {
      release();
    }
  }
}

const flour = new Mutex();
const yeast = new Mutex();

export async function knead(): Promise<void> {
  await flour.runExclusive(async () => {
    await yeast.runExclusive(() => {});
  });
}

export async function proof(): Promise<void> {
  await yeast.runExclusive(async () => { // want "takes `.*flour` while it holds `.*yeast`"
    await sift();
  });
}

async function sift(): Promise<void> {
  await flour.runExclusive(() => {});
}

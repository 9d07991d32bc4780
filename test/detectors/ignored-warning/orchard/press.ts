import { Mutex } from "async-mutex";

export class Press {
  private readonly mutex = new Mutex();
  private readonly other = new Mutex();
  private litres = 0;

  /** The caller must hold this.mutex. */
  private add(litres: number): void {
    this.litres += litres;
  }

  async press(litres: number): Promise<void> {
    const release = await this.mutex.acquire();
    this.add(litres);
    release();
  }

  /** this.mutex must be held by whoever calls this, too. */
  private addTwice(litres: number): void {
    this.add(litres);
    this.add(litres);
  }

  async pressTwice(litres: number): Promise<void> {
    const release = await this.mutex.acquire();
    this.addTwice(litres);
    release();
  }

  /** Must not be called while holding this.mutex. */
  async bottle(): Promise<void> {}

  async finish(): Promise<void> {
    const release = await this.other.acquire();
    await this.bottle();
    release();
    await this.bottle();
  }
}

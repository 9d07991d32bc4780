import { Mutex } from "async-mutex";

export class Shop {
  private readonly till = new Mutex();
  private readonly shelf = new Mutex();
  private coins = 0;

  // Always in one order.
  async sell(): Promise<void> {
    await this.till.runExclusive(async () => {
      await this.take();
    });
  }

  async refund(): Promise<void> {
    await this.till.runExclusive(async () => {
      await this.shelf.runExclusive(() => {});
    });
  }

  private async take(): Promise<void> {
    await this.shelf.runExclusive(() => {
      this.coins++;
    });
  }

  // One after the other.
  async stock(): Promise<void> {
    await this.shelf.runExclusive(() => {});
    await this.till.runExclusive(() => {
      this.coins--;
    });
  }
}

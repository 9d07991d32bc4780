import { Mutex } from "async-mutex";

export class Orchard {
  private readonly mutex = new Mutex();
  private readonly rows = new Map<string, number>();

  async plant(row: string): Promise<boolean> {
    const release = await this.mutex.acquire(); // want-step "takes `Orchard.mutex`"
    if (this.rows.has(row)) {
      return false; // want "Returns here with `Orchard.mutex` still locked"
    }
    this.rows.set(row, 1);
    release(); // want-step "another way unlocks it"
    return true;
  }

  async fell(row: string): Promise<void> {
    const release = await this.mutex.acquire();
    const trees = this.rows.get(row);
    if (trees === undefined) throw new Error(row); // want "Throws here with `Orchard.mutex` still locked"
    this.rows.delete(row);
    release();
  }

  async water(row: string): Promise<void> {
    await this.mutex.acquire(); // want "`Orchard.mutex` stays locked when `this.sprinkle` throws"
    await this.sprinkle(row); // want-step "may throw"
    this.mutex.release();
  }

  async rename(from: string, to: string): Promise<void> {
    await this.mutex.acquire(); // want "Locks `Orchard.mutex`, and nothing unlocks it"
    this.rows.set(to, this.rows.get(from) ?? 0);
  }

  private async sprinkle(row: string): Promise<void> {
    if (row === "") throw new Error("no row");
  }
}

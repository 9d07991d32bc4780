import { Mutex } from "async-mutex";

export class Harbour {
  private readonly lock = new Mutex();
  private boats: string[] = [];

  get count(): Promise<number> {
    return this.lock.runExclusive(() => this.boats.length);
  }

  get names(): string[] {
    return this.boats;
  }

  async moor(boat: string): Promise<void> {
    await this.lock.runExclusive(async () => { // want "`moor` .*`Harbour\.lock`.*`count`"
      if ((await this.count) < 10) this.boats.push(boat);
    });
  }

  async list(): Promise<string[]> {
    return this.lock.runExclusive(async () => this.names);
  }
}

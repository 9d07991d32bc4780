import { Mutex } from "async-mutex";
import { Latched, Told } from "./latches";

export class Granary {
  private readonly bolt = new Mutex();
  private sacks = 0;

  @Latched("bolt")
  async fill(): Promise<void> {
    this.sacks++;
    await this.look(); // want "`fill` holds `Granary.bolt` and calls `look`, which takes it again"
  }

  async look(): Promise<number> {
    return this.bolt.runExclusive(() => this.sacks);
  }

  @Told("bolt")
  async sweep(): Promise<void> {
    await this.look();
  }
}

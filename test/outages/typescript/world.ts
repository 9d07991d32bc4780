import { Mutex } from "async-mutex";
import { Pool } from "pg";

export interface Player {
  id: string;
  timePlayed: number;
}

export class World {
  readonly pool = new Pool();
  private readonly mutex = new Mutex();
  private readonly online = new Map<string, Player>();
  private readonly modules = new Map<string, string[]>();

  async addModule(ship: string, module: string): Promise<void> {
    await this.mutex.runExclusive(() => { // want-step reentrant-lock "again"
      this.modules.set(ship, [...(this.modules.get(ship) ?? []), module]);
    });
  }

  async start(): Promise<void> {
    const release = await this.mutex.acquire(); // want-step reentrant-lock
    try {
      await this.load(); // want reentrant-lock "`start` holds `World\.mutex` and calls `load`, which leads to `addModule`, where it is taken again"
    } finally {
      release();
    }
  }

  private async load(): Promise<void> {
    this.migrate();
    await this.repairWrecks(); // want-step reentrant-lock
  }

  private migrate(): void {
    for (const [ship, fitted] of this.modules) {
      // Set in place: calling addModule would deadlock, because start holds the lock. // want-step ignored-warning
      this.modules.set(ship, [...fitted, "anchor"]);
    }
  }

  private async repairWrecks(): Promise<void> { // want-step ignored-warning
    for (const ship of this.modules.keys()) {
      await this.addModule(ship, "hull"); // want ignored-warning "calls `World\.addModule` while it holds `World\.mutex`, though", want-step reentrant-lock
    }
  }

  run(): void {
    setInterval(() => this.countTime(), 60_000); // want-step io-in-hot-loop
  }

  async countTime(): Promise<void> {
    for (const player of this.online.values()) { // want-step io-in-hot-loop
      await this.addTime(player, 60, true); // want io-in-hot-loop "every 1 min × each of `this\.online` × 1 UPDATE on `players` \(through `World\.addTime`\).*The `true` given for `persist`"
    }
  }

  private async addTime(player: Player, seconds: number, persist: boolean): Promise<void> {
    player.timePlayed += seconds;
    if (persist) {
      await this.pool.query("UPDATE players SET time_played = $1 WHERE id = $2", [player.timePlayed, player.id]); // want-step io-in-hot-loop
    }
  }
}

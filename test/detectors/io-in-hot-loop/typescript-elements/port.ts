import { Client } from "pg";

const client = new Client();

class Barge {
  constructor(private readonly id: string) {}

  async store() {
    await client.query("UPDATE barges SET seen = now() WHERE id = $1", [this.id]); // want-step "update barges"
  }
}

class Lamp {
  private lit = false;

  async store() {
    this.lit = !this.lit;
  }
}

// What is put into a map without a type says what is stored at each tick.
export class Port {
  private readonly barges = new Map();
  private readonly lamps = new Map();

  enter(id: string) {
    const barge = new Barge(id);
    this.barges.set(id, barge);
    this.lamps.set(id, new Lamp());
  }

  start() {
    setInterval(() => this.tick(), 1000);
  }

  private async tick() {
    for (const barge of this.barges.values()) await barge.store(); // want "each of `this\.barges` × 1 UPDATE on `barges`"
    for (const lamp of this.lamps.values()) await lamp.store();
  }
}

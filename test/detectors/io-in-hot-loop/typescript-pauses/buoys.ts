import { Pool } from "pg";
import { later, pause, rest } from "./pauses";

const pool = new Pool();

export class Buoys {
  private readonly afloat = new Map<string, number>();

  drop(id: string, depth: number) {
    this.afloat.set(id, depth);
  }

  lift(id: string) {
    this.afloat.delete(id);
  }

  async watch() {
    while (true) {
      for (const [id, depth] of this.afloat) {
        await pool.query("UPDATE buoys SET depth = $1 WHERE id = $2", [depth, id]); // want "every 20 s × each of `this.afloat` × 1 UPDATE on `buoys`"
      }
      await new Promise((resolve) => setTimeout(resolve, 20 * 1000));
    }
  }

  async light() {
    for (;;) {
      for (const id of this.afloat.keys()) {
        await pool.query("UPDATE lamps SET lit = true WHERE id = $1", [id]); // want "every 5 s × each of `this.afloat` × 1 UPDATE on `lamps`"
      }
      await pause(5_000);
    }
  }

  async ring() {
    for (;;) {
      await rest(7000);
      for (const id of this.afloat.keys()) {
        await pool.query("UPDATE bells SET rung = true WHERE id = $1", [id]); // want "every 7 s × each of `this.afloat` × 1 UPDATE on `bells`"
      }
    }
  }

  /** Ends when the work is done: no clock runs it. */
  async empty() {
    while (this.afloat.size > 0) {
      for (const id of [...this.afloat.keys()].slice(0, 3)) {
        await pool.query("UPDATE chains SET slack = 0 WHERE id = $1", [id]);
        this.afloat.delete(id);
      }
      later(() => undefined, 10);
    }
  }
}

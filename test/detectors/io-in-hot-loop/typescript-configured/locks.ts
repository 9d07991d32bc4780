import express from "express";
import { Pool } from "pg";

const pool = new Pool();

class Locks {
  constructor(
    private readonly config: { gates: string[] },
    private readonly boats: string[],
  ) {}

  // As many as somebody has written into a configuration.
  async open(): Promise<void> {
    const gates = this.config.gates;
    for (const gate of gates) await pool.query("UPDATE gates SET open = true WHERE name = $1", [gate]);
  }

  moor(boat: string): void {
    this.boats.push(boat);
  }

  async pass(): Promise<void> {
    const boats = this.boats;
    for (const boat of boats) await pool.query("UPDATE boats SET passed = true WHERE name = $1", [boat]); // want-info "Somebody changes something with it, and does so now and then\.$"
  }
}

const locks = new Locks({ gates: [] }, []);
const app = express();
app.post("/open", async (_request, response) => {
  await locks.open();
  response.end();
});
app.post("/pass", async (_request, response) => {
  await locks.pass();
  response.end();
});

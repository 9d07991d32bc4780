import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

class Fleet {
  boats: { id: number }[] = [];

  add(id: number): void {
    this.boats.push({ id });
  }

  async sail(): Promise<void> {
    for (const boat of this.boats) await pool.query("SELECT wind FROM winds WHERE boat = $1", [boat.id]); // want-info "Nothing shows that these are many"
  }

  async rest(): Promise<void> {
    for (const boat of this.boats) await pool.query("SELECT port FROM ports WHERE boat = $1", [boat.id]); // want "each of `this.boats` × 1 SELECT on `ports`\.$"
  }
}

const all = new Fleet();

// Nothing is in it but what was put there just before.
app.get("/sail", async (request, response) => {
  const fleet = new Fleet();
  fleet.add(Number(request.query.id));
  await fleet.sail();
  response.end();
});

app.get("/rest", async (_request, response) => {
  await all.rest();
  response.end();
});

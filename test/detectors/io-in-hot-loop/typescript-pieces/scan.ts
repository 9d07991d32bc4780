import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();
const size = 20;

class Scan {
  private items: string[] = [];

  async run(): Promise<void> {
    const { rows } = await pool.query("SELECT id FROM items WHERE state = $1", ["new"]);
    this.items = rows.map((row) => row.id);
    await this.goOn(0);
  }

  // A part of them, and after a pause the next.
  private async goOn(start: number): Promise<void> {
    const part = this.items.slice(start, start + size);
    for (const id of part) await pool.query("UPDATE items SET state = 'seen' WHERE id = $1", [id]); // want-info "Nothing shows that these are many: no query gives them, and no request or field holds them\.$"
    if (start > this.items.length) return;
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        this.goOn(start + size).then(resolve);
      }, 1000);
    });
  }
}

class Sweep {
  private items: string[] = [];

  async run(): Promise<void> {
    const { rows } = await pool.query("SELECT id FROM crates WHERE state = $1", ["new"]);
    this.items = rows.map((row) => row.id);
    for (const id of this.items) await pool.query("SELECT state FROM crates WHERE id = $1", [id]); // want "1 SELECT on .crates.\.$"
    setTimeout(() => console.log("swept"), 1000);
  }
}

const scan = new Scan();
const sweep = new Sweep();
app.get("/scan", async (_request, response) => {
  await scan.run();
  response.end();
});
app.get("/sweep", async (_request, response) => {
  await sweep.run();
  response.end();
});

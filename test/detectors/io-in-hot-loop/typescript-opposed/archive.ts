import { Pool } from "pg";
import { settings } from "./settings";

const pool = new Pool();

export class Archive {
  keep(): void {
    if (!settings.open) void copyAll();
    void countAll();
  }
}

// Nobody gets here: who asks does so where it is open.
async function copyAll(): Promise<void> {
  const { rows } = await pool.query("SELECT id FROM scrolls");
  for (const scroll of rows) await pool.query("SELECT body FROM bodies WHERE scroll = $1", [scroll.id]);
}

async function countAll(): Promise<void> {
  const { rows } = await pool.query("SELECT id FROM scrolls");
  for (const scroll of rows) await pool.query("SELECT count(*) FROM lines WHERE scroll = $1", [scroll.id]); // want "each of `rows` × 1 SELECT on `lines`\.$"
}

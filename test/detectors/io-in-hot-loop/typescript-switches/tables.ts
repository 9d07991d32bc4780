import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.post("/clear", async (request, response) => {
  const tables: number[] = request.body;
  for (const table of tables) await clear(table, true, true); // want "each of `tables` × 1 UPDATE on `tables`.* The `true` given for `persist`"
  for (const table of tables) await clear(table, false, true);
  for (const table of tables) await clear(table, false, false); // want "The `false` given for `isDraft`"
  response.end();
});

async function clear(table: number, persist: boolean, isDraft: boolean) {
  persist && (await pool.query("UPDATE tables SET guests = 0 WHERE id = $1", [table]));
  isDraft || (await pool.query("UPDATE tables SET cleared = now() WHERE id = $1", [table]));
}

import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.post("/crates/open", async (request, response) => {
  const ids: string[] = request.body.ids;
  while (ids.length > 0) await pool.query("UPDATE crates SET open = true WHERE id = $1", [ids.shift()]); // want-info "Somebody changes something with it, and does so now and then\.$"
  response.end();
});

// It goes on with what it finds.
app.post("/crates/follow", async (request, response) => {
  const left: string[] = request.body.ids;
  while (left.length > 0) {
    const found = await pool.query("SELECT next FROM crates WHERE id = $1", [left.shift()]);
    left.push(...found.rows.map((row) => row.next));
  }
  response.end();
});

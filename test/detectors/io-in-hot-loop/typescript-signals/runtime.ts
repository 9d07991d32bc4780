import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

// A signal is no request.
process.once("SIGTERM", async () => {
  const { rows } = await pool.query("SELECT id FROM lanes");
  for (const lane of rows) await pool.query("SELECT name FROM signs WHERE lane = $1", [lane.id]);
});

app.get("/lanes", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM lanes");
  for (const lane of rows) await pool.query("SELECT name FROM signs WHERE lane = $1", [lane.id]); // want "each request to `/lanes`"
  response.end();
});

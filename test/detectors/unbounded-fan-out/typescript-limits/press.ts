import express from "express";
import rateLimit from "express-rate-limit";
import { Pool } from "pg";

const pool = new Pool();
const app = express();
const gate = rateLimit({ windowMs: 60_000, limit: 5 });

app.post("/press", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM growers WHERE slope = $1", [request.body.slope]);
  for (const grower of rows) {
    await pool.query("INSERT INTO calls (grower) VALUES ($1)", [grower.id]); // want "None of four protections"
  }
  response.end();
});

app.post("/rinse", gate, async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM growers WHERE slope = $1", [request.body.slope]);
  for (const grower of rows) {
    await pool.query("INSERT INTO rinses (grower) VALUES ($1)", [grower.id]);
  }
  response.end();
});

import express from "express";
import rateLimit from "express-rate-limit";
import { Pool } from "pg";

const pool = new Pool();
const cellar = express.Router();
export const gate = rateLimit({ windowMs: 60_000, limit: 5 });

// Others may put it somewhere: here nothing does.
cellar.post("/casks", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM growers WHERE slope = $1", [request.body.slope]);
  for (const grower of rows) {
    await pool.query("INSERT INTO casks (grower) VALUES ($1)", [grower.id]); // want "None of four protections"
  }
  response.end();
});

import express from "express";
import { Pool } from "pg";

const pool = new Pool();

async function query<T>(sql: string, params: unknown[] = []): Promise<T[]> {
  const { rows } = await pool.query(sql, params);
  return rows as T[];
}

const one = async <T>(sql: string, params: unknown[] = []): Promise<T | undefined> => (await query<T>(sql, params))[0];

const app = express();
app.post("/moorings", async (req, res) => {
  await one("INSERT INTO moorings (ship) VALUES ($1)", [req.body.ship]);
  res.sendStatus(204);
});
app.get("/moorings", async (_req, res) => {
  res.json(await query("SELECT ship FROM moorings")); // want "For each request to `/moorings` the whole table `moorings` is read"
});
app.get("/moorings/:ship", async (req, res) => {
  res.json(await query("SELECT ship FROM moorings WHERE ship = $1", [req.params.ship]));
  res.json(await query("SELECT name FROM quays"));
});
app.listen(8080);

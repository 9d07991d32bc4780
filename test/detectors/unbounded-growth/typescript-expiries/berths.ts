import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.post("/berths", async (req, res) => {
  const body = { ship: req.body.ship, expiresAt: Date.now() + 1000 };
  await pool.query("INSERT INTO berths (body) VALUES ($1)", [JSON.stringify(body)]); // want "The expiry `expiresAt` of a row of `berths` is kept inside a document"
  res.json(body);
});

app.post("/stays", async (req, res) => {
  const body = { ship: req.body.ship, since: Date.now() };
  await pool.query("INSERT INTO stays (body) VALUES ($1)", [JSON.stringify(body)]);
  res.json({ expiresAt: Date.now() });
});

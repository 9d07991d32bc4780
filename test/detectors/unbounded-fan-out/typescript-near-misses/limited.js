const express = require("express");
const rateLimit = require("express-rate-limit");
const { Pool } = require("pg");

const pool = new Pool();
const app = express();
const perMinute = rateLimit({ windowMs: 60_000, limit: 5 });

app.post("/wells/:id/drain", perMinute, async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM pipes WHERE well = $1", [request.params.id]);
  for (const pipe of rows) {
    await pool.query("INSERT INTO drains (pipe) VALUES ($1)", [pipe.id]);
  }
  response.end();
});

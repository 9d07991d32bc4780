const express = require("express");
const { Pool } = require("pg");

const pool = new Pool();
const app = express();

app.post("/wells/:id/drain", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM pipes WHERE well = $1", [request.params.id]);
  for (const pipe of rows) {
    await pool.query("INSERT INTO drains (pipe) VALUES ($1)", [pipe.id]); // want "Each request to `/wells/:id/drain` makes 1 INSERT on `drains` for each of `rows`"
  }
  response.end();
});

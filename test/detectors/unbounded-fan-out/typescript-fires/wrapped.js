const express = require("express");
const asyncHandler = require("express-async-handler");
const { Pool } = require("pg");

const pool = new Pool();
const app = express();

app.post(
  "/wells/:id/clean",
  asyncHandler(async (request, response) => {
    const { rows } = await pool.query("SELECT id FROM pipes WHERE well = $1", [request.params.id]);
    for (const pipe of rows) {
      await pool.query("INSERT INTO cleanings (pipe) VALUES ($1)", [pipe.id]); // want "Each request to `/wells/:id/clean` makes 1 INSERT on `cleanings` for each of `rows`"
    }
    response.end();
  }),
);

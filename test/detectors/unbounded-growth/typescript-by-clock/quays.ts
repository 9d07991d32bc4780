import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

async function takeOver() {
  await pool.query("INSERT INTO quays (name) VALUES ('north')");
}

setInterval(() => takeOver(), 3_600_000);

app.get("/quays", async (_request, response) => {
  response.json(await pool.query("SELECT name FROM quays")); // want-info "the whole table `quays` is read"
});

app.post("/berths/:name", async (request, response) => {
  await pool.query("INSERT INTO berths (name) VALUES ($1)", [request.params.name]);
  response.end();
});

app.get("/berths", async (_request, response) => {
  response.json(await pool.query("SELECT name FROM berths")); // want "the whole table `berths` is read"
});

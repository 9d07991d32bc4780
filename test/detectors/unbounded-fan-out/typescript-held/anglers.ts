import { Queue } from "bullmq";
import express from "express";
import { Pool } from "pg";

const app = express();
const pool = new Pool();
const letters = new Queue("letters");
const anglers = new Map<string, { id: string }>();
const ponds = new Map([["north", { id: "north" }]]);

function near(id: string) {
  return [...anglers.values()].filter((angler) => angler.id !== id);
}

app.post("/calls", async (request, response) => {
  for (const angler of near(request.body.id)) {
    await pool.query("INSERT INTO calls (to_id) VALUES ($1)", [angler.id]); // want "makes 1 INSERT on `calls` for each of `near\(request.body.id\)`\. None of four protections"
  }
  response.end();
});

app.post("/news", async (request, response) => {
  for (const angler of anglers.values()) {
    await pool.query("INSERT INTO news (recipient_id) VALUES ($1)", [angler.id]); // want "makes 1 INSERT on `news` for each of `anglers`"
  }
  response.end();
});

// As many as were written.
app.post("/ponds", async (request, response) => {
  for (const pond of ponds.values()) {
    await pool.query("INSERT INTO checks (to_id) VALUES ($1)", [pond.id]);
  }
  response.end();
});

// The first few, whoever they are.
app.post("/helpers", async (request, response) => {
  let helpers = near(request.body.id);
  helpers = helpers.slice(0, 5);
  for (const helper of helpers) {
    await pool.query("INSERT INTO helps (to_id) VALUES ($1)", [helper.id]);
  }
  response.end();
});

app.post("/letters", async (request, response) => {
  for (const letter of request.body.letters) {
    await letters.add("letter", letter); // want-info "The request names them: there are no more than somebody writes down\.$"
  }
  response.end();
});

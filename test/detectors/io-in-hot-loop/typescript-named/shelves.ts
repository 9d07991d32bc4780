import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.post("/shelves/clear", async (request, response) => {
  const ids: string[] = request.body.ids;
  for (const id of ids) await pool.query("UPDATE shelves SET jars = 0 WHERE id = $1", [id]); // want-info "Somebody changes something with it, and does so now and then\.$"
  response.end();
});

// What is only looked up for each is told as a note.
app.post("/shelves/count", async (request, response) => {
  const ids: string[] = request.body.ids;
  for (const id of ids) await pool.query("SELECT jars FROM shelves WHERE id = $1", [id]); // want-info "There are as many as whoever asks has named\.$"
  response.end();
});

// No more than a few are let through.
app.post("/shelves/dust", async (request, response) => {
  const ids: string[] = request.body.ids;
  if (ids.length > 20) return;
  for (const id of ids) await pool.query("UPDATE shelves SET dusted = true WHERE id = $1", [id]); // want-info "No more than a few are let through\.$"
  response.end();
});

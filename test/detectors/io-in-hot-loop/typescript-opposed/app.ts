import express from "express";
import { Pool } from "pg";
import { Archive } from "./archive";
import { settings } from "./settings";

const app = express();
const pool = new Pool();
const archive = new Archive();

app.get("/scrolls", (_request, response) => {
  if (settings.open) archive.keep();
  response.end();
});

// Taken along now and then.
app.get("/scrolls/export", async (_request, response) => {
  const { rows } = await pool.query("SELECT id FROM scrolls");
  for (const scroll of rows) await pool.query("SELECT body FROM bodies WHERE scroll = $1", [scroll.id]); // want-info "Somebody takes all of it along, now and then\.$"
  response.end();
});

app.get("/ready", async (_request, response) => {
  await runMigrations();
  response.end();
});

async function runMigrations(): Promise<void> {
  const { rows } = await pool.query("SELECT statement FROM pending");
  for (const { statement } of rows) await pool.query(statement); // want-info "What migrates is done once\.$"
}

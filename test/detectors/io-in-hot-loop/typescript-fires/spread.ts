import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

// A list made of another is as long as that.
app.post("/tables", async (request, response) => {
  const tables = [...request.body.tables, request.body.spare];
  for (const table of tables) {
    await pool.query("INSERT INTO tables (id) VALUES ($1)", [table]); // want "each request to `/tables` × each of `tables` × 1 INSERT on `tables`"
  }
  response.end();
});

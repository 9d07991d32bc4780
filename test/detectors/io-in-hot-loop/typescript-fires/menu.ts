import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

// There are as many translations as languages.
app.post("/dishes", async (request, response) => {
  for (const text of request.body.translations) {
    await pool.query("INSERT INTO dish_texts (text) VALUES ($1)", [text]); // want-info "each of `request.body.translations` × 1 INSERT on `dish_texts`"
  }
  response.end();
});

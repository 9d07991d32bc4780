const express = require("express");
const { Pool } = require("pg");

const pool = new Pool();
const router = express.Router();

router.post("/wells/:id/drain", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM pipes WHERE well = $1", [request.params.id]);
  for (const pipe of rows) {
    await pool.query("INSERT INTO drains (pipe) VALUES ($1)", [pipe.id]); // want-info "only a rate limit for all routes was found"
  }
  response.end();
});

module.exports = router;

const express = require("express");
const { createTransport } = require("nodemailer");
const { Pool } = require("pg");
const drinkers = require("./drinkers");

const pool = new Pool();
const mails = createTransport("smtp://localhost");
const router = express.Router();

router.post("/wells/:id/drain", async (request, response) => {
  const { rows } = await pool.query("SELECT id FROM pipes WHERE well = $1", [request.params.id]);
  for (const pipe of rows) {
    await pool.query("INSERT INTO drains (pipe) VALUES ($1)", [pipe.id]); // want-info "only a rate limit for all routes was found"
  }
  response.end();
});

// How many drink from it others decide.
router.post("/wells/:id/alarm", async (request, response) => {
  const { rows: subscribers } = await pool.query("SELECT id FROM drinkers WHERE well = $1", [request.params.id]);
  for (const subscriber of subscribers) {
    await pool.query("INSERT INTO alerts (drinker) VALUES ($1)", [subscriber.id]); // want "only a rate limit for all routes was found on the way: no de-duplication, no cap and no expiry.$"
  }
  response.end();
});

// There are fewer of them each time.
router.post("/wells/:id/close", async (request, response) => {
  const { rows: subscribers } = await pool.query("SELECT id FROM drinkers WHERE well = $1", [request.params.id]);
  for (const subscriber of subscribers) {
    await drinkers.removeFromWell(subscriber.id);
    await mails.sendMail({ to: subscriber.mail }); // want-info "They are taken away"
  }
  response.end();
});

module.exports = router;

import express from "express";
import type { FastifyPluginAsync } from "fastify";
import { knex } from "knex";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.post("/berths", async (req, res) => {
  const body = { ship: req.body.ship, expiresAt: Date.now() + 1000 };
  await pool.query("INSERT INTO berths (body) VALUES ($1)", [JSON.stringify(body)]); // want "The expiry `expiresAt` of a row of `berths` is kept inside a document"
  res.json(body);
});

app.post("/stays", async (req, res) => {
  const body = { ship: req.body.ship, since: Date.now() };
  await pool.query("INSERT INTO stays (body) VALUES ($1)", [JSON.stringify(body)]);
  res.json({ expiresAt: Date.now() });
});

const db = knex({ client: "pg" });

app.post("/moorings", async (req, res) => {
  await db("moorings").insert({ ship: req.body.ship, details: { gate: 4, expiresAt: Date.now() + 1000 } }); // want "The expiry `expiresAt` of a row of `moorings` is kept inside a document"
  res.end();
});

app.post("/gates", async (req, res) => {
  await db("gates").insert({ ship: req.body.ship, expiresAt: Date.now() + 1000, details: { gate: 4 } });
  res.end();
});

// What a plugin is handed is known from its type.
export const locks: FastifyPluginAsync = async (fastify) => {
  fastify.post("/locks", async (request) => {
    const body = JSON.stringify({ ship: request.id, expiresAt: Date.now() + 1000 });
    await pool.query("INSERT INTO locks (body) VALUES ($1)", [body]); // want "The expiry `expiresAt` of a row of `locks` is kept inside a document"
  });
};

import rateLimit from "@fastify/rate-limit";
import Fastify from "fastify";
import { Pool } from "pg";

const pool = new Pool();
const app = Fastify();
await app.register(rateLimit, { global: false });

app.post<{ Params: { id: string } }>("/towers/:id/ring", async (request) => {
  const { rows: members } = await pool.query("SELECT user_id FROM members WHERE tower = $1", [request.params.id]);
  for (const member of members) {
    await pool.query("INSERT INTO rings (user_id) VALUES ($1)", [member.user_id]); // want "makes 1 INSERT on `rings` for each of `members`"
  }
});

app.post<{ Params: { id: string } }>(
  "/towers/:id/toll",
  { config: { rateLimit: { max: 1, timeWindow: "1 hour" } } },
  async (request) => {
    const { rows: members } = await pool.query("SELECT user_id FROM members WHERE tower = $1", [request.params.id]);
    for (const member of members) {
      await pool.query("INSERT INTO tolls (user_id) VALUES ($1)", [member.user_id]);
    }
  },
);

await app.listen({ port: 3000 });

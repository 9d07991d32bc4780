import express from "express";
import Redis from "ioredis";

const redis = new Redis();
const app = express();

app.get("/berths", async (_req, res) => {
  const keys = await redis.smembers("berths");
  const out = [];
  for (const key of keys) {
    out.push(await redis.hgetall(key)); // want "each request to `/berths` × each of `keys` × 1 call of `ioredis.hgetall`\.$"
  }
  res.json(out);
});

app.get("/berths/together", async (_req, res) => {
  const keys = await redis.smembers("berths");
  const pipeline = redis.pipeline();
  for (const key of keys) {
    pipeline.hgetall(key);
  }
  res.json(await pipeline.exec());
});

app.get("/berths/rates", async (_req, res) => {
  const keys = await redis.smembers("berths");
  const out = [];
  for (const key of keys) {
    out.push(await fetch(`https://rates.example/${key}`)); // want-info "Whether another service takes many at once is not known\.$"
  }
  res.json(out);
});

import { PrismaClient } from "@prisma/client";
import rateLimit from "express-rate-limit";
import express from "express";

const prisma = new PrismaClient();
const app = express();
app.use(rateLimit({ windowMs: 60_000, limit: 100 }));

// Each of them is asked whether it has been told lately, and nobody asks too often.
app.post("/lately", async (request, response) => {
  const followers = await prisma.follower.findMany({ where: { concert: request.body.concert } });
  for (const follower of followers) {
    if (await shouldNotify(follower.singer)) await prisma.notice.create({ data: { singer: follower.singer } });
  }
  response.end();
});

async function shouldNotify(singer: string) {
  return (await prisma.letter.count({ where: { singer } })) === 0;
}

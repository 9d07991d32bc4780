import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
export const app = express.Router();

// Each of them is asked whether it has been told lately, and nobody asks too often.
app.post("/lately", async (request, response) => {
  const followers = await prisma.follower.findMany({ where: { concert: request.body.concert } });
  for (const follower of followers) {
    if (await shouldNotify(follower.singer)) await prisma.notice.create({ data: { singer: follower.singer } });
  }
  response.end();
});

async function shouldNotify(singer: string) {
  const settings = await prisma.settings.findFirst({ where: { singer } });
  return settings?.letters ?? true;
}

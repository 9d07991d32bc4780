import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

app.post("/looms/sync", async (req, res) => {
  for (const loom of req.body.looms) {
    await forget(req.body.weaver); // want-info "They are parts of the one thing that a request brings along\.$"
    await check(loom);
    await note(loom, req.body.weaver);
  }
  res.json({});
});

// The first round has taken them away.
async function forget(weaver: string) {
  const notices = await prisma.notice.findMany({ where: { weaver } });
  for (const notice of notices) {
    await prisma.notice.delete({ where: { id: notice.id } }); // want-info "Only a note"
  }
}

// They are there for the next round as well.
async function check(loom: string) {
  const threads = await prisma.thread.findMany({ where: { loom } });
  for (const thread of threads) {
    await prisma.yarn.findFirst({ where: { thread: thread.id } }); // want "each of `req\.body\.looms` × each of `threads` × 1 database read\.$"
  }
}

// It comes to this only now and then, and further on again.
async function note(loom: { shared?: boolean }, weaver: string) {
  if (loom.shared) await tell(loom, weaver);
}

async function tell(loom: { kind?: string }, weaver: string) {
  if (loom.kind === "wide") await tellAll(weaver);
}

async function tellAll(weaver: string) {
  const friends = await findByWeaver(weaver);
  for (const friend of friends) {
    await prisma.yarn.findFirst({ where: { friend: friend.id } }); // want-info "Only a note"
  }
}

async function findByWeaver(weaver: string) {
  return await prisma.friend.findMany({ where: { weaver } });
}

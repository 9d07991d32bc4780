import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();
const prepared = new Set<string>();

app.get("/looms/:id", async (req, res) => {
  await prepare(req.params.id);
  res.json(await yarns());
});

// Once for each loom.
async function prepare(loom: string) {
  if (prepared.has(loom)) return;
  prepared.add(loom);
  const threads = await prisma.thread.findMany();
  for (const thread of threads) {
    await prisma.thread.update({ where: { id: thread.id }, data: { loom } });
  }
}

async function yarns() {
  const threads = await prisma.thread.findMany();
  const found = [];
  for (const thread of threads) {
    found.push(await prisma.yarn.findFirst({ where: { thread: thread.id } })); // want "each of `threads` × 1 database read\.$"
  }
  return found;
}

// What a procedure only looks at is told by its name.
app.post("looms.list", async (_req, res) => {
  const looms = await prisma.loom.findMany();
  res.json(await Promise.all(looms.map((loom) => prisma.pattern.findFirst({ where: { loom: loom.id } })))); // want "each of `looms` × 1 database read\.$"
});

app.post("looms.merge", async (_req, res) => {
  const looms = await prisma.loom.findMany();
  res.json(await Promise.all(looms.map((loom) => prisma.pattern.findFirst({ where: { loom: loom.id } })))); // want "× 1 database read\."
});

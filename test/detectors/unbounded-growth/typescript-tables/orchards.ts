import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

let isStale = true;

async function allHarvests() {
  return prisma.harvest.findMany(); // want-info "a condition decides whether it is read at all"
}

async function allBlossoms() {
  return prisma.blossom.findMany(); // want "reads every row there is"
}

app.get("/harvests", async (req, res) => {
  if (isStale) {
    await allHarvests();
    isStale = false;
  }
  res.send(await allBlossoms());
});

app.post("/harvests", async (req, res) => {
  await prisma.harvest.create({ data: { tree: req.body.tree } });
  await prisma.blossom.create({ data: { tree: req.body.tree } });
  res.end();
});

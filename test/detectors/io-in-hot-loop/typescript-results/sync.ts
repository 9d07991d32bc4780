import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

class Parsed {
  constructor(readonly id: string) {}
  isFailed() {
    return this.id === "";
  }
  isWide() {
    return this.id !== "";
  }
}

app.post("/looms", async (req, res) => {
  const saved = [];
  for (const loom of req.body) {
    const parsed = new Parsed(loom.id);
    if (parsed.isFailed()) continue;
    const known = await prisma.loom.findFirst({ where: { id: parsed.id } });
    saved.push(await prisma.loom.update({ where: { id: parsed.id }, data: { known: known !== null } })); // want "each of `req\.body` × 1 database (?:read|write)"
  }
  res.json(saved);
});

// Some of them only.
app.post("/looms/wide", async (req, res) => {
  const saved = [];
  for (const loom of req.body) {
    const parsed = new Parsed(loom.id);
    if (parsed.isWide()) continue;
    const known = await prisma.loom.findFirst({ where: { id: parsed.id } });
    saved.push(await prisma.loom.update({ where: { id: parsed.id }, data: { known: known !== null } })); // want-info "It is done for some of them only\.$"
  }
  res.json(saved);
});

import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

async function levelOf(note: number): Promise<number> {
  const found = await prisma.right.findFirst({ where: { note } });
  return found ? found.level : 0;
}

app.get("/uploads/any", async (_req, res) => {
  res.json(await mayReadAny());
});

app.get("/uploads/all", async (_req, res) => {
  res.json(await mayReadAll());
});

// The first that fits is enough.
async function mayReadAny(): Promise<boolean> {
  const notes = await prisma.note.findMany();
  for (const note of notes) {
    const level = await levelOf(note.id); // want-info "It ends with the first that fits\.$"
    if (level >= 2) return true;
  }
  return false;
}

// Each has to fit.
async function mayReadAll(): Promise<boolean> {
  const notes = await prisma.note.findMany();
  for (const note of notes) {
    const level = await levelOf(note.id); // want "each of `notes` × 1 database read"
    if (level < 2) return false;
  }
  return true;
}

import { PrismaClient } from "@prisma/client";
import express from "express";

const app = express();
const prisma = new PrismaClient();

const sessions = new Map<string, number>();
const log: string[] = [];
const counts: Record<string, number> = {};

class Press {
  private readonly batches = new Map<string, number>();
  private listeners: (() => void)[] = [];

  fill(batch: string) {
    this.batches.set(batch, Date.now()); // want "`Press.batches` only ever grows: each request to `/fill` may add an element"
  }

  watch(listener: () => void) {
    this.listeners.push(listener); // want "`Press.listeners` only ever grows: each request to `/watch` adds to it"
  }
}

const press = new Press();

app.post("/fill", (request, response) => {
  sessions.set(request.body.picker, Date.now()); // want "sessions` only ever grows"
  log.push(request.body.picker); // want "log` only ever grows"
  counts[request.body.picker] = 1; // want "counts` only ever grows"
  press.fill(request.body.batch);
  response.end();
});

app.get("/watch", (_request, response) => {
  press.watch(() => response.end());
});

app.get("/apples", async (_request, response) => {
  response.json(await prisma.apple.findMany()); // want "reads every row there is for each request to `/apples`.*nothing in the workspace deletes any"
});

app.post("/apples", async (request, response) => {
  await prisma.apple.create({ data: request.body });
  response.end();
});

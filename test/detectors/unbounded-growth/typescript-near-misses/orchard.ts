import { PrismaClient } from "@prisma/client";
import express from "express";
import { LRUCache } from "lru-cache";

const app = express();
const prisma = new PrismaClient();

const sessions = new Map<string, number>();
const log: string[] = [];
const counts: Record<string, number> = {};
const owners = new WeakMap<object, string>();
const recent = new LRUCache<string, number>({ max: 100 });

class Press {
  private batches = new Map<string, number>();

  fill(batch: string) {
    this.batches.set(batch, Date.now());
  }

  clean() {
    this.batches.clear();
  }
}

class Sorter {
  private found: string[] = [];

  add(apple: string) {
    this.found.push(apple);
    return this.found;
  }
}

const press = new Press();

app.post("/fill", (request, response) => {
  sessions.set(request.body.picker, Date.now());
  log.push(request.body.picker);
  if (log.length > 100) log.shift();
  counts[request.body.picker] = 1;
  owners.set(request, "somebody");
  recent.set(request.body.picker, 1);
  press.fill(request.body.batch);
  new Sorter().add("apple");
  response.end();
});

app.post("/leave", (request, response) => {
  sessions.delete(request.body.picker);
  delete counts[request.body.picker];
  press.clean();
  response.end();
});

app.get("/apples", async (_request, response) => {
  response.json(await prisma.apple.findMany({ take: 20 }));
});

app.get("/kinds", async (_request, response) => {
  response.json(await prisma.kind.findMany());
});

app.post("/apples", async (request, response) => {
  await prisma.apple.create({ data: request.body });
  response.end();
});

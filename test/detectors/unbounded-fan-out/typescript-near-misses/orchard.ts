import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();
const maxPickers = 50;

app.post("/taken", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard }, take: 20 });
  for (const picker of pickers) {
    await prisma.task.create({ data: { picker: picker.id } });
  }
  response.end();
});

app.post("/counted", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard } });
  if (pickers.length > maxPickers) return response.status(400).end();
  for (const picker of pickers) {
    await prisma.task.create({ data: { picker: picker.id } });
  }
  response.end();
});

app.post("/own", async (request, response) => {
  for (const picker of request.body.pickers) {
    await prisma.task.create({ data: { picker } });
  }
  response.end();
});

app.post("/cooled", async (request, response) => {
  const orchard = await prisma.orchard.findFirst({ where: { id: request.body.orchard } });
  if (Date.now() - orchard.lastSentAt < 3_600_000) return response.status(429).end();
  const pickers = await prisma.picker.findMany({ where: { orchard: orchard.id } });
  for (const picker of pickers) {
    await prisma.task.create({ data: { picker: picker.id } });
  }
  response.end();
});

app.post("/updated", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard } });
  for (const picker of pickers) {
    await prisma.picker.update({ where: { id: picker.id }, data: { told: true } });
  }
  response.end();
});

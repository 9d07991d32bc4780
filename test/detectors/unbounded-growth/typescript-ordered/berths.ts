import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.post("/berths", async (request, response) => {
  await prisma.berth.create({ data: { name: request.body.name } });
  await prisma.crane.create({ data: { name: request.body.name } });
  await prisma.pontoon.create({ data: { name: request.body.name } });
  response.end();
});

// An order and what stands beside the rows leave none out.
app.get("/berths", async (request, response) => {
  response.json(await prisma.berth.findMany({ orderBy: { name: "asc" }, include: { ship: true } })); // want "nothing in the workspace deletes any"
});

app.get("/cranes", async (request, response) => {
  response.json(await prisma.crane.findMany({ orderBy: { name: "asc" }, take: 30 }));
});

app.get("/pontoons", async (request, response) => {
  response.json(await prisma.pontoon.findMany({ orderBy: { name: "asc" }, where: { name: request.query.name } }));
});

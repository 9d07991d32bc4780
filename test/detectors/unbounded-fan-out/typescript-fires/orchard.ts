import { PrismaClient } from "@prisma/client";
import express from "express";
import { Queue } from "bullmq";
import { Pool } from "pg";

const prisma = new PrismaClient();
const pool = new Pool();
const letters = new Queue("letters");
const app = express();

app.post("/harvests", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard } });
  for (const picker of pickers) {
    await prisma.task.create({ data: { picker: picker.id } }); // want "Each request to `/harvests` makes 1 row .*for each of `pickers`.* no cooldown or rate limit, no de-duplication, no cap and no expiry"
  }
  response.end();
});

app.post("/news", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard } });
  await Promise.all(
    pickers.map(async (picker) => {
      await letters.add("news", { picker: picker.id }); // want "Each request to `/news` sends 1 message .*for each of `pickers`"
    }),
  );
  response.end();
});

class Watch {
  dogs: string[] = [];

  async alarm() {
    for (const dog of this.dogs) {
      await this.call(dog); // want "Each request to `/alarm` makes 1 INSERT on `calls` for each of `this.dogs`"
    }
  }

  private async call(dog: string) {
    await pool.query("INSERT INTO calls (dog) VALUES ($1)", [dog]);
  }
}

const watch = new Watch();

app.post("/alarm", async (_request, response) => {
  await watch.alarm();
  response.end();
});

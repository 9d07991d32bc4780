import { PrismaClient } from "@prisma/client";
import express from "express";
import uniqBy from "lodash/uniqBy";
import { remember } from "ledger-cache";

const prisma = new PrismaClient();
const app = express();

interface ConcertMovedEvent {
  concert: string;
}

interface SchedulerTickEvent {
  at: number;
}

// Found by a table: nothing here leads to it.
export class ConcertMovedListener {
  async handle(event: ConcertMovedEvent) {
    const followers = await prisma.follower.findMany({ where: { concert: event.concert } });
    for (const follower of followers) {
      await prisma.notice.create({ data: { singer: follower.singer } }); // want "Each call of `ConcertMovedListener\.handle` makes 1 row .*for each of `followers`"
    }
  }
}

// A clock is nobody who asks.
export class TickListener {
  async handle(event: SchedulerTickEvent) {
    const followers = await prisma.follower.findMany();
    for (const follower of followers) {
      await prisma.notice.create({ data: { singer: follower.singer, at: event.at } });
    }
  }
}

// An event that somebody else hands over is no reason to be called from outside.
class Letters {
  async write(event: ConcertMovedEvent) {
    const followers = await prisma.follower.findMany({ where: { concert: event.concert } });
    for (const follower of followers) {
      await prisma.notice.create({ data: { singer: follower.singer } });
    }
  }
}

export const letters = new Letters();

app.post("/uniquely", async (request, response) => {
  const followers = await prisma.follower.findMany({ where: { concert: request.body.concert } });
  for (const follower of uniqBy(followers, "singer")) {
    await prisma.notice.create({ data: { singer: follower.singer } }); // want "Each request to `/uniquely` makes 1 row"
  }
  response.end();
});

app.post("/either", async (request, response) => {
  let followers;
  if (request.body.concert) followers = await prisma.follower.findMany({ where: { concert: request.body.concert } });
  else followers = await prisma.follower.findMany();
  for (const follower of followers) {
    await prisma.notice.create({ data: { singer: follower.singer } }); // want "Each request to `/either` makes 1 row"
  }
  response.end();
});

app.post("/inside", async (request, response) => {
  const followers = await prisma.follower.findMany({ where: { concert: request.body.concert } });
  await remember("letters", async () => {
    for (const follower of followers) {
      await prisma.notice.create({ data: { singer: follower.singer } }); // want "Each request to `/inside` makes 1 row"
    }
  });
  response.end();
});

app.post("/remembered", async (request, response) => {
  const followers = await prisma.follower.findMany({ where: { concert: request.body.concert } });
  for (const follower of followers) {
    await remember("letter", () => prisma.notice.create({ data: { singer: follower.singer } })); // want "Each request to `/remembered` makes 1 row"
  }
  response.end();
});

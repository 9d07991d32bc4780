import express from "express";
import cron from "node-cron";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

// A clock takes away old ones: what is made does not stay.
app.post("/ferries/:id/late", async (req, res) => {
  const passengers = await prisma.passenger.findMany({ where: { ferry: req.params.id } });
  for (const passenger of passengers) {
    await prisma.delayNotice.create({ data: { userId: passenger.id } }); // want "Of four protections only an expiry was found"
  }
  res.end();
});

app.post("/ferries/:id/full", async (req, res) => {
  const passengers = await prisma.passenger.findMany({ where: { ferry: req.params.id } });
  for (const passenger of passengers) {
    await prisma.refusalNotice.create({ data: { userId: passenger.id } }); // want "None of four protections was found"
  }
  res.end();
});

cron.schedule("0 3 * * *", forgetOld);

async function forgetOld() {
  await prisma.delayNotice.deleteMany({ where: { at: { lt: new Date() } } });
}

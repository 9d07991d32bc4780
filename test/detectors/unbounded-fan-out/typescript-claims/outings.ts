import express from "express";
import nodemailer from "nodemailer";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();
const post = nodemailer.createTransport({ host: "localhost" });

// How often another service may be asked, and not how often this one.
export const RATE_LIMIT_PER_MINUTE = 30;

// Of several requests one changes the row, and goes on.
app.post("/outings/:id/cancel", async (req, res) => {
  const { count } = await prisma.outing.updateMany({
    where: { id: req.params.id, cancelled: false },
    data: { cancelled: true },
  });
  if (count === 0) {
    return;
  }
  const guests = await prisma.guest.findMany({ where: { outing: req.params.id } });
  for (const guest of guests) {
    await post.sendMail({ to: guest.email });
  }
  res.end();
});

// Sent again with each request: that some were counted before says nothing.
app.post("/outings/:id/move", async (req, res) => {
  const count = await prisma.outing.count({ where: { id: req.params.id } });
  if (count === 0) {
    return;
  }
  const guests = await prisma.guest.findMany({ where: { outing: req.params.id } });
  for (const guest of guests) {
    await post.sendMail({ to: guest.email }); // want "None of four protections was found on the way"
  }
  res.end();
});

import { PrismaClient } from "@prisma/client";
import express from "express";
import { createTransport } from "nodemailer";

const prisma = new PrismaClient();
const mails = createTransport("smtp://localhost");
const app = express();

app.post("/harvest", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard } });
  const baskets = new Map<string, number>();
  // What another loop asks for keeps nobody from getting two mails.
  for (const basket of request.body.baskets) {
    if (baskets.has(basket.label) && basket.exists) continue;
    baskets.set(basket.label, basket.weight);
  }
  for (const picker of pickers) {
    await mails.sendMail({ to: picker.mail, text: `${baskets.size}` }); // want "None of four protections was found on the way"
  }
  response.end();
});

app.post("/thanks", async (request, response) => {
  const pickers = await prisma.picker.findMany({ where: { orchard: request.body.orchard } });
  const thanked: string[] = [];
  for (const picker of pickers) {
    if (picker.alreadyThanked) continue;
    thanked.push(picker.mail);
  }
  for (const mail of thanked) {
    await mails.sendMail({ to: mail }); // want "Of four protections only de-duplication was found on the way"
  }
  response.end();
});

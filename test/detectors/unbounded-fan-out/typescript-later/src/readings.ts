import { initTRPC } from "@trpc/server";
import { after } from "next/server";
import { createTransport } from "nodemailer";
import { library } from "./database";

const t = initTRPC.create();
const mails = createTransport("smtp://localhost");

export const readings = t.router({
  announce: t.procedure.mutation(async ({ input }) => {
    const reading = await library.reading.findUniqueOrThrow({ where: { id: input } });
    for (const guest of reading.guests) {
      after(async () => { // want "sends 1 message \(`Transporter.sendMail`\) for each of `reading.guests`"
        await mails.sendMail({ to: guest.mail });
      });
    }
  }),
  move: t.procedure.mutation(async ({ input }) => {
    const reading = await library.reading.findUniqueOrThrow({ where: { id: input } });
    const told: { mail: string }[] = [];
    reading.guests.forEach((guest) => {
      if (guest.mail) told.push({ mail: guest.mail });
    });
    for (const { mail } of told) {
      await mails.sendMail({ to: mail }); // want "sends 1 message \(`Transporter.sendMail`\) for each of `told`"
    }
  }),
  greet: t.procedure.mutation(async () => {
    const told: { mail: string }[] = [];
    ["ann@library", "bob@library"].forEach((mail) => {
      told.push({ mail });
    });
    for (const { mail } of told) await mails.sendMail({ to: mail });
  }),
});

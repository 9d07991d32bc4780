import { EventEmitter } from "node:events";
import { PrismaClient } from "@prisma/client";
import { createTransport } from "nodemailer";
import { TellWatchers } from "./jobs";
import { procedure } from "./trpc";

const prisma = new PrismaClient();
const mailer = createTransport({});
const bus = new EventEmitter();

class NameIsNotUnique extends Error {}
function isErrNameIsNotUnique(error: unknown): boolean {
  return error instanceof NameIsNotUnique;
}
async function rename(ship: string) {
  await prisma.ship.update({ where: { id: ship }, data: {} });
}

export const berth = procedure.input({}).mutation(async ({ input }) => {
  await new TellWatchers().schedule(input.ship);
  bus.emit("ship berthed", input.ship);
});

// That the name of the ship is unique says nothing of notices.
export const announce = procedure.input({}).mutation(async ({ input }) => {
  try {
    await rename(input.ship);
  } catch (error) {
    if (!isErrNameIsNotUnique(error)) throw error;
  }
  const crew = await prisma.sailor.findMany({ where: { ship: input.ship } });
  for (const sailor of crew) {
    await prisma.notice.create({ data: { sailor: sailor.id } }); // want "None of four protections .*"
  }
});

export const invite = procedure.input({}).mutation(async ({ input }) => {
  const { emails } = input;
  const invitations: { email: string }[] = emails.map((email: string) => ({ email }));
  await Promise.all(
    invitations.map(async ({ email }) => {
      await mailer.sendMail({ to: email }); // want "sends 1 message .*for each of `invitations`"
    }),
  );
});

// Told already: nothing new.
export const remind = procedure.input({}).mutation(async ({ input }) => {
  const crew = await prisma.sailor.findMany({ where: { ship: input.ship } });
  const told = new Set<string>();
  for (const sailor of crew.slice(0, 50)) {
    if (told.has(sailor.id)) continue;
    await prisma.notice.create({ data: { sailor: sailor.id } });
  }
});

bus.on("ship berthed", async (ship: string) => {
  console.log(ship);
});

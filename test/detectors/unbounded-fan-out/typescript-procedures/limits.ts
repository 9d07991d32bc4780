import { PrismaClient } from "@prisma/client";
import { createRateLimit, procedure } from "./trpc";

const prisma = new PrismaClient();

// A limit that stands in one procedure is not meant for the others of the file.
export const moor = procedure
  .use(createRateLimit("moor", 3))
  .input({})
  .mutation(async ({ input }) => {
    const sailors = await prisma.sailor.findMany({ where: { ship: input.ship } });
    for (const sailor of sailors) {
      await prisma.notice.create({ data: { sailor: sailor.id } });
    }
  });

export const castOff = procedure.input({}).mutation(async ({ input }) => {
  const sailors = await prisma.sailor.findMany({ where: { ship: input.ship } });
  for (const sailor of sailors) {
    await prisma.notice.create({ data: { sailor: sailor.id } }); // want "None of four protections"
  }
});

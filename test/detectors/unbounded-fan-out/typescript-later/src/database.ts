import { PrismaClient } from "../generated/prisma/client";

const kept = globalThis as unknown as { library?: PrismaClient };

export const library =
  kept.library ??
  new PrismaClient({
    log: ["error"],
  });

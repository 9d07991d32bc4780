import type { ServiceImpl } from "@connectrpc/connect";
import { PrismaClient } from "@prisma/client";
import type { Looms } from "./gen/looms";

const prisma = new PrismaClient();

// What implements a generated service is called from outside.
export const looms = (): Partial<ServiceImpl<typeof Looms>> => ({
  async listPatterns(req) {
    const looms = await prisma.loom.findMany();
    return await Promise.all(looms.map((loom) => prisma.pattern.findFirst({ where: { loom: loom.id } }))); // want "each of `looms` × 1 database read"
  },
});

// So is what a procedure is registered with, by the parts of the request that it takes.
export function routes(server: { add(route: unknown): void }) {
  server.add({
    auth: "token",
    handler: async ({ input, auth }: { input: { q: string }; auth: string }) => {
      const yarns = await prisma.yarn.findMany({ where: { q: input.q, auth } });
      const found = [];
      for (const yarn of yarns) {
        found.push(await prisma.dye.findFirst({ where: { yarn: yarn.id } })); // want "each of `yarns` × 1 database read"
      }
      return found;
    },
  });
}

// Who takes something else may be anybody's.
export function menus(menu: { add(entry: unknown): void }) {
  menu.add({
    handler: async ({ name, title }: { name: string; title: string }) => {
      const yarns = await prisma.yarn.findMany({ where: { name, title } });
      for (const yarn of yarns) await prisma.dye.findFirst({ where: { yarn: yarn.id } });
    },
  });
}

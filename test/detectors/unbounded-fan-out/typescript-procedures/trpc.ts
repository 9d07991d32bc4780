import { initTRPC } from "@trpc/server";

const t = initTRPC.context<{ user: { id: string } }>().create({ transformer: undefined });

export const procedure = t.procedure.use(async ({ next }) => next());

const asked = new Map<string, number>();

export function createRateLimit(name: string, most: number) {
  return async ({ next }) => {
    const count = (asked.get(name) ?? 0) + 1;
    asked.set(name, count);
    if (count > most) throw new Error("later");
    return next();
  };
}

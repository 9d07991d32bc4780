import { initTRPC } from "@trpc/server";

const t = initTRPC.context<{ user: { id: string } }>().create({ transformer: undefined });

export const procedure = t.procedure.use(async ({ next }) => next());

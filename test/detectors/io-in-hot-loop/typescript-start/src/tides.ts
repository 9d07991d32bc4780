import express from "express";
import { prisma } from "./gauges";

class TideCache {
  async get(key: string, load: () => Promise<unknown>) {
    const known = await prisma.cached.findFirst({ where: { key } });
    return known ?? load();
  }
}

const tideCache = new TideCache();
export const router = express.Router();

router.get("/tides", async (_req, res) => {
  const piers = await prisma.pier.findMany();
  for (const pier of piers) {
    await tideCache.get(pier.id, () => prisma.tide.findFirst({ where: { pier: pier.id } })); // want-info "A cache is asked for it first\.$"
  }
  res.end();
});

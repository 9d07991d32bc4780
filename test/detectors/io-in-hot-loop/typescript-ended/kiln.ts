import { spawn } from "node:child_process";
import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

async function glazeOf(pot: number) {
  return prisma.glaze.findFirst({ where: { pot } });
}

async function potsByGlaze() {
  const pots = await prisma.pot.findMany();
  for (const pot of pots) {
    await glazeOf(pot.id); // want "each of `pots` × 1 database read"
  }
}

async function potsLeft() {
  const pots = await prisma.pot.findMany();
  for (const pot of pots) {
    await glazeOf(pot.id); // want-info "It runs when something has come to its end\.$"
  }
}

app.get("/pots", async (_req, res) => {
  await potsByGlaze();
  res.end();
});

export function fire() {
  const kiln = spawn("kiln");
  kiln.on("exit", () => potsLeft());
}

// Kilns are taken away with what hangs on them.
async function removeKiln(id: number) {
  for (const pot of await prisma.pot.findMany({ where: { kiln: id } })) {
    await glazeOf(pot.id); // want-info "does so now and then\.$"
  }
}

app.get("/kilns/clear", async (_req, res) => {
  const kilns = await prisma.kiln.findMany();
  for (const kiln of kilns) {
    await removeKiln(kiln.id); // want-info "does so now and then\.$"
  }
  res.end();
});

import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const app = express();

const watered = new Map<string, Date>();
const pumps = new Map<string, { url: string }>();
const labels: Record<string, string> = {};
const visits = new Set<string>();
const beds = new Set<string>();

// Whoever asks writes the key.
app.post("/water/:plant", (req, res) => {
  water(req.params.plant);
  visits.add(req.ip); // want "`greenhouse.visits` only ever grows: .* as they like\.$"
  res.end();
});

function water(plant: string) {
  const key = `plant:${plant}`;
  watered.set(key, new Date()); // want "`greenhouse.watered` only ever grows: .* as they like\.$"
}

// There are as many as somebody has set up.
app.get("/pump", async (_req, res) => {
  const pump = await prisma.pump.findFirst();
  pumps.set(pump.url, pump); // want-info "Nothing shows that whoever asks can make up new keys\.$"
  for (const bed of await prisma.bed.findMany({ where: { pump: pump.url } })) {
    labels[bed.mark] = bed.title; // want-info "Nothing shows that whoever asks can make up new keys\.$"
    beds.add(bed.mark); // want-info "Nothing shows that whoever asks can make up new keys\.$"
  }
  res.end();
});

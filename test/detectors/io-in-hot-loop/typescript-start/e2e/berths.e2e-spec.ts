import express from "express";
import { prisma } from "../src/gauges";

const app = express();

app.post("/berths", async (req, res) => {
  for (const berth of req.body.berths) {
    await prisma.berth.update({ where: { id: berth.id }, data: berth });
  }
  res.end();
});

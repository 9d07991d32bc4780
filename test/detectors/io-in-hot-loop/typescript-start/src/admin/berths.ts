import express from "express";
import { prisma } from "../gauges";

export const router = express.Router();

// Whose folder says who asks for it.
router.post("/berths", async (req, res) => {
  for (const berth of req.body.berths) {
    await prisma.berth.update({ where: { id: berth.id }, data: berth }); // want-info "Those who run the system ask for it, now and then\.$"
  }
  res.end();
});

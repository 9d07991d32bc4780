import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.post("/desks", async (request, response) => {
  const desks = await prisma.desk.findMany({ where: { concert: request.body.concert } });
  for (const desk of desks) {
    await prisma.lamp.create({ data: { desk: desk.id } }); // want-info "By their name these are not people: of most other things there are few\.$"
  }
  response.end();
});

app.post("/told", async (request, response) => {
  const admins = await prisma.admin.findMany({ where: { concert: request.body.concert } });
  for (const admin of admins) {
    await prisma.notice.create({ data: { singer: admin.id } }); // want-info "There are few of these, by their name\.$"
  }
  response.end();
});

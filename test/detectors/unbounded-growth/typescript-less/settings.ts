import { PrismaClient } from "@prisma/client";
import express from "express";

const prisma = new PrismaClient();
const app = express();

app.post("/features", async (request, response) => {
  await prisma.feature.create({ data: { name: request.body.name } });
  await prisma.userSetting.create({ data: { name: request.body.name } });
  response.end();
});

app.get("/features", async (_request, response) => {
  const features = await prisma.feature.findMany(); // want-info "Such tables stay small, by their name\.$"
  const settings = await prisma.userSetting.findMany(); // want "reads every row there is"
  response.json({ features, settings });
});

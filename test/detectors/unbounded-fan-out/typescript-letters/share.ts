import express from "express";
import nodemailer from "nodemailer";
import { createClient } from "redis";

const transport = nodemailer.createTransport({});
const redis = createClient();
const app = express();

async function deliver(to: string, text: string) {
  await transport.sendMail({ to, text });
}

app.post("/share", (req, res) => {
  for (const address of req.body.to) {
    void deliver(address, req.body.text); // want "Each request to `/share` sends 1 message .`Transporter.sendMail`. for each of `req.body.to`"
  }
  res.sendStatus(202);
});

app.post("/share/few", (req, res) => {
  if (req.body.to.length > 5) return res.sendStatus(400);
  for (const address of req.body.to) {
    void deliver(address, req.body.text);
  }
  res.sendStatus(202);
});

app.post("/slips", async (req, res) => {
  for (const berth of req.body.berths) {
    await redis.lPush(`slips:${berth}`, req.body.text); // want-info "Each request to `/slips` sends 1 message .`RedisClientType.lPush`. .* The request names them"
  }
  res.sendStatus(202);
});

app.post("/berths", async (req, res) => {
  for (const berth of req.body.berths) {
    await redis.set(`berth:${berth}`, req.body.text);
  }
  res.sendStatus(202);
});

import express from "express";
import mongoose from "mongoose";

const ChatLine = mongoose.model("ChatLine", new mongoose.Schema({ to: String, text: String }));
const app = express();

app.get("/lines", async (req, res) => {
  res.json(await ChatLine.find({})); // want "`ChatLine.find\(\)` reads every row there is for each request to `/lines`"
});

app.get("/lines/last", async (req, res) => {
  res.json(await ChatLine.find({}).sort({ at: -1 }).limit(50));
});

app.get("/lines/:to", async (req, res) => {
  res.json(await ChatLine.find({ to: req.params.to }));
});

app.post("/lines", async (req, res) => {
  await ChatLine.create({ to: req.body.to, text: req.body.text });
  res.sendStatus(201);
});

import express from "express";

const app = express();
const asked: string[] = [];

app.post("/asked", (req, res) => {
  asked.push(req.body.question);
  res.end();
});

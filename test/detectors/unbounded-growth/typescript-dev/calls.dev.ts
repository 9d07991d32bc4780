import express from "express";

const app = express();
const calls: string[] = [];

app.post("/calls", (req, res) => {
  calls.push(req.body.ship);
  res.end();
});

import express from "express";

const seen = new Set<string>();
const open = new Set<string>();
const app = express();

app.post("/signals", (req, res) => {
  if (seen.has(req.body.id)) return res.sendStatus(409);
  seen.add(req.body.id); // want "seen` only ever grows: each request to `/signals` may add an element"
  res.sendStatus(201);
});

app.post("/locks", (req, res) => {
  if (open.has(req.body.id)) return res.sendStatus(409);
  open.add(req.body.id);
  setTimeout(() => open.delete(req.body.id), 1000);
  res.sendStatus(201);
});

import { Mutex, withTimeout } from "async-mutex";
import express from "express";

const turn = withTimeout(new Mutex(), 2000);
const guests = new Map<string, boolean>();
const app = express();

app.post("/guests/:name", async (req, res) => {
  await turn.runExclusive(async () => {
    await fetch(`https://desk.example.com/${req.params.name}`); // want "holds `.*turn` while it goes to the network \(`fetch`\): 3 other functions that need the lock wait as long\.$"
    guests.set(req.params.name, true);
  });
  res.end();
});

app.delete("/guests/:name", async (req, res) => {
  await turn.runExclusive(() => guests.delete(req.params.name));
  res.end();
});

app.get("/guests/:name", async (req, res) => {
  res.json(await turn.runExclusive(() => guests.get(req.params.name)));
});

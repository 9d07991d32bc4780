const EventEmitter = require("events");
const express = require("express");
const { createClient } = require("redis");

class HarvestEvents extends EventEmitter {}

const harvestEvents = new HarvestEvents();
const redis = createClient();
const app = express();

// What listens runs in this process.
app.post("/harvests/:id/close", async (req, res) => {
  const pickers = await redis.sMembers(`pickers:${req.params.id}`);
  pickers.forEach((picker) => {
    harvestEvents.emit("harvest.closed", { picker });
  });
  res.end();
});

app.post("/harvests/:id/call", async (req, res) => {
  const pickers = await redis.sMembers(`pickers:${req.params.id}`);
  for (const picker of pickers) {
    await redis.publish(`picker:${picker}`, "come"); // want "sends 1 message .* for each of `pickers`"
  }
  res.end();
});

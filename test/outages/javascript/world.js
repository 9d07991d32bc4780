const express = require("express");
const { Mutex } = require("async-mutex");
const { Pool } = require("pg");

const pool = new Pool();
const mutex = new Mutex();
const online = new Map();
const modules = new Map();
const app = express();

async function addModule(ship, module) {
  await mutex.runExclusive(() => { // want-step reentrant-lock "again"
    modules.set(ship, [...(modules.get(ship) ?? []), module]);
  });
}

async function start() {
  await mutex.runExclusive(async () => { // want reentrant-lock "`start` runs a function under `world\.mutex` that takes it again in `addModule`"
    await repairWrecks(); // want-step reentrant-lock
  });
}

// Calling addModule from here would deadlock, because start holds the lock. // want-step ignored-warning
async function repairWrecks() { // want-step ignored-warning
  for (const ship of modules.keys()) {
    await addModule(ship, "hull"); // want ignored-warning "calls `addModule` while it holds `world\.mutex`, though", want-step reentrant-lock
  }
}

async function addTime(player, seconds, persist) {
  player.timePlayed += seconds;
  if (persist) {
    await pool.query("UPDATE players SET time_played = $1 WHERE id = $2", [player.timePlayed, player.id]); // want-step io-in-hot-loop
  }
}

async function countTime() { // want-step io-in-hot-loop
  for (const player of online.values()) { // want-step io-in-hot-loop
    await addTime(player, 60, true); // want io-in-hot-loop "every 1 min × each of `online` × 1 UPDATE on `players` \(through `addTime`\).*The `true` given for `persist`"
  }
}

app.post("/distress", async (request, response) => { // want-step unbounded-fan-out, want-step io-in-hot-loop
  const pilots = await pool.query("SELECT id FROM pilots WHERE harbour = $1", [request.body.harbour]);
  for (const pilot of pilots.rows) { // want-step unbounded-fan-out, want-step io-in-hot-loop
    await pool.query("INSERT INTO missions (pilot, ship) VALUES ($1, $2)", [pilot.id, request.body.ship]); // want unbounded-fan-out "Each request to `/distress` makes 1 INSERT on `missions`", want io-in-hot-loop "each request to `/distress` × each of `pilots\.rows` × 1 INSERT on `missions`"
  }
  response.sendStatus(202);
});

start();
setInterval(countTime, 60_000);

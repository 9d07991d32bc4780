import express, { type Request, type Response } from "express";
import { World } from "./world";

const world = new World();
const app = express();

async function loadMissions(): Promise<unknown[]> {
  const { rows } = await world.pool.query("SELECT pilot, ship FROM missions"); // want unbounded-growth "At start-up the whole table `missions` is read"
  return rows;
}

async function distress(request: Request, response: Response): Promise<void> { // want-step unbounded-fan-out, want-step io-in-hot-loop
  const pilots = await world.pool.query("SELECT id FROM pilots WHERE harbour = $1", [request.body.harbour]);
  for (const pilot of pilots.rows) { // want-step unbounded-fan-out, want-step io-in-hot-loop
    await world.pool.query("INSERT INTO missions (pilot, ship) VALUES ($1, $2)", [pilot.id, request.body.ship]); // want unbounded-fan-out "Each request to `/distress` makes 1 INSERT on `missions`", want io-in-hot-loop "each request to `/distress` × each of `pilots\.rows` × 1 INSERT on `missions`", want-step unbounded-growth
  }
  response.sendStatus(202);
}

app.post("/distress", distress);

async function main(): Promise<void> {
  await world.start();
  await loadMissions();
  world.run();
  app.listen(8080);
}

main();

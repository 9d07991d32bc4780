import express, { type Request, type Response } from "express";
import { Pool } from "pg";

interface Player {
  id: string;
  timePlayed: number;
}

const pool = new Pool();
const online = new Map<string, Player>();
const app = express();

async function addTime(player: Player, seconds: number, persist: boolean): Promise<void> {
  player.timePlayed += seconds;
  if (persist) {
    await pool.query("UPDATE players SET time_played = $1 WHERE id = $2", [player.timePlayed, player.id]); // want-step io-in-hot-loop
  }
}

async function countTime(): Promise<void> {
  for (const player of online.values()) {
    await addTime(player, 60, true); // want io-in-hot-loop "UPDATE on `players`.*`true` given for `persist`"
  }
}

setInterval(countTime, 60_000);

async function distress(request: Request, response: Response): Promise<void> {
  const pilots = await pool.query("SELECT id FROM pilots WHERE harbour = $1", [request.body.harbour]);
  for (const pilot of pilots.rows) {
    await pool.query("INSERT INTO missions (pilot, ship) VALUES ($1, $2)", [pilot.id, request.body.ship]); // want unbounded-fan-out, want io-in-hot-loop
  }
  response.sendStatus(202);
}

app.post("/distress", distress);

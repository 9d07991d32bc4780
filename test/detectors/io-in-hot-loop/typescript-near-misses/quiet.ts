import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();
const kinds = ["soup", "salad"];

interface Dish {
  id: number;
  cook: number;
}

app.post("/dishes", async (request, response) => {
  const dishes: Dish[] = request.body;
  await pool.query("UPDATE dishes SET sold = true WHERE id = ANY($1)", [dishes.map((dish) => dish.id)]);
  await insertAll(dishes);
  await cooks(dishes);
  await firstAnswer(dishes.map(String));
  await flags(dishes);
  await fixed();
  for (const dish of dishes) response.write(String(dish.id));
  response.end();
});

async function insertAll(dishes: Dish[]) {
  for (const chunk of chunks(dishes)) {
    await pool.query("INSERT INTO sold SELECT unnest($1::int[])", [chunk]);
  }
}

async function cooks(dishes: Dish[]) {
  const cache = new Map<number, string>();
  for (const dish of dishes) {
    if (!cache.has(dish.cook)) cache.set(dish.cook, await cook(dish.cook));
  }
}

async function cook(id: number): Promise<string> {
  const { rows } = await pool.query("SELECT name FROM cooks WHERE id = $1", [id]);
  return rows[0];
}

async function firstAnswer(urls: string[]) {
  for (const url of urls) {
    const answer = await fetch(url);
    if (answer.ok) return answer;
  }
}

async function flags(dishes: Dish[]) {
  for (const dish of dishes) await serve(dish, false);
}

async function serve(dish: Dish, record: boolean) {
  if (!record) return;
  await pool.query("UPDATE dishes SET served = true WHERE id = $1", [dish.id]);
}

async function fixed() {
  for (const kind of kinds) await pool.query("INSERT INTO kinds VALUES ($1)", [kind]);
}

export async function byHand(dishes: Dish[]) {
  for (const dish of dishes) await cook(dish.cook);
}

function chunks(dishes: Dish[]): Dish[][] {
  return [dishes];
}

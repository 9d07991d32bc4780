import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

interface Dish {
  id: number;
  content: string;
}

interface Options {
  signed?: boolean;
  depth?: number;
}

app.get("/dishes", async (_request, response) => {
  const dishes: Dish[] = (await pool.query("SELECT * FROM dishes LIMIT 50")).rows;
  response.json(await Promise.all(dishes.map((dish) => present(dish))));
});

app.get("/plates", async (_request, response) => {
  const dishes: Dish[] = (await pool.query("SELECT * FROM dishes LIMIT 50")).rows;
  for (const dish of dishes) await enrich(dish);
  response.end();
});

async function present(dish: Dish, options: Options = {}) {
  if (options.signed) return pool.query("SELECT url FROM images WHERE dish = $1", [dish.id]);
  return dish.content;
}

async function enrich(dish: Dish, options?: Options) {
  if (!options?.depth) return;
  await pool.query("UPDATE dishes SET depth = $1 WHERE id = $2", [options.depth, dish.id]);
}

import { PrismaClient } from "@prisma/client";
import express from "express";
import { Pool } from "pg";

const prisma = new PrismaClient();
const pool = new Pool();
const app = express();

interface Table {
  id: number;
  guests: number[];
}

class Kitchen {
  tables: Table[] = [];

  open() {
    setInterval(() => this.tick(), 5 * 1000);
  }

  private async tick() {
    for (const table of this.tables) {
      await this.serve(table, true); // want "every 5 s × each of `this.tables` × 1 UPDATE on `tables` .*`true` given for `record`"
    }
    this.tables.forEach((table) => {
      this.serve(table, false);
    });
  }

  private async serve(table: Table, record: boolean) {
    table.guests.push(1);
    if (record) await pool.query("UPDATE tables SET served = $1 WHERE id = $2", [table.guests.length, table.id]);
  }
}

app.get("/menu", async (request, response) => {
  const dishes = await prisma.dish.findMany();
  const priced = await Promise.all(
    dishes.map(async (dish) => {
      const price = await prisma.price.findFirst({ where: { dish: dish.id } }); // want "each request to `/menu` × each of `dishes` × 1 database read"
      return { dish, price };
    }),
  );
  response.json(priced);
});

app.post("/orders", async (request, response) => {
  const orders: number[] = request.body;
  for (let i = 0; i < orders.length; i++) {
    await pool.query("INSERT INTO orders (dish) VALUES ($1)", [orders[i]]); // want "each request to `/orders` × each of `orders` × 1 INSERT on `orders`"
  }
  response.end();
});

app.post("/suppliers", async (request, response) => {
  const suppliers: string[] = request.body;
  await Promise.all(suppliers.map((url) => fetch(url))); // want "each of `suppliers` × 1 call of `fetch`"
  response.end();
});

new Kitchen().open();

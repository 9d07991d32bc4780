import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

app.post("/menus", async (request, response) => {
  await addDishes(request.body);
  response.end();
});

async function addDishes(ids: string[]): Promise<void> {
  for (const id of ids) await pool.query("INSERT INTO dishes (id) VALUES ($1)", [id]); // want-info "There are as many as whoever asks has named\.$"
}

app.post("/menus/import", async (request, response) => {
  for (const dish of request.body) await pool.query("INSERT INTO dishes (id) VALUES ($1)", [dish]); // want-info "Somebody changes something with it, and does so now and then\.$"
  response.end();
});

app.post("/migrate/menus", async (request, response) => {
  for (const dish of request.body) await pool.query("INSERT INTO dishes (id) VALUES ($1)", [dish]); // want-info "Somebody changes something with it, and does so now and then\.$"
  response.end();
});

app.post("/cooks", async (request, response) => {
  await Promise.all(
    request.body.map(async (roleName: string) => {
      await pool.query("INSERT INTO cooks (role) VALUES ($1)", [roleName]); // want-info "There are few of these, by their name\.$"
    }),
  );
  response.end();
});

app.post("/guests", async (request, response) => {
  await Promise.all(
    request.body.map(async (guest: object) => {
      await pool.query("INSERT INTO guests (name) VALUES ($1)", [guest]); // want-info "Somebody changes something with it, and does so now and then\.$"
    }),
  );
  response.end();
});

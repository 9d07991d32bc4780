import express from "express";
import { DataSource } from "typeorm";
import { Crate, Pier, Ship } from "./entities";

const source = new DataSource({ type: "postgres" });
const app = express();

app.get("/piers", async (_req, res) => {
  res.json(await piersWithShips());
});

// Rows of a query, as a list of promises.
async function piersWithShips() {
  const piers = await source.getRepository(Pier).find();
  return Promise.all(
    piers.map(async (pier) => ({
      ...pier,
      ships: await source.getRepository(Ship).findBy({ pier: pier.id }), // want "each of `piers` × 1 database read"
    })),
  );
}

app.get("/ships/:id", async (req, res) => {
  const ship = await source.getRepository(Ship).findOneBy({ id: req.params.id });
  res.json([await cratesOf(ship), await crewOf(ship)]);
});

// What one ship has written down of itself.
async function cratesOf(ship: any) {
  const found = [];
  for (const id of JSON.parse(ship.crates)) {
    found.push(await source.getRepository(Crate).findOneBy({ id })); // want-info "Nothing shows that these are many"
  }
  return found;
}

// What belongs to the one that was looked up.
async function crewOf(ship: any) {
  const { mates } = await source.getRepository(Ship).findOneBy({ id: ship.id });
  const found = [];
  for (const id of mates) {
    found.push(await source.getRepository(Ship).findOneBy({ id })); // want-info "Nothing shows that these are many"
  }
  return found;
}

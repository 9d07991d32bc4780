import express from "express";
import { type Knex, knex } from "knex";

const db = knex({ client: "pg" });
const app = express();
const perPage = 20;

function pageOf<T extends Knex.QueryBuilder>(query: T, page: number): T {
  return query.limit(perPage).offset(page * perPage) as T;
}

app.get("/looms", async (req, res) => {
  let query = db("looms").select("id");
  query = pageOf(query, Number(req.query.page));
  const looms = await query;
  res.json(await withTags(looms));
});

app.get("/looms/all", async (_req, res) => {
  const looms = await db("looms").select("id");
  res.json(await withOwners(looms));
});

app.get("/looms/lately", async (req, res) => {
  let query = db("looms").select("id");
  query = pageOf(query, Number(req.query.page));
  const looms = await query;
  res.json(await withRights(looms));
});

// One small read for each of a page.
async function withTags(looms: { id: number }[]) {
  return await Promise.all(looms.map((loom) => db("tags").where({ loom: loom.id }).select())); // want-info "They are one page of those that there are\.$"
}

async function withOwners(looms: { id: number }[]) {
  return await Promise.all(looms.map((loom) => db("owners").where({ loom: loom.id }).select())); // want "each of `looms` × 1 (?:database read|SELECT)"
}

// Several reads for each are many, of a page as well.
async function withRights(looms: { id: number }[]) {
  return await Promise.all(looms.map((loom) => rightsOf(loom.id))); // want "each of `looms` × 1 (?:database read|SELECT)"
}

async function rightsOf(loom: number) {
  const owners = await db("owners").where({ loom }).select();
  const groups = await db("groups").where({ loom }).select();
  const guests = await db("guests").where({ loom }).select();
  return [owners, groups, guests];
}

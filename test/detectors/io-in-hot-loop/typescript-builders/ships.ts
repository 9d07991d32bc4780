import knexFactory from "knex";

const knex = knexFactory({ client: "pg" });

async function sail() {
  const waiting = await knex("ships").where({ state: "waiting" });
  for (const ship of waiting) {
    await knex("ships").where({ id: ship.id }).update({ state: "gone" }); // want "every 10 s × each of `waiting` × 1 database write on `ships`\.$"
  }
}

async function sailTogether() {
  await knex("ships").where({ state: "waiting" }).update({ state: "gone" });
}

async function sailAsOne() {
  const waiting = await knex("ships").where({ state: "waiting" });
  await knex.transaction(async (trx) => {
    for (const ship of waiting) {
      await trx("ships").where({ id: ship.id }).update({ state: "gone" });
    }
  });
}

setInterval(sail, 10_000);
setInterval(sailTogether, 10_000);
setInterval(sailAsOne, 10_000);

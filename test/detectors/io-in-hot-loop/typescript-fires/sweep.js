const { Pool } = require("pg");
const cron = require("node-cron");

const pool = new Pool();
const tables = new Map();

async function sweep() {
  for (const table of tables.values()) {
    await pool.query("DELETE FROM crumbs WHERE seat = $1", [table.id]); // want "every `\*/10 \* \* \* \*` × each of `tables` × 1 DELETE on `crumbs`"
  }
}

cron.schedule("*/10 * * * *", sweep);

async function rinse() { // want-step "runs every 2 min"
  for (const table of tables.values()) {
    await pool.query("UPDATE tables SET clean = true WHERE seat = $1", [table.id]); // want "every 2 min × each of `tables` × 1 UPDATE on `tables`"
  }
}

setInterval(rinse, 120_000);

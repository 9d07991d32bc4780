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

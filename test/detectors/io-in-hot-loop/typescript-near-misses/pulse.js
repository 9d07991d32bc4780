const { Pool } = require("pg");

const pool = new Pool();

async function pulse() {
  await pool.query("UPDATE stations SET seen = now()");
}

setInterval(pulse, 1000);

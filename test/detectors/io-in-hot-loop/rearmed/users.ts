import { Pool } from "pg";

const pool = new Pool();

async function closeOld() {
  const { rows: users } = await pool.query("SELECT id FROM users WHERE state = 'leaving'");
  for (const user of users) {
    await pool.query("UPDATE users SET state = 'gone' WHERE id = $1", [user.id]); // want "every 10 s × each of `users` × 1 UPDATE on `users`\.$"
  }
  setTimeout(closeOld, 10_000);
}

async function load() {
  try {
    const { rows: users } = await pool.query("SELECT id FROM users WHERE state = 'new'");
    for (const user of users) {
      await pool.query("UPDATE users SET state = 'known' WHERE id = $1", [user.id]);
    }
  } catch {
    setTimeout(load, 10_000);
  }
}

void closeOld();
void load();

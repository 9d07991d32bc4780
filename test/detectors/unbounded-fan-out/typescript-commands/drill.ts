import { Pool } from "pg";

const pool = new Pool();

export async function drill(sector: number) {
  const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [sector]);
  for (const member of members) {
    await pool.query("INSERT INTO drills (member) VALUES ($1)", [member.id]); // want "^Each call of `drill` makes 1 INSERT on `drills` for each of `members`\. None of four"
  }
}

// In no table.
export async function rest(sector: number) {
  const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [sector]);
  for (const member of members) {
    await pool.query("INSERT INTO rests (member) VALUES ($1)", [member.id]);
  }
}

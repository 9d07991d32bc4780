import express from "express";
import rateLimit from "express-rate-limit";
import { Pool } from "pg";

const pool = new Pool();
const app = express();
const staff = express.Router();
const calm = express.Router();

// Of another path, and of another router.
app.use("/harbour", rateLimit({ windowMs: 60_000, limit: 5 }));
staff.use(rateLimit({ windowMs: 60_000, limit: 5 }));
calm.use(rateLimit({ windowMs: 60_000, limit: 5 }));
app.use("/staff", staff);
app.use("/calm", calm);

app.post("/hail", async (req, res) => {
  await tell("hails", req.body.sector);
  res.sendStatus(202);
});

async function tell(what: string, sector: number) {
  const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [sector]);
  for (const member of members) {
    await pool.query("INSERT INTO hails (member) VALUES ($1)", [member.id]); // want "^Each request to `/hail` makes 1 INSERT on `hails` for each of `members`\. None of four"
  }
}

app.post("/harbour/call", async (req, res) => {
  const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [req.body.sector]);
  for (const member of members) {
    await pool.query("INSERT INTO calls (member) VALUES ($1)", [member.id]);
  }
  res.sendStatus(202);
});

calm.post("/call", async (req, res) => {
  const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [req.body.sector]);
  for (const member of members) {
    await pool.query("INSERT INTO whispers (member) VALUES ($1)", [member.id]);
  }
  res.sendStatus(202);
});

app.listen(3000);

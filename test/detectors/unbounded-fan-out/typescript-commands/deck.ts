import { Pool } from "pg";
import { WebSocketServer } from "ws";
import { drill } from "./drill";

const pool = new Pool();

async function hail(sector: number) {
  const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [sector]);
  for (const member of members) {
    await pool.query("INSERT INTO hails (member) VALUES ($1)", [member.id]); // want "^Each call of `hail` makes 1 INSERT on `hails` for each of `members`\. None of four"
  }
}

const commands: Record<string, (sector: number) => Promise<void>> = {
  hail,
  drill,
  async horn(sector) {
    const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [sector]);
    for (const member of members) {
      await pool.query("INSERT INTO horns (member) VALUES ($1)", [member.id]); // want "makes 1 INSERT on `horns` for each of `members`\. None of four"
    }
  },
};

// In no table that is asked by name.
export const gauges: Record<string, (sector: number) => Promise<void>> = {
  async depth(sector) {
    const { rows: members } = await pool.query("SELECT id FROM members WHERE sector = $1", [sector]);
    for (const member of members) {
      await pool.query("INSERT INTO depths (member) VALUES ($1)", [member.id]);
    }
  },
};

new WebSocketServer({ port: 8080 }).on("connection", (socket) => {
  socket.on("message", async (data) => {
    const frame = JSON.parse(String(data));
    await commands[frame.name](frame.sector);
  });
});

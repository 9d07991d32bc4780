import { Pool } from "pg";
import { WebSocketServer } from "ws";

const pool = new Pool();

interface Context {
  player: string;
  pool: Pool;
}

const hail = async (ctx: Context) => {
  const { rows: members } = await ctx.pool.query("SELECT id FROM members WHERE near = $1", [ctx.player]);
  for (const member of members) {
    await ctx.pool.query("INSERT INTO hails (member) VALUES ($1)", [member.id]); // want "for each of `members`\. None of four .* no expiry\.$"
  }
};

new WebSocketServer({ port: 8080 }).on("connection", (socket) => {
  socket.on("message", async (data) => {
    await hail({ player: JSON.parse(String(data)).player, pool });
  });
});

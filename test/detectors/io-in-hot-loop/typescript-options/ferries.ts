import { Pool } from "pg";
import { WebSocketServer } from "ws";

const pool = new Pool();
const ferries = new Map<string, Ferry>();

interface Steering {
  log?: boolean;
  save?: boolean;
}

class Ferry {
  speed = 0;
  constructor(readonly id: string) {}

  async sail(opts: Steering = {}) {
    this.speed++;
    if (opts.save) {
      await pool.query("UPDATE ferries SET speed = $1 WHERE id = $2", [this.speed, this.id]);
    }
  }

  async anchor({ save = false }: Steering = {}) {
    if (save) {
      await pool.query("UPDATE ferries SET speed = 0 WHERE id = $1", [this.id]);
    }
  }

  async drift(opts: Steering) {
    await this.sail(opts);
  }
}

setInterval(async () => {
  for (const ferry of ferries.values()) await ferry.sail({ save: true }); // want "every 1 s × each of `ferries` × 1 UPDATE on `ferries`.*The `true` given for `save` switches it on"
  for (const ferry of ferries.values()) await ferry.sail({ save: false });
  for (const ferry of ferries.values()) await ferry.sail({ log: true });
  for (const ferry of ferries.values()) await ferry.sail();
  for (const ferry of ferries.values()) await ferry.anchor({ save: true }); // want "The `true` given for `save` switches it on"
  for (const ferry of ferries.values()) await ferry.anchor({ log: true });
  for (const ferry of ferries.values()) await ferry.drift({ save: true }); // want "The `true` given for `save` switches it on"
  for (const ferry of ferries.values()) await ferry.drift({ save: false });
}, 1000);

new WebSocketServer({ port: 8080 }).on("connection", (socket, request) => {
  const id = request.url ?? "";
  ferries.set(id, new Ferry(id));
  socket.on("close", () => ferries.delete(id));
});

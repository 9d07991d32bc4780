import knexFactory, { type Knex } from "knex";
import { WebSocketServer } from "ws";

interface Session {
  name: string;
  sector: string;
}

abstract class Tables {
  protected readonly db: Knex;
  constructor(url: string) {
    this.db = knexFactory({ client: "pg", connection: url });
  }
  protected table(name: string) {
    return this.db(name);
  }
}

class Log extends Tables {
  async call(name: string) {
    await this.table("calls").insert({ name });
  }
}

class Sea {
  private readonly aboard = new Map<string, Session>();

  board(session: Session) {
    this.aboard.set(session.name, session);
  }

  leave(name: string) {
    this.aboard.delete(name);
  }

  near(sector: string): Session[] {
    return [...this.aboard.values()].filter((one) => one.sector === sector);
  }
}

/** What is put together for one order, and goes with it. */
class Manifest {
  constructor(private readonly crates: Map<string, string>) {}

  heavy(): string[] {
    return [...this.crates.values()];
  }
}

interface Deck {
  sea: Sea;
  log: Log;
}

type Order = (deck: Deck, me: Session, manifest: Manifest) => Promise<void>;

const hail: Order = async ({ sea, log }, me) => {
  for (const other of sea.near(me.sector)) {
    await log.call(other.name); // want "^Each call of `hail` makes 1 row \(`this.table\(\).insert`\) for each of `sea.near\(me.sector\)`\. None of four"
  }
};

const few: Order = async ({ sea, log }, me) => {
  for (const other of sea.near(me.sector).slice(0, 5)) {
    await log.call(other.name);
  }
};

const load: Order = async ({ log }, _me, manifest) => {
  for (const crate of manifest.heavy()) {
    await log.call(crate);
  }
};

const commands: Record<string, Order> = { hail, few, load };

function main() {
  const deck = { sea: new Sea(), log: new Log("sea") };
  new WebSocketServer({ port: 8080 }).on("connection", (socket, req) => {
    const me = { name: String(req.url), sector: "west" };
    deck.sea.board(me);
    socket.on("close", () => deck.sea.leave(me.name));
    socket.on("message", async (data) => {
      const frame = JSON.parse(String(data));
      await commands[frame.name](deck, me, new Manifest(new Map(frame.crates)));
    });
  });
}

main();

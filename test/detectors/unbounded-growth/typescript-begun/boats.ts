import express from "express";
import { knex, type Knex } from "knex";
import { LRUCache } from "lru-cache";

class Tables {
  constructor(private readonly db: Knex) {}

  private table(name: string) {
    return this.db(name);
  }

  add(name: string) {
    return this.table("moorings").insert({ name });
  }

  bill(name: string) {
    return this.table("bills").insert({ name });
  }

  everything() {
    return this.table("moorings").select("name", "quay"); // want "^`this.table\(\).select\(\)` reads every row there is at start-up: it sets no condition and no limit\. Each request to `/moor` may add a row, and nothing in the workspace deletes any\.$"
  }

  some() {
    return this.table("bills").select("name").where({ paid: false });
  }

  latest() {
    return this.table("bills").select("name").limit(20);
  }
}

// One for the whole program, although nothing says so but where it is made.
class Quay {
  private readonly seen: string[] = [];

  constructor(private readonly tables: Tables) {}

  async init() {
    for (const row of await this.tables.everything()) console.log(row);
    for (const row of await this.tables.some()) console.log(row);
    for (const row of await this.tables.latest()) console.log(row);
  }

  note(name: string) {
    this.seen.push(name); // want "^`Quay.seen` only ever grows: each request to `/moor` adds to it\."
  }
}

// A new one for each request.
class Ledger {
  private readonly lines: string[] = [];

  note(name: string) {
    this.lines.push(name);
  }
}

// Made wherever one is missing.
class Berth {
  private readonly guests: string[] = [];

  note(name: string) {
    this.guests.push(name);
  }
}

const berths = new LRUCache<string, Berth>({ max: 100, fetchMethod: () => new Berth() });

function spare() {
  return new Berth();
}

async function main() {
  const tables = new Tables(knex({ client: "pg" }));
  const quay = new Quay(tables);
  await quay.init();
  const app = express();
  app.post("/moor", async (req, res) => {
    const ledger = new Ledger();
    ledger.note(req.body.name);
    quay.note(req.body.name);
    (berths.get(req.body.quay) ?? spare()).note(req.body.name);
    await tables.add(req.body.name);
    await tables.bill(req.body.name);
    res.json(ledger);
  });
  app.listen(8080);
}

void main();

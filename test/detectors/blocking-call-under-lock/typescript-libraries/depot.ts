import { exec } from "node:child_process";
import { promisify } from "node:util";
import { createClient } from "@supabase/supabase-js";
import { Mutex } from "async-mutex";
import { Queue } from "bullmq";
import { drizzle } from "drizzle-orm/node-postgres";
import express from "express";
import { crates } from "./crates";

const run = promisify(exec);
const rows = drizzle("url");
const jobs = new Queue("jobs");

export class Depot {
  private readonly mutex = new Mutex();
  private readonly names = new Map<string, string>();
  private store = createClient("url", "key");

  async keep(id: string, name: string) {
    await this.mutex.runExclusive(async () => {
      this.names.set(id, name);
      await this.store.from("crates").update({ name }).eq("id", id); // want "holds `Depot.mutex` while it writes to the database"
    });
  }

  // A client that is made asks nobody yet.
  async renew() {
    await this.mutex.runExclusive(async () => {
      this.store = createClient("url", "key");
    });
  }

  async nameOf(id: string) {
    return this.mutex.runExclusive(() => this.names.get(id));
  }

  async count() {
    return this.mutex.runExclusive(() => this.names.size);
  }
}

export class Yard {
  private readonly mutex = new Mutex();
  private readonly packed = new Set<string>();

  async pack(id: string) {
    await this.mutex.runExclusive(async () => {
      this.packed.add(id);
      await run("pack"); // want "holds `Yard.mutex` while it starts a process"
    });
  }

  async isPacked(id: string) {
    return this.mutex.runExclusive(() => this.packed.has(id));
  }

  async clear() {
    return this.mutex.runExclusive(() => this.packed.clear());
  }
}

export class Ledger {
  private readonly mutex = new Mutex();
  private readonly lines = new Map<string, number>();

  async write(id: string) {
    await this.mutex.runExclusive(async () => {
      this.lines.set(id, 1);
      await rows.insert(crates).values({ id }); // want "holds `Ledger.mutex` while it writes to the database \(`crates`\)"
    });
  }

  async lineOf(id: string) {
    return this.mutex.runExclusive(() => this.lines.get(id));
  }

  async drop(id: string) {
    return this.mutex.runExclusive(() => this.lines.delete(id));
  }
}

export class Dispatch {
  private readonly mutex = new Mutex();
  private readonly sent = new Set<string>();

  async send(id: string) {
    await this.mutex.runExclusive(async () => {
      this.sent.add(id);
      await jobs.add("send", { id }); // want "holds `Dispatch.mutex` while it goes to the network \(`bullmq.Queue.add`\)"
    });
  }

  async isSent(id: string) {
    return this.mutex.runExclusive(() => this.sent.has(id));
  }

  async clear() {
    return this.mutex.runExclusive(() => this.sent.clear());
  }
}

const depot = new Depot();
const yard = new Yard();
const ledger = new Ledger();
const dispatch = new Dispatch();
const app = express();
app.post("/crates/:id", async (req, res) => {
  await depot.keep(req.params.id, req.body.name);
  await yard.pack(req.params.id);
  await ledger.write(req.params.id);
  await dispatch.send(req.params.id);
  res.end();
});
app.get("/crates/:id", async (req, res) => {
  res.json([await depot.nameOf(req.params.id), await yard.isPacked(req.params.id)]);
  res.json([await ledger.lineOf(req.params.id), await dispatch.isSent(req.params.id)]);
});
app.delete("/crates/:id", async (req, res) => {
  await depot.count();
  await depot.renew();
  await yard.clear();
  await ledger.drop(req.params.id);
  await dispatch.clear();
  res.end();
});

import { Mutex } from "async-mutex";
import express from "express";
import { Pool } from "pg";

const pool = new Pool();
const app = express();

class Signals {
  private readonly mutex = new Mutex();
  private heard: ((text: string) => Promise<void>)[] = [];
  private count = 0;

  listen(hear: (text: string) => Promise<void>): void {
    this.heard.push(hear);
  }

  async send(text: string): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.count++;
      for (const hear of this.heard) await hear(text); // want "holds `Signals.mutex` while it goes to the network"
    });
  }

  async last(): Promise<number> {
    return this.mutex.runExclusive(() => this.count);
  }

  async first(): Promise<number> {
    return this.mutex.runExclusive(() => this.count);
  }
}

class Gauge {
  private readonly mutex = new Mutex();
  private count = 0;

  constructor(
    private readonly load: (id: string) => Promise<number>,
    private readonly score: (count: number) => number,
  ) {}

  async total(id: string): Promise<number> {
    const release = await this.mutex.acquire();
    try {
      this.count = await this.load(id); // want "`total` holds `Gauge.mutex` while it goes to the database"
      return this.score(this.count);
    } finally {
      release();
    }
  }

  async last(): Promise<number> {
    return this.mutex.runExclusive(() => this.score(this.count));
  }

  async first(): Promise<number> {
    return this.mutex.runExclusive(() => this.count);
  }
}

const signals = new Signals();
const gauge = new Gauge(
  async (id) => (await pool.query("SELECT n FROM signals WHERE id = $1", [id])).rows[0].n,
  (count) => count + 1,
);
signals.listen(async (text) => {
  await fetch(`https://tower.example.com/${text}`);
});

app.post("/signals", async (request, response) => {
  await signals.send("up");
  await gauge.total("a");
  await gauge.last();
  await gauge.first();
  await signals.last();
  await signals.first();
  response.end();
});

import { Mutex } from "async-mutex";
import express from "express";
import { Pool } from "pg";
import { GateLock } from "./turnstile";

const pool = new Pool();
const app = express();

class Stable {
  private readonly gate = new GateLock();
  private readonly horses = new Map<string, number>();

  async feed(name: string): Promise<void> {
    await this.gate.during(async () => {
      this.horses.set(name, Date.now());
      await pool.query("update horses set fed = now() where name = $1", [name]); // want "holds `Stable.gate` while it"
    });
  }

  async groom(name: string): Promise<void> {
    await this.gate.during(() => void this.horses.set(name, 0));
    await pool.query("update horses set groomed = now() where name = $1", [name]);
  }

  async fedAt(name: string): Promise<number | undefined> {
    return this.gate.during(() => this.horses.get(name));
  }

  tellLater(): void {
    this.gate.whenFree(() => void pool.query("select 1"));
  }
}

class Calm {
  protected readonly mutex = new Mutex();

  protected async quietly<T>(work: () => Promise<T> | T): Promise<T> {
    return this.mutex.runExclusive(work);
  }

  protected async counted<T>(work: (count: number) => Promise<T> | T): Promise<T> {
    return this.mutex.runExclusive(async () => {
      return await work(1);
    });
  }

  // Nothing is held when it runs.
  protected async freely<T>(work: () => Promise<T> | T): Promise<T> {
    await this.mutex.runExclusive(() => undefined);
    return work();
  }
}

class Paddock extends Calm {
  private readonly inside = new Set<string>();

  async open(name: string): Promise<void> {
    await this.quietly(async () => {
      this.inside.add(name);
      await pool.query("insert into paddock values ($1)", [name]); // want "holds `Calm.mutex` while it"
    });
  }

  async fence(name: string): Promise<void> {
    await this.counted(async () => {
      this.inside.delete(name);
      await pool.query("insert into fences values ($1)", [name]); // want "holds `Calm.mutex` while it"
    });
  }

  async look(name: string): Promise<boolean> {
    await this.freely(() => pool.query("select 1 from paddock where name = $1", [name]));
    return this.isInside(name);
  }

  async isInside(name: string): Promise<boolean> {
    return this.quietly(() => this.inside.has(name));
  }
}

const stable = new Stable();
const paddock = new Paddock();
app.post("/feed/:name", async (req, res) => {
  await stable.feed(req.params.name);
  await stable.groom(req.params.name);
  stable.tellLater();
  res.end();
});
app.post("/paddock/:name", async (req, res) => {
  await paddock.open(req.params.name);
  await paddock.fence(req.params.name);
  res.end();
});
app.get("/fed/:name", async (req, res) => {
  res.json(await stable.fedAt(req.params.name));
});
app.get("/paddock/:name", async (req, res) => {
  res.json(await paddock.look(req.params.name));
});
app.get("/inside/:name", async (req, res) => {
  res.json(await paddock.isInside(req.params.name));
});

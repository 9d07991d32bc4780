import { Mutex } from "async-mutex";
import express from "express";
import { Pool } from "pg";
import { setTimeout as sleep } from "node:timers/promises";

const pool = new Pool();
const app = express();

class Ferry {
  private readonly mutex = new Mutex();
  private seats = new Map<string, number>();

  async free(): Promise<number> {
    return this.mutex.runExclusive(() => this.seats.size);
  }

  async book(name: string): Promise<void> {
    await this.mutex.runExclusive(async () => { // want-step "takes `Ferry.mutex`"
      this.seats.set(name, 1);
      await pool.query("INSERT INTO bookings (name) VALUES ($1)", [name]); // want "A function inside `book` holds `Ferry.mutex` while it goes to the database \(`insert bookings`\)"
    });
  }

  async cancel(name: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await this.refund(name); // want "`cancel` holds `Ferry.mutex` while it goes to the network .* through `refund`"
    } finally {
      release();
    }
  }

  private async refund(name: string): Promise<void> {
    await fetch(`https://bank.example.com/${name}`); // want-step "goes to the network"
  }
}

const ferry = new Ferry();

app.post("/bookings/:name", async (request, response) => {
  await ferry.book(request.params.name);
  response.end();
});

class Timetable {
  private readonly mutex = new Mutex();
  private lines: string[] = [];

  async count(): Promise<number> {
    return this.mutex.runExclusive(() => this.lines.length);
  }

  async load(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      await fetch("https://timetable.example.com"); // want "A function inside `load` holds `Timetable.mutex` while it goes to the network .* Tasks that want the lock wait in line"
    });
  }

  async pause(): Promise<void> {
    const release = await this.mutex.acquire();
    await sleep(1000); // want-info "wait in line"
    release();
  }
}

class Till {
  private readonly mutex = new Mutex();
  private coins = 0;

  async count(): Promise<number> {
    return this.mutex.runExclusive(() => this.coins);
  }

  async put(now: boolean): Promise<void> {
    this.coins++;
    now && (await this.report());
  }

  async pay(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.put(true); // want "`pay` holds `Till.mutex` while it goes to the database .* through `put` and `report`"
    release();
  }

  async collect(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.put(false);
    release();
  }

  private async report(): Promise<void> {
    await pool.query("UPDATE tills SET paid = true");
  }
}

const till = new Till();

app.post("/payments", async (request, response) => {
  await till.pay();
  response.end();
});

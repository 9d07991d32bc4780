import { Mutex, Semaphore } from "async-mutex";
import { Pool } from "pg";

const pool = new Pool();

export class Lighthouse {
  private readonly mutex = new Mutex();
  private readonly lamps = new Semaphore(3);
  private flashes: number[] = [];

  async count(): Promise<number> {
    return this.mutex.runExclusive(() => this.flashes.length);
  }

  // Copied under the lock, written without it.
  async save(): Promise<void> {
    const flashes = await this.mutex.runExclusive(() => [...this.flashes]);
    await pool.query("INSERT INTO flashes (n) VALUES ($1)", [flashes.length]);
  }

  // Given back before.
  async flash(): Promise<void> {
    const release = await this.mutex.acquire();
    this.flashes.push(1);
    release();
    await fetch("https://ships.example.com");
  }

  // Several may hold a semaphore.
  async light(): Promise<void> {
    await this.lamps.runExclusive(async () => {
      await fetch("https://lamps.example.com");
    });
  }

  // Nothing is held without a lock.
  async test(): Promise<void> {
    this.flashes.push(0);
    await fetch("https://tests.example.com");
  }
}

import { Mutex } from "async-mutex";
import express from "express";

const pause = (length: number) => new Promise((resolve) => setTimeout(resolve, length));

class Lock {
  private readonly mutex = new Mutex();
  private level = 0;

  async fill(wanted: number): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      while (this.level < wanted) {
        this.level++;
        await pause(2000); // want "`fill` holds `Lock.mutex` .* sleeps \(`setTimeout`\) through `pause`: .* Requests that want no more than to look something up wait for it, too\.$"
      }
    } finally {
      release();
    }
  }

  async drain(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.level = 0;
      await new Promise((done) => setTimeout(done, 9000)); // want "A function inside `drain` holds `Lock.mutex` while it sleeps \(`setTimeout`\)"
    });
  }

  async height(): Promise<number> {
    return this.mutex.runExclusive(() => this.level);
  }
}

/** Sleeps, and listens for nothing, only when it has the lock no more. */
class Gate {
  private readonly mutex = new Mutex();
  private isOpen = false;

  async open(): Promise<void> {
    const release = await this.mutex.acquire();
    this.isOpen = true;
    release();
    await pause(3000);
  }

  /** The timer goes on by itself. */
  async shut(): Promise<void> {
    const release = await this.mutex.acquire();
    setTimeout(() => this.open(), 4000);
    this.isOpen = false;
    release();
  }

  async state(): Promise<boolean> {
    return this.mutex.runExclusive(() => this.isOpen);
  }
}

const app = express();
const lock = new Lock();
const gate = new Gate();
app.post("/fill/:level", async (request, response) => {
  await lock.fill(Number(request.params.level));
  response.end();
});
app.post("/drain", async (_, response) => {
  await lock.drain();
  response.end();
});
app.get("/height", async (_, response) => {
  response.json(await lock.height());
});
app.post("/open", async (_, response) => {
  await gate.open();
  response.end();
});
app.post("/shut", async (_, response) => {
  await gate.shut();
  response.end();
});
app.get("/state", async (_, response) => {
  response.json(await gate.state());
});

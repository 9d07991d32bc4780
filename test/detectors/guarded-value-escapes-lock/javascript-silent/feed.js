import { Mutex } from "async-mutex";

import { send } from "./send.js";

export class Feed {
  mutex = new Mutex();
  items = [];

  async add(name) {
    await this.mutex.acquire();
    this.items.push(name);
    this.mutex.release();
  }

  async publish() {
    await this.mutex.acquire();
    const items = [...this.items];
    this.mutex.release();
    for (const item of items) {
      await send(item);
    }
  }

  async flush() {
    await this.mutex.acquire();
    const items = this.items;
    this.items = [];
    this.mutex.release();
    for (const item of items) {
      await send(item);
    }
  }

  // Nothing runs in between.
  async size() {
    await this.mutex.acquire();
    const items = this.items;
    this.mutex.release();
    return items.length;
  }
}

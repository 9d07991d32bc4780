import { Mutex } from "async-mutex";

import { send } from "./send.js";

export class Feed {
  mutex = new Mutex();
  readers = new Map();
  items = [];

  async add(name) {
    await this.mutex.acquire();
    this.readers.set(name, 1);
    this.items.push(name);
    this.mutex.release();
  }

  async publish() {
    await this.mutex.acquire();
    const items = this.items;
    this.mutex.release();
    for (const item of items) { // want "`publish` uses `Feed.items` after it has released `Feed.mutex`"
      await send(item);
    }
  }
}

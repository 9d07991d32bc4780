import { Mutex } from "async-mutex";

import { store } from "./store.js";

export class Garden {
  mutex = new Mutex();
  beds = new Map();
  count;
  title;

  constructor(title) {
    this.title = title;
    this.count = 0;
    this.beds.set("first", 1);
  }

  async plant(id) {
    await this.mutex.runExclusive(async () => {
      this.beds.set(id, 1);
      await store(id);
      this.count += 1;
      this.tidy();
    });
  }

  async clear(id) {
    await this.mutex.runExclusive(async () => {
      this.beds.delete(id);
      await store(id);
      this.count -= 1;
      this.tidy();
    });
  }

  tidy() {
    this.count = this.beds.size;
  }

  // One thread: what is read at once is whole.
  size() {
    return this.beds.size + this.count;
  }

  /** The caller holds the mutex. */
  dropAll() {
    this.beds.clear();
  }

  name() {
    return this.title;
  }
}

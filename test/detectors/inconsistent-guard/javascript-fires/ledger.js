import { Mutex } from "async-mutex";

import { store } from "./store.js";

export class Ledger {
  mutex = new Mutex();
  entries = new Map();
  balance = 0;
  pending = [];
  owner = "";

  async add(id, amount) {
    await this.mutex.runExclusive(async () => {
      this.entries.set(id, amount);
      await store(id, amount);
      this.balance += amount;
      this.pending.push(id);
      this.owner = id;
    });
  }

  async remove(id) {
    await this.mutex.runExclusive(async () => {
      this.entries.delete(id);
      await store(id, 0);
      this.balance -= 1;
      this.pending.pop();
      this.owner = "";
    });
  }

  reset() {
    this.balance = 0; // want "`reset` writes `Ledger.balance` without `Ledger.mutex`"
  }

  forget(id) {
    this.entries.delete(id); // want "`forget` changes `Ledger.entries` without"
  }

  enqueue(id) {
    this.pending.push(id); // want "`enqueue` changes `Ledger.pending` without"
  }

  rename(id) {
    this.owner = id; // want "`rename` writes `Ledger.owner` without"
  }
}

export class DockMutex {
  constructor() {
    this.taken = false;
    this.queue = [];
  }

  async lock() {
    if (!this.taken) {
      this.taken = true;
      return;
    }
    await new Promise((resolve) => this.queue.push(resolve));
  }

  unlock() {
    const next = this.queue.shift();
    if (next) next();
    else this.taken = false;
  }
}

/** The first is told that it is. */
export class RaftMutex {
  constructor(name) {
    this.name = name;
    this.taken = false;
    this.queue = [];
  }

  async lock() {
    if (!this.taken) {
      this.taken = true;
      return true;
    }
    await new Promise((resolve) => this.queue.push(resolve));
    return false;
  }

  unlock() {
    const next = this.queue.shift();
    if (next) next();
    else this.taken = false;
  }
}

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

const { Mutex } = require("async-mutex");

class Shed {
  constructor() {
    this.mutex = new Mutex();
    this.ladders = [];
  }

  // Lends a ladder. this.mutex must be held.
  lend(name) {
    this.ladders.push(name);
  }

  async take(name) {
    const release = await this.mutex.acquire();
    this.lend(name);
    release();
  }

  async steal(name) {
    this.lend(name); // want "`steal` calls `Shed.lend` without holding `Shed.mutex`"
  }
}

module.exports = { Shed };

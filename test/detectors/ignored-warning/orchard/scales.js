const { Mutex } = require("async-mutex");

class Scales {
  constructor() {
    this.mutex = new Mutex();
    this.readings = [];
  }

  // this.mutex must be held.
  note(reading) {
    this.readings.push(reading);
  }

  async read() {
    const release = await this.mutex.acquire();
    this.note(1);
    release();
  }

  // Must not be called while holding the mutex.
  async report() {}

  async close() {
    const release = await this.mutex.acquire();
    release();
    await this.report();
  }
}

module.exports = { Scales };

const { Mutex } = require("async-mutex");
const { send } = require("./send.js");

class Queue {
  constructor() {
    this.lock = new Mutex();
    this.jobs = [];
    this.owners = new Map();
  }

  async put(job, owner) {
    const release = await this.lock.acquire();
    this.jobs.push(job);
    this.owners.set(job, owner);
    release();
  }

  async drain() {
    const release = await this.lock.acquire();
    const jobs = this.jobs;
    release();
    for (const job of jobs) { // want "`drain` uses `Queue.jobs` after it has released `Queue.lock`"
      await send(job);
    }
  }

  async tell() {
    const release = await this.lock.acquire();
    const owners = this.owners;
    release();
    for (const owner of owners.values()) { // want "`tell` uses `Queue.owners` after it has released `Queue.lock`"
      await send(owner);
    }
  }
}

module.exports = { Queue };

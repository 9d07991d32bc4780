import { Mutex } from "async-mutex";

export class Walks {
  mutex = new Mutex();
  walks = [];

  async start(dog) {
    await this.mutex.runExclusive(() => {
      this.walks.push(dog);
    });
    return this.count();
  }

  async count() {
    return this.mutex.runExclusive(() => this.walks.length);
  }
}

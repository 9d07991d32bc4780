import { Mutex } from "async-mutex";

export class Kennel {
  mutex = new Mutex();
  dogs = [];

  async board(dog) {
    await this.mutex.runExclusive(async () => { // want "under `Kennel\.mutex` that takes it again"
      if ((await this.free()) > 0) this.dogs.push(dog);
    });
  }

  async free() {
    return this.mutex.runExclusive(() => 12 - this.dogs.length);
  }
}

import { Queue } from "bullmq";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const queue = new Queue("jobs");

abstract class Job<T> {
  async schedule(given: T) {
    await queue.add(this.constructor.name, given);
  }

  abstract perform(given: T): Promise<void>;
}

export class TellWatchers extends Job<string> {
  async perform(ship: string) {
    const watchers = await prisma.watcher.findMany({ where: { ship } });
    for (const watcher of watchers) {
      await prisma.notice.create({ data: { watcher: watcher.id } }); // want "makes 1 row .*for each of `watchers`"
    }
  }
}

// Nobody outside has it run.
export class TellEverybody extends Job<string> {
  async perform() {
    const pilots = await prisma.pilot.findMany();
    for (const pilot of pilots) {
      await prisma.notice.create({ data: { pilot: pilot.id } });
    }
  }
}

import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export class Kiln {
  private lit = false;
  private firing = false;
  private waiting: string[] = [];
  private emptied: string[] = [];
  private readonly cooling = new Map<string, Promise<void>>();

  start() {
    setInterval(() => this.light(), 10_000);
    setInterval(() => this.fire(), 10_000);
    setInterval(() => this.cool(), 10_000);
  }

  stack(pot: string) {
    this.waiting.push(pot);
    this.emptied.push(pot);
  }

  // Only after it has gone out.
  private async light() {
    if (!this.lit && process.env.FUEL) {
      await prisma.kiln.findFirst().then(async () => {
        this.lit = true;
      });
      for (const pot of this.waiting) {
        await prisma.pot.update({ where: { id: pot }, data: { ready: true } }); // want-info "it is done only when something is not as it was\.$"
      }
    }
  }

  // Every time: it only lets one in.
  private async fire() {
    if (!this.firing) {
      this.firing = true;
      for (const pot of this.emptied) {
        await prisma.pot.update({ where: { id: pot }, data: { fired: true } }); // want "every 10 s × each of `this.emptied` × 1 database write\.$"
      }
      this.firing = false;
    }
  }

  // Once for each: what goes on is kept.
  private async cool() {
    for (const pot of await prisma.pot.findMany()) {
      if (this.cooling.has(pot.id)) continue;
      const done = prisma.pot.update({ where: { id: pot.id }, data: { warm: false } }).then(() => {
        this.cooling.delete(pot.id);
      });
      this.cooling.set(pot.id, done);
    }
  }
}

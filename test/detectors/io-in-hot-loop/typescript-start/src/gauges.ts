import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient();

export interface Gauge {
  read(): Promise<unknown>;
}

export class TideGauge implements Gauge {
  async read() {
    return prisma.tide.findFirst();
  }
}

export class WindGauge implements Gauge {
  async read() {
    return prisma.wind.findFirst();
  }
}

export class Watch {
  private readonly gauges: Gauge[];

  constructor() {
    this.gauges = [];
  }

  addGauge(gauge: Gauge) {
    this.gauges.push(gauge);
  }

  async look() {
    const read = [];
    for (const gauge of this.gauges) {
      read.push(await gauge.read()); // want-info "They are as many as the program adds while it starts\.$"
    }
    return read;
  }
}

export class Crew {
  private readonly hands: string[];

  constructor() {
    this.hands = [];
  }

  addHand(hand: string) {
    this.hands.push(hand);
  }

  async muster() {
    const found = [];
    for (const hand of this.hands) {
      found.push(await prisma.hand.findFirst({ where: { hand } })); // want "each of `this\.hands` × 1 database read\.$"
    }
    return found;
  }
}

export class Buoys {
  private readonly lamps: string[];

  constructor() {
    this.lamps = ["north", "east", "west"];
  }

  async light(lamp: string | undefined) {
    const kinds = lamp ? ["lamp", "bell"] : ["lamp"];
    for (const kind of kinds) await prisma.buoy.findFirst({ where: { kind } });
    const strategyArray = await prisma.strategy.findMany();
    for (const strategy of strategyArray) await prisma.lamp.findFirst({ where: { strategy } });
    for (const one of this.lamps) await prisma.buoy.findFirst({ where: { lamp: one } });
  }
}

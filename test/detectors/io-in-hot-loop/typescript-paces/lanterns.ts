import { Injectable } from "@nestjs/common";
import { Cron, CronExpression, Interval } from "@nestjs/schedule";
import { Repository } from "typeorm";

class Lantern {
  id: string;
  oil: number;
}

@Injectable()
export class LanternService {
  constructor(private readonly lanterns: Repository<Lantern>) {}

  @Interval("refill-lanterns", 6 * 60 * 60 * 1000)
  async refill() {
    for (const lantern of await this.lanterns.find()) {
      await this.lanterns.update(lantern.id, { oil: 9 }); // want-info "every 6 h × each of .* Nobody waits for what a clock runs so seldom\.$"
    }
  }

  @Cron(CronExpression.EVERY_DAY_AT_MIDNIGHT)
  async trim() {
    for (const lantern of await this.lanterns.find()) {
      await this.lanterns.update(lantern.id, { oil: 1 }); // want-info "every 24 h × each of .* Nobody waits for what a clock runs so seldom\.$"
    }
  }

  @Cron(CronExpression.EVERY_30_SECONDS)
  async burn() {
    for (const lantern of await this.lanterns.find()) {
      await this.lanterns.update(lantern.id, { oil: 3 }); // want-info "every 30 s × each of .* Nobody waits for what a clock runs so seldom\.$"
    }
  }

  @Interval("watch lanterns", 10 * 1000)
  async watch() {
    for (const lantern of await this.lanterns.find()) {
      await this.lanterns.update(lantern.id, { oil: 2 }); // want "every 10 s × each of .* × 1 database write\.$"
    }
  }
}

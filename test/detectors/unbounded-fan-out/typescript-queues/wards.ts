import { Processor, WorkerHost } from "@nestjs/bullmq";
import { Controller, Post } from "@nestjs/common";
import { type Job, Queue } from "bullmq";
import { Kysely } from "kysely";
import { createTransport } from "nodemailer";

enum WardJob {
  BED_FREE = "bed-free",
  SHIFT_OVER = "shift-over",
  NIGHT_OVER = "night-over",
}

const mails = createTransport("smtp://localhost");

@Controller("wards")
export class WardController {
  constructor(private readonly jobs: Queue) {}

  @Post("free")
  async free(): Promise<void> {
    await this.jobs.add(WardJob.BED_FREE, {});
  }

  @Post("over")
  async over(): Promise<void> {
    await this.jobs.add(WardJob.SHIFT_OVER, {});
  }
}

@Processor("beds")
export class BedProcessor extends WorkerHost {
  constructor(private readonly db: Kysely<unknown>) {
    super();
  }

  async process(job: Job): Promise<void> {
    if (job.name !== WardJob.BED_FREE) return;
    const nurses = await this.db.selectFrom("nurses").selectAll().where("on", "=", true).execute();
    for (const nurse of nurses) {
      await mails.sendMail({ to: nurse.mail }); // want "Each call of `WardController.free` sends 1 message \(`Transporter.sendMail`\) for each of `nurses`"
    }
  }
}

// What is done under one of several names is not known of each.
@Processor("shifts")
export class ShiftProcessor extends WorkerHost {
  constructor(private readonly db: Kysely<unknown>) {
    super();
  }

  async process(job: Job): Promise<void> {
    if (job.name === WardJob.SHIFT_OVER) return;
    if (job.name !== WardJob.NIGHT_OVER) return;
    const nurses = await this.db.selectFrom("nurses").selectAll().execute();
    for (const nurse of nurses) await mails.sendMail({ to: nurse.mail });
  }
}

import { Processor, WorkerHost } from "@nestjs/bullmq";
import { Controller, Post } from "@nestjs/common";
import { type Job, Queue } from "bullmq";
import { Kysely } from "kysely";
import { createTransport } from "nodemailer";

enum WardJob {
  BED_FREE = "bed-free",
  SHIFT_OVER = "shift-over",
  NIGHT_OVER = "night-over",
  PATIENT_MOVED = "patient-moved",
  PATIENT_LEFT = "patient-left",
  LINEN_COUNTED = "linen-counted",
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

@Controller("patients")
export class PatientController {
  constructor(private readonly jobs: Queue) {}

  @Post("move")
  async move(): Promise<void> {
    await this.jobs.add(WardJob.PATIENT_MOVED, {});
  }

  @Post("discharge")
  async discharge(): Promise<void> {
    await this.jobs.add("tell relatives", {});
  }
}

export class LinenCount {
  constructor(private readonly jobs: Queue) {}

  async count(): Promise<void> {
    await this.jobs.add(WardJob.LINEN_COUNTED, {});
  }
}

// Of several names, each runs what stands under it.
@Processor("patients")
export class PatientProcessor extends WorkerHost {
  constructor(private readonly visitors: Visitors) {
    super();
  }

  async process(job: Job): Promise<void> {
    switch (job.name) {
      case WardJob.PATIENT_MOVED: {
        await this.visitors.tellMoved();
        break;
      }
      case WardJob.LINEN_COUNTED: {
        await this.visitors.tellCleaners();
        break;
      }
    }
    if (job.name === "tell relatives") await this.visitors.tellRelatives();
  }
}

export class Visitors {
  constructor(private readonly db: Kysely<unknown>) {}

  async tellMoved(): Promise<void> {
    const visitors = await this.db.selectFrom("visitors").selectAll().execute();
    for (const visitor of visitors) await mails.sendMail({ to: visitor.mail }); // want "Each call of `PatientController.move` sends 1 message"
  }

  async tellRelatives(): Promise<void> {
    const relatives = await this.db.selectFrom("relatives").selectAll().execute();
    for (const relative of relatives) await mails.sendMail({ to: relative.mail }); // want "Each call of `PatientController.discharge` sends 1 message"
  }

  async tellCleaners(): Promise<void> {
    const cleaners = await this.db.selectFrom("cleaners").selectAll().execute();
    for (const cleaner of cleaners) await mails.sendMail({ to: cleaner.mail });
  }
}

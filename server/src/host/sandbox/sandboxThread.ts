import { Worker } from "node:worker_threads";
import type { Outcome } from "../../core/quiz/sandbox";
import { type Job, Progress, type Report, type Work } from "./work";

export interface ThreadOptions {
  /** What the thread runs. */
  file: string;
  /** Milliseconds that one call may take before its thread is taken for stuck. */
  callDeadline: number;
  /** Milliseconds without work after which the thread is ended. */
  idleTime: number;
  /** Where the language hashes texts by chance. */
  hashSeed?: number;
}

/** Kept for each job while its work is under way. */
interface Pending {
  job: Job;
  /** By input; what is missing has still to be run. */
  outcomes: (Outcome | undefined)[];
  /** How often a thread was lost over it. */
  losses: number;
}

const LOOK_INTERVAL_MS = 20;
/** How long a thread that nobody waits for may take to notice. */
const ABANDON_GRACE_MS = 100;
const START_DEADLINE_MS = 60_000;
/** Without a look for this long, the machine slept or the host was busy: then nobody is taken for stuck. */
const OWN_PAUSE_MS = 1000;
const MAX_LOSSES = 2;
/** A thread that does not come up so often will not. */
const MAX_FAILED_STARTS = 2;

/** Why a thread ended before its work was done. */
type End = "stuck" | "crashed" | "not-started";

/** The thread of one language: started for the first work, replaced when it is lost, ended when nobody needs it. */
export class SandboxThread {
  private worker: Worker | undefined;
  private readonly progress = new Progress();
  private idle: NodeJS.Timeout | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private isDisposed = false;

  constructor(private readonly options: ThreadOptions) {}

  /**
   * One work after the other, in the order they were asked for.
   * @returns outcomes by job, then by input; what was abandoned is missing
   */
  run(jobs: readonly Job[], isAbandoned: () => boolean): Promise<(Outcome | undefined)[][]> {
    const result = this.last.then(() => this.runNow(jobs, isAbandoned));
    this.last = result.catch(() => {});
    return result;
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    await this.stop();
  }

  private async runNow(jobs: readonly Job[], isAbandoned: () => boolean): Promise<(Outcome | undefined)[][]> {
    clearTimeout(this.idle);
    const pending = jobs.map((job): Pending => ({ job, outcomes: job.inputs.map(() => undefined), losses: 0 }));
    let failedStarts = 0;
    while (!isAbandoned() && !this.isDisposed) {
      const open = pending.filter(({ outcomes }) => outcomes.includes(undefined));
      if (open.length === 0) break;
      const end = await this.attempt(open, () => isAbandoned() || this.isDisposed);
      if (end === "not-started" && ++failedStarts === MAX_FAILED_STARTS)
        throw new Error(`The sandbox ${this.options.file} cannot be started`);
    }
    this.idle = setTimeout(() => void this.stop(), this.options.idleTime);
    this.idle.unref();
    return pending.map(({ outcomes }) => outcomes);
  }

  /** Runs what is open until it is done, abandoned, or the thread is lost over one call, which gets its outcome. */
  private async attempt(open: readonly Pending[], isAbandoned: () => boolean): Promise<End | "over"> {
    const parts = open.map((pending) => ({ pending, positions: missingIn(pending.outcomes) }));
    const work: Work = {
      jobs: parts.map(({ pending: { job }, positions }) => ({
        ...job,
        inputs: positions.map((position) => job.inputs[position] ?? []),
      })),
    };
    const end = await this.send(work, isAbandoned, (job, outcomes) => {
      const part = parts[job];
      outcomes.forEach((outcome, i) => {
        const position = part?.positions[i];
        if (part && position !== undefined) part.pending.outcomes[position] = outcome;
      });
    });
    if (end === "stuck" || end === "crashed") {
      const { job, input } = this.progress.place;
      const part = parts[job];
      const position = part?.positions[input];
      if (part && position !== undefined) loseCall(part.pending, position, end);
    }
    return end;
  }

  private send(
    work: Work,
    isAbandoned: () => boolean,
    onOutcomes: (job: number, outcomes: readonly Outcome[]) => void,
  ): Promise<End | "over"> {
    const isFresh = this.worker === undefined;
    this.progress.setAbandoned(false);
    const worker = this.worker ?? this.start();
    return new Promise((resolve) => {
      let isReady = !isFresh;
      const finish = async (end: End | "over") => {
        clearInterval(watch);
        worker.off("message", onMessage).off("error", onLoss).off("exit", onLoss);
        if (end !== "over") await this.stop();
        resolve(end);
      };
      const onLoss = () => void finish(!isReady ? "not-started" : "crashed");
      const onMessage = (report: Report) => {
        if (report.kind === "ready") isReady = true;
        else if (report.kind === "outcomes") onOutcomes(report.job, report.outcomes);
        else void finish("over");
      };
      worker.on("message", onMessage).on("error", onLoss).on("exit", onLoss);
      const watch = this.watch(() => isReady, isAbandoned, finish);
      worker.postMessage(work);
    });
  }

  private watch(
    isReady: () => boolean,
    isAbandoned: () => boolean,
    finish: (end: End) => Promise<void>,
  ): NodeJS.Timeout {
    let turns = this.progress.turns;
    let since = performance.now();
    let lastLook = since;
    let wasReady = isReady();
    let abandonedSince: number | undefined;
    return setInterval(() => {
      const now = performance.now();
      const turnsNow = this.progress.turns;
      if (turnsNow !== turns || isReady() !== wasReady || now - lastLook > OWN_PAUSE_MS) {
        turns = turnsNow;
        wasReady = isReady();
        since = now;
      }
      lastLook = now;
      if (isAbandoned()) {
        this.progress.setAbandoned(true);
        abandonedSince ??= now;
        if (!isReady() || now - abandonedSince > ABANDON_GRACE_MS) void finish("stuck");
      } else if (now - since > (isReady() ? this.options.callDeadline : START_DEADLINE_MS)) {
        void finish(isReady() ? "stuck" : "not-started");
      }
    }, LOOK_INTERVAL_MS);
  }

  private start(): Worker {
    this.worker = new Worker(this.options.file, {
      workerData: { progress: this.progress.buffer, hashSeed: this.options.hashSeed ?? 0 },
      // Programs must not find what the user's environment holds, should they ever get so far.
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 16 },
    });
    // An editor that is closed does not wait for it, and an error after its work is nobody's.
    this.worker.unref();
    this.worker.on("error", () => {});
    return this.worker;
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}

function missingIn(outcomes: readonly (Outcome | undefined)[]): number[] {
  return outcomes.flatMap((outcome, position) => (outcome ? [] : [position]));
}

function loseCall(pending: Pending, position: number, end: "stuck" | "crashed"): void {
  const outcome: Outcome = { kind: "stopped", by: end === "stuck" ? "time" : "memory" };
  pending.outcomes[position] = outcome;
  if (++pending.losses < MAX_LOSSES) return;
  const givenUp: Outcome = { ...outcome, detail: "given up: it did not end for other inputs" };
  for (const other of missingIn(pending.outcomes)) pending.outcomes[other] = givenUp;
}

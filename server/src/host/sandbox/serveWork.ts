import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Input } from "../../core/quiz/program";
import type { Outcome } from "../../core/quiz/sandbox";
import { type Job, Progress, type Report, type Work } from "./work";

/** Runs programs of one language. Nothing of a call is left when the next one begins. */
export interface Runner {
  prepare(job: Job): Promise<PreparedProgram>;
}

export interface PreparedProgram {
  call(input: Input): Promise<Outcome>;
}

/** After so many calls that did not come to an end, the rest of a program's calls are taken to be the same. */
const ENDLESS_CALLS = 3;

/** The main loop of a sandbox thread. */
export async function serveWork(openRunner: () => Promise<Runner>): Promise<void> {
  // Kept here: what programs could reach of this thread is taken away later.
  const port = parentPort as MessagePort;
  const progress = new Progress((workerData as { progress: SharedArrayBuffer }).progress);
  const report = (message: Report) => port.postMessage(message);
  const runner = await openRunner();
  port.on("message", async ({ jobs }: Work) => {
    for (const [index, job] of jobs.entries()) {
      if (progress.isAbandoned) break;
      const outcomes = await runJob(runner, job, index, progress);
      report({ kind: "outcomes", job: index, outcomes });
    }
    report({ kind: "done" });
  });
  report({ kind: "ready" });
}

async function runJob(runner: Runner, job: Job, index: number, progress: Progress): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let endless = 0;
  let prepared: PreparedProgram | undefined;
  for (const [position, input] of job.inputs.entries()) {
    if (progress.isAbandoned) break;
    progress.begin(index, position);
    prepared ??= await runner.prepare(job);
    const outcome: Outcome =
      endless < ENDLESS_CALLS
        ? await prepared.call(input)
        : { kind: "stopped", by: "steps", detail: "given up: it did not end for other inputs" };
    if (outcome.kind === "stopped" && outcome.by === "steps") endless++;
    outcomes.push(outcome);
    progress.end();
  }
  return outcomes;
}

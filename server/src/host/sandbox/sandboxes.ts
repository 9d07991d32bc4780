import { join } from "node:path";
import { type Cancellation, CancelledError, neverCancelled } from "../../core/base/cancellation";
import type { RunnableLanguage } from "../../core/quiz/program";
import type { Outcome, RunRequest, Sandbox } from "../../core/quiz/sandbox";
import { SandboxThread } from "./sandboxThread";
import type { Job } from "./work";

/** Sandboxes hold threads: whoever opens them ends them. */
export interface Sandboxes extends Sandbox {
  dispose(): Promise<void>;
}

export interface SandboxOptions {
  /** Where the bundles lie. */
  directory?: string;
  /** Milliseconds that one call may take. What only burns steps ends long before; this is for endless built-ins. */
  callDeadline?: number;
  /** Milliseconds after which a thread without work is ended. */
  idleTime?: number;
}

type Engine = "quickjs" | "pyodide";

const CALL_DEADLINE_MS = 3000;
const IDLE_TIME_MS = 5 * 60_000;
const CANCEL_INTERVAL_MS = 10;
/** Any but the first. */
const OTHER_HASH_SEED = 1;
const engines: Record<RunnableLanguage, Engine> = { javascript: "quickjs", typescript: "quickjs", python: "pyodide" };

/** Sandboxes for all languages. Nothing is loaded before the first request. */
export function openSandboxes(options: SandboxOptions = {}): Sandboxes {
  const { directory = __dirname, callDeadline = CALL_DEADLINE_MS, idleTime = IDLE_TIME_MS } = options;
  const thread = (engine: Engine, hashSeed: number) =>
    new SandboxThread({ file: join(directory, engine, "worker.js"), callDeadline, idleTime, hashSeed });
  return new ThreadedSandboxes(
    { quickjs: thread("quickjs", 0), pyodide: thread("pyodide", 0) },
    thread("pyodide", OTHER_HASH_SEED),
  );
}

class ThreadedSandboxes implements Sandboxes {
  constructor(
    private readonly threads: Record<Engine, SandboxThread>,
    private readonly rehashing: SandboxThread,
  ) {}

  async run(request: RunRequest, cancellation: Cancellation = neverCancelled): Promise<Outcome[][]> {
    const jobs = request.programs.map(
      (program): Job => ({ program, inputs: request.inputs, trace: request.trace ?? false }),
    );
    const work = Promise.all([
      this.runOn("quickjs", this.threads.quickjs, jobs, cancellation),
      this.runOn("pyodide", request.rehashed ? this.rehashing : this.threads.pyodide, jobs, cancellation),
    ]).then(([javascript, python]) => jobs.map((job) => (javascript.get(job) ?? python.get(job)) as Outcome[]));
    const outcomes = await untilCancelled(work, cancellation);
    if (outcomes.some((row) => row.includes(undefined as never))) throw new CancelledError();
    return outcomes;
  }

  async dispose(): Promise<void> {
    await Promise.all([...Object.values(this.threads), this.rehashing].map((thread) => thread.dispose()));
  }

  private async runOn(
    engine: Engine,
    thread: SandboxThread,
    all: readonly Job[],
    cancellation: Cancellation,
  ): Promise<Map<Job, (Outcome | undefined)[]>> {
    const jobs = all.filter(({ program }) => engines[program.language] === engine);
    if (jobs.length === 0) return new Map();
    const outcomes = await thread.run(jobs, () => cancellation.isCancellationRequested);
    return new Map(jobs.map((job, i) => [job, outcomes[i] ?? []]));
  }
}

/** Whoever has cancelled need not wait until a thread has noticed. */
async function untilCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  let watch: NodeJS.Timeout | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    const look = () => cancellation.isCancellationRequested && reject(new CancelledError());
    look();
    watch = setInterval(look, CANCEL_INTERVAL_MS);
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    clearInterval(watch);
    work.catch(() => {});
  }
}

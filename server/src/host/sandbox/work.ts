import type { Input, Program } from "../../core/quiz/program";
import type { Outcome } from "../../core/quiz/sandbox";

/** A program and the inputs it is called with, as a thread gets them. */
export interface Job {
  program: Program;
  inputs: readonly Input[];
  trace: boolean;
}

/** Host to thread: run these, one after the other. */
export interface Work {
  jobs: readonly Job[];
}

/** Thread to host. Sent once before the first work with no job, which says that the thread is up. */
export type Report = { kind: "ready" } | { kind: "outcomes"; job: number; outcomes: Outcome[] } | { kind: "done" };

/**
 * Where a thread is, in memory that it shares with the host: the host can read it while the thread is deep in a
 * program and answers nothing.
 */
export class Progress {
  private readonly cells: Int32Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(4 * 4)) {
    this.cells = new Int32Array(buffer);
  }

  /** How many calls were begun or ended so far; odd while one is running. */
  get turns(): number {
    return Atomics.load(this.cells, 0);
  }

  /** Indices into the jobs of the work and into the inputs of the job. */
  get place(): { job: number; input: number } {
    return { job: Atomics.load(this.cells, 1), input: Atomics.load(this.cells, 2) };
  }

  begin(job: number, input: number): void {
    Atomics.store(this.cells, 1, job);
    Atomics.store(this.cells, 2, input);
    Atomics.add(this.cells, 0, 1);
  }

  end(): void {
    Atomics.add(this.cells, 0, 1);
  }

  get isAbandoned(): boolean {
    return Atomics.load(this.cells, 3) === 1;
  }

  /** Tells the thread that nobody wants the rest of its work. */
  setAbandoned(isAbandoned: boolean): void {
    Atomics.store(this.cells, 3, isAbandoned ? 1 : 0);
  }
}

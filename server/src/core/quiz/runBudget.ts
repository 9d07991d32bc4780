import type { Program } from "./program";
import type { Outcome, Stopped } from "./sandbox";

/**
 * What running may cost for one quiz, in calls of a function of a few lines. It is counted and not timed, so that the
 * same seed asks the same on a slow machine.
 */
const total = 8000;
/** Parts of it: looking for inputs, and slips, in each round; two slips at once. */
const shares = { inputs: 0.12, mutants: 0.3, pairs: 0.16 } as const;

/** Python loads the program for each call. */
const charactersForOne = { python: 500, javascript: 10_000, typescript: 10_000 } as const;
const linesForOne = 60;
/** What stops for its steps has taken very many. */
const costOfEndless = 150;
const endless: ReadonlySet<Stopped["by"]> = new Set(["steps", "time", "memory", "depth"]);

/** How much is left for one part of the work. */
export class RunBudget {
  private left: number;

  constructor(
    part: keyof typeof shares,
    private readonly program: Program,
  ) {
    this.left = total * shares[part];
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** For outcomes that tell their lines. */
  spend(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) this.left -= this.costOf(outcome);
  }

  /** How many of some calls can be made by each of several programs much like the one that gave these outcomes. */
  affordable(outcomes: readonly Outcome[], programs: number): number {
    let cost = 0;
    const tooMany = outcomes.findIndex((outcome) => {
      cost += programs * this.costOf(outcome);
      return cost > this.left;
    });
    return tooMany < 0 ? outcomes.length : tooMany;
  }

  private costOf(outcome: Outcome): number {
    const isEndless = outcome.kind === "stopped" && endless.has(outcome.by);
    const ran = isEndless ? costOfEndless : (outcome.lines?.length ?? 0) / linesForOne;
    const { source, language } = this.program;
    return 1 + source.length / charactersForOne[language] + ran;
  }
}

import type { Random } from "../../base/random";
import type { Case, Exploration, ExploredMutant } from "../explore";
import { lengthOf, outcomeKey } from "../explore";
import type { Question } from "../question";
import { isSameOutcome, type Outcome } from "../sandbox";
import { callText, outcomeText } from "../wording";

/** What questions about one function are made of. */
export interface Asked {
  exploration: Exploration;
  symbol: string;
  parameters: readonly string[];
  /** The text of a line of the program. */
  lineText: (line: number) => string;
  random: Random;
  /** As of `BalanceOptions`. */
  tolerance: number;
}

/** A question, what it takes to ask it, and which cases it uses up. */
export interface Draft {
  question: Omit<Question, "id">;
  /** Calls that this question gives away. */
  inputs: readonly string[];
  /** As `TellingCase`. */
  weight: number;
}

export const optionCount = 4;

export function told({ exploration, parameters }: Asked, outcome: Outcome): string {
  const isMethod = exploration.program.entry.startsWith("(self, ");
  return outcomeText(outcome, isMethod ? ["this", ...parameters] : parameters);
}

/** `gives 3`, `raises KeyError`. */
export function gives(asked: Asked, outcome: Outcome): string {
  return outcome.kind === "returned" ? `gives ${told(asked, outcome)}` : told(asked, outcome);
}

export function call(asked: Asked, { input }: Pick<Case, "input">): string {
  return callText(asked.exploration.program, asked.symbol, input);
}

/** Mutants that somebody would tell from the function by one case. */
export function killersOf({ mutants, cases }: Exploration, index: number): ExploredMutant[] {
  const known = cases[index];
  return mutants.filter(({ outcomes }) => {
    const outcome = outcomes[index];
    return outcome !== undefined && known !== undefined && !isSameOutcome(outcome, known.outcome);
  });
}

export interface TellingCase {
  index: number;
  known: Case;
  killers: readonly ExploredMutant[];
  /** How much it says about whether somebody knows the function. */
  weight: number;
}

/**
 * Cases that some slip would change, the most telling first. A slip that few cases show, as at a boundary or a tie,
 * counts for more.
 */
export function tellingCases({ exploration, random }: Asked): TellingCase[] {
  const rated = exploration.cases.map((known, index) => ({ index, known, killers: killersOf(exploration, index) }));
  const shownBy = new Map<ExploredMutant, number>();
  for (const { killers } of rated) for (const killer of killers) shownBy.set(killer, (shownBy.get(killer) ?? 0) + 1);
  const weightOf = ({ known, killers }: (typeof rated)[number]) =>
    killers.reduce((sum, killer) => sum + 10 / Math.sqrt(shownBy.get(killer) as number), 0) -
    lengthOf(known.input) / 16 -
    (known.outcome.kind === "threw" ? 8 : 0);
  return random
    .shuffled(rated)
    .filter(({ killers, known }) => killers.length > 0 && !isOpaque(exploration, known))
    .map((telling) => ({ ...telling, weight: weightOf(telling) }))
    .sort((a, b) => b.weight - a.weight);
}

/** A digest: nobody works it out, whatever they know. */
const digest = /(?<![\p{L}\p{N}_])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{7,}(?![\p{L}\p{N}_])/u;

function isOpaque({ program }: Exploration, { input, outcome }: Case): boolean {
  const [found] = digest.exec(outcome.kind === "returned" ? outcome.text : "") ?? [];
  return found !== undefined && !program.source.includes(found) && !input.some((text) => text.includes(found));
}

/** One outcome for each text, in the order given. */
export function distinct(outcomes: readonly Outcome[]): Outcome[] {
  const seen = new Set<string>();
  return outcomes.filter((outcome) => {
    const key = outcomeKey(outcome);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** Puts the answer among the others. */
export function withAnswer(
  random: Random,
  answer: string,
  others: readonly string[],
): { options: string[]; answer: number } {
  const options = random.shuffled([answer, ...others]);
  return { options, answer: options.indexOf(answer) };
}

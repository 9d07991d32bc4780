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
}

/** A question, what it takes to ask it, and which cases it uses up. */
export interface Draft {
  question: Omit<Question, "id">;
  /** Calls that this question gives away. */
  inputs: readonly string[];
  /** How many kinds of slips the right answer rules out. */
  rulesOut: number;
}

export const optionCount = 4;

export function told(asked: Asked, outcome: Outcome): string {
  return outcomeText(outcome, asked.parameters);
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

/** Cases, the most telling first; among equals the shortest, with some chance. */
export function tellingCases({
  exploration,
  random,
}: Asked): { index: number; known: Case; killers: ExploredMutant[] }[] {
  const rated = exploration.cases.map((known, index) => ({ index, known, killers: killersOf(exploration, index) }));
  const places = (killers: readonly ExploredMutant[]) =>
    new Set(killers.map(({ mutant }) => mutant.changes[0]?.start)).size;
  return random
    .shuffled(rated)
    .filter(({ killers }) => killers.length > 0)
    .sort((a, b) => rating(b) - rating(a));

  function rating({ known, killers }: (typeof rated)[number]): number {
    return places(killers) * 10 - lengthOf(known.input) / 4 - (known.outcome.kind === "threw" ? 15 : 0);
  }
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

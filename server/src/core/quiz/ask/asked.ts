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
  /** Whether cases count that no slip changes, but that come out differently from nearly the same ones. */
  withoutSlips: boolean;
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
  const { entry, captured = [] } = exploration.program;
  const isMethod = entry.startsWith("(self, ");
  return outcomeText(outcome, [...captured, ...(isMethod ? ["this"] : []), ...parameters]);
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
 * counts for more, and the same way through the function once more for less.
 */
export function tellingCases(asked: Asked): TellingCase[] {
  const { exploration, random, withoutSlips } = asked;
  const rated = exploration.cases.map((known, index) => ({ index, known, killers: killersOf(exploration, index) }));
  const shownBy = new Map<ExploredMutant, number>();
  for (const { killers } of rated) for (const killer of killers) shownBy.set(killer, (shownBy.get(killer) ?? 0) + 1);
  const weightOf = ({ known, killers }: (typeof rated)[number]) =>
    killers.reduce((sum, killer) => sum + 10 / Math.sqrt(shownBy.get(killer) as number), 0) -
    lengthOf(known.input) / 16 -
    (known.outcome.kind === "threw" ? 8 : 0);
  const outcomes = new Set(exploration.cases.map(({ outcome }) => outcomeKey(outcome)));
  const tellings = random
    .shuffled(rated)
    .filter(({ killers }) => (withoutSlips ? outcomes.size > 1 : killers.length > 0))
    .filter(({ known }) => !isOpaque(asked, known, known.outcome))
    .map((telling) => ({ ...telling, weight: weightOf(telling) }))
    .sort((a, b) => b.weight - a.weight);
  return spreadOverWays(withoutSlips ? tellings.slice(0, maxWithoutSlips) : tellings);
}

/** Questions are looked for in no more of them: others are as good. */
const maxWithoutSlips = 48;
/** What the next case costs that goes the same way. */
const costOfSameWay = 4;

function spreadOverWays(tellings: readonly TellingCase[]): TellingCase[] {
  const taken = new Map<string, number>();
  const costs = tellings.map(({ known, weight }) => {
    const way = [...new Set(known.outcome.lines ?? [])].join(" ");
    const before = taken.get(way) ?? 0;
    taken.set(way, before + 1);
    return weight - costOfSameWay * before;
  });
  const order = tellings.map((_, i) => i).sort((a, b) => (costs[b] as number) - (costs[a] as number));
  return order.map((i) => tellings[i] as TellingCase);
}

/** A digest: nobody works it out, whatever they know. */
const digest =
  /(?<![\p{L}\p{N}_])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{7,}(?![\p{L}\p{N}_])|(?<=['"])\d{7,}(?=['"])/gu;
/** More digits than anybody works out in the head. */
const longFraction = /\d+\.\d{6,}(?:e[+-]?\d+)?/gi;

/** Whether an outcome holds what nobody works out who knows the function. */
export function isOpaque(asked: Asked, { input }: Pick<Case, "input">, outcome: Outcome): boolean {
  const text = outcome.kind === "returned" ? told(asked, outcome) : "";
  const found = [...(text.match(digest) ?? []), ...(text.match(longFraction) ?? [])];
  const { source } = asked.exploration.program;
  return found.some((part) => !source.includes(part) && !input.some((argument) => argument.includes(part)));
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

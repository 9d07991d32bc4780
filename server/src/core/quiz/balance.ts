import type { Random } from "../base/random";

/**
 * Something by which somebody might choose who does not know the function: the option with the highest value, or with
 * the lowest.
 */
export interface Lure {
  name: string;
  /** What an option is worth by itself, given everything that is seen beside the options. */
  own?(option: Seen, shown: Seen): number;
  /** What an option is worth beside each of the others. The sum decides. */
  beside?(option: Seen, other: Seen): number;
}

/** A text with what it is compared by. */
export interface Seen {
  text: string;
  words: ReadonlySet<string>;
  numbers: readonly number[];
}

/** What texts are compared by. */
export type Parts = (text: string) => ReadonlySet<string>;

const wordsOf: Parts = (text) => new Set(text.match(/[\p{L}\p{N}_.]+/gu) ?? []);

export function seen(text: string, parts: Parts = wordsOf): Seen {
  return { text, words: parts(text), numbers: (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number) };
}

/** How much two sets have in common, from 0 to 1. */
export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both / Math.max(1, a.size + b.size - both);
}

/** How near some number of the one is to some number of the other, 0 for the same. */
function nearness({ numbers: of }: Seen, { numbers: to }: Seen): number {
  let nearest = Number.NEGATIVE_INFINITY;
  for (const a of of) for (const b of to) nearest = Math.max(nearest, -Math.abs(a - b));
  return nearest;
}

function prefixShared({ text: a }: Seen, { text: b }: Seen): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

/** How much of what an option shows as code the question shows too, texts in whatever quotes. */
function partStanding({ text }: Seen, shown: Seen): number {
  const spans = text.match(/`+[^`]+`+/g) ?? [];
  const standing = spans.filter((span) => shown.text.includes(span.replace(/^[`\s'"]+|[`\s'"]+$/g, "")));
  return standing.length / Math.max(1, spans.length);
}

/** How much of what the question shows as code an option holds, texts in whatever quotes: the call with its own result. */
function partHeld({ text }: Seen, shown: Seen): number {
  const spans = (shown.text.match(/`+[^`]+`+/g) ?? []).map((span) => span.replace(/^[`\s'"]+|[`\s'"]+$/g, ""));
  const held = spans.filter((span) => span !== "" && text.includes(span));
  return held.length / Math.max(1, spans.length);
}

export const lures: readonly Lure[] = [
  { name: "long", own: ({ text }) => text.length },
  { name: "like the others", beside: (option, other) => shared(option.words, other.words) },
  { name: "beginning like the others", beside: prefixShared },
  { name: "like the question", own: (option, shown) => shared(option.words, shown.words) },
  { name: "standing in the question", own: partStanding },
  { name: "holding what the question shows", own: partHeld },
  { name: "with a number near the question's", own: nearness },
  { name: "with a large number", own: ({ numbers }) => Math.max(...numbers) },
  { name: "a failure", own: ({ text }) => (text.startsWith("raises ") ? 1 : 0) },
];

/** What each of the options is worth by a lure. */
export function valuesBy(lure: Lure, options: readonly Seen[], shown: Seen): number[] {
  return options.map((option) => {
    const beside = options.reduce(
      (sum, other) => (other === option ? sum : sum + (lure.beside?.(option, other) ?? 0)),
      0,
    );
    return beside + (lure.own?.(option, shown) ?? 0);
  });
}

export interface BalanceOptions {
  /** How many wrong options, at most. */
  count: number;
  random: Random;
  /** How much more often than by chance somebody may be right by whatever lure, 0.1 unless told. */
  tolerance?: number;
  /** Where options are few: the name of the only lure whose highest option must not be the answer too often. */
  only?: string;
  /** What somebody compares options by. */
  parts?: Parts;
}

/** Options beyond these are not looked at. */
const maxPool = 40;
/** Enough of the ways to choose some of them. */
const maxChoices = 240;
const gameRounds = 160;
/** What a wrong option costs that says less about the function, so that it is taken only where it is needed. */
const costOfDullness = 0.06;

/**
 * Chooses wrong options so that no lure finds the right one more often than chance does. It is a game: one side chooses
 * options, the other one a lure, neither knows what the other one does, and the first plays as well as it can. Where
 * every choice leaves the answer standing out, nothing is asked.
 *
 * @param pool wrong options, all different, the most instructive first
 * @param shown everything that is seen beside the options
 * @returns two or more of them, or none
 */
export function balanced(
  answer: string,
  pool: readonly string[],
  shown: string,
  { count, random, only, parts, tolerance = 0.1 }: BalanceOptions,
): string[] {
  const usable = [answer, ...pool.slice(0, maxPool)].map((text) => seen(text, parts));
  const table = new LureTable(usable, seen(shown, parts));
  for (let size = Math.min(count, usable.length - 1); size >= 2; size--) {
    const choices = choicesOf(usable.length - 1, size, random);
    const costs = choices.map((choice) => costOfDullness * dullness(choice, usable.length - 1));
    const { won, played } = play(
      choices.map((choice) => table.gains(choice)),
      costs,
      random,
    );
    const highest = lures.findIndex(({ name }) => name === only) * (size + 1);
    if (Math.max(...(highest < 0 ? won : [won[highest] as number])) > tolerance) continue;
    const choice = choices[random.pick(played) as number] as readonly number[];
    return choice.map((i) => (usable[i] as Seen).text);
  }
  return [];
}

function dullness(choice: readonly number[], last: number): number {
  return choice.reduce((sum, i) => sum + i, 0) / choice.length / last;
}

/**
 * Both sides learn from what the other one has done so far, which comes near the best that either can do.
 *
 * @param gains by choice, what each lure wins by it
 * @returns `won`: what each lure wins in the long run; `played`: choices, as often as they should be made
 */
function play(
  gains: readonly (readonly number[])[],
  costs: readonly number[],
  random: Random,
): { won: number[]; played: number[] } {
  const total = new Array<number>(gains[0]?.length ?? 0).fill(0);
  const played: number[] = [];
  for (let round = 0; round < gameRounds; round++) {
    const rate = 4 / Math.sqrt(round + 1);
    const most = Math.max(...total);
    const weights = total.map((gain) => Math.exp(rate * (gain - most)));
    const sum = weights.reduce((a, b) => a + b, 0);
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    gains.forEach((row, i) => {
      let loss = (costs[i] as number) + 1e-6 * random.below(100);
      for (let m = 0; m < row.length; m++) loss += ((row[m] as number) * (weights[m] as number)) / sum;
      if (loss < least) [best, least] = [i, loss];
    });
    played.push(best);
    gains[best]?.forEach((gain, m) => {
      total[m] = (total[m] as number) + gain;
    });
  }
  return { won: total.map((gain) => gain / gameRounds), played };
}

/** The lures for options that are looked at in many combinations. The answer is the first one. */
class LureTable {
  private readonly own: readonly (readonly number[])[];
  private readonly beside: readonly (readonly (readonly number[])[])[];

  constructor(options: readonly Seen[], shown: Seen) {
    this.own = lures.map((lure) => options.map((option) => lure.own?.(option, shown) ?? 0));
    this.beside = lures.map(({ beside }) =>
      beside ? options.map((option) => options.map((other) => (other === option ? 0 : beside(option, other)))) : [],
    );
  }

  /** What whoever takes the option of the highest value wins beside chance, of the next ones, of the lowest, by lure. */
  gains(choice: readonly number[]): number[] {
    const options = [0, ...choice];
    const chance = 1 / options.length;
    return lures.flatMap((_, lure) => {
      const places = placesOf(options.map((option) => this.value(lure, option, options)));
      return places.map((place) => place - chance);
    });
  }

  private value(lure: number, option: number, options: readonly number[]): number {
    const row = this.beside[lure]?.[option];
    let value = this.own[lure]?.[option] ?? 0;
    if (row) for (const other of options) value += row[other] as number;
    return value;
  }
}

/** How likely the first of some values is in each place when all are ordered, those that are equal by chance. */
function placesOf(values: readonly number[]): number[] {
  const [own = 0] = values;
  let [above, equal] = [0, 0];
  for (const value of values) {
    if (value === own || Math.abs(value - own) < 1e-9) equal++;
    else if (value > own) above++;
  }
  return values.map((_, i) => (i >= above && i < above + equal ? 1 / equal : 0));
}

/** Some ways to choose so many of the indices from 1 to `last`, all of them where there are few. */
function choicesOf(last: number, size: number, random: Random): number[][] {
  const found = new Map<string, number[]>();
  if (numberOfChoices(last, size) <= maxChoices) {
    const extend = (chosen: number[]): void => {
      if (chosen.length === size) found.set(chosen.join(), chosen);
      else for (let i = (chosen.at(-1) ?? 0) + 1; i <= last; i++) extend([...chosen, i]);
    };
    extend([]);
    return [...found.values()];
  }
  for (let i = 0; i < maxChoices; i++) {
    const chosen = new Set<number>();
    while (chosen.size < size) chosen.add(1 + random.below(last));
    const sorted = [...chosen].sort((a, b) => a - b);
    found.set(sorted.join(), sorted);
  }
  return [...found.values()];
}

function numberOfChoices(last: number, size: number): number {
  let count = 1;
  for (let i = 0; i < size; i++) count = (count * (last - i)) / (i + 1);
  return count;
}

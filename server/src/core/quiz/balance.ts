import type { Random } from "../base/random";

/** Everything by which somebody who sees the options alone might choose: the option with the highest value. */
export type Lure = (option: string, options: readonly string[], shown: string) => number;

/** What texts are compared by. */
export type Parts = (text: string) => ReadonlySet<string>;

const words: Parts = (text) => new Set(text.match(/[\p{L}\p{N}_.]+/gu) ?? []);

/** How much two sets have in common, from 0 to 1. */
export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both / Math.max(1, a.size + b.size - both);
}

function numbersIn(text: string): number[] {
  return (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
}

/** How near some number of the one is to some number of the other, 0 for the same. */
function nearness(of: readonly number[], to: readonly number[]): number {
  let nearest = Number.NEGATIVE_INFINITY;
  for (const a of of) for (const b of to) nearest = Math.max(nearest, -Math.abs(a - b));
  return nearest;
}

/**
 * The longest option, the one most like the others, the one most like what the question shows, the one with the number
 * nearest to one of the question.
 */
export const lures: readonly Lure[] = [
  (option) => option.length,
  (option, options) =>
    options.reduce((sum, other) => sum + (other === option ? 0 : shared(words(option), words(other))), 0),
  (option, _, shown) => shared(words(option), words(shown)),
  (option, _, shown) => nearness(numbersIn(option), numbersIn(shown)),
];

/** What the question shows is what most people go by who do not know: where the answer would stand out, nothing is asked. */
const usuallyStrict: readonly number[] = [2, 3];
/** More than this many are not tried: their number grows with the third power. */
const maxPool = 12;
/** So many of the most instructive ones are always tried; the others are those that differ most from the answer. */
const alwaysTried = 6;

/**
 * Chooses wrong options so that the right one is as often the longest, the most usual, the most like the question, and
 * as often the least of these, as chance has it: its place among them is drawn for each, and the options that come
 * nearest are taken.
 *
 * @param pool wrong options, all different, the most instructive first
 * @param shown everything that is seen beside the options
 * @param strict indices of the lures by which the answer must not stand out more often than chance has it
 * @param parts what somebody compares options by
 * @returns `count` of them, fewer when there are no more; none when the answer would stand out though it should not
 */
export function balanced(
  answer: string,
  pool: readonly string[],
  shown: string,
  count: number,
  random: Random,
  strict: readonly number[] = usuallyStrict,
  parts: Parts = words,
): string[] {
  const usable = [answer, ...tried(answer, pool, shown, parts)];
  const size = Math.min(count, usable.length - 1);
  if (size < 2) return [];
  const table = new LureTable(usable, shown, parts);
  const targets = table.lures.map(() => targetOf(random.below(size + 1), size));
  const choices = random.shuffled(combinations(usable.length - 1, size)).map((choice) => {
    return { choice, places: table.lures.map((lure) => placeOf(lure, choice)) };
  });
  const isHidden = ({ places }: Choice, i: number) => (places[i]?.draws ?? 0) <= 1 / (size + 1);
  // Where it always stands out, asking only when it may would be asking when it does.
  if (!choices.some((each) => strict.every((i) => isHidden(each, i)))) return [];
  let best: { choice: readonly number[]; distance: number } | undefined;
  for (const each of choices) {
    if (!strict.every((i) => targets[i]?.draws === 1 || isHidden(each, i))) continue;
    const distance = each.places.reduce(
      (sum, place, i) => sum + (strict.includes(i) ? 2 : 1) * distanceOf(place, targets[i] as Place),
      0,
    );
    if (!best || distance < best.distance) best = { choice: each.choice, distance };
  }
  return best?.choice.map((i) => usable[i] as string) ?? [];
}

/** Wrong options by their indices, and where the answer is among them, by lure. */
interface Choice {
  choice: readonly number[];
  places: readonly Place[];
}

/** How likely somebody chooses the answer who takes the highest, and the lowest. */
interface Place {
  draws: number;
  repels: number;
}

function targetOf(rank: number, size: number): Place {
  return { draws: rank === 0 ? 1 : 0, repels: rank === size ? 1 : 0 };
}

function distanceOf(a: Place, b: Place): number {
  // Whoever guesses goes by what draws.
  return 2 * Math.abs(a.draws - b.draws) + Math.abs(a.repels - b.repels);
}

/** Value of the option at an index among those of a choice and the answer, whose index is 0. */
type TabledLure = (option: number, choice: readonly number[]) => number;

/** The lures for options that are looked at in many combinations. */
class LureTable {
  readonly lures: readonly TabledLure[];

  constructor(options: readonly string[], shown: string, parts: Parts) {
    const ofOptions = options.map(parts);
    const ofShown = parts(shown);
    const toShown = ofOptions.map((own) => shared(own, ofShown));
    const between = ofOptions.map((a) => ofOptions.map((b) => shared(a, b)));
    const numbers = numbersIn(shown);
    const near = options.map((option) => nearness(numbersIn(option), numbers));
    const alike = (a: number, b: number) => (a === b ? 0 : (between[a]?.[b] ?? 0));
    this.lures = [
      (option) => options[option]?.length ?? 0,
      (option, choice) => choice.reduce((sum, other) => sum + alike(option, other), alike(option, 0)),
      (option) => toShown[option] ?? 0,
      (option) => near[option] ?? 0,
    ];
  }
}

function placeOf(lure: TabledLure, choice: readonly number[]): Place {
  const own = lure(0, choice);
  let [above, below, equal] = [0, 0, 1];
  for (const option of choice) {
    const value = lure(option, choice);
    if (value > own) above++;
    else if (value < own) below++;
    else equal++;
  }
  return { draws: above === 0 ? 1 / equal : 0, repels: below === 0 ? 1 / equal : 0 };
}

/** Some of the most instructive options, and of the rest those by which the answer can be put anywhere. */
function tried(answer: string, pool: readonly string[], shown: string, parts: Parts): readonly string[] {
  if (pool.length <= maxPool) return pool;
  const rest = pool.slice(alwaysTried).map((option) => ({ option, parts: parts(option) }));
  const [ofShown, ofAnswer] = [parts(shown), parts(answer)];
  const values = [
    ({ option }: (typeof rest)[number]) => option.length,
    (each: (typeof rest)[number]) => shared(each.parts, ofShown),
    (each: (typeof rest)[number]) => shared(each.parts, ofAnswer),
  ];
  const orders = values.map((value) =>
    rest.map((each) => ({ option: each.option, value: value(each) })).sort((a, b) => a.value - b.value),
  );
  const chosen = new Set(pool.slice(0, alwaysTried));
  for (let i = 0; i < rest.length && chosen.size < maxPool; i++)
    for (const order of orders)
      for (const each of [order[i], order[order.length - 1 - i]])
        if (each !== undefined && chosen.size < maxPool) chosen.add(each.option);
  return [...chosen];
}

/** Choices of so many of the indices from 1 to `last`. */
function combinations(last: number, count: number, from = 1): number[][] {
  if (count === 0) return [[]];
  const found: number[][] = [];
  for (let i = from; i <= last; i++) for (const rest of combinations(last, count - 1, i + 1)) found.push([i, ...rest]);
  return found;
}

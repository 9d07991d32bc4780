import { groupBy } from "../base/groupBy";
import type { Random } from "../base/random";

/** Everything by which somebody who sees the options alone might choose: the option with the highest value. */
export type Lure = (option: string, options: readonly string[], shown: string) => number;

const words = (text: string) => text.match(/[\p{L}\p{N}_.]+/gu) ?? [];

function shared(a: string, b: string): number {
  const [ofA, ofB] = [new Set(words(a)), new Set(words(b))];
  const both = [...ofA].filter((word) => ofB.has(word)).length;
  return both / Math.max(1, ofA.size + ofB.size - both);
}

/** The longest option, the one most like the others, the one most like what the question shows. */
export const lures: readonly Lure[] = [
  (option) => option.length,
  (option, options) => options.reduce((sum, other) => sum + (other === option ? 0 : shared(option, other)), 0),
  (option, _, shown) => shared(option, shown),
];

/** What the question shows is what most people go by who do not know. */
const usualLures: Lures = { drawnBy: lures.slice(0, 2), ...(lures[2] && { foremost: lures[2] }) };

/** More than this many are not tried: their number grows with the third power. */
const maxPool = 12;

export interface Lures {
  drawnBy: readonly Lure[];
  /** The one that counts most: where the answer would always draw most, there are no options. */
  foremost?: Lure;
}

/**
 * Chooses wrong options so that the right one is as often the longest, the most usual and so on as chance has it: its
 * places among them are drawn, and the options that come nearest are taken.
 *
 * @param pool wrong options, all different, the most instructive first
 * @param shown everything that is seen beside the options
 * @returns `count` of them, fewer when there are no more; none when none would do
 */
export function balanced(
  answer: string,
  pool: readonly string[],
  shown: string,
  count: number,
  random: Random,
  { drawnBy, foremost }: Lures = usualLures,
): string[] {
  const usable = pool.slice(0, maxPool);
  const size = Math.min(count, usable.length);
  if (size < 2) return [];
  const choices = random.shuffled(combinations(usable, size));
  const targets = drawnBy.map(() => random.below(size + 1));
  let best: { choice: string[]; distance: number } | undefined;
  for (const choice of foremost ? fairlyPlaced(answer, choices, shown, foremost, random) : choices) {
    const options = [answer, ...choice];
    const distances = drawnBy.map((lure, i) => Math.abs(rankOf(lure, options, shown) - (targets[i] as number)));
    const distance = distances.reduce((sum, each) => sum + each, 0);
    if (!best || distance < best.distance) best = { choice, distance };
  }
  return best?.choice ?? [];
}

/** Choices among which the answer draws most as often as chance has it, and none where it always would. */
function fairlyPlaced(
  answer: string,
  choices: readonly string[][],
  shown: string,
  lure: Lure,
  random: Random,
): readonly string[][] {
  const byRank = groupBy(choices, (choice) => rankOf(lure, [answer, ...choice], shown));
  const behind = [...byRank.keys()].filter((rank) => rank > 0);
  if (behind.length === 0) return [];
  const size = choices[0]?.length ?? 0;
  const rank = random.below(size + 1) === 0 ? 0 : random.pick(behind);
  return byRank.get(rank as number) ?? [];
}

/** How many of the others draw more than the first; half of those that draw as much. */
function rankOf(lure: Lure, options: readonly string[], shown: string): number {
  const [first = 0, ...others] = options.map((option) => lure(option, options, shown));
  return others.reduce((rank, value) => rank + (value > first ? 1 : value === first ? 0.5 : 0), 0);
}

function combinations<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) => combinations(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]));
}

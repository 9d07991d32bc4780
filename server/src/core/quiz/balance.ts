import type { Random } from "../base/random";

/** Everything by which somebody who sees the options alone might choose: the option with the highest value. */
export type Lure = (option: string, options: readonly string[], prompt: string) => number;

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
  (option, _, prompt) => shared(option, prompt),
];

/** More than this many are not tried: their number grows with the third power. */
const maxPool = 12;

/**
 * Chooses wrong options so that the right one is as often the longest, the most usual and so on as chance has it.
 *
 * @param pool wrong options, all different, the most instructive first
 * @returns `count` of them, or fewer when there are not that many
 */
export function balanced(
  answer: string,
  pool: readonly string[],
  prompt: string,
  count: number,
  random: Random,
): string[] {
  const usable = pool.slice(0, maxPool);
  if (usable.length <= count) return usable;
  const targets = lures.map(() => random.below(count + 1));
  let best: { choice: string[]; distance: number } | undefined;
  for (const choice of random.shuffled(combinations(usable, count))) {
    const options = [answer, ...choice];
    const distance = lures.reduce(
      (sum, lure, i) => sum + Math.abs(rankOf(lure, options, prompt) - (targets[i] as number)),
      0,
    );
    if (!best || distance < best.distance) best = { choice, distance };
    if (distance === 0) break;
  }
  return best?.choice ?? [];
}

/** How many of the others draw more than the first. */
function rankOf(lure: Lure, options: readonly string[], prompt: string): number {
  const values = options.map((option) => lure(option, options, prompt));
  return values.filter((value) => value > (values[0] as number)).length;
}

function combinations<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) => combinations(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]));
}

import { describe, expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { balanced, lures, seen, valuesBy } from "../../server/src/core/quiz/balance";

const rounds = 150;

interface Made {
  answer: string;
  pool: string[];
  shown: string;
}

/** How often whoever takes the option of the highest value is right, and of the lowest, by lure. */
function hits(make: (random: Random) => Made): Map<string, number> {
  const random = new Random(7);
  const hit = new Map<string, number>();
  let asked = 0;
  for (let i = 0; i < rounds; i++) {
    const { answer, pool, shown } = make(random);
    const wrong = balanced(answer, pool, shown, { count: 3, random });
    if (wrong.length < 3) continue;
    asked++;
    const options = [answer, ...wrong].map((option) => seen(option));
    for (const lure of lures) {
      const values = valuesBy(lure, options, seen(shown));
      for (const [end, of] of [
        ["most", Math.max(...values)],
        ["least", Math.min(...values)],
      ] as const) {
        const drawn = values[0] === of ? 1 / values.filter((value) => value === of).length : 0;
        hit.set(`${end} ${lure.name}`, (hit.get(`${end} ${lure.name}`) ?? 0) + drawn);
      }
    }
  }
  expect(asked).toBeGreaterThan(rounds / 4);
  return new Map([...hit].map(([name, times]) => [name, times / asked]));
}

/** Berths as lists of ships. */
function berths(random: Random, count: number, longest: number): string[] {
  const names = ["ada", "ben", "cleo", "4", "70", "12"];
  const list = () => Array.from({ length: 1 + random.below(longest) }, () => random.pick(names) as string).join(", ");
  return [...new Set(Array.from({ length: count }, list))];
}

describe("the right option stands out as often as chance has it", () => {
  const anywhere = (random: Random): Made => {
    const [answer = "", ...pool] = berths(random, 24, 5);
    return { answer, pool, shown: `arrange([${berths(random, 1, 5)[0]}])` };
  };
  const longer = (random: Random): Made => {
    const made = anywhere(random);
    const sorted = [made.answer, ...made.pool].sort((a, b) => b.length - a.length);
    const [answer = ""] = sorted.splice(3, 1);
    return { ...made, answer, pool: random.shuffled(sorted) };
  };
  const alike = (random: Random): Made => {
    const { answer, pool } = anywhere(random);
    return { answer, pool, shown: `arrange([${answer}, ${pool[0]}])` };
  };

  test.each([
    ["anywhere", anywhere],
    ["among the longest", longer],
    ["in the question", alike],
  ])("where it is %s among all", (_, make) => {
    for (const [name, share] of hits(make)) expect(share, name).toBeLessThan(0.42);
  });

  test("and is not always in the middle", () => {
    const found = hits(anywhere);
    expect((found.get("most long") ?? 0) + (found.get("least long") ?? 0)).toBeGreaterThan(0.3);
  });
});

test.each([
  ["its form", "red boat", ["1", "2", "3", "4"], "paint the red boat"],
  ["failing alone", "raises `KeyError`", ["`12`", "`31`", "`27`", "`44`"], "berth(12)"],
])("nothing is asked where the answer shows by %s", (_, answer, pool, shown) => {
  for (let seed = 0; seed < 20; seed++)
    expect(balanced(answer, pool, shown, { count: 3, random: new Random(seed) })).toEqual([]);
});

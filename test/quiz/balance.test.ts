import { describe, expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { balanced, lures } from "../../server/src/core/quiz/balance";

const rounds = 2000;

/** How often the answer is chosen by whoever takes the option of the highest value, of those that are asked. */
function hits(lure: number, make: (random: Random) => { answer: string; pool: string[]; shown: string }): number {
  const random = new Random(7);
  let [asked, hit] = [0, 0];
  for (let i = 0; i < rounds; i++) {
    const { answer, pool, shown } = make(random);
    const wrong = balanced(answer, pool, shown, 3, random);
    if (wrong.length < 3) continue;
    asked++;
    const options = [answer, ...wrong];
    const values = options.map((option) => lures[lure]?.(option, options, shown) ?? 0);
    const best = Math.max(...values);
    if (values[0] === best) hit += 1 / values.filter((value) => value === best).length;
  }
  expect(asked).toBeGreaterThan(rounds / 10);
  return hit / asked;
}

/** Berths as lists of ships; `spread` decides how long they get. */
function berths(random: Random, count: number): string[] {
  const names = ["ada", "ben", "cleo", "4", "70", "12"];
  const list = () => Array.from({ length: 1 + random.below(5) }, () => random.pick(names) as string).join(", ");
  return [...new Set(Array.from({ length: count }, list))];
}

describe("the right option stands out as often as chance has it", () => {
  const anywhere = (random: Random) => {
    const [answer = "", ...pool] = berths(random, 24);
    return { answer, pool, shown: `arrange([${berths(random, 1)[0]}])` };
  };

  test.each([0, 1, 2, 3])("whatever one goes by (%i)", (lure) => {
    expect(hits(lure, anywhere)).toBeGreaterThan(0.12);
    expect(hits(lure, anywhere)).toBeLessThan(0.3);
  });

  test("though most answers are nearly what the question shows", () => {
    const alike = (random: Random) => {
      const { pool } = anywhere(random);
      const [answer = ""] = berths(random, 1);
      return { answer, pool: pool.filter((other) => other !== answer), shown: answer };
    };
    expect(hits(2, (random) => (random.below(2) === 0 ? alike(random) : anywhere(random)))).toBeLessThan(0.3);
  });
});

test("options that would show the answer by its form are not asked", () => {
  const pool = ["1", "2", "3", "4"];
  for (let seed = 0; seed < 50; seed++)
    expect(balanced("red boat", pool, "paint the red boat", 3, new Random(seed))).toEqual([]);
});

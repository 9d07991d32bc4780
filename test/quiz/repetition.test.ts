import { describe, expect, test } from "vitest";
import { repetitionOf } from "../../server/src/core/quiz/repetition";

const day = 24 * 3600 * 1000;
const start = Date.parse("2026-03-03T10:00:00Z");
const on = (days: number) => new Date(start + days * day).toISOString();
const dueIn = (past: Parameters<typeof repetitionOf>[0], now = start + 400 * day) => {
  const { due } = repetitionOf(past, now) ?? { due: Number.NaN };
  return (due - start) / day;
};

describe("what was explained comes back", () => {
  test("sooner when the code had to be looked at", () => {
    const easy = dueIn([{ when: on(0), score: 100, peeks: 0 }]);
    const good = dueIn([{ when: on(0), score: 83, peeks: 0 }]);
    const looked = dueIn([{ when: on(0), score: 100, peeks: 2 }]);
    expect(looked).toBeLessThan(good);
    expect(good).toBeLessThan(easy);
    expect(looked).toBeGreaterThanOrEqual(1);
  });

  test("later each time it was still known, at most after about a year", () => {
    const first = dueIn([{ when: on(0), score: 83, peeks: 0 }]);
    const second = dueIn([
      { when: on(first), score: 83, peeks: 0 },
      { when: on(0), score: 83, peeks: 0 },
    ]);
    expect(second - first).toBeGreaterThan(2 * first);
    const often = Array.from({ length: 12 }, (_, i) => ({ when: on(i * 30), score: 100, peeks: 0 }));
    expect(dueIn(often) - 330).toBeLessThanOrEqual(370);
  });

  test("while it is known less and less", () => {
    const past = [{ when: on(0), score: 83, peeks: 0 }];
    const known = [1, 10, 100].map((days) => repetitionOf(past, start + days * day)?.known ?? 0);
    expect(known[0]).toBeGreaterThan(known[1] as number);
    expect(known[1]).toBeGreaterThan(known[2] as number);
  });

  test("is nothing where nobody has explained it, or only in the future or at no time", () => {
    expect(repetitionOf([], start)).toBeUndefined();
    expect(repetitionOf([{ when: on(5), score: 100, peeks: 0 }], start)).toBeUndefined();
    expect(repetitionOf([{ when: "soon", score: 100, peeks: 0 }], start)).toBeUndefined();
  });
});

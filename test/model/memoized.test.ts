import { describe, expect, it } from "vitest";
import { memoized } from "../../server/src/core/base/memoized";

describe("memoized", () => {
  it("asks once for each object, also where there is no answer", () => {
    const asked: object[] = [];
    const firstOf = memoized((items: readonly number[]) => {
      asked.push(items);
      return items[0];
    });
    const [some, none] = [[1, 2], []];
    expect([firstOf(some), firstOf(none), firstOf(some), firstOf(none)]).toEqual([1, undefined, 1, undefined]);
    expect(asked).toEqual([some, none]);
  });
});

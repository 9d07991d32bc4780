import { expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import type { Asked } from "../../server/src/core/quiz/ask/asked";
import { followed } from "../../server/src/core/quiz/ask/trace";
import type { Case } from "../../server/src/core/quiz/explore";
import { outcomeText } from "../../server/src/core/quiz/wording";

const limits = `LIMITS = {
    "quay": 3,
}
`;
const allowed = `def allowed(name):
    return LIMITS.get(
        name,
        0,
    )
`;
const fits = `def fits(ships):
    for ship in ships:
        if ship["beam"] > allowed(ship["name"]):
            return False
    return True
`;
const source = `${limits}${allowed}${fits}import helper_2
`;

function asked(): Asked {
  const texts = source.split("\n");
  const start = source.indexOf(fits);
  return {
    exploration: {
      program: {
        language: "python",
        source,
        entry: "fits",
        span: { start, end: start + fits.length - 1 },
        lines: [
          { from: 0, count: 3, path: "limits.py", line: 0 },
          { from: 3, count: 5, path: "limits.py", line: 10 },
          { from: 8, count: 5, path: "pier.py", line: 20 },
        ],
      },
      cases: [],
      mutants: [],
      pairs: [],
    },
    symbol: "fits",
    parameters: ["ships"],
    lineText: (line) => texts[line] ?? "",
    random: new Random(1),
    tolerance: 0.1,
    withoutSlips: false,
  };
}

const shown = (lines: readonly number[]): string => {
  const known: Case = { input: ["[]"], outcome: { kind: "returned", text: "True", lines } };
  return /```python\n([\s\S]*)\n```/.exec(followed(asked(), known))?.[1] ?? "";
};

test("a call is followed in the order in which somebody reads, statements whole, loops counted", () => {
  // Constants and heads run when the program loads. The interpreter goes back and forth in a long call.
  expect(shown([0, 3, 8, 9, 10, 4, 5, 6, 4, 9, 12])).toBe(`  22      for ship in ships:    # 2 times
  23          if ship["beam"] > allowed(ship["name"]):
  25      return True
  12      return LIMITS.get(    # limits.py
  13          name,    # limits.py
  14          0,    # limits.py
  15      )    # limits.py`);
});

test("what no file holds is left out", () => {
  expect(shown([9, 13, 12])).toBe(`  22      for ship in ships:
  25      return True`);
});

test("of many lines, the beginning and the end are shown", () => {
  const long = Array.from({ length: 20 }, (_, i) => `    ships.append(${i})`);
  const many = `def grow(ships):\n${long.join("\n")}\n`;
  const lines = [{ from: 0, count: 21, path: "pier.py", line: 0 }];
  const program = { language: "python", source: many, entry: "grow", span: { start: 0, end: many.length - 1 }, lines };
  const texts = many.split("\n");
  const { exploration, ...rest } = asked();
  const known: Case = { input: ["[]"], outcome: { kind: "returned", text: "None", lines: long.map((_, i) => i + 1) } };
  const changed = { ...rest, exploration: { ...exploration, program }, lineText: (line: number) => texts[line] ?? "" };
  const told = followed(changed as Asked, known);
  expect(told).toContain("   2      ships.append(0)");
  expect(told).toContain("# and 6 more lines");
  expect(told).toContain("  21      ships.append(19)");
  expect(told).not.toContain("ships.append(9)");
});

test("an error is told by the first line of its message", () => {
  const told = (message: string) => outcomeText({ kind: "threw", type: "ValueError", message }, []);
  expect(told("no berth is left")).toBe("raises `ValueError`: `no berth is left`");
  expect(told("no berth\n  ^^^ here\n")).toBe("raises `ValueError`: `no berth ...`");
});

import { describe, expect, test } from "vitest";
import type { LanguageId } from "../../../server/src/core/model/facts";
import { documentedInputs, isLiteralText, seenInputs } from "../../../server/src/core/quiz/inputs/seenCalls";
import { lowerSource } from "../../facts/lowerSource";
import { functionNamed } from "../../facts/printSteps";
import { shapesIn } from "./shapesOfSource";

const fee = `
def fee(days, tons, *, kind="tug"):
    """What a berth costs.

    >>> fee(3, 40)
    12
    >>> fee(days=2,
    ...     tons=-1, kind="ferry")
    8
    >>> fee(len(ships), 40)
    1
    """
    return days * tons if kind == "tug" else 8
`;

async function seen(language: LanguageId, declared: string, symbol: string, calling: string): Promise<string[]> {
  const parameters = await shapesIn(language, declared, symbol);
  const facts = await lowerSource(language, calling);
  const inputs = seenInputs({ facts, text: calling }, parameters, (call) => call.callee.split(".").at(-1) === symbol);
  return inputs.map((input) => input.join(", "));
}

describe("calls in the workspace", () => {
  test("of literals, of locals that have one value, of constants, with names put at their place", async () => {
    const calling = `
DAYS = 7
LIMITS = {"north": 3}
def test_fee():
    tons = 30
    assert fee(3, tons) == 90
    assert fee(DAYS, tons=-5, kind="ferry") == 8
    assert fee(tons=1, days=2) == 2
    fee(3, tons)
`;
    expect(await seen("python", fee, "fee", calling)).toEqual(["3, 30", '7, -5, kind="ferry"', "2, 1"]);
  });

  test("are left out where a value is not known, or is not for this function", async () => {
    const calling = `
def test_fee(clock):
    rows = [1]
    rows.append(2)
    days = 3
    days += 1
    fee(clock.days, 3)
    fee(days, 3)
    fee(rows, 3)
    fee(int("3"), 3)
    fee(*rows)
    fee(1)
    fee(1, 2, color="red")
    late = 4
    fee(later, 3)
    later = 5
`;
    expect(await seen("python", fee, "fee", calling)).toEqual([]);
  });

  test("in TypeScript, over several lines", async () => {
    const declared = "export function plan(berths: { name: string }[], limit = 3) { return berths.slice(0, limit); }";
    const calling = `
const berths = [{ name: "north" }, { name: "south" }];
plan(berths);
plan(
  [{ name: "a" },
   { name: "b" }],
  1,
);
plan([makeBerth()], 2);
plan([], 1, 2);
`;
    expect(await seen("typescript", declared, "plan", calling)).toEqual([
      '[{ name: "north" }, { name: "south" }]',
      '[{ name: "a" }, { name: "b" }], 1',
    ]);
  });
});

describe("examples in doc comments", () => {
  test("doctests", async () => {
    const facts = await lowerSource("python", fee);
    const inputs = documentedInputs(functionNamed(facts, "fee"), await shapesIn("python", fee, "fee"), true);
    expect(inputs).toEqual([
      ["3", "40"],
      ["2", "-1", 'kind="ferry"'],
    ]);
  });

  test("@example", async () => {
    const source = `
/**
 * Ties a knot, unlike tie(1).
 * @example
 * tie("bow, line", { turns: 2 }); // => "…"
 * @returns tie("no", 1)
 */
export function tie(rope: string, options: { turns: number }) { return rope.repeat(options.turns); }
`;
    const facts = await lowerSource("typescript", source);
    const inputs = documentedInputs(functionNamed(facts, "tie"), await shapesIn("typescript", source, "tie"), false);
    expect(inputs).toEqual([['"bow, line"', "{ turns: 2 }"]]);
  });
});

test.each([
  ['[1, -2.5, {"a": (None, True)}]', true, true],
  ["0x1F", true, true],
  ["b'x'", true, true],
  ["{ a: [1], 'b-c': null }", false, true],
  ["f(1)", true, false],
  ["[x]", true, false],
  ["a[0]", true, false],
  ["(1)(2)", true, false],
  ["[1][0]", true, false],
  ["1 + 1", true, false],
  ['f"{x}"', true, false],
  ["{ a: b }", false, false],
  ["`$\u007bx}`", false, false],
  ["[x for x in [1]]", true, false],
  ['__import__("os")', true, false],
  ["", true, false],
])("%s is made of literals alone: %s %s", (text, isPython, expected) => {
  expect(isLiteralText(text, isPython)).toBe(expected);
});

import { describe, expect, test } from "vitest";
import { candidateInputs, InputSource, variedInputs } from "../../../server/src/core/quiz/inputs/candidates";
import { callsIn, candidatesIn, shapesIn } from "./shapesOfSource";

const grouping = `
def group(visits):
    best = {}
    for visit in visits:
        slot = (visit["ship"], visit["at"] // 3600)
        if slot not in best or visit.get("priority", 0) > best[slot].get("priority", 0):
            best[slot] = visit
    return sorted(best.values(), key=lambda visit: visit["at"])
`;

describe("lists of records", () => {
  test("begin with a list a person would write", async () => {
    const [first] = await callsIn("python", grouping, "group");
    expect(first).toBe(
      '[{"ship": "ada", "at": 3599, "priority": 3}, {"ship": "ben", "at": 3600, "priority": 1}, {"ship": "cleo", "at": 7200, "priority": 2}]',
    );
  });

  test("have two elements that agree but for the sides of a boundary, ties, duplicates, missing keys", async () => {
    const calls = await callsIn("python", grouping, "group");
    const element = (at: number, priority?: number) =>
      `{"ship": "ada", "at": ${at}${priority === undefined ? "" : `, "priority": ${priority}`}}`;
    expect(calls).toEqual(
      expect.arrayContaining([
        "[]",
        `[${element(3599, 3)}]`,
        `[${element(3599, 3)}, ${element(3600, 3)}]`,
        `[${element(3600, 3)}, ${element(3599, 3)}]`,
        `[${element(3599, 3)}, ${element(3599, 1)}]`,
        `[${element(3599, 3)}, ${element(3599, 3)}]`,
        `[${element(3599, 3)}, ${element(3599)}]`,
      ]),
    );
  });
});

describe("numbers and texts", () => {
  test("on, below and above every boundary and divisor", async () => {
    const source = "def fee(days, tons):\n    return days * 2 if days > 14 else tons % 50\n";
    const calls = await callsIn("python", source, "fee", 200);
    for (const days of [13, 14, 15, 0, -1]) expect(calls.some((call) => call.startsWith(`${days}, `))).toBe(true);
    for (const tons of [49, 50, 51, 100, 99]) expect(calls.some((call) => call.endsWith(`, ${tons}`))).toBe(true);
  });

  test("texts are made of what the function looks for", async () => {
    const source = `
export function parse(line: string) {
  if (line.startsWith("# ")) return null;
  return line.split(";").map((part) => part.trim()).filter((part) => part !== "none");
}`;
    const calls = await callsIn("typescript", source, "parse");
    expect(calls).toEqual(expect.arrayContaining(['"# ada"', '"# "', '";"', '""', '"été"']));
    expect(calls.some((call) => /^"none;\w+"$/.test(call))).toBe(true);
  });
});

describe("arguments", () => {
  const source = `
class Berth:
    def __init__(self, name, depth=3):
        self.name = name
        self.depth = depth

class Harbour:
    def __init__(self, limit):
        self.limit = limit
    def takes(self, tons: int) -> bool:
        return tons < self.limit

def plan(berth: Berth, days: int, sep=",", *, strict=False):
    if strict and berth.depth > 8:
        return sep
    return days > 3
`;

  test("that may be left out are, and are named where others before them are left out", async () => {
    const calls = await callsIn("python", source, "plan");
    expect(calls[0]).toMatch(/^Berth\("\w+", depth=\d+\), -?\d+$/);
    expect(calls.some((call) => /, -?\d+, strict=True$/.test(call))).toBe(true);
    expect(calls.some((call) => /, -?\d+, "[^"]*"$/.test(call))).toBe(true);
    expect(calls.some((call) => /depth=9\)/.test(call))).toBe(true);
  });

  test("behind any number of others are named, and keys are what a key can be", async () => {
    const several = `
def tie(knot, times=2, color="red", *ends, loud=True):
    return [knot * times, color, ends, loud]
def count(by_pair, kinds: set[dict]):
    for (a, b), n in by_pair.items():
        if a < 3:
            return b
    return {"x"} & kinds
`;
    const calls = await callsIn("python", several, "tie", 100);
    expect(calls.some((call) => /, color="[^"]*"$/.test(call))).toBe(true);
    expect(calls.some((call) => /, loud=False$/.test(call))).toBe(true);
    const [first] = await callsIn("python", several, "count");
    expect(first).toMatch(/^\{\(.*\): .*\}, \{"/);
  });

  test("of a method begin with its object", async () => {
    const [first] = await candidatesIn("python", source, "Harbour.takes");
    expect(first?.input).toEqual([expect.stringMatching(/^Harbour\(-?\d+\)$/), expect.stringMatching(/^-?\d+$/)]);
  });

  test("of JavaScript that are left out before others are undefined", async () => {
    const script =
      "export function tie(knot: string, times?: number, color: string = 'red') { return color + times + knot; }";
    const calls = await callsIn("typescript", script, "tie");
    expect(calls[0]).toMatch(/^"[^"]*"$/);
    expect(calls.some((call) => /^"[^"]*", undefined, "[^"]*"$/.test(call))).toBe(true);
  });
});

describe("candidates as a whole", () => {
  test("are the same each time, all different, small, and no more than asked for", async () => {
    const parameters = await shapesIn("python", grouping, "group");
    const options = { language: "python", seed: 7, limit: 50, maxCharacters: 160 } as const;
    const candidates = candidateInputs(parameters, options);
    expect(candidateInputs(parameters, options)).toEqual(candidates);
    const texts = candidates.map(({ input }) => input.join(", "));
    expect(texts).toHaveLength(50);
    expect(new Set(texts).size).toBe(50);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(160);
  });

  test("are varied at one place, differently for another seed", async () => {
    const parameters = await shapesIn("python", grouping, "group");
    const from = candidateInputs(parameters, { language: "python", seed: 1, limit: 12 });
    const vary = (seed: number) =>
      variedInputs(from, parameters, { language: "python", seed, limit: 20 }).map(({ input }) => input.join(", "));
    expect(vary(1)).toHaveLength(20);
    expect(vary(1)).toEqual(vary(1));
    expect(vary(2)).not.toEqual(vary(1));
    const known = from.map(({ input }) => input.join(", "));
    expect(vary(1).filter((text) => known.includes(text))).toEqual([]);
  });

  test("go on from those that matter, and never come twice", async () => {
    const source = new InputSource(await shapesIn("python", grouping, "group"), {
      language: "python",
      seed: 1,
      limit: 10,
    });
    const first = source.candidates();
    const second = source.vary(first.slice(0, 2));
    const third = source.vary(second.slice(0, 2));
    const all = [...first, ...second, ...third].map((input) => input.join(", "));
    expect(second.length).toBeGreaterThan(5);
    expect(third.length).toBeGreaterThan(5);
    expect(new Set(all).size).toBe(all.length);
    expect(source.vary([["[1, 2, 3]"]])).toEqual([]);
  });

  test("of a shape as large as it can get come in bounded time", async () => {
    const fields = Array.from({ length: 24 }, (_, i) => `x["f${i}"]["g"]["h"]["i"] > ${i}`).join(" and ");
    const started = process.cpuUsage();
    await callsIn(
      "python",
      `def f(x):\n    return ${fields}\ndef g(a, b, c, d, e):\n    return f(a) + f(b) + f(c) + f(d) + f(e)\n`,
      "g",
    );
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
  });
});

describe("what is asked about its kind", () => {
  const equality = `
class Berth:
    def __init__(self, pier, number):
        self.pier = pier
        self.number = number

    def __eq__(self, other):
        if isinstance(other, Berth):
            return self.pier == other.pier and self.number == other.number
        if isinstance(other, str):
            return other == self.pier
        return NotImplemented
`;

  test("objects of one class are compared that are equal, or differ in one thing", async () => {
    const calls = await callsIn("python", equality, "Berth.__eq__", 200);
    const pairs = calls.flatMap((call) => {
      const found = /^Berth\((.*?)\), Berth\((.*?)\)$/.exec(call);
      return found ? [[found[1]?.split(", "), found[2]?.split(", ")] as const] : [];
    });
    const differences = pairs.map(([a, b]) => a?.filter((value, i) => value !== b?.[i]).length);
    expect(differences).toEqual(expect.arrayContaining([0, 1]));
    expect(differences.slice(0, 10).filter((count = 2) => count < 2).length).toBeGreaterThan(6);
    expect(calls.some((call) => /, "\w+"$/.test(call))).toBe(true);
  });

  test("a class that objects are made of is one that shows what it was given", async () => {
    const calls = await callsIn(
      "typescript",
      "function f(Kind: any, tons: number) { return new Kind({ tons }); }",
      "f",
    );
    expect(calls[0]).toMatch(/^class \w+ \{ constructor\(given\) \{ Object\.assign\(this, given\); \} \}, \d+$/);
  });
});

test("texts are as long as it is asked whether they are, and numbers end in each digit", async () => {
  const source = "function f(str) { if (str.length !== 9) return false; return str.split('').every(isDigit); }";
  const calls = await callsIn("javascript", source, "f", 120);
  const long = calls.filter((call) => /^"\d{9}"$/.test(call));
  expect(new Set(long.map((call) => call.at(-2))).size).toBe(10);
});

test("what has letters like a list is a text where it is called one", async () => {
  const source = "function f(password) { return [...password].forEach((c) => c) ?? password.length > 8; }";
  const [shape] = await shapesIn("javascript", source, "f");
  const kinds = shape?.shape.kind === "union" ? shape.shape.members.map(({ kind }) => kind) : [shape?.shape.kind];
  expect(kinds[0]).toBe("string");
});

test("bytes are of one encoding, of another one, and of none", async () => {
  const source = 'def f(raw: bytes):\n    return raw.decode("utf-8")\n';
  const calls = await callsIn("python", source, "f");
  expect(calls).toEqual(expect.arrayContaining(['b"\\xc3\\xa9"', 'b"\\xe9t\\xe9"', 'b"\\x00\\xff"']));
});

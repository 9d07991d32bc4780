import { describe, expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { mutantsOf, pairsOf } from "../../server/src/core/quiz/mutants/mutants";
import { newEngine } from "../support/analysed";
import { mutants, program } from "./programs";

async function changed(path: string, text: string, symbol = "f"): Promise<string[]> {
  const { source } = await program(path, text, symbol);
  return (await mutants(path, text, symbol)).map(({ program: mutant, changes: [change] }) => {
    const { start, end } = change as { start: number; end: number };
    const line = source.lastIndexOf("\n", start - 1) + 1;
    const rest = source.indexOf("\n", end);
    const grown = mutant.source.length - source.length;
    return mutant.source.slice(line, (rest < 0 ? source.length : rest) + grown).trim();
  });
}

describe("slips in Python", () => {
  test("at comparisons, constants and units", async () => {
    expect(await changed("a.py", "def f(at):\n    return at > 3600\n")).toEqual([
      "return at >= 3600",
      "return at <= 3600",
      "return at > 60",
      "return at > 3601",
      "return at > 3599",
    ]);
  });

  test("at what stands in for missing values", async () => {
    expect(await changed("a.py", 'def f(e):\n    return e.get("at", 0)\n')).toEqual(['return e.get("at", 1)']);
  });

  test("at the order of a sort", async () => {
    const found = await changed("a.py", "def f(rows):\n    return sorted(rows, key=lambda r: (r.at, r.id))\n");
    expect(found).toContain("return rows");
    expect(found).toContain("return sorted(rows)");
    expect(found).toContain("return sorted(rows, key=lambda r: (r.at,))");
  });

  test("at clauses, early returns and errors", async () => {
    const found = await changed(
      "a.py",
      `def f(a, b):
    if not a and b:
        return 1
    if b:
        raise ValueError(a)
    return g(a, b)

def g(a, b):
    return a if b else b
`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        "if not a or b:",
        "if not a:",
        "if b:",
        "if a and b:",
        "if False:",
        "return None",
        "return g(b, a)",
      ]),
    );
    // What the function calls is not what is asked about.
    expect(found.join("\n")).not.toContain("else a");
  });

  test("leave keys and texts for people as they are", async () => {
    expect(await changed("a.py", 'def f(e):\n    """About 3 things."""\n    return e["name"]\n')).toEqual([]);
  });
});

describe("slips in TypeScript", () => {
  test("at comparisons, clauses, defaults and calls", async () => {
    const found = await changed(
      "a.ts",
      `export function f(xs: number[], limit?: number) {
  const most = limit ?? 10;
  for (const x of xs) if (x < 0) continue;
  if (xs.length === 0 || most > 3) return null;
  return xs.filter((x) => x <= most).sort((a, b) => a - b)[0];
}
`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        "const most = limit || 10;",
        "const most = limit ?? 11;",
        "for (const x of xs) if (x <= 0) continue;",
        "for (const x of xs) if (x < 0) break;",
        "if (xs.length === 0) return null;",
        "if (false) return null;",
        "return xs.filter((x) => x <= most).sort()[0];",
        "return xs.filter((x) => x < most).sort((a, b) => a - b)[0];",
        "return xs.sort((a, b) => a - b)[0];",
      ]),
    );
  });
});

describe("slips in what is written out", () => {
  test("forget one of some values, a condition of a comprehension, or mix up what is put together", async () => {
    expect(await changed("a.py", 'def f(kind):\n    return kind in ("ferry", "tug")\n')).toContain(
      'return kind in ("ferry",)',
    );
    expect(
      await changed("a.js", 'function f(kind) {\n  return ["ferry", "tug", "barge"].includes(kind);\n}\n'),
    ).toEqual(
      expect.arrayContaining(['return ["ferry", "tug"].includes(kind);', 'return ["tug", "barge"].includes(kind);']),
    );
    expect(await changed("a.py", "def f(ships):\n    return [s for s in ships if s]\n")).toContain(
      "return [s for s in ships ]",
    );
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a program.
    const script = "function f(quay, berth) {\n  return `${quay}-${berth}`;\n}\n";
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a program.
    expect(await changed("a.js", script)).toContain("return `${berth}-${quay}`;");
    expect(await changed("a.py", 'def f(quay, berth):\n    return f"{quay}-{berth}"\n')).toContain(
      'return f"{berth}-{quay}"',
    );
  });

  test("answer the other way, and forget how a pattern is meant", async () => {
    const found = await changed(
      "a.js",
      "function f(x) {\n  if (/^pier/i.test(x)) return true;\n  return x === 1;\n}\n",
    );
    expect(found).toContain("if (/^pier/i.test(x)) return false;");
    expect(found).toContain("if (/^pier/.test(x)) return true;");
  });
});

describe("slips that say less, where there are few others", () => {
  test("mix up names, members, texts and neighbours", async () => {
    const found = await changed(
      "a.py",
      `def f(quay, berth):
    kinds = {"tug": quay.low, "ferry": quay.high}
    for each in berth.ships:
        if each.kind == "tug":
            return kinds[each.kind] + each.length
    return berth
`,
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'kinds = {"tug": quay.high, "ferry": quay.low}',
        'kinds = {"tug": quay.high, "ferry": quay.high}',
        "for each in list(berth.ships)[1:]:",
        "return kinds",
      ]),
    );
    expect(await changed("a.js", "function f(a, b) {\n  return g(a)?.x;\n}\nfunction g(n) { return n; }\n")).toEqual(
      expect.arrayContaining(["return g(a).x;"]),
    );
  });

  test("are in patterns", async () => {
    const found = await changed("a.js", "function f(x) {\n  return /^[a-z]+\\d{2,4}$/.test(x);\n}\n");
    expect(found).toEqual(
      expect.arrayContaining([
        "return /[a-z]+\\d{2,4}$/.test(x);",
        "return /^[a-z]+\\d{2,4}/.test(x);",
        "return /^[a-z]*\\d{2,4}$/.test(x);",
        "return /^[a-z]+\\d{2,5}$/.test(x);",
      ]),
    );
    expect(await changed("a.py", 'import re\ndef f(x):\n    return re.match(r"^\\d+$", x)\n')).toContain(
      'return re.match(r"^\\d*$", x)',
    );
  });

  test("are in what it calls", async () => {
    const text = "def f(at):\n    return g(at)\n\ndef g(at):\n    return at > 3600\n";
    expect(await changed("a.py", text)).toContain("return at >= 3600");
  });
});

test("a long function has slips from its beginning to its end, and not more than can be run", async () => {
  const lines = Array.from({ length: 200 }, (_, i) => `    x = x + ${i + 2}`).join("\n");
  const found = await mutants("a.py", `def f(x):\n${lines}\n    return x\n`, "f");
  expect(found.length).toBe(48);
  const places = found.map(({ changes }) => changes[0]?.start ?? 0);
  expect(Math.max(...places)).toBeGreaterThan(2900);
});

test("two slips are both in the program", async () => {
  const text = "def f(a, b):\n    return a > 3600 and b < 12\n";
  const base = await program("a.py", text, "f");
  const pairs = pairsOf(base, await mutants("a.py", text, "f"), 8, new Random(1));
  expect(pairs.length).toBeGreaterThan(4);
  for (const { program: mutant, changes } of pairs) {
    const [first, second] = changes;
    if (!first || !second) throw new Error("not a pair");
    const middle = base.source.slice(first.end, second.start);
    expect(mutant.source).toContain(`${first.text}${middle}${second.text}`);
    expect(
      mutant.source.slice(mutant.span.start, mutant.span.end).endsWith(base.source.slice(second.end).trimEnd()),
    ).toBe(true);
  }
});

test("a function that only calls one of another file has slips in that one", async () => {
  const others = { "tides.ts": "export function height(hour: number) { return hour > 6 ? 3 : 1; }\n" };
  const text = 'import { height } from "./tides";\nexport function f(hour: number) { return height(hour); }\n';
  const taken = await program("a.ts", text, "f", others);
  const root = await newEngine().parse("a.ts", taken.source);
  const sources = root ? mutantsOf(taken, root).map((mutant) => mutant.program.source) : [];
  expect(sources.some((source) => source.includes("hour >= 6"))).toBe(true);
});

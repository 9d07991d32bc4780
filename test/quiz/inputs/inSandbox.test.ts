import { afterAll, beforeAll, expect, test } from "vitest";
import { pythonInputImport } from "../../../server/src/core/quiz/inputs/literal";
import type { Program } from "../../../server/src/core/quiz/program";
import { openBuilt, program, runOne, textOf } from "../../sandbox/programs";
import { candidatesIn } from "./shapesOfSource";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

// The first call loads Python.
beforeAll(() => runOne(sandboxes, program("python", "def f(): pass")), 120_000);

async function kindsOf(one: Program, symbol: string): Promise<{ kind: string; text: string }[]> {
  const { language, source } = one;
  const candidates = await candidatesIn(language, source, symbol, 40);
  const [outcomes = []] = await sandboxes.run({ programs: [one], inputs: candidates.map(({ input }) => input) });
  return outcomes.map((outcome) => ({
    kind: outcome.kind,
    text:
      outcome.kind === "returned" ? outcome.text : outcome.kind === "stopped" ? (outcome.detail ?? "") : outcome.type,
  }));
}

test("Python arguments are given by name, and objects without a class are namespaces", async () => {
  const source = `${pythonInputImport}\ndef f(ship, sep=',', *, loud=False):\n    return f'{ship.name}{sep}{loud}'\n`;
  const one = program("python", source);
  expect(await textOf(sandboxes, one, ['SimpleNamespace(name="ada")', "loud=True"])).toBe("'ada,True'");
  const outcomes = await kindsOf(one, "f");
  expect(outcomes.filter(({ kind }) => kind !== "returned")).toEqual([]);
  expect(new Set(outcomes.map(({ text }) => text)).size).toBeGreaterThan(5);
});

test("a method is called on objects of its class", async () => {
  const source = `
class Harbour:
    def __init__(self, limit):
        self.limit = limit
    def takes(self, ships):
        return len(ships) <= self.limit
`;
  const outcomes = await kindsOf(program("python", source, "Harbour.takes"), "Harbour.takes");
  expect(new Set(outcomes.map(({ text }) => text))).toEqual(new Set(["True", "False"]));
});

test("inputs of TypeScript are expressions", async () => {
  const source =
    "interface Ship { tons: number; tags?: string[] }\nfunction f(ships: Map<string, Ship>, seen: Set<string>, by?: (s: Ship) => boolean) { return [...ships].filter(([k, s]) => !seen.has(k) && s.tons > 9 && (by?.(s) ?? true)).length; }";
  const outcomes = await kindsOf(program("typescript", source), "f");
  expect(outcomes.filter(({ kind }) => kind === "stopped")).toEqual([]);
  expect(outcomes.filter(({ kind }) => kind === "returned").length).toBeGreaterThan(20);
});

import { describe, expect, it } from "vitest";
import { coveredSpan } from "../../server/src/core/quiz/coveredSpan";
import { newEngine } from "../support/analysed";

async function covered(path: string, text: string): Promise<string> {
  const { facts } = await newEngine().extractFacts(path, text);
  const fn = facts?.functions[0];
  if (!facts || !fn) throw new Error("there is no function");
  const { start, end } = coveredSpan(facts, text, fn);
  return text.slice(start, end);
}

describe("what is covered of a function", () => {
  it("begins with the comments directly above it", async () => {
    const go =
      "package tide\n\n// Tide tables.\n\n// Low is the lowest.\n// Of equal ones the first.\nfunc Low() int { return 1 }\n";
    expect(await covered("tide.go", go)).toBe(go.slice(go.indexOf("// Low is"), -1));
    const java = "class Tide {\n  /**\n   * The lowest.\n   */\n  @Cached(60)\n  int low() { return 1; }\n}\n";
    expect(await covered("Tide.java", java)).toContain("The lowest.");
    const python = "x = 1\n# The lowest,\n# or none.\n@cached(60)\ndef low(tides):\n    return min(tides)\n";
    expect(await covered("tide.py", python)).toBe(python.slice(6, -1));
  });

  it("is the function alone where a comment is about something else", async () => {
    const python = "x = 1  # a metre\ndef low(tides):\n    return min(tides)\n";
    expect(await covered("tide.py", python)).toMatch(/^def low/);
    const apart = "# Tide tables.\n\ndef low(tides):\n    return min(tides)\n";
    expect(await covered("tide.py", apart)).toMatch(/^def low/);
  });
});

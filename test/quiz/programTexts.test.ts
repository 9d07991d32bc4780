import { expect, test } from "vitest";
import { InputSource } from "../../server/src/core/quiz/inputs/candidates";
import { textsOfProgram } from "../../server/src/core/quiz/isolate/programTexts";
import { newEngine } from "../support/analysed";
import { shapesIn } from "./inputs/shapesOfSource";

async function textsIn(path: string, text: string): Promise<string[]> {
  const root = await newEngine().parse(path, text);
  if (!root) throw new Error("does not parse");
  const start = Math.max(0, text.indexOf("function f"));
  return textsOfProgram(root, { start, end: start === 0 ? 0 : text.length });
}

test("what the function says comes first, then the values of what it names, and templates of constants are texts", async () => {
  const text = `const flags = { tug: "t-1", ferry: "f-1" };
const harbour = "HB";
const port = harbour;
function f(id: string) { return id === "quay" || id === flags.ferry || id.startsWith(\`\${port}_\`); }
`;
  expect(await textsIn("a.ts", text)).toEqual(["quay", "HB_", "f-1", "t-1", "HB"]);
});

test("a program's texts are its constants and what its patterns are meant for, not what it says", async () => {
  const python = `KINDS = {"ferry", 'tug'}
BERTH = re.compile(r"[A-Z]-\\d")

def f(kind):
    """Whether it is one."""
    raise ValueError("${"a kind that nobody knows of, and that is long"}")
`;
  const found = await textsIn("a.py", python);
  expect(found).toEqual(expect.arrayContaining(["ferry", "tug", "A-1"]));
  expect(found.some((text) => text.includes("Whether") || text.includes("nobody"))).toBe(false);
  expect(await textsIn("a.ts", "const f = (x: string) => /^pier-[0-9]$/.test(x) || x === 'quay';")).toEqual(
    expect.arrayContaining(["quay", expect.stringMatching(/^pier-[0-9]$/)]),
  );
});

test("inputs that are varied have the program's texts in them", async () => {
  const shapes = await shapesIn("typescript", "function f(ship: { kind: string }) { return ship.kind; }", "f");
  const source = new InputSource(shapes, { language: "typescript", seed: 3, limit: 20 });
  const first = source.candidates();
  const texts = (inputs: readonly (readonly string[])[]) => inputs.filter((input) => input.join().includes("ferry"));
  expect(texts(first)).toEqual([]);
  expect(texts(source.vary(first, ["ferry"])).length).toBeGreaterThan(3);
});

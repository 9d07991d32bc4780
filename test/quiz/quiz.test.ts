import { afterAll, describe, expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { explore } from "../../server/src/core/quiz/explore";
import { tracedSource } from "../../server/src/core/quiz/mutants/traced";
import type { Question } from "../../server/src/core/quiz/question";
import { askByRunning } from "../../server/src/core/quiz/quiz";
import { isSameOutcome } from "../../server/src/core/quiz/sandbox";
import { openBuilt } from "../sandbox/programs";
import { newEngine } from "../support/analysed";
import { mutants, program } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

/** The essay's example of a function that works and that nobody can explain, in other words. */
const moorings = `def latest_by_hour(calls):
    kept = {}
    for call in sorted(calls, key=lambda each: (each.get("at", 0), each.get("ship", ""))):
        slot = (call.get("pier"), call.get("at", 0) // 3600)
        if slot not in kept or call.get("rank", 0) > kept[slot].get("rank", 0):
            kept[slot] = call
    return [kept[slot] for slot in sorted(kept)]
`;
const call = (at: number, ship: string, rank = 0) => `{"at": ${at}, "ship": "${ship}", "pier": "a", "rank": ${rank}}`;
const inputs = [3598, 3599, 3600, 3601].flatMap((at) => [
  [`[${call(at, "ada")}]`],
  [`[${call(3599, "ada")}, ${call(at, "ben")}]`],
  [`[${call(at, "ben", 2)}, ${call(3599, "ada", 2)}]`],
  [`[${call(at, "ben", 1)}, ${call(3599, "ada", 2)}]`],
]);

async function ask(seed: number): Promise<Question[]> {
  const taken = await program("moorings.py", moorings, "latest_by_hour");
  const slips = await mutants("moorings.py", moorings, "latest_by_hour");
  const explored = await explore(sandboxes, taken, slips, inputs, () => [], new Random(seed));
  return askByRunning({ path: "moorings.py", symbol: "latest_by_hour", parameters: ["calls"] }, explored, seed);
}

describe("questions answered by running", { timeout: 120_000 }, () => {
  test("are about what happens beside an hour, and to ties", async () => {
    const questions = await ask(1);
    expect(questions.length).toBeGreaterThanOrEqual(4);
    const boundary = questions.filter(({ kind }) => kind === "boundary").map(({ prompt, code }) => `${prompt} ${code}`);
    expect(boundary.some((text) => text.includes("3599") && text.includes("3600"))).toBe(true);
    const texts = questions.map(({ prompt, code, options, why }) => [prompt, code, ...options, why].join(" "));
    expect(texts.some((text) => /"rank": 2.*"rank": 2/.test(text))).toBe(true);
  });

  test("have one right answer, found by running, and options that differ", async () => {
    const taken = await program("moorings.py", moorings, "latest_by_hour");
    for (const { options, answer, kind, code, why } of await ask(2)) {
      expect(new Set(options).size).toBe(options.length);
      expect(options.length).toBeGreaterThanOrEqual(3);
      if (kind !== "predict-result" && kind !== "boundary") continue;
      const inputs = (code as string).split("\n").map((line) => [line.slice("latest_by_hour(".length, -1)]);
      const [outcomes = []] = await sandboxes.run({ programs: [taken], inputs });
      const texts = outcomes.map((outcome) => (outcome.kind === "returned" ? `\`${outcome.text}\`` : ""));
      expect(options[answer]).toBe(texts.join(", "));
      expect(why).toMatch(/\n {3}3 {6}for call in/);
    }
  });

  test("put several calls together where one gives too little to choose from", async () => {
    const text = `def fits(berth, ship):
    if ship["draft"] >= berth["depth"]:
        return False
    return ship["beam"] < berth["width"] or berth["width"] == 0
`;
    const taken = await program("fits.py", text, "fits");
    const slips = await mutants("fits.py", text, "fits");
    const pairs = [1, 2, 3].flatMap((draft) =>
      [3, 4, 5].flatMap((beam) =>
        [0, 4].map((width) => [`{"depth": 2, "width": ${width}}`, `{"draft": ${draft}, "beam": ${beam}}`]),
      ),
    );
    const explored = await explore(sandboxes, taken, slips, pairs, () => [], new Random(1));
    const subject = { path: "fits.py", symbol: "fits", parameters: ["berth", "ship"] };
    const questions = askByRunning(subject, explored, 1).filter(({ kind }) => kind === "predict-result");
    expect(questions.length).toBeGreaterThan(0);
    for (const { code, options, answer } of questions) {
      const inputs = (code as string).split("\n").map((line) => line.slice("fits(".length, -1).split(/(?<=\}), /));
      expect(inputs.length).toBe(3);
      const [outcomes = []] = await sandboxes.run({ programs: [taken], inputs });
      const texts = outcomes.map((outcome) => (outcome.kind === "returned" ? `\`${outcome.text}\`` : ""));
      expect(options[answer]).toBe(texts.join(", "));
    }
  });

  test("have their answers in every place", async () => {
    // Places are counted among questions with so many options.
    const questions = (await ask(2)).filter(({ options }) => options.length === 4);
    expect(questions.length).toBeGreaterThanOrEqual(3);
    expect(new Set(questions.slice(0, 3).map(({ answer }) => answer)).size).toBe(3);
  });

  test("are the same for a seed, and others for another one", async () => {
    const [first, again, other] = [await ask(3), await ask(3), await ask(4)];
    expect(again).toEqual(first);
    expect(other.map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
  });

  test("do not give each other away", async () => {
    for (const seed of [5, 6, 7]) {
      const codes = (await ask(seed)).filter(({ kind }) => kind === "predict-result").map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  test("of a function in TypeScript follow it line by line", async () => {
    const text = `export function fee(days: number): number {
  if (days > 7) {
    return days * 2;
  }
  return 3;
}
`;
    const taken = await program("fee.ts", text, "fee");
    const root = await newEngine().parse("fee.ts", taken.source);
    if (!root) throw new Error("the program does not parse");
    const programs = [{ ...taken, traced: tracedSource(root) }];
    const [outcomes] = await sandboxes.run({ programs, inputs: [["8"], ["7"]], trace: true });
    expect(outcomes).toEqual([
      { kind: "returned", text: "16", lines: [1, 2] },
      { kind: "returned", text: "3", lines: [1, 4] },
    ]);
  });
});

/** A function of one argument without any slips, called with each of some expressions. */
async function askWithoutSlips(text: string, symbol: string, inputs: readonly string[], seed: number) {
  const taken = await program("a.py", text, symbol);
  const explored = await explore(
    sandboxes,
    taken,
    [],
    inputs.map((input) => [input]),
    () => [],
    new Random(seed),
  );
  return askByRunning({ path: "a.py", symbol, parameters: ["given"] }, explored, seed);
}

describe("where no slip tells anything", { timeout: 120_000 }, () => {
  const tide = `def tide(given):
    return {"HW": "high", "LW": "low"}.get(given.strip(), "slack")
`;
  const codes = ["HW", " HW", "LW", "LW ", "hw", "lw", "", "H W", "LWS", "W", "MW", "HL"].map((code) => `"${code}"`);

  test("calls are asked about that come out differently from nearly the same ones", async () => {
    const questions = await askWithoutSlips(tide, "tide", codes, 1);
    expect(questions.length).toBeGreaterThanOrEqual(3);
    const known = (text: string) => (/"HW"|" HW"/.test(text) ? "high" : /"LW"|"LW "/.test(text) ? "low" : "slack");
    for (const { kind, prompt, options, answer } of questions.filter(({ kind }) => kind === "which-input")) {
      const wanted = /`'(\w+)'`/.exec(prompt)?.[1];
      expect(options.flatMap((option, i) => (known(option) === wanted ? [i] : []))).toEqual([answer]);
      expect(kind).toBe("which-input");
    }
  });

  test("the same result is not asked for again and again", async () => {
    for (const seed of [1, 2, 3]) {
      const prompts = (await askWithoutSlips(tide, "tide", codes, seed)).flatMap(({ kind, prompt }) =>
        kind === "which-input" ? [prompt] : [],
      );
      for (const prompt of prompts) expect(prompts.filter((other) => other === prompt).length).toBeLessThanOrEqual(2);
    }
  });

  test("what nobody works out in the head is not asked", async () => {
    const text = "def share(given):\n    return given / 7\n";
    const asked = (inputs: readonly string[]) => askWithoutSlips(text, "share", inputs, 1);
    expect(await asked(["1", "2", "3", "4", "5", "6"])).toEqual([]);
    expect((await asked(["0", "7", "14", "21", "28", "3.5", "35"])).length).toBeGreaterThan(0);
  });
});

test("texts that are spread into objects are not asked about: engines differ", { timeout: 120_000 }, async () => {
  const text = "export function copied(manifest) {\n  return { name: 1, ...manifest.ports };\n}\n";
  const taken = await program("copied.ts", text, "copied");
  const root = await newEngine().parse("copied.ts", taken.source);
  if (!root) throw new Error("the program does not parse");
  const inputs = [['{ ports: "ada" }'], ["{ ports: { at: 2 } }"], ["{}"]];
  const traced = { ...taken, traced: tracedSource(root) };
  const explored = await explore(sandboxes, traced, [], inputs, () => [], new Random(1));
  expect(explored.cases.map(({ input }) => input[0]).sort()).toEqual(["{ ports: { at: 2 } }", "{}"]);
});

test("what a set's order decides is not asked", { timeout: 120_000 }, async () => {
  const text = "def names(rows):\n    return list({row for row in rows})\n";
  const taken = await program("a.py", text, "names");
  const explored = await explore(
    sandboxes,
    taken,
    [],
    [['["ada"]'], ['["ada", "ben", "cleo", "dan", "eve", "fay"]']],
    () => [],
    new Random(1),
  );
  expect(explored.cases.map(({ input }) => input)).toEqual([['["ada"]']]);
});

test("outcomes are the same only when all that is seen of them is", () => {
  const returned = { kind: "returned", text: "1" } as const;
  expect(isSameOutcome(returned, { ...returned, lines: [3] })).toBe(true);
  expect(isSameOutcome(returned, { ...returned, printed: "x" })).toBe(false);
  expect(isSameOutcome(returned, { ...returned, changed: [{ index: 0, text: "2" }] })).toBe(false);
  expect(isSameOutcome({ kind: "threw", type: "A" }, { kind: "threw", type: "A", message: "b" })).toBe(false);
  expect(isSameOutcome(returned, { kind: "threw", type: "1" })).toBe(false);
});

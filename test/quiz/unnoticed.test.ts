import { afterAll, expect, test } from "vitest";
import { Random } from "../../server/src/core/base/random";
import { explore } from "../../server/src/core/quiz/explore";
import { allInputs } from "../../server/src/core/quiz/inputs/seenCalls";
import { unnoticedSlips } from "../../server/src/core/quiz/quiz";
import { unnoticedBy } from "../../server/src/core/quiz/unnoticed";
import { openBuilt } from "../sandbox/programs";
import { newEngine } from "../support/analysed";
import { mutants, program } from "./programs";

const sandboxes = openBuilt();
afterAll(() => sandboxes.dispose());

const text = "export function fee(days) {\n  if (days > 14) return 2 * days;\n  return 0;\n}\n";
const inputs = [["3"], ["14"], ["15"], ["30"]];

async function unnoticed(tested: readonly (readonly string[])[]): Promise<string[]> {
  const fee = await program("fees.js", text, "fee");
  const slips = await mutants("fees.js", text, "fee");
  const explored = await explore(sandboxes, fee, slips, inputs, () => [], new Random(1));
  return unnoticedSlips(explored, await unnoticedBy(sandboxes, fee, explored.mutants, tested));
}

test("slips that no call of a test shows are told, and those that one shows are not", { timeout: 60_000 }, async () => {
  const found = await unnoticed([["3"], ["30"]]);
  expect(found).toContain("with `>=` for `>` in line 2");
  expect(found.join("\n")).not.toContain("`<=`");
  expect(await unnoticed([["3"], ["30"], ["14"]])).not.toContain("with `>=` for `>` in line 2");
});

test("nothing is told where nobody tests it, or a test asks what cannot be answered", { timeout: 60_000 }, async () => {
  expect(await unnoticed([])).toEqual([]);
  expect(await unnoticed([["3"], ["setTimeout"]])).toEqual([]);
});

test("calls of tests are known when each is made of literals", async () => {
  const parameters = [{ name: "days", shape: { kind: "unknown" }, optional: false, passing: "positional" }] as const;
  const calls = async (body: string) => {
    const source = `import { fee } from "./fees";\ntest("fee", () => {\n${body}\n});\n`;
    const { facts } = await newEngine().extractFacts("fees.test.js", source);
    if (!facts) throw new Error("no facts");
    return allInputs({ facts, text: source }, parameters, ({ callee }) => callee === "fee");
  };
  expect(await calls("expect(fee(3)).toBe(0); expect(fee(30)).toBe(60);")).toEqual([["3"], ["30"]]);
  expect(await calls("expect(fee(3)).toBe(0); expect(fee(days())).toBe(60);")).toBeUndefined();
});

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatEntry, type LedgerEntry } from "../../server/src/core/ledger/entry";
import { explained } from "../ledger/lines";
import { newEngine } from "../support/analysed";
import { fathom } from "../support/commandLine";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fathom-quiz-"));
  writeFileSync(
    join(folder, "fees.ts"),
    `export function berthFee(days: number, length: number): number {
  if (days <= 0) throw new RangeError("no days");
  const rate = length > 30 ? 9 : 4;
  return days > 7 ? days * rate - rate : days * rate;
}

export function open(path: string): string {
  return readFileSync(path, "utf8");
}
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function quiz(target: string, ...options: string[]) {
  return fathom(["quiz", target, ...options], { cwd: folder });
}

describe("fathom quiz", { timeout: 120_000 }, () => {
  test("prints questions, and their answers only when asked to", () => {
    const { code, stdout, stderr } = quiz("fees.ts#berthFee", "--format", "json", "--seed", "3", "--with-answers");
    expect([code, stderr]).toEqual([0, ""]);
    const { questions, seed } = JSON.parse(stdout);
    expect(seed).toBe(3);
    expect(questions.length).toBeGreaterThanOrEqual(4);
    for (const { id, kind, prompt, options, answer, why } of questions) {
      expect([id, kind, prompt, why].every((text) => typeof text === "string" && text !== "")).toBe(true);
      expect(options[answer]).toBeTypeOf("string");
    }
    const without = JSON.parse(quiz("fees.ts#berthFee", "--format", "json", "--seed", "3").stdout);
    const expected = questions.map(({ answer: _, why: __, ...question }: Record<string, unknown>) => question);
    expect(without.questions).toEqual(expected);
  });

  test("says why a function cannot be run", () => {
    const { stdout } = quiz("fees.ts#open", "--format", "json");
    expect(JSON.parse(stdout).notice).toBe("It cannot be run by itself: it needs `readFileSync`.");
  });

  test("wants a terminal, a function that is there, and a seed that is a number", () => {
    const piped = quiz("fees.ts#berthFee");
    expect(piped.code).toBe(2);
    expect(piped.stderr).toContain("A quiz is taken on a terminal; --format json prints its questions instead");
    expect(quiz("fees.ts#dockFee", "--format", "json")).toMatchObject({ code: 2 });
    const seed = quiz("fees.ts#berthFee", "--seed", "one");
    expect([seed.code, seed.stderr.includes("must be a whole number from 0")]).toEqual([2, true]);
  });

  test("lists what the user has explained and is about to forget", async () => {
    const own = mkdtempSync(join(tmpdir(), "fathom-due-"));
    try {
      const git = (...args: string[]) => spawnSync("git", args, { cwd: own });
      git("init", "--quiet");
      git("config", "user.name", "Ada Example");
      git("config", "user.email", "ada@example.com");
      writeFileSync(join(own, "fees.ts"), readFileSync(join(folder, "fees.ts")));
      const run = (...args: string[]) => fathom(["quiz", "--due", ...args], { cwd: own });
      expect(run().stdout).toBe("Nothing is due: what you have explained is still fresh.\n");
      const { facts } = await newEngine().extractFacts("fees.ts", readFileSync(join(own, "fees.ts"), "utf8"));
      const [fee, opened] = facts?.functions ?? [];
      if (!fee || !opened) throw new Error("there are two functions");
      const ada = { name: "Ada Example", email: "ada@example.com" };
      const entries: LedgerEntry[] = [
        explained(fee, ada, { when: "2020-03-03T10:15:00Z" }),
        explained(opened, { name: "Ben Example", email: "ben@example.com" }, { when: "2020-03-03T10:15:00Z" }),
      ];
      mkdirSync(join(own, ".fathom/ledger"), { recursive: true });
      const lines = entries.map((entry) => `${formatEntry(entry)}\n`).join("");
      writeFileSync(join(own, ".fathom/ledger/fees.ts.jsonl"), lines);
      expect(run().stdout).toBe("fathom quiz 'fees.ts#berthFee'\n");
      const [row] = JSON.parse(run("--format", "json").stdout).due;
      expect(row).toMatchObject({ path: "fees.ts", name: "berthFee", callers: 0 });
      expect(row.known).toBeLessThan(0.9);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  });

  test("changes nothing in the folder", () => {
    const before = readFileSync(join(folder, "fees.ts"), "utf8");
    quiz("fees.ts#berthFee", "--format", "json");
    expect(readFileSync(join(folder, "fees.ts"), "utf8")).toBe(before);
  });
});

import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { takeQuiz } from "../../server/src/cli/quizTerminal";
import type { Question, Quiz } from "../../server/src/core/quiz/question";

const question = (i: number): Question => ({
  id: `q${i}`,
  kind: "predict-result",
  prompt: "What does this call give?",
  code: `tide(${i})`,
  options: ["`1`", "`2`", "`3`", "`4`"],
  answer: i % 4,
  why: `\`tide(${i})\` gives its remainder.\n\n\`\`\`python\n   1  x = ${i}\n\`\`\`\n\nNo more.`,
});
const quiz: Quiz = { function: "tide", seed: 1, questions: [0, 1, 2, 3].map(question) };

async function talked(typed: readonly string[], mistakes = 1) {
  const said: string[] = [];
  const left = [...typed];
  const result = await takeQuiz(
    { quiz, place: "tides.py:3", mistakes },
    {
      say: (text) => said.push(text),
      ask: async (prompt) => {
        said.push(prompt);
        return left.shift();
      },
      colors: createColors(false),
      width: 80,
    },
  );
  return { result, said: said.join("\n"), unread: left.length };
}

describe("a quiz on a terminal", () => {
  test("asks, listens to the explanation, and tells what was missed", async () => {
    const typed = [
      "1",
      "2",
      "3",
      "1",
      "It keeps ships afloat.",
      "",
      "",
      "Deeper berths:",
      "one table.",
      "",
      "",
      "",
      "2",
    ];
    const { result, said, unread } = await talked(typed);
    expect(unread).toBe(0);
    expect(result).toMatchObject({ grade: { right: 3, asked: 4, score: 75, passed: true }, peeks: 2 });
    expect(result?.explanation).toBe(
      "### Why it exists\n\nIt keeps ships afloat.\n\n### When requirements change\n\nDeeper berths:\none table.",
    );
    expect(said).toContain("wrong  4.");
    expect(said).toContain("You said: 1\n  It is: 4");
    expect(said).toContain("tide(3) gives its remainder.");
    expect(said).toContain("tide(3) gives its remainder.\n\n       1  x = 3\n\n    No more.");
    // What was right is not explained, and no answer is told before all have been given.
    expect(said).not.toContain("tide(1) gives its remainder.");
    expect(said.indexOf("It is:")).toBeGreaterThan(said.indexOf("How often did you look"));
  });

  test("asks again for what is no option, and takes an empty line for not knowing", async () => {
    const { result, said } = await talked(["9", "x", "1", "", "", "", "", "", "", "", "", ""]);
    expect(said.match(/Type a number from 1 to 4/g)).toHaveLength(2);
    expect(result?.grade).toMatchObject({ right: 1, passed: false });
  });

  test("is passed with as many mistakes as the team allows", async () => {
    const typed = ["1", "2", "3", "1", "", "", "", "", "", ""];
    expect((await talked(typed, 1)).result?.grade.passed).toBe(true);
    expect((await talked(typed, 0)).result?.grade.passed).toBe(false);
  });

  test("keeps nothing when it is left", async () => {
    expect((await talked(["1", "2"])).result).toBeUndefined();
    expect((await talked(["1", "2", "3", "4", "Half a"])).result).toBeUndefined();
  });
});

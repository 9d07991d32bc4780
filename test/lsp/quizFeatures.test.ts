import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  answerExplanation,
  type ChangedFunction,
  changedFunctions,
  gradeQuiz,
  makeQuiz,
  type QuizPlace,
  type QuizResult,
  type QuizSheet,
  quizPlace,
  type WaitingExplanation,
  waitingExplanations,
} from "../../server/src/protocol/quizMessages";
import { LanguageServer, uriOf } from "../support/languageServer";
import { solve } from "../support/solveQuiz";
import { temporaryFolder, writeFiles } from "../support/workspaces";

const berthFees = `export function berthFees(metres, nights) {
  if (nights < 1) return 0;
  return metres > 12 ? metres * nights + 5 : metres * nights;
}
`;
const explanation = {
  purpose: "Bills a boat for its nights.",
  edges: "Nothing below a night; 5 more above 12 metres.",
};

async function started(files: Record<string, string> = { "berths.js": berthFees }) {
  const folder = temporaryFolder(files);
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.name", "Mia Lund");
  git("config", "user.email", "mia@harbour.example");
  git("config", "commit.gpgsign", "false");
  const server = await LanguageServer.start({ folders: [folder] });
  const said: string[] = [];
  server.process.stdout?.on("data", (chunk) => said.push(String(chunk)));
  await server.scanned();
  const uri = uriOf(join(folder, "berths.js"));
  const quiz = async (more: object = { position: { line: 1, character: 8 } }) =>
    (await server.connection.sendRequest(makeQuiz, { uri, ...more })) as QuizSheet;
  const grade = async ({ session }: QuizSheet, answers: readonly (number | null)[], texts: object, looks = 0) =>
    (await server.connection.sendRequest(gradeQuiz, { session, answers, explanation: texts, looks })) as QuizResult;
  return { folder, git, server, said, uri, quiz, grade };
}

const solved = ({ questions }: QuizSheet) => questions.map((question) => solve(question, berthFees));

describe("a quiz in an editor", () => {
  it("keeps its answers until they are given, and counts the first ones", async () => {
    const { said, quiz, grade } = await started();
    const sheet = await quiz();
    expect(sheet).toMatchObject({ symbol: "berthFees", signature: "berthFees(metres, nights)", path: "berths.js" });
    expect(sheet.questions.length).toBeGreaterThanOrEqual(sheet.minQuestions);
    for (const question of sheet.questions)
      expect(Object.keys(question).filter((key) => !["id", "prompt", "code", "options"].includes(key))).toEqual([]);
    const before = said.join("");
    const result = await grade(
      sheet,
      sheet.questions.map(() => null),
      explanation,
    );
    expect(result).toMatchObject({ right: 0, passed: false, signOff: { canRetry: false } });
    expect(result.questions.map(({ answer }) => answer)).toEqual(solved(sheet));
    for (const { why } of result.questions) expect(before).not.toContain(JSON.stringify(why).slice(1, 60));
    // A question may show one line and what somebody makes of it, but never what is around it.
    expect(before).not.toContain(JSON.stringify(berthFees).slice(1, -1));
    for (const { code = "" } of sheet.questions) expect(code.split("\n").length).toBeLessThanOrEqual(2);
    expect(await grade(sheet, solved(sheet), explanation)).toEqual(result);
  });

  it("signs the function off when it is passed, with the looks, and once", async () => {
    const { folder, quiz, grade } = await started();
    const sheet = await quiz();
    const result = await grade(sheet, solved(sheet), explanation, 2);
    expect(result).toMatchObject({ passed: true, signOff: { ledger: ".fathom/ledger/berths.js.jsonl" } });
    expect(result.code).toEqual({ text: berthFees.trimEnd(), line: 0 });
    const [line, ...others] = readFileSync(join(folder, ".fathom/ledger/berths.js.jsonl"), "utf8").trim().split("\n");
    expect(others).toEqual([]);
    expect(JSON.parse(line as string)).toMatchObject({
      kind: "explained",
      who: "Mia Lund <mia@harbour.example>",
      symbol: "berthFees",
      graded: "questions",
      score: 100,
      peeks: 2,
      text: "### Why it exists\n\nBills a boat for its nights.\n\n### At its edges\n\nNothing below a night; 5 more above 12 metres.",
    });
    await grade(sheet, solved(sheet), explanation);
    expect(readFileSync(join(folder, ".fathom/ledger/berths.js.jsonl"), "utf8").trim().split("\n")).toEqual([line]);
  });

  it("is judged by a colleague, never by its author", async () => {
    const { folder, git, server, quiz, grade, uri } = await started();
    const sheet = await quiz();
    await grade(sheet, solved(sheet), { purpose: "Fees. <img src=x>" });
    const waiting = async () => (await server.connection.sendRequest(waitingExplanations)) as WaitingExplanation[];
    const [mine] = await waiting();
    expect(mine).toMatchObject({ uri, symbol: "berthFees", by: "Mia Lund", isMine: true });
    expect(mine?.markdown).toContain("&lt;img");
    expect(mine?.markdown).not.toContain("metres");
    const answer = (more: object) =>
      server.connection.sendRequest(answerExplanation, { uri, hash: mine?.hash, ...more });
    await expect(answer({})).rejects.toThrow("a colleague must judge it");
    git("config", "user.name", "Ola Berg");
    git("config", "user.email", "ola@harbour.example");
    expect(await answer({ question: "And above 12 metres?" })).toEqual({ ledger: ".fathom/ledger/berths.js.jsonl" });
    const [asked] = await waiting();
    expect(asked).toMatchObject({ isMine: false });
    expect(asked?.markdown).toContain("> And above 12 metres?");
    await answer({});
    expect(await waiting()).toEqual([]);
    const kinds = readFileSync(join(folder, ".fathom/ledger/berths.js.jsonl"), "utf8").trim().split("\n");
    expect(kinds.map((line) => JSON.parse(line).kind)).toEqual(["explained", "peer-asked", "peer-accepted"]);
  });

  it("signs nothing off without a word of explanation", async () => {
    const { quiz, grade } = await started();
    const sheet = await quiz();
    expect(await grade(sheet, solved(sheet), { purpose: "  " })).toMatchObject({
      passed: true,
      signOff: { unsigned: expect.stringContaining("no explanation"), canRetry: false },
    });
  });

  it("asks the same again with its seed, and something else without", async () => {
    const { quiz } = await started();
    const sheet = await quiz();
    const again = await quiz({ symbol: "berthFees", seed: sheet.seed });
    expect(again.questions).toEqual(sheet.questions);
    expect(again.session).not.toBe(sheet.session);
    const other = await quiz({ symbol: "berthFees" });
    expect(other.questions).not.toEqual(sheet.questions);
  });

  it("follows the function, and does not sign off another one", async () => {
    const { server, uri, quiz, grade } = await started();
    await server.open(uri, "javascript", berthFees);
    const sheet = await quiz();
    const place = async () =>
      (await server.connection.sendRequest(quizPlace, { session: sheet.session })) as QuizPlace | null;
    const change = (version: number, text: string) =>
      server.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    await change(2, `// Fees.\n\n${berthFees}`);
    expect(await place()).toMatchObject({ range: { start: { line: 2 }, end: { line: 5 } }, isChanged: false });
    await change(3, berthFees.replace("> 12", "> 15"));
    expect(await place()).toMatchObject({ range: { start: { line: 0 } }, isChanged: true });
    expect(await grade(sheet, solved(sheet), explanation)).toMatchObject({
      passed: true,
      signOff: { unsigned: expect.stringContaining("has changed meanwhile"), canRetry: true },
    });
    await change(4, berthFees);
    await place();
    expect(await grade(sheet, [], {})).toMatchObject({ passed: true, signOff: { ledger: expect.any(String) } });
    await change(5, "");
    expect(await place()).toBeNull();
  });

  it("says why there are no questions, and knows no session of others", async () => {
    const { server, uri, quiz } = await started({ "berths.js": "export function ask() {\n  return fetch('/');\n}\n" });
    const sheet = await quiz({ symbol: "ask" });
    expect(sheet.questions).toEqual([]);
    expect(sheet.notice).toMatch(/cannot be run/);
    expect(await server.connection.sendRequest(makeQuiz, { uri, symbol: "gone" })).toBeNull();
    expect(
      await server.connection.sendRequest(gradeQuiz, { session: "x", answers: [], explanation: {}, looks: 0 }),
    ).toBeNull();
  });
});

describe("the functions that are different", () => {
  const list = async (server: LanguageServer, since: "commit" | "branch") =>
    ((await server.connection.sendRequest(changedFunctions, { since })) as ChangedFunction[]).map(
      ({ path, symbol, change }) => [path, symbol, change],
    );

  it("are those that do something else than at the last commit, or where the branch began", async () => {
    const { folder, git, server } = await started({
      "berths.js": berthFees,
      "tides.py": "def low(tides):\n    return min(tides)\n\n\ndef high(tides):\n    return max(tides)\n",
    });
    git("add", ".");
    git("commit", "--quiet", "--message=berths and tides");
    git("switch", "--quiet", "--create", "cheaper");
    writeFileSync(join(folder, "berths.js"), berthFees.replace("+ 5", "+ 4"));
    git("commit", "--quiet", "--all", "--message=cheaper for long boats");
    const tides = "def low(heights):\n    return min(heights)\n\n\ndef high(tides):\n    return max(tides) + 1\n";
    writeFiles(folder, { "tides.py": tides, "moon.py": "def phase(day):\n    return day % 29\n" });
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [
        { uri: uriOf(join(folder, "berths.js")), type: 2 },
        { uri: uriOf(join(folder, "tides.py")), type: 2 },
        { uri: uriOf(join(folder, "moon.py")), type: 1 },
      ],
    });
    await expect.poll(() => list(server, "commit"), { timeout: 10_000 }).toHaveLength(2);
    expect((await list(server, "commit")).sort()).toEqual([
      ["moon.py", "phase", "new"],
      ["tides.py", "high", "changed"],
    ]);
    expect((await list(server, "branch")).sort()).toEqual([
      ["berths.js", "berthFees", "changed"],
      ["moon.py", "phase", "new"],
      ["tides.py", "high", "changed"],
    ]);
  });

  it("cannot be told without a repository, which is said", async () => {
    const folder = temporaryFolder({ "berths.js": berthFees });
    const server = await LanguageServer.start({ folders: [folder] });
    await server.scanned();
    await expect(server.connection.sendRequest(changedFunctions, { since: "commit" })).rejects.toThrow(
      "This is no git repository",
    );
  });
});

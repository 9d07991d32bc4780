import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  answerExplanation,
  type ChangedFunction,
  changedFunctions,
  type DueFunction,
  dueQuizzes,
  gradeQuiz,
  leaveQuiz,
  makeQuiz,
  type QuizPlace,
  type QuizResult,
  type QuizSheet,
  quizPlace,
  type WaitingExplanation,
  waitingExplanations,
  waiveFunction,
} from "../../server/src/protocol/quizMessages";
import { LanguageServer, uriOf } from "../support/languageServer";
import { solve } from "../support/solveQuiz";
import { temporaryFolder, writeFiles } from "../support/workspaces";

const berthFees = `export function berthFees(metres, nights) {
  if (nights < 1) return 0;
  return metres > 12 ? metres * nights + 5 : metres * nights;
}
`;
const newestVisits = `def newest(visits):
    kept = {}
    for v in sorted(visits, key=lambda v: (v.get("at", 0), v.get("id", ""))):
        k = (v.get("quay"), v.get("at", 0) // 900)
        if k not in kept or v.get("rank", 0) >= kept[k].get("rank", 0):
            if v.get("state") == "left" and k in kept:
                continue
            for other in list(kept):
                if other[0] == k[0] and abs(other[1] - k[1]) <= 1 and kept[other].get("rank", 0) < 7:
                    del kept[other]
                    break
            kept[k] = v
    return [kept[k] for k in sorted(kept)]
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
    const ofFunction = ({ code = "" }) => code.split("\n").filter((line) => !line.startsWith("berthFees("));
    for (const question of sheet.questions) expect(ofFunction(question).length).toBeLessThanOrEqual(2);
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

  it("covers what the hover knows and the comment above, until the result or until it is left", async () => {
    const { server, uri, quiz, grade } = await started({
      "berths.js": `const free = 1;\n\n/** Bills a boat.\n * 5 more above 12 metres. */\n// Really.\n${berthFees}`,
    });
    const told = async () => {
      const hover = await server.connection.sendRequest("textDocument/hover", {
        textDocument: { uri },
        position: { line: 5, character: 18 },
      });
      return JSON.stringify(hover);
    };
    const sheet = await quiz({ symbol: "berthFees" });
    expect(sheet.range).toMatchObject({ start: { line: 2 }, end: { line: 8 } });
    await grade(sheet, solved(sheet), explanation);
    expect(await told()).toContain("5 more above 12 metres");
    const other = await quiz({ symbol: "berthFees" });
    expect(await told()).not.toContain("metres");
    expect(await told()).toContain("Covered while you are quizzed");
    await server.connection.sendNotification(leaveQuiz, { session: other.session });
    expect(await told()).toContain("5 more above 12 metres");
    expect(
      await server.connection.sendRequest(gradeQuiz, {
        session: other.session,
        answers: [],
        explanation: {},
        looks: 0,
      }),
    ).toBeNull();
  });

  it("tells of why it was flagged nothing that would answer a question, until the result", async () => {
    const { server, folder, grade } = await started({
      "visits.py": newestVisits,
      "moor.py": "def moor(ship):\n    return ship\n",
    });
    const uri = uriOf(join(folder, "visits.py"));
    await server.until(() => (server.diagnosticsOf(uri) ?? []).length > 0, "diagnostics");
    const sheet = (await server.connection.sendRequest(makeQuiz, { uri, symbol: "newest" })) as QuizSheet;
    expect(sheet.flagged.join("\n")).toMatch(/control structures 4 deep/);
    expect(sheet.flagged.join("\n")).not.toMatch(/900|missing|bucket|`/);
    expect(sheet.flaggedByCode).toBeGreaterThan(2);
    const problems = () => server.diagnosticsOf(uri)?.map(({ code }) => code) ?? [];
    await expect.poll(problems).not.toContain("oracle-function");
    const { flagged } = await grade(sheet, [], {});
    expect(flagged).toHaveLength(sheet.flaggedByCode);
    expect(flagged.map(({ detail }) => detail).join("\n")).toMatch(/900/);
    await expect.poll(problems).toContain("oracle-function");
  });

  it("tells with the result what the tests would not notice", async () => {
    const fee = "export function fee(days) {\n  if (days > 14) return 2 * days;\n  return 0;\n}\n";
    const tests =
      'import { fee } from "./berths";\ntest("fee", () => {\n  expect(fee(3)).toBe(0);\n  expect(fee(30)).toBe(60);\n});\n';
    const { quiz, grade } = await started({ "berths.js": fee, "berths.test.js": tests });
    const { unnoticed } = await grade(await quiz(), [], {});
    expect(unnoticed).toContain("with `>=` for `>` in line 2");
  });

  it("shows nothing that hides or turns round what is beside it", async () => {
    const hostile = "export function label(kind) {\n  return kind > 3 ? '\\u009b8m\\u202emany' : 'few' + kind;\n}\n";
    const { quiz, grade } = await started({ "berths.js": hostile });
    const sheet = await quiz({ symbol: "label" });
    const result = await grade(
      sheet,
      sheet.questions.map(() => null),
      {},
    );
    expect(JSON.stringify(sheet)).toContain("\\\\x9b8m\\\\u202emany");
    expect(JSON.stringify([sheet, result])).not.toMatch(/[\u0080-\u009f\u202e]/);
  });

  it("says before the first question that git does not know who signs", async () => {
    const { git, quiz } = await started();
    expect((await quiz()).cannotSign).toBeUndefined();
    git("config", "user.email", "");
    expect((await quiz()).cannotSign).toContain("Git does not know who you are");
  });

  it("can be waived by the team, with a reason", async () => {
    const { folder, server, uri } = await started();
    const waive = (reason: string, line = 1) =>
      server.connection.sendRequest(waiveFunction, { uri, position: { line, character: 4 }, reason });
    await expect(waive(" ")).rejects.toThrow("`reason` is not a text");
    expect(await waive("Goes in May.", 9)).toBeNull();
    expect(await waive("Goes in May.")).toEqual({ ledger: ".fathom/ledger/berths.js.jsonl" });
    expect(JSON.parse(readFileSync(join(folder, ".fathom/ledger/berths.js.jsonl"), "utf8"))).toMatchObject({
      kind: "waived",
      who: "Mia Lund <mia@harbour.example>",
      symbol: "berthFees",
      reason: "Goes in May.",
    });
  });

  it("comes back before it is forgotten, to the one who explained it", async () => {
    const { folder, git, server, uri, quiz, grade } = await started();
    const due = async () => (await server.connection.sendRequest(dueQuizzes)) as DueFunction[];
    git("config", "user.email", "");
    expect(await due()).toEqual([]);
    git("config", "user.email", "mia@harbour.example");
    const sheet = await quiz();
    await grade(sheet, solved(sheet), explanation);
    expect(await due()).toEqual([]);
    const path = ".fathom/ledger/berths.js.jsonl";
    const line = JSON.parse(readFileSync(join(folder, path), "utf8"));
    writeFiles(folder, { [path]: `${JSON.stringify({ ...line, when: "2024-03-03T10:15:00Z" })}\n` });
    const changes = [{ uri: uriOf(join(folder, path)), type: 2 }];
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
    await expect.poll(due, { timeout: 10_000 }).toHaveLength(1);
    const [first] = await due();
    expect(first).toMatchObject({ uri, symbol: "berthFees", position: { line: 0, character: 16 } });
    expect(first?.notes[0]).toMatch(/^\d+% likely that you still know it$/);
    git("config", "user.name", "Ola Berg");
    git("config", "user.email", "ola@harbour.example");
    expect(await due()).toEqual([]);
    git("config", "user.email", "");
    await expect(due()).rejects.toThrow("Git does not know who you are");
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

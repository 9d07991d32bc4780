import { randomInt } from "node:crypto";
import { createInterface } from "node:readline";
import { type Cancellation, neverCancelled } from "../core/base/cancellation";
import { InputError } from "../core/base/errors";
import { lineAt } from "../core/base/text";
import { visible } from "../core/base/visible";
import type { FileSummary, FunctionSummary } from "../core/model/fileSummary";
import { minQuestions } from "../core/quiz/grade";
import type { Quiz } from "../core/quiz/question";
import { requireIdentity } from "../host/ledger/identity";
import { type SigningTarget, signOff } from "../host/ledger/signing";
import { dueQuizzes } from "../host/quiz/dueQuizzes";
import { type MadeQuiz, makeQuiz } from "../host/quiz/makeQuiz";
import { openSandboxes } from "../host/sandbox/sandboxes";
import type { Workspace } from "../host/workspace";
import { type Conversation, takeQuiz } from "./quizTerminal";
import { plural } from "./scanText";
import { colorsFor } from "./terminal";

export interface QuizOptions {
  seed?: number;
  format: "text" | "json";
  withAnswers?: boolean;
}

/** The function asked about. */
export interface QuizTarget {
  file: FileSummary;
  index: number;
}

/**
 * Asks about one function: on the terminal, or as JSON for another program.
 *
 * @returns what is to be printed
 * @throws InputError when nothing can be asked, or there is no terminal to ask on
 */
export async function quiz(
  workspace: Workspace,
  { file, index }: QuizTarget,
  { seed = randomInt(2 ** 31), format, withAnswers = false }: QuizOptions,
  cancellation: Cancellation,
): Promise<string> {
  if (format === "text" && !(process.stdin.isTTY && process.stdout.isTTY))
    throw new InputError("A quiz is taken on a terminal; --format json prints its questions instead");
  const fn = file.functions[index] as FunctionSummary;
  const sandboxes = openSandboxes();
  try {
    const made = await makeQuiz(workspace, sandboxes, { path: file.path, index, seed }, cancellation);
    if (format === "json") {
      const shown = withAnswers ? { ...made.quiz, unnoticed: await made.unnoticed() } : withoutAnswers(made.quiz);
      return `${JSON.stringify(shown, null, 2)}\n`;
    }
    return await converse(workspace, file, fn, made);
  } finally {
    await sandboxes.dispose();
  }
}

/**
 * What the user has explained and is about to forget, as text or JSON.
 *
 * @throws InputError when git does not say who the user is
 */
export async function listDue(workspace: Workspace, format: QuizOptions["format"]): Promise<string> {
  const due = await dueQuizzes(workspace, Date.now());
  if (format === "json") {
    const rows = due.map(({ path, symbol, known, callers, due: at }) => {
      return { path, name: symbol, due: new Date(at).toISOString(), known: Math.round(known * 100) / 100, callers };
    });
    return `${JSON.stringify({ due: rows }, null, 2)}\n`;
  }
  if (due.length === 0) return "Nothing is due: what you have explained is still fresh.\n";
  return due.map(({ path, symbol }) => `fathom quiz '${path}#${symbol}'\n`).join("");
}

function withoutAnswers({ questions, ...quiz }: Quiz) {
  return { ...quiz, questions: questions.map(({ answer: _, why: __, ...question }) => question) };
}

async function converse(
  workspace: Workspace,
  file: FileSummary,
  fn: FunctionSummary,
  { quiz, unnoticed }: MadeQuiz,
): Promise<string> {
  if (quiz.questions.length < minQuestions)
    throw new InputError(
      `${visible(fn.symbol)}: ${plural(quiz.questions.length, "question")} can be asked, which prove too little. ${visible(quiz.notice ?? "")}`.trim(),
    );
  const talk = openConversation();
  try {
    const cannotSign = await reasonNotToSign(workspace);
    if (cannotSign !== undefined)
      talk.say(`${talk.colors.yellow("As things are, nothing can be signed off.")} ${cannotSign}\n`);
    const place = `${file.path}:${1 + lineAt(file.lineStarts, fn.start)}`;
    const taken = await takeQuiz({ quiz, unnoticed, place, mistakes: workspace.setting("quiz.mistakes") }, talk);
    if (!taken) return "\nLeft. Nothing was kept.\n";
    const { grade, explanation, peeks } = taken;
    if (!grade.passed) return "Nothing was written to the ledger. Another try asks other questions.\n";
    if (explanation === "") return "Without an explanation nothing is written to the ledger.\n";
    const { symbol, shapeHash } = fn;
    const explained = { graded: "questions", score: grade.score, peeks, text: explanation } as const;
    return await sign(workspace, { path: file.path, symbol, shapeHash }, explained, talk);
  } finally {
    talk.close();
  }
}

function openConversation(): Conversation & { close(): void } {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const lines = terminal[Symbol.asyncIterator]();
  let isOpen = true;
  terminal.once("close", () => {
    isOpen = false;
  });
  return {
    say: (text) => process.stdout.write(`${text}\n`),
    ask: async (prompt) => {
      if (!isOpen) return undefined;
      // Whoever corrects what they type has the line drawn anew, with its prompt.
      terminal.setPrompt(prompt);
      terminal.prompt();
      const { value, done } = await lines.next();
      return done ? undefined : value;
    },
    colors: colorsFor(process.stdout),
    width: process.stdout.columns ?? 100,
    close: () => terminal.close(),
  };
}

async function reasonNotToSign({ root }: Workspace): Promise<string | undefined> {
  try {
    await requireIdentity(root, neverCancelled);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** What keeps a sign-off from being written can be put right meanwhile: nobody writes an explanation twice. */
async function sign(
  workspace: Workspace,
  target: SigningTarget,
  explained: Parameters<typeof signOff>[2],
  talk: Conversation,
): Promise<string> {
  for (;;) {
    try {
      // Nobody tells a command of edits.
      await workspace.refreshAll([target.path]);
      const { path, line } = await signOff(workspace, target, explained);
      return `Signed off in ${path}, line ${line}. Commit it with your work; a colleague can accept it.\n`;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      talk.say(`\n${talk.colors.yellow("Not signed off.")} ${visible(error.message)}`);
    }
    if ((await talk.ask("Enter tries again, Ctrl+D leaves: ")) === undefined)
      return `\nNothing was written to the ledger. Your explanation:\n\n${explained.text}\n`;
  }
}

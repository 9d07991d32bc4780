import { visible } from "../core/base/visible";
import { explainPrompts, explanationOf, type Grade, gradeOf, minQuestions } from "../core/quiz/grade";
import type { Question, Quiz } from "../core/quiz/question";
import { type Colors, wrap } from "./terminal";

/** Whoever takes a quiz on a terminal. */
export interface Conversation {
  say(text: string): void;
  /** A line of input; `undefined` when there is no more. */
  ask(prompt: string): Promise<string | undefined>;
  colors: Colors;
  width: number;
}

/** What came of a quiz. */
export interface TakenQuiz {
  grade: Grade;
  /** Markdown; empty when nothing was written. */
  explanation: string;
  /** How often the code was opened meanwhile, as they say themselves: a terminal cannot see it. */
  peeks: number;
}

export interface QuizOnTerminal {
  quiz: Quiz;
  /** As of `MadeQuiz`. */
  unnoticed?: () => Promise<readonly string[]>;
  /** Where the function is. */
  place: string;
  /** How many answers may be wrong. */
  mistakes: number;
}

/** Asks everything, tells the result. `undefined` when it was left before its end: then nothing is kept. */
export async function takeQuiz(asked: QuizOnTerminal, talk: Conversation): Promise<TakenQuiz | undefined> {
  const { colors } = talk;
  const quiz = harmless(asked.quiz);
  const count = quiz.questions.length;
  talk.say(`${colors.bold(`Quiz on ${quiz.function}`)}\n${visible(asked.place)}\n`);
  talk.say(
    paragraph(
      talk,
      `${count} questions, then an explanation. Close the code first. Ctrl+D leaves, and nothing is kept.`,
    ),
  );
  const answers: (number | undefined)[] = [];
  for (const [i, question] of quiz.questions.entries()) {
    const answer = await askQuestion(question, `${i + 1} of ${count}`, talk);
    if (answer === "left") return undefined;
    answers.push(answer);
  }
  const explained = await explain(talk);
  if (explained === undefined) return undefined;
  const looked = await talk.ask("How often did you look at the code? [0] ");
  if (looked === undefined) return undefined;
  const grade = gradeOf(quiz.questions, answers, asked.mistakes);
  tell(quiz, answers, grade, talk);
  tellUnnoticed((await asked.unnoticed?.()) ?? [], talk);
  return { grade, explanation: explained, peeks: countIn(looked) };
}

/** Code, its names and what it returns may hold what a terminal obeys. */
function harmless({ function: name, questions, ...quiz }: Quiz): Quiz {
  return {
    ...quiz,
    function: visible(name),
    questions: questions.map(({ prompt, code, options, why, ...question }) => ({
      ...question,
      prompt: visible(prompt),
      ...(code !== undefined && { code: visible(code) }),
      options: options.map(visible),
      why: visible(why),
    })),
  };
}

async function askQuestion(
  question: Question,
  place: string,
  talk: Conversation,
): Promise<number | undefined | "left"> {
  const { colors } = talk;
  talk.say(`\n${colors.bold(place)}  ${paragraph(talk, plain(question.prompt))}`);
  if (question.code !== undefined) talk.say(indented(question.code));
  question.options.forEach((option, i) => {
    talk.say(`  ${colors.cyan(`${i + 1}`)}  ${paragraph(talk, plain(option)).split("\n").join("\n     ")}`);
  });
  for (;;) {
    const typed = await talk.ask(`1 to ${question.options.length}, or Enter when you do not know: `);
    if (typed === undefined) return "left";
    if (typed.trim() === "") return undefined;
    const chosen = Number(typed);
    if (Number.isInteger(chosen) && chosen >= 1 && chosen <= question.options.length) return chosen - 1;
    talk.say(colors.yellow(`Type a number from 1 to ${question.options.length}.`));
  }
}

/** The five points, each ended by an empty line. */
async function explain(talk: Conversation): Promise<string | undefined> {
  talk.say(
    `\n${paragraph(talk, "Now explain it so that a colleague could write it again. An empty line ends each point; skip what you have nothing to say to.")}`,
  );
  const texts: Record<string, string> = {};
  for (const { id, title, question } of explainPrompts) {
    talk.say(`\n${talk.colors.bold(title)}  ${paragraph(talk, question)}`);
    const lines: string[] = [];
    for (;;) {
      const line = await talk.ask("> ");
      if (line === undefined) return undefined;
      if (line.trim() === "") break;
      lines.push(line);
    }
    texts[id] = lines.join("\n");
  }
  return explanationOf(texts);
}

function tell({ questions }: Quiz, answers: readonly (number | undefined)[], grade: Grade, talk: Conversation): void {
  const { colors } = talk;
  for (const [i, question] of questions.entries()) {
    const isRight = answers[i] === question.answer;
    const answer = plain(question.options[question.answer] as string);
    talk.say(
      `\n${isRight ? colors.green("right") : colors.red("wrong")}  ${i + 1}. ${paragraph(talk, plain(question.prompt))}`,
    );
    if (isRight) continue;
    const chosen = question.options[answers[i] ?? -1];
    const said = chosen === undefined ? "I do not know" : plain(chosen);
    talk.say(
      `${question.code === undefined ? "" : `${indented(question.code)}\n`}  You said: ${said}\n  It is: ${answer}\n\n${indented(plain(question.why))}`,
    );
  }
  const verdict = grade.passed ? colors.green("Passed.") : colors.yellow("Not passed.");
  const few =
    grade.asked < minQuestions ? ` Fewer than ${minQuestions} questions can be asked, which prove nothing.` : "";
  talk.say(`\n${grade.right} of ${grade.asked} right. ${verdict}${few}`);
}

function tellUnnoticed(unnoticed: readonly string[], talk: Conversation): void {
  if (unnoticed.length === 0) return;
  talk.say(`\n${paragraph(talk, "The tests that call this function would not notice it")}`);
  for (const text of unnoticed) talk.say(`  - ${paragraph(talk, plain(visible(text)))}`);
}

function countIn(text: string): number {
  const count = Number.parseInt(text, 10);
  return Number.isInteger(count) && count > 0 ? count : 0;
}

/** Markdown as a terminal shows it. */
function plain(markdown: string): string {
  return markdown.replace(/^ *`{3,}\w*\n?/gm, "").replace(/(`+) ?(.+?) ?\1/g, "$2");
}

function paragraph({ width }: Conversation, text: string): string {
  return text
    .split("\n")
    .map((line) => wrap(line, Math.max(40, width - 6)).join("\n"))
    .join("\n");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
}

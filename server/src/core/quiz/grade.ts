import type { Question } from "./question";

/** How the first half of a quiz went. */
export interface Grade {
  right: number;
  asked: number;
  /** In percent, rounded down. */
  score: number;
  passed: boolean;
  missed: readonly Question[];
}

/** Somebody who understands a function may still misread a line once. */
export const defaultMistakes = 1;

/** With fewer questions, passing would mean nothing. */
export const minQuestions = 3;

/** @param answers indices of options, by question; `undefined` where none was chosen */
export function gradeOf(
  questions: readonly Question[],
  answers: readonly (number | undefined)[],
  mistakes: number = defaultMistakes,
): Grade {
  const missed = questions.filter(({ answer }, i) => answers[i] !== answer);
  const asked = questions.length;
  const right = asked - missed.length;
  return {
    right,
    asked,
    score: asked === 0 ? 0 : Math.floor((100 * right) / asked),
    passed: asked >= minQuestions && missed.length <= mistakes,
    missed,
  };
}

/** One of the five points an explanation is about. */
export interface ExplainPrompt {
  id: "purpose" | "edges" | "change" | "pressure" | "later";
  title: string;
  question: string;
}

export const explainPrompts: readonly ExplainPrompt[] = [
  { id: "purpose", title: "Why it exists", question: "What is it for, and what would be missing without it?" },
  {
    id: "edges",
    title: "At its edges",
    question: "What does it do with the smallest, the largest, equal, missing input?",
  },
  {
    id: "change",
    title: "When requirements change",
    question: "Which change is likely, and what has to be touched for it?",
  },
  { id: "pressure", title: "Under pressure", question: "How does it fail: much data, many callers, something down?" },
  { id: "later", title: "In six months", question: "What will somebody get wrong who has to change it then?" },
];

/** The explanation as it goes into the ledger: Markdown with a heading for each point that was answered. */
export function explanationOf(answers: Readonly<Partial<Record<ExplainPrompt["id"], string>>>): string {
  return explainPrompts
    .flatMap(({ id, title }) => {
      const text = answers[id]?.trim();
      return text ? [`### ${title}\n\n${text}`] : [];
    })
    .join("\n\n");
}

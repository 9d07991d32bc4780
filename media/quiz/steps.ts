import type { QuizProgress, QuizState } from "../../server/src/protocol/quizMessages";

/** Where somebody goes with an answer; `null` when they do not know. */
export function afterAnswer({ sheet, progress }: QuizState, answer: number | null): QuizProgress {
  const answers = [...progress.answers, answer];
  const isLast = answers.length >= sheet.questions.length;
  return { ...progress, answers, step: isLast ? "explain" : "predict" };
}

/** Whether an explanation has a word on any point. */
export function isExplained({ drafts }: QuizProgress): boolean {
  return Object.values(drafts).some((text) => text.trim() !== "");
}

/** How often the code was looked at, in words. */
export function looksText(looks: number): string {
  if (looks === 0) return "You have not looked at the code.";
  return `You have looked at the code ${looks === 1 ? "once" : `${looks} times`}. Looking is allowed, and it is recorded.`;
}

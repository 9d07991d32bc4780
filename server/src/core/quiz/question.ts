/** What a question is about. The first four are answered by running the function, the last from facts. */
export type QuestionKind = "predict-result" | "which-input" | "spot-change" | "boundary" | "facts";

/** One question. Its answer is computed, never invented. */
export interface Question {
  /** The same for the same function, seed and question. */
  id: string;
  kind: QuestionKind;
  /** Markdown, without the function's own text. */
  prompt: string;
  /** What the question is about, as code: a call, or two versions of some lines. */
  code?: string;
  /** Markdown, two or more, all different, in the order they are shown. */
  options: readonly string[];
  /** Index of the right option. */
  answer: number;
  /** Markdown, shown afterwards: why the answer is right, with the input followed through the code. */
  why: string;
}

/** 4 to 6 questions, or fewer with the reason. */
export interface Quiz {
  /** The function as people name it. */
  function: string;
  seed: number;
  questions: readonly Question[];
  /** Why no question runs the function, why there are fewer than usual, or how its objects are made. */
  notice?: string;
}

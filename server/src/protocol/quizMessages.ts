import type { TextPosition } from "./messages";

/**
 * What is said while somebody takes a quiz: between client and server, and between the client and its panel. The right
 * answers stay in the server until the last answer is in.
 */

/** Request: questions about a function, without their answers; `null` when no function is there. */
export const makeQuiz = "fathom/makeQuiz";
export interface MakeQuizParams {
  uri: string;
  /** The function around it; or else the function of this qualified symbol. */
  position?: TextPosition;
  symbol?: string;
  /** Asks the same as an earlier quiz with this seed, as long as the function is the same; another quiz when absent. */
  seed?: number;
}

/** A quiz as the one who takes it sees it. All texts are of the repository, or hold parts of it: not to be trusted. */
export interface QuizSheet {
  /** Names the quiz to the server. */
  session: string;
  seed: number;
  uri: string;
  /** Path relative to the workspace folder. */
  path: string;
  /** Qualified symbol. */
  symbol: string;
  /** Name and parameters in one line of code. */
  signature: string;
  /** What to cover: the function with the comment above it. */
  range: TextRange;
  /** Why it was flagged, as far as that tells nothing of what it does; how many more reasons its code gives. */
  flagged: readonly string[];
  flaggedByCode: number;
  questions: readonly AskedQuestion[];
  prompts: readonly ExplainPoint[];
  /** How many answers may be wrong. */
  mistakes: number;
  /** With fewer questions nothing is signed off. */
  minQuestions: number;
  /** Why there are few questions, or none. */
  notice?: string;
  /** Why nothing could be signed off as things are, to be put right before the end. */
  cannotSign?: string;
}

export interface TextRange {
  start: TextPosition;
  end: TextPosition;
}

export interface AskedQuestion {
  id: string;
  /** Markdown. */
  prompt: string;
  code?: string;
  /** Markdown. */
  options: readonly string[];
}

/** One of the points an explanation is about. */
export interface ExplainPoint {
  id: string;
  title: string;
  question: string;
}

/** Request: the result of a quiz; `null` when the server does not know it any more. The first answers count;
 * asked again, it only tries again to sign off. */
export const gradeQuiz = "fathom/gradeQuiz";
export interface GradeQuizParams {
  session: string;
  /** Indices of options by question; `null` where none was chosen. */
  answers: readonly (number | null)[];
  /** Markdown by id of the point. */
  explanation: Readonly<Record<string, string>>;
  /** How often the code was looked at. */
  looks: number;
}

export interface QuizResult {
  right: number;
  asked: number;
  passed: boolean;
  looks: number;
  questions: readonly AnsweredQuestion[];
  /** Why its code was flagged. */
  flagged: readonly { detail: string; line: number }[];
  /** Markdown: slips that the tests which call the function would not notice. */
  unnoticed: readonly string[];
  /** The function as it was when the quiz began; the line is zero-based. */
  code: { text: string; line: number };
  /** Where it was written, or why it was not, and whether asking again may help. */
  signOff: { ledger: string } | { unsigned: string; canRetry: boolean };
}

export interface AnsweredQuestion {
  answer: number;
  chosen: number | null;
  /** Markdown: why the answer is right. */
  why: string;
}

/** Notification to the server: nobody takes this quiz any more. */
export const leaveQuiz = "fathom/leaveQuiz";
export interface LeaveQuizParams {
  session: string;
}

/** Request: where the function of a quiz is now; `null` when it is gone, or the quiz is. */
export const quizPlace = "fathom/quizPlace";
export interface QuizPlace {
  /** What to cover now. */
  range: TextRange;
  /** Whether it does something else than when the quiz began. */
  isChanged: boolean;
}

/** Request: the functions that are different, those that matter most first. */
export const changedFunctions = "fathom/changedFunctions";
export interface ChangedFunctionsParams {
  /** Of a file in the folder; the first folder when absent. */
  uri?: string;
  /** Since the last commit, or since the branch began. */
  since: "commit" | "branch";
}
export interface ChangedFunction {
  uri: string;
  path: string;
  symbol: string;
  /** Of its name. */
  position: TextPosition;
  change: "new" | "changed";
  /** What else is to be known, in a few plain words: whether it is flagged, who can explain it, who calls it. */
  notes: readonly string[];
}

/** Request: what the user has explained and is about to forget, what most hangs on first. */
export const dueQuizzes = "fathom/dueQuizzes";
export interface DueFunction {
  uri: string;
  path: string;
  symbol: string;
  /** Of its name. */
  position: TextPosition;
  /** What is to be known of it, in a few plain words each. */
  notes: readonly string[];
}

/** How far somebody has come. */
export interface QuizProgress {
  step: "start" | "predict" | "explain" | "result";
  /** Of the questions so far; `null` where none was chosen. */
  answers: readonly (number | null)[];
  /** Explanations by id of the point. */
  drafts: Readonly<Record<string, string>>;
}

/** All there is to a quiz in the editor: what the panel shows, and keeps while the window reloads. */
export interface QuizState {
  sheet: QuizSheet;
  progress: QuizProgress;
  looks: number;
  /** The code lies open. */
  isLooking: boolean;
  /** The function has changed since. */
  isChanged: boolean;
  result?: QuizResult;
}

/** From the client to its panel. */
export type ToPanel =
  | { kind: "waiting"; text: string }
  | { kind: "failed"; text: string }
  /** Anything may be different. */
  | { kind: "show"; state: QuizState }
  /** Only what the client itself keeps is different. */
  | { kind: "update"; state: Pick<QuizState, "looks" | "isLooking" | "isChanged"> };

/** From the panel to the client. */
export type FromPanel =
  | { kind: "ready" }
  | { kind: "progress"; progress: QuizProgress }
  | { kind: "look" }
  | { kind: "cover" }
  | { kind: "finish" }
  | { kind: "sign" }
  | { kind: "retry" }
  | { kind: "open" }
  | { kind: "leave" };

/** Request: explanations that wait for a colleague's judgement, oldest first. */
export const waitingExplanations = "fathom/waitingExplanations";
export interface WaitingExplanation {
  /** Names it in the ledger. */
  hash: string;
  uri: string;
  path: string;
  symbol: string;
  /** Of the function's name. */
  position: TextPosition;
  /** Who wrote it, and when (ISO 8601, UTC). */
  by: string;
  at: string;
  /** The explanation with what colleagues have asked, as Markdown, made safe to be shown. Without the code. */
  markdown: string;
  /** Nobody judges their own. */
  isMine: boolean;
}

/** Request: accepts an explanation, or asks for more. */
export const answerExplanation = "fathom/answerExplanation";
export interface AnswerExplanationParams {
  /** Of the file with the function. */
  uri: string;
  hash: string;
  /** What is asked; accepts when absent. */
  question?: string;
}
/** Request: records that the team does without an explanation; `null` when no function is there. */
export const waiveFunction = "fathom/waiveFunction";
export interface WaiveFunctionParams {
  uri: string;
  position: TextPosition;
  reason: string;
}

/** Where it was written, relative to the workspace folder. */
export interface WrittenAnswer {
  ledger: string;
}

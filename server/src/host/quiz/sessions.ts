import { randomInt, randomUUID } from "node:crypto";
import { type Cancellation, neverCancelled } from "../../core/base/cancellation";
import { InputError } from "../../core/base/errors";
import type { Evidence } from "../../core/detectors/oracle-function/evidence";
import { type Grade, gradeOf, minQuestions } from "../../core/quiz/grade";
import type { Quiz } from "../../core/quiz/question";
import { type SigningTarget, signOff } from "../ledger/signing";
import { openSandboxes, type Sandboxes } from "../sandbox/sandboxes";
import type { Workspace } from "../workspace";
import { type MadeQuiz, makeQuiz } from "./makeQuiz";

/** A quiz that somebody takes. It holds the answers: nothing of it leaves but what is asked and, later, the result. */
export interface QuizSession {
  id: string;
  workspace: Workspace;
  /** The function as it was when the quiz began. */
  target: SigningTarget;
  quiz: Quiz;
  /** What tests would not notice; see `MadeQuiz`. */
  unnoticed: MadeQuiz["unnoticed"];
  code: string;
  /** Zero-based line of the code. */
  line: number;
  /** Why it was flagged, if it was. */
  flagged: readonly Evidence[];
}

/** What somebody hands in. */
export interface QuizAnswers {
  /** Indices of options by question; `null` where none was chosen. */
  answers: readonly (number | null)[];
  /** Markdown. */
  explanation: string;
  /** How often the code was looked at. */
  looks: number;
}

export interface GradedQuiz {
  grade: Grade;
  handedIn: QuizAnswers;
  signOff: SigningOutcome;
}

/** Where the sign-off was written, or why it was not, and whether that can be put right. */
export type SigningOutcome = { ledger: string } | { unsigned: string; canRetry: boolean };

/** Nobody takes so many at once; what was begun first is forgotten. */
const maxSessions = 20;
const seeds = 2 ** 31;

/** The quizzes that are being taken. */
export class QuizSessions {
  private readonly sessions = new Map<string, QuizSession>();
  private readonly graded = new Map<string, Promise<GradedQuiz>>();
  private sandboxes: Sandboxes | undefined;

  /**
   * Makes a quiz on a function.
   *
   * @param seed of an earlier quiz that is to go on
   * @throws InputError when the function is not there any more
   * @throws CancelledError
   */
  async begin(
    workspace: Workspace,
    { path, index, seed = randomInt(seeds) }: { path: string; index: number; seed?: number | undefined },
    cancellation: Cancellation = neverCancelled,
  ): Promise<QuizSession> {
    const summary = workspace.summaryOf(path);
    const fn = summary?.functions[index];
    const text = await workspace.textOf(path);
    if (!summary || !fn || text === undefined) throw new InputError(`${path}: cannot be read any more`);
    this.sandboxes ??= openSandboxes();
    const { quiz, unnoticed } = await makeQuiz(workspace, this.sandboxes, { path, index, seed }, cancellation);
    const { start, end, symbol, shapeHash } = fn;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const oracle = workspace.analysis().oracles.of(path, index);
    const session: QuizSession = {
      id: randomUUID(),
      workspace,
      target: { path, symbol, shapeHash },
      quiz,
      unnoticed,
      code: text.slice(lineStart, end),
      line: text.slice(0, start).split(/\r\n|\r|\n/).length - 1,
      flagged: oracle?.flagged ? oracle.evidence : [],
    };
    this.sessions.set(session.id, session);
    for (const id of [...this.sessions.keys()].slice(0, -maxSessions)) this.leave(id);
    return session;
  }

  get(id: string): QuizSession | undefined {
    return this.sessions.get(id);
  }

  /** Whether somebody is being asked about a function, and has not seen the result. */
  isAsking(workspace: Workspace, path: string, symbol: string): boolean {
    return [...this.sessions.values()].some(
      ({ id, workspace: asked, target }) =>
        asked === workspace && target.path === path && target.symbol === symbol && !this.graded.has(id),
    );
  }

  /** Nobody takes it any more. */
  leave(id: string): void {
    this.sessions.delete(id);
    this.graded.delete(id);
  }

  /**
   * Grades a quiz and, when it is passed, signs the function off. Only the first answers count: whoever has seen the
   * right ones cannot answer again. What kept a sign-off from being written may be put right meanwhile.
   *
   * @param mistakes how many answers may be wrong
   */
  grade(session: QuizSession, handedIn: QuizAnswers, mistakes: number): Promise<GradedQuiz> {
    const before = this.graded.get(session.id);
    const graded = before
      ? before.then((known) => signAgain(session, known))
      : gradeAndSign(session, handedIn, mistakes);
    this.graded.set(session.id, graded);
    return graded;
  }

  async dispose(): Promise<void> {
    await this.sandboxes?.dispose();
  }
}

async function gradeAndSign(session: QuizSession, handedIn: QuizAnswers, mistakes: number): Promise<GradedQuiz> {
  const { questions } = session.quiz;
  const answers = questions.map((_, i) => handedIn.answers[i] ?? undefined);
  const grade = gradeOf(questions, answers, mistakes);
  const isTooLittle = reasonNotToSign(grade, handedIn, mistakes);
  if (isTooLittle !== undefined) return { grade, handedIn, signOff: { unsigned: isTooLittle, canRetry: false } };
  return { grade, handedIn, signOff: await sign(session, grade, handedIn) };
}

async function signAgain(session: QuizSession, known: GradedQuiz): Promise<GradedQuiz> {
  const { grade, handedIn, signOff } = known;
  if (!("unsigned" in signOff) || !signOff.canRetry) return known;
  return { grade, handedIn, signOff: await sign(session, grade, handedIn) };
}

function reasonNotToSign({ asked, passed }: Grade, { explanation }: QuizAnswers, mistakes: number): string | undefined {
  if (asked < minQuestions)
    return `Fewer than ${minQuestions} questions can be asked about it, which prove too little.`;
  if (!passed) {
    return mistakes === 0 ? "Every answer has to be right." : `At most ${mistakes} of the answers may be wrong.`;
  }
  return explanation === "" ? "There is no explanation that a colleague could rebuild it from." : undefined;
}

async function sign(
  { workspace, target }: QuizSession,
  { score }: Grade,
  { looks, explanation }: QuizAnswers,
): Promise<SigningOutcome> {
  try {
    const signed = { graded: "questions", score, peeks: looks, text: explanation } as const;
    return { ledger: (await signOff(workspace, target, signed)).path };
  } catch (error) {
    // Git may be told who the user is; a function that is another one by now stays so.
    if (error instanceof InputError) return { unsigned: error.message, canRetry: true };
    throw error;
  }
}

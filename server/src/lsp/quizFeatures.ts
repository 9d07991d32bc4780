import { setTimeout } from "node:timers/promises";
import type { CancellationToken, createConnection } from "vscode-languageserver/node";
import { InputError } from "../core/base/errors";
import { type Range, rangeOf } from "../core/base/text";
import { visible } from "../core/base/visible";
import type { Evidence, EvidenceKind } from "../core/detectors/oracle-function/evidence";
import type { FunctionSummary } from "../core/model/fileSummary";
import { coveredSpan } from "../core/quiz/coveredSpan";
import { explainPrompts, explanationOf, minQuestions } from "../core/quiz/grade";
import { requireIdentity } from "../host/ledger/identity";
import { changedSubjects, subjectNotes } from "../host/quiz/changedSubjects";
import { type DueQuiz, dueNotes, dueQuizzes as findDueQuizzes } from "../host/quiz/dueQuizzes";
import { type GradedQuiz, type QuizSession, QuizSessions } from "../host/quiz/sessions";
import {
  type ChangedFunction,
  type ChangedFunctionsParams,
  changedFunctions,
  type DueFunction,
  dueQuizzes,
  type GradeQuizParams,
  gradeQuiz,
  type LeaveQuizParams,
  leaveQuiz,
  type MakeQuizParams,
  makeQuiz,
  type QuizPlace,
  type QuizResult,
  type QuizSheet,
  quizPlace,
} from "../protocol/quizMessages";
import { answerRequest } from "./answerRequest";
import { type Folder, functionAround } from "./folder";

type Connection = ReturnType<typeof createConnection>;

/** What the quiz needs of the server. */
export interface QuizPlaces {
  /** Where a document belongs, with its latest text analysed. */
  upToDate(uri: string, token: CancellationToken): Promise<{ folder: Folder; path: string } | undefined>;
  /** Once a folder has been read to its end. */
  scanned(folder: Folder): Promise<void>;
  folders(): Iterable<Folder>;
  /** The ledger says something else now, or other functions are covered. */
  changed(): void;
}

/** Quizzes for an editor that shows them. */
export class QuizFeatures {
  private readonly sessions = new QuizSessions();
  private readonly folderOf = new WeakMap<QuizSession, Folder>();

  constructor(
    private readonly connection: Connection,
    private readonly places: QuizPlaces,
  ) {}

  listen(): void {
    const { connection } = this;
    answerRequest(connection, makeQuiz, (params: MakeQuizParams, token) => this.make(params, token));
    answerRequest(connection, gradeQuiz, (params: GradeQuizParams) => this.grade(params));
    answerRequest(connection, quizPlace, ({ session }: { session: string }, token) => this.place(session, token));
    answerRequest(connection, changedFunctions, (params: ChangedFunctionsParams, token) => this.changed(params, token));
    answerRequest(connection, dueQuizzes, (_: unknown, token) => this.due(token));
    connection.onNotification(leaveQuiz, ({ session }: LeaveQuizParams) => {
      this.sessions.leave(session);
      this.places.changed();
    });
  }

  /** Whether somebody is being asked about a function: what is known of it stays covered as its code does. */
  isAsking({ workspace }: Folder, path: string, symbol: string): boolean {
    return this.sessions.isAsking(workspace, path, symbol);
  }

  private async make(params: MakeQuizParams, token: CancellationToken): Promise<QuizSheet | null> {
    const place = await this.places.upToDate(params.uri, token);
    // The same questions come of the same workspace: a quiz may go on right after the server was started.
    if (place && (params.seed !== undefined || !place.folder.file(place.path))) await this.places.scanned(place.folder);
    const index = place && functionAsked(place, params);
    if (!place || index === undefined) return null;
    const { folder, path } = place;
    const session = await this.sessions.begin(folder.workspace, { path, index, seed: params.seed }, token);
    this.folderOf.set(session, folder);
    this.places.changed();
    return await this.sheetOf(session, folder, index, token);
  }

  /** Only what may be seen before the answers: questions are copied field by field. */
  private async sheetOf(
    session: QuizSession,
    folder: Folder,
    index: number,
    token: CancellationToken,
  ): Promise<QuizSheet | null> {
    const { target, quiz } = session;
    const { workspace } = folder;
    const file = folder.file(target.path);
    const fn = file?.functions[index];
    const range = await coveredRange(folder, target.path, index);
    if (!file || !fn || !range) return null;
    const cannotSign = await reasonNotToSign(folder, token);
    const told = session.flagged.filter(isHarmless);
    return {
      session: session.id,
      seed: quiz.seed,
      uri: folder.uriOf(target.path),
      path: target.path,
      symbol: target.symbol,
      signature: visible(signatureOf(fn)),
      range,
      flagged: told.map(({ detail }) => visible(detail)),
      flaggedByCode: session.flagged.length - told.length,
      questions: quiz.questions.map(({ id, prompt, code, options }) => ({
        id,
        prompt: visible(prompt),
        ...(code !== undefined && { code: visible(code) }),
        options: options.map(visible),
      })),
      prompts: explainPrompts,
      mistakes: workspace.setting("quiz.mistakes"),
      minQuestions,
      ...(quiz.notice !== undefined && { notice: visible(quiz.notice) }),
      ...(cannotSign !== undefined && { cannotSign }),
    };
  }

  private async grade({ session: id, answers, explanation, looks }: GradeQuizParams): Promise<QuizResult | null> {
    const session = this.sessions.get(id);
    if (!session) return null;
    const handedIn = { answers, explanation: explanationOf(explanation), looks };
    const graded = await this.sessions.grade(session, handedIn, session.workspace.setting("quiz.mistakes"));
    this.places.changed();
    return resultOf(session, graded, await settledWithin(unnoticedPatience, session.unnoticed(), []));
  }

  private async place(id: string, token: CancellationToken): Promise<QuizPlace | null> {
    const session = this.sessions.get(id);
    const folder = session && this.folderOf.get(session);
    if (!session || !folder) return null;
    const { path, symbol, shapeHash } = session.target;
    await this.places.upToDate(folder.uriOf(path), token);
    const functions = folder.workspace.summaryOf(path)?.functions ?? [];
    const same = functions.findIndex((fn) => fn.symbol === symbol && fn.shapeHash === shapeHash);
    const index = same < 0 ? functions.findIndex((fn) => fn.symbol === symbol) : same;
    const range = await coveredRange(folder, path, index);
    return range ? { range, isChanged: same < 0 } : null;
  }

  private async changed({ uri, since }: ChangedFunctionsParams, token: CancellationToken): Promise<ChangedFunction[]> {
    const place = uri === undefined ? undefined : await this.places.upToDate(uri, token);
    const folder = place?.folder ?? [...this.places.folders()][0];
    if (!folder) return [];
    const subjects = await changedSubjects(folder.workspace, since, token);
    return subjects.flatMap((subject): ChangedFunction[] => {
      const { path, index, change } = subject;
      const notes = subjectNotes(subject);
      return namedPlace(folder, path, index).map((named) => ({ ...named, change, notes }));
    });
  }

  private async due(token: CancellationToken): Promise<DueFunction[]> {
    const all: { folder: Folder; due: DueQuiz }[] = [];
    for (const folder of this.places.folders()) {
      const found = await findDueQuizzes(folder.workspace, Date.now(), token);
      all.push(...found.map((due) => ({ folder, due })));
    }
    return all
      .sort((a, b) => b.due.callers - a.due.callers)
      .flatMap(({ folder, due }) =>
        namedPlace(folder, due.path, due.index).map((named) => ({ ...named, notes: dueNotes(due) })),
      );
  }
}

function namedPlace(folder: Folder, path: string, index: number) {
  const file = folder.file(path);
  const fn = file?.functions[index];
  if (!file || !fn) return [];
  const position = rangeOf(file.lineStarts, fn.nameSpan).start;
  return [{ uri: folder.uriOf(path), path, symbol: fn.symbol, position }];
}

async function coveredRange({ workspace }: Folder, path: string, index: number): Promise<Range | undefined> {
  const [facts, text] = [await workspace.factsOf(path), await workspace.textOf(path)];
  const fn = facts?.functions[index];
  return facts && text !== undefined && fn ? rangeOf(facts.lineStarts, coveredSpan(facts, text, fn)) : undefined;
}

/** Told before somebody writes an explanation, not after. */
async function reasonNotToSign({ workspace }: Folder, token: CancellationToken): Promise<string | undefined> {
  try {
    await requireIdentity(workspace.root, token);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function functionAsked(
  { folder, path }: { folder: Folder; path: string },
  { position, symbol }: MakeQuizParams,
): number | undefined {
  const file = folder.file(path);
  if (!file) return undefined;
  if (position === undefined) {
    const index = file.functions.findIndex((fn) => fn.symbol === symbol);
    return index < 0 ? undefined : index;
  }
  return functionAround(file, position)?.index;
}

/** Nothing but what a caller sees. */
function signatureOf({ symbol, parameters, results, modifiers }: FunctionSummary): string {
  const listed = parameters.map(
    ({ name, type, default: fallback, rest }) =>
      `${rest ? "..." : ""}${name}${type === undefined ? "" : `: ${type}`}${fallback === undefined ? "" : ` = ${fallback}`}`,
  );
  const isAsync = modifiers.includes("async") ? "async " : "";
  const result = results.length === 0 ? "" : ` -> ${results.join(", ")}`;
  return `${isAsync}${symbol}(${listed.join(", ")})${result}`.replace(/\s+/g, " ");
}

/** Of the reasons to flag a function, those that tell nothing of what it does. */
const harmlessKinds: ReadonlySet<EvidenceKind> = new Set([
  "complexity",
  "nesting",
  "no-why",
  "fan-in",
  "often-changed",
  "recent-fixes",
  "fixed-file",
  "one-shot",
  "ai-written",
]);

function isHarmless({ kind }: Evidence): boolean {
  return harmlessKinds.has(kind);
}

/** How long the result waits for what tests would not notice, in milliseconds. */
const unnoticedPatience = 3000;

/** What a promise comes to, or something else where it fails or takes longer. */
async function settledWithin<T>(patience: number, promise: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([promise.catch(() => otherwise), setTimeout(patience, otherwise, { ref: false })]);
}

function resultOf(
  { quiz, code, line, flagged }: QuizSession,
  { grade, handedIn, signOff }: GradedQuiz,
  unnoticed: readonly string[],
): QuizResult {
  return {
    right: grade.right,
    asked: grade.asked,
    passed: grade.passed,
    looks: handedIn.looks,
    questions: quiz.questions.map(({ answer, why }, i) => ({
      answer,
      chosen: handedIn.answers[i] ?? null,
      why: visible(why),
    })),
    flagged: flagged
      .filter((evidence) => !isHarmless(evidence))
      .map(({ detail, line: at }) => ({ detail: visible(detail), line: at })),
    unnoticed: unnoticed.map(visible),
    code: { text: visible(code), line },
    signOff,
  };
}

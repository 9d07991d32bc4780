import type { CancellationToken, createConnection } from "vscode-languageserver/node";
import { rangeOf } from "../core/base/text";
import type { FunctionSummary } from "../core/model/fileSummary";
import { explainPrompts, explanationOf, minQuestions } from "../core/quiz/grade";
import { changedSubjects, subjectNotes } from "../host/quiz/changedSubjects";
import { type GradedQuiz, type QuizSession, QuizSessions } from "../host/quiz/sessions";
import {
  type ChangedFunction,
  type ChangedFunctionsParams,
  changedFunctions,
  type GradeQuizParams,
  gradeQuiz,
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
  /** The ledger says something else now. */
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
    return this.sheetOf(session, folder, index);
  }

  /** Only what may be seen before the answers: questions are copied field by field. */
  private sheetOf(session: QuizSession, folder: Folder, index: number): QuizSheet | null {
    const { target, quiz } = session;
    const { workspace } = folder;
    const file = folder.file(target.path);
    const fn = file?.functions[index];
    if (!file || !fn) return null;
    const oracle = workspace.analysis().oracles.of(target.path, index);
    return {
      session: session.id,
      seed: quiz.seed,
      uri: folder.uriOf(target.path),
      path: target.path,
      symbol: target.symbol,
      signature: signatureOf(fn),
      range: rangeOf(file.lineStarts, fn),
      flagged: oracle?.flagged ? oracle.evidence.map(({ detail }) => detail) : [],
      questions: quiz.questions.map(({ id, prompt, code, options }) => ({
        id,
        prompt,
        ...(code !== undefined && { code }),
        options,
      })),
      prompts: explainPrompts,
      mistakes: workspace.setting("quiz.mistakes"),
      minQuestions,
      ...(quiz.notice !== undefined && { notice: quiz.notice }),
    };
  }

  private async grade({ session: id, answers, explanation, looks }: GradeQuizParams): Promise<QuizResult | null> {
    const session = this.sessions.get(id);
    if (!session) return null;
    const handedIn = { answers, explanation: explanationOf(explanation), looks };
    return resultOf(session, await this.sessions.grade(session, handedIn, session.workspace.setting("quiz.mistakes")));
  }

  private async place(id: string, token: CancellationToken): Promise<QuizPlace | null> {
    const session = this.sessions.get(id);
    const folder = session && this.folderOf.get(session);
    if (!session || !folder) return null;
    const { path, symbol, shapeHash } = session.target;
    await this.places.upToDate(folder.uriOf(path), token);
    const file = folder.workspace.summaryOf(path);
    const named = file?.functions.filter((fn) => fn.symbol === symbol) ?? [];
    const fn = named.find((each) => each.shapeHash === shapeHash) ?? named[0];
    return file && fn ? { range: rangeOf(file.lineStarts, fn), isChanged: fn.shapeHash !== shapeHash } : null;
  }

  private async changed({ uri, since }: ChangedFunctionsParams, token: CancellationToken): Promise<ChangedFunction[]> {
    const place = uri === undefined ? undefined : await this.places.upToDate(uri, token);
    const folder = place?.folder ?? [...this.places.folders()][0];
    if (!folder) return [];
    const subjects = await changedSubjects(folder.workspace, since, token);
    return subjects.flatMap((subject): ChangedFunction[] => {
      const { path, index, change } = subject;
      const file = folder.file(path);
      const fn = file?.functions[index];
      if (!file || !fn) return [];
      const position = rangeOf(file.lineStarts, fn.nameSpan).start;
      const notes = subjectNotes(subject);
      return [{ uri: folder.uriOf(path), path, symbol: fn.symbol, position, change, notes }];
    });
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
  const lineStart = file.lineStarts[position.line];
  return lineStart === undefined ? undefined : functionAround(file, lineStart + position.character)?.index;
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

function resultOf({ quiz, code, line }: QuizSession, { grade, handedIn, signOff }: GradedQuiz): QuizResult {
  return {
    right: grade.right,
    asked: grade.asked,
    passed: grade.passed,
    looks: handedIn.looks,
    questions: quiz.questions.map(({ answer, why }, i) => ({ answer, chosen: handedIn.answers[i] ?? null, why })),
    code: { text: code, line },
    signOff,
  };
}

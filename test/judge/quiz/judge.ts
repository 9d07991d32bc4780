import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { neverCancelled } from "../../../server/src/core/base/cancellation";
import { Random } from "../../../server/src/core/base/random";
import { resolveSettings } from "../../../server/src/core/base/settings";
import { lineAt, lineStartsOf } from "../../../server/src/core/base/text";
import { type Settings, settingDefinitions } from "../../../server/src/core/engine/settings";
import type { CallTarget } from "../../../server/src/core/model/link/links";
import {
  functionAt,
  type LinkedFunction,
  linkedFunction,
  type WorkspaceModel,
} from "../../../server/src/core/model/workspaceModel";
import { minQuestions } from "../../../server/src/core/quiz/grade";
import { pureModules } from "../../../server/src/core/quiz/isolate/pythonLibrary";
import type { Question } from "../../../server/src/core/quiz/question";
import { askByRunning } from "../../../server/src/core/quiz/quiz";
import type { Sandbox } from "../../../server/src/core/quiz/sandbox";
import { exploreFunction, subjectOf } from "../../../server/src/host/quiz/makeQuiz";
import { openSandboxes } from "../../../server/src/host/sandbox/sandboxes";
import { createSyntaxHost } from "../../../server/src/host/syntaxHost";
import { Workspace } from "../../../server/src/host/workspace";
import { type GuessedQuestion, guessTable, percent } from "./guesses";
import { type Outside, runOutside } from "./outside";

const minLines = 4;

export interface JudgeOptions {
  repositories: readonly string[];
  /** Functions without side effects that are judged, all repositories together. */
  count: number;
  seed: number;
  /** Quizzes made of each function for the guessing: more of them leave less to chance. */
  quizzes: number;
  /** Where the bundles of Fathom are. */
  dist: string;
  /** Where the runners are, and what may be kept from one run to the next. */
  folder: string;
  cacheFolder?: string;
  /** Where to write every quiz, for people to read. */
  output?: string;
  /** Whether to say only which functions are drawn. */
  drawOnly?: boolean;
}

/** What came of one function. */
interface Row {
  repository: string;
  name: string;
  /** One-based. */
  line: number;
  /** Why it cannot be run by itself. */
  reason?: string;
  /** Of one quiz. */
  questions: readonly Question[];
  /** Of all. */
  guessed: readonly GuessedQuestion[];
  cases: number;
  mutants: number;
  outside: Outside;
}

interface Repository {
  name: string;
  /** Functions that were looked at until there were enough without side effects. */
  drawn: number;
  rows: Row[];
}

/**
 * Draws functions at random, makes a quiz of each that has no side effects, runs the cases outside the sandbox, and lets
 * blind strategies guess. Runs what it is given: repositories are chosen by whoever starts it.
 *
 * @returns exit code
 */
export async function judge(options: JudgeOptions): Promise<number> {
  const sandbox = openSandboxes({ directory: options.dist, callDeadline: 5000 });
  const repositories: Repository[] = [];
  try {
    let left = options.count;
    for (const [i, root] of options.repositories.entries()) {
      const repository: Repository = { name: basename(root), drawn: 0, rows: [] };
      repositories.push(repository);
      await fill(repository, root, Math.ceil(left / (options.repositories.length - i)), options, sandbox);
      if (options.output) writeFileSync(options.output, JSON.stringify(repositories, withoutGuessed, 1));
      left -= repository.rows.length;
    }
  } finally {
    await sandbox.dispose();
  }
  const rows = repositories.flatMap((repository) => repository.rows);
  process.stdout.write(
    `${[...table(repositories), ...reasons(rows), "", ...guessTable(rows.flatMap(({ guessed }) => guessed))].join("\n")}\n`,
  );
  return rows.some(({ outside }) => outside.differ.length > 0) ? 1 : 0;
}

function withoutGuessed(key: string, value: unknown): unknown {
  return key === "guessed" ? undefined : value;
}

async function fill(repository: Repository, root: string, count: number, options: JudgeOptions, sandbox: Sandbox) {
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const { dist, cacheFolder, seed, folder } = options;
  const workspace = await Workspace.open(root, values as Settings, {
    syntaxHost: createSyntaxHost(dist),
    threads: 2,
    cacheFolder,
  });
  await workspace.scan({ cancellation: neverCancelled });
  const { model } = workspace.analysis();
  for (const { path, index } of new Random(seed).shuffled(functionsOf(model))) {
    if (repository.rows.length >= count) break;
    repository.drawn++;
    if (!isWithoutSideEffects(model, path, index)) continue;
    const subject = await subjectOf(workspace, { path, index, seed });
    const line = lineAt(lineStartsOf(subject.text), subject.fn.start) + 1;
    const row = { repository: repository.name, name: `${path}#${subject.symbol}`, line };
    const nothing = {
      questions: [],
      guessed: [],
      cases: 0,
      mutants: 0,
      outside: { differ: [], ran: "program" as const },
    };
    if (options.drawOnly) {
      repository.rows.push({ ...row, ...nothing });
      continue;
    }
    const explored = await exploreFunction(workspace, sandbox, subject, neverCancelled);
    process.stderr.write(
      `${row.repository} ${row.name}: ${"reason" in explored ? explored.reason : `${explored.cases.length} cases`}\n`,
    );
    if ("reason" in explored) {
      repository.rows.push({ ...row, ...nothing, reason: explored.reason });
      continue;
    }
    const quizzes = Array.from({ length: options.quizzes }, (_, i) => askByRunning(subject, explored, seed + i));
    const [questions = []] = quizzes;
    const guessed = quizzes.flat().map((question) => ({ ...question, about: `${row.repository} ${row.name}` }));
    const outside = runOutside(explored, { root, path, runners: folder });
    const { length: cases } = explored.cases;
    repository.rows.push({ ...row, questions, guessed, cases, mutants: explored.mutants.length, outside });
    for (const difference of outside.differ.slice(0, 3)) process.stdout.write(`${row.name}\n  ${difference}\n`);
  }
}

function functionsOf(model: WorkspaceModel): { path: string; index: number }[] {
  return [...model.files.values()].flatMap((file) =>
    /^(?:python|javascript|typescript)$/.test(file.language) && !file.isTest && !file.leftOut
      ? file.functions.flatMap((fn, index) =>
          fn.metrics.lines >= minLines && fn.parameters.length > 0 && fn.form !== "closure" && !fn.isTest
            ? [{ path: file.path, index }]
            : [],
        )
      : [],
  );
}

/** Modules outside the workspace of which one knows that they only calculate; what they read is an effect of its own. */
const calculating = new Set([...pureModules, "builtin", "path", "util", "url", "querystring", "assert"]);
const maxReached = 400;

/**
 * As far as the analysis knows, by itself and through what it calls: raising an error is none. What calls a package
 * that nobody has analysed may do anything.
 */
function isWithoutSideEffects(model: WorkspaceModel, path: string, index: number): boolean {
  const file = model.files.get(path);
  const linked = file && linkedFunction(model, file, index);
  if (!linked?.effects.effects.every(({ kind }) => kind === "throw")) return false;
  const reached = new Set([linked]);
  for (const fn of reached) {
    if (fn.links.calls.some((target, i) => mayDoAnything(model, fn, target, i))) return false;
    for (const { callee } of fn.edges) {
      const next = model.functions.get(callee);
      if (next && reached.size < maxReached) reached.add(next);
    }
  }
  return true;
}

/** A call of a package that nobody has analysed, or of something imported that could not be followed. */
function mayDoAnything(model: WorkspaceModel, fn: LinkedFunction, target: CallTarget, call: number): boolean {
  const { external, functions } = target;
  if (external) return !calculating.has(external.module.replace(/^node:/, ""));
  const { file, fn: own } = functionAt(model, fn) ?? {};
  const root = /^[\p{L}\p{N}_$]+/u.exec(own?.calls[call]?.callee ?? "")?.[0];
  return functions.length === 0 && (file?.imports.some(({ localName }) => localName === root) ?? false);
}

function table(repositories: readonly Repository[]): string[] {
  const cell = (value: string | number) => String(value).padStart(12);
  const heads = ["drawn", "no effects", "runnable", `${minQuestions}+`, "of runnable", "real file", "cases", "differ"];
  const line = (name: string, rows: readonly Row[], drawn: number) => {
    const runnable = rows.filter(({ reason }) => reason === undefined);
    const enough = runnable.filter(({ questions }) => questions.length >= minQuestions);
    const cases = rows.reduce((sum, row) => sum + row.cases, 0);
    const differ = rows.reduce((sum, { outside }) => sum + outside.differ.length, 0);
    const real = rows.filter(({ outside, cases: ran }) => ran > 0 && outside.ran === "file").length;
    const share = percent(enough.length, runnable.length);
    return (
      name.padEnd(28) +
      [drawn, rows.length, runnable.length, enough.length, share, real, cases, differ].map(cell).join("")
    );
  };
  const all = repositories.flatMap(({ rows }) => rows);
  return [
    " ".repeat(28) + heads.map(cell).join(""),
    ...repositories.map(({ name, rows, drawn }) => line(name, rows, drawn)),
    line(
      "all",
      all,
      repositories.reduce((sum, { drawn }) => sum + drawn, 0),
    ),
    "",
  ];
}

function reasons(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { reason } of rows) {
    const kind = reason?.replace(/`[^`]*`/g, "…");
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, times]) => `not run: ${reason}: ${times}`);
}

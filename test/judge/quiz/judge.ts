import { basename } from "node:path";
import { neverCancelled } from "../../../server/src/core/base/cancellation";
import { Random } from "../../../server/src/core/base/random";
import { resolveSettings } from "../../../server/src/core/base/settings";
import { type Settings, settingDefinitions } from "../../../server/src/core/engine/settings";
import { lures } from "../../../server/src/core/quiz/balance";
import { minQuestions } from "../../../server/src/core/quiz/grade";
import type { Question } from "../../../server/src/core/quiz/question";
import { askByRunning } from "../../../server/src/core/quiz/quiz";
import type { Sandbox } from "../../../server/src/core/quiz/sandbox";
import { exploreFunction, subjectOf } from "../../../server/src/host/quiz/makeQuiz";
import { openSandboxes } from "../../../server/src/host/sandbox/sandboxes";
import { createSyntaxHost } from "../../../server/src/host/syntaxHost";
import { Workspace } from "../../../server/src/host/workspace";
import { mismatches } from "./outside";

const seed = 20;
const minLines = 4;

/** What came of one function. */
interface Row {
  name: string;
  /** Why it cannot be run by itself. */
  reason?: string;
  questions: readonly Question[];
  /** Cases whose outcome was another one outside the sandbox, of how many. */
  wrong: readonly string[];
  cases: number;
}

/**
 * Draws functions at random, makes a quiz of each, runs the cases outside the sandbox, and lets blind strategies guess.
 * Runs what it is given: repositories are chosen by whoever starts it.
 *
 * @returns exit code
 */
export async function judge(repositories: readonly string[], count: number, dist: string): Promise<number> {
  const sandbox = openSandboxes({ directory: dist, callDeadline: 20_000 });
  const rows: Row[] = [];
  try {
    for (const [i, root] of repositories.entries()) {
      const share = Math.ceil((count - rows.length) / (repositories.length - i));
      for await (const row of drawn(root, share, dist, sandbox)) {
        rows.push(row);
        if (row.wrong.length > 0) process.stdout.write(`${row.name}\n  ${row.wrong.slice(0, 3).join("\n  ")}\n`);
      }
    }
  } finally {
    await sandbox.dispose();
  }
  tell(rows);
  return rows.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

async function* drawn(root: string, count: number, dist: string, sandbox: Sandbox): AsyncGenerator<Row> {
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const workspace = await Workspace.open(root, values as Settings, { syntaxHost: createSyntaxHost(dist), threads: 1 });
  await workspace.scan({ cancellation: neverCancelled });
  const functions = [...workspace.analysis().model.files.values()].flatMap((file) =>
    /^(?:python|javascript|typescript)$/.test(file.language) && !file.isTest && !file.leftOut
      ? file.functions.flatMap((fn, index) =>
          fn.metrics.lines >= minLines && fn.parameters.length > 0 && fn.form !== "closure" && !fn.isTest
            ? [{ path: file.path, index, name: `${basename(root)}/${file.path}#${fn.symbol}` }]
            : [],
        )
      : [],
  );
  for (const { path, index, name } of new Random(seed).shuffled(functions).slice(0, count)) {
    const subject = await subjectOf(workspace, { path, index, seed });
    const explored = await exploreFunction(workspace, sandbox, subject, neverCancelled);
    if ("reason" in explored) yield { name, reason: explored.reason, questions: [], wrong: [], cases: 0 };
    else {
      const questions = askByRunning(subject, explored, seed);
      yield { name, questions, wrong: mismatches(explored), cases: explored.cases.length };
    }
  }
}

function tell(rows: readonly Row[]): void {
  const runnable = rows.filter(({ reason }) => reason === undefined);
  const enough = runnable.filter(({ questions }) => questions.length >= minQuestions);
  const cases = rows.reduce((sum, row) => sum + row.cases, 0);
  const wrong = rows.reduce((sum, row) => sum + row.wrong.length, 0);
  const reasons = new Map<string, number>();
  for (const { reason } of rows) {
    const kind = reason?.replace(/`[^`]*`/g, "…");
    if (kind) reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
  }
  const lines = [
    `functions drawn                 ${rows.length}`,
    `can be run by themselves        ${runnable.length}`,
    `  with ${minQuestions} questions or more      ${enough.length} (${percent(enough.length, runnable.length)})`,
    `questions                       ${rows.reduce((sum, row) => sum + row.questions.length, 0)}`,
    `cases run outside the sandbox   ${cases}, of which ${wrong} differ`,
    ...[...reasons].sort((a, b) => b[1] - a[1]).map(([reason, times]) => `  not run: ${reason}: ${times}`),
    ...guesses(rows.flatMap(({ questions }) => questions)),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** How often a blind strategy hits, beside chance. */
function guesses(questions: readonly Question[]): string[] {
  const chance = questions.reduce((sum, { options }) => sum + 1 / options.length, 0);
  const names = ["the longest", "the most like the others", "the most like the question"];
  const byLure = lures.map((lure, i) => {
    const hits = questions.reduce((sum, { options, answer, prompt, code = "" }) => {
      const values = options.map((option) => lure(option, options, `${prompt} ${code}`));
      const best = values.flatMap((value, at) => (value === Math.max(...values) ? [at] : []));
      return sum + (best.includes(answer) ? 1 / best.length : 0);
    }, 0);
    return `guessing ${names[i]}: ${percent(hits, questions.length)}`;
  });
  const first = questions.filter(({ answer }) => answer === 0).length;
  return [
    `chance: ${percent(chance, questions.length)}`,
    `guessing the first: ${percent(first, questions.length)}`,
    ...byLure,
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`;
}

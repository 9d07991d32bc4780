/**
 * Tests the oracle score against history. At the commit in the middle of each repository's first-parent line every
 * function is scored, with nothing newer known; then the later fixes say which functions they touched. Length is the
 * measure to beat: longer functions are touched more by whatever happens.
 */
import { writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { resolveSettings } from "../../../server/src/core/base/settings";
import { lineAt } from "../../../server/src/core/base/text";
import { oracleFunction, rankOracles } from "../../../server/src/core/detectors/oracle-function/detector";
import { Engine } from "../../../server/src/core/engine/engine";
import { FileExtractor } from "../../../server/src/core/engine/extractor";
import { type Settings, settingDefinitions } from "../../../server/src/core/engine/settings";
import { languageOfPath } from "../../../server/src/core/languages/languages";
import type { FunctionSummary } from "../../../server/src/core/model/fileSummary";
import { functionKeys } from "../../../server/src/core/model/functionHistory";
import type { WorkspaceModel } from "../../../server/src/core/model/workspaceModel";
import { GitHistory } from "../../../server/src/host/history/gitHistory";
import { createSyntaxHost } from "../../../server/src/host/syntaxHost";
import { git, markLaterFixes, type PastFunction } from "./laterFixes";
import { auc, fileDraws, interval, type Judged, lengthStratum, logOddsRatio, type Statistic } from "./statistics";

const rounds = 400;
const measures = [
  "score",
  "score without history",
  "cognitive complexity",
  "nesting",
  "commits of function",
  "fixes in function",
  "fixes in file",
];
const maxFileSize = 1 << 20;

interface Repository {
  name: string;
  /** Chosen by a rule nobody can bend: the first commit's id begins with an odd digit. */
  isForChoosing: boolean;
  past: string;
  commits: number;
  rows: Judged[];
}

/** @param rowsPath where every judged function is written as a line of JSON */
export async function judge(paths: readonly string[], rowsPath?: string): Promise<number> {
  if (paths.length === 0) {
    process.stderr.write("Usage: npm run judge:oracle -- REPOSITORY... [--rows=FILE]\n");
    return 2;
  }
  const repositories: Repository[] = [];
  for (const path of paths) {
    process.stderr.write(`${path}\n`);
    repositories.push(await judgeRepository(path));
  }
  if (rowsPath) {
    const lines = repositories.flatMap(({ name, isForChoosing, rows }) =>
      rows.map((row) => `${JSON.stringify({ repository: name, isForChoosing, ...row })}\n`),
    );
    writeFileSync(rowsPath, lines.join(""));
  }
  for (const isForChoosing of [true, false]) {
    const half = repositories.filter((repository) => repository.isForChoosing === isForChoosing);
    if (half.length > 0) print(report(half, isForChoosing ? "Weights were chosen on" : "Reported on"));
  }
  return 0;
}

async function judgeRepository(path: string): Promise<Repository> {
  const mainline = (await git(path, ["rev-list", "--first-parent", "HEAD"])).toString().trim().split("\n");
  const past = mainline[mainline.length >> 1] as string;
  const roots = (await git(path, ["rev-list", "--max-parents=0", "HEAD"])).toString().trim().split("\n");
  const { values } = resolveSettings(settingDefinitions, () => undefined);
  const extractor = await FileExtractor.create(createSyntaxHost());
  const engine = new Engine(async () => extractor, values as Settings);
  for (const [file, text] of await sourcesAt(path, past)) await engine.setFile(file, text);
  const { model } = engine.analysis();
  const rows = await judgeFunctions(path, past, model);
  const name = basename(path) === "repo" || basename(path) === ".git" ? basename(dirname(path)) : basename(path);
  return {
    name: name.replace(/\.git$/, "").replace("+", "/"),
    isForChoosing: Number.parseInt((roots.at(-1) as string).charAt(0), 16) % 2 === 1,
    past,
    commits: mainline.length,
    rows,
  };
}

async function judgeFunctions(path: string, past: string, model: WorkspaceModel): Promise<Judged[]> {
  const files = [...model.files.values()].map((file) => ({
    path: file.path,
    functions: file.functions.map((fn) => ({ symbol: fn.symbol, ...linesOf(file.lineStarts, fn) })),
  }));
  const reader = new GitHistory(path, { revision: past, limits: { maxCommits: 5000, timeout: 600_000 } });
  const { history } = await reader.read(files, async () => undefined, { isCancellationRequested: false });
  const options = Object.fromEntries(
    Object.entries(oracleFunction.options).map(([name, option]) => [name, option.default]),
  ) as Parameters<typeof rankOracles>[1];
  const without = new Map(
    rankOracles(model, options)
      .all()
      .map(({ file, index, score }) => [`${index} ${file.path}`, score]),
  );
  const scored = rankOracles({ ...model, ...(history && { history }) }, options).all();
  const functions = scored.map(({ file, index }): PastFunction => {
    const { startLine, endLine } = linesOf(file.lineStarts, file.functions[index] as FunctionSummary);
    return { path: file.path, range: { start: startLine, end: endLine + 1 }, isFixed: false };
  });
  await markLaterFixes(path, past, functions);
  const keys = new Map(
    [...model.files.values()].map((file) => [file, functionKeys(file.functions.map((fn) => fn.symbol))]),
  );
  return scored.map(({ file, index, score, evidence }, i) => {
    const fn = file.functions[index] as FunctionSummary;
    const known = history?.files.get(file.path);
    const own = known?.functions[keys.get(file)?.[index] as string];
    const kinds: Record<string, number> = {};
    for (const { kind } of evidence) kinds[`has ${kind}`] = (kinds[`has ${kind}`] ?? 0) + 1;
    return {
      file: `${path} ${file.path}`,
      lines: Math.max(1, fn.metrics.lines),
      isFixed: (functions[i] as PastFunction).isFixed,
      measures: {
        score,
        "score without history": without.get(`${index} ${file.path}`) ?? 0,
        "cognitive complexity": fn.ownCognitive,
        nesting: fn.metrics.maxNesting,
        "fixes in function": own?.fixes ?? 0,
        "fixes in file": known?.recentFixes ?? 0,
        "commits of function": own?.commits ?? 0,
        "commits of file": known?.commits ?? 0,
        "all fixes in file": known?.fixes ?? 0,
        "share by agents": own?.aiShare ?? 0,
        "lines of its first commit": own?.origin?.commitLines ?? 0,
        "no human edit": own && !own.lastHuman ? 1 : 0,
        ...kinds,
      },
    };
  });
}

function linesOf(lineStarts: number[], { start, end }: FunctionSummary): { startLine: number; endLine: number } {
  return { startLine: lineAt(lineStarts, start) + 1, endLine: lineAt(lineStarts, Math.max(start, end - 1)) + 1 };
}

async function* batches(repository: string, blobs: readonly [string, string][]): AsyncGenerator<[string, string]> {
  for (let i = 0; i < blobs.length; i += 500) {
    const part = blobs.slice(i, i + 500);
    const output = await git(repository, ["cat-file", "--batch"], part.map(([, id]) => `${id}\n`).join(""));
    let position = 0;
    for (const [path] of part) {
      const end = output.indexOf(10, position);
      const size = / blob (\d+)$/.exec(output.toString("latin1", position, end))?.[1];
      position = end + 1;
      if (size === undefined) continue;
      yield [path, output.toString("utf8", position, position + Number(size)).replace(/^\uFEFF/, "")];
      position += Number(size) + 1;
    }
  }
}

async function sourcesAt(repository: string, commit: string): Promise<[string, string][]> {
  const listed = (await git(repository, ["ls-tree", "-r", "-l", "-z", commit])).toString();
  const blobs = listed.split("\0").flatMap((entry): [string, string][] => {
    const match = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(entry);
    const [, id, size, path] = match ?? [];
    return id && path && Number(size) <= maxFileSize && languageOfPath(path) ? [[path, id]] : [];
  });
  const sources: [string, string][] = [];
  for await (const source of batches(repository, blobs)) sources.push(source);
  return sources;
}

type Column = [title: string, of: (rows: readonly Judged[]) => Statistic];

function report(repositories: readonly Repository[], title: string): string {
  const columns: Column[] = [
    ["length", (rows) => auc(rows, ({ lines }) => lines)],
    ...measures.map((name): Column => [name, (rows) => auc(rows, measured(name))]),
  ];
  const matched = measures.map((name): Column => [name, (rows) => auc(rows, measured(name), lengthStratum)]);
  const odds = measures.map((name): Column => [name, (rows) => logOddsRatio(rows, measured(name))]);
  return [
    `## ${title} ${repositories.map(({ name }) => name).join(", ")}`,
    "",
    "| | commits | scored at | functions | fixed later |",
    "|---|---|---|---|---|",
    ...repositories.map(({ name, commits, past, rows }) => {
      const share = (100 * rows.filter(({ isFixed }) => isFixed).length) / rows.length;
      return `| ${name} | ${commits} | ${past.slice(0, 10)} | ${rows.length} | ${share.toFixed(1)}% |`;
    }),
    "",
    ...table("AUC", columns, repositories, rounds, 3),
    ...table("AUC among functions of the same length", matched, repositories, rounds, 3),
    ...table("odds ratio per standard deviation, given log length", odds, repositories, rounds / 4, 2, Math.exp),
  ].join("\n");
}

/** Counts have long tails: twice as many is one step more. */
function measured(name: string): (row: Judged) => number {
  const isCount = /^(commits|fixes)/.test(name);
  return ({ measures }) => {
    const value = measures[name] as number;
    return isCount ? Math.log1p(value) : value;
  };
}

/**
 * A column for each repository, and their plain mean: a large repository is one case, as a small one is.
 *
 * @param shape what is shown of a value; means are made before
 */
function table(
  title: string,
  columns: Column[],
  repositories: readonly Repository[],
  count: number,
  digits: number,
  shape: (value: number) => number = (value) => value,
) {
  const draws = repositories.map(({ rows }, i) => fileDraws(rows, count, 1 + i));
  const shown = ({ value, low, high }: { value: number; low: number; high: number }) =>
    `${shape(value).toFixed(digits)} (${shape(low).toFixed(digits)}–${shape(high).toFixed(digits)})`;
  const lines = columns.map(([name, of]) => {
    const statistics = repositories.map(({ rows }) => of(rows));
    const samples = statistics.map((statistic, i) => (draws[i] as Float64Array[]).map(statistic));
    const values = statistics.map((statistic, i) =>
      statistic(new Float64Array((repositories[i] as Repository).rows.length).fill(1)),
    );
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const means = Array.from(
      { length: count },
      (_, k) => samples.reduce((sum, of) => sum + (of[k] as number), 0) / samples.length,
    );
    const cells = values.map((value, i) => shown({ value, ...interval(samples[i] as number[]) }));
    return `| ${name} | **${shown({ value: mean, ...interval(means) })}** | ${cells.join(" | ")} |`;
  });
  return [
    `| ${title} | mean | ${repositories.map(({ name }) => name).join(" | ")} |`,
    `|---|---|${repositories.map(() => "---|").join("")}`,
    ...lines,
    "",
  ];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

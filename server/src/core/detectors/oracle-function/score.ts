import { lineAt } from "../../base/text";
import { functionKeys, type WorkspaceHistory } from "../../model/functionHistory";
import {
  type FileSummary,
  type FunctionSummary,
  type LinkedFunction,
  linkedFunction,
  type WorkspaceModel,
} from "../../model/workspaceModel";
import type { Evidence, EvidenceKind } from "./evidence";
import { type CountedEvidence, historyEvidence } from "./historyEvidence";

/** A function's place among those of its workspace. The `oracle` part of `fathom functions`, without `flagged`. */
export interface OracleScore {
  file: FileSummary;
  index: number;
  /** 0 to 100. */
  score: number;
  /** 1 is the function hardest to explain. */
  rank: number;
  /** Strongest first. */
  evidence: Evidence[];
}

/** Points for each piece of evidence of a kind, and the most that one kind can give. */
const weights: Record<EvidenceKind, { each: number; most: number }> = {
  complexity: { each: 3, most: 3 },
  nesting: { each: 1, most: 1 },
  "unexplained-literal": { each: 0.8, most: 3.2 },
  bucketing: { each: 1.6, most: 3.2 },
  "composite-key": { each: 1.5, most: 1.5 },
  "order-dependence": { each: 1.1, most: 2.2 },
  "tie-break": { each: 1.5, most: 1.5 },
  "silent-default": { each: 0.5, most: 2 },
  "shared-mutable-state": { each: 0.5, most: 1 },
  "nested-exit": { each: 1, most: 1.5 },
  "regular-expression": { each: 1.2, most: 2.4 },
  "bit-manipulation": { each: 0.9, most: 2.7 },
  recursion: { each: 1, most: 1 },
  "dynamic-dispatch": { each: 0.8, most: 1.6 },
  concurrency: { each: 0.6, most: 1.8 },
  "no-why": { each: 0.8, most: 0.8 },
  "vague-names": { each: 0.7, most: 0.7 },
  "fan-in": { each: 0.6, most: 0.6 },
  // Chosen on half of the repositories in docs/history.md. The last two are told because a reviewer wants to know
  // them: later fixes touch such functions no more than others.
  "often-changed": { each: 1, most: 3 },
  "recent-fixes": { each: 1, most: 2 },
  "fixed-file": { each: 0.2, most: 1 },
  "one-shot": { each: 0, most: 0 },
  "ai-written": { each: 0, most: 0 },
};

/** What a function's notes keep for the score. */
export interface Observation {
  evidence: Evidence[];
  isExplainedInside: boolean;
}

/** A function with a comment that says why is easier to explain; one above says more than remarks inside. */
const explainedFactor = { above: 0.65, inside: 0.85 };

/** Scores every function that can be an oracle, hardest first. Tests, generated and damaged functions are left out. */
export function scoreFunctions(model: WorkspaceModel, observed: (fn: FunctionSummary) => Observation): OracleScore[] {
  const candidates = [...model.files.values()].flatMap((file) =>
    file.isTest || file.leftOut
      ? []
      : file.functions.flatMap((fn, index) => (fn.damaged || fn.isTest ? [] : [{ file, fn, index }])),
  );
  const { history } = model as WorkspaceModel & { history?: WorkspaceHistory };
  const keys = new Map<FileSummary, string[]>();
  const pastOf = (file: FileSummary, fn: FunctionSummary, index: number): CountedEvidence[] => {
    const past = history?.files.get(file.path);
    if (!past) return [];
    if (!keys.has(file)) keys.set(file, functionKeys(file.functions.map(({ symbol }) => symbol)));
    const line = 1 + lineAt(file.lineStarts, fn.nameSpan.start);
    return historyEvidence(past.functions[keys.get(file)?.[index] as string], past, line);
  };
  const complexities = candidates.map(({ fn }) => fn.ownCognitive).sort((a, b) => a - b);
  const scores = candidates.map(({ file, fn, index }): OracleScore => {
    const { evidence: own, isExplainedInside } = observed(fn);
    const explained = explainsWhy(fn) ? "above" : isExplainedInside ? "inside" : undefined;
    const evidence = [
      ...relativeEvidence(file, fn, linkedFunction(model, file, index), complexities, explained !== undefined),
      ...own,
    ];
    return { file, index, rank: 0, ...weigh(evidence, explained, pastOf(file, fn, index)) };
  });
  scores.sort(
    (a, b) => b.score - a.score || (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.index - b.index),
  );
  scores.forEach((score, i) => {
    score.rank = i + 1;
  });
  return scores;
}

function weigh(
  evidence: Evidence[],
  explained: "above" | "inside" | undefined,
  past: CountedEvidence[],
): { score: number; evidence: Evidence[] } {
  let sum = pointsOf(evidence.map((piece) => ({ ...piece, times: 1 })));
  if (explained) sum *= explainedFactor[explained];
  // No comment undoes what happened.
  sum += pointsOf(past);
  const score = Math.round(1000 * (1 - Math.exp(-sum / 10))) / 10;
  const all = [...evidence, ...past.map(({ times: _, ...piece }) => piece)];
  return { score, evidence: all.sort((a, b) => weights[b.kind].each - weights[a.kind].each || a.line - b.line) };
}

function pointsOf(evidence: CountedEvidence[]): number {
  const points = new Map<EvidenceKind, number>();
  for (const { kind, times } of evidence) {
    const { each, most } = weights[kind];
    points.set(kind, Math.min(most, (points.get(kind) ?? 0) + each * times));
  }
  return [...points.values()].reduce((a, b) => a + b, 0);
}

/** What can only be said next to the other functions of the workspace and of the file. */
function relativeEvidence(
  file: FileSummary,
  fn: FunctionSummary,
  linked: LinkedFunction | undefined,
  complexities: number[],
  isExplained: boolean,
): Evidence[] {
  const evidence: Evidence[] = [];
  const line = 1 + lineAt(file.lineStarts, fn.nameSpan.start);
  const complexity = fn.ownCognitive;
  const below = shareBelow(complexities, complexity);
  if (complexity >= 10 && below >= 0.9) {
    evidence.push({
      kind: "complexity",
      detail: `cognitive complexity ${complexity}, more than ${Math.floor(below * 100)}% of the functions here`,
      line,
    });
  }
  if (fn.metrics.maxNesting >= 4)
    evidence.push({ kind: "nesting", detail: `control structures ${fn.metrics.maxNesting} deep`, line });
  if (fn.callsItself) evidence.push({ kind: "recursion", detail: "calls itself", line });
  else if (linked?.isInCycle) evidence.push({ kind: "recursion", detail: "calls itself through others", line });
  const callers = linked?.callers.filter((caller) => caller !== linked.id).length ?? 0;
  if (callers >= 5) evidence.push({ kind: "fan-in", detail: `${callers} functions rely on it`, line });
  if (!isExplained && fn.metrics.lines >= 5) {
    const detail = fn.doc ? "the comment above it only repeats its name" : "no comment says why it is like this";
    evidence.push({ kind: "no-why", detail, line });
  }
  return evidence;
}

function shareBelow(sorted: number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : low / sorted.length;
}

/** A comment that says at least eight words which the name and the signature do not. */
function explainsWhy(fn: FunctionSummary): boolean {
  if (!fn.doc) return false;
  const known = new Set([
    ...wordsOf(fn.symbol),
    ...fn.parameters.flatMap((parameter) => wordsOf(`${parameter.name} ${parameter.type ?? ""}`)),
    ...fn.results.flatMap(wordsOf),
  ]);
  const told = wordsOf(fn.doc).filter((word) => word.length > 2 && !known.has(word) && !fillers.has(word));
  return new Set(told).size >= 8;
}

const fillers = new Set(
  "the and for from with this that returns return param params args given function method value values object true false none null string list dict".split(
    " ",
  ),
);

function wordsOf(text: string): string[] {
  return (
    text
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  );
}

import { lineAt } from "../../base/text";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { type FunctionId, functionIds } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
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
const explainedFactor = { none: 1, above: 0.65, inside: 0.85 };

type Explained = keyof typeof explainedFactor;

/**
 * The scores of every function that can be an oracle: tests, generated and damaged functions are left out. Scores are
 * numbers until somebody asks for the evidence of one function, because every edit makes them anew.
 */
export class OracleScores {
  private readonly candidates: Candidate[] = [];
  private readonly scores: Float64Array;
  private readonly ascending: Float64Array;
  private readonly complexities: Int32Array;

  constructor(
    private readonly model: WorkspaceModel,
    private readonly observed: (fn: FunctionSummary) => Observation | undefined,
  ) {
    for (const file of model.files.values()) {
      if (file.isTest || file.leftOut) continue;
      const ids = functionIds(file);
      file.functions.forEach((fn, index) => {
        if (!fn.damaged && !fn.isTest) this.candidates.push({ file, fn, index, id: ids[index] as FunctionId });
      });
    }
    this.complexities = Int32Array.from(this.candidates, ({ fn }) => fn.ownCognitive).sort();
    this.scores = Float64Array.from(this.candidates, (candidate) => this.scoreOf(candidate));
    this.ascending = this.scores.slice().sort();
  }

  get size(): number {
    return this.candidates.length;
  }

  /** Those with at least this score that are among the first so many, hardest first. */
  top(count: number, minimumScore: number): OracleScore[] {
    if (count <= 0) return [];
    const cut = Math.max(minimumScore, this.ascending[Math.max(0, this.size - count)] ?? 0);
    const found = [...this.scores.keys()].filter((i) => (this.scores[i] as number) >= cut);
    return found
      .sort((i, j) => (this.scores[j] as number) - (this.scores[i] as number) || i - j)
      .map((i) => this.at(i));
  }

  all(): OracleScore[] {
    return this.top(this.size, 0);
  }

  of(path: string, index: number): OracleScore | undefined {
    const found = this.candidates.findIndex((candidate) => candidate.file.path === path && candidate.index === index);
    return found < 0 ? undefined : this.at(found);
  }

  private at(i: number): OracleScore {
    const candidate = this.candidates[i] as Candidate;
    const score = this.scores[i] as number;
    const { file, index } = candidate;
    // Of equals, the one that comes first in the workspace.
    let rank = 1 + this.size - indexAbove(this.ascending, score);
    for (let j = 0; j < i; j++) if (this.scores[j] === score) rank++;
    return { file, index, score, rank, evidence: this.evidenceOf(candidate) };
  }

  private scoreOf(candidate: Candidate): number {
    const { explained, points } = ownOf(candidate.fn, this.observed);
    const sum = (points + pointsOf(this.relativeTo(candidate, explained))) * explainedFactor[explained];
    // No comment undoes what happened.
    return scoreOfPoints(sum + pointsOf(this.pastOf(candidate)));
  }

  private evidenceOf(candidate: Candidate): Evidence[] {
    const { explained } = ownOf(candidate.fn, this.observed);
    const past = this.pastOf(candidate).map(({ times: _, ...piece }) => piece);
    const own = this.observed(candidate.fn)?.evidence ?? [];
    const all = [...this.relativeTo(candidate, explained), ...own, ...past];
    return all.sort((a, b) => weights[b.kind].each - weights[a.kind].each || a.line - b.line);
  }

  private pastOf({ file, fn, id }: Candidate): readonly CountedEvidence[] {
    const past = this.model.history?.files.get(file.path);
    if (!past) return none;
    const line = 1 + lineAt(file.lineStarts, fn.nameSpan.start);
    return historyEvidence(past.functions[id.slice(file.path.length + 1)], past, line);
  }

  /** What can only be said next to the other functions of the workspace. */
  private relativeTo({ file, fn, id }: Candidate, explained: Explained): readonly Evidence[] {
    const evidence: Evidence[] = [];
    const add = (kind: EvidenceKind, detail: string) =>
      evidence.push({ kind, detail, line: 1 + lineAt(file.lineStarts, fn.nameSpan.start) });
    const complexity = fn.ownCognitive;
    const below = complexity >= 10 ? shareBelow(this.complexities, complexity) : 0;
    if (below >= 0.9)
      add(
        "complexity",
        `cognitive complexity ${complexity}, more than ${Math.floor(below * 100)}% of the functions here`,
      );
    if (fn.metrics.maxNesting >= 4) add("nesting", `control structures ${fn.metrics.maxNesting} deep`);
    const linked = this.model.functions.get(id);
    if (fn.callsItself) add("recursion", "calls itself");
    else if (linked?.isInCycle) add("recursion", "calls itself through others");
    const callers = linked && linked.callers.length >= 5 ? linked.callers.filter((caller) => caller !== id).length : 0;
    if (callers >= 5) add("fan-in", `${callers} functions rely on it`);
    if (explained === "none" && fn.metrics.lines >= 5)
      add("no-why", fn.doc ? "the comment above it only repeats its name" : "no comment says why it is like this");
    return evidence;
  }
}

interface Candidate {
  file: FileSummary;
  fn: FunctionSummary;
  index: number;
  id: FunctionId;
}

const none: readonly CountedEvidence[] = [];

/** What a function's own text gives, whatever its place in the workspace. */
interface OwnScore {
  explained: Explained;
  points: number;
}

const ownScores = new WeakMap<FunctionSummary, OwnScore>();

function ownOf(fn: FunctionSummary, observed: (fn: FunctionSummary) => Observation | undefined): OwnScore {
  let own = ownScores.get(fn);
  if (!own) {
    const observation = observed(fn);
    const explained = explainsWhy(fn) ? "above" : observation?.isExplainedInside ? "inside" : "none";
    own = { explained, points: pointsOf(observation?.evidence ?? none) };
    ownScores.set(fn, own);
  }
  return own;
}

function scoreOfPoints(points: number): number {
  return Math.round(1000 * (1 - Math.exp(-points / 10))) / 10;
}

function pointsOf(evidence: readonly (Evidence & { times?: number })[]): number {
  if (evidence.length === 0) return 0;
  const points = new Map<EvidenceKind, number>();
  for (const { kind, times = 1 } of evidence) {
    const { each, most } = weights[kind];
    points.set(kind, Math.min(most, (points.get(kind) ?? 0) + each * times));
  }
  let sum = 0;
  for (const value of points.values()) sum += value;
  return sum;
}

function shareBelow(ascending: Int32Array, value: number): number {
  return ascending.length === 0 ? 0 : indexFrom(ascending, value) / ascending.length;
}

/** Index of the first number that is not below a value. */
function indexFrom(ascending: Int32Array | Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first number above a value. */
function indexAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
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

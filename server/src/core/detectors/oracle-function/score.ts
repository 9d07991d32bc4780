import { lineAt } from "../../base/text";
import type { Turns } from "../../base/turns";
import type { FunctionFacts } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import type { FileHistory } from "../../model/functionHistory";
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
  /** Where a comment says why. */
  explained: Explained;
}

/** A function with a comment that says why is easier to explain; one above says more than remarks inside. */
const explainedFactor = { none: 1, above: 0.65, inside: 0.85 };

type Explained = keyof typeof explainedFactor;

/**
 * The scores of every function that can be an oracle: tests, generated and damaged functions are left out. Every edit
 * makes them anew, so what a file's functions got is kept until something changes that they rest on.
 */
export class OracleScores {
  private readonly files: FileScores[] = [];
  readonly size: number;
  /** How many functions have a complexity below each. */
  private readonly lessComplex: Int32Array;
  /** The least complexity that stands out among the functions here. */
  private readonly complexFrom: number;

  private constructor(
    private readonly model: WorkspaceModel,
    private readonly observed: (fn: FunctionSummary) => Observation | undefined,
    candidates: readonly (readonly Candidate[])[],
  ) {
    this.size = candidates.reduce((sum, { length }) => sum + length, 0);
    this.lessComplex = countBelow(candidates);
    this.complexFrom = this.standsOutFrom();
  }

  static *of(model: WorkspaceModel, observed: (fn: FunctionSummary) => Observation | undefined): Turns<OracleScores> {
    const candidates: (readonly Candidate[])[] = [];
    for (const file of model.files.values()) {
      if (file.isTest || file.leftOut) continue;
      const inFile = candidatesOf(file);
      if (inFile.length > 0) candidates.push(inFile);
      yield;
    }
    const scores = new OracleScores(model, observed, candidates);
    for (const inFile of candidates) {
      scores.files.push(scores.scoresOf(inFile));
      yield;
    }
    return scores;
  }

  /** Those with at least this score, hardest first. */
  *top(minimumScore: number): Generator<OracleScore> {
    const found: { file: FileScores; at: number; score: number }[] = [];
    for (const file of this.files) {
      for (let at = 0; at < file.scores.length; at++) {
        const score = file.scores[at] as number;
        if (score >= minimumScore) found.push({ file, at, score });
      }
    }
    // Of equals, the one that comes first in the workspace.
    found.sort((a, b) => b.score - a.score);
    let rank = 0;
    for (const { file, at } of found) yield this.told(file, at, ++rank);
  }

  of(path: string, index: number): OracleScore | undefined {
    const file = this.files.find(({ candidates }) => candidates[0]?.file.path === path);
    const at = file?.candidates.findIndex((candidate) => candidate.index === index) ?? -1;
    return file && at >= 0 ? this.told(file, at, this.rankOf(file, at)) : undefined;
  }

  private rankOf(file: FileScores, at: number): number {
    const score = file.scores[at] as number;
    let rank = 1;
    let isBefore = true;
    for (const { scores } of this.files) {
      scores.forEach((other, i) => {
        if (scores === file.scores && i === at) isBefore = false;
        if (other > score || (other === score && isBefore)) rank++;
      });
    }
    return rank;
  }

  private told(inFile: FileScores, at: number, rank: number): OracleScore {
    const { file, index } = inFile.candidates[at] as Candidate;
    return { file, index, score: inFile.scores[at] as number, rank, evidence: this.evidenceOf(inFile, at) };
  }

  private scoresOf(candidates: readonly Candidate[]): FileScores {
    const { file } = candidates[0] as Candidate;
    const stamp = this.model.functions.stampOf(file.path);
    const past = this.model.history?.files.get(file.path);
    const { complexFrom } = this;
    const known = scoresByFile.get(file);
    if (known && known.stamp === stamp && known.past === past && known.complexFrom === complexFrom) return known;
    const scores = Float64Array.from(candidates, (candidate) => this.scoreOf(candidate));
    const made = { candidates, scores, evidence: new Map(), stamp, past, complexFrom };
    scoresByFile.set(file, made);
    return made;
  }

  private scoreOf(candidate: Candidate): number {
    const { explained, points } = ownOf(candidate.fn, this.observed);
    let relative = 0;
    for (const kind of this.relativeKinds(candidate, explained))
      relative += Math.min(weights[kind].each, weights[kind].most);
    const sum = (points + relative) * explainedFactor[explained];
    // No comment undoes what happened.
    return scoreOfPoints(sum + pointsOf(this.pastOf(candidate)));
  }

  private evidenceOf({ candidates, evidence }: FileScores, at: number): Evidence[] {
    const candidate = candidates[at] as Candidate;
    const { file, fn } = candidate;
    const share = Math.floor(this.shareBelow(fn.ownCognitive) * 100);
    const known = evidence.get(at);
    if (known?.share === share) return known.all;
    const { explained } = ownOf(fn, this.observed);
    const line = 1 + lineAt(file.lineStarts, fn.nameSpan.start);
    const relative = this.relativeKinds(candidate, explained).map((kind) => ({
      kind,
      detail: this.relativeDetail(candidate, kind, share),
      line,
    }));
    const past = this.pastOf(candidate).map(({ times: _, ...piece }) => piece);
    const all: Evidence[] = [...relative, ...(this.observed(fn)?.evidence ?? []), ...past];
    all.sort((a, b) => weights[b.kind].each - weights[a.kind].each || a.line - b.line);
    evidence.set(at, { share, all });
    return all;
  }

  private pastOf({ file, fn, id }: Candidate): readonly CountedEvidence[] {
    const past = this.model.history?.files.get(file.path);
    if (!past) return none;
    const line = 1 + lineAt(file.lineStarts, fn.nameSpan.start);
    return historyEvidence(past.functions[id.slice(file.path.length + 1)], past, line);
  }

  /** What can only be said next to the other functions of the workspace. */
  private relativeKinds(candidate: Candidate, explained: Explained): EvidenceKind[] {
    const { fn, id } = candidate;
    const kinds: EvidenceKind[] = [];
    if (fn.ownCognitive >= this.complexFrom) kinds.push("complexity");
    if (fn.metrics.maxNesting >= 4) kinds.push("nesting");
    if (fn.callsItself || this.model.functions.get(id)?.isInCycle) kinds.push("recursion");
    if (this.callersOf(id) >= 5) kinds.push("fan-in");
    if (explained === "none" && fn.metrics.lines >= 5) kinds.push("no-why");
    return kinds;
  }

  private relativeDetail({ fn, id }: Candidate, kind: EvidenceKind, share: number): string {
    switch (kind) {
      case "complexity":
        return `cognitive complexity ${fn.ownCognitive}, more than ${share}% of the functions here`;
      case "nesting":
        return `control structures ${fn.metrics.maxNesting} deep`;
      case "recursion":
        return fn.callsItself ? "calls itself" : "calls itself through others";
      case "fan-in":
        return `${this.callersOf(id)} functions rely on it`;
      default:
        return fn.doc ? "the comment above it only repeats its name" : "no comment says why it is like this";
    }
  }

  /** How many others call it, counted only where it can be many. */
  private callersOf(id: FunctionId): number {
    const callers = this.model.functions.get(id)?.callers;
    return callers && callers.length >= 5 ? callers.filter((caller) => caller !== id).length : 0;
  }

  private shareBelow(complexity: number): number {
    return this.size === 0 ? 0 : (this.lessComplex[complexity] ?? this.size) / this.size;
  }

  private standsOutFrom(): number {
    let complexity = 10;
    while (this.shareBelow(complexity) < 0.9 && complexity < this.lessComplex.length) complexity++;
    return complexity;
  }
}

/** What the functions of one file got, and what that rests on beside the file. */
interface FileScores {
  candidates: readonly Candidate[];
  /** In the order of the candidates. */
  scores: Float64Array;
  /** By place among the candidates, made when asked for; with the share of less complex functions it tells. */
  evidence: Map<number, { share: number; all: Evidence[] }>;
  stamp: unknown;
  past: FileHistory | undefined;
  complexFrom: number;
}

const scoresByFile = new WeakMap<FileSummary, FileScores>();
const candidatesByFile = new WeakMap<FileSummary, readonly Candidate[]>();

function candidatesOf(file: FileSummary): readonly Candidate[] {
  let known = candidatesByFile.get(file);
  if (!known) {
    const ids = functionIds(file);
    known = file.functions.flatMap((fn, index) =>
      fn.damaged || fn.isTest ? [] : [{ file, fn, index, id: ids[index] as FunctionId }],
    );
    candidatesByFile.set(file, known);
  }
  return known;
}

/** For each complexity up to the greatest, how many functions are less complex. */
function countBelow(files: readonly (readonly Candidate[])[]): Int32Array {
  let greatest = 0;
  for (const candidates of files) for (const { fn } of candidates) greatest = Math.max(greatest, fn.ownCognitive);
  const below = new Int32Array(greatest + 2);
  for (const candidates of files)
    for (const { fn } of candidates) below[fn.ownCognitive + 1] = (below[fn.ownCognitive + 1] as number) + 1;
  for (let i = 1; i < below.length; i++) below[i] = (below[i] as number) + (below[i - 1] as number);
  return below;
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
    own = { explained: observation?.explained ?? "none", points: pointsOf(observation?.evidence ?? none) };
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

/** A comment that says at least eight words which the name and the signature do not. */
export function explainsWhy(fn: Pick<FunctionFacts, "doc" | "symbol" | "parameters" | "results">): boolean {
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

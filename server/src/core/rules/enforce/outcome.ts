import { code } from "../../base/markdown";
import { lineAt, type Range, rangeOf, type Span } from "../../base/text";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import type { FindingFix, WitnessStep } from "../../model/finding";
import { functionsAround } from "../../model/graph/graphFunction";
import { qualifierOf } from "../check";
import type { Rule } from "../rule";
import { isAside } from "./codeScope";
import { isSilenced } from "./silenced";

/** One place that breaks a rule. */
export interface RuleViolation {
  rule: Rule;
  path: string;
  /** What is underlined. */
  range: Range;
  /** Qualified symbol of the function around it; empty outside every function. */
  symbol: string;
  /** What is done there: Markdown, a sentence without its full stop. */
  claim: string;
  /** The claim, and against which rule. */
  message: string;
  /** The story in steps, in reading order. */
  steps: WitnessStep[];
  /** Edits that mend it, each on its own. */
  fixes?: readonly FindingFix[];
}

export interface GovernedPlace {
  path: string;
  range: Range;
}

/** What one rule says of a workspace. */
export interface RuleOutcome {
  /** How many places the rule governs, violations included. */
  matches: number;
  /** The first of them, in path order. */
  places: readonly GovernedPlace[];
  /** In path order, those beside the product (scripts, tools, tests) last: not all of many are told. */
  violations: readonly RuleViolation[];
}

/** Only rules that could be asked; a rule without a place has an outcome without matches. */
export type RuleReport = ReadonlyMap<Rule, RuleOutcome>;

/** What a form says of one place; the rest is the same for every form. */
export interface Offence {
  /** As of a violation. */
  claim: string;
  file: FileSummary;
  /** In `FileSummary.functions`; -1 outside every function. */
  fn: number;
  span: Span;
  steps?: WitnessStep[];
  fixes?: readonly FindingFix[];
}

/** A place that a rule governs, and what is wrong with it, if anything is. */
export interface Governed {
  file: FileSummary;
  span: Span;
  offence?: Offence;
}

const maxPlaces = 200;
const maxQuoted = 160;

/** @param governed each place once */
export function outcomeOf(rule: Rule, governed: readonly Governed[]): RuleOutcome {
  const sorted = governed.toSorted(byPlace);
  return {
    matches: sorted.length,
    places: sorted.slice(0, maxPlaces).map(({ file, span }) => ({
      path: file.path,
      range: firstLineOf(file, span),
    })),
    violations: productFirst(sorted).flatMap(({ offence }) =>
      offence && !isDecided(rule, offence) ? [violationOf(rule, offence)] : [],
    ),
  };
}

function productFirst(governed: readonly Governed[]): readonly Governed[] {
  const weight = ({ file: { path, isTest } }: Governed) => Number(isTest || isAside.test(path));
  return governed.toSorted((a, b) => weight(a) - weight(b));
}

/** A linter's comment may stand on any line of a statement; in one that holds functions only on the outer ones. */
function isDecided(rule: Rule, { file, span }: Offence): boolean {
  const [first, last] = [
    lineAt(file.lineStarts, span.start),
    lineAt(file.lineStarts, Math.max(span.start, span.end - 1)),
  ];
  if (isSilenced(rule, file, first) || (last > first && isSilenced(rule, file, last))) return true;
  if (last - first < 2 || last - first > maxStatement || hasFunctions(file, span)) return false;
  for (let line = first + 1; line < last; line++) if (isSilenced(rule, file, line)) return true;
  return false;
}

const maxStatement = 40;

function hasFunctions({ functions, types }: FileSummary, { start, end }: Span): boolean {
  return [...functions, ...types].some((inner) => start <= inner.start && inner.start < end);
}

function violationOf(rule: Rule, { claim, file, fn, span, steps, fixes }: Offence): RuleViolation {
  return {
    rule,
    path: file.path,
    range: firstLineOf(file, span),
    symbol: file.functions[fn]?.symbol ?? "",
    claim,
    message: messageOf(claim, rule),
    steps: steps ?? [],
    ...(fixes && fixes.length > 0 && { fixes }),
  };
}

/** What is underlined is short, however long the declaration or call is. */
function firstLineOf({ lineStarts }: FileSummary, span: Span): Range {
  const { start, end } = rangeOf(lineStarts, span);
  if (end.line === start.line) return { start, end };
  const [from, next] = [lineStarts[start.line] as number, lineStarts[start.line + 1] as number];
  return { start, end: { line: start.line, character: Math.max(start.character, next - from - 1) } };
}

/** The claim, and against which rule; what that rule holds for, if nothing can check it. */
export function messageOf(claim: string, rule: Rule): string {
  const qualifier = qualifierOf(rule.enforcement);
  if (qualifier === undefined) return `${claim}, against the rule ${quoted(rule)}.`;
  return `${claim}; the rule holds only under a condition that is not checked (“${qualifier}”): ${quoted(rule)}.`;
}

function quoted({ text, source }: Rule): string {
  const words = text.replace(/\s+/g, " ").trim();
  const short = words.length > maxQuoted ? `${words.slice(0, maxQuoted - 1)}…` : words;
  return `“${short}” (${source.path}:${source.line})`;
}

/** Who does something: a function without a name goes by the one it is written in. */
export function subjectOf(file: FileSummary, index: number): string {
  const around = index < 0 ? [] : functionsAround(file, index);
  const named = around.find(({ name }: FunctionSummary) => name !== "");
  if (!named) return `The file ${code(file.path.slice(file.path.lastIndexOf("/") + 1))}`;
  return named === around[0] ? code(named.name) : `A function inside ${code(named.name)}`;
}

function byPlace(a: Governed, b: Governed): number {
  if (a.file !== b.file) return a.file.path < b.file.path ? -1 : 1;
  return a.span.start - b.span.start;
}

import { code } from "../../base/markdown";
import { lineAt, type Span } from "../../base/text";
import type { BareLines, FunctionMetrics } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import type { SizeLimit } from "../check";
import type { Rule } from "../rule";
import type { FileForm } from "./form";
import type { Governed } from "./outcome";

/** How long files, classes and functions are, how deep and branched, and how many parameters they take. */
export const sizeLimit: FileForm<SizeLimit> = function* (check, file, rule): Generator<Governed> {
  const { of, max } = check;
  const sized =
    of === "file"
      ? [sizeOfFile(file)]
      : of === "class"
        ? sizesOfClasses(file)
        : sizesOfFunctions(of, check, file, rule);
  for (const { what, size, unit, fn, span } of sized) {
    const claim = `${what} has ${size} ${unit}, more than ${max}`;
    yield { file, span, ...(size > max && { offence: { claim, file, fn, span } }) };
  }
};

interface Sized {
  /** As a message names it. */
  what: string;
  size: number;
  unit: string;
  fn: number;
  span: Span;
}

function sizeOfFile(file: FileSummary): Sized {
  return { what: code(file.path), size: linesOf(file), unit: "lines", fn: -1, span: { start: 0, end: 0 } };
}

function sizesOfClasses({ types, lineStarts }: FileSummary): Sized[] {
  return types
    .filter(({ form }) => form === "class" || form === "record")
    .map(({ name, start, end }) => {
      const size = lineAt(lineStarts, end) - lineAt(lineStarts, start) + 1;
      return { what: code(name), size, unit: "lines", fn: -1, span: { start, end } };
    });
}

function* sizesOfFunctions(
  of: FunctionSize,
  { excluding }: SizeLimit,
  file: FileSummary,
  rule: Rule,
): Generator<Sized> {
  const uncounted = excluding ?? uncountedBy(rule);
  const { metric, unit } = metricOf[of];
  const countsConstructors = areConstructorsMeant(of, rule);
  for (const [fn, summary] of file.functions.entries()) {
    const { metrics, name, nameSpan: span, damaged } = summary;
    const isConstructor = summary.form === "constructor";
    // `static {}` is called by nobody, and mostly a table.
    if (damaged || name === "" || name.endsWith("{}") || (of === "parameters" && isOfRecord(file, summary))) continue;
    if (isConstructor && !countsConstructors) continue;
    const what = isConstructor ? `The constructor of ${code(summary.typeName ?? name)}` : code(name);
    const size = of === "function" ? linesOfFunction(file, summary, uncounted) : metrics[metric];
    yield { what, size, unit, fn, span };
  }
}

/**
 * Whether a limit is one for constructors as well. Linters count them as methods, or apart, as what a container fills in
 * by itself; so those are left out that a limit "per method" does not name, and their parameters also of "functions".
 */
function areConstructorsMeant(of: FunctionSize, { text }: Rule): boolean {
  if (/\bconstructors?\b/i.test(text)) return true;
  const isOfFunctions = /\bfunctions?\b/i.test(text);
  return of === "parameters"
    ? !isOfFunctions && !/\bmethods?\b/i.test(text)
    : isOfFunctions || !/\bmethods?\b/i.test(text);
}

type FunctionSize = Exclude<SizeLimit["of"], "file" | "class">;

const metricOf: Readonly<Record<FunctionSize, { metric: keyof FunctionMetrics; unit: string }>> = {
  function: { metric: "lines", unit: "lines" },
  parameters: { metric: "parameters", unit: "parameters" },
  nesting: { metric: "maxNesting", unit: "levels of nesting" },
  complexity: { metric: "cyclomatic", unit: "points of cyclomatic complexity" },
  cognitive: { metric: "cognitive", unit: "points of cognitive complexity" },
};

/** From the line of its name: what is written above it for others is no part of it, nor is its documentation. */
function linesOfFunction(file: FileSummary, fn: FunctionSummary, uncounted: readonly (keyof BareLines)[]): number {
  const { lineStarts, language } = file;
  const above = Math.max(0, lineAt(lineStarts, fn.nameSpan.start) - lineAt(lineStarts, fn.start));
  const inBody = language === "python" && fn.doc !== undefined ? fn.doc.split("\n").length : 0;
  return uncounted.reduce((lines, kind) => lines - (fn.bareLines?.[kind] ?? 0), fn.metrics.lines - above - inBody);
}

/** What a rule itself says of lines that do not count. */
function uncountedBy({ text }: Rule): (keyof BareLines)[] {
  const [, words = ""] = uncountedWords.exec(text) ?? [];
  return kindsOfLines.flatMap(([kind, named]) => (named.test(words) ? [kind] : []));
}

const uncountedWords =
  /\b(?:excluding|except(?: for)?|without|ignoring|not counting|do(?:es)? not count|not including)\b([^.;:]{0,80})/i;
const kindsOfLines: readonly (readonly [keyof BareLines, RegExp])[] = [
  ["blank", /\b(?:blank|empty) lines?\b|\bblanks\b|\bwhite ?space\b/i],
  ["brackets", /\b(?:braces|brackets|parenthes[ei]s)\b/i],
  ["comments", /\bcomments?\b/i],
];

/** What a record is made of is its fields, not what somebody has to hand over in the right order. */
function isOfRecord({ types }: FileSummary, { form, typeName }: FunctionSummary): boolean {
  return form === "constructor" && types.some(({ name, form: kind }) => kind === "record" && name === typeName);
}

/** The end of the last line is no line of its own; where the text ends is not known. */
function linesOf({ lineStarts }: FileSummary): number {
  return lineStarts.length - 1;
}

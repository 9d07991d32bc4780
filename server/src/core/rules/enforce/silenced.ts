import { lineAt } from "../../base/text";
import type { FileSummary } from "../../model/fileSummary";
import type { Rule } from "../rule";

interface Silenced {
  lines: ReadonlySet<number>;
  /** First and last line of each stretch in which the linter is off. */
  stretches: readonly (readonly [number, number])[];
}

const ownLine =
  /\b(?:noqa|nolint|NOSONAR|(?:type|pyright):\s*ignore|pylint:\s*disable|(?:es|ts|ox)lint[-:]disable-line)\b|@SuppressWarnings\b/;
const nextLine =
  /\b(?:nolint|pylint:\s*disable|(?:es|ts|ox)lint[-:]disable-next-line|biome-ignore)\b|@ts-(?:ignore|expect-error)\b|@SuppressWarnings\b/;
/** Only where no rule of the linter is named: what is off for one is still on for the others. */
const fromHere = /\b(?:es|ox)lint-disable\s*(?:\*\/|--|$)|\b(?:flake8|ruff):\s*noqa\s*$|\bpylint:\s*skip-file\b/;
const toHere = /\b(?:es|ox)lint-enable\b/;

/** A rule about such comments holds where they are. */
const speaksOfSilence =
  /noqa|nolint|NOSONAR|(?:type|pyright):\s*ignore|lint[-:]disable|pylint|ts-(?:ignore|expect-error|nocheck)|biome-ignore|\bsuppress|\bdisabl\w+ (?:\w+ ){0,3}(?:lint|rule|check|warning)/i;

/** Somebody has told a linter to be silent on a line, and so has decided there. */
export function isSilenced(rule: Rule, file: FileSummary, line: number): boolean {
  const { lines, stretches } = silencedIn(file);
  if (!lines.has(line) && !stretches.some(([from, to]) => from <= line && line <= to)) return false;
  return !isAboutSilence(rule);
}

/** As `isSilenced`, for a text that nobody has analysed. */
export function isSilencedText(rule: Rule, line: string, lineBefore: string): boolean {
  return (ownLine.test(line) || nextLine.test(lineBefore)) && !isAboutSilence(rule);
}

function isAboutSilence({ text, enforcement }: Rule): boolean {
  if (enforcement?.form === "forbidden-construct" && enforcement.constructs.includes("type-suppression")) return true;
  return speaksOfSilence.test(text);
}

const known = new WeakMap<FileSummary, Silenced>();

function silencedIn(file: FileSummary): Silenced {
  let silenced = known.get(file);
  if (!silenced) {
    silenced = readComments(file);
    known.set(file, silenced);
  }
  return silenced;
}

function readComments({ comments, lineStarts, functions }: FileSummary): Silenced {
  const lines = new Set<number>();
  const stretches: [number, number][] = [];
  let from: number | undefined;
  for (const { text, start, end } of comments) {
    if (ownLine.test(text)) lines.add(lineAt(lineStarts, start));
    if (nextLine.test(text)) lines.add(lineAt(lineStarts, end) + 1);
    if (fromHere.test(text.trimEnd())) from ??= lineAt(lineStarts, start);
    if (from === undefined || !toHere.test(text)) continue;
    stretches.push([from, lineAt(lineStarts, end)]);
    from = undefined;
  }
  // What is said of a file as a whole stands at its first line, above which there may be a licence.
  if (from !== undefined) stretches.push([stretches.length === 0 && from < maxHead ? 0 : from, lineStarts.length]);
  for (const { decorators, nameSpan } of functions)
    if (decorators.some((each) => /^@?(?:java\.lang\.)?SuppressWarnings\b/.test(each)))
      lines.add(lineAt(lineStarts, nameSpan.start));
  return { lines, stretches };
}

const maxHead = 40;

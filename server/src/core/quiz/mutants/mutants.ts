import type { Random } from "../../base/random";
import { lineStartsOf, type Span } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { Program, RunnableLanguage } from "../program";
import type { Change } from "./change";
import { weakMutations } from "./mixedUp";
import { mutations } from "./mutations";

/** A program that differs in one place, as a slip would make it, or in two. */
export interface Mutant {
  program: Program;
  /** In the order of the source they change. */
  changes: readonly Change[];
}

/** More than this adds time and hardly any answers. */
const maxMutants = 48;
/** With so many slips that somebody makes without looking, no others are needed. */
const enoughMutants = 24;

/**
 * Nearly right versions of a program's function, spread over its lines: first slips in operators, constants and calls,
 * then mixed-up names; where its own text has few places for any, slips in what it calls.
 *
 * @param root the syntax tree of `program.source`
 */
export function mutantsOf(program: Program, root: SyntaxNode): Mutant[] {
  const { language, span } = program;
  const chosen = spread(changesIn(language, root, span), maxMutants);
  const fn = nodeOf(root, span);
  if (fn && chosen.length < enoughMutants)
    chosen.push(...spread(unlike(chosen, weakMutations(language, fn)), enoughMutants - chosen.length));
  if (chosen.length < fewMutants) {
    for (const spans of helperSpans(program)) {
      const besides = spans.flatMap((helper) => changesIn(language, root, helper));
      chosen.push(...spread(unlike(chosen, besides), fewMutants - chosen.length));
    }
  }
  return chosen.sort((a, b) => a.start - b.start).map((change) => mutated(program, [change]));
}

const fewMutants = 12;

/** What the program has of the function's file before and behind the function, and what it has of others. */
function helperSpans({ source, span, lines }: Program): [Span[], Span[]] {
  const own = lines.at(-1)?.path;
  const starts = lineStartsOf(source);
  const spansOf = (isOwn: boolean) =>
    lines
      .filter(({ path }) => (path === own) === isOwn)
      .flatMap(({ from, count }): Span[] => {
        const [start, end] = [starts[from] ?? 0, starts[from + count] ?? source.length];
        return start < span.end && end > span.start
          ? [
              { start, end: span.start },
              { start: span.end, end },
            ]
          : [{ start, end }];
      })
      .filter(({ start, end }) => start < end);
  return [spansOf(true), spansOf(false)];
}

function nodeOf(root: SyntaxNode, { start, end }: Span): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root;
  while (node && (node.start < start || node.end > end))
    node =
      node.namedChildren.find((child) => child.start <= start && child.end >= end) ??
      node.namedChildren.find((child) => child.start >= start && child.end <= end);
  return node;
}

function unlike(known: readonly Change[], changes: readonly Change[]): Change[] {
  const keys = new Set(known.map(keyOf));
  return changes.filter((change) => {
    const key = keyOf(change);
    return !keys.has(key) && keys.add(key) !== undefined;
  });
}

function keyOf({ start, end, text }: Change): string {
  return `${start} ${end} ${text}`;
}

/**
 * Versions with two slips each: what they give is wrong in ways that one slip is not.
 *
 * @param mutants of `program`, with one change each
 */
export function pairsOf(program: Program, mutants: readonly Mutant[], count: number, random: Random): Mutant[] {
  const pairs: Mutant[] = [];
  for (let i = 0; i < 2 * count && pairs.length < count; i++) {
    const changes = [random.pick(mutants), random.pick(mutants)].flatMap((mutant) => mutant?.changes ?? []);
    const [first, second] = changes.sort((a, b) => a.start - b.start);
    if (first && second && first.end <= second.start) pairs.push(mutated(program, [first, second]));
  }
  return pairs;
}

function mutated(program: Program, changes: readonly Change[]): Mutant {
  let { source, span } = program;
  // From the end, so that the places of the others stay what they are.
  for (const change of [...changes].reverse()) {
    source = source.slice(0, change.start) + change.text + source.slice(change.end);
    span = { start: span.start, end: span.end + change.text.length - (change.end - change.start) };
  }
  return { program: { ...program, source, span }, changes };
}

function changesIn(language: RunnableLanguage, root: SyntaxNode, { start, end }: Span): Change[] {
  const changes = new Map<string, Change>();
  for (const node of root.descendants()) {
    if (node.start < start || node.end > end) continue;
    for (const change of mutations(language, node)) {
      const key = keyOf(change);
      if (!changes.has(key) && node.source.slice(change.start, change.end) !== change.text) changes.set(key, change);
    }
  }
  return [...changes.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** One of each place in turn, until there are enough. */
function spread(changes: readonly Change[], most: number): Change[] {
  const byPlace = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.start} ${change.end}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), change]);
  }
  const chosen: Change[] = [];
  const places = [...byPlace.values()];
  for (let round = 0; chosen.length < most; round++) {
    const next = places.flatMap((place) => place[round] ?? []);
    if (next.length === 0) break;
    // Of too many, every so manieth, so that the end of the function is changed as well as its beginning.
    const room = most - chosen.length;
    const step = Math.max(1, next.length / room);
    for (let i = 0; i < next.length && chosen.length < most; i += step) chosen.push(next[Math.floor(i)] as Change);
  }
  return chosen;
}

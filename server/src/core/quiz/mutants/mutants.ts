import type { Random } from "../../base/random";
import type { Span } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { Program, RunnableLanguage } from "../program";
import type { Change } from "./change";
import { mutations } from "./mutations";

/** A program that differs in one place, as a slip would make it, or in two. */
export interface Mutant {
  program: Program;
  /** In the order of the source they change. */
  changes: readonly Change[];
}

/** More than this adds time and hardly any answers. */
const maxMutants = 48;

/**
 * Nearly right versions of a program's function, spread over its lines.
 *
 * @param root the syntax tree of `program.source`
 */
export function mutantsOf(program: Program, root: SyntaxNode): Mutant[] {
  return spread(changesIn(program.language, root, program.span)).map((change) => mutated(program, [change]));
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
      const key = `${change.start} ${change.end} ${change.text}`;
      if (!changes.has(key) && node.source.slice(change.start, change.end) !== change.text) changes.set(key, change);
    }
  }
  return [...changes.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** One of each place in turn, until there are enough. */
function spread(changes: readonly Change[]): Change[] {
  const byPlace = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.start} ${change.end}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), change]);
  }
  const chosen: Change[] = [];
  const places = [...byPlace.values()];
  for (let round = 0; chosen.length < maxMutants; round++) {
    const next = places.flatMap((place) => place[round] ?? []);
    if (next.length === 0) break;
    // Of too many, every so manieth, so that the end of the function is changed as well as its beginning.
    const room = maxMutants - chosen.length;
    const step = Math.max(1, next.length / room);
    for (let i = 0; i < next.length && chosen.length < maxMutants; i += step)
      chosen.push(next[Math.floor(i)] as Change);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

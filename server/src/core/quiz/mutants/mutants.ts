import type { Span } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { Program, RunnableLanguage } from "../program";
import type { Change } from "./change";
import { mutations } from "./mutations";

/** A program that differs in one place, as a slip would make it. */
export interface Mutant {
  program: Program;
  change: Change;
}

/** More than this adds time and hardly any answers. */
const maxMutants = 48;

/**
 * Nearly right versions of a program's function, spread over its lines.
 *
 * @param root the syntax tree of `program.source`
 */
export function mutantsOf(program: Program, root: SyntaxNode): Mutant[] {
  return spread(changesIn(program.language, root, program.span)).map((change) => ({
    program: { ...program, source: applied(program.source, change), span: widened(program.span, change) },
    change,
  }));
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

export function applied(source: string, { start, end, text }: Change): string {
  return source.slice(0, start) + text + source.slice(end);
}

function widened(span: Span, { start, end, text }: Change): Span {
  return { start: span.start, end: span.end + text.length - (end - start) };
}

import type { ChangeSubject, Check } from "../../check";
import { isPath } from "../../names";
import { DETERMINERS, namesAt } from "../pattern";
import { withoutNotes } from "../simpler";
import { type Sentence, type Token, wordsOf } from "../tokens";
import { conditional, isChange } from "./changed";

/**
 * What is changed along with something else, in whatever words: "When adding a berth with a price, list it in
 * `docs/berths.md`", "New berths need an entry in `docs/berths.md`". The change is for a reader to see, unless it names files.
 */
export function changedAlongside(sentence: Sentence): Check | undefined {
  for (const { change, order } of readings(sentence)) {
    if (change.some((token, i) => pointsBack(change, i) || (token.kind === "mark" && !/^[/,]$/.test(token.text))))
      continue;
    const words = wordsOf(change);
    const also = isChange(words) ? filesOfOrder(order) : undefined;
    if (also === undefined) continue;
    const when = subjectOf(change, words, also);
    if (when.paths?.some((path) => also.includes(path))) return undefined;
    return conditional({ form: "must-accompany", when, also: also.map((path) => ({ paths: [path] })) }, change);
  }
  return undefined;
}

interface Reading {
  change: Sentence;
  order: Sentence;
}

/** The sentence taken apart into a change and what is asked for with it. */
function readings(sentence: Sentence): Reading[] {
  const first = sentence[0]?.text ?? "";
  const breaks = sentence.flatMap((token, i) => (isBreak(token) && i > 1 ? [i] : []));
  if (WHEN.has(first)) return breaks.map((at) => ({ change: sentence.slice(1, at), order: sentence.slice(at + 1) }));
  const opened = sentence.findIndex(({ text }) => text === "(");
  const late = sentence.findIndex(({ kind, text }, i) => i > 1 && kind === "word" && WHEN.has(text));
  const modal = sentence.findIndex(({ kind, text }, i) => i > 0 && kind === "word" && MODALS.has(text));
  return [
    // "(or export it after a change)" is about something else.
    ...(late > 0 && (opened < 0 || late < opened)
      ? [{ change: sentence.slice(late + 1, endOfClause(sentence, late)), order: sentence.slice(0, late) }]
      : []),
    ...(modal > 0 ? [{ change: sentence.slice(0, modal), order: sentence.slice(modal + 1) }] : []),
    ...(modal > 0
      ? []
      : breaks.slice(0, 1).map((at) => ({ change: sentence.slice(0, at), order: sentence.slice(at + 1) }))),
  ];
}

function isBreak({ kind, text }: Token): boolean {
  return kind === "mark" && BREAKS.has(text);
}

function endOfClause(sentence: Sentence, from: number): number {
  const end = sentence.findIndex(({ kind, text }, i) => i > from && kind === "mark" && text !== "/");
  return end < 0 ? sentence.length : end;
}

/** What an order, or one that it goes on with, says to update: "run `gen` and commit `a.sql`". */
export function filesOfOrder(
  sentence: Sentence,
  accepts: (paths: string[], verb: string) => boolean = () => true,
): string[] | undefined {
  const order = withoutNotes(sentence) ?? sentence;
  const starts = [0, ...order.flatMap(({ text }, i) => (text === "and" || text === "then" ? [i + 1] : []))];
  const found = starts.flatMap((at) => {
    const paths = filesUpdated(order.slice(at));
    return paths && accepts(paths, order[at]?.text ?? "") ? paths : [];
  });
  return found.length > 0 ? [...new Set(found)] : undefined;
}

/** The files an order says to update, or to add something to; `undefined` if it is none, or leaves a choice. */
function filesUpdated(order: Sentence): string[] | undefined {
  const start = order.findIndex(({ text }) => !FILLERS.has(text));
  const verb = order[start];
  if (verb?.kind !== "word" || !UPDATES.has(verb.text)) return undefined;
  const end = order.findIndex(
    ({ kind, text }, i) => i > start && (kind === "mark" ? ENDS.has(text) : kind === "word" && LEADS_AWAY.has(text)),
  );
  const clause = order.slice(start + 1, end < 0 ? undefined : end);
  const at = clause.findIndex(({ kind, text }) => kind === "code" && isPath(text));
  const list = at < 0 ? undefined : namesAt(clause, at);
  if (list === undefined || !list.names.texts.every((path) => isPath(path) && !/[<{[]|^\.\./.test(path)))
    return undefined;
  const before = clause.slice(0, at);
  const lead = before.findLast(({ text }) => !DETERMINERS.has(text) && !NOUNS_BEFORE.has(text));
  // "Mirror `a.sh`" makes something like it elsewhere.
  if (verb.text === "mirror" && lead === undefined) return undefined;
  const leads = lead === undefined || INTO.has(lead.text) || before.every(({ text }) => PARTS.has(text));
  const next = clause[list.end];
  const isChoice = next?.text === "or" || clause.slice(at, list.end).some(({ text }) => text === "or");
  return leads && !isChoice && !order.some(({ text }) => EXEMPTS.has(text)) ? list.names.texts : undefined;
}

/** Files the change is of; documents, where it speaks of those; any code otherwise. */
function subjectOf(change: Sentence, words: string, also: readonly string[]): ChangeSubject {
  const paths = change.flatMap(({ kind, text }) => (kind === "code" && isPath(text) ? [text] : []));
  if (paths.length > 0) return { paths };
  // Pages that code registers are code.
  if (also.every((path) => /^(?!(?:.*\/)?docs?\/).*\.(?:[cm]?[jt]sx?|py|go|java|vue|svelte)$/.test(path)))
    return { of: "code" };
  // "Docs before changes of the quay": what comes first is not what is changed.
  return /\b(?:docs?|pages?|documentation|guides?|articles?)\b/.test(words.replace(/^.*\bbefore\b/, ""))
    ? { paths: ["**/*.{md,mdx,rst}"] }
    : { of: "code" };
}

/** Whether what is changed stands in a sentence before, or in the document itself; "these berths" says which are meant. */
function pointsBack(change: Sentence, at: number): boolean {
  if (!POINTING.has(change[at]?.text ?? "")) return false;
  const next = change[at + 1];
  return (
    !/^th/.test(change[at]?.text ?? "") || next?.kind !== "word" || OWN.has(next.text) || change[at]?.text === "them"
  );
}

const POINTING = new Set(["it", "them", "this", "these", "those"]);
const OWN = new Set("file files document page list section table rule rules in to at when and or".split(" "));
const WHEN = new Set(["when", "whenever", "if", "after"]);
const MODALS = new Set(["must", "should", "need", "needs", "require", "requires", "means"]);
const BREAKS = new Set([",", ":", "—", "→", ";"]);
const FILLERS = new Set(
  "also always then please you must should be remember to make sure and do not forget it they ensure kept a an the matching corresponding".split(
    " ",
  ),
);
const UPDATES = new Set(
  `update updated updating add added adding register registered registering bump bumped regenerate regenerated sync edit
  extend adjust mirror mirrored document documented declare declared list listed append include included record recorded
  pair capture change changed changing modify export exported entry update updates entries commit wire expose`.split(
    /\s+/,
  ),
);
const PARTS = new Set(
  "the a an both its it them this that matching corresponding relevant file files entry table list section docs documentation types in to of".split(
    " ",
  ),
);
const INTO = new Set("to in into under at of entry stanza section line row case constant".split(" "));
/** "to the root `a.json`", "in the file `a.md`" */
const NOUNS_BEFORE = new Set("root file files table list matching corresponding relevant main".split(" "));
const ENDS = new Set([";", ":", "—", "(", "→"]);
const LEADS_AWAY = new Set(
  "so because since via with using following from by see as like through if when unless".split(" "),
);
const EXEMPTS = new Set(["unless", "except", "only", "optional", "optionally", "not"]);

import type { ChangeSubject, Check } from "../../check";
import { isCommand, isPath } from "../../names";
import { DETERMINERS, namesAt } from "../pattern";
import { qualified } from "../qualified";
import { withoutNotes } from "../simpler";
import { type Sentence, sentenceText, type Token, wordsOf } from "../tokens";
import { MANIFESTS } from "./additions";
import { conditional, isChange } from "./changed";
import { OF_PACKAGES, remadeBy } from "./remade";
import { foldersCalled } from "./thingsChanged";

/**
 * What is changed along with something else, in whatever words: "When adding a berth with a price, list it in
 * `docs/berths.md`", "New berths need an entry in `docs/berths.md`". The change is for a reader to see, unless it names files.
 */
export function changedAlongside(sentence: Sentence): Check | undefined {
  for (const { change, order } of readings(sentence)) {
    if (change.some((token, i) => pointsBack(change, i) || (token.kind === "mark" && !/^[/,]$/.test(token.text))))
      continue;
    const words = wordsOf(change);
    // "update it when changing": what, is said elsewhere.
    if (change.length < 2) continue;
    if (
      LEADS_TO_ORDERS.test(words) ||
      change.some(({ kind, text }) => kind === "code" && !isPath(text) && /\s/.test(text) && isCommand(text))
    )
      continue;
    const state = isChange(words) || IS_CHANGED.test(words) ? undefined : ofNew(words);
    if (!isChange(words) && !IS_CHANGED.test(words) && state === undefined) continue;
    const also = filesOfOrder(order)?.map((path): ChangeSubject => ({ paths: [path] })) ?? demanded(order, words);
    if (also === undefined) continue;
    if (state !== undefined) return qualified({ form: "must-accompany", when: state, also }, sentenceText(change));
    const paths = also.flatMap((subject) => subject.paths ?? []);
    if (OF_PACKAGES.test(words) && paths.length > 0 && paths.every((path) => GO_MANIFEST.test(path))) return TIDIED;
    if (OF_PACKAGES.test(words) && paths.some((path) => IS_LOCK.test(path)))
      return conditional({ form: "must-accompany", when: { paths: [...MANIFESTS] }, also }, change);
    const when = subjectOf(change, words, paths);
    if (when.paths?.some((path) => paths.includes(path))) return undefined;
    const check: Check = { form: "must-accompany", when, also };
    return when.paths && isOnlyFiles(change) ? check : conditional(check, change);
  }
  return undefined;
}

/** What is not files that the order names: what a command writes, tests. */
function demanded(order: Sentence, change: string): ChangeSubject[] | undefined {
  if (ASKS_FOR_TESTS.test(wordsOf(order))) return [{ of: "tests" }];
  const made = remadeBy(order, change);
  return made && [made];
}

const GO_MANIFEST = /(?:^|\/)go\.(?:mod|sum)$/;
const TIDIED: Check = {
  form: "must-accompany",
  when: { paths: ["**/go.mod"] },
  also: [{ paths: ["**/go.sum"], madeBy: "go mod tidy" }],
};
const IS_LOCK = /[.-]lock(?:file|b|\.\w+)?$/;

/** "changing any `*.tide` file", "`a.json` is changed": nothing more is said of the files. */
function isOnlyFiles(change: Sentence): boolean {
  return change.every(({ kind, text }) =>
    kind === "code" ? pathOf(text) !== undefined : OF_FILES.has(text) || IS_CHANGE_VERB.test(text),
  );
}

const OF_FILES = new Set(
  "you we the any anything a an all every each or and , / to in of under is are was were has have been gets file files spec instead directly".split(
    " ",
  ),
);
const IS_CHANGE_VERB = /^(?:chang|modif|edit|updat|touch|alter)(?:e|es|ed|ing|y|ies|ied|ying|s)?$/;

/** "the accuracy tests must be updated too", "extend the tests" */
const ASKS_FOR_TESTS =
  /^(?:(?:the|its|their|also|always|all|any|relevant|corresponding|affected|matching) )*(?:[a-z-]+ ){0,2}tests? (?:must|should|need to|have to) (?:also )?be (?:updated|added|adapted|extended|adjusted)(?: (?:too|as well|accordingly|to match))?$/;
/** "a crane is added" */
const IS_CHANGED =
  /^[^;:()]{2,80} (?:is|are|was|were|has been|have been|gets?) (?:added|changed|modified|updated|removed|renamed|introduced|edited|touched)\b|^[^;:(),]{2,40} (?:change|changes|changed)$|^[\w-]+ changes , including |^there (?:are|is) (?:an? |any )?[^;:(),]{0,40}changes?\b/;

/** "After changes, use these to verify": more is ordered than what is asked of a change. */
const LEADS_TO_ORDERS = /\b(?:use|run|do) (?:these|the following)\b|\bto verify\b|^before\b/;

/** "a crane needs ropes": of cranes that are added. */
function ofNew(words: string): ChangeSubject | undefined {
  const [, thing = ""] =
    /^(?:an?|any|your) (?:new )?([a-z]+) (?:needs?|requires?|uses?|has|supports?|accepts?) /.exec(words) ?? [];
  const folder = foldersCalled(thing);
  return folder === undefined ? undefined : { paths: [folder], added: true };
}

interface Reading {
  change: Sentence;
  order: Sentence;
}

/** The sentence taken apart into a change and what is asked for with it. */
function readings(sentence: Sentence): Reading[] {
  const first = sentence[0]?.text ?? "";
  const breaks = sentence.flatMap((token, i) => (isBreak(token) && i > 1 ? [i] : []));
  if (WHEN.has(first)) {
    // "When adding a module run `gen`"
    const run = sentence.findIndex(({ kind, text }, i) => i > 1 && kind === "word" && text === "run");
    const isBare = run > 0 && sentence[run + 1]?.kind === "code" && !LEADS_TO_RUN.has(sentence[run - 1]?.text ?? "");
    return [
      ...breaks.map((at) => ({ change: sentence.slice(1, at), order: sentence.slice(at + 1) })),
      ...(isBare ? [{ change: sentence.slice(1, run), order: sentence.slice(run) }] : []),
    ];
  }
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

/** A list goes on after its commas: "adding cranes, ropes, or hooks". */
function endOfClause(sentence: Sentence, from: number): number {
  const isListed = sentence.some(
    ({ text }, i) => i > from && text === "," && /^(?:or|and)$/.test(sentence[i + 1]?.text ?? ""),
  );
  const goesOn = isListed ? "/," : "/";
  const end = sentence.findIndex(({ kind, text }, i) => i > from && kind === "mark" && !goesOn.includes(text));
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
  // "a `CHANGELOG.md` entry"
  const isEntry =
    verb?.kind === "code" &&
    isPath(verb.text) &&
    /^(?:entry|update|note|line|bump)$/.test(order[start + 1]?.text ?? "");
  if (isEntry) return [verb.text];
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
  const paths = change.flatMap(({ kind, text }) => (kind === "code" ? (pathOf(text) ?? []) : []));
  if (paths.length > 0 && !namesOthers(change)) return { paths };
  // Pages that code registers are code.
  if (also.every((path) => /^(?!(?:.*\/)?docs?\/).*\.(?:[cm]?[jt]sx?|py|go|java|vue|svelte)$/.test(path)))
    return { of: "code" };
  // "Docs before changes of the quay": what comes first is not what is changed.
  return /\b(?:docs?|pages?|documentation|guides?|articles?)\b/.test(words.replace(/^.*\bbefore\b/, ""))
    ? { paths: ["**/*.{md,mdx,rst}"] }
    : { of: "code" };
}

/** `berths.md`, and `.tide` of all such files. */
function pathOf(text: string): string | undefined {
  return /^\*?\.[a-z]{2,}$/.test(text) ? `**/*${text.replace(/^\*/, "")}` : isPath(text) ? text : undefined;
}

/** Whether one of several things that may change is said in words alone: "`a.md` is changed, or a berth is added". */
function namesOthers(change: Sentence): boolean {
  const parts: Token[][] = [[]];
  for (const token of change) {
    if (/^(?:,|or)$/.test(token.text)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.some((part) => part.some(isThing) && part.every(({ kind }) => kind !== "code"));
}

function isThing({ text }: Token): boolean {
  return (
    !OF_FILES.has(text) && !/^(?:chang|modif|edit|updat|touch|alter|add|remov|renam|delet|creat|introduc)/.test(text)
  );
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
const LEADS_TO_RUN = new Set(["to", "you", "we", "and", "or", "not", "that", "which", ","]);
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
const NOUNS_BEFORE = new Set("root file files table list matching corresponding relevant main mirrored".split(" "));
const ENDS = new Set([";", ":", "—", "(", "→"]);
const LEADS_AWAY = new Set(
  "so because since via with using following from by see as like through if when unless".split(" "),
);
const EXEMPTS = new Set(["unless", "except", "only", "optional", "optionally", "not"]);

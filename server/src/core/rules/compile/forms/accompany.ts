import type { Check } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms, readForms, sentenceForms } from "../form";
import type { NameList } from "../pattern";
import { qualified } from "../qualified";
import { type Sentence, sentenceText } from "../tokens";
import { changedAlongside, filesOfOrder } from "./alongside";
import { accompany, isDone, RESTRICTS, subjectOf, withoutPlaceholders, withoutVerifying } from "./changed";
import { conditionalForms } from "./conditionalChanges";

/** "When you change A, also update B." Both have to be named: nobody can check "the docs". */
export const accompanyForms: readonly CheckForm[] = [
  ...testForms(),
  ...checkForms(
    [
      "if|when|whenever|after {change} {part?} <when> {parts?} ,|:|→|—? then? {update} {part?} <also> {too?} <*tail>",
      "if|when|whenever <when> changes|change {too?} ,|:|→|—? then? {update} {part?} <also> {too?} <*tail>",
      "if|when|whenever <when> changes|change ,|:|→|—? then? <also> must|should|has|have|needs|need to? be? updated|changed|change|follow {too?} <*tail>",
      "any|every|each|all change|changes|edit|edits|update|modification to|of|in <when> must|should|requires|require|needs|need be? accompanied? by? also? include? updating? an? update|updates|change|changes? to? <also> <*tail>",
      "changes|edits to|in <when> must|should|require|requires|need be? accompanied? by? also? include? updating? an? update|updates|change|changes? to? <also> <*tail>",
      "{change} <when> requires|means also? updating|changing|editing <also> <*tail>",
    ],
    ({ names, rest }) => accompany(names.when, names.also, rest.tail),
  ),
  ...checkForms(
    [
      "{update} {part?} <also> {too?} when|whenever|if {change} {part?} <when> <*tail>",
      "{update} {part?} <also> {too?} when|whenever|if <when> changes|change <*tail>",
      "keep <also> in? up? to? sync|date|up-to-date|aligned|consistent with <when> <*tail>",
      "keep <also> in sync|step when|whenever {change} <when> <*tail>",
      "<also> must|should be? kept? stay|remain|match? in sync with <when> <*tail>",
      "<also> must|should be updated when|whenever|if {change} <when> <*tail>",
      "{not} {change} {part?} <when> without also? {update} {part?} <also> <*tail>",
      "<also> must|should be updated when|whenever|if <when> changes|change <*tail>",
    ],
    ({ names, rest }) => accompany(names.when, names.also, rest.tail),
  ),
  ...checkForms(
    [
      "keep <both> in sync <*tail>",
      "keep <both> synchronized|synced|aligned|identical|consistent <*tail>",
      "keep <both> byte-identical <*tail>",
      "<both> must|should always? be|stay|remain|match|agree byte-identical|identical|synchronized|aligned|consistent <*tail>",
      "<both> must|should be? bumped|changed|updated|edited|modified|released together <*tail>",
      "always? bump|change|update|edit|modify <both> together <*tail>",
      "<both> must|should stay|remain|be in sync <*tail>",
      "<both> must|should be kept in sync <*tail>",
    ],
    ({ names, rest }) =>
      names.both && names.both.texts.length > 1 ? accompany(names.both, names.both, rest.tail) : undefined,
  ),
  ...checkForms(
    [
      "<both> versions must|should always? match|agree|stay|be|remain in? sync|equal|identical? <*tail>",
      "keep the? versions in|of <both> in sync <*tail>",
    ],
    ({ names, rest }) => {
      const check =
        names.both && names.both.texts.length > 1 ? accompany(names.both, names.both, rest.tail) : undefined;
      return check && qualified(check, "a version changes");
    },
  ),
  ...checkForms(
    [
      "<a> must|should always? match|mirror <b> <*tail>",
      "<a> must|should always? be|stay|remain byte-identical|identical|aligned|consistent to|with <b> <*tail>",
      "<a> mirrors <b> ,|;|—|( keep both|them in sync|aligned|identical <*tail>",
    ],
    ({ names, rest }) => {
      const texts = [...(names.a?.texts ?? []), ...(names.b?.texts ?? [])];
      const both = texts.every((text) => isPath(text) || CONSTANT.test(text) || /[a-z][A-Z]/.test(text));
      const list = { texts, noun: undefined };
      return both && texts.length === 2 ? accompany(list, list, rest.tail) : undefined;
    },
  ),
  ...conditionalForms,
  ...checkForms(
    [
      "every|each|any|all change|changes|pr|prs|commit|commits must|should also? update|include|add|touch an? update|entry|line? to|in? <also> <*tail>",
      "update <also> in|with every|each change|pr|commit <*tail>",
      "always update <also> <*tail>",
    ],
    ({ names, rest }) => {
      const also = subjectOf(names.also);
      return also?.paths && isDone(rest.tail)
        ? { form: "must-accompany", when: { paths: ["**/*"] }, also: [also] }
        : undefined;
    },
  ),
];

/** After all other forms, which say more exactly what is meant. */
export const alongsideForms: readonly CheckForm[] = checkForms(["<*sentence>"], ({ rest }) =>
  changedAlongside(rest.sentence ?? []),
);

const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** "Every code change comes with tests": any code and any test will do, as nobody can tell which belongs to which. */
function testForms(): CheckForm[] {
  return checkForms(
    [
      "every|each|any|all|new code? changes|change|modification|code|pr|commit must|should|needs|need|requires|require always? be? include|have|accompanied|come|comes|covered|contain by|with? new|unit|corresponding|matching|automated? tests|test <*tail>",
      "always? add|write|include|create|update or? create|add|update? a|new|unit|corresponding? tests|test for all|every|any|each|new new? code? changes|change|code to? go|python|java|typescript? code? <*tail>",
      "{not} commit|change|add|write code without tests <*tail>",
      "if|when|whenever|after code|logic|behavior|behaviour changes|change|changed|is changed? ,|:|→|—? then? {must?} update|add|adapt|adjust or? update|add|adapt? the|its|corresponding|relevant|matching? tests|test <*tail>",
      "update|add|adapt or|and? update|add|adapt? the|corresponding|relevant|matching? tests when|whenever|if you? {change?} code|logic|behavior|behaviour changes|change? <*tail>",
    ],
    ({ rest }) =>
      isDone(withoutVerifying(rest.tail ?? []))
        ? { form: "must-accompany", when: { of: "code" }, also: [{ of: "tests" }] }
        : undefined,
  );
}

const STEPS = sentenceForms(
  [
    "{update} {part?} <also> <*tail>",
    "create|write|add {part?} <also> <*tail>",
    "register it? in|to|with {part?} <also> <*tail>",
    "add it|them|an|a entry? to|in {part?} <also> <*tail>",
    "add <+what> to|in {part?} <also> <*tail>",
    "add to|in root? {part?} <also> <*tail>",
    "document it in {part?} <also> <*tail>",
  ],
  ({ names, rest }) => ({ also: names.also, tail: [...(rest.what ?? []), ...(rest.tail ?? [])] }),
);

const CHANGING =
  /^(?:\d+[.)]\s+)?(?:(?:when|whenever|if|how to|to|steps? (?:to|for)|checklist for|after)\s+)?(?:you(?:'re| are)?\s+)?((?:add|chang|modify|introduc|remov|renam|updat|edit|delet)(?:ing|e)?\s(?:[\w/-]+\s){0,7}[\w/-]+)\W*$/i;

/** What "Adding a berth" asks for above "Update `docs/berths.md`": whether a berth is added is for a reader to see. */
export function stepUnder(title: string, step: Sentence): Check | undefined {
  const [, change] = CHANGING.exec(title.replace(/\s*\([^()]*\)/g, "").replace(/`/g, "")) ?? [];
  if (change === undefined || step.some(({ text }) => LEAVES_OPEN.has(text))) return undefined;
  const found = filesOfOrder(step, (paths, verb) =>
    paths.every((path) => (REWRITES.has(verb) ? ANY_FILES : ONE_FILE).test(path)),
  );
  if (found === undefined) return undefined;
  return qualified(
    { form: "must-accompany", when: { of: "code" }, also: found.map((path) => ({ paths: [path] })) },
    change.toLowerCase(),
  );
}

/** No folder, no pattern, and nothing above the workspace. */
const ONE_FILE = /^(?!\.\.|~|\/)[^*<{[\s]*\.\w+$/;
/** What is there already, so that a folder names it too. */
const REWRITES = new Set(["commit", "update", "regenerate", "sync"]);
const ANY_FILES = /^(?!\.\.|~|\/)[^<{[\s]*(?:\.\w+|\/)$/;
const LEAVES_OPEN = new Set(
  "if when unless only optionally optional or needed necessary appropriate not e.g".split(" "),
);

/** What is to be done when something is added at a path, in which `<name>` and `{name}` stand for any name. */
export function accompanyingStep(added: string, sentence: Sentence): Check | undefined {
  const read = readForms(STEPS, sentence);
  const paths = read?.also?.texts.map(withoutPlaceholders) ?? [];
  const when = withoutPlaceholders(added);
  const restricts = RESTRICTS.test((read?.tail ?? []).map(({ text }) => text).join(" "));
  if (paths.length === 0 || restricts || ![when, ...paths].every(isPath)) return undefined;
  return {
    form: "must-accompany",
    when: { paths: [when], added: true },
    also: paths.map((path) => ({ paths: [path] })),
  };
}

/**
 * Files that are changed together, wherever a rule names them: "`a.json` and its copy `b.json` are one list; keep them in
 * sync". "This file" is the rule's own.
 */
export function mirroredFiles(
  sentences: readonly Sentence[],
  { path, items = [], title = "" }: { path: string; items?: readonly Sentence[]; title?: string },
): Check | undefined {
  const at = sentences.findIndex((sentence) => TOGETHER.test(wordsOf(sentence)));
  const order = sentences[at];
  // What comes after a dash says why.
  const said = order && wordsOf(order).split(/ [—;:(] (?=(?!.* (?:in (?:sync|step|lockstep)|together)\b))/)[0];
  if (order === undefined || said === undefined || RESTRICTS.test(said.replace(EITHER, ""))) return undefined;
  // What follows a lead-in is a rule of its own.
  if (ONE_AND_OTHER.test(said) && (!namesTwoFiles(title) || order.some(({ text }) => text === ":"))) return undefined;
  const around = [...sentences.slice(0, at), order];
  const bumped = BUMPED.test(wordsOf(order));
  const listed = items.flatMap(([first]) => first ?? []);
  const named = [...around.flat(), ...listed].flatMap(({ kind, text }) =>
    kind === "code" && isPath(text) ? text : [],
  );
  const saysOwn = around.some((sentence) => /\bthis file\b/.test(wordsOf(sentence)));
  // "Whenever one changes, mirror the other" under "`a.md` and `b.md`"
  const above = ONE_AND_OTHER.test(said) ? filesIn(title) : [];
  const paths = [...new Set(above.length === 2 ? above : [...named, ...(saysOwn ? [path] : [])])];
  const most = listed.length > 0 || /\ball three\b/.test(wordsOf(order)) ? MOST_MIRRORED : 2;
  if (paths.length < 2 || paths.length > most) return undefined;
  const check: Check = { form: "must-accompany", when: { paths }, also: paths.map((each) => ({ paths: [each] })) };
  return bumped ? qualified(check, "what is bumped changes") : check;
}

function filesIn(title: string): string[] {
  return title.split(/[\s`,]+/).filter(isPath);
}

/** Whether a title is about a pair: "`a.md` and `b.md`". */
export function namesTwoFiles(title: string): boolean {
  return filesIn(title).length === 2;
}

const MOST_MIRRORED = 4;
const TOGETHER =
  /\bkeep (?:the two|both|them|these|those|all three)(?: files| copies)?(?: in (?:sync|step|lockstep)| synchroni[sz]ed| aligned| identical)\b|\b(?:must|should|are) (?:always )?(?:be )?(?:bumped|changed|updated|edited) together\b|\bupdates? both the\b|\bmirror the other\b/;
const ONE_AND_OTHER =
  /\b(?:when|whenever|if) (?:either|one)(?: of them)? changes , (?:mirror|update|change) the other\b/;
const BUMPED = /\bbumped together\b/;
/** "When editing either" is no condition. */
const EITHER =
  /\b(?:when|if|whenever) (?:you )?(?:edit|chang|updat|modif)\w* (?:either|one|any|them|it)\b.*$|\b(?:when|whenever|if) (?:either|one)(?: of them)? changes\b/;

function wordsOf(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join(" ");
}

/** A row of a table whose titles say "when you change" and "also update". */
export function accompanyingCells(when: readonly Sentence[], also: readonly Sentence[]): Check | undefined {
  return accompany(cellList(when), cellList(also), undefined) ?? accompanyingChange(when, also);
}

/** The same where only words say what is changed, which a reader has to see: "Tide tables | `tides.md`, the docs". */
function accompanyingChange([change, ...more]: readonly Sentence[], also: readonly Sentence[]): Check | undefined {
  const words = also.flat();
  const paths = words.flatMap(({ kind, text }) =>
    kind === "code" && ONE_FILE.test(text) && isPath(text) ? [text] : [],
  );
  if (change === undefined || more.length > 0 || paths.length === 0 || paths.length > MOST_MIRRORED) return undefined;
  if (words.some(({ text }) => LEAVES_OPEN.has(text)) || /^(?:no|none|nothing)\b/.test(wordsOf(words)))
    return undefined;
  return qualified(
    { form: "must-accompany", when: { of: "code" }, also: paths.map((path) => ({ paths: [path] })) },
    sentenceText(change),
  );
}

/** The names of a cell, if nothing else in it narrows them down. */
function cellList(sentences: readonly Sentence[]): NameList | undefined {
  const [sentence, ...more] = sentences;
  if (sentence === undefined || more.length > 0) return undefined;
  return readForms(CELL, sentence);
}

const CELL = sentenceForms(
  [
    "{update?} {part?} <x>",
    "{change?} {part?} <x>",
    "{part?} <x> {parts?}",
    "{update?} {part?} <x> ( <+note> )",
    "{change?} {part?} <x> ( <+note> )",
  ],
  ({ names }) => names.x,
);

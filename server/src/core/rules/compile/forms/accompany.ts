import type { ChangeSubject, Check } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms, readForms, sentenceForms } from "../form";
import type { NameList } from "../pattern";
import { qualified } from "../qualified";
import { type Sentence, sentenceText, wordsOf } from "../tokens";
import { changedAlongside } from "./alongside";
import { accompany, isDone, isOneFile, leavesOpen, subjectOf, withoutVerifying } from "./changed";
import { conditionalForms } from "./conditionalChanges";
import { keptAlike } from "./kept";

const RECORDED =
  "must|should always? be accompanied|recorded|published|noted|documented|logged|listed|reflected by|with|in an? entry|line|note|update? in|to? the? <also> <*tail>";

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
      "any|every|each|all? change|changes|edit|edits to|in <when> must|should|needs|need|requires|require have|be? recorded|noted|documented|a|an? new? entry|note|line|section? in|to|under <also> <*tail>",
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
      "keep <both> structurally|fully|always|strictly|semantically? synchronized|synced|aligned|identical|consistent <*tail>",
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
  // Manifests hold more than what is the same in them.
  ...checkForms(
    ["<both> must|should always? agree|match <*tail>", "<both> must|should always? agree with each other <*tail>"],
    ({ names, rest }) => {
      const check =
        names.both && names.both.texts.length > 1 ? accompany(names.both, names.both, rest.tail) : undefined;
      return check && qualified(check, names.both?.texts.some((text) => MANIFEST.test(text)) && "a version changes");
    },
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
  ...checkForms(
    [
      "make sure to? include changes|updates in|to <both> if|when|whenever <++cond>",
      "include|commit changes|updates in|to <both> together? if|when|whenever <++cond>",
    ],
    ({ names, rest }) => {
      const check = names.both && names.both.texts.length > 1 ? accompany(names.both, names.both, []) : undefined;
      return check && rest.cond && qualified(check, sentenceText(rest.cond));
    },
  ),
  ...conditionalForms,
  ...checkForms([`every|each|any|all code|source change|changes ${RECORDED}`], ({ names, rest }) => {
    const also = subjectOf(names.also);
    return also?.paths && isDone(rest.tail)
      ? { form: "must-accompany", when: { of: "code" }, also: [also] }
      : undefined;
  }),
  ...checkForms(
    [
      "every|each|any|all change|changes|pr|prs|commit|commits must|should also? update|include|add|touch an? update|entry|line? to|in? <also> <*tail>",
      `every|each|any|all code or|and documentation change|changes ${RECORDED}`,
      `every|each|any|all change|changes|pr|prs|commit|commits ${RECORDED}`,
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
export const alongsideForms: readonly CheckForm[] = checkForms(
  ["<*sentence>"],
  ({ rest }) => changedAlongside(rest.sentence ?? []) ?? keptAlike(rest.sentence ?? []),
);

const MANIFEST =
  /(?:^|\/)(?:package|jsr|deno|composer|tauri\.conf)\.json$|(?:^|\/)(?:Cargo|pyproject)\.toml$|(?:^|\/)pom\.xml$|\.gradle(?:\.kts)?$/;

const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** "Every code change comes with tests": any code and any test will do, as nobody can tell which belongs to which. */
function testForms(): CheckForm[] {
  const tests = "new|unit|corresponding|matching|automated|updated? tests|test <*tail>";
  const come =
    "must|should|needs|need|requires|require always? be? include|have|accompanied|come|comes|covered|contain by|with? a|an?";
  return [
    ...checkForms(
      [
        `every|each|any|all|new code? changes|change|modification|code|pr|commit ${come} ${tests}`,
        "always? add|write|include|create|update or? create|add|update? a|new|unit|corresponding? tests|test for all|every|any|each|new new? code? changes|change|code to? go|python|java|typescript? code? <*tail>",
        "{not} commit|change|add|write code without tests <*tail>",
        "if|when|whenever|after code|logic|behavior|behaviour changes|change|changed|is changed? ,|:|→|—? then? {must?} update|add|adapt|adjust or? update|add|adapt? the|its|corresponding|relevant|matching? tests|test <*tail>",
        "update|add|adapt or|and? update|add|adapt? the|corresponding|relevant|matching? tests when|whenever|if you? {change?} code|logic|behavior|behaviour changes|change? <*tail>",
      ],
      ({ rest }) => withTests({ of: "code" }, rest.tail),
    ),
    ...checkForms(
      [
        `every|each|any|all|new? code? changes|change|modification|modifications|edit|edits|code to|in|under|of|inside <when> ${come} ${tests}`,
        `if|when|whenever {change} {part?} <when> ,|:|→|—? then? also? update|add|write|include|adapt the|its|their|a|an? ${tests}`,
      ],
      ({ names, rest }) => {
        const when = subjectOf(names.when);
        return when?.paths && withTests(when, rest.tail);
      },
    ),
  ];
}

function withTests(when: ChangeSubject, tail: Sentence | undefined): Check | undefined {
  return isDone(withoutVerifying(tail ?? [])) ? { form: "must-accompany", when, also: [{ of: "tests" }] } : undefined;
}

/** A row of a table whose titles say "when you change" and "also update". */
export function accompanyingCells(when: readonly Sentence[], also: readonly Sentence[]): Check | undefined {
  return accompany(cellList(when), cellList(also), undefined) ?? accompanyingChange(when, also);
}

/** The same where only words say what is changed, which a reader has to see: "Tide tables | `tides.md`, the docs". */
function accompanyingChange([change, ...more]: readonly Sentence[], also: readonly Sentence[]): Check | undefined {
  const words = also.flat();
  const paths = words.flatMap(({ kind, text }) => (kind === "code" && isOneFile(text) && isPath(text) ? [text] : []));
  if (change === undefined || more.length > 0 || paths.length === 0 || paths.length > MOST_FILES) return undefined;
  if (leavesOpen(words) || /^(?:no|none|nothing)\b/.test(wordsOf(words))) return undefined;
  return qualified(
    { form: "must-accompany", when: { of: "code" }, also: paths.map((path) => ({ paths: [path] })) },
    sentenceText(change),
  );
}

const MOST_FILES = 4;

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

import type { Check } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import { folderOfRole } from "../place";
import { type Sentence, sentenceText, wordsOf } from "../tokens";
import {
  accompany,
  conditional,
  isChange,
  isDone,
  isOneFile,
  leavesOpen,
  RESTRICTS,
  subjectOf,
  withoutVerifying,
} from "./changed";
import { subjectOfWords } from "./subjects";

/** "Each crane has a `README.md`": a new folder below `cranes/` comes with one. */
function besideForms(): CheckForm[] {
  const has =
    "must|should? always? has|have|needs|need|include|includes|contain|contains|keep|keeps|ship|ships|requires|require with?";
  return checkForms(
    [
      `every|each new? <+thing> ${has} a|an|its|their? own? <also> file|document? <*tail>`,
      `every|each new? <+thing> directory|folder|package ${has} a|an|its|their? own? <also> file|document? <*tail>`,
      `every|each directory|folder|subdirectory|subfolder|package in|under|below|inside <where> ${has} a|an|its|their? own? <also> file? <*tail>`,
    ],
    ({ names, rest }) => {
      const [file = "", ...more] = names.also?.texts ?? [];
      const [where, ...others] = names.where?.texts ?? [];
      const folder = where?.replace(/\/$/, "") ?? foldersOf(wordsOf(rest.thing));
      if (folder === undefined || others.length > 0 || more.length > 0 || !/^[\w-]+\.\w+$/.test(file)) return undefined;
      if (!BESIDE.test(wordsOf(rest.tail))) return undefined;
      return {
        form: "must-accompany",
        when: { paths: [`${folder}/*/**`], added: true },
        also: [{ paths: [`${folder}/*/${file}`, `${folder}/*/**/${file}`] }],
      };
    },
  );
}

/** What follows and says only where it is, what it holds or why. */
const BESIDE =
  /^(?:$|(?:in|inside|at|next to|beside|alongside|within) (?:its|the|their|that) |(?:covering|describing|explaining|documenting|that|which|with|so|because|to) |[,:;(—])(?!.*\b(?:unless|except|if|when|only)\b)/;

/** "crane": where the folders of cranes lie. What code declares has none. */
function foldersOf(thing: string): string | undefined {
  if (!/^[a-z]{4,}$/.test(thing) || subjectOfWords(thing) !== undefined || NO_FOLDER.test(thing)) return undefined;
  return `**/${folderOfRole(`${thing}s`) ?? `${thing}s`}`;
}

const NO_FOLDER =
  /^(?:file|change|commit|release|rule|task|issue|endpoint|route|page|query|field|directory|folder|repo|repository|project|team|user|table|model|entity|migration)$/;

/** "Every berth must be listed in `docs/berths.md`": whoever adds one. */
function listedForms(): CheckForm[] {
  const be =
    "must|should|need|needs|has|have to? always? be? registered|listed|declared|exported|documented|wired|mentioned|recorded up? in|to|from|under the?";
  return checkForms(
    [`every|each <+thing> ${be} <also> <*tail>`, `all|any? <+things> ${be} <also> <*tail>`],
    ({ names, rest }) => {
      const { also } = names;
      const thing = rest.thing ?? rest.things ?? [];
      if (
        !also?.texts.every(isOneFile) ||
        !isDone(rest.tail) ||
        thing.some(({ text }) => /^(?:new|all|any)$/.test(text))
      )
        return undefined;
      if (rest.things && !/[^s]s$/.test(thing.at(-1)?.text ?? "")) return undefined;
      const added: Sentence = (rest.thing ? ["adding", "a"] : ["adding"]).map(
        (text) => ({ kind: "word", text }) as const,
      );
      const check: Check = {
        form: "must-accompany",
        when: { of: "code" },
        also: also.texts.map((path) => ({ paths: [path] })),
      };
      return conditional(check, [...added, ...thing]);
    },
  );
}

/** "When adding a berth, also update `docs/berths.md`": what is added is for a reader to see. */
export const conditionalForms: readonly CheckForm[] = [
  ...listedForms(),
  ...besideForms(),
  ...checkForms(
    [
      "after|when|whenever|if any? change|changes|changing|editing|modifying|updating to? <+what> in <when> ,? run <command> and commit the? regenerated|updated|generated|resulting? <also> <*tail>",
      "after|when|whenever|if any? change|changes|changing|editing|modifying|updating to? <when> ,? run <command> and commit the? regenerated|updated|generated|resulting? <also> <*tail>",
      "any? changes|change to|in|under <when> that|which <+what> need|needs|require|requires an? <also> <*tail>",
    ],
    ({ names, rest }) => conditional(accompany(names.when, names.also, rest.tail), rest.what),
  ),
  ...checkForms(
    [
      "any? changes|change to|in|under <when> that|which <+what> need|needs|require|requires a changeset <*tail>",
      "any? changes|change to|in|under <when> that|which <+what> or <+more> need|needs|require|requires a changeset <*tail>",
      "any? changes|change to|in|under <when> need|needs|require|requires a changeset <*tail>",
      "any|every|all? changes|change to|in|under <when> must|should include|have|come|add|ship with? a changeset <*tail>",
      "if|when|whenever your|the|any? changes|change affect|affects|touch|touches <when> ,|:|— a changeset is required|needed|mandatory <*tail>",
      "if|when|whenever you? {change} <when> ,|:|— {must?} add|include|create|write a changeset <*tail>",
    ],
    ({ names, rest }) => {
      const check = accompany(names.when, { texts: [".changeset/"], noun: undefined }, withoutDetails(rest.tail));
      return conditional(check, rest.what && [...rest.what, ...(rest.more ?? [])]);
    },
  ),
  ...checkForms(
    [
      "<++cond> need|needs|require|requires|must|should always? include|have|add|come|ship|be|accompanied|contain? with|by? a|an changeset <*tail>",
      "always? add|include|create|write a|an changeset for|to|with|in any|every|all|each? <++cond>",
      "always? add|include|create|write a|an changeset for|to|with in|any|every|all|each? <+cond> ( <*more>",
      "always? add|include|create|write a|an changeset ( <command> ) for|to|with|in any|every|all|each? <++cond>",
      "always? add|include|create|write a|an changeset if|when|whenever|after you? <++cond>",
      "if|when|whenever <++cond> , you? {must?} always? add|include|create|write a|an changeset <*tail>",
      "if|when|whenever <++cond> , a changeset is required|needed|mandatory <*tail>",
    ],
    ({ rest }) => {
      const cond = wordsOf(rest.cond);
      if (!isChangeOfCode(cond) && !IS_KIND_OF_CHANGE.test(cond) && !/\b(?:prs?|pull requests?|changes?)\b/.test(cond))
        return undefined;
      const left = rest.tail ?? [];
      if (!(isDone(withoutDetails(left)) || left[0]?.kind === "mark")) return undefined;
      const check: Check = { form: "must-accompany", when: { of: "code" }, also: [{ paths: [".changeset/"] }] };
      return EVERY_CHANGE.test(cond) ? check : conditional(check, rest.cond);
    },
  ),
  ...checkForms(
    [
      "<+what> live|lives|is|are|go|goes|belong in|under <when> and|; they? also? need|needs|require|requires {part?} <also> <+entry> when|if|whenever|after {change} <+thing>",
      "all|every|each|any? new <+what> in|under <when> must|should? also? be|need|needs|require|requires? an? <+entry> in|to|from <also> <*tail>",
      "all|every|each|any? new <+what> in|under <when> must|should? also? be? need|needs|require|requires|added|registered|listed|exported|documented|linked in|to|from? an? entry? in|to? <also> <*tail>",
    ],
    ({ names, rest }) => {
      const [when, also] = [names.when, names.also];
      if (!when?.texts.every(isPath) || !also?.texts.every(isPath) || !isDone(rest.tail)) return undefined;
      if (
        rest.entry &&
        !/\b(?:entry|entries|link|links|line|row|section|mention|reference)$/.test(sentenceText(rest.entry))
      )
        return undefined;
      return {
        form: "must-accompany",
        when: { paths: when.texts, added: true },
        also: also.texts.map((path) => ({ paths: [path] })),
      };
    },
  ),
  ...checkForms(
    [
      "any|every|each|all? <+kind> change|changes must|should|need|needs|require|requires always? have|include|ship|come|be|accompanied? with|by? a|an? new|corresponding|matching|database? migration|migrations <*tail>",
      "if|when|whenever you? change|changing|modify|modifying <+kind> ,|:|→|— then? always? add|create|generate|write|make a|an? new|corresponding|matching|database? migration|migrations <*tail>",
    ],
    ({ rest }) => {
      if (!OF_MODELS.test(wordsOf(rest.kind)) || !isDone(rest.tail)) return undefined;
      return {
        form: "must-accompany",
        when: { paths: ["**/{models,entities,schemas}/**", "**/{models,model,schema}.*"] },
        also: [{ paths: ["**/migrations/**", "**/migrate/**"] }],
      };
    },
  ),
  ...checkForms(
    ["keep <also> updated|current|up-to-date <*tail>", "keep <also> up to date <*tail>"],
    ({ names, rest }) => {
      const also = subjectOf(names.also);
      const isFile = also?.paths?.length === 1 && also.names === undefined && also.paths.every(isOneFile);
      if (
        !isFile ||
        also === undefined ||
        leavesOpen(rest.tail ?? []) ||
        rest.tail?.some(({ kind }) => kind === "code")
      )
        return undefined;
      return conditional({ form: "must-accompany", when: { of: "code" }, also: [also] }, TELLS);
    },
  ),
  ...checkForms(
    [
      "keep <also> in sync with <++what>",
      "keep <++what> in sync with <also> <*tail>",
      "<++what> must|should be? kept? stay|remain? in sync with <also> <*tail>",
    ],
    ({ names, rest }) => {
      const also = subjectOf(names.also);
      const isFile = also?.paths?.length === 1 && also.names === undefined && also.paths.every(isOneFile);
      const what = wordsOf(rest.what);
      if (!isFile || !isDone(rest.tail) || RESTRICTS.test(what) || POINTS.test(what)) return undefined;
      const check: Check = { form: "must-accompany", when: { of: "code" }, also: [also] };
      return conditional(check, [...(rest.what ?? []), { kind: "word", text: "changes" }]);
    },
  ),
  ...checkForms(
    [
      "if|when|whenever|after|before <++cond> ,|:|→|— then? {update} {part?} <also> {too?} <*tail>",
      "{update} <+docs> ( {part?} <also> ) if|when|whenever|after|for <++cond>",
      "{update} {part?} <also> {too?} if|when|whenever|after <++cond>",
      "{update} {part?} <also> {too?} if|when|whenever|after <+cond> ,|;|—|( <*tail>",
      "{update} {part?} <also> {too?} for|with any|every|all|each? <++cond>",
      "add|register|document|list|declare new|any|every|all <+added> to|in|under {part?} <also> <*tail>",
      "<+cond> must|should|need to? be documented|registered|listed|declared|recorded|described in {part?} <also> <*tail>",
      "<+cond> get|gets|need|needs|require|requires an|a? matching|corresponding? documentation? updates|entry|entries|update|documentation in|under|to {part?} <also> <*tail>",
      "<+cond> need|needs|require|requires <++things> <also> updates|update|changes|entry|entries <*tail>",
      "<+cond> get|gets|need|needs|require|requires an|a? entry|line|note under|in the? <list> section|heading of|in <also> <*tail>",
    ],
    ({ names, rest }) => {
      const said = rest.cond ?? [{ kind: "word", text: "new" } as const, ...(rest.added ?? [])];
      const cond = wordsOf(said);
      const also = subjectOf(names.also);
      if (rest.docs && !ARE_DOCS.test(sentenceText(rest.docs))) return undefined;
      if (rest.things && !/^(?:,|and|plus)$/.test(rest.things.at(-1)?.text ?? "")) return undefined;
      if (!isChangeOfCode(cond) || also?.paths === undefined || also.names !== undefined || !isDone(rest.tail))
        return undefined;
      if (rest.added && !also.paths.every((path) => isOneFile(path))) return undefined;
      const each = also.paths.map((path) => ({ paths: [path] }));
      return conditional({ form: "must-accompany", when: { of: "code" }, also: each }, said);
    },
  ),
  ...checkForms(
    [
      "<+cond> must|should|need|needs|require|requires always? be|come|include|have|ship|contain? covered|accompanied? by|with? a|an|new|unit|integration|e2e|automated? unit|integration|regression? or? e2e|integration? tests|test <*tail>",
      "always? add|write|include|create a|new|unit|integration? tests|test|coverage for any|every|all|each? <+cond>",
      "if|when|whenever <++cond> , tests must|should|need|needs to? be adapted|updated|added|changed|adjusted or? updated|added|changed|adjusted? accordingly? <*tail>",
      "if|when|whenever <++cond> , {update} the|its|corresponding|relevant|matching|affected? tests <*tail>",
    ],
    ({ rest }) => {
      const cond = wordsOf(rest.cond);
      const left = withoutVerifying(rest.tail ?? []);
      if (!IS_KIND_OF_CHANGE.test(cond) || !(isDone(left) || left[0]?.text === "that")) return undefined;
      return conditional({ form: "must-accompany", when: { of: "code" }, also: [{ of: "tests" }] }, rest.cond);
    },
  ),
];

const OF_MODELS = /^(?:the |a |any |every )*(?:(?:database|db|data|django) )*(?:models?|schemas?|entity|entities)$/;

/** Of what a change does that keeps a document up to date. */
const TELLS: Sentence = "what it tells of changes".split(" ").map((text) => ({ kind: "word", text }));

/** "file in `.changeset/`", "for the package": what is said of the changeset itself. */
function withoutDetails(tail: Sentence | undefined): Sentence {
  const left = tail ?? [];
  return /^(?:file|entry|for|with|via|using|in|specifying|naming|describing|that|to)$/.test(left[0]?.text ?? "") &&
    !RESTRICTS.test(sentenceText(left))
    ? []
    : left;
}

/** No more than the product's code is changed in any of these. */
const EVERY_CHANGE = /^(?:(?:every|all|any|each) )?(?:code )?(?:changes?|prs?|pull requests?)$/;
const ARE_DOCS = /\b(?:docs?|documentation|changelog|readme|guides?|examples?|reference|pages?|tests?|schemas?|types)$/;

const POINTS = /^(?:it|them|this|these|those|both|all|each)\b|\bsource docs? page\b/;

/** A change of the code, not a state it may be in. */
function isChangeOfCode(condition: string): boolean {
  return isChange(condition) || AFFECTS.test(condition);
}

const AFFECTS =
  /^(?:(?:an?|any|your|the|every) )?(?:code )?changes? (?:that )?(?:will )?(?:affect|alter|modif|touch|introduc|add|remov|break|chang|impact)|^(?:user|customer|public|developer)-(?:facing|visible)\b/;
const IS_KIND_OF_CHANGE =
  /\b(?:fix|fixes|bugfix|bugfixes|features?|behaviou?rs?|functionality|changes?|additions?)\b|\b(?:has|have) been changed\b|^(?:any|all|every|each)? ?new\b/;

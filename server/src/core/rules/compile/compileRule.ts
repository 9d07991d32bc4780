import type { LanguageId } from "../../model/facts";
import {
  type Check,
  type CodeScope,
  type ForbiddenCommand,
  type ForbiddenEdit,
  type MustAccompany,
  qualifierOf,
} from "../check";
import { startsWithVerb } from "../force";
import type { Piece } from "../markdown";
import { isDistinctive } from "../names";
import type { Rule } from "../rule";
import { type CheckForm, readForms } from "./form";
import {
  accompanyForms,
  accompanyingCells,
  accompanyingStep,
  alongsideForms,
  mirroredFiles,
  namesTwoFiles,
} from "./forms/accompany";
import { additionForms } from "./forms/additions";
import { callForms } from "./forms/calls";
import { choiceForms } from "./forms/choice";
import { commandForms } from "./forms/commands";
import { companionForms } from "./forms/companions";
import { forbiddenForms, insteadOfCell } from "./forms/forbidden";
import { impliedForms } from "./forms/implied";
import { invariantForms } from "./forms/invariants";
import { layerForms } from "./forms/layers";
import { layoutForms } from "./forms/layout";
import { meansForbiddenForms } from "./forms/meansForbidden";
import { namesOtherThings, namingCells, namingForms } from "./forms/naming";
import { kindOfFile, protectedForms } from "./forms/protected";
import { requiredTextForms } from "./forms/requiredText";
import { sizeForms } from "./forms/sizes";
import { textForms } from "./forms/text";
import { knownFunction, knownPackage, withKnownNames } from "./knownNames";
import { isGeneralTopic, readLead } from "./lead";
import { isMisread } from "./misread";
import { asOrder } from "./nominal";
import { type Place, placeOfTitle } from "./place";
import { preferCertain, qualified } from "./qualified";
import { asText, isElsewhere, otherExtension, otherProgram } from "./texts";
import { type Sentence, sentencesIn, sentenceText, type Token } from "./tokens";

/** What splitting knows of a rule. */
export interface RuleReading {
  /** Its text, with the words of a lead-in that it needs to be understood. */
  pieces: readonly Piece[];
  polarity: Rule["polarity"];
  /** Whether only the heading or lead-in forbids: "Don'ts" above "global state". */
  forbiddenByContext: boolean;
  /** Titles above it, the outermost first: headings, and lead-ins that did not join its text. */
  titles: readonly string[];
  /** Files its instruction file is loaded for. */
  globs: readonly string[];
  /** A table row, cell by cell. */
  cells?: readonly Cell[];
  /** Where the rule stands. */
  path: string;
  /** What the list holds that the rule introduces. */
  items?: readonly (readonly Piece[])[];
  /** The folder or file that an earlier step of the same list creates. */
  created?: string;
  /** Language of the code block that follows as an example. */
  exampleLanguage?: string;
}

export interface Cell {
  title: string;
  pieces: readonly Piece[];
}

// The order matters where a sentence could be read in two ways: the form that takes more of it comes first.
const FORMS: readonly CheckForm[] = [
  ...accompanyForms,
  ...callForms,
  ...additionForms,
  ...protectedForms,
  ...commandForms,
  ...layoutForms,
  ...namingForms,
  ...sizeForms,
  ...companionForms,
  ...requiredTextForms,
  ...invariantForms,
  ...impliedForms,
  ...forbiddenForms,
  ...choiceForms,
  ...layerForms,
  ...textForms,
];

/** Where the sentence itself forbids, what else it says is its condition. */
const ALL_FORMS: readonly CheckForm[] = [...FORMS, ...meansForbiddenForms, ...alongsideForms];

/**
 * The check a rule demands, by the language of instruction files; `undefined` where that is not certain. What a sentence
 * forbids or wants instead has to be understood, and so has every word after it: a reason is left out, a place becomes
 * the scope, and what else may restrict it is the check's qualifier.
 */
export function compileRule(reading: RuleReading): Check | undefined {
  if (reading.polarity === "info" || isForeign(reading.pieces) || isAboutSpelling(reading.pieces)) return undefined;
  const check =
    reading.cells === undefined
      ? (compileStep(reading) ?? compileSentences(reading) ?? compileMirrored(reading))
      : compileCells(reading.cells, reading);
  if (check === undefined || isShortened(check, reading.pieces)) return undefined;
  if (praises(reading) || isMisread(check, reading) || namesOtherThings(check, reading)) return undefined;
  const certain = isCertain(check, reading) ? check : underTitle(check, reading);
  const placed = certain && withContext(certain, reading);
  return placed && qualified(placed, kindOfFile(placed, reading.pieces));
}

/** "Key features: no external dependencies": what the product has. */
function praises({ pieces, titles }: RuleReading): boolean {
  return PRAISE.test(titles.at(-1) ?? "") || PRAISE.test(pieces[0]?.text ?? "");
}

const PRAISE =
  /^\W*(?:(?:key|main|core) )?(?:features|highlights|benefits|advantages|strengths|characteristics)\s*(?::|$)/i;

function compileSentences({ pieces, forbiddenByContext }: RuleReading): Check | undefined {
  const sentences = sentencesIn(pieces);
  let best: Check | undefined;
  for (const [i, sentence] of sentences.entries()) {
    if (sentence.some(({ text }) => text === "?")) continue;
    best = preferCertain(best, () => {
      const check = compileSentence(sentence, sentences.slice(i + 1), forbiddenByContext && i === 0);
      const condition = sentences.slice(0, i).find(opensWithCondition);
      if (check === undefined || condition === undefined || isAboutFiles(check)) return check;
      return qualified(check, sentenceText(firstClause(condition)));
    });
    if (best !== undefined && qualifierOf(best) === undefined) return best;
  }
  return best;
}

const ADDING =
  /^(?:(?:when|if|to|how to|steps? (?:to|for)|checklist for)\s+)?(?:you(?:'re| are)? )?(?:add|adding|create|creating|introduce|introducing)\s(?:[\w-]+\s){1,6}\(\s*(?:in\s+)?`([^`]+)`\s*\)\W*$/i;

/** "Update `docs/tools.md`" under "Adding a tool (`tools/<name>/`)". */
function compileStep({ pieces, titles, created }: RuleReading): Check | undefined {
  const [, added = created] = ADDING.exec(titles.at(-1) ?? "") ?? [];
  const [step] = sentencesIn(pieces);
  return added === undefined || step === undefined ? undefined : accompanyingStep(added, step);
}

function compileMirrored({ pieces, path, titles, items = [] }: RuleReading): Check | undefined {
  return mirroredFiles(sentencesIn(pieces), {
    path,
    title: titles.findLast(namesTwoFiles) ?? "",
    items: items.flatMap((item) => sentencesIn(item).slice(0, 1)),
  });
}

/** "When adding code in `examples/`, ... Prefer `a` over `b`": the condition may hold for what follows. */
function opensWithCondition([first]: Sentence): boolean {
  return first?.kind === "word" && SUBORDINATE.has(first.text);
}

/** Paths and commands mean the same whatever a sentence speaks of. */
function isAboutFiles(check: Check): check is ForbiddenEdit | MustAccompany | ForbiddenCommand {
  return check.form === "forbidden-edit" || check.form === "must-accompany" || check.form === "forbidden-command";
}

/** In whichever of its forms the sentence is understood. */
function compileSentence(sentence: Sentence, following: readonly Sentence[], forbidden: boolean): Check | undefined {
  const check = compileWords(sentence, following, forbidden);
  const named = check === undefined ? withKnownNames(sentence) : undefined;
  return named ? compileWords(named, following, forbidden) : check;
}

function compileWords(sentence: Sentence, following: readonly Sentence[], forbidden: boolean): Check | undefined {
  return preferCertain(compileClause(sentence, following, forbidden), () => compileLaterClause(sentence, following));
}

function compileClause(clause: Sentence, following: readonly Sentence[], forbidden: boolean): Check | undefined {
  return preferCertain(readCheck(clause, following, forbidden), () => {
    const lead = readLead(clause);
    const check =
      lead.rest.length === clause.length
        ? undefined
        : preferCertain(readCheck(lead.rest, following, forbidden), () => readOrder(lead.rest, following, forbidden));
    return preferCertain(check && withPlace(check, lead.place), () => readOrder(clause, following, forbidden));
  });
}

/** The same of a ban whose verb is a noun. What only a heading forbids may as well go on as a statement. */
function readOrder(clause: Sentence, following: readonly Sentence[], forbidden: boolean): Check | undefined {
  const order = asOrder(forbidden ? [NEVER, ...clause] : clause);
  const check = order && readCheck(order, following, false);
  return forbidden && check && qualifierOf(check) !== undefined ? undefined : check;
}

/** What the first form says that leaves no condition open, or else the first at all. */
function readCheck(clause: Sentence, following: readonly Sentence[], forbidden: boolean): Check | undefined {
  let conditional: Check | undefined;
  const forms = forbidden ? FORMS : ALL_FORMS;
  const certain = readForms(forms, forbidden ? [NEVER, ...clause] : clause, following, (check) => {
    if (qualifierOf(check) === undefined) return true;
    conditional ??= check;
    return false;
  });
  return certain ?? conditional;
}

const NEVER: Token = { kind: "word", text: "never" };
const CLAUSE_MARKS = new Set([";", "—", ",", ":", "("]);
const CLAUSE_STARTERS = new Set(["never", "do", "not", "no", "avoid", "use", "prefer", "always", "must", "instead"]);
const SUBORDINATE = new Set(
  `when if whenever unless for in inside within outside under except across on at with during where while as after
  before until once to by from because since every any each only`.split(/\s+/),
);
const JOINING = new Set(["and", "but", "e.g"]);
const MIN_STATEMENT = 4;
const ELLIPTIC = new Set(["never", "not", "no", "and", "but", "bare", "a", "an", "the", "raw", "plain"]);
/** Those whom every rule addresses: what they do restricts nothing. */
const EVERYBODY = new Set(
  "we you project codebase repo repository package all use never do avoid prefer no always only".split(" "),
);

/**
 * "The project uses `a` — never import `b`": what goes before stands for itself and does not restrict; or it is the
 * condition: "When the tide turns, never call `moor`".
 */
function compileLaterClause(sentence: Sentence, following: readonly Sentence[]): Check | undefined {
  let best: Check | undefined;
  for (const [i, mark] of sentence.entries()) {
    if (mark.kind !== "mark" || !CLAUSE_MARKS.has(mark.text) || i === 0) continue;
    const start = JOINING.has(sentence[i + 1]?.text ?? "") ? i + 2 : i + 1;
    const first = sentence[start];
    const before = sentence.slice(0, i);
    const isConditional = opensWithCondition(before);
    const isTitle = mark.text === ":" && TITLES.has(sentence[0]?.text ?? "") && !opensWithCondition(before.slice(1));
    const starts =
      first?.kind === "word"
        ? isConditional || CLAUSE_STARTERS.has(first.text)
        : mark.text === "—" || mark.text === ":"
          ? before.every(({ kind }) => kind === "word") && before.length < MIN_STATEMENT
          : false;
    if (first === undefined || !(starts || isTitle)) continue;
    const isLabel = mark.text !== ";" && before.length < MIN_STATEMENT && before.some(({ kind }) => kind === "word");
    const check = compileClause(sentence.slice(start), following, false);
    if (check === undefined) continue;
    const isBare = isElliptic(sentence.slice(start));
    // "It is off (no globals)" is about something else.
    if (mark.text === "(" && check.form === "forbidden-construct" && first.text !== "never") continue;
    if (isBare && !isTitle && !isAboutFiles(check) && !areDistinctive(check)) continue;
    const standsAlone = isTitle || (!isConditional && !isLabel && !isBare && addressesAll(before));
    const ownsCommand = isBare && check.form === "forbidden-command" && before.every(({ kind }) => kind !== "code");
    const isWhole =
      standsAlone || saysWhat(before) || (isAboutFiles(check) && !ownsCommand && !isConditional && !isLabel);
    best = preferCertain(best, () => (isWhole ? check : qualified(check, sentenceText(before))));
  }
  return best;
}

/** "No debug code:", "7.12", "Explicit types:": a label that forbids the same or says what follows is about. */
function saysWhat(label: Sentence): boolean {
  const words = label.filter(({ kind }) => kind === "word").map(({ text }) => text);
  if (words.length !== label.length || words.length === 0 || words.length >= MIN_STATEMENT) return false;
  return words[0] === "no" || isGeneralTopic(words.join(" "));
}

/** "a fix in tests is `test(...)`, never `fix(...)`" is about words. */
function areDistinctive(check: Check): boolean {
  const names = "names" in check && Array.isArray(check.names) ? check.names : [];
  return names.every(
    (name) => isDistinctive(name) || knownFunction(name) !== undefined || knownPackage(name) !== undefined,
  );
}

/** What introduces rules without restricting them. */
const TITLES = new Set("rules conventions guidelines constraints requirements notes".split(" "));

function firstClause(sentence: Sentence): Sentence {
  const end = sentence.findIndex(({ kind, text }) => kind === "mark" && CLAUSE_MARKS.has(text));
  return end < 0 ? sentence : sentence.slice(0, end);
}

/** "Store tokens in cookies, never `localStorage`": without a verb it shares that of the clause before. */
function isElliptic(clause: Sentence): boolean {
  const next = clause.find(({ kind, text }) => kind === "code" || !ELLIPTIC.has(text));
  return next?.kind === "code";
}

const PLACES = new Set(["in", "inside", "under", "within"]);

/** Whether a clause is an order or about the whole project: "Scenarios must be deterministic" is about scenarios. */
function addressesAll(clause: Sentence): boolean {
  const [first, second] = clause.filter(({ text }) => !/^(?:the|this|our|your)$/.test(text));
  if (first === undefined || first.kind === "code") return true;
  // "All hooks in `src/hooks/` must:" is about those.
  if (clause.some(({ text }, i) => PLACES.has(text) && clause[i + 1]?.kind === "code")) return false;
  return EVERYBODY.has(first.text) || startsWithVerb(sentenceText([first, ...(second ? [second] : [])]));
}

const WHEN = /\b(?:when|if)\b.*\b(?:chang|modif|edit|touch|add|updat)|^(?:changed?|changes|you change|trigger)\b/i;
const ALSO = /\b(?:also|update|must|then|sync|required|companion|change too)\b/i;
const BAD =
  /^(?:don['’]?ts?|do not|bad|wrong|never|avoid|instead of|❌.*|forbidden|not|old|deprecated|banned|❌|🚫)(?: use| this)?$/i;
const GOOD =
  /^(?:do|dos|good|right|correct|use|use instead|instead|prefer|✅.*|always|replacement|use this|do this|new|preferred|do instead|alternative|fix|✅|✓)$/i;

/** Beside these the first column is what is not to be used, whatever it is called. */
const REPLACED = /^(?:use )?instead(?: use| of this)?$|^replacement$|^do instead$/i;

const MAX_CELLS = 5;

function compileCells(cells: readonly Cell[], reading: RuleReading): Check | undefined {
  const [first, second] = cells;
  if (first === undefined || second === undefined || cells.length > MAX_CELLS) return undefined;
  const [left, right] = [sentencesIn(first.pieces), sentencesIn(second.pieces)];
  const [a, b] = [first.title.trim(), second.title.trim()];
  if (WHEN.test(a) && ALSO.test(b)) return accompanyingCells(left, right);
  if (BAD.test(a) && GOOD.test(b)) return insteadInCells(left, right);
  if (GOOD.test(a) && BAD.test(b)) return insteadInCells(right, left);
  const whole = (REPLACED.test(b) ? insteadInCells(left, right) : undefined) ?? namingCells(left, [b, right]);
  if (whole !== undefined) return whole;
  // Any other row is understood only if one of its cells is a rule of its own.
  const rule = cells.find(({ title }) =>
    /^(?:rule|convention|guideline|requirement|constraint|description|practice|policy|standard)s?$/i.test(title.trim()),
  );
  const check = rule && compileSentences({ ...reading, pieces: rule.pieces });
  const better = cells.find(({ title }) => GOOD.test(title.trim()));
  return check && better ? insteadOfCell(check, sentencesIn(better.pieces)) : check;
}

/** A row that sets the wrong beside the right. */
function insteadInCells([bad, ...more]: readonly Sentence[], right: readonly Sentence[]): Check | undefined {
  if (bad === undefined || more.length > 0) return undefined;
  const check = compileClause(bad[0]?.kind === "word" && BANS.has(bad[0].text) ? bad : [NEVER, ...bad], [], false);
  return check && insteadOfCell(check, right);
}

const BANS = new Set(["do", "never", "no", "not", "avoid"]);

/** What a sentence alone does not show to be meant everywhere. */
function isCertain(check: Check, { titles }: RuleReading): boolean {
  const names = "names" in check ? check.names : [];
  // "Response schemas": a method without its receiver is the one of what the title speaks of.
  return !names.some((name) => /^\.\w/.test(name)) || titles.slice(-1).every(isGeneralTopic);
}

function underTitle(check: Check, { titles }: RuleReading): Check | undefined {
  return qualified(check, `under “${titles.at(-1) ?? ""}”`);
}

/** "`git push -u origin` - never bare `git push`": the command alone would also match the one that is asked for. */
function isShortened(check: Check, pieces: readonly Piece[]): boolean {
  const commands = check.form === "forbidden-command" ? check.commands : [];
  return pieces.some(({ text, code }) => code && commands.some((command) => text.startsWith(`${command} `)));
}

/** What is named with its package is fine under its short name. */
function isAboutSpelling(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text, code }) => !code && /\bfully[- ]qualified\b/i.test(text));
}

function isForeign(pieces: readonly Piece[]): boolean {
  let letters = 0;
  let foreign = 0;
  for (const { text, code } of pieces) {
    if (code) continue;
    letters += text.match(/\p{L}/gu)?.length ?? 0;
    foreign += text.match(/(?![a-z])\p{L}/giu)?.length ?? 0;
  }
  return foreign * 20 > letters;
}

/**
 * What the titles, the globs and the example say of the languages, where the sentence says nothing. `undefined` for what
 * only analysed code could show, of code that is not.
 */
function withContext(check: Check, { pieces, titles, globs, exampleLanguage }: RuleReading): Check | undefined {
  if (check.form === "must-accompany") return ofGlobs(check, globs);
  const place = titles
    .map(placeOfTitle)
    .reduce<Place>((all, next) => ({ scope: { ...all.scope, ...next.scope } }), { scope: {} });
  const around = place.scope.languages ?? languagesOfGlobs(globs) ?? languageOfExample(exampleLanguage);
  const languages = isAboutCharacters(check) ? undefined : (languagesOfDocs(check, pieces) ?? around);
  const elsewhere = languages === undefined ? otherFiles(globs, titles, exampleLanguage) : undefined;
  const { languages: _, ...elsewise } = place.scope;
  const scope = { ...elsewise, ...(languages && { languages }), ...(elsewhere && { paths: elsewhere }) };
  const placed = withPlace(check, { scope });
  return "scope" in placed && placed.scope && isElsewhere(placed.scope) ? asText(placed) : placed;
}

/** A change of any code is one of the files a rule is loaded for. */
function ofGlobs(check: MustAccompany, globs: readonly string[]): MustAccompany {
  const isOfThose = check.when.of === "code" && globs.length > 0 && check.also.every(({ of }) => of === undefined);
  return isOfThose ? { ...check, when: { paths: [...globs] } } : check;
}

/** Dashes and pictures are meant in every text, whatever is spoken of around. */
function isAboutCharacters(check: Check): boolean {
  return (
    check.form === "forbidden-text" &&
    (check.characters !== undefined || check.texts.every((text) => !/[\w\s]/.test(text) && text.length === 1))
  );
}

/** "JSDoc" is of one language, whatever else is written there. */
function languagesOfDocs(check: Check, pieces: readonly Piece[]): LanguageId[] | undefined {
  if (check.form !== "required-companion" || check.companion !== "doc-comment") return undefined;
  const text = pieces.map((piece) => piece.text).join("");
  return DOC_COMMENTS.find(([kind]) => kind.test(text))?.[1];
}

const DOC_COMMENTS: readonly (readonly [RegExp, LanguageId[]])[] = [
  [/\b(?:js|ts)-?docs?\b/i, ["typescript", "javascript"]],
  [/\bgo-?docs?\b/i, ["go"]],
  [/\bjava-?docs?\b/i, ["java"]],
  [/\bdocstrings?\b/i, ["python"]],
];

/** The files of languages that are not analysed, where a rule is about those. */
function otherFiles(globs: readonly string[], titles: readonly string[], example = ""): string[] | undefined {
  const ofGlobs = globs.map(otherExtension);
  if (ofGlobs.length > 0) return ofGlobs.every((each) => each !== undefined) ? ofGlobs.flat() : undefined;
  return titles.map(otherProgram).findLast((each) => each !== undefined) ?? otherProgram(example);
}

/** The sentence's own words come before what is around it. */
function withPlace(check: Check, { scope, inside }: Place): Check {
  if (isAboutFiles(check) || check.form === "required-setting") return check;
  const whole: CodeScope = { ...scope, ...check.scope };
  const placed = Object.keys(whole).length > 0 ? { ...check, scope: whole } : check;
  const takesPlace =
    placed.form === "forbidden-call" || placed.form === "forbidden-import" || placed.form === "forbidden-name";
  return inside && takesPlace ? { ...placed, inside: placed.inside ?? inside } : placed;
}

const EXTENSIONS: ReadonlyMap<string, LanguageId> = new Map(
  Object.entries<LanguageId>({
    go: "go",
    py: "python",
    pyi: "python",
    ts: "typescript",
    tsx: "typescript",
    mts: "typescript",
    cts: "typescript",
    js: "javascript",
    jsx: "javascript",
    mjs: "javascript",
    cjs: "javascript",
    java: "java",
    typescript: "typescript",
    javascript: "javascript",
    python: "python",
    golang: "go",
  }),
);

function languagesOfGlobs(globs: readonly string[]): LanguageId[] | undefined {
  const extensions = globs.flatMap(
    (glob) =>
      /\.(?:\{([\w,]+)\}|(\w+))$/
        .exec(glob)
        ?.slice(1)
        .find((part) => part)
        ?.split(",") ?? [""],
  );
  const languages = extensions.map((extension) => EXTENSIONS.get(extension));
  if (languages.length === 0 || !languages.every((language) => language !== undefined)) return undefined;
  return [...new Set(languages)];
}

function languageOfExample(language: string | undefined): LanguageId[] | undefined {
  const id = EXTENSIONS.get(language?.toLowerCase() ?? "");
  if (id === undefined) return undefined;
  return id === "typescript" || id === "javascript" ? ["typescript", "javascript"] : [id];
}

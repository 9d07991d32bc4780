import { type Check, qualifierOf } from "../check";
import { startsWithVerb } from "../force";
import { type Piece, textOf } from "../markdown";
import { isCommand, isDistinctive, isPath, symbolOf } from "../names";
import type { Rule } from "../rule";
import { isAboutFiles, withContext, withPlace } from "./context";
import { describes, isOfMistakes, isRemark, namesMistake, tells } from "./describing";
import { type CheckForm, readForms } from "./form";
import {
  accompanyForms,
  accompanyingCells,
  accompanyingStep,
  alongsideForms,
  mirroredFiles,
  namesTwoFiles,
  stepUnder,
} from "./forms/accompany";
import { additionForms } from "./forms/additions";
import { callForms } from "./forms/calls";
import { choiceForms } from "./forms/choice";
import { commandForms } from "./forms/commands";
import { companionForms } from "./forms/companions";
import { forbiddenForms } from "./forms/forbidden";
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
import { untouched, untouchedInCells } from "./forms/untouched";
import { insteadOfCell } from "./forms/useInstead";
import { knownFunction, knownPackage, withKnownNames } from "./knownNames";
import { isGeneralTopic, readLead } from "./lead";
import { isMisread } from "./misread";
import { looksLikeCommand } from "./named";
import { asOrder } from "./nominal";
import { placeOfPhrase, placeOfTitle } from "./place";
import { preferCertain, qualified } from "./qualified";
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
export function compileRule(rule: RuleReading): Check | undefined {
  const label = languageLabel(rule.pieces);
  const reading = label === undefined ? rule : { ...rule, titles: [...rule.titles, label] };
  if (reading.polarity === "info" || isForeign(reading.pieces) || isAboutSpelling(reading.pieces)) return undefined;
  const check =
    reading.cells === undefined
      ? (compileStep(reading) ?? compileSentences(reading) ?? compileMirrored(reading) ?? compileUntouched(reading))
      : compileCells(reading.cells, reading);
  if (check === undefined || isShortened(check, reading.pieces)) return undefined;
  if (praises(reading) || isMisread(check, reading) || namesOtherThings(check, reading)) return undefined;
  const certain = isCertain(check, reading) ? check : underTitle(check, reading);
  const placed = certain && withContext(withNames(certain, reading.pieces), reading);
  return placed && qualified(placed, kindOfFile(placed, reading.pieces));
}

/** "Python: use `a`. Never call `b`.": the language of all that an item says. */
export function languageLabel([first]: readonly Piece[]): string | undefined {
  const [, label] = (first && !first.code && /^\W*([A-Za-z][\w+#/ ]{1,30}):\s/.exec(first.text)) || [];
  return label !== undefined && placeOfTitle(label).scope.languages ? label : undefined;
}

/** The check, offering as replacements only what is named: "use helpers so that ..." is no name of anything. */
function withNames(check: Check, pieces: readonly Piece[]): Check {
  if (!("instead" in check) || check.instead === undefined) return check;
  const named = new Set(pieces.flatMap(({ text, code }) => (code ? [text.trim(), symbolOf(text.trim()) ?? ""] : [])));
  const prose = pieces.map(({ text }) => text).join("");
  const offered = check.instead.filter(
    (text) =>
      named.has(text) ||
      KNOWN_WAYS.has(text) ||
      isCommand(text) ||
      knownFunction(text) !== undefined ||
      knownPackage(text) !== undefined ||
      (!/\s/.test(text) && isNamed(text) && prose.includes(text)),
  );
  const { instead: _, ...bare } = check;
  return offered.length === 0 ? (bare as Check) : { ...check, instead: offered };
}

/** Written without backticks, but no word either. */
function isNamed(text: string): boolean {
  return isDistinctive(text) || isPath(text) || /[-@/]/.test(text);
}

/** What everybody calls so. */
const KNOWN_WAYS = new Set(["named exports", "absolute imports", "constructor injection", "type aliases", "types"]);

/** "Key features: no external dependencies": what the product has. */
function praises({ pieces, titles }: RuleReading): boolean {
  return PRAISE.test(titles.at(-1) ?? "") || PRAISE.test(pieces[0]?.text ?? "");
}

const PRAISE =
  /^\W*(?:(?:key|main|core) )?(?:features|highlights|benefits|advantages|strengths|characteristics)\s*(?::|$)/i;

function compileSentences({ pieces, titles, forbiddenByContext }: RuleReading): Check | undefined {
  const sentences = sentencesIn(pieces);
  const isForbidden = forbiddenByContext && (!isOfMistakes(titles) || namesMistake(sentences[0]));
  let best: Check | undefined;
  for (const [i, sentence] of sentences.entries()) {
    if (sentence.some(({ text }) => text === "?") || describes(sentence)) continue;
    best = preferCertain(best, () => {
      const check = compileSentence(sentence, sentences.slice(i + 1), isForbidden && i === 0);
      const condition = sentences.slice(0, i).find(opensWithCondition);
      const holdsAnyway = check && isAboutFiles(check) && check.form !== "forbidden-command";
      if (check === undefined || condition === undefined || holdsAnyway) return check;
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
  if (step === undefined) return undefined;
  return added === undefined ? stepUnder(titles.at(-1) ?? "", step) : accompanyingStep(added, step);
}

function compileMirrored({ pieces, path, titles, items = [] }: RuleReading): Check | undefined {
  return mirroredFiles(sentencesIn(pieces), {
    path,
    title: titles.findLast(namesTwoFiles) ?? "",
    items: items.flatMap((item) => sentencesIn(item).slice(0, 1)),
  });
}

function compileUntouched({ pieces, titles }: RuleReading): Check | undefined {
  return untouched({ sentences: sentencesIn(pieces), titles });
}

/** "When adding code in `examples/`, ... Prefer `a` over `b`": the condition may hold for what follows. */
function opensWithCondition([first]: Sentence): boolean {
  return first?.kind === "word" && SUBORDINATE.has(first.text);
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
  // "Moor with a bare `tie()`" under "Never" goes on with it.
  const forms = forbidden && !startsWithVerb(sentenceText(clause)) ? FORMS : ALL_FORMS;
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
    if (isBare && !isTitle && (isRemark(mark, first) || tells(before))) continue;
    if (
      check.form === "forbidden-edit" &&
      WRITES.test(sentenceText(sentence.slice(start))) &&
      !startsWithVerb(sentenceText(before))
    )
      continue;
    // "It is off (no globals)" is about something else.
    if (mark.text === "(" && check.form === "forbidden-construct" && first.text !== "never") continue;
    if (isBare && !isTitle && !isAboutFiles(check) && !areDistinctive(check)) continue;
    const standsAlone = isTitle || (!isConditional && !isLabel && !isBare && addressesAll(before));
    const ownsCommand = isBare && check.form === "forbidden-command" && before.every(({ kind }) => kind !== "code");
    const aim = check.form === "forbidden-command" ? aimOf(before) : undefined;
    const isWhole =
      standsAlone || saysWhat(before) || (isAboutFiles(check) && !ownsCommand && !isConditional && !isLabel);
    const whole = isBare ? withCommand(check, before) : check;
    best = preferCertain(best, () => (isWhole ? qualified(whole, aim) : qualified(whole, sentenceText(before))));
  }
  return best;
}

/** "`crate pack --all`, never `--dry`": a flag is one of the command before it. */
function withCommand(check: Check, before: Sentence): Check {
  if (check.form !== "forbidden-command" || !check.commands.every((command) => command.startsWith("-"))) return check;
  const named = before.findLast(({ kind, text }) => kind === "code" && (isCommand(text) || looksLikeCommand(text)));
  const command = named && /^[^-<\s]\S*(?: [\w:./-]*\w(?=\s|$))*/.exec(named.text.replace(/ -.*$/s, ""))?.[0];
  return command === undefined ? check : { ...check, commands: check.commands.map((flag) => `${command} ${flag}`) };
}

/** "Use `crate pack` to ship the boxes, never `crate push`": what only that is said of. */
function aimOf(before: Sentence): string | undefined {
  const at = before.findIndex(
    ({ kind, text }, i) => kind === "word" && text === "to" && before[i - 1]?.kind === "code",
  );
  return at < 0 ? undefined : sentenceText(before.slice(at));
}

/** A program may write where nobody edits by hand, and the other way round. */
const WRITES = /^(?:but |and )?(?:never|do not|must not|not) (?:write|writing) to\b/;

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
  const full = check && better ? insteadOfCell(check, sentencesIn(better.pieces)) : check;
  const subject = cells.slice(0, rule && cells.indexOf(rule)).find((cell) => cell !== better);
  if (full === undefined) return untouchedInCells(cells.map((cell) => sentencesIn(cell.pieces)[0] ?? []));
  return subject ? aboutCell(full, subject) : full;
}

/** The check in the files that the cell before its rule names: "| `core/` | Never import `shell` |". */
function aboutCell(check: Check, { title, pieces }: Cell): Check | undefined {
  const text = textOf(pieces);
  if (text === "" || OF_NO_PLACE.test(title.trim()) || isGeneralTopic(text) || isAboutFiles(check)) return check;
  const names = sentencesIn(pieces).flat();
  const paths = names.flatMap((token) => (token.kind === "code" && isPath(token.text) ? [token.text] : []));
  const areAll = names.every(({ kind, text: word }) =>
    kind === "code" ? paths.includes(word) : kind === "mark" || AND.has(word),
  );
  if (paths.length > 0 && areAll && names.length > 0) return withPlace(check, { scope: { paths } });
  const place = placeOfPhrase(names);
  return place ? withPlace(check, place) : qualified(check, text);
}

const OF_NO_PLACE = /^(?:#|no\.?|id|why|reason|rationale|topic|category|area|priority|severity|principle|rule)?$/i;
const AND = new Set(["and", "or"]);

/** A row that sets the wrong beside the right. */
function insteadInCells([bad, ...more]: readonly Sentence[], right: readonly Sentence[]): Check | undefined {
  if (bad === undefined || more.length > 0) return undefined;
  const check = compileClause(bad[0]?.kind === "word" && BANS.has(bad[0].text) ? bad : [NEVER, ...bad], [], false);
  return check && insteadOfCell(check, right);
}

const BANS = new Set(["do", "never", "no", "not", "avoid"]);

/** What a sentence alone does not show to be meant everywhere. */
function isCertain(check: Check, { titles, pieces }: RuleReading): boolean {
  const names = "names" in check ? check.names : [];
  if (isAboutFiles(check)) return true;
  // "Must not depend on `a`" under "Shared", and any step of "Adding a berth".
  const title = titles.at(-1) ?? "";
  const said = pieces[0]?.text ?? "";
  // "MUST NOT use `any`" is said to the reader.
  const lacksSubject = LACKS_SUBJECT.test(said) && !(check.form === "forbidden-construct" && /^\W*[A-Z]{4}/.test(said));
  if (IS_HOW_TO.test(title) || (lacksSubject && !isGeneralTopic(title))) return false;
  // "Response schemas": a method without its receiver is the one of what the title speaks of.
  return !names.some((name) => /^\.\w/.test(name)) || titles.slice(-1).every(isGeneralTopic);
}

const IS_HOW_TO =
  /^\W*(?:\d+[.)] )?(?:(?:when|to|how to|steps? (?:to|for)|checklist for|for|before|after) )?(?:add|adding|create|creating|implement|implementing) (?:an? |the )?(?:new )?[a-z]/i;
const LACKS_SUBJECT = /^\W*(?:(?:must|should|shall|may|can)(?: not|n['’]t)?|cannot|depends|imports) /i;

function underTitle(check: Check, { titles }: RuleReading): Check | undefined {
  return qualified(check, `under “${titles.at(-1) ?? ""}”`);
}

/** "`git push -u origin` - never bare `git push`": the command alone would also match the one that is asked for. */
function isShortened(check: Check, pieces: readonly Piece[]): boolean {
  const commands = check.form === "forbidden-command" && check.without === undefined ? check.commands : [];
  return pieces.some(
    ({ text, code }) => code && !commands.includes(text) && commands.some((command) => text.startsWith(`${command} `)),
  );
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

import { groupBy } from "../../base/groupBy";
import type { Sentence, Token } from "./tokens";

/**
 * A sentence pattern, written as a sentence:
 *
 *     {not} {call} <names> while|when holding <lock> <*tail>
 *
 * - `while|when`: one of these words; `the?`: a word that may be missing
 * - `{not}`: one of the phrases of that name in `phrases.ts`; `{directly?}` may be missing
 * - `'any'`: that code span, exactly
 * - `<names>`: names in backticks, listed with commas, "or", "and", "/"
 * - `<#limit>`: a number
 * - `<+subject>`: one to six words without code; `<++subject>`: up to fourteen, with commas
 * - `<*tail>`: everything that is left, at the end
 *
 * A sentence matches from its first word, and to its last one unless the pattern ends in `<*tail>`.
 */
export type Pattern = readonly Part[];

type Part =
  | { kind: "words"; words: ReadonlySet<string>; optional: boolean }
  | { kind: "code"; text: string }
  | { kind: "phrases"; byFirstWord: PhrasesByFirstWord; optional: boolean }
  | { kind: "phrase"; slot: string; longest: number }
  | { kind: "names" | "number" | "tail"; slot: string };

type PhrasesByFirstWord = ReadonlyMap<string, readonly (readonly string[])[]>;

/** What the slots of a pattern stand for. */
export interface Captures {
  names: Record<string, NameList>;
  numbers: Record<string, number>;
  /** Words of `<+slots>` and of the tail. */
  rest: Record<string, Sentence>;
}

export interface NameList {
  texts: string[];
  /** What the rule calls them: "function", "package", "files". */
  noun: string | undefined;
  /** "bare `a`": without what usually stands around it. */
  isBare?: true;
  /** "`a` + `b`": the one with the other. */
  areTogether?: true;
}

export type Phrases = Readonly<Record<string, readonly string[]>>;

const MAX_PHRASE = 6;
const MAX_CLAUSE = 14;

/** @throws Error if the pattern names a phrase that does not exist: a mistake in the pattern itself. */
export function parsePattern(text: string, phrases: Phrases): Pattern {
  return text.split(" ").map((part): Part => {
    const [, sign, name] = /^[<{](\+\+|[*+#]?)([\w-]+)\??[>}]$/.exec(part) ?? [];
    if (name !== undefined && part.startsWith("<")) {
      if (sign?.startsWith("+")) return { kind: "phrase", slot: name, longest: sign === "+" ? MAX_PHRASE : MAX_CLAUSE };
      return { kind: sign === "*" ? "tail" : sign === "#" ? "number" : "names", slot: name };
    }
    if (name !== undefined) {
      const alternatives = phrases[name];
      if (alternatives === undefined) throw new Error(`no phrases called ${name}`);
      return { kind: "phrases", byFirstWord: byFirstWord(alternatives), optional: part.endsWith("?}") };
    }
    if (part.startsWith("'")) return { kind: "code", text: part.slice(1, -1) };
    const words = part === "?" ? part : part.replace(/\?$/, "");
    return { kind: "words", words: new Set(words.split("|")), optional: words !== part };
  });
}

const split = new WeakMap<readonly string[], PhrasesByFirstWord>();

/** Split once, as hundreds of patterns name the same phrases; the longest come first. */
function byFirstWord(alternatives: readonly string[]): PhrasesByFirstWord {
  let found = split.get(alternatives);
  if (found === undefined) {
    const phrases = alternatives.map((phrase) => phrase.split(" ")).sort((a, b) => b.length - a.length);
    found = groupBy(phrases, ([first = ""]) => first);
    split.set(alternatives, found);
  }
  return found;
}

/** What stands for any code span, and for any number, among the words that a pattern needs. */
const ANY_CODE = "`";
const ANY_NUMBER = "#";

/** Of each part that cannot be missing, the words one of which a sentence has that matches; the fewest first. */
export function requiredWords(pattern: Pattern): readonly (readonly string[])[] {
  return pattern
    .flatMap((part): string[][] => {
      switch (part.kind) {
        case "words":
          return part.optional ? [] : [[...part.words]];
        case "phrases":
          return part.optional ? [] : [[...part.byFirstWord.keys()]];
        case "code":
        case "names":
          return [[ANY_CODE]];
        case "number":
          return [[ANY_NUMBER]];
        default:
          return [];
      }
    })
    .sort((one, other) => one.length - other.length);
}

/** The words of a sentence as `requiredWords` has them. */
export function wordsGiven(sentence: Sentence): ReadonlySet<string> {
  const words = new Set<string>();
  for (const token of sentence) {
    words.add(token.kind === "code" ? ANY_CODE : token.text);
    if (/\d/.test(token.text)) words.add(ANY_NUMBER);
  }
  return words;
}

/**
 * Offers every reading of the sentence to `accept` until it takes one: whether it did. Patterns are short and
 * sentences bounded, so there are few.
 */
export function matchPattern(pattern: Pattern, sentence: Sentence, accept: (captures: Captures) => boolean): boolean {
  return matchFrom({ pattern, sentence, accept, captures: { names: {}, numbers: {}, rest: {} } }, 0, 0);
}

interface Match {
  pattern: Pattern;
  sentence: Sentence;
  accept: (captures: Captures) => boolean;
  captures: Captures;
}

function matchFrom(match: Match, at: number, from: number): boolean {
  const { sentence, captures } = match;
  const part = match.pattern[at];
  if (part === undefined) return from === sentence.length && match.accept(captures);
  const token = sentence[from];
  switch (part.kind) {
    case "words":
      return (
        (token !== undefined &&
          token.kind !== "code" &&
          part.words.has(token.text) &&
          matchFrom(match, at + 1, from + 1)) ||
        (part.optional && matchFrom(match, at + 1, from))
      );
    case "code":
      return token?.kind === "code" && token.text === part.text && matchFrom(match, at + 1, from + 1);
    case "phrases":
      return (
        (token?.kind === "word" ? (part.byFirstWord.get(token.text) ?? []) : []).some(
          (phrase) => startsWith(sentence, from, phrase) && matchFrom(match, at + 1, from + phrase.length),
        ) ||
        (part.optional && matchFrom(match, at + 1, from))
      );
    case "names": {
      const list = readNames(sentence, from);
      if (list === undefined) return false;
      captures.names[part.slot] = list.names;
      return (
        matchFrom(match, at + 1, list.end) ||
        (list.beforeNoun !== list.end && matchFrom(match, at + 1, list.beforeNoun))
      );
    }
    case "number": {
      const number = numberIn(token);
      if (number === undefined) return false;
      captures.numbers[part.slot] = number;
      return matchFrom(match, at + 1, from + 1);
    }
    case "phrase":
      for (let end = from + phraseLength(sentence, from, part.longest); end > from; end--) {
        captures.rest[part.slot] = sentence.slice(from, end);
        if (matchFrom(match, at + 1, end)) return true;
      }
      return false;
    case "tail":
      captures.rest[part.slot] = sentence.slice(from);
      return match.accept(captures);
  }
}

/** How many words, with slashes between them, stand here, up to so many; in a clause also commas. */
function phraseLength(sentence: Sentence, from: number, longest: number): number {
  const marks = longest > MAX_PHRASE ? "/," : "/";
  let length = 0;
  for (; length < longest; length++) {
    const token = sentence[from + length];
    if (token === undefined || !(token.kind === "word" || (token.kind === "mark" && marks.includes(token.text)))) break;
  }
  return length;
}

export function startsWith(sentence: Sentence, from: number, phrase: readonly string[]): boolean {
  return phrase.every((word, i) => {
    const token = sentence[from + i];
    return token !== undefined && token.kind !== "code" && token.text === word;
  });
}

function numberIn(token: Token | undefined): number | undefined {
  if (token === undefined || token.kind === "mark") return undefined;
  const [, digits] =
    /^[~≤<>]?=?(\d{1,3}(?:[,_]?\d{3})?)(?:\+|-(?:chars?|characters?|col(?:umn)?s?|lines?|spaces?))?$/.exec(
      token.text,
    ) ?? [];
  return digits === undefined ? undefined : Number(digits.replace(/[,_]/, ""));
}

export const DETERMINERS: ReadonlySet<string> = new Set(
  `a an the any all every each raw plain bare direct native our your existing both either standard stdlib old legacy deprecated
  builtin built-in global generic literal manual traditional committed hand-rolled hand-written handwritten ad-hoc`.split(
    /\s+/,
  ),
);
/** "`a`, everything under `b/`, and `c`" */
const DETERMINERS_WITHIN = new Set([
  ...DETERMINERS,
  "everything",
  "anything",
  "files",
  "under",
  "in",
  "other",
  "even",
  "inline",
]);
const CONNECTORS = new Set(["or", "and", "nor", ",", "/", "+", "&"]);
const NOUNS = new Set(
  `function functions method methods call calls helper helpers hook hooks api apis macro macros constructor constructors
  package packages library libraries module modules dependency dependencies import imports crate
  class classes type types interface interfaces component components struct structs enum
  variable variables constant constants field fields flag property properties symbol symbols
  file files directory directories folder folders path paths tree migrations migration
  command commands script scripts tool tools
  statement statements annotation annotations decorator decorators keyword operator assertion assertions comment comments
  loop loops accessor accessors getter getters setter setters block blocks clause clauses pattern patterns object objects expression expressions
  instance instances spies spy stubs fallback fallbacks usage usages lookup lookups literal literals parameter parameters prop props marker markers attribute attributes tag tags directive directives
  separator separators token tokens variant variants artifact artifacts artefacts subfolder subfolders subdirectory subdirectories selector selectors
  argument arguments option options keywords operators utility utilities binding bindings parsing sweeps cast casts double-cast double-casts conditionals comparisons`.split(
    /\s+/,
  ),
);

/** What the first token of a sentence can be; `undefined` in place of words for any. */
export interface FirstTokens {
  words: ReadonlySet<string> | undefined;
  /** A list of names: also a word of `namesBegin`. */
  names: boolean;
  code: boolean;
}

/** Words before the first name of a list. */
export const namesBegin: ReadonlySet<string> = new Set([...DETERMINERS, ...NOUNS]);

/** The tokens with which a sentence can begin that the pattern matches; more of them do no harm. */
export function firstTokensOf(pattern: Pattern): FirstTokens {
  const words = new Set<string>();
  let code = false;
  for (const part of pattern) {
    switch (part.kind) {
      case "words":
        for (const word of part.words) words.add(word);
        if (part.optional) continue;
        return { words, code, names: false };
      case "phrases":
        for (const word of part.byFirstWord.keys()) words.add(word);
        if (part.optional) continue;
        return { words, code, names: false };
      case "code":
        code = true;
        return { words, code, names: false };
      case "names":
        code = true;
        return { words, code, names: true };
      default:
        return { words: undefined, code: true, names: true };
    }
  }
  return { words: undefined, code: true, names: true };
}

/** Before a name these are what is done with it. */
const VERBS_TOO = new Set(["call", "calls", "import", "imports"]);

interface ReadNames {
  names: NameList;
  end: number;
  /** Where the list ends if its noun begins what follows. */
  beforeNoun: number;
}

/** The list of names that begins here, and where it ends; `undefined` if none does. */
export function namesAt(sentence: Sentence, from: number): { names: NameList; end: number } | undefined {
  return readNames(sentence, from);
}

const CONTRASTS = new Set(["instead", "rather", "over"]);

function isContrasted(sentence: Sentence, from: number): boolean {
  return /^(?:of|than|over)$/.test(sentence[from - 1]?.text ?? "");
}

/** "`berth.bow` / `stern`": the berth's, too. */
function withReceiver(text: string, before: string): string {
  const [, receiver] = /^([a-z]\w*)\.[a-z]\w*$/.exec(before) ?? [];
  return receiver !== undefined && /^[a-z]\w*$/.test(text) ? `${receiver}.${text}` : text;
}

function isFiller(token: Token | undefined, fillers: ReadonlySet<string>): boolean {
  return token?.kind === "word" && (fillers.has(token.text) || OF_LIBRARIES.test(token.text));
}

/** "Lombok's `@Data`", "JS `onMoor`", "Pier-style `asBerth`": whose it is does not matter. */
const OF_LIBRARIES =
  /^(?:js|jsx|tsx|css|html|cjs|esm|commonjs|[a-z]+-style)$|^(?:go|python|java|javascript|typescript|node|node\.js|react|next\.js|vue|angular|lodash|django|flask|fastapi|spring|lombok|junit|mockito|jest|pytest|pandas|numpy|assertj|testng|hamcrest|vitest|testify|mongoose|prisma|pydantic)'s$|^n(?:ode|ext)\.js$|^(?:lombok|junit|mockito|assertj|hamcrest|jest|pytest)$/;

/** "the `a`, `b` or `c` functions" */
function readNames(sentence: Sentence, from: number): ReadNames | undefined {
  const texts: string[] = [];
  let areTogether = false;
  let leading: string | undefined;
  let at = from;
  let end = from;
  for (;;) {
    const fillers = texts.length === 0 ? DETERMINERS : DETERMINERS_WITHIN;
    for (let i = 0; i < 3 && isFiller(sentence[at], fillers); i++) at++;
    // "the function `a`", "files in `b/`"
    const lead = sentence[at];
    const isNoun = lead?.kind === "word" && NOUNS.has(lead.text) && !VERBS_TOO.has(lead.text);
    if (isNoun && sentence[at + 1]?.kind === "code") {
      leading = sentence[at]?.text;
      at++;
    }
    const token = sentence[at];
    if (token?.kind !== "code") break;
    // "`a` instead of `b`, `c` instead of `d`": what is used in the next pair.
    if (texts.length > 0 && isContrasted(sentence, from) && CONTRASTS.has(sentence[at + 1]?.text ?? "")) break;
    // "Instead of `a`, `b` should be used"
    if (texts.length > 0 && from === 2 && sentence[0]?.text === "instead" && sentence[at - 1]?.text === ",") break;
    texts.push(sentence[at - 1]?.text === "/" ? withReceiver(token.text, texts.at(-1) ?? "") : token.text);
    if (texts.length > 1 && sentence[at - 1]?.text === "+") areTogether = true;
    end = ++at;
    while (at < end + 2 && CONNECTORS.has(sentence[at]?.text ?? "") && sentence[at]?.kind !== "code") at++;
    if (at === end) break;
  }
  if (texts.length === 0) return undefined;
  const isBare = sentence[from]?.text === "bare";
  const noun = sentence[end];
  const hasNoun = noun?.kind === "word" && NOUNS.has(noun.text);
  return {
    names: {
      texts,
      noun: hasNoun ? noun.text : leading,
      ...(isBare && { isBare }),
      ...(areTogether && { areTogether }),
    },
    end: hasNoun ? end + 1 : end,
    beforeNoun: end,
  };
}

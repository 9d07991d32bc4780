import type { Check } from "../check";
import {
  type Captures,
  type FirstTokens,
  firstTokensOf,
  matchPattern,
  namesBegin,
  type Pattern,
  parsePattern,
  requiredWords,
} from "./pattern";
import { phrases } from "./phrases";
import type { Sentence, Token } from "./tokens";

/** One way to say something, and what it says. `build` gives `undefined` for what only looks like it. */
export interface SentenceForm<T> {
  pattern: Pattern;
  /** `requiredWords` of the pattern. */
  required: readonly (readonly string[])[];
  build(captures: Captures, following: readonly Sentence[]): T | undefined;
}

/** Several ways to say the same. */
export function sentenceForms<T>(
  patterns: readonly string[],
  build: (captures: Captures, following: readonly Sentence[]) => T | undefined,
): SentenceForm<T>[] {
  return patterns.map((text) => {
    const pattern = parsePattern(text, phrases);
    return { pattern, required: requiredWords(pattern), build };
  });
}

/** What the first form says that matches, makes sense, and is accepted. */
export function readForms<T>(
  forms: readonly SentenceForm<T>[],
  sentence: Sentence,
  following: readonly Sentence[] = [],
  accept: (result: T) => boolean = () => true,
): T | undefined {
  const words = new Set(sentence.flatMap(({ kind, text }) => (kind === "code" ? [] : [text])));
  for (const { pattern, required, build } of candidates(forms, sentence[0])) {
    // Most can be told by a word that they lack.
    if (!required.every((some) => some.some((word) => words.has(word)))) continue;
    let result: T | undefined;
    const isRead = matchPattern(pattern, sentence, (captures) => {
      result = build(captures, following);
      return result !== undefined && accept(result);
    });
    if (isRead) return result;
  }
  return undefined;
}

interface FormIndex {
  words: ReadonlySet<string>;
  firsts: readonly FirstTokens[];
  byFirst: Map<string, readonly SentenceForm<unknown>[]>;
}

const CODE = "`";
const OTHER_WORD = "*";
const indexes = new WeakMap<readonly SentenceForm<unknown>[], FormIndex>();

/** The forms that can match a sentence which begins so, in their order: nearly all can be told by the first word. */
function candidates<T>(forms: readonly SentenceForm<T>[], first: Token | undefined): readonly SentenceForm<T>[] {
  if (first === undefined) return forms;
  let index = indexes.get(forms);
  if (index === undefined) {
    const firsts = forms.map(({ pattern }) => firstTokensOf(pattern));
    index = {
      words: new Set([...namesBegin, ...firsts.flatMap(({ words }) => [...(words ?? [])])]),
      firsts,
      byFirst: new Map(),
    };
    indexes.set(forms, index);
  }
  const key = first.kind === "code" ? CODE : index.words.has(first.text) ? first.text : OTHER_WORD;
  let found = index.byFirst.get(key);
  if (found === undefined) {
    const { firsts } = index;
    found = forms.filter((_, i) => {
      const { words, code, names } = firsts[i] as FirstTokens;
      return key === CODE ? code : words === undefined || words.has(key) || (names && namesBegin.has(key));
    });
    index.byFirst.set(key, found);
  }
  return found as readonly SentenceForm<T>[];
}

export type CheckForm = SentenceForm<Check>;

/** `sentenceForms` for checks. */
export const checkForms = sentenceForms<Check>;

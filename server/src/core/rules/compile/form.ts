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
  wordsGiven,
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
  for (const { pattern, build } of candidates(forms, sentence)) {
    let result: T | undefined;
    const isRead = matchPattern(pattern, sentence, (captures) => {
      result = build(captures, following);
      return result !== undefined && accept(result);
    });
    if (isRead) return result;
  }
  return undefined;
}

/** Forms by a word that each of them needs, so that nearly all are told without a look at them. */
interface FormIndex {
  /** Positions of the forms that need one of several words, by each of these. */
  byWord: ReadonlyMap<string, readonly number[]>;
  /** Positions of those that need no word. */
  others: readonly number[];
  firsts: readonly FirstTokens[];
}

const indexes = new WeakMap<readonly SentenceForm<unknown>[], FormIndex>();

function indexOf(forms: readonly SentenceForm<unknown>[]): FormIndex {
  const known = indexes.get(forms);
  if (known !== undefined) return known;
  const uses = new Map<string, number>();
  for (const { required } of forms)
    for (const some of required) for (const word of some) uses.set(word, (uses.get(word) ?? 0) + 1);
  const commonest = (words: readonly string[]) => Math.max(...words.map((word) => uses.get(word) ?? 0));
  const byWord = new Map<string, number[]>();
  const others: number[] = [];
  for (const [at, { required }] of forms.entries()) {
    const [first, ...more] = required;
    if (first === undefined) others.push(at);
    else {
      const rarest = more.reduce((best, each) => (commonest(each) < commonest(best) ? each : best), first);
      for (const word of rarest) {
        const positions = byWord.get(word);
        if (positions) positions.push(at);
        else byWord.set(word, [at]);
      }
    }
  }
  const index = { byWord, others, firsts: forms.map(({ pattern }) => firstTokensOf(pattern)) };
  indexes.set(forms, index);
  return index;
}

/** The forms that can match a sentence by its words, in their order. */
function candidates<T>(forms: readonly SentenceForm<T>[], sentence: Sentence): SentenceForm<T>[] {
  const { byWord, others, firsts } = indexOf(forms);
  const words = wordsGiven(sentence);
  const positions = new Set(others);
  for (const word of words) for (const at of byWord.get(word) ?? []) positions.add(at);
  const isGiven = (some: readonly string[]) => some.some((word) => words.has(word));
  return [...positions]
    .filter((at) => canBegin(firsts[at] as FirstTokens, sentence[0]))
    .sort((a, b) => a - b)
    .map((at) => forms[at] as SentenceForm<T>)
    .filter(({ required }) => required.every(isGiven));
}

function canBegin({ words, code, names }: FirstTokens, first: Token | undefined): boolean {
  if (first === undefined) return true;
  if (first.kind === "code") return code;
  return words === undefined || words.has(first.text) || (names && namesBegin.has(first.text));
}

export type CheckForm = SentenceForm<Check>;

/** `sentenceForms` for checks. */
export const checkForms = sentenceForms<Check>;

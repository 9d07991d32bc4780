import { ownForceOf } from "./force";
import { type Piece, textOf } from "./markdown";

/**
 * Why a rule is there, in its own words: the clause after "because", "since", "otherwise", "this causes", or what an
 * em dash or closing parenthesis explains. `undefined` if it does not say.
 */
export function reasonIn(pieces: readonly Piece[]): string | undefined {
  const text = textOf(pieces).slice(0, MAX_LENGTH);
  for (const mark of MARKS) {
    const found = mark.exec(text);
    if (found === null) continue;
    const clause = clauseAt(text, found.index + found[0].length);
    if (clause !== undefined) return clause;
  }
  return explainedBy(text);
}

const MAX_LENGTH = 2000;
const MIN_WORDS = 3;

const MARKS: readonly RegExp[] = [
  /\bbecause (?:of )?/i,
  /(?:, |\(|[–—-] )since (?!v?\d)/i,
  /(?<=[.;,–—-] )(?=(?:otherwise|or else)\b)/i,
  /(?<=[.;,–—:-] )(?=(?:this|that|it|they|which|doing so) (?:\w+ )?(?:causes?|breaks?|leads? to|results? in|creates?|prevents?|would|will|crashes|hides|makes)\b)/i,
  /, as (?=(?:it|this|that|they|these|the)\b)/i,
];

/** To the end of the sentence, or of the parenthesis it stands in. */
function clauseAt(text: string, start: number): string | undefined {
  let depth = 0;
  let inCode = false;
  let end = text.length;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (character === "`") inCode = !inCode;
    if (inCode) continue;
    if (character === "(") depth++;
    if (character === ")" && depth-- === 0) {
      end = i;
      break;
    }
    if (
      /[.!?]/.test(character ?? "") &&
      /^(?:\s|$)/.test(text.slice(i + 1, i + 2)) &&
      !/\b(?:e\.g|i\.e|etc|vs)$/.test(text.slice(0, i))
    ) {
      end = i;
      break;
    }
  }
  const clause = text.slice(start, end).trim();
  return clause.split(" ").length >= MIN_WORDS ? clause : undefined;
}

const NOT_A_REASON =
  /^(?:e\.?g\b|i\.?e\b|see\b|such as|like\b|use\b|not\b|or\b|and\b|except|unless|including|instead|prefer|only|if\b|when\b|for\b|in\b|no\b|optional|default)/i;

/** "X — it holds the lock", "X (it was surveyed by hand)": a clause that neither orders nor lists. */
function explainedBy(text: string): string | undefined {
  const dash = text.search(/\s(?:[–—]|--?)\s/);
  const candidates = [
    dash > 0 ? clauseAt(text, dash + 3) : undefined,
    /[^`]\(([^()]{10,200})\)[.!]?$/.exec(text)?.[1]?.trim(),
  ];
  return candidates.find(
    (clause) =>
      clause !== undefined &&
      /^[a-z`]/i.test(clause) &&
      clause.split(" ").length > MIN_WORDS &&
      !NOT_A_REASON.test(clause) &&
      ownForceOf(clause) === undefined,
  );
}

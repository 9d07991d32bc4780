import { opensWithCondition, ownForceOf, type Polarity, startsWithVerb } from "./force";
import { type Piece, textOf } from "./markdown";
import { normIn } from "./norm";

/** Every sentence by itself; what is left of a piece of prose goes with the code after it. */
export function splitSentences(pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.code) {
      sentences.at(-1)?.push(piece);
      continue;
    }
    let { line } = piece;
    for (const [i, text] of piece.text.split(SENTENCE_END).entries()) {
      if (i % 2 === 0 && text !== "") sentences.at(-1)?.push({ text, code: false, line });
      if (i % 2 === 1) sentences.push([]);
      if (line !== undefined) line += newlinesIn(text);
    }
  }
  return sentences.filter((sentence) => textOf(sentence) !== "");
}

/** A full stop, or a sign that begins the next of several bans: "❌ Don't drift ❌ Don't row". */
const SENTENCE_END =
  /(?:(?<=[.!?…]["”)]?)(?<!\b(?:e\.g|i\.e|vs|cf|approx|incl|etc)\.|^\d{1,2}\.)(?=\s+(?:[^\s–—-]|$))|(?<=\S|^)(?=\s+[❌✅🚫]))(\s+)/u;

function newlinesIn(text: string): number {
  return text.split("\n").length - 1;
}

export function firstLineOf(pieces: readonly Piece[]): number | undefined {
  return pieces[0]?.line;
}

export function lastLineOf(pieces: readonly Piece[]): number | undefined {
  const last = pieces.at(-1);
  return last?.line === undefined ? undefined : last.line + (last.code ? 0 : newlinesIn(last.text.trimEnd()));
}

/** A part of a text that demands something by itself. */
export interface Demand {
  pieces: Piece[];
  /** How many sentences of the text it has. */
  sentences: number;
}

/**
 * The demands of a text: its sentences, together with those that belong to them. What gives a reason, an exception or
 * the replacement goes with the order before it, what prepares an order with the one after it.
 */
export function demandsOf(pieces: readonly Piece[]): Demand[] {
  const demands: (Demand & { polarity: Polarity | undefined })[] = [];
  const label = pieces[0]?.code === false ? LABEL.exec(pieces[0].text)?.[0] : undefined;
  for (const sentence of splitSentences(pieces)) {
    const text = textOf(sentence);
    const polarity = orderedBy(text);
    const last = demands.at(-1);
    const isOwn =
      polarity !== undefined &&
      text.includes(" ") &&
      last?.polarity !== undefined &&
      !continues(text, polarity, last.polarity, label !== undefined) &&
      !(demands.length === 1 && isAim(textOf(last.pieces)));
    const isLabelled = isOwn && label !== undefined && pointsBack(text);
    const whole = isLabelled ? [{ text: label, code: false, line: firstLineOf(sentence) }, ...sentence] : sentence;
    if (last === undefined) demands.push({ pieces: whole, sentences: 1, polarity: polarity ?? normPolarity(text) });
    else if (isOwn) demands.push({ pieces: whole, sentences: 1, polarity });
    else {
      last.pieces.push({ text: " ", code: false, line: firstLineOf(sentence) }, ...sentence);
      last.sentences++;
      last.polarity ??= polarity;
    }
  }
  return demands;
}

function normPolarity(text: string): Polarity | undefined {
  return normIn(text) ? "must" : undefined;
}

/** What a sentence demands by itself; a fact that merely excludes something demands nothing. */
export function orderedBy(text: string): Polarity | undefined {
  const words = text
    .replace(/`[^`]*`/g, "`x`")
    .replace(HAPPENS, "")
    .replace(SUBORDINATE_CLAUSE, "");
  return startsWithVerb(words) || startsWithVerb(words.replace(LABEL, "")) || ORDERS.test(words)
    ? ownForceOf(text)?.polarity
    : undefined;
}

/** "The lock is always taken": a fact. */
const HAPPENS = /\b(?:is|are|was|were|been) (?:always|never)\b/gi;
/** "More than a call should allow": no order of the sentence. */
const SUBORDINATE_CLAUSE = /(?<=\S )(?:than|that|which|who|because|since|so)\b.*$/is;
const LABEL = /^[^:.!?]{1,80}: /;
const ORDERS =
  /\b(?:must|never|always|do not|don['’]t|should|required|avoid|prefer|disallowed|forbidden|prohibited|not allowed)\b|^only\b|\b(?:may|can) only\b|\bonly (?:for|when|if|in|from|via|through|on|after)\b/i;

/** "If any fail, fix them", "It must ...", "Only use this for ...": more about the order before. */
const CONTINUES =
  /^(?:if (?:the [^,.]{1,60} fails?|there|any|it|they|this|these|those|that|so|not|yes|no)\b|(?:it|they|this|these|those|that|there|here|otherwise|instead|note|(?:the )?(?:only )?exceptions?|except|unless|example|for example|e\.g\.)(?![\w-]))/i;
const REPLACES = /^(?:always|only|use)\b|\binstead\b(?! of)/i;
/** "Keep it short", "Prefer this over screenshots" */
const POINTS_BACK = /^[a-z-]+ (?:it|them|one|those|that|this (?:over|to|for|only|when))\b/i;

/** "Do not call `gate.lift` directly.": but in the way that was said before. */
const BYPASSES = /\bdirectly\W*$/i;

function pointsBack(text: string): boolean {
  return POINTS_BACK.test(text) && !opensWithCondition(text);
}

function continues(text: string, polarity: Polarity, before: Polarity, hasLabel: boolean): boolean {
  if (CONTINUES.test(text)) return true;
  if (before !== "must-not" && polarity === "must-not" && BYPASSES.test(text)) return true;
  const isTwin = before === "must-not" && polarity !== "must-not";
  return isTwin ? REPLACES.test(text) || pointsBack(text) : !hasLabel && pointsBack(text);
}

/** The last sentence, which is what leads to the items, and those before it, which stand for themselves. */
export function lastSentenceOf(pieces: readonly Piece[]): { before: Piece[]; last: Piece[] } {
  const at = pieces.findLastIndex(({ text, code }) => !code && /[.!?]\s+\S/.test(text));
  const piece = pieces[at];
  if (piece === undefined) return { before: [], last: [...pieces] };
  const [, before = "", last = ""] = /^(.*[.!?])\s+(\S.*)$/s.exec(piece.text) ?? [];
  return {
    before: [...pieces.slice(0, at), { text: before, code: false }],
    last: [{ text: last, code: false }, ...pieces.slice(at + 1)],
  };
}

const MAX_AIM_WORDS = 4;

/** "Keep comments brief.": what the next sentence says in detail. */
function isAim(text: string): boolean {
  const words = text.replace(LABEL, "");
  return !/[`;–—]/.test(words) && words.split(" ").length <= MAX_AIM_WORDS && startsWithVerb(words);
}

import { startsWithVerb } from "../force";
import { readForms } from "./form";
import { joinedConditions } from "./qualified";
import { RESTRICTS, takesBack } from "./restricts";
import {
  CAUSES,
  CONDITIONS,
  EMPTY,
  EXCEPTIONS,
  explanations,
  isCause,
  NEXT_SENTENCE,
  readTail,
  STEPS,
  type Tail,
} from "./tail";
import { type Sentence, sentenceText, type Token } from "./tokens";

/**
 * `readTail`, but a clause that is not understood becomes the qualifier. `undefined` if what is forbidden is everyday
 * without it: "Never call `a` before `b`".
 */
export function readQualifiedTail(rest: Sentence, following: readonly Sentence[] = []): Tail | undefined {
  const certain = readTail(rest, following);
  if (certain !== undefined) return certain;
  let tail = EMPTY;
  const qualifiers: string[] = [];
  for (let left = rest; left.length > 0; ) {
    const next = readForms(STEPS, left) ?? explanations(left)[0];
    if (next !== undefined && next.rest.length < left.length && !breaksOff(next.rest)) {
      tail = next.apply(tail);
      left = next.rest;
      continue;
    }
    const more = qualifiers.length === 0 ? furtherThings(left) || restOfList(left) : 0;
    if (more > 0) {
      left = left.slice(more);
      continue;
    }
    const { clause, after } = firstClause(left);
    if (clause.length === 1 && clause[0]?.kind === "mark" && clause[0].text !== "/") {
      left = after;
      continue;
    }
    if (isPurpose(clause) || isAside(clause) || isOwnOrder(clause)) {
      left = after;
      continue;
    }
    // What goes on after a condition is more of it: "or readers hold the lock".
    if (!(qualifiers.length > 0 && clause[0]?.kind === "word") && !isQualifying(clause)) return undefined;
    const last = qualifiers.length - 1;
    const goesOn = clause[0]?.kind === "word" || clause[0]?.text === ",";
    if (last >= 0 && goesOn) qualifiers[last] += `${clause[0]?.kind === "mark" ? ", " : " "}${clauseText(clause)}`;
    else if (!addsToList(clause)) qualifiers.push(clauseText(clause));
    // ", no `drift`, use ropes of hemp, berths for all": other demands, each for itself.
    else if (/^(?:no|never|avoid)$/.test(clause[1]?.text ?? "") && !after.some((_, i) => limits(after, i))) break;
    left = after;
  }
  const replacing = following.slice(0, 2).map((sentence) => readForms(NEXT_SENTENCE, sentence));
  const instead = tail.instead.length > 0 ? undefined : replacing.find((found) => found !== undefined);
  if (instead !== undefined) tail = instead.apply(tail);
  const exceptions = following.filter((sentence) => readForms(EXCEPTIONS, sentence)).map(clauseText);
  const qualifier = joinedConditions([...qualifiers, ...exceptions]);
  if (tail.instead.length === 0 && qualifiers.some(turnsRound)) return undefined;
  if (qualifier === "") return tail;
  const isOfTests =
    tail.scope.tests === undefined &&
    qualifiers.some((each) => OF_TESTS.test(each) && !/\b(?:except|unless|outside|not)\b/.test(each));
  return { ...tail, qualifier, ...(isOfTests && { scope: { ...tail.scope, tests: true } }) };
}

/** "to wait for the tide in tests", "in test names": part of a condition that can be checked. */
const OF_TESTS =
  /(?:^|\s)in (?:(?:unit|integration|e2e|the|any|our) )*(?:tests?|specs)(?: (?:code|files?|cases?|names?|output))?(?=$|[,;]| and )/;

const CLAUSE_MARKS = new Set([",", ";", ":", "—", "(", ")", "→"]);

function isClauseMark(token: Token | undefined): boolean {
  return token?.kind === "mark" && CLAUSE_MARKS.has(token.text);
}

function firstClause(left: Sentence): { clause: Sentence; after: Sentence } {
  const isNote = left[0]?.text === "(";
  const close = left.findIndex(({ kind, text }) => kind === "mark" && text === ")");
  const next = left.findIndex((_, i) => i > 0 && (isClauseMark(left[i]) || isCause(left, i)));
  const end = isNote && close > 0 ? close + 1 : next < 0 ? left.length : next;
  return { clause: left.slice(0, end), after: left.slice(end) };
}

function clauseText(clause: Sentence): string {
  const words = clause[0]?.kind === "mark" ? clause.slice(1, clause.at(-1)?.text === ")" ? -1 : undefined) : clause;
  return sentenceText(words);
}

/** Conditions after which what is forbidden may be right everywhere else. */
const EVERYDAY = /^(?:with|without|before|after|until|from within|as a \w+ (?:for|of))\b/;
const CONSENT =
  /^without (?:an? )?(?:explicit |prior |user |my |your |the |clear |good |strong |valid |documented |written |inline |explanatory )*(?:request|approval|permission|asking|consent|confirmation|discussion|discussing|instructions?|reason|justification|justifying|rationale|explanation|comments?|tickets?|linked issue|issue (?:reference|number|link|id)s?)\b/;

/** Whether what is forbidden under a condition is everyday without it. */
export function turnsRound(condition: string): boolean {
  return EVERYDAY.test(condition) && !CONSENT.test(condition);
}

const MANNERS = new Set([
  "where",
  "because",
  "anywhere",
  "unless",
  "except",
  "whenever",
  "against",
  "among",
  "over",
  "that",
]);
/** What counts uses, or speaks of the name as a word. */
export const NOT_A_CONDITION =
  /\b(?:same|alone|solely|twice|once|together|more than|prefix|suffix|name|named|key|default|parameter|argument|instead)\b|^(?!.*\b(?:unless|if|when|where|except|only|as)\b).*\b(?:needed|necessary)$/;

/** Whether a clause can be a condition: after a name "assignments" or "approach" say that something else is meant. */
function isQualifying(clause: Sentence): boolean {
  const [first, second] = clause;
  if (first === undefined || first.kind === "code" || first.text === "/" || first.text === "?") return false;
  if (NOT_A_CONDITION.test(clauseText(clause))) return false;
  if (first.kind === "mark") return second !== undefined;
  return CONDITIONS.has(first.text) || MANNERS.has(first.text);
}

/** "in code | examples": what was understood is only a part of what is said. */
function breaksOff(rest: Sentence): boolean {
  const [next] = rest;
  if (next?.kind !== "word" || CAUSES.has(next.text) || readForms(STEPS, rest) !== undefined) return false;
  return !isQualifying(firstClause(rest).clause) && !FURTHER.has(next.text) && next.text !== "and";
}

/** "; catch only what is expected", ", we write the name as it is": what to do, and no condition. */
function isOwnOrder(said: Sentence): boolean {
  const [mark] = said;
  const isJoined = mark?.kind === "word" && mark.text === "and";
  if (!isJoined && (mark?.kind !== "mark" || !/^[;,—]$/.test(mark.text))) return false;
  const clause = said.slice(1);
  const words = clause[0]?.text === "and" || clause[0]?.text === "but" ? clause.slice(1) : clause;
  if (
    BANS_MORE.test(sentenceText(words.slice(0, 2))) &&
    !CONDITIONS.has(words[/^do$/.test(words[0]?.text ?? "") ? 2 : 1]?.text ?? "")
  )
    return !isJoined && mark?.text !== "," && !words.some((_, i) => takesBack(words, i));
  const first = words[0]?.kind === "word" ? words[0].text : "";
  if (
    ASKS.test(first) ||
    words.some(({ kind, text }, i) => takesBack(words, i) || (kind === "word" && LIMITS.test(text)))
  )
    return false;
  return first === "be" || first === "we" || startsWithVerb(sentenceText(words));
}

/** "; never add `b`": a ban of its own. */
const BANS_MORE = /^(?:never|no|avoid|do not)\b/;
const ASKS = /^(?:ask|check|confirm|discuss|consult|request|get|wait)$/;
const LIMITS = /^(?:when|if|where|while|until|before|after|keep|leave|reserve)$/;

/** "(to prevent stale reads)" */
function isPurpose([first, second, third]: Sentence): boolean {
  const [to, verb] = first?.kind === "mark" ? [second, third] : [first, second];
  return (
    to?.text === "to" &&
    /^(?:prevent|avoid|ensure|keep|protect|minimi[sz]e|reduce|make|allow|get)$/.test(verb?.text ?? "")
  );
}

/** ", as it blocks", "(as casts do)", "(in version 3 it sinks)": why, and not when. */
function isAside([mark, first, ...more]: Sentence): boolean {
  if (mark?.kind !== "mark") return false;
  if (first?.text === "as") return true;
  const states = more.some(
    ({ kind, text }, i) => i > 1 && kind === "word" && /^(?:is|are|was|were|has|have|does)$/.test(text),
  );
  return mark.text === "(" && /^(?:in|since|from)$/.test(first?.text ?? "") && states;
}

function limits(words: Sentence, at: number): boolean {
  const { kind, text } = words[at] as Token;
  return takesBack(words, at) || (kind === "word" && (LIMITS.test(text) || text === "in"));
}

const FURTHER = new Set(["or", "nor", "no", "never", "not", "avoid", "do", "even"]);

/** ", no second path": more of what is forbidden, which nothing here checks. */
function addsToList(clause: Sentence): boolean {
  const [mark, first, second] = clause;
  if (mark?.text !== "," || first?.kind !== "word") return false;
  if (FURTHER.has(first.text) && CONDITIONS.has(second?.text ?? "")) return false;
  // "or any other, as evidence": the end is said of them all.
  if (first.text === "or")
    return !clause.some(({ text }, i) => ENDS_LIST.has(text) || (LEADS_ON.has(text) && clause[i + 1]?.kind === "word"));
  if (FURTHER.has(first.text)) return true;
  return clause.every(
    ({ kind, text }) =>
      kind === "mark" || !(CONDITIONS.has(text) || RESTRICTS.has(text) || MANNERS.has(text) || kind === "code"),
  );
}

/** ", `.env` files, charts, or other secrets": the rest of a list, with names that are of another kind. */
function restOfList(left: Sentence): number {
  const end = left.findIndex(({ kind, text }) => kind === "mark" && text !== "," && text !== "/");
  const wished = left.findIndex(({ text }, i) => /^(?:when|where|if)$/.test(text) && left[i + 1]?.text === "possible");
  const ends = [end, wished].filter((each) => each >= 0);
  const list = left.slice(0, ends.length > 0 ? Math.min(...ends) : undefined);
  const last = list.findLastIndex(({ text }) => text === ",");
  const isList =
    list[0]?.text === "," &&
    last > 0 &&
    /^(?:or|nor)$/.test(list[last + 1]?.text ?? "") &&
    list.every(
      ({ kind, text }) => kind === "code" || !(CONDITIONS.has(text) || RESTRICTS.has(text) || MANNERS.has(text)),
    );
  return isList ? list.length : 0;
}

const ENDS_LIST = new Set(["as", "without", "unless", "except", "when", "if", "for"]);
/** Before a name they belong to the last item: "or anything from `quay/`". */
const LEADS_ON = new Set(["from", "outside", "during", "while", "before", "after"]);

const MAX_JOINED = 3;
/** What these lead to is said of all that is listed before. */
const OF_ALL = /^(?:in|inside|within|if|unless)$/;

/** "or arithmetic": how many words name more of what is forbidden, without a name to look for. */
function furtherThings(left: Sentence): number {
  const start = left[0]?.text === "," ? 1 : 0;
  const isSlashed = left[0]?.text === "/";
  if (!isSlashed && !/^(?:or|nor|and)$/.test(left[start]?.text ?? "")) return 0;
  const next = left[start + 1];
  if (next?.kind !== "word" || CONDITIONS.has(next.text) || FURTHER.has(next.text) || RESTRICTS.has(next.text))
    return 0;
  const end = left.findIndex(({ kind }, i) => i > start && kind !== "word");
  const words = left.slice(start + 1, end < 0 ? undefined : end);
  // "or otherwise change what hurts the crew"
  if (next.text === "otherwise" && words.every(({ text }) => !CONDITIONS.has(text) && !RESTRICTS.has(text)))
    return start + 1 + words.length;
  // "and comparing depths costs more": another clause.
  if (left[start]?.text === "and" && (/ing$/.test(next.text) || words.length > MAX_JOINED)) return 0;
  const limit = words.findIndex(({ text }) => CONDITIONS.has(text) || MANNERS.has(text) || CAUSES.has(text));
  // "or any chart with names": which ones.
  if (
    limit > 1 &&
    next.text === "any" &&
    words[1]?.text !== "other" &&
    /^(?:with|from|of)$/.test(words[limit]?.text ?? "")
  )
    return start + 1 + words.length;
  if (limit >= 0)
    return isSlashed || /^(?:other|another|any|similar)$/.test(next.text) || OF_ALL.test(words[limit]?.text ?? "")
      ? start + 1 + limit
      : 0;
  return left[end]?.kind === "code" ? 0 : start + 1 + words.length;
}

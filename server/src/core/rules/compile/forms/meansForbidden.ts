import type { Check } from "../../check";
import { startsWithVerb } from "../../force";
import { isDistinctive, isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import { knownFunction, knownPackage } from "../knownNames";
import { calledNames, type Named, namedThings, textsIn } from "../named";
import { DETERMINERS, type NameList, namesAt } from "../pattern";
import { joinedConditions } from "../qualified";
import { NOT_A_CONDITION, readQualifiedTail, turnsRound } from "../qualifiedTail";
import { type Sentence, sentenceText, type Token } from "../tokens";
import { forbiddenNames } from "./banned";
import { areInFiles } from "./text";

/**
 * "Never schedule a task with a bare `.delay()` in a transaction": what is forbidden has a name, as what is done or by
 * what means, among words that no other form understands. Those words are the condition.
 */
export const meansForbiddenForms: readonly CheckForm[] = [
  ...checkForms(["{not} :? <*clause>", "{not} : <*clause>"], ({ rest }, following) =>
    forbiddenIn(rest.clause ?? [], following),
  ),
  ...checkForms(["<+who> must|should not|never be? <*clause>"], ({ rest }, following) =>
    POINTING.has(rest.who?.[0]?.text ?? "") ? undefined : forbiddenIn(rest.clause ?? [], following, rest.who),
  ),
  ...checkForms(["<*sentence>"], ({ rest }, following) => replacedIn(rest.sentence ?? [], following)),
];

function forbiddenIn(clause: Sentence, following: readonly Sentence[], who: Sentence = []): Check | undefined {
  const start = clause.findIndex(({ text }) => !ADVERBS.has(text));
  const verb = clause[start];
  // "Never `moor(pier)` in a storm"
  if (verb?.kind === "code") return forbiddenFrom(clause, start, following, [who]);
  if (verb?.kind !== "word") return undefined;
  const object = clause.findIndex(({ kind }) => kind === "code");
  const between = clause.slice(start + 1, object);
  const means = between.findLastIndex(({ text }) => !DETERMINERS.has(text));
  const isMeans =
    MEANS.has(between[means]?.text ?? "") &&
    !/^(?:by|before|after|until)$/.test(between[means - 1]?.text ?? "") &&
    !isOneOf(TOGETHER, verb.text);
  const words = isMeans ? between.slice(0, means) : between;
  if (object < 0 || words.some(isMark) || (!isMeans && (words.some(leadsOn) || !isOneOf(DOING, verb.text))))
    return undefined;
  const said = isOneOf(PLAIN, verb.text) && !isMeans ? words : [verb, ...words];
  const isText = !isMeans && !/\w\(/.test(clause[object]?.text ?? "");
  const texts = isText && areInFiles([...clause, ...(following[0] ?? [])]) ? [] : undefined;
  return forbiddenFrom(clause, object, following, [who, said.filter(({ text }) => !DETERMINERS.has(text))], [], texts);
}

/** "Pack crates with `a` rather than by hand-written calls of `b`" */
function replacedIn(sentence: Sentence, following: readonly Sentence[]): Check | undefined {
  const at = sentence.findIndex((_, i) => contrasts(sentence, i));
  const before = sentence.slice(0, at);
  const object = sentence.findIndex(({ kind }, i) => i > at && kind === "code");
  const after = sentence[at]?.text === "over" ? at + 1 : at + 2;
  const between = sentence.slice(USING.has(sentence[after]?.text ?? "") ? after + 1 : after, object);
  if (at < 1 || object < 0 || between.length > MAX_BETWEEN || between.some(leadsOn)) return undefined;
  // "never a whole `Fleet`" is about how much of it.
  if (between.some((token) => (isMark(token) && token.text !== "(") || PORTIONS.has(token.text))) return undefined;
  if (between.some(isOtherDoing)) return undefined;
  // "rather than an alias (`type Pier = string`)": one of those.
  if (between.at(-1)?.text === "(" && between.length > 1 && /\s/.test(sentence[object]?.text ?? "")) return undefined;
  const clause = before.slice(before.findLastIndex((token) => isMark(token) && ENDS.has(token.text)) + 1);
  // "It becomes a `Berth` instead of a `Pier`" describes.
  if (isTold(clause) || CONCEDING.test(before[0]?.text ?? "")) return undefined;
  if (!asks(clause) && !asks(before) && !offers(before)) return undefined;
  // "Where `a` is set, use `b` ...": a name in the condition is not what to use.
  const isPair = isMark(sentence[at] as Token);
  const offered = isPair ? before.slice(-1) : asks(clause) ? clause : before;
  const instead = offered.flatMap((token, i) =>
    token.kind === "code" && !leadsToName(offered, i) && !isPath(token.text) ? [token.text] : [],
  );
  const meant = isOffer(before, sentence[at]) ? [] : conditionIn(before);
  return forbiddenFrom(
    sentence,
    object,
    following,
    [meant, between.filter(({ kind, text }) => kind === "word" && !DETERMINERS.has(text))],
    instead,
    undefined,
    meant.length === 0,
  );
}

/** "instead of passing `berth` on": what is done with it is forbidden, and not its name. */
function isOtherDoing({ kind, text }: Token): boolean {
  return kind === "word" && /\w{2}ing$/.test(text) && !isOneOf(DOING, text);
}

/** "Prefer bounded ropes over `longRope()`", "use the modern knot `a` instead of `b`": what is offered, and no condition. */
function isOffer(before: Sentence, contrast: Token | undefined): boolean {
  const [first, ...offered] = before;
  if (contrast === undefined || isMark(contrast) || !/^(?:use|prefer|favou?r)$/.test(first?.text ?? "")) return false;
  // "in `tides/`": where it lies.
  const lies = offered.findIndex(({ text }, i) => /^(?:in|from)$/.test(text) && isPath(offered[i + 1]?.text ?? ""));
  const words = lies < 0 ? offered : offered.slice(0, lies);
  return (
    (lies < 0 || lies === offered.length - 2) &&
    words.length <= MAX_OFFERED &&
    words.every((token) => !isMark(token) && !(token.kind === "word" && LEADING_ON.has(token.text)))
  );
}

const MAX_OFFERED = 5;

/** What is said beside the names on offer, with them where it would be no clause without. */
function conditionIn(before: Sentence): Sentence {
  const words = before.filter(
    ({ kind, text }, i) =>
      kind === "word" && !OFFERING.has(text) && !(/['’]s$/.test(text) && before[i + 1]?.kind === "code"),
  );
  const isBroken = words.some(({ text }) => LEADING_ON.has(text));
  return isBroken ? before.slice(before.findIndex(({ text }) => !OFFERING.has(text))) : words;
}

/** "instead of", "rather than", "prefer ... over", ", not" */
function contrasts(sentence: Sentence, at: number): boolean {
  const [first, second] = [sentence[at], sentence[at + 1]];
  if (first?.text === "over") return sentence.slice(0, at).some(({ text }) => PREFERS.test(text));
  if (first?.text === "instead") return second?.text === "of";
  if (first?.text === "rather") return second?.text === "than";
  const isPair = at > 0 && (sentence[at - 1]?.kind === "code" || sentence[at - 1]?.text === ")");
  return (
    isPair && first !== undefined && ENDS.has(first.text) && isMark(first) && /^(?:not|never)$/.test(second?.text ?? "")
  );
}

function asks(clause: Sentence): boolean {
  const words = clause.filter(({ text }) => !DETERMINERS.has(text));
  return (
    words[0]?.kind === "word" &&
    !words.some(({ text }) => DESCRIBING.has(text)) &&
    (words.some(({ text }) => ASKING.has(text)) || startsWithVerb(sentenceText(words.slice(0, 2))))
  );
}

/** "Pilots: `a`, chained `b`": names alone, each with at most a word of its own. */
function offers(before: Sentence): boolean {
  const offered = before.slice(before.findLastIndex(({ kind, text }) => kind === "mark" && LABELS.has(text)) + 1);
  return (
    offered.some(({ kind }) => kind === "code") &&
    offered.every(
      ({ kind }, i) => kind !== "word" || (offered[i - 1]?.kind !== "code" && offered[i + 1]?.kind === "code"),
    )
  );
}

/** "Although ..., they give `a` instead of `b`": why something is ruled. */
const CONCEDING = /^(?:although|though|because|since)$/;

/** "They use `a` rather than `b`" tells how something is done. */
function isTold(clause: Sentence): boolean {
  return TELLING.has(clause[0]?.text ?? "") && !clause.some(({ text }) => MODALS.has(text));
}

const TELLING = new Set("they it both these those which that each this".split(" "));
const MODALS = new Set(["must", "should"]);

const PREFERS = /^(?:prefer|favou?r)$/;
const LABELS = new Set(["—", ":"]);
const ASKING = new Set("must should always use prefer go goes".split(" "));
const USING = new Set(["using", "calling", "importing", "use", "via", "through", "by", "with", "call"]);
const DESCRIBING = new Set("is are was were can may will uses returns does becomes".split(" "));

function leadsToName(before: Sentence, at: number): boolean {
  return PLACING.has(before[at - 1]?.text ?? "");
}

const PORTIONS = new Set(["whole", "full", "entire", "single", "same", "only", "just", "second", "another"]);
const MAX_BETWEEN = 5;
const OFFERING = new Set("e.g use using always prefer call the a an must should , / or and".split(" "));
const PLACING = new Set("in inside within when if where on for under of to".split(" "));

/** The names at `object`, forbidden under the conditions and what is said after them. */
function forbiddenFrom(
  sentence: Sentence,
  object: number,
  following: readonly Sentence[],
  before: readonly Sentence[],
  instead: readonly string[] = [],
  beside: readonly string[] | undefined = instead.length > 0 ? instead : undefined,
  isReplaced = false,
): Check | undefined {
  const list = namesAt(sentence, object);
  const named = list && namedUnder(list.names, beside);
  if (list === undefined || named === undefined || named.kind === "path") return undefined;
  const rest = sentence.slice(list.end);
  const end = rest.findIndex((token) => isMark(token) && ENDS.has(token.text));
  const after = end < 0 ? rest : rest.slice(0, end);
  const [next] = after;
  // "Boolean props like `isMoored`" shows what such names look like.
  const leads = sentence.slice(Math.max(0, object - 3), object).map(({ text }) => text);
  if (/\b\w+s (?:like|such as)$/.test(leads.join(" ")) && !areKnown(named.names)) return undefined;
  // "No new `BerthService` methods" is not about the service.
  if (list.names.texts.length === 1 && MEMBERS.test(list.names.noun ?? "")) return undefined;
  const areCalls = list.names.texts.every((text) => text.endsWith(")"));
  const isOther = next?.kind === "word" && !LEADING_ON.has(next.text);
  if (isOther && !areCalls && named.kind !== "text" && !areKnown(named.names)) return undefined;
  const said = sentenceText(after.filter(({ text }) => text !== "(" && text !== ")"));
  const left = end < 0 ? [] : rest.slice(end);
  const tail = readQualifiedTail(left, following);
  const replacement = instead.length > 0 ? [...instead] : (tail?.instead ?? []);
  const conditions = before.map(sentenceText);
  if ([...conditions, said].some((words) => NOT_A_CONDITION.test(words))) return undefined;
  if (replacement.length === 0 && turnsRound(said)) return undefined;
  const called =
    named.kind === "text" ? [] : list.names.texts.filter((text) => ARGUMENTS.test(text) && !isSignature(text));
  const qualifier = joinedConditions([
    ...conditions,
    said,
    tail === undefined && left.some(leadsOn) ? sentenceText(left.slice(1, MAX_LEFT)) : "",
    called.length > 0 ? `as in ${called.map((text) => `\`${text}\``).join(", ")}` : "",
    tail?.qualifier ?? "",
  ]);
  // "Use the quay's `a` instead of `b`" leaves nothing open.
  if (qualifier === "" && instead.length === 0 && !isReplaced) return undefined;
  return forbiddenNames(named, {
    scope: {},
    instead: replacement,
    outside: undefined,
    byHand: false,
    ...(qualifier !== "" && { qualifier }),
  });
}

/** Names, or the text itself where it may stand in files: beside what replaces it, if anything does. */
function namedUnder(list: NameList, beside: readonly string[] | undefined): Named | undefined {
  const named = list.texts.every(isPlainName) ? (namedThings(list) ?? calledNames(list)) : undefined;
  return named ?? (beside && textsIn(list, beside));
}

/** `*Berth` and `#[allow(...)]` are no names. */
function isPlainName(text: string): boolean {
  return /^(?:\*(?=[a-z])|@|--(?=[a-z]))?[\w.$]/.test(text) && !/[[\]]\)/.test(text);
}

const MAX_LEFT = 14;
const MEMBERS = /^(?:methods|functions|classes|fields|types|properties|variables|constants|components|files)$/;

function areKnown(names: readonly string[]): boolean {
  return names.every(
    (name) => knownFunction(name) !== undefined || knownPackage(name) !== undefined || /^@/.test(name),
  );
}

/** `equalTides(wanted, given)`: what it is called with has but names. */
function isSignature(text: string): boolean {
  return /^[\w.]+\((?:[a-z]\w{3,}(?:, )?){2,}\)$/.test(text) && isDistinctive(text.replace(/\(.*$/s, ""));
}

const ARGUMENTS = /\([^()]*[^()\s…][^()]*\)|\(.*\(.*\)/;
const ENDS = new Set(["—", ";", ":", "→", ",", "("]);

function isMark({ kind }: Token): boolean {
  return kind === "mark";
}

function leadsOn({ text }: Token): boolean {
  return LEADING_ON.has(text);
}

/** Words after which another thing is spoken of. */
const LEADING_ON = new Set(
  `in into inside within on onto to from for of at by with without through via using when where while if unless except
  that which who whose because since so as than before after until about against between under over and or but nor
  directly outside during inside anywhere here there`.split(/\s+/),
);
const POINTING = new Set("it this that they these those you we which what who there".split(" "));
const ADVERBS = new Set(
  "never not do directly ever manually simply just blindly also then silently accidentally".split(" "),
);
const MEANS = new Set(["with", "via", "through", "using", "calling"]);
/** With these "with" names a company and no means. */
const TOGETHER = new Set(
  `start begin end prefix suffix name replace compare interfere combine mix conflict confuse coincide deal work sync pair
  share communicate talk interact merge integrate associate agree comply start collide overlap match align compete tamper
  mess fill populate pollute couple return respond reply ship collaborate link connect diverge race`.split(/\s+/),
);
/** What makes use of its object: who swallows, mocks, stores or hands on a thing may name it for better reasons. */
const DOING = new Set(
  `use call invoke instantiate construct import export extend inherit subclass throw raise catch spawn schedule dispatch emit
  trigger access read query render mount add introduce include insert put leave print embed apply enable reach employ
  utilize rely fall build run execute await launch fire reintroduce depend require hand-build hand-roll hand-code hit
  contact chain expose`.split(/\s+/),
);
/** Those that say no more than that it is used. */
const PLAIN = new Set("hit contact use call invoke employ utilize add introduce include import run".split(" "));

function isOneOf(verbs: ReadonlySet<string>, word: string): boolean {
  const stem = word.replace(/(?:ing|ed|s)$/, "");
  return [word, stem, `${stem}e`, stem.replace(/(.)\1$/, "$1"), stem.replace(/i$/, "y")].some((each) =>
    verbs.has(each),
  );
}

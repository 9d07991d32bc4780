import { type Sentence, type Token, wordsOf } from "./tokens";

/**
 * The sentence without what stands in parentheses and "etc.", where that says no more than which or why: "Prefer narrow
 * crates (e.g. `SmallCrate`) over `Crate`". `undefined` if nothing of the kind is in it.
 */
export function withoutNotes(sentence: Sentence): Sentence | undefined {
  const kept: Token[] = [];
  for (let at = 0; at < sentence.length; at++) {
    const token = sentence[at] as Token;
    const note = token.kind === "mark" && token.text === "(" ? noteAt(sentence, at) : undefined;
    if (note !== undefined) at = note - 1;
    else if (token.kind === "word" && token.text === "etc") {
      if (kept.at(-1)?.text === ",") kept.pop();
    } else kept.push(token);
  }
  return kept.length > 0 && kept.length < sentence.length ? kept : undefined;
}

/** "For example, use `a` instead of `b`": the same without a word for what it is. */
export function withoutOpening(sentence: Sentence): Sentence {
  const opens = sentence[0]?.text === "for" && /^(?:example|instance)$/.test(sentence[1]?.text ?? "");
  return opens && /^[,:]$/.test(sentence[2]?.text ?? "") ? sentence.slice(3) : sentence;
}

/** "outside the harbour (i.e., outside of `quay/`)" as "outside of `quay/`"; `undefined` for other sentences. */
export function withPlaceNamed(sentence: Sentence): Sentence | undefined {
  const open = sentence.findIndex(({ text }, i) => text === "(" && sentence[i + 1]?.text === "i.e");
  const close = sentence.findIndex(({ text }, i) => i > open && text === ")");
  const from = sentence.findLastIndex(({ kind, text }, i) => i < open && kind === "word" && PLACING.test(text));
  const named = sentence.findIndex(({ text }, i) => i > open && i < close && text === sentence[from]?.text);
  const between = named < 0 ? [] : sentence.slice(from, open);
  if (open < 0 || close < 0 || between.length === 0 || between.some(({ kind }) => kind !== "word")) return undefined;
  return [...sentence.slice(0, from), ...sentence.slice(named, close), ...sentence.slice(close + 1)];
}

const PLACING = /^(?:outside|in|inside|within|under)$/;

/**
 * "Never without approval: edit `tides/`" as "Never edit `tides/`, without approval": what is forbidden first.
 * `undefined` for other sentences.
 */
export function withConditionLast(sentence: Sentence): Sentence | undefined {
  const from = sentence[0]?.text === "do" ? 2 : 1;
  const colon = sentence.slice(0, LONGEST_CONDITION).findIndex(({ kind, text }) => kind === "mark" && text === ":");
  const condition = sentence.slice(from, colon);
  if (
    colon < 0 ||
    !/^(?:never|do|not)$/.test(sentence[0]?.text ?? "") ||
    !/^(?:without|unless)$/.test(condition[0]?.text ?? "")
  )
    return undefined;
  return [...sentence.slice(0, from), ...sentence.slice(colon + 1), { kind: "mark", text: "," }, ...condition];
}

const LONGEST_CONDITION = 10;

/**
 * "Never create, pass, or store `a`" as "never use `a`", "do not edit, move or delete `b/`" as "do not edit `b/`": of
 * several things that are not to be done the one that all come to. `undefined` for other sentences.
 */
export function withOneVerb(sentence: Sentence): Sentence | undefined {
  const from =
    sentence.slice(0, LONGEST_CONDITION).findIndex(({ kind, text }) => kind === "word" && BANS.has(text)) + 1;
  let end = from;
  const verbs: string[] = [];
  for (; from > 0 && sentence[end]?.kind === "word" && isDone(sentence[end]?.text ?? ""); ) {
    verbs.push(sentence[end++]?.text.replace(/ing$/, "") ?? "");
    while (sentence[end]?.kind !== "code" && LISTING.has(sentence[end]?.text ?? "")) end++;
  }
  const verb = verbs.some((each) => EDITS.test(each))
    ? "edit"
    : verbs.every((each) => USES.test(each))
      ? "use"
      : undefined;
  if (verbs.length < 2 || verb === undefined || sentence[end] === undefined) return undefined;
  return [...sentence.slice(0, from), { kind: "word", text: verb }, ...sentence.slice(end)];
}

const BANS = new Set(["never", "not", "avoid"]);
const LISTING = new Set([",", "/", "or", "and", "nor"]);
const EDITS = /^(?:edit|modify|change|chang|touch|alter|overwrite|rewrite)$/;
const USES =
  /^(?:use|us|create|creat|instantiate|instantiat|construct|inject|store|stor|pass|hold|keep|declare|declar|import|embed|introduce|introduc|return)$/;
const OF_FILES =
  /^(?:delete|delet|remove|remov|rename|renam|move|mov|create|creat|add|regenerate|commit|committ|reformat)$/;

function isDone(word: string): boolean {
  const verb = word.replace(/ing$/, "");
  return EDITS.test(verb) || USES.test(verb) || OF_FILES.test(verb);
}

/** Where the note ends that opens at `from`; `undefined` if it forbids, restricts or asks for something. */
function noteAt(sentence: Sentence, from: number): number | undefined {
  const end = sentence.findIndex(({ kind, text }, i) => i > from && kind === "mark" && text === ")");
  if (end < 0) return undefined;
  const said = sentence.slice(from + 1, end);
  // "the charts (`db/charts/`)" names them.
  if (sentence[from - 1]?.kind !== "code" && said.every(({ kind }) => kind !== "word")) return undefined;
  // "`a` (or `b` for boats)"
  if (said[0]?.text === "or" && sentence[from - 1]?.kind === "code") return end + 1;
  if (/^if (?:present|any|applicable|used|(?:it|they) exists?)$/.test(wordsOf(said))) return end + 1;
  return said.some(({ kind, text }) => kind === "word" && DEMANDS.has(text)) ? undefined : end + 1;
}

const DEMANDS = new Set(
  `never not no avoid do must should use instead only unless except without when if while until for in inside outside
  under within ask confirm check first optional optionally deprecated banned forbidden`.split(/\s+/),
);

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

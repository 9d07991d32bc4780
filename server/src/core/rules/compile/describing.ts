import { isPath } from "../names";
import type { Sentence, Token } from "./tokens";

/**
 * Whether a sentence says how things are, and forbids nothing: "`pier build` does not set `TIDE`", "`a` vs `b`", "not
 * available with `a`", "stop `a` also resets"; or it forbids to think or talk of something: "do not flag `a`".
 */
export function describes(sentence: Sentence): boolean {
  if (isOfState(sentence) || isOfTalk(sentence)) return true;
  if (sentence.some(({ kind, text }) => kind === "word" && (text === "vs" || text === "versus"))) return true;
  return sentence.some(
    ({ kind, text }, i) =>
      kind === "code" && !isPath(text) && sentence[i + 1]?.text === "does" && sentence[i + 2]?.text === "not",
  );
}

/** "Not available with `a`"; and "Stop `a`", "Stop the pump with `a`" do it, where "Stop using `a`" is an order. */
function isOfState([first, second]: Sentence): boolean {
  if (first?.kind !== "word") return false;
  if (first.text === "stop") return second?.kind === "code" || !/ing$/.test(second?.text ?? "");
  return first.text === "not" && second?.kind === "word" && STATES.test(second.text);
}

const STATES =
  /^(?:available|supported|needed|required|necessary|implemented|possible|relevant|applicable|affected|yet|currently|enabled|included)$/;

/** "Do not flag `a`", "never assume `a`". */
function isOfTalk(sentence: Sentence): boolean {
  return sentence.some(({ kind, text }, i) => {
    const before = sentence[i - 1]?.text;
    const isForLinters = text === "comment" && /^(?:to|for)$/.test(sentence[i + 1]?.text ?? "");
    return kind === "word" && TALKS.test(text) && !isForLinters && (before === "not" || before === "never");
  });
}

const TALKS =
  /^(?:flag|report|suggest|recommend|mention|comment|assume|expect|confuse|worry|complain|nitpick|treat|consider|trust|claim|conclude|infer)$/;

/** Whether a clause tells what something does or is: "`Pilot` pins the tide", "its chart matches the old one". */
export function tells(clause: Sentence): boolean {
  const [first, second, third] = clause;
  if (first === undefined || clause.some(orders)) return false;
  if (first.kind === "code") {
    if (second?.kind !== "word") return false;
    if (second.text === "is") return third?.kind === "code";
    return /[^s]s$/.test(second.text) && third !== undefined && third.kind !== "mark";
  }
  if (first.kind !== "word" || !SUBJECTS.test(first.text)) return false;
  const says = clause.findIndex(({ kind, text }) => kind === "word" && DOES.test(text));
  return says > 0 && says < FAR && !clause.slice(0, says).some(({ text }) => PRESCRIBES.test(text));
}

/** What a statement of something begins with, and no order, label or condition does. */
const SUBJECTS = /^(?:the|an?|it|this|that|these|those|they|its|their)$/;
const FAR = 10;
const DOES =
  /^(?:is|are|was|were|has|have|does|accepts|applies|belongs|builds|calls|comes|deploys|follows|gets|gives|goes|holds|imports|keeps|lives|loads|lists|matches|means|passes|points|reads|returns|runs|sends|sets|ships|starts|stores|takes|targets|turns|writes)$/;
/** Of these it is said how they are to be: "the package manager is `a`, not `b`". */
const PRESCRIBES =
  /^(?:project|codebase|repo|repository|monorepo|we|manager|convention|rule|standard|style|way|name|correct|right|preferred|canonical|default)$/;

function orders({ kind, text }: Token): boolean {
  return kind === "word" && /^(?:must|should|always|never|use|uses|goes|go|only|instead)$/.test(text);
}

/** "`created` date (no `updated`)" */
export function isRemark(mark: Token, first: Token): boolean {
  return mark.text === "(" && first.text === "no";
}

/** Under "Pitfalls" stand what goes wrong, what to do about it, and facts: only "Calling `a`" is what to avoid. */
export function isOfMistakes(titles: readonly string[]): boolean {
  return /\b(?:pitfalls?|mistakes?|gotchas?|lessons)\b/i.test(titles.at(-1) ?? "");
}

/** "Calling `a` twice", "`a` → `b`" */
export function namesMistake(sentence: Sentence | undefined): boolean {
  const [first, second] = sentence ?? [];
  return first?.kind === "word" ? /\w{2}ing$/.test(first.text) : second?.text === "→";
}

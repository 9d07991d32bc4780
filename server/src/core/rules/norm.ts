/** What all of a kind do is asked for; where they lie and what they have may just be told. */
export type Norm = "practice" | "state";

/**
 * What the first sentence of a text says of all things of a kind: "Tests use JUnit", "New routers go in `src/routers/`",
 * "Each module has a `README.md`". Whoever adds one has to do the same, though no word orders it.
 */
export function normIn(text: string): Norm | undefined {
  const sentence = (/^.*?[.!?:](?=\s|$)/s.exec(withoutLabel(text))?.[0] ?? withoutLabel(text)).slice(0, MAX_LENGTH);
  const words = sentence
    .replace(/`[^`]*`/g, "`x`")
    .replace(/ ?\([^()]*\)/g, "")
    .replace(/^(?:most|new|the) /i, "");
  if (PRACTICE.test(words) || PER.test(words)) return "practice";
  return STATE.test(words) || EACH.test(words) ? "state" : undefined;
}

const MAX_LENGTH = 300;
const VERBS = "use|extend|implement|follow|accept|return|need|require|inherit|mirror|expose|target";
const PLACED =
  "(?:go|belong|stay) (?:in|into|under|at|through|next)|keep their|start with|end with|" +
  "take (?:(?:an? )?`x|at most|no more|up to|exactly)|are (?:named|called|prefixed|suffixed) (?:with )?`x";
const DEFINED =
  "live (?:in|under|next)|are (?:(?:all|always) )?(?:defined|located|kept|placed|named|implemented|written|stored|declared) (?:as|in|under|with|at|next)";
const SUBJECT = "(?!(?:it|this|these|those|they|we|there|to|steps|uses|changes)\\b)(?:(?:[\\w/@.*-]+|`x`),? ){0,5}?";
const KIND = `^${SUBJECT}(?:[\\w/-]*[^\\W\\dsui]s|\`x\`(?: \\w+s)?) (?:all |always |only )?`;
const PRACTICE = new RegExp(`${KIND}(?:${VERBS}|${PLACED})\\b`, "i");
const STATE = new RegExp(`${KIND}(?:${DEFINED})\\b`, "i");
const EACH = /^(?:each|every) (?:[\w/@.*-]+ ){1,4}(?:has|uses|lives|goes|belongs|needs|requires|extends|implements) /i;
/** "One component per file", "All changes via pull requests" */
const PER = /^(?:(?:exactly )?one|at most \w+|a single) [^.;:]{1,40} per \w|^all [^.;:]{1,40} (?:via|through) /i;

function withoutLabel(text: string): string {
  return text.replace(/^[^:.!?`]{1,60}: /, "");
}

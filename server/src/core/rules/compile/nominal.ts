import { startsWith } from "./pattern";
import { phrases } from "./phrases";
import type { Sentence, Token } from "./tokens";

/** Nouns and gerunds of what is done with a name, and the verb they come from. */
const VERB_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    use: "use usage usages uses using utilization",
    call: "call calls calling invocation invocations invoking",
    import: "import imports importing dependency dependencies",
    access: "access accesses accessing reference references referencing reads reading",
    edit: "edit edits editing change changes changing modification modifications modifying additions",
    run: "running execution executions executing",
  }).flatMap(([verb, nouns]) => nouns.split(" ").map((noun) => [noun, verb] as const)),
);
/** Nouns that are verbs too, so that only what follows shows which is meant. */
const NEEDS_PREPOSITION = new Set(
  "additions use usage usages uses utilization call calls import imports access accesses reference references reads edit edits change changes modification modifications dependency dependencies execution executions invocation invocations".split(
    " ",
  ),
);
const PREPOSITIONS = new Set(["of", "to", "from", "on", "in"]);
const ADJECTIVES = new Set(
  "the a any all new direct directly raw manual bare explicit further additional more".split(" "),
);
const BANS = new Set(["no", "zero", "never", "avoid", "not"]);
const INTRODUCING = new Set(["add", "introduce", "make", "create"]);
const LONGEST_OBJECT = 24;

/**
 * A ban whose verb is a noun, as an order: "The use of `a` in tests is forbidden", "No direct calls to `a`" become "never
 * use `a` in tests", "never call `a`". `undefined` for other sentences.
 */
export function asOrder(sentence: Sentence): Sentence | undefined {
  return bannedBefore(sentence) ?? bannedAfter(sentence);
}

/** "No calls to `a`", "Do not introduce new usages of `a`" */
function bannedBefore(sentence: Sentence): Sentence | undefined {
  let at = 0;
  if (sentence[0]?.text === "do" && sentence[1]?.text === "not") at = 2;
  else if (BANS.has(sentence[0]?.text ?? "")) at = 1;
  if (at === 0) return undefined;
  if (INTRODUCING.has(sentence[at]?.text ?? "")) at++;
  const object = afterNoun(sentence, at);
  return object && [NEVER, object.verb, ...object.rest];
}

/** "Calls to `a` outside `b/` are forbidden; use `c`" */
function bannedAfter(sentence: Sentence): Sentence | undefined {
  const object = afterNoun(sentence, 0);
  if (object === undefined) return undefined;
  const { verb, rest } = object;
  for (let at = 1; at < Math.min(rest.length, LONGEST_OBJECT); at++) {
    const said = FORBIDDEN.find((phrase) => startsWith(rest, at, phrase));
    if (said !== undefined) return [NEVER, verb, ...rest.slice(0, at), ...rest.slice(at + said.length)];
  }
  return undefined;
}

function afterNoun(sentence: Sentence, from: number): { verb: Token; rest: Sentence } | undefined {
  let at = from;
  while (sentence[at]?.kind === "word" && ADJECTIVES.has(sentence[at]?.text ?? "")) at++;
  const noun = sentence[at]?.kind === "word" ? (sentence[at]?.text ?? "") : "";
  const verb = VERB_OF.get(noun);
  if (verb === undefined) return undefined;
  const hasPreposition = PREPOSITIONS.has(sentence[at + 1]?.text ?? "");
  if (NEEDS_PREPOSITION.has(noun) && !hasPreposition) return undefined;
  const rest = sentence.slice(at + (hasPreposition ? 2 : 1));
  return rest.length > 0 ? { verb: { kind: "word", text: verb }, rest } : undefined;
}

const NEVER: Token = { kind: "word", text: "never" };
const FORBIDDEN = [...(phrases.forbidden ?? [])].map((phrase) => phrase.split(" ")).sort((a, b) => b.length - a.length);

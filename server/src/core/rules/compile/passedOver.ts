import { type Check, qualifierOf } from "../check";
import { withPlace } from "./context";
import { isGeneralTopic } from "./lead";
import { placeOfWords } from "./place";
import { qualified } from "./qualified";
import { isCause } from "./tail";
import { type Sentence, sentenceText } from "./tokens";

/**
 * The check as it holds where its sentence says "for components" or "in shared folders" and nothing was made of it: in
 * that place where it is understood, and else only under that condition.
 */
export function inPlacePassedOver(check: Check, sentence: Sentence): Check | undefined {
  if (!BANS_USE.test(check.form) || qualifierOf(check) !== undefined || isPlaced(check)) return check;
  if (!names(check, sentence)) return check;
  if (check.form === "forbidden-construct" && isOfLaterClause(sentence)) return check;
  // What follows a mark gives a reason or a way.
  const clauseEnd = sentence.findIndex(({ kind }, i) => i > 0 && (kind === "mark" || isCause(sentence, i)));
  const clause = clauseEnd < 0 ? sentence : sentence.slice(0, clauseEnd);
  for (const [i, { kind, text }] of clause.entries()) {
    if (i === 0 || kind !== "word" || !isPreposition(text, check)) continue;
    const end = clause.findIndex((token, at) => at > i && (token.kind !== "word" || ENDS.has(token.text)));
    const phrase = sentenceText(clause.slice(i + 1, end < 0 ? undefined : end)).replace(DETERMINER, "");
    if (phrase === "" || phrase.split(" ").length > LONGEST || OF_NO_PLACE.test(phrase)) continue;
    const place = placeOfWords(phrase);
    if (place !== undefined) return withPlace(check, place);
    if (!isGeneralTopic(phrase)) return qualified(check, `${text} ${phrase}`);
  }
  return check;
}

/** "No keys "for later use", no globals": what goes before is another demand. */
function isOfLaterClause(sentence: Sentence): boolean {
  return sentence.some(({ text }, i) => i > 1 && sentence[i - 1]?.text === "," && (text === "no" || text === "never"));
}

const DETERMINER = /^(?:the|a|an|any|all|our|your|new|every|each) /;
const BANS_USE = /^forbidden-(?:call|import|name|construct|text)$/;
const PREPOSITIONS = new Set("for in on within during inside across under".split(" "));
const ENDS = new Set(
  `and or instead rather than over not never no but so because since when if unless to with without as that which use using
  prefer from by via must should is are at of like such including except only until before after`.split(/\s+/),
);
const LONGEST = 4;

/** "in a struct" is a part of what some constructs are. */
function isPreposition(word: string, { form }: Check): boolean {
  return form === "forbidden-construct" ? word === "for" : PREPOSITIONS.has(word);
}

function isPlaced(check: Check): boolean {
  if ("inside" in check && check.inside !== undefined) return true;
  const scope = "scope" in check ? check.scope : undefined;
  return scope?.paths !== undefined || scope?.exceptPaths !== undefined || scope?.tests !== undefined;
}

/** Whether the ban is said in the sentence: what is only implied by what is to be used has a purpose, and no place. */
function names(check: Check, sentence: Sentence): boolean {
  if (check.form === "forbidden-text" && check.characters !== undefined) return true;
  if (check.form === "forbidden-construct")
    return !sentence.slice(0, 2).some(({ text }) => /^(?:use|wrap)$/.test(text));
  const said = "names" in check ? check.names : "texts" in check ? check.texts : [];
  return said.some((name) => sentence.some(({ text }) => text.includes(name)));
}

const OF_NO_PLACE =
  /^(?:it|them|better|improved|easier|smaller|faster|fewer|any|no|this|that|these|those|favou?r|place|order|case|cases|addition|general|particular|fact|terms|short|example|instance|now|all|purpose|top|its own|their own|the future|any (?:way|form|case|circumstances?|reason|kind))\b|^(?:logging|styling|formatting|string formatting|output|debugging|readability|consistency|clarity|simplicity|performance|safety|type safety|maintainability|assertions|new code|object (?:shapes|definitions)|type definitions|local variables|variables|precision|operations|node(?:\.js)? built-ins|built-ins|built-in modules)$/;

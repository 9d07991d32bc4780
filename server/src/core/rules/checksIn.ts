import { type Check, qualifierOf } from "./check";
import { compileRule, languageLabel, type RuleReading } from "./compile/compileRule";
import { ofOwner } from "./compile/compileSentence";
import { sentencesIn } from "./compile/tokens";
import { opensWithCondition, ownForceOf, type Polarity } from "./force";
import { type Piece, textOf } from "./markdown";
import { type Demand, splitSentences } from "./sentences";

/** A check, and what it was read from. */
export interface FoundCheck {
  check: Check;
  /** The index of the sentence it was found in, or 0 if in the whole text. */
  sentence: number;
  pieces: readonly Piece[];
  polarity: Polarity;
}

/**
 * The check of a text, and what more its later sentences demand: "`retry = false`. The `later` path is dead code." A row
 * of a table, and what carries the words of its lead-in, is read as a whole.
 */
export function checksIn(reading: RuleReading, isJoined = false): FoundCheck[] {
  const check = compileRule(reading);
  if (check === undefined) return [];
  const { pieces, polarity } = reading;
  const found = [{ check, sentence: 0, pieces, polarity }];
  return reading.cells || isJoined ? found : [...found, ...furtherChecks(reading, check)];
}

function furtherChecks(reading: RuleReading, first: Check): FoundCheck[] {
  const sentences = splitSentences(reading.pieces);
  const known = new Set([JSON.stringify(first)]);
  const found: FoundCheck[] = [];
  const [owner = []] = sentencesIn(reading.pieces);
  for (const [i, sentence] of sentences.slice(0, MAX_SENTENCES).entries()) {
    if (i === 0) continue;
    if (setsCondition(textOf(sentences[i - 1] ?? []))) break;
    const polarity = ownForceOf(textOf(sentence))?.polarity;
    if (polarity === undefined) continue;
    const pieces = sentences.slice(i, MAX_SENTENCES).flat();
    const alone = compileRule({ ...partOf(reading), pieces, polarity, forbiddenByContext: false });
    const check = alone && ofOwner(alone, owner, sentencesIn(sentence)[0] ?? []);
    if (
      check === undefined ||
      known.has(JSON.stringify(check)) ||
      isLessOf(check, [first, ...found.map((each) => each.check)])
    )
      continue;
    known.add(JSON.stringify(check));
    found.push({ check, sentence: i, pieces: sentence, polarity });
  }
  return found;
}

/**
 * Whether a part alone says under a condition, or of every place, what the whole has said: "No `a` elsewhere" of a place
 * named before.
 */
function isLessOf(check: Check, known: readonly Check[]): boolean {
  const names = (each: Check) =>
    "names" in each ? String(each.names) : "constructs" in each ? String(each.constructs) : undefined;
  const isNearer = (each: Check) =>
    qualifierOf(check) !== undefined ||
    ("scope" in each && each.scope?.paths !== undefined && !("scope" in check && check.scope?.paths));
  return known.some(
    (each) => isNearer(each) && each.form === check.form && names(each) !== undefined && names(each) === names(check),
  );
}

/** "When the tide turns, ...", "Moorings: whenever ...": what follows may hold only then. */
function setsCondition(text: string): boolean {
  return opensWithCondition(text) || /^[^:.!?`]{1,30}: (?:when|whenever|if|unless|where)\b/i.test(text);
}

const MAX_SENTENCES = 6;

/** What holds for each sentence: also the language its first one begins with. */
function partOf(reading: RuleReading): RuleReading {
  const label = languageLabel(reading.pieces);
  return label === undefined ? reading : { ...reading, titles: [...reading.titles, label] };
}

/** Which of the demands of a text each of its checks belongs to: indices, `-1` for none. */
export function homesOf(checks: readonly FoundCheck[], demands: readonly Demand[], reading: RuleReading): number[] {
  return checks.map((each) => (each.sentence === 0 ? homeOf(each.check, demands, reading) : partWith(each, demands)));
}

/** The demand that says by itself what the whole text was compiled to. */
function homeOf(check: Check, demands: readonly Demand[], reading: RuleReading): number {
  const home = demands.findIndex(({ pieces }) => {
    const polarity = ownForceOf(textOf(pieces))?.polarity ?? reading.polarity;
    return JSON.stringify(compileRule({ ...partOf(reading), pieces, polarity })) === JSON.stringify(check);
  });
  return Math.max(home >= 0 ? home : demands.findIndex((demand) => isNamedIn(demand, check)), 0);
}

/** Whether a demand names what a check forbids, or the end of it: a flag of a command. */
function isNamedIn({ pieces }: Demand, check: Check): boolean {
  const forbidden = "names" in check ? check.names : "commands" in check ? check.commands : [];
  return pieces.some(({ text, code }) => code && forbidden.some((each) => each === text || each.endsWith(` ${text}`)));
}

function partWith({ sentence }: FoundCheck, demands: readonly Demand[]): number {
  let before = 0;
  return demands.findIndex((demand) => {
    before += demand.sentences;
    return sentence < before;
  });
}

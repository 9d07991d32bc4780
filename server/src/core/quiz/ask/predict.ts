import { balanced } from "../balance";
import type { Case, ExploredMutant } from "../explore";
import { isSameOutcome, type Outcome } from "../sandbox";
import { inCode } from "../wording";
import {
  type Asked,
  call,
  type Draft,
  distinct,
  gives,
  isOpaque,
  killersOf,
  optionCount,
  type TellingCase,
  tellingCases,
  told,
  withAnswer,
} from "./asked";
import { sharedObject } from "./sharedObject";
import { followed, slip } from "./trace";

/** What comes out of a call; the other options are what nearly right functions give. */
export function* predictResults(asked: Asked): Iterable<Draft> {
  const tellings = tellingCases(asked);
  let together = 0;
  for (const telling of tellings) {
    const draft = outcomeQuestion(asked, "predict-result", "What does this call give?", telling);
    if (draft) yield draft;
    else if (together < mostTogether) {
      const several = severalOutcomes(asked, telling, tellings);
      if (several) together++;
      if (several) yield several;
    }
  }
}

/** More questions of several calls are tedious. */
const mostTogether = 3;

const callsTogether = 3;
/** More things than these are not taken to come out of one call. */
const outcomesOfOne = 3;
/** What is longer is not compared at a glance. */
const maxTogether = 72;
const maxCallsTogether = 240;
/** Of longer options, nobody sees how they differ. */
const maxOption = 130;

/** What some calls give one after the other, where one alone can give too few things to choose from. */
function severalOutcomes(asked: Asked, telling: TellingCase, tellings: readonly TellingCase[]): Draft | undefined {
  const { random, tolerance } = asked;
  const others = random.shuffled(tellings.filter((other) => other !== telling));
  const isOther = ({ known }: TellingCase) => told(asked, known.outcome) !== told(asked, telling.known.outcome);
  const differs = others.find(isOther) ?? silentCases(asked).find(isOther);
  // Where everything gives the same, so does this.
  if (!differs) return undefined;
  const rest = others.filter((other) => other !== differs).slice(0, callsTogether - 2);
  const calls = random.shuffled([telling, differs, ...rest]);
  const right = calls.map(({ known }) => told(asked, known.outcome));
  const code = calls.map(({ known }) => call(asked, known)).join("\n");
  const possible = calls.map(({ index, killers }, i) => {
    const slips = random.shuffled(killers).flatMap(({ outcomes }) => outcomes[index] ?? []);
    const isOption = (outcome: Outcome) =>
      outcome.kind !== "stopped" && !isOpaque(asked, calls[i]?.known ?? telling.known, outcome);
    const texts = slips.filter(isOption).map((outcome) => told(asked, outcome));
    const own = [right[i] as string, ...texts];
    return [...new Set([...own, ...right.filter(plausibleFor([code.split("\n")[i] as string, ...own]))])].slice(
      0,
      outcomesOfOne,
    );
  });
  const answer = right.join(", ");
  if (answer.length > maxTogether || code.length > maxCallsTogether) return undefined;
  const pool = random.shuffled(combined(possible)).filter((text) => text !== answer);
  const prompt = `What do these ${calls.length} calls give, in this order?`;
  const wrong = balanced(answer, pool, `${prompt} ${code}`, { count: optionCount - 1, random, tolerance });
  if (wrong.length === 0) return undefined;
  const given = calls.filter((other) => other !== telling);
  const shared = sharedObject(
    asked.exploration.program,
    calls.map(({ known }) => known),
  );
  const shown = shared ? [shared.line, ...code.split("\n").map(shared.named)].join("\n") : code;
  const why = [
    followed(asked, telling.known),
    given.map(({ known }) => `- ${inCode(call(asked, known))} ${gives(asked, known.outcome)}.`).join("\n"),
  ].join("\n\n");
  return {
    question: { kind: "predict-result", prompt, code: shown, ...withAnswer(random, answer, wrong), why },
    inputs: calls.map(({ known }) => call(asked, known)),
    weight: telling.weight,
  };
}

/** Cases that no slip changes, which another one is seen beside. */
function silentCases({ exploration, random }: Asked): TellingCase[] {
  const all = exploration.cases.map((known, index) => ({
    index,
    known,
    killers: killersOf(exploration, index),
    weight: 0,
  }));
  return random.shuffled(all.filter(({ killers }) => killers.length === 0));
}

/** One of each list, in every way. */
function combined(lists: readonly (readonly string[])[]): string[] {
  return lists
    .reduce<string[][]>((found, list) => found.flatMap((before) => list.map((text) => [...before, text])), [[]])
    .map((texts) => texts.join(", "));
}

/**
 * What happens exactly where something changes: of two calls that differ in one number by one, the result of the first
 * is given, that of the second asked for.
 */
export function* boundaries(asked: Asked): Iterable<Draft> {
  const { cases } = asked.exploration;
  for (const telling of tellingCases(asked)) {
    const beside = cases.find((other) => isOneStep(telling.known, other) && isChange(asked, other, telling.known));
    if (!beside) continue;
    const prompt = `${inCode(call(asked, beside))} ${gives(asked, beside.outcome)}. What does this call give?`;
    const draft = outcomeQuestion(asked, "boundary", prompt, telling, [beside.outcome]);
    if (draft) yield { ...draft, inputs: [...draft.inputs, call(asked, beside)] };
  }
}

/** Where only the number itself comes out differently, nothing happens. */
function isChange(asked: Asked, a: Case, b: Case): boolean {
  const [ofA, ofB] = [a, b].map(({ outcome }) => told(asked, outcome).replace(numbers, "#"));
  return ofA !== ofB;
}

const numbers = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g;

/** Whether two calls are the same but for one number, which is one more in one of them. */
function isOneStep(a: Case, b: Case): boolean {
  const [textA, textB] = [a.input.join("\n"), b.input.join("\n")];
  if (textA.replace(numbers, "#") !== textB.replace(numbers, "#")) return false;
  const [ofA, ofB] = [textA.match(numbers) ?? [], textB.match(numbers) ?? []];
  const differences = ofA.flatMap((number, i) =>
    number === ofB[i] ? [] : [Math.abs(Number(number) - Number(ofB[i]))],
  );
  return differences.length === 1 && differences[0] === 1;
}

function outcomeQuestion(
  asked: Asked,
  kind: "predict-result" | "boundary",
  prompt: string,
  { index, known, killers, weight }: TellingCase,
  extra: readonly Outcome[] = [],
): Draft | undefined {
  const { exploration, random, tolerance } = asked;
  const code = call(asked, known);
  const isOption = (outcome: Outcome) =>
    outcome.kind !== "stopped" && !isSameOutcome(outcome, known.outcome) && !isOpaque(asked, known, outcome);
  const of = (mutants: readonly ExploredMutant[]) =>
    mutants.flatMap(({ outcomes }) => outcomes[index] ?? []).filter(isOption);
  const near = distinct([...extra, ...random.shuffled(of(killers))]);
  if (near.length === 0) return undefined;
  const farther = random.shuffled(of(exploration.pairs));
  // What comes out elsewhere keeps the right answer from being what all others are like, as long as it could come out.
  const right = told(asked, known.outcome);
  if (right.length > maxOption) return undefined;
  const isPlausible = plausibleFor([code, prompt, right, ...near.map((outcome) => told(asked, outcome))]);
  const elsewhere = random.shuffled(exploration.cases.map(({ outcome }) => outcome).filter(isOption));
  const others = elsewhere.filter((outcome) => isPlausible(told(asked, outcome)));
  const pool = fewErrors(known.outcome, distinct([...near.slice(0, 8), ...farther, ...others]));
  const texts = [...new Set(pool.map((outcome) => told(asked, outcome)))].filter((text) => text !== right);
  const wrong = balanced(right, texts, `${prompt} ${code}`, { count: optionCount - 1, random, tolerance });
  if (wrong.length === 0) return undefined;
  const slipOf = (option: string) =>
    [...killers, ...exploration.pairs].find(
      ({ outcomes }) => outcomes[index] && told(asked, outcomes[index]) === option,
    );
  const reasons = wrong.flatMap((option) => {
    const killer = slipOf(option);
    return killer ? [`- ${option} would be right ${slip(asked, killer)}.`] : [];
  });
  return {
    question: {
      kind,
      prompt,
      code,
      ...withAnswer(random, right, wrong),
      why: [followed(asked, known), ...(reasons.length > 0 ? [reasons.join("\n")] : [])].join("\n\n"),
    },
    inputs: [code],
    weight,
  };
}

/** Whether a text could come out where those are seen: it speaks of nothing else. */
function plausibleFor(texts: readonly string[]): (text: string) => boolean {
  const names = namesIn(texts);
  return (text) => [...namesIn([text])].every((name) => names.has(name));
}

function namesIn(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => text.match(/[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?/gu) ?? []));
}

/** Options that say that it fails are of little use beside each other. */
function fewErrors(known: Outcome, outcomes: readonly Outcome[]): Outcome[] {
  const errors = outcomes.filter(({ kind }) => kind === "threw");
  const others = outcomes.filter(({ kind }) => kind !== "threw");
  return [...others.slice(0, 40), ...errors.slice(0, known.kind === "threw" ? 3 : 1)];
}

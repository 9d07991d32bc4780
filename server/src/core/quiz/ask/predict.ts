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
  optionCount,
  type TellingCase,
  tellingCases,
  told,
  withAnswer,
} from "./asked";
import { followed, slip } from "./trace";

/** What comes out of a call; the other options are what nearly right functions give. */
export function predictResults(asked: Asked): Draft[] {
  return tellingCases(asked).flatMap((telling) => {
    const prompt = "What does this call give?";
    return outcomeQuestion(asked, "predict-result", prompt, telling) ?? [];
  });
}

/**
 * What happens exactly where something changes: of two calls that differ in one number by one, the result of the first
 * is given, that of the second asked for.
 */
export function boundaries(asked: Asked): Draft[] {
  const { cases } = asked.exploration;
  const found: Draft[] = [];
  for (const telling of tellingCases(asked)) {
    const beside = cases.find(
      (other) => !isSameOutcome(telling.known.outcome, other.outcome) && isOneStep(telling.known, other),
    );
    if (!beside) continue;
    const prompt = `${inCode(call(asked, beside))} ${gives(asked, beside.outcome)}. What does this call give?`;
    const draft = outcomeQuestion(asked, "boundary", prompt, telling, [beside.outcome]);
    if (draft) found.push({ ...draft, inputs: [...draft.inputs, call(asked, beside)] });
  }
  const isStructural = ({ question: { prompt, options, answer } }: Draft) =>
    !prompt.replace(numbers, "#").includes(` gives ${(options[answer] as string).replace(numbers, "#")}.`);
  // Where only the number itself comes out differently, nothing happens there.
  return found.sort((a, b) => Number(isStructural(b)) - Number(isStructural(a)) || b.weight - a.weight);
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
  const { exploration, random } = asked;
  const code = call(asked, known);
  const isOption = (outcome: Outcome) => outcome.kind !== "stopped" && !isSameOutcome(outcome, known.outcome);
  const of = (mutants: readonly ExploredMutant[]) =>
    mutants.flatMap(({ outcomes }) => outcomes[index] ?? []).filter(isOption);
  const near = distinct([...extra, ...random.shuffled(of(killers))]);
  if (near.length === 0) return undefined;
  const farther = random.shuffled(of(exploration.pairs));
  // What comes out elsewhere keeps the right answer from being what all others are like, as long as it could come out.
  const plausible = namesIn([code, prompt, told(asked, known.outcome), ...near.map((outcome) => told(asked, outcome))]);
  const elsewhere = random.shuffled(exploration.cases.map(({ outcome }) => outcome).filter(isOption));
  const isPlausible = (outcome: Outcome) => [...namesIn([told(asked, outcome)])].every((name) => plausible.has(name));
  const pool = fewErrors(known.outcome, distinct([...near.slice(0, 8), ...farther, ...elsewhere.filter(isPlausible)]));
  const right = told(asked, known.outcome);
  const texts = [...new Set(pool.map((outcome) => told(asked, outcome)))].filter((text) => text !== right);
  // Beside a boundary all numbers are near, and what comes out is often alike.
  const strict = kind === "boundary" ? [] : undefined;
  const wrong = balanced(right, texts, `${prompt} ${code}`, optionCount - 1, random, strict);
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

function namesIn(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => text.match(/[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?/gu) ?? []));
}

/** Options that say that it fails are of little use beside each other. */
function fewErrors(known: Outcome, outcomes: readonly Outcome[]): Outcome[] {
  const errors = outcomes.filter(({ kind }) => kind === "threw");
  const others = outcomes.filter(({ kind }) => kind !== "threw");
  return [...others.slice(0, 40), ...errors.slice(0, known.kind === "threw" ? 3 : 1)];
}

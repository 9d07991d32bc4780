import { balanced } from "../balance";
import type { Case, ExploredMutant } from "../explore";
import { lengthOf } from "../explore";
import { isSameOutcome, type Outcome } from "../sandbox";
import { inCode } from "../wording";
import {
  type Asked,
  call,
  type Draft,
  distinct,
  killersOf,
  optionCount,
  tellingCases,
  told,
  withAnswer,
} from "./asked";
import { followed, slip } from "./trace";

/** What comes out of a call; the other options are what nearly right functions give. */
export function predictResults(asked: Asked): Draft[] {
  return tellingCases(asked).flatMap(({ index, known, killers }) => {
    const prompt = `What does this call give?`;
    const draft = outcomeQuestion(asked, "predict-result", prompt, call(asked, known), index, killers);
    return draft ?? [];
  });
}

/**
 * What happens exactly where something changes: of two calls that differ in one number by one, the result of the first
 * is given, that of the second asked for.
 */
export function boundaries(asked: Asked): Draft[] {
  const { cases } = asked.exploration;
  const found: Draft[] = [];
  const order = asked.random.shuffled(cases.map((_, index) => index));
  for (const at of order) {
    for (const beside of order) {
      const [known, other] = [cases[at], cases[beside]] as [Case, Case];
      if (at === beside || isSameOutcome(known.outcome, other.outcome) || !isOneStep(known, other)) continue;
      const prompt = `${inCode(call(asked, other))} gives ${told(asked, other.outcome)}. What does this call give?`;
      const extra = [other.outcome];
      const draft = outcomeQuestion(
        asked,
        "boundary",
        prompt,
        call(asked, known),
        at,
        killersOf(asked.exploration, at),
        extra,
      );
      if (draft) found.push({ ...draft, inputs: [...draft.inputs, call(asked, other)] });
      break;
    }
  }
  return found;
}

const numbers = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g;

/** Whether two calls are the same but for one number, which is one more in one of them. */
function isOneStep(a: Case, b: Case): boolean {
  const [textA, textB] = [a.input.join("\n"), b.input.join("\n")];
  if (lengthOf(a.input) > 90 || textA.replace(numbers, "#") !== textB.replace(numbers, "#")) return false;
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
  code: string,
  index: number,
  killers: readonly ExploredMutant[],
  extra: readonly Outcome[] = [],
): Draft | undefined {
  const { exploration, random } = asked;
  const known = exploration.cases[index] as Case;
  const slips = killers.map(({ outcomes }) => outcomes[index] as Outcome);
  // What the function itself gives elsewhere keeps the right answer from being what all others are like.
  const elsewhere = exploration.cases.map(({ outcome }) => outcome);
  const byOthers = exploration.mutants.flatMap(({ outcomes }) => outcomes);
  const isOption = (outcome: Outcome) => outcome.kind !== "stopped" && !isSameOutcome(outcome, known.outcome);
  const near = distinct([...extra, ...random.shuffled(slips)].filter(isOption));
  if (near.length === 0) return undefined;
  const similar = distinct([...random.shuffled(elsewhere), ...random.shuffled(byOthers).slice(0, 40)].filter(isOption));
  const pool = distinct([...near.slice(0, 8), ...similar]).map((outcome) => told(asked, outcome));
  const right = told(asked, known.outcome);
  const wrong = balanced(
    right,
    [...new Set(pool)].filter((text) => text !== right),
    code,
    optionCount - 1,
    random,
  );
  // Where the wrong options are all from elsewhere, nobody needs to know the function closely.
  if (wrong.length < 2 || !near.some((outcome) => wrong.includes(told(asked, outcome)))) return undefined;
  const slipOf = (option: string) => killers.find(({ outcomes }) => told(asked, outcomes[index] as Outcome) === option);
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
    rulesOut: new Set(killers.map(({ mutant }) => mutant.change.start)).size,
  };
}

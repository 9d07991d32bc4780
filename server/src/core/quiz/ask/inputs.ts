import { lineAt, lineStartsOf } from "../../base/text";
import { balanced } from "../balance";
import type { Case, Exploration, ExploredMutant } from "../explore";
import { lengthOf, outcomeKey } from "../explore";
import { isSameOutcome, type Outcome } from "../sandbox";
import { inCode } from "../wording";
import { type Asked, call, type Draft, gives, optionCount, type TellingCase, tellingCases, withAnswer } from "./asked";
import { type SharedObject, sharedObject } from "./sharedObject";
import { followed, slip } from "./trace";

/** Which of several calls gives a result; the others give it in nearly right functions, or are nearly the same calls. */
export function* whichInputs(asked: Asked): Iterable<Draft> {
  for (const telling of tellingCases(asked)) {
    const draft = whichInput(asked, telling);
    if (draft) yield draft;
  }
}

/** Whether somebody would choose a case who does not know better. */
type Tempts = (exploration: Exploration, known: Case, other: Case) => boolean;

const temptsBySlip: Tempts = ({ cases, mutants }, known, other) => {
  const key = outcomeKey(known.outcome);
  const index = cases.indexOf(other);
  return mutants.some(({ outcomes }) => outcomes[index] && outcomeKey(outcomes[index]) === key);
};

/** The same call but for one argument. */
const isNearlySame: Tempts = (_, { input }, { input: other }) =>
  input.length === other.length && input.filter((argument, i) => argument !== other[i]).length === 1;

function whichInput(asked: Asked, { known, weight }: TellingCase): Draft | undefined {
  const { exploration, random, tolerance, withoutSlips } = asked;
  const isTempting = withoutSlips ? isNearlySame : temptsBySlip;
  const key = outcomeKey(known.outcome);
  const right = call(asked, known);
  const others = exploration.cases.filter(({ outcome }) => outcomeKey(outcome) !== key);
  const tempting = others.filter((other) => isTempting(exploration, known, other));
  if (tempting.length === 0) return undefined;
  const pool = likeFirst([...new Set([...random.shuffled(tempting), ...random.shuffled(others)])], known);
  const prompt = `Which call ${gives(asked, known.outcome)}?`;
  const texts = pool.map((other) => call(asked, other)).filter((text) => text !== right);
  const wrong = balanced(right, texts, prompt, { count: optionCount - 1, random, tolerance });
  if (wrong.length === 0) return undefined;
  const given = pool.filter((other) => wrong.includes(call(asked, other)));
  const shared = sharedObject(exploration.program, [known, ...given]);
  const why = [
    followed(asked, known),
    given.map((other) => `- ${inCode(call(asked, other))} ${gives(asked, other.outcome)}.`).join("\n"),
  ].join("\n\n");
  const code = shared && { code: shared.line };
  return draftOf(asked, { kind: "which-input", prompt, ...code, why }, right, wrong, weight, shared);
}

/** Two versions of a line, and which call tells them apart. */
export function* spotChanges(asked: Asked): Iterable<Draft> {
  const { cases, mutants } = asked.exploration;
  const readable = median(cases.map(({ input }) => lengthOf(input)));
  for (const explored of asked.random.shuffled(mutants)) {
    const differs = cases.map(({ outcome }, i) => {
      const other = explored.outcomes[i];
      return other !== undefined && other.kind !== "stopped" && !isSameOutcome(other, outcome);
    });
    const telling = cases.filter((_, i) => differs[i]);
    const same = cases.filter(
      (_, i) => explored.outcomes[i] && isSameOutcome(explored.outcomes[i], (cases[i] as Case).outcome),
    );
    const versions = isOwn(asked, explored) ? versionsOf(asked, explored) : undefined;
    // As readable as the others, lest its length tells.
    const short = telling.filter((each) => lengthOf(each.input) <= readable);
    const known = asked.random.pick(short.length > 0 ? short : telling);
    if (!versions || !known || same.length < optionCount - 1) continue;
    const right = call(asked, known);
    const longest = Math.max(readable, lengthOf(known.input));
    const others = same.filter((each) => lengthOf(each.input) <= longest);
    const texts = likeFirst(asked.random.shuffled(others), known).map((other) => call(asked, other));
    const prompt = "Somebody changes one line of this function. Which call shows it?";
    const shown = `${prompt} ${versions}`;
    const wrong = balanced(right, [...new Set(texts)], shown, {
      count: optionCount - 1,
      random: asked.random,
      tolerance: asked.tolerance,
    });
    if (wrong.length === 0) continue;
    const changed = explored.outcomes[cases.indexOf(known)] as Outcome;
    const given = same.filter((each) => wrong.includes(call(asked, each)));
    const shared = sharedObject(asked.exploration.program, [known, ...given]);
    const where = shared ? `${prompt.slice(0, -1)}, with ${inCode(shared.line)}?` : prompt;
    const why = `${followed(asked, known)}\n\n${capitalized(slip(asked, explored))} it ${gives(asked, changed)}. The other calls give the same either way.`;
    yield draftOf(asked, { kind: "spot-change", prompt: where, why, code: versions }, right, wrong, 0, shared);
  }
}

/** As long as another one, so that its length does not tell it. */
function likeFirst(cases: readonly Case[], { input }: Case): Case[] {
  const isLike = (other: Case) => Math.abs(lengthOf(other.input) - lengthOf(input)) <= lengthOf(input) / 8;
  return [...cases.filter(isLike), ...cases.filter((other) => !isLike(other))];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Whether it is a change of the function itself, and not of what it calls. */
function isOwn({ exploration }: Asked, { mutant }: ExploredMutant): boolean {
  const { start, end } = exploration.program.span;
  return mutant.changes.every((change) => change.start >= start && change.end <= end);
}

/** The line as it is and as it would be. */
function versionsOf(asked: Asked, { mutant }: ExploredMutant): string | undefined {
  const { source } = asked.exploration.program;
  const [change] = mutant.changes;
  if (!change) return undefined;
  const { start, end, text } = change;
  const starts = lineStartsOf(source);
  const line = lineAt(starts, start);
  if (lineAt(starts, end) !== line || text.includes("\n")) return undefined;
  const [from, to] = [starts[line] as number, starts[line + 1] ?? source.length];
  const before = source.slice(from, to).trim();
  const after = `${source.slice(from, start)}${text}${source.slice(end, to)}`.trim();
  return before.length > 120 ? undefined : `- ${before}\n+ ${after}`;
}

function draftOf(
  asked: Asked,
  question: { kind: "which-input" | "spot-change"; prompt: string; why: string; code?: string },
  right: string,
  wrong: readonly string[],
  weight: number,
  shared: SharedObject | undefined,
): Draft {
  const shown = (text: string) => inCode(shared?.named(text) ?? text);
  return {
    question: { ...question, ...withAnswer(asked.random, shown(right), wrong.map(shown)) },
    inputs: [right],
    weight,
  };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

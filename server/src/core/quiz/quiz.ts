import { createHash } from "node:crypto";
import { Random } from "../base/random";
import type { Asked, Draft } from "./ask/asked";
import { spotChanges, whichInputs } from "./ask/inputs";
import { boundaries, predictResults } from "./ask/predict";
import { slip } from "./ask/trace";
import type { Exploration, ExploredMutant } from "./explore";
import type { Question, QuestionKind } from "./question";

/** A quiz is long enough to mean something and short enough to be taken. */
export const questionCount = { least: 4, most: 6 } as const;

/** What a quiz asks about one function. */
export interface Subject {
  path: string;
  symbol: string;
  parameters: readonly string[];
}

/** More of them nobody reads. */
const maxUnnoticed = 3;

/** What the tests of a function would not notice, as Markdown: ``with `<` for `<=` in line 12``. */
export function unnoticedSlips(exploration: Exploration, unnoticed: readonly ExploredMutant[]): string[] {
  const slips = unnoticed.map((mutant) => slip({ exploration }, mutant));
  return [...new Set(slips)].slice(0, maxUnnoticed);
}

/** Questions answered by running the function, the most telling first, of as many kinds as there are. */
export function askByRunning(subject: Subject, exploration: Exploration, seed: number): Question[] {
  const { program } = exploration;
  const sourceLines = program.source.split(/\r\n|\r|\n/);
  const asked: Asked = {
    exploration,
    symbol: subject.symbol,
    parameters: subject.parameters,
    lineText: (line) => sourceLines[line] ?? "",
    random: new Random(seed),
    tolerance: 0,
    withoutSlips: false,
  };
  const makers: Record<Exclude<QuestionKind, "facts">, (asked: Asked) => Iterable<Draft>> = {
    "predict-result": predictResults,
    boundary: boundaries,
    "spot-change": spotChanges,
    "which-input": whichInputs,
  };
  const taken: Draft[] = [];
  for (const effort of efforts) {
    if (taken.length >= questionCount.least) break;
    take(
      taken,
      Object.values(makers).map((make) => make({ ...asked, ...effort })),
    );
  }
  return placed(taken, asked.random).map((draft) => ({ id: idOf(subject, draft), ...draft.question }));
}

/** What is tried where there are too few questions yet. Better one whose answer stands out a little than none. */
const efforts: readonly Pick<Asked, "tolerance" | "withoutSlips">[] = [
  { tolerance: 0.1, withoutSlips: false },
  { tolerance: 0.1, withoutSlips: true },
  { tolerance: 0.2, withoutSlips: false },
  { tolerance: 0.2, withoutSlips: true },
];

/** With the answers in every place equally often, as far as that goes, among the questions with so many options. */
function placed(drafts: readonly Draft[], random: Random): Draft[] {
  const usedOf = new Map<number, number[]>();
  return drafts.map((draft) => {
    const { options, answer } = draft.question;
    const used = usedOf.get(options.length) ?? [];
    usedOf.set(options.length, used);
    const least = Math.min(...options.map((_, place) => used[place] ?? 0));
    const places = options.flatMap((_, place) => ((used[place] ?? 0) === least ? [place] : []));
    const place = random.pick(places) ?? answer;
    used[place] = (used[place] ?? 0) + 1;
    const others = options.filter((_, i) => i !== answer);
    const reordered = [...others.slice(0, place), options[answer] as string, ...others.slice(place)];
    return { ...draft, question: { ...draft.question, options: reordered, answer: place } };
  });
}

/** One of each kind in turn, none that another one gives away. Questions take time to make: no more than are asked. */
function take(taken: Draft[], byKind: readonly Iterable<Draft>[]): void {
  const given = new Set(taken.flatMap(({ inputs }) => inputs));
  const isNew = (draft: Draft) =>
    !draft.inputs.some((input) => given.has(input)) && taken.filter((other) => isAlike(draft, other)).length < 2;
  let queues = byKind.map((drafts) => drafts[Symbol.iterator]());
  while (taken.length < questionCount.most && queues.length > 0) {
    queues = queues.filter((queue) => {
      if (taken.length === questionCount.most) return false;
      const draft = next(queue, isNew);
      if (!draft) return false;
      for (const input of draft.inputs) given.add(input);
      taken.push(draft);
      return true;
    });
  }
}

function next<T>(items: Iterator<T>, isWanted: (item: T) => boolean): T | undefined {
  for (let step = items.next(); !step.done; step = items.next()) if (isWanted(step.value)) return step.value;
  return undefined;
}

/** The same options with the same one right say the same, and so does the same kind of result or the same change. */
function isAlike({ question: a }: Draft, { question: b }: Draft): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "which-input") return withoutNumbers(a.prompt) === withoutNumbers(b.prompt);
  if (a.kind === "spot-change") return a.code === b.code;
  return (
    a.options[a.answer] === b.options[b.answer] &&
    a.options.length === b.options.length &&
    a.options.every((option) => b.options.includes(option))
  );
}

/** A number alone is a result of its own. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<!`-?)\b\d+(?:\.\d+)?\b(?!`)/g, "#");
}

function idOf({ path, symbol }: Subject, { question }: Draft): string {
  const text = JSON.stringify([path, symbol, question.kind, question.prompt, question.code, question.options]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

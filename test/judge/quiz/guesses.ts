import { lures, seen, valuesBy } from "../../../server/src/core/quiz/balance";
import type { Question, QuestionKind } from "../../../server/src/core/quiz/question";

/** A question, and which function it is about. */
export interface GuessedQuestion extends Question {
  about: string;
}

/** A way to choose an option without the code: the chance it gives each. */
interface Strategy {
  name: string;
  choose(question: Question): readonly number[];
}

/** The most options a question has. */
const places = 4;

/** By the place of an option when all are ordered by a lure: 0 is the highest value, `places - 1` the lowest. */
function byPlace(lure: (typeof lures)[number], place: number): Strategy {
  const isLast = place === places - 1;
  return {
    name: place === 0 ? `most ${lure.name}` : isLast ? `least ${lure.name}` : `${place + 1}. ${lure.name}`,
    choose: ({ prompt, code = "", options }) => {
      const shown = seen(`${prompt} ${code}`);
      const values = valuesBy(
        lure,
        options.map((option) => seen(option)),
        shown,
      ).map((value) => Math.round(value * 1e9) / 1e9);
      const at = isLast ? options.length - 1 : Math.min(place, options.length - 2);
      const wanted = values.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0))[at];
      const count = values.filter((value) => value === wanted).length;
      return values.map((value) => (value === wanted ? 1 / count : 0));
    },
  };
}

const strategies: readonly Strategy[] = [
  { name: "first", choose: ({ options }) => options.map((_, i) => (i === 0 ? 1 : 0)) },
  { name: "last", choose: ({ options }) => options.map((_, i) => (i === options.length - 1 ? 1 : 0)) },
  ...lures.flatMap((lure) => Array.from({ length: places }, (_, place) => byPlace(lure, place))),
];

const kinds: readonly QuestionKind[] = ["predict-result", "boundary", "which-input", "spot-change"];

/** How often each strategy hits beside chance, by kind, and what the best one of each kind gets on other functions. */
export function guessTable(questions: readonly GuessedQuestion[]): string[] {
  const groups: [string, readonly GuessedQuestion[]][] = [
    ["all", questions],
    ...kinds.map((kind): [string, readonly GuessedQuestion[]] => [
      kind,
      questions.filter((each) => each.kind === kind),
    ]),
  ];
  const cell = (text: string) => text.padStart(16);
  const won = new Map(
    questions.map((question) => [question, strategies.map(({ choose }) => choose(question)[question.answer] ?? 0)]),
  );
  const hits = (strategy: number, asked: readonly Question[]) =>
    asked.reduce((sum, question) => sum + (won.get(question as GuessedQuestion)?.[strategy] ?? 0), 0);
  const row = (name: string, of: (asked: readonly GuessedQuestion[]) => number) =>
    name.padEnd(44) + groups.map(([, asked]) => cell(percent(of(asked), asked.length))).join("");
  const functions = [...new Set(questions.map(({ about }) => about))];
  const firstHalf = new Set(functions.filter((_, i) => i % 2 === 0));
  const best = (asked: readonly Question[]) =>
    strategies.reduce((found, _, i) => (hits(i, asked) > hits(found, asked) ? i : found), 0);
  return [
    "guessing".padEnd(44) + groups.map(([name]) => cell(name)).join(""),
    "questions".padEnd(44) + groups.map(([, asked]) => cell(String(asked.length))).join(""),
    row("chance", (asked) => asked.reduce((sum, { options }) => sum + 1 / options.length, 0)),
    ...strategies.map(({ name }, i) => row(name, (asked) => hits(i, asked))),
    row("best of one half of the functions, on the other", (asked) =>
      kinds.reduce((sum, kind) => {
        const own = asked.filter((each) => each.kind === kind);
        const a = own.filter(({ about }) => firstHalf.has(about));
        const b = own.filter(({ about }) => !firstHalf.has(about));
        return sum + hits(best(a), b) + hits(best(b), a);
      }, 0),
    ),
  ];
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`;
}

import { lures } from "../../../server/src/core/quiz/balance";
import type { Question, QuestionKind } from "../../../server/src/core/quiz/question";

/** A way to choose an option without the code: the chance it gives each. */
interface Strategy {
  name: string;
  choose(question: Question): readonly number[];
}

const names = ["longest", "most like the others", "most like the question", "number nearest to the question's"];

const byValue = (name: string, value: (question: Question, option: string) => number): Strategy => ({
  name,
  choose: (question) => {
    const values = question.options.map((option) => value(question, option));
    const best = Math.max(...values);
    return values.map((each) => (each === best ? 1 / values.filter((other) => other === best).length : 0));
  },
});

const shownBy = ({ prompt, code = "" }: Question) => `${prompt} ${code}`;

const strategies: readonly Strategy[] = [
  { name: "first", choose: ({ options }) => options.map((_, i) => (i === 0 ? 1 : 0)) },
  { name: "last", choose: ({ options }) => options.map((_, i) => (i === options.length - 1 ? 1 : 0)) },
  ...lures.flatMap((lure, i) => [
    byValue(names[i] as string, (question, option) => lure(option, question.options, shownBy(question))),
    byValue(`not ${names[i]}`, (question, option) => -lure(option, question.options, shownBy(question))),
  ]),
  byValue("most often shown", ({ options }, option) => prefixesShared(option, options)),
];

/** How many characters it begins with as others do. */
function prefixesShared(option: string, options: readonly string[]): number {
  return options.reduce((sum, other) => {
    let i = 0;
    while (other !== option && i < option.length && option[i] === other[i]) i++;
    return sum + i;
  }, 0);
}

const kinds: readonly QuestionKind[] = ["predict-result", "boundary", "which-input", "spot-change"];

/** How often each strategy hits beside chance, by kind, and what the best one of each kind gets on other questions. */
export function guessTable(questions: readonly Question[]): string[] {
  const groups: [string, readonly Question[]][] = [
    ["all", questions],
    ...kinds.map((kind): [string, readonly Question[]] => [kind, questions.filter((each) => each.kind === kind)]),
  ];
  const cell = (text: string) => text.padStart(16);
  const hits = (strategy: Strategy, asked: readonly Question[]) =>
    asked.reduce((sum, question) => sum + (strategy.choose(question)[question.answer] ?? 0), 0);
  const row = (name: string, of: (asked: readonly Question[]) => number) =>
    name.padEnd(36) + groups.map(([, asked]) => cell(percent(of(asked), asked.length))).join("");
  return [
    "guessing".padEnd(36) + groups.map(([name]) => cell(name)).join(""),
    "questions".padEnd(36) + groups.map(([, asked]) => cell(String(asked.length))).join(""),
    row("chance", (asked) => asked.reduce((sum, { options }) => sum + 1 / options.length, 0)),
    ...strategies.map((strategy) => row(strategy.name, (asked) => hits(strategy, asked))),
    row("best of one half, on the other", (asked) => {
      const halves = [0, 1].map((half) => asked.filter((_, i) => i % 2 === half)) as [Question[], Question[]];
      const best = (of: readonly Question[]) =>
        strategies.reduce((a, b) => (hits(b, of) > hits(a, of) ? b : a), strategies[0] as Strategy);
      return kinds.reduce((sum, kind) => {
        const [a, b] = halves.map((half) => half.filter((each) => each.kind === kind)) as [Question[], Question[]];
        return sum + hits(best(a), b) + hits(best(b), a);
      }, 0);
    }),
  ];
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`;
}

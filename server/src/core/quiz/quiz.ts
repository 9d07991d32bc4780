import { createHash } from "node:crypto";
import { Random } from "../base/random";
import type { Asked, Draft } from "./ask/asked";
import { spotChanges, whichInputs } from "./ask/inputs";
import { boundaries, predictResults } from "./ask/predict";
import type { Exploration } from "./explore";
import type { Question, QuestionKind } from "./question";

/** A quiz is long enough to mean something and short enough to be taken. */
export const questionCount = { least: 4, most: 6 } as const;

/** What a quiz asks about one function. */
export interface Subject {
  path: string;
  symbol: string;
  parameters: readonly string[];
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
  };
  const makers: Record<Exclude<QuestionKind, "facts">, (asked: Asked) => Draft[]> = {
    "predict-result": predictResults,
    boundary: boundaries,
    "spot-change": spotChanges,
    "which-input": whichInputs,
  };
  const byKind = Object.values(makers).map((make) => make(asked));
  return chosen(byKind).map((draft) => ({ id: idOf(subject, draft), ...draft.question }));
}

/** One of each kind in turn, none that another one gives away. */
function chosen(byKind: readonly Draft[][]): Draft[] {
  const taken: Draft[] = [];
  const given = new Set<string>();
  const queues = byKind.map((drafts) => [...drafts]);
  while (taken.length < questionCount.most && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const isNew = ({ inputs }: Draft) => !inputs.some((input) => given.has(input));
      const next = queue.findIndex(
        (draft) => isNew(draft) && taken.filter((other) => isAlike(draft, other)).length < 2,
      );
      if (next < 0) {
        queue.length = 0;
        continue;
      }
      const [draft] = queue.splice(0, next + 1).slice(-1) as [Draft];
      for (const input of draft.inputs) given.add(input);
      taken.push(draft);
      if (taken.length === questionCount.most) break;
    }
  }
  return taken;
}

/** The same options with the same one right say the same. */
function isAlike({ question: a }: Draft, { question: b }: Draft): boolean {
  return (
    a.kind === b.kind &&
    a.options[a.answer] === b.options[b.answer] &&
    a.options.length === b.options.length &&
    a.options.every((option) => b.options.includes(option))
  );
}

function idOf({ path, symbol }: Subject, { question }: Draft): string {
  const text = JSON.stringify([path, symbol, question.kind, question.prompt, question.code, question.options]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

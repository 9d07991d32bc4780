import type { Check } from "../../check";
import { type CheckForm, checkForms } from "../form";
import type { Captures } from "../pattern";
import { scopeOfTail } from "../tail";
import type { Sentence } from "../tokens";

/** How long files and functions may be, and how many parameters they take. */
export const sizeForms: readonly CheckForm[] = sizes();

function sizes(): CheckForm[] {
  const build =
    (of: "file" | "function" | "parameters") =>
    ({ numbers, rest }: Captures, following: readonly Sentence[]): Check | undefined => {
      const max = numbers.max;
      const scope = scopeOfTail(rest.tail, following);
      return max !== undefined && max > 0 && scope ? { form: "size-limit", of, max, ...scope } : undefined;
    };
  const lines = "<#max> lines|loc of? code? max|maximum|long|or? less|fewer?";
  const kinds = [
    { of: "file" as const, words: "file|files|module|modules" },
    { of: "function" as const, words: "function|functions|method|methods" },
  ];
  const parameters = "<#max> parameters|params|arguments|args max|maximum|or? less|fewer?";
  return [
    ...kinds.flatMap(({ of, words }) =>
      checkForms(
        [
          `keep all|each|every|individual|source? ${words} sizes? small|short|focused? and? short|focused? (|,|:|—? {limit?} ${lines} <*tail>`,
          `all|each|every|no|individual? ${words} must|should|can|may? not|never|always? have|stay|are|is|be? {limit?} ${lines} <*tail>`,
          `${words} :|(|— {limit?} ${lines} <*tail>`,
          `max|maximum ${words} length|size? :|of|is? ${lines} <*tail>`,
          `{limit} ${lines} per|in|for a|each|every? ${words} <*tail>`,
          `${lines} per ${words} max|maximum? <*tail>`,
          `limit all|each|every? ${words} length|size? {limit?} ${lines} <*tail>`,
          `{not} exceed ${lines} per|in a|any? ${words} <*tail>`,
          `{not} {use?} ${words} with|over|above|exceeding {limit?} ${lines} <*tail>`,
          `{not} {use?} ${words} {limit} ${lines} <*tail>`,
        ],
        build(of),
      ),
    ),
    ...checkForms(
      [
        `{limit?} ${parameters} per function|method <*tail>`,
        `functions|methods must|should|may? not|never? have|take|accept? {limit?} ${parameters} <*tail>`,
        `{not} more than ${parameters} <*tail>`,
        `limit|keep functions|methods|function|method? {limit?} ${parameters} <*tail>`,
        `max|maximum ${parameters} <*tail>`,
      ],
      build("parameters"),
    ),
  ];
}

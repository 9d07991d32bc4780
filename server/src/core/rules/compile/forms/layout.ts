import type { Check, Layout } from "../../check";
import { type CheckForm, checkForms } from "../form";
import type { Captures } from "../pattern";
import { readTail } from "../tail";
import type { Sentence } from "../tokens";

type Demand = Omit<Layout, "form" | "scope">;

const spaces = "<#width> spaces|space?";
const indentation = "indentation|indent|indents|indenting|tabs?";
const length = "line length|lengths|width|limit";
const characters = "<#max> characters|character|chars|char|columns|cols?";

/** How text is laid out: indentation, the length of lines, the end of files. */
export const layoutForms: readonly CheckForm[] = [
  ...laidOut(
    [
      `{useit} ${spaces} for|of|as indentation|indenting|indent <*tail>`,
      `{useit} ${spaces} ${indentation} <*tail>`,
      `{useit} ${spaces} per indentation? level <*tail>`,
      `${spaces} for|of|as indentation|indenting <*tail>`,
      `${spaces} indentation|indent|indents <*tail>`,
      `indentation|indent :|is|—|(|→ {useit?} ${spaces} <*tail>`,
      `indent|indents|indented code|files? with|by|using ${spaces} <*tail>`,
      `maintain proper indentation ( use? ${spaces} for each level of indentation )`,
    ],
    ({ numbers: { width } }) => (width !== undefined && width <= 8 ? { indent: "spaces", width } : undefined),
  ),
  ...laidOut(
    [
      "{useit} tabs for indentation <*tail>",
      "indent with tabs <*tail>",
      "indentation :|is tabs <*tail>",
      "tabs for indentation <*tail>",
    ],
    () => ({ indent: "tabs" }),
  ),
  ...laidOut(
    ["{useit} spaces for indentation <*tail>", "indent with spaces <*tail>", "{not} use? tabs for indentation <*tail>"],
    () => ({ indent: "spaces" }),
  ),
  ...laidOut(
    [
      `max|maximum ${length} :|is|of|=|—? {limit?} ${characters} <*tail>`,
      `${length} :|is|of|=|—|→? max|maximum? {limit?} ${characters} max|maximum? <*tail>`,
      `${length} is? capped|limited|restricted at|to ${characters} <*tail>`,
      `${length} must|should not exceed ${characters} <*tail>`,
      `keep all? lines {limit} ${characters} <*tail>`,
      `ensure|make? sure? no? lines do|must|should not exceed ${characters} <*tail>`,
      `lines must|should|may|can not exceed|be {limit?} ${characters} <*tail>`,
      `lines must|should? be? {limit} ${characters} <*tail>`,
      `limit lines|line length? to ${characters} <*tail>`,
      `limit all lines to ${characters} <*tail>`,
      `{not} exceed ${characters} per line <*tail>`,
      `{limit?} ${characters} per line <*tail>`,
      `{limit?} ${characters} ${length} <*tail>`,
      `{useit} a? {limit?} ${characters} ${length} <*tail>`,
      `no lines|line longer|over than? ${characters} <*tail>`,
      `wrap lines|code at ${characters} <*tail>`,
    ],
    ({ numbers: { max } }) => (max !== undefined && max >= 60 && max <= 400 ? { maxLine: max } : undefined),
  ),
  ...laidOut(
    [
      "all|every|each? source? files|file must|should|shall always? end with|in a|one? single|trailing|final? new? newline|line at? the? end? <*tail>",
      "end all|every|each? files|file with a? single|trailing|final? newline <*tail>",
      "always? include|add|keep a|one single|trailing|final? newline at the? end of each|every|all? files|file <*tail>",
    ],
    () => ({ finalNewline: true }),
  ),
];

function laidOut(patterns: readonly string[], demandOf: (captures: Captures) => Demand | undefined): CheckForm[] {
  return checkForms(patterns, (captures, following): Check | undefined => {
    const demand = demandOf(captures);
    const tail = readTail(withoutRival(captures.rest.tail ?? []), following);
    if (demand === undefined || tail === undefined || tail.inside !== undefined || tail.outside !== undefined)
      return undefined;
    return { form: "layout", ...demand, ...(Object.keys(tail.scope).length > 0 && { scope: tail.scope }) };
  });
}

/** ", not tabs": what is meant anyway. */
function withoutRival(tail: Sentence): Sentence {
  const at = tail.findIndex(
    ({ text }, i) =>
      /^(?:not|no|never|over|instead)$/.test(text) && /^(?:tabs|spaces|of)$/.test(tail[i + 1]?.text ?? ""),
  );
  if (at < 0) return tail;
  const from = tail[at - 1]?.kind === "mark" ? at - 1 : at;
  const end = tail[at + 1]?.text === "of" ? at + 3 : at + 2;
  return [...tail.slice(0, from), ...tail.slice(tail[from]?.text === "(" && tail[end]?.text === ")" ? end + 1 : end)];
}

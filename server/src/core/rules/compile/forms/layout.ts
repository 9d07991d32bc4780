import type { LanguageId } from "../../../model/facts";
import type { Check, Layout } from "../../check";
import { type CheckForm, checkForms, readForms } from "../form";
import type { Captures } from "../pattern";
import { restricts } from "../restricts";
import { readTail } from "../tail";
import { type Sentence, sentenceText, type Token } from "../tokens";

type Demand = Omit<Layout, "form" | "scope">;

const spaces = "<#width> spaces|space?";
const indentation = "indentation|indent|indents|indenting|tabs|tab";
const length = "line length|lengths|width|limit";
const characters = "<#max> characters|character|chars|char|columns|cols?";

const quoteForms = (["single", "double"] as const).flatMap((quotes) =>
  laidOut(
    [
      `{useit} ${quotes} quotes for|in|around? all|string|js|jsx|javascript|typescript|python? strings|literals|code? <*tail>`,
      `${quotes} quotes for|in? all|string? strings|literals? <*tail>`,
      `${quotes}-quotes for? strings? <*tail>`,
      `quotes :|→|— {useit?} ${quotes} quotes? <*tail>`,
      `strings must|should? use|are|in|have ${quotes} quotes <*tail>`,
    ],
    () => ({ quotes }),
  ),
);

const semicolonForms = [
  ...laidOut(
    [
      "{useit} semicolons <*tail>",
      "semicolons required|always|mandatory <*tail>",
      "semicolons are|is required|mandatory <*tail>",
      "semicolons :|— always|yes|required <*tail>",
      "always? end|terminate statements with semicolons|a semicolon? <*tail>",
      "always? include|add semicolons <*tail>",
    ],
    () => ({ semicolons: "always" }),
  ),
  ...laidOut(
    ["{not} :? {use?} semicolons <*tail>", "semicolons :|— no|never|none <*tail>", "omit semicolons <*tail>"],
    () => ({
      semicolons: "never",
    }),
  ),
];

/** How text is laid out: indentation, the length of lines, the end of files. */
const singleForms: readonly CheckForm[] = [
  ...laidOut(
    [
      `{useit} ${spaces} for|of|as indentation|indenting|indent <*tail>`,
      `{useit} ${spaces} ${indentation} <*tail>`,
      `{useit} ${spaces} per indentation? level <*tail>`,
      `${spaces} for|of|as indentation|indenting <*tail>`,
      `${spaces} indentation|indent|indents <*tail>`,
      "<#width> spaces",
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
      `stay|keep|remain within|under|below ${characters} <*tail>`,
      `follow|use pep|pep8|pep-8 8? style|guidelines|conventions? with|and|,|(|; a? max|maximum? ${length} of|:? ${characters} <*tail>`,
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
  ...quoteForms,
  ...semicolonForms,
];

/** What formatters and guides do whatever they are told: a part of what it means to follow them. */
const FORMATTERS: readonly { called: readonly string[]; layout: Demand; language: LanguageId }[] = [
  { called: ["gofmt", "goimports", "gofumpt"], layout: { indent: "tabs" }, language: "go" },
  { called: ["pep 8", "pep8", "pep-8"], layout: { indent: "spaces", width: 4 }, language: "python" },
  {
    called: ["google java style", "google java format", "google-java-format"],
    layout: { indent: "spaces", width: 2, maxLine: 100 },
    language: "java",
  },
];

/** "Code is formatted with `gofmt`", "Follow PEP 8" */
function formatterForms(): CheckForm[] {
  return FORMATTERS.flatMap(({ called, layout, language }) => {
    const isIt = (said: string) => called.some((name) => said === name || said.startsWith(`${name} `));
    const check: Check = { form: "layout", ...layout, scope: { languages: [language] } };
    const build = ({ rest }: Captures) => {
      const tail = rest.tail ?? [];
      // "`goimports` for the order of imports"
      if (tail.some(({ text }) => /^imports?$/.test(text))) return undefined;
      // "(4 spaces, 120 characters)": what the project says of it.
      const own = severalIn(tail[0]?.text === "(" ? tail.slice(1, -1) : []);
      if (own !== undefined) return { ...check, ...own, scope: { languages: [language] } };
      return isExempted(tail) ? undefined : check;
    };
    return [
      ...checkForms(
        called.flatMap((name) => FORMATTED.map((pattern) => pattern.replace("<tool>", name))),
        build,
      ),
      ...checkForms(FORMATTED, (captures) => {
        const tools = captures.names.tool?.texts.flatMap((text) => text.split(/[/+]/)) ?? [];
        return tools.some((tool) => isIt(tool.trim().toLowerCase())) ? build(captures) : undefined;
      }),
    ];
  });
}

const FORMATTED = [
  "{useit} <tool> <*tail>",
  "follow|adhere|conform|format|run|apply the|to|code|files|with|go|all|your|standard|official|rigid|strict? code|files|with|to|the|go? with|using|through? <tool> <*tail>",
  "follow standard|official? go|python|java? formatting|style|conventions ( <tool> <*tail>",
  "<tool> style|compliance|compliant|formatting|for <*tail>",
  "<tool> and|, <other> is|are the? formatter|formatters <*tail>",
  "<+what> must|should? be? is|are? formatted|format|formatting by|with|using|: <tool> <*tail>",
];

/** Whether what follows changes the layout: "except for line length", "(AOSP)"; or is about something else. */
function isExempted(tail: Sentence): boolean {
  return restricts(tail) || tail.some(({ text }) => /^(?:aosp|length|width|characters|naming|names)$/.test(text));
}

/** How text is laid out. */
export const layoutForms: readonly CheckForm[] = [...singleForms, ...formatterForms(), ...severalAtOnce()];

/** "2 spaces, single quotes, semicolons": what is understood of a list that is all about layout. */
function severalAtOnce(): CheckForm[] {
  return checkForms(["<*tail>"], ({ rest }) => severalIn(withoutFormatter(rest.tail ?? [])));
}

function severalIn(list: Sentence): Layout | undefined {
  const items = itemsOf(list);
  if (items.length < 2 || items.length > MAX_ITEMS || !items.every((item) => LAYOUT.test(sentenceText(item))))
    return undefined;
  const found = items.flatMap((item) => readForms(singleForms, item) ?? []).filter((check) => check.form === "layout");
  if (found.length === 0) return undefined;
  const whole = Object.assign({}, ...found) as Layout;
  // Who speaks of semicolons speaks of the languages that can do without.
  return whole.semicolons && !whole.scope ? { ...whole, scope: { languages: ["typescript", "javascript"] } } : whole;
}

const MAX_ITEMS = 8;
/** Words with which people speak of layout alone. */
const LAYOUT =
  /^(?:use |with |no |stay |keep |within |under )*(?:[\w-]+ )?(?:\d+[ -])?(?:spaces?|tabs?|indent(?:ation)?|semicolons?|(?:single|double)[- ]quotes|trailing commas?|lf line endings?|line endings?|line (?:width|length).{0,20}|print width.{0,10}|\d+[ -](?:char(?:acter)?s?|columns?)(?: lines?| width| line (?:width|length|limit))?|utf-8|final newlines?)(?: (?:indentation|indents?|required|always|for strings|everywhere|in js|in jsx))?$/;

/** "Prettier with 2 spaces", "Follow the formatter: 2 spaces", "Biome (tabs)": past what says who sees to it. */
function withoutFormatter(sentence: Sentence): Sentence {
  const at = sentence.findIndex(({ text }) => /^(?:[:(—]|with)$/.test(text));
  const label = sentence.slice(0, Math.max(at, 0));
  return at > 0 && at <= MAX_LABEL && label.some(({ text }) => FORMATTING.test(text))
    ? sentence.slice(at + 1)
    : sentence;
}

const MAX_LABEL = 5;
const FORMATTING =
  /^(?:format(?:ting|ter|ted)?|style|prettier|biome|black|ruff|eslint|dprint|editorconfig|layout|indentation|pep|pep8)$/;

function itemsOf(sentence: Sentence): Sentence[] {
  const items: Token[][] = [[]];
  for (const token of sentence) {
    if (/^(?:[,;()]|and)$/.test(token.text) && token.kind !== "code") items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

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
      /^(?:not|no|never|over|instead)$/.test(text) &&
      /^(?:tabs|spaces|of|single|double|single-quotes|double-quotes)$/.test(tail[i + 1]?.text ?? ""),
  );
  if (at < 0) return tail;
  const from = tail[at - 1]?.kind === "mark" ? at - 1 : at;
  const said = tail[at + 1]?.text === "of" ? at + 3 : at + 2;
  const end = tail[said]?.text === "quotes" ? said + 1 : said;
  return [...tail.slice(0, from), ...tail.slice(tail[from]?.text === "(" && tail[end]?.text === ")" ? end + 1 : end)];
}

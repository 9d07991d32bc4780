import type { CodeScope, DeclarationKind, Naming } from "../../check";
import { phraseText, type Sentence, wordsOf } from "../tokens";

export type Style = NonNullable<Naming["style"]>;

/** What people call the styles, in small letters and without what joins the words. */
const STYLES: ReadonlyMap<string, Style> = new Map(
  Object.entries<string>({
    camelCase: "camelcase lowercamelcase",
    PascalCase: "pascalcase uppercamelcase capwords capitalizedcamelcase",
    snake_case: "snakecase lowersnakecase lowercasesnakecase lowercasewithunderscores lowerwithunder",
    "kebab-case": "kebabcase dashcase lowercasewithhyphens lowerkebabcase lowercasekebabcase hyphencase",
    SCREAMING_SNAKE_CASE:
      "screamingsnakecase uppersnakecase uppercase allcaps constantcase uppersnake uppercasewithunderscores capswithunder uppercasesnakecase macrocase screamingsnake",
  }).flatMap(([style, words]) => words.split(" ").map((word) => [word, style as Style] as const)),
);

function styleCalled(text: string): Style | undefined {
  if (text === "CamelCase") return "PascalCase";
  return STYLES.get(text.toLowerCase().replace(/[\s_-]/g, ""));
}

/** A style as a code span shows it: `kebab-case`, `PascalCase.tsx`, `kebab-case.test.ts`. */
export function styleOfCode(text: string): { style: Style; scope?: CodeScope } | undefined {
  const [, word = "", extension] =
    /^([A-Za-z_-]+?)((?:\.[\w-]+)*\.(?:[jt]sx?|[cm][jt]s|py|go|java|vue|svelte))?$/.exec(text) ?? [];
  const style = styleCalled(word);
  return style && { style, ...(extension !== undefined && { scope: { paths: [`**/*${extension}`] } }) };
}

/** "PascalCase (`TidePier.tsx`)": the files whose names an example shows. */
export function filesShown(rest: Sentence): string[] | undefined {
  const example = rest.find(({ kind }) => kind === "code")?.text ?? "";
  const extension = /^[A-Za-z][\w-]*(\.(?:[jt]sx|vue|svelte))$/.exec(example)?.[1];
  return extension === undefined ? undefined : [`**/*${extension}`];
}

/** A style in words: "camel case", "upper snake case naming". */
export function styleOf(phrase: Sentence | undefined): Style | undefined {
  if (phrase === undefined || phrase.length > MAX_STYLE_WORDS) return undefined;
  const text = phraseText(phrase);
  return styleCalled(text) ?? styleCalled(text.replace(/ (?:naming|style|convention|names?)$/, ""));
}

/** "lower case with underscores naming" */
const MAX_STYLE_WORDS = 5;

/** No language has names with hyphens: such a rule is about files, pages or styles. */
export function canHave({ kind }: DeclarationKind, style: Style): boolean {
  return style !== "kebab-case" || kind.endsWith("file");
}

/** Where a sentence names a style, and which. */
export interface NamedStyle {
  style: Style;
  scope?: CodeScope;
  start: number;
  end: number;
}

const MAX_WORDS = 3;

/** The styles that a sentence names, in their order; none overlaps another. */
export function stylesIn(sentence: Sentence): NamedStyle[] {
  const found: NamedStyle[] = [];
  for (let start = 0; start < sentence.length; start++) {
    const token = sentence[start];
    if (token?.kind === "code") {
      const named = styleOfCode(token.text);
      if (named) found.push({ ...named, start, end: start + 1 });
      continue;
    }
    for (let end = Math.min(sentence.length, start + MAX_WORDS); end > start; end--) {
      const words = sentence.slice(start, end);
      const style = words.every(({ kind }) => kind === "word") ? styleCalled(wordsOf(words)) : undefined;
      if (style === undefined) continue;
      found.push({ style, start, end });
      start = end - 1;
      break;
    }
  }
  return found;
}

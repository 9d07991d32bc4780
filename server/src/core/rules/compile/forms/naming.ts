import type { LanguageId } from "../../../model/facts";
import type { Check, CodeScope, DeclarationKind, Naming } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import type { Captures } from "../pattern";
import { folderOfRole, namesOfRole, placeOfWords } from "../place";
import { scopeOfTail } from "../tail";
import { phraseText, type Sentence, type Token } from "../tokens";
import { each, SUBJECTS } from "./subjects";

type Style = NonNullable<Naming["style"]>;

const STYLES: ReadonlyMap<string, Style> = new Map(
  Object.entries<readonly string[]>({
    camelCase: ["camelcase", "camel case", "camel-case", "lowercamelcase", "lower camel case", "lower camelcase"],
    PascalCase: [
      "pascalcase",
      "pascal case",
      "pascal-case",
      "uppercamelcase",
      "upper camel case",
      "upper camelcase",
      "capwords",
    ],
    snake_case: [
      "snake_case",
      "snake case",
      "snake-case",
      "snakecase",
      "lower_snake_case",
      "lower snake case",
      "lowercase_with_underscores",
    ],
    "kebab-case": [
      "kebab-case",
      "kebab case",
      "kebabcase",
      "dash-case",
      "lowercase-with-hyphens",
      "lower-kebab-case",
      "lowercase kebab-case",
    ],
    SCREAMING_SNAKE_CASE: [
      "screaming_snake_case",
      "screaming snake case",
      "upper_snake_case",
      "upper snake case",
      "upper_case",
      "upper case",
      "uppercase",
      "all_caps",
      "all caps",
      "constant_case",
      "upper_snake",
      "uppercase_with_underscores",
      "uppercase snake_case",
      "upper-snake-case",
    ],
  }).flatMap(([style, words]) => words.map((word) => [word, style as Style] as const)),
);

interface NamedSubject {
  subject: DeclarationKind;
  scope?: CodeScope;
}

/** "files", "Python files", "TypeScript constants". */
function subjectOf(phrase: Sentence | undefined): NamedSubject | undefined {
  const text = phraseText(phrase);
  const subject = SUBJECTS.get(text);
  if (subject !== undefined) return { subject };
  const [, first = "", others = ""] = /^(\S+) (.+)$/.exec(text) ?? [];
  const place = placeOfWords(`${first} code`);
  const rest = SUBJECTS.get(others);
  if (rest === undefined) return undefined;
  if (first === "exported" || first === "public") return { subject: { ...rest, exported: true } };
  return place?.scope.languages && { subject: rest, scope: { languages: place.scope.languages } };
}

/** "Components: `PascalCase.tsx`": the files of that kind in their folder. */
function partOf(phrase: Sentence | undefined, scope: CodeScope | undefined): NamedSubject | undefined {
  const folder = folderOfRole(phraseText(phrase));
  const [pattern] = scope?.paths ?? [];
  if (folder === undefined || pattern === undefined) return undefined;
  return { subject: { kind: "file" }, scope: { paths: [`**/${folder}/${pattern}`] } };
}

/** A style as a code span shows it: `kebab-case`, `PascalCase.tsx`, `kebab-case.test.ts`. */
function styleOfCode(text: string): { style: Style; scope?: CodeScope } | undefined {
  const [, word = "", extension] =
    /^([A-Za-z_-]+?)((?:\.[\w-]+)*\.(?:[jt]sx?|[cm][jt]s|py|go|java|vue|svelte))?$/.exec(text) ?? [];
  const style = STYLES.get(word.toLowerCase());
  return style && { style, ...(extension !== undefined && { scope: { paths: [`**/*${extension}`] } }) };
}

function naming(): CheckForm[] {
  const build = (
    { rest }: Captures,
    following: readonly Sentence[],
    said: { style: Style; scope?: CodeScope } | undefined,
  ): Check | undefined => {
    const subject = subjectOf(rest.subject) ?? (said && partOf(rest.subject, said.scope));
    const tail = otherStyles(rest.tail ?? []) ? {} : scopeOfTail(rest.tail, following);
    if (subject === undefined || said === undefined || tail === undefined) return undefined;
    const scope: CodeScope = { ...said.scope, ...subject.scope, ...tail.scope };
    return {
      form: "naming",
      subject: subject.subject,
      style: said.style,
      ...(Object.keys(scope).length > 0 && { scope }),
    };
  };
  const inWords = ({ rest }: Captures) => {
    const style = styleOf(rest.style);
    return style && { style };
  };
  return [
    ...checkForms(
      [
        "{useit?} <+style> for the? all? <+subject> <*tail>",
        "<+subject> :|→|—|( {useit?} <+style> <*tail>",
        "<+subject> must|should always? use|be|follow named? written? in? <+style> <*tail>",
        "<+subject> use|are|is|in named? written? in? <+style> <*tail>",
        "name|names|write the? all? <+subject> in|using|with <+style> <*tail>",
        "<+style> <+subject> <*tail>",
        "<+style> (|:|→|— <+subject> <*tail>",
      ],
      (captures, following) => build(captures, following, inWords(captures)),
    ),
    ...checkForms(
      ["{useit?} <+other> for the? <+first> ,|and|; and? <+style> for the? all? <+subject> <*tail>"],
      (captures, following) => {
        const isNaming = styleOf(captures.rest.other) !== undefined && subjectOf(captures.rest.first) === undefined;
        return isNaming ? build(captures, following, inWords(captures)) : undefined;
      },
    ),
    ...checkForms(
      [
        "{useit?} <style> for the? all? <+subject> <*tail>",
        "<+subject> :|→|—|( {useit?} <style> <*tail>",
        "<+subject> must|should always? use|be|follow named? written? in? <style> <*tail>",
        "<+subject> use|are|is|in named? written? in? <style> <*tail>",
        "name|names|write the? all? <+subject> in|using|with <style> <*tail>",
        "<style> <+subject> <*tail>",
      ],
      (captures, following) => {
        const [only, ...more] = captures.names.style?.texts ?? [];
        return only === undefined || more.length > 0 ? undefined : build(captures, following, styleOfCode(only));
      },
    ),
    ...checkForms(
      [
        "prefix|prefixed all? custom? <+subject> with <affix> <*tail>",
        "<+subject> must|should? be? are|is? prefixed with|by <affix> <*tail>",
        "<+subject> must|should? always? start|starts|begin|begins with <affix> <*tail>",
        "<+subject> names? must|should? always? start|starts|begin|begins with <affix> <*tail>",
        "<+subject> must|should use|have the? <affix> prefix <*tail>",
        "<+subject> use|have|: the|a? <affix> prefix <*tail>",
        "{useit} the|a|an? <affix> prefix for|on all? <+subject> <*tail>",
      ],
      (captures, following) => affixed(captures, following, "prefix"),
    ),
    ...checkForms(
      [
        "suffix|suffixed all? <+subject> with <affix> <*tail>",
        "<+subject> must|should? be? are|is? suffixed with|by <affix> <*tail>",
        "<+subject> names? must|should? always? end|ends in|with <affix> <*tail>",
        "<+subject> must|should always? be named <affix> <*tail>",
        "<+subject> must|should use|have|follow the? <affix> suffix|pattern|extension|naming|convention convention|pattern? <*tail>",
        "<+subject> use|uses|have|follow|are the|named|called? <affix> suffix|pattern|extension|naming|convention? convention|pattern|files? <*tail>",
        "<+subject> :|→|— {useit?} <affix> suffix|pattern|extension? <*tail>",
        "name|names <+subject> <affix> <*tail>",
        "name <+subject> with the? <affix> suffix|extension <*tail>",
        "{useit} the|a|an? <affix> suffix|extension|pattern|naming for|on all? <+subject> <*tail>",
        "test file name|naming convention|pattern is? :|→|? <affix> <*tail>",
      ],
      (captures, following) => affixed(captures, following, "suffix"),
    ),
  ];
}

/** "Tests live in `tests/`". */
function locations(): CheckForm[] {
  return checkForms(
    [
      "all|unit|new? tests|test files|file? must|should? live|lives|go|goes|belong|belongs|be|are|is placed|located|stored|kept|put? only? in|inside|under <paths> <*tail>",
      "put|place|keep|write|store all|unit|new? tests|test files|file? in|inside|under <paths> <*tail>",
    ],
    ({ names, rest }, following) => {
      const paths = names.paths?.texts ?? [];
      const scope = scopeOfTail(rest.tail, following);
      if (scope === undefined || paths.length === 0 || !paths.every((path) => isPath(path) && /\/$|\*/.test(path)))
        return undefined;
      return { form: "naming", subject: { kind: "test-file" }, paths, ...scope };
    },
  );
}

/** ", PascalCase for classes": more of the same, of which a check takes the first. */
function otherStyles(tail: Sentence): boolean {
  const [mark, ...rest] = tail;
  if (mark === undefined || !/^(?:,|;|—|and)$/.test(mark.text)) return false;
  const clauses = clausesOf(rest);
  return (
    clauses.some(hasStyle) &&
    clauses.every((clause) => hasStyle(clause) || isExample(clause)) &&
    !rest.some(restrictsNaming)
  );
}

function clausesOf(sentence: Sentence): Sentence[] {
  const clauses: Token[][] = [[]];
  for (const token of sentence) {
    if (/^[,;—]$/.test(token.text)) clauses.push([]);
    else clauses.at(-1)?.push(token);
  }
  return clauses.filter((clause) => clause.length > 0);
}

function hasStyle(clause: Sentence): boolean {
  return clause.some((token, i) => {
    const two = `${token.text} ${clause[i + 1]?.text}`.toLowerCase();
    return STYLES.has(token.text.toLowerCase()) || STYLES.has(two);
  });
}

/** "`TideTable`" */
function isExample(clause: Sentence): boolean {
  return clause.every(({ kind, text }) => kind === "code" || /^(?:e\.g|[()])$/.test(text));
}

function restrictsNaming({ text }: Token): boolean {
  return /^(?:unless|except|when|if|only|not|never|without)$/.test(text);
}

const AFFIX_SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...Object.fromEntries(SUBJECTS),
    ...each(["test functions", "test methods", "test names", "test function names"], { kind: "test" }),
    ...each(["hooks", "custom hooks", "react hooks", "hook names", "custom react hooks"], { kind: "hook" }),
    ...each(["tests", "all tests", "unit tests"], { kind: "test" }),
  }),
);

function affixed(
  { names, rest }: Captures,
  following: readonly Sentence[],
  place: "prefix" | "suffix",
): Check | undefined {
  const [affix = "", ...more] = names.affix?.texts ?? [];
  const given =
    rest.subject === undefined ? { kind: "test-file" as const } : AFFIX_SUBJECTS.get(phraseText(rest.subject));
  const isFile = affix.includes(".");
  const subject = given?.kind === "test" && isFile ? { kind: "test-file" as const } : given;
  const beside = isFile ? besideOnly(rest.tail ?? []) : undefined;
  const scope = beside ?? scopeOfTail(rest.tail, following);
  if (subject === undefined || more.length > 0 || scope === undefined) return undefined;
  if (isFile && subject.kind !== "file" && subject.kind !== "test-file") return undefined;
  if (!isFile && (subject.kind === "file" || subject.kind === "test-file") && !/_/.test(affix)) return undefined;
  const [, begin, extension] = /^["']?(test_)(?:\*|<\w+>|\{\w+\}|[a-z]\w*)?(\.py)?["']?$/.exec(affix) ?? [];
  if (place === "suffix" && subject.kind === "test-file" && begin !== undefined) {
    const whole = { ...scope.scope, ...(extension && { languages: ["python" as const] }) };
    return { form: "naming", subject, prefix: begin, ...(Object.keys(whole).length > 0 && { scope: whole }) };
  }
  const [, text] =
    (place === "prefix"
      ? /^["']?([\w.-]+)\*?["']?$/
      : /^["']?(?:\*\*\/)?(?:\*|<[\w-]+>|\{[\w-]+\}|\[[\w-]+\])?([._-]?[\w.-]+)["']?$/
    ).exec(affix) ?? [];
  // `UserCard.test.tsx` is an example; only what stands after its name is meant.
  const [, ending] = /^[A-Za-z]\w*?((?:[._-](?:test|spec|tests))\.\w+)$/.exec(text ?? "") ?? [];
  const wanted = subject.kind === "test-file" && place === "suffix" ? (ending ?? text) : text;
  if (wanted === undefined || (isFile && place === "suffix" && !/^[._-]/.test(wanted))) return undefined;
  const [, fileType] = isFile && place === "suffix" ? (/(\.\w+)$/.exec(wanted) ?? []) : [];
  const languages = LANGUAGE_OF_EXTENSION.get(fileType ?? "");
  const whole = { ...(languages && { languages }), ...scope.scope };
  return { form: "naming", subject, [place]: wanted, ...(Object.keys(whole).length > 0 && { scope: whole }) };
}

/** `.test.ts` says nothing of tests in Python. */
const LANGUAGE_OF_EXTENSION: ReadonlyMap<string, LanguageId[]> = new Map(
  Object.entries<LanguageId[]>({
    ".go": ["go"],
    ".py": ["python"],
    ".java": ["java"],
    ".ts": ["typescript"],
    ".js": ["javascript"],
  }),
);

/** "alongside the source files": where they are goes with it, and what they are called is a rule of its own. */
function besideOnly(tail: Sentence): Record<string, never> | undefined {
  const text = tail.map(({ text }) => text).join(" ");
  return /^(?:files? )?(?:, |\( )?(?:co-located |colocated |placed |located )?(?:alongside|next to|beside|with|in the same (?:directory|folder|package) as)(?: the)?(?: source| implementation| production| code| component| tested)*(?: files?| code| modules?| they test| implementation| source)?(?: \))?$/.test(
    text,
  )
    ? {}
    : undefined;
}

function styleOf(phrase: Sentence | undefined): Style | undefined {
  const text = phraseText(phrase).replace(/^lowercase (?=kebab|snake)/, "");
  return STYLES.get(text) ?? STYLES.get(text.replace(/ (?:naming|style|convention|names?)$/, ""));
}

/** How things are called, and where tests are. */
/** "Don't use the `Impl` suffix" */
function avoided(): CheckForm[] {
  const build =
    (place: "prefix" | "suffix") =>
    ({ names, rest }: Captures, following: readonly Sentence[]): Check | undefined => {
      const affixes = names.affix?.texts ?? [];
      const tail = scopeOfTail(withoutPurpose(rest.tail ?? []), following);
      const words = phraseText(rest.subject ?? rest.for);
      const subject = AVOIDING_SUBJECTS.get(words) ?? AFFIX_SUBJECTS.get(words);
      const areAffixes = affixes.length > 0 && affixes.every((text) => /^[*-]?[A-Za-z_]\w*[*-]?$/.test(text));
      if (!areAffixes || tail === undefined || subject === undefined) return undefined;
      const bare = affixes.map((text) => text.replace(/^[*-]|[*-]$/g, ""));
      const avoid = bare.map((text) => (place === "prefix" ? `${text}*` : `*${text}`));
      // pytest finds tests by that name.
      const languages = subject.kind === "test" && bare.includes("test_") ? NOT_PYTHON : undefined;
      const scope: CodeScope = { ...(languages && { languages: [...languages] }), ...tail.scope };
      return { form: "naming", subject, avoid, ...(Object.keys(scope).length > 0 && { scope }) };
    };
  return (["prefix", "suffix"] as const).flatMap((place) => {
    const word = place === "prefix" ? "prefix|prefixes" : "suffix|suffixes";
    return checkForms(
      [
        `{not} {use} <affix> ${word} for|on|in|with <+for> <*tail>`,
        `{not} :? ${word} <+subject> with <affix> <*tail>`,
        `no|avoid <affix> ${word} for|on|in <+for> <*tail>`,
        `<+subject> {mustnot} be? ${place === "prefix" ? "start|begin|prefixed" : "end|suffixed"} with|in <affix> <*tail>`,
        `<+subject> {mustnot} have|use|carry the? <affix> ${word} <*tail>`,
      ],
      build(place),
    );
  });
}

const NOT_PYTHON: readonly LanguageId[] = ["go", "typescript", "javascript", "java"];

/** ": `Store()`, not `GetStore()`": examples. */
function withoutPurpose(tail: Sentence): Sentence {
  return tail[0]?.text === ":" ? [] : tail;
}

const AVOIDING_SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...each(["implementations", "types", "structs", "classes", "type names", "class names"], { kind: "type" }),
    ...each(["interfaces", "interface names"], { kind: "interface" }),
    ...each(["tests", "test names", "test functions"], { kind: "test" }),
  }),
);

const PARTS_IN =
  "must|should? live|lives|go|goes|belong|belongs|be|are|is placed|located|stored|kept|put|defined? only? in|inside|under";

/** "Keep stores in `app/stores/`": files that go by what they are. */
function partsIn(): CheckForm[] {
  return checkForms(
    [
      `all|new? <+part> ${PARTS_IN} <paths> <*tail>`,
      "put|place|keep|store|create all|new|any? <+part> in|inside|under <paths> <*tail>",
      "<+part> : in|inside|under? <paths> <*tail>",
    ],
    ({ names, rest }, following) => {
      const paths = names.paths?.texts ?? [];
      const patterns = namesOfRole(phraseText(rest.part));
      const tail = scopeOfTail(rest.tail, following);
      if (patterns === undefined || tail === undefined || paths.length === 0) return undefined;
      if (!paths.every((path) => isPath(path) && /\/$|\*/.test(path))) return undefined;
      return { form: "naming", subject: { kind: "file", names: patterns }, paths, ...tail };
    },
  );
}

/** "Controllers: named `[Entity]Controller`": types in files of that part. */
function partsNamed(): CheckForm[] {
  return checkForms(
    [
      "<+part> : named|name? <affix> <*tail>",
      "<+part> must|should|are|is always? be? named|end|ends|suffixed in|with|as? <affix> <*tail>",
      "name <+part> <affix> <*tail>",
    ],
    ({ names, rest }) => {
      const [text = "", ...more] = names.affix?.texts ?? [];
      const folder = folderOfRole(phraseText(rest.part));
      const [, suffix] = /^(?:\*|\[\w+\]|<\w+>|\{\w+\}|Xxx|-)?([A-Z][a-z]\w*)$/.exec(text) ?? [];
      const isExample = (rest.tail ?? []).every(
        ({ kind, text: word }) => kind === "code" || /^(?:\(|\)|,|e\.g|—|or)$/.test(word),
      );
      if (folder === undefined || suffix === undefined || more.length > 0 || !isExample) return undefined;
      if (text === suffix && !folder.includes(suffix.toLowerCase())) return undefined;
      return { form: "naming", subject: { kind: "class" }, suffix, scope: { paths: [`**/${folder}/**`] } };
    },
  );
}

export const namingForms: readonly CheckForm[] = [
  ...naming(),
  ...locations(),
  ...avoided(),
  ...partsIn(),
  ...partsNamed(),
];

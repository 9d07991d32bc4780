import type { LanguageId } from "../../../model/facts";
import type { Check, CodeScope } from "../../check";
import type { Piece } from "../../markdown";
import { isPath } from "../../names";
import { type CheckForm, checkForms, readForms } from "../form";
import type { Captures } from "../pattern";
import { folderOfRole } from "../place";
import { scopeOfTail } from "../tail";
import { phraseText, type Sentence, type Token, wordsOf } from "../tokens";
import { affixSubject, avoidedNameForms } from "./avoidedNames";
import { isExample, placedParts, testLocations } from "./locations";
import { namingStatementForms, styledNames } from "./namingStatements";
import { canHave, filesShown, type Style, styleOf, styleOfCode, stylesIn } from "./styles";
import { type NamedSubject, subjectOfWords } from "./subjects";

/** "files", "Python files", "TypeScript constants". */
function subjectOf(phrase: Sentence | undefined): NamedSubject | undefined {
  return subjectOfWords(phraseText(phrase));
}

/** "Components: `PascalCase.tsx`": the files of that kind in their folder. */
function partOf(phrase: Sentence | undefined, paths: readonly string[] = []): NamedSubject | undefined {
  const folder = folderOfRole(phraseText(phrase));
  const [pattern] = paths;
  if (folder === undefined || pattern === undefined) return undefined;
  return { subject: { kind: "file" }, scope: { paths: [`**/${folder}/${pattern}`] } };
}

function naming(): CheckForm[] {
  const build = (
    { names, rest }: Captures,
    following: readonly Sentence[],
    said: { style: Style; scope?: CodeScope } | undefined,
  ): Check | undefined => {
    if (names.place && !names.place.texts.every(isPath)) return undefined;
    const place = names.place && { paths: names.place.texts };
    const files = said?.scope?.paths ?? filesShown(rest.tail ?? []);
    const subject = said && (partOf(rest.subject, files) ?? subjectOf(rest.subject));
    if (said === undefined || subject === undefined || !canHave(subject.subject, said.style)) return undefined;
    const left = withoutExamples(rest.tail ?? []);
    const tail = otherStyles(left) ? {} : scopeOfTail(left, following);
    if (tail === undefined) return undefined;
    const scope: CodeScope = { ...said.scope, ...subject.scope, ...tail.scope, ...place };
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
        "<+subject> in|under|inside <place> must|should always? use|be|follow named? written? in? <+style> <*tail>",
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
        "all|every|each? <+subject> in|under|inside|from|of <place> files|file|code? must|should|have? always? be? prefixed|start|starts|begin|begins|with with|by? the|a? <affix> prefix? <*tail>",
        "all|every|each? <+subject> in|under|inside|from|of a|an|the|any? <place> files|file|code? must|should always? carry|carries|have|has|use|uses the|a? <affix> ( <+note> ) or <other> ( <+note2> ) prefix <*tail>",
        "all|every|each? <+subject> in|under|inside|from|of a|an|the|any? <place> files|file|code? must|should always? carry|carries|have|has|use|uses the|a? <affix> prefix <*tail>",
      ],
      (captures, following) => affixed(captures, following, "prefix"),
    ),
    ...checkForms(
      [
        "suffix|suffixed all? <+subject> with <affix> <*tail>",
        "<+subject> must|should? be? are|is? suffixed with|by <affix> <*tail>",
        "<+subject> names? must|should? always? end|ends in|with <affix> <*tail>",
        "<+subject> must|should use|have the? <affix> suffix <*tail>",
        "name <+subject> with the? <affix> suffix|extension <*tail>",
        "{useit} the|a|an? <affix> suffix for|on all? <+subject> <*tail>",
      ],
      (captures, following) => affixed(captures, following, "suffix"),
    ),
    ...checkForms(
      [
        "<+subject> must|should always? be named <affix> <*tail>",
        "<+subject> must|should use|have|follow the? <affix> suffix|pattern|extension|naming|convention convention|pattern? <*tail>",
        "<+subject> use|uses|have|follow|are the|named|called? <affix> suffix|pattern|extension|naming|convention? convention|pattern|files? <*tail>",
        "<+subject> :|→|— {useit?} <affix> suffix|pattern|extension? <*tail>",
        "name|names <+subject> <affix> <*tail>",
        "{useit} the|a|an? <affix> suffix|extension|pattern|naming for|on all? <+subject> <*tail>",
        "test file name|naming convention|pattern is? :|→|? <affix> <*tail>",
      ],
      (captures, following) => {
        if (captures.names.affix?.texts.some(isOneName)) return undefined;
        return affixed(captures, following, captures.names.affix?.texts.every(isTemplate) ? "prefix" : "suffix");
      },
    ),
  ];
}

/** "The function must be named `LoadTide`", "Type: `record`": one function or one word, and no ending of all. */
function isOneName(affix: string): boolean {
  return /^(?:[A-Z][a-z]+[A-Z]\w*|[a-z][a-z\d]*)$/.test(affix);
}

/** `test_<unit>_<case>`, `should_X_when_Y`, `useX`: names that begin alike, of functions and types. */
function isTemplate(affix: string): boolean {
  return TEMPLATE.test(affix) && !affix.includes(".");
}

const TEMPLATE = /^((?:[A-Za-z][a-z]*_)+|[a-z]{2,6}|Test)(?:[<{[][\w -]+[>}\]]|X(?:xx|XX)?(?![a-z])|\*).*$/;

/** What a rule says and stands under, as far as it shows whose names are meant. */
interface NamingPlace {
  pieces: readonly Piece[];
  titles: readonly string[];
  path: string;
}

/** Names of tables, pages or branches; or of the files of one folder: "Charts live in `charts/`. File names are ...". */
export function namesOtherThings(check: Check, { pieces, titles, path }: NamingPlace): boolean {
  if (check.form !== "naming") return false;
  // How rules are written down: `cursor-rules.mdc`.
  if (check.subject.kind === "file" && /(?:^|\/)(?:cursor[-_])?rules?\.mdc$/.test(path)) return true;
  if (check.style !== undefined && titles.slice(-2).some((title) => OTHER_NAMES.test(title))) return true;
  return (
    check.subject.kind === "file" &&
    check.style !== undefined &&
    check.scope?.paths === undefined &&
    pieces.some(({ text, code }) => code && text.endsWith("/") && isPath(text))
  );
}

const OTHER_NAMES =
  /\b(?:database|tables?|columns?|sql|schemas?|graphql|css|scss|styles?heets?|tailwind|json|yaml|urls?|endpoints?|rest api|env(?:ironment)?|branch|branches|proto(?:buf)?|terraform|docker|kubernetes|events?|metrics?|translations?|i18n|assets?|images?|docs|documentation)\b/i;

/** ", PascalCase for classes": more of the same, of which a check takes the first. */
function otherStyles(tail: Sentence): boolean {
  const [mark, ...rest] = tail;
  if (mark === undefined || !/^(?:,|;|—|and)$/.test(mark.text)) return false;
  const clauses = clausesOf(rest);
  return (
    clauses.some((clause) => hasStyle(clause) || namesFiles(clause)) &&
    clauses.every((clause) => hasStyle(clause) || isExample(clause) || namesFiles(clause)) &&
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

/** "tests are `*.test.ts`" */
function namesFiles(clause: Sentence): boolean {
  return clause.some(({ kind, text }) => kind === "code" && /^(?:\*|<\w+>|\{\w+\})?[._-]\w[\w.]*$/.test(text));
}

function hasStyle(clause: Sentence): boolean {
  return stylesIn(clause).length > 0;
}

/** "(e.g. `TideTable`, `Berth`)" */
function withoutExamples(tail: Sentence): Sentence {
  const open = tail[0]?.text === "(" ? 1 : 0;
  const end = tail.findIndex((token, i) => i >= open && !(token.kind === "code" || EXEMPLIFYING.test(token.text)));
  const examples = end < 0 ? tail : tail.slice(0, end);
  if (!examples.some(({ kind }) => kind === "code")) return tail;
  if (open === 0) return end < 0 ? [] : tail;
  return tail[end]?.text === ")" ? tail.slice(end + 1) : tail;
}

const EXEMPLIFYING = /^(?:e\.g|eg|i\.e|for|example|examples|like|such|as|and|or|→|[,:—/])$/;

function restrictsNaming({ text }: Token): boolean {
  return /^(?:unless|except|when|if|only|not|never|without)$/.test(text);
}

function affixed(
  { names, rest }: Captures,
  following: readonly Sentence[],
  place: "prefix" | "suffix",
): Check | undefined {
  const affixes = [...(names.affix?.texts ?? []), ...(names.other?.texts ?? [])];
  // "`Quay` or `quay`" is one, of names in both styles.
  const [affix = "", ...more] =
    place === "prefix" && new Set(affixes.map((text) => text.toLowerCase())).size === 1
      ? affixes.toSorted().slice(0, 1)
      : affixes;
  const within = names.place?.texts;
  if (within && !within.every(isPath)) return undefined;
  const said = phraseText(rest.subject);
  const isOfTestClasses = place === "suffix" && /^(?:unit |integration )?test class(?:es| names?)?$/.test(said);
  const given = isOfTestClasses
    ? { kind: "class" as const }
    : said === ""
      ? { kind: "test-file" as const }
      : affixSubject(said);
  const isFile = affix.includes(".");
  const subject = given?.kind === "test" && isFile ? { kind: "test-file" as const } : given;
  const beside = isFile ? besideOnly(rest.tail ?? []) : undefined;
  const scope = beside ?? scopeOfTail(rest.tail, following);
  if (subject === undefined || subject.async || more.length > 0 || scope === undefined) return undefined;
  if (isFile && subject.kind !== "file" && subject.kind !== "test-file") return undefined;
  if (!isFile && (subject.kind === "file" || subject.kind === "test-file") && !/_/.test(affix)) return undefined;
  const [, begin, extension] = /^["']?(test_)(?:\*|<\w+>|\{\w+\}|[a-z]\w*)?(\.py)?["']?$/.exec(affix) ?? [];
  if (place === "suffix" && subject.kind === "test-file" && begin !== undefined) {
    const whole = { ...scope.scope, ...(extension && { languages: ["python" as const] }) };
    return { form: "naming", subject, prefix: begin, ...(Object.keys(whole).length > 0 && { scope: whole }) };
  }
  const [, text] =
    (place === "prefix"
      ? /^["']?([\w.-]+?)(?:\*|Xxx|XXX|<[\w-]+>|\{[\w-]+\})?["']?$/
      : /^["']?(?:\*\*\/)?(?:\*|<[\w-]+>|\{[\w-]+\}|\[[\w-]+\])?([._-]?[\w.-]+)["']?$/
    ).exec(affix) ?? [];
  // `UserCard.test.tsx` is an example; only what stands after its name is meant.
  const [, ending] = /^[A-Za-z]\w*?((?:[._-](?:test|spec|tests))\.\w+)$/.exec(text ?? "") ?? [];
  const [, start] = (place === "prefix" && isTemplate(affix) && TEMPLATE.exec(affix)) || [];
  const wanted = start ?? (subject.kind === "test-file" && place === "suffix" ? (ending ?? text) : text);
  if (wanted === undefined || (isFile && place === "suffix" && !/^[._-]/.test(wanted))) return undefined;
  const [, fileType] = isFile && place === "suffix" ? (/(\.\w+)$/.exec(wanted) ?? []) : [];
  const languages = LANGUAGE_OF_EXTENSION.get(fileType ?? "");
  const whole = {
    ...(languages && { languages }),
    ...(isOfTestClasses && { tests: true }),
    ...scope.scope,
    ...(within && { paths: within }),
  };
  // "-er" is what a name of code ends in without the hyphen.
  const written = isFile ? wanted : wanted.replace(/^-(?=[a-z]+$)|(?<=^[a-z]+)-$/, "");
  return { form: "naming", subject, [place]: written, ...(Object.keys(whole).length > 0 && { scope: whole }) };
}

/** `.test.ts` says nothing of tests in Python. */
const LANGUAGE_OF_EXTENSION: ReadonlyMap<string, LanguageId[]> = new Map(
  Object.entries<LanguageId[]>({
    ".go": ["go"],
    ".py": ["python"],
    ".java": ["java"],
    ".ts": ["typescript"],
    ".tsx": ["typescript"],
    ".js": ["javascript"],
    ".jsx": ["javascript", "typescript"],
  }),
);

/** "alongside the source files": where they are goes with it, and what they are called is a rule of its own. */
function besideOnly(tail: Sentence): Record<string, never> | undefined {
  const text = wordsOf(tail);
  return /^(?:files? )?(?:, |\( )?(?:co-located |colocated |placed |located )?(?:alongside|next to|beside|with|in the same (?:directory|folder|package) as)(?: the)?(?: source| implementation| production| code| component| tested)*(?: files?| code| modules?| they test| implementation| source)?(?: \))?$/.test(
    text,
  )
    ? {}
    : undefined;
}

/** "Prefix interfaces with I": the letter stands there without a mark of code. */
function letterOfInterfaces(): CheckForm[] {
  return checkForms(
    [
      "prefix all? interfaces|interface names? with an|a|the|capital|uppercase|letter? i <*tail>",
      "all? interfaces|interface names? must|should|are|is? be? prefixed|start|starts|begin|begins with|by an|a|the|capital|uppercase|letter? i prefix? <*tail>",
      "{useit} an|a|the? i prefix for all? interfaces <*tail>",
    ],
    ({ rest }, following) => {
      const tail = isExample(rest.tail ?? []) ? {} : scopeOfTail(rest.tail, following);
      return tail && { form: "naming", subject: { kind: "interface" }, prefix: "I", ...tail };
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
      const left = withoutExamples(rest.tail ?? []);
      const isExample = left.length === 0 || (left[0]?.text === "(" && left[1]?.text === "e.g");
      if (folder === undefined || suffix === undefined || more.length > 0 || !isExample) return undefined;
      if (text === suffix && !folder.includes(suffix.toLowerCase())) return undefined;
      return { form: "naming", subject: { kind: "class" }, suffix, scope: { paths: [`**/${folder}/**`] } };
    },
  );
}

export const namingForms: readonly CheckForm[] = [
  ...namingStatementForms,
  ...naming(),
  ...testLocations,
  ...avoidedNameForms,
  ...letterOfInterfaces(),
  ...placedParts,
  ...partsNamed(),
];

const PLACE_TITLE = /^(?:location|where|place|path|folder|directory)s?$/i;

/** A row that sets what is named beside how, or what is placed beside where: "Files | kebab-case". */
export function namingCells(
  [subject, ...more]: readonly Sentence[],
  [how, right]: readonly [string, readonly Sentence[]],
): Check | undefined {
  const [said, ...following] = right;
  if (subject === undefined || more.length > 0 || said === undefined) return undefined;
  const sentence = [...subject, { kind: "mark" as const, text: ":" }, ...said];
  return PLACE_TITLE.test(how) ? readForms(placedParts, sentence, following) : styledNames(sentence, following);
}

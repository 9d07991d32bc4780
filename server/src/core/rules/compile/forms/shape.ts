import type { LanguageId } from "../../../model/facts";
import type { Check, CodeScope, DeclarationKind, Naming, RequiredCompanion } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import type { Captures } from "../pattern";
import { folderOfRole, placeOfPhrase, placeOfWords } from "../place";
import { readTail } from "../tail";
import type { Sentence, Token } from "../tokens";

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

const SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...each(
      [
        "function",
        "functions",
        "function names",
        "methods",
        "method names",
        "methods/functions",
        "functions and methods",
        "methods and functions",
        "functions and variables",
        "functions/variables",
        "variables and functions",
        "variables/functions",
        "function and variable names",
        "variable and function names",
        "functions/methods",
        "functions & methods",
        "functions & variables",
        "variables & functions",
        "methods and variables",
        "functions, methods",
        "functions/variables/methods",
        "methods, functions, and variables",
        "variables, functions, and methods",
        "variables, functions and methods",
        "functions, variables",
        "functions, methods, and variables",
        "functions, methods and variables",
        "variables, functions",
        "variable/function names",
        "function/variable names",
        "functions, variables, and methods",
        "variables, functions, methods",
        "functions, methods, variables",
      ],
      { kind: "function" },
    ),
    ...each(
      [
        "types",
        "type names",
        "types and interfaces",
        "interfaces and types",
        "types/interfaces",
        "interfaces/types",
        "classes and types",
        "types and classes",
        "classes/types",
        "types/classes",
        "classes, interfaces, and types",
        "classes, types, and interfaces",
        "classes, interfaces, types",
        "types, interfaces, classes",
        "types, interfaces, and enums",
        "interfaces, types, and enums",
        "classes, interfaces and types",
        "types, interfaces, and classes",
        "type aliases and interfaces",
        "classes, interfaces, and enums",
        "classes/interfaces/types",
        "types/interfaces/classes",
        "types/interfaces/enums",
        "classes/interfaces",
        "classes and interfaces",
        "classes, interfaces",
        "classes, enums",
        "types & interfaces",
        "interfaces & types",
      ],
      { kind: "type" },
    ),
    ...each(["class", "classes", "class names"], { kind: "class" }),
    ...each(["interface", "interfaces", "interface names"], { kind: "interface" }),
    ...each(["enum", "enums", "enum names", "enum types"], { kind: "enum" }),
    ...each(
      [
        "constants",
        "constant names",
        "module constants",
        "module-level constants",
        "global constants",
        "constant",
        "named constants",
        "constant variables",
      ],
      { kind: "constant" },
    ),
    ...each(
      [
        "file",
        "files",
        "file names",
        "filename",
        "filenames",
        "source files",
        "source file names",
        "file naming",
        "all files",
        "all file names",
        "file name",
        "new files",
        "files and folders",
        "files and directories",
        "files/folders",
        "file and folder names",
        "file and directory names",
        "filenames and directories",
        "directories and files",
        "module names",
        "modules and files",
        "files/modules",
      ],
      {
        kind: "file",
      },
    ),
    ...each(
      [
        "test files",
        "test file",
        "test file names",
        "unit test files",
        "tests files",
        "spec files",
        "test file naming",
        "test filenames",
      ],
      { kind: "test-file" },
    ),
  }),
);

function each(words: readonly string[], kind: DeclarationKind): Record<string, DeclarationKind> {
  return Object.fromEntries(words.map((word) => [word, kind]));
}

interface NamedSubject {
  subject: DeclarationKind;
  scope?: CodeScope;
}

/** "files", "Python files", "TypeScript constants". */
function subjectOf(phrase: Sentence | undefined): NamedSubject | undefined {
  const text = textOf(phrase);
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
  const folder = folderOfRole(textOf(phrase));
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
    const tail = otherStyles(rest.tail ?? []) ? {} : restScope(rest.tail, following);
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
      const scope = restScope(rest.tail, following);
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
  const given = rest.subject === undefined ? { kind: "test-file" as const } : AFFIX_SUBJECTS.get(textOf(rest.subject));
  const isFile = affix.includes(".");
  const subject = given?.kind === "test" && isFile ? { kind: "test-file" as const } : given;
  const beside = isFile ? besideOnly(rest.tail ?? []) : undefined;
  const scope = beside ?? restScope(rest.tail, following);
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
  const text = textOf(phrase).replace(/^lowercase (?=kebab|snake)/, "");
  return STYLES.get(text) ?? STYLES.get(text.replace(/ (?:naming|style|convention|names?)$/, ""));
}

function textOf(phrase: Sentence | undefined): string {
  return (phrase ?? [])
    .map(({ text }) => text)
    .join(" ")
    .replace(/ \/ /g, "/")
    .replace(/ ,/g, ",")
    .replace(/^the |^all /, "");
}

function sizes(): CheckForm[] {
  const build =
    (of: "file" | "function" | "parameters") =>
    ({ numbers, rest }: Captures, following: readonly Sentence[]): Check | undefined => {
      const max = numbers.max;
      const scope = restScope(rest.tail, following);
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

const COMPANIONS: readonly [string, RequiredCompanion["companion"]][] = [
  ["doc comment|comments", "doc-comment"],
  ["docstring|docstrings|jsdoc|tsdoc|godoc|javadoc|doc-comment comment|comments?", "doc-comment"],
  ["explicit? return type|types annotation|annotations?", "return-type"],
  ["type hints|annotations", "parameter-types"],
  ["unit? test|tests", "test"],
];

function companions(): CheckForm[] {
  const subject =
    "<+subject> must|should|need|needs|require|requires|has|have to? always? have|include|be? documented? with? a|an|its|their? corresponding|complete?";
  return COMPANIONS.flatMap(([words, companion]) =>
    checkForms(
      [
        `${subject} ${words} <*tail>`,
        `{useit?} a|an? ${words} for|on|to all|every|each <+all> <*tail>`,
        `add|write|include|provide|require a|an? ${words} for|on|to all|every|each <+all> <*tail>`,
        `${words} are|is? required|mandatory for|on all|every|each? <+all> <*tail>`,
        `all|every|each <+all> must|should|need|needs|require|requires|has|have to? always? have|include|be? a|an|its|their? ${words} <*tail>`,
        `document all|every <+all> with ${words} <*tail>`,
        ...(companion === "doc-comment"
          ? [
              "document all|every <+all>",
              "document all|every <+all> , <+second> , and <+third>",
              `document all|every <+all> using|in|via ${words} <*tail>`,
            ]
          : []),
        `${words} for|on all|every|each <+all> <*tail>`,
        `ensure|make sure? all|every|each? <+all> have|include a|an? ${words} <*tail>`,
      ],
      ({ rest }, following) => {
        const kind = COMPANION_SUBJECTS.get(textOf(rest.all ?? rest.subject));
        const scope = restScope(rest.tail, following);
        return kind && scope && { form: "required-companion", subject: kind, companion, ...scope };
      },
    ),
  );
}

/** "Use type hints": without a subject it means every function, of docstrings every public one. */
function unnamedSubjects(): CheckForm[] {
  const everywhere = "everywhere|throughout|consistently|always|extensively?";
  const build =
    (companion: RequiredCompanion["companion"], subject: DeclarationKind) =>
    ({ rest }: Captures, following: readonly Sentence[]): Check | undefined => {
      const scope = restScope(rest.tail, following);
      return (
        scope && { form: "required-companion", subject, companion, scope: { languages: ["python"], ...scope.scope } }
      );
    };
  return [
    ...checkForms(
      [
        `{useit} python? type hints|annotations ${everywhere} <*tail>`,
        `add|include|provide|require|write type hints|annotations ${everywhere} <*tail>`,
        `type hints|annotations are? required|mandatory|everywhere|always <*tail>`,
        "all|any code must|should have|use|include type hints|annotations <*tail>",
        `{useit} type hints|annotations for|on|in all? function|method? signatures|parameters|arguments and? return? values|types? <*tail>`,
        "ensure functions have descriptive names and include type hints",
      ],
      build("parameter-types", { kind: "function" }),
    ),
    ...checkForms(
      [
        "add|include|provide|write docstrings <*tail>",
        "add|include|provide|write docstrings following|in|with|using <+style> conventions|style|format? <*tail>",
      ],
      build("doc-comment", { kind: "function", exported: true }),
    ),
  ];
}

const COMPANION_SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...each(
      [
        "function",
        "functions",
        "methods",
        "functions and methods",
        "function signatures",
        "functions/methods",
        "method signatures",
      ],
      { kind: "function" },
    ),
    ...each(
      [
        "public functions",
        "exposed objects",
        "exported objects",
        "exported identifiers",
        "exported symbols",
        "public symbols",
        "public/exported functions",
        "exported/public functions",
        "exported functions",
        "public methods",
        "public function",
        "exported function",
        "public functions and methods",
        "public api",
        "public apis",
        "exported functions and methods",
        "public functions/methods",
        "exports",
        "public methods and functions",
      ],
      { kind: "function", exported: true },
    ),
    ...each(
      [
        "exported types",
        "public types",
        "public classes",
        "exported type",
        "public class",
        "exported types and functions",
      ],
      { kind: "type", exported: true },
    ),
    ...each(["class", "classes", "types"], { kind: "type" }),
    ...each(["handler", "handlers", "endpoint", "endpoints", "route handlers", "api endpoints"], { kind: "handler" }),
  }),
);

/** "Every file starts with `// Copyright`". */
function requiredText(): CheckForm[] {
  return checkForms(
    [
      "all|every|each <+where> must|should always? start|begin|include|have|contain with? <text> <*tail>",
      "all|every|each <+where> start|starts|begin|begins|include|includes|have|has|contain|contains with? <text> <*tail>",
      "start|begin all|every|each <+where> with <text> <*tail>",
      "add|include|put <text> to|in|at all|every|each <+where> <*tail>",
      "add|include|put <text> to|in|at the? top|start of all|every|each <+where> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [text, ...more] = names.text?.texts ?? [];
      const place = rest.where && placeOfPhrase(rest.where);
      const scope = restScope(rest.tail, following);
      if (text === undefined || more.length > 0 || text.length <= 5 || isPath(text)) return undefined;
      if (place === undefined || place.inside !== undefined || scope === undefined) return undefined;
      const whole = { ...place.scope, ...scope.scope };
      return { form: "required-text", text, ...(Object.keys(whole).length > 0 && { scope: whole }) };
    },
  );
}

/** "`softDeathEnabled = false`", "`x` must stay `false`". */
function invariants(): CheckForm[] {
  return [
    ...checkForms(
      ["<x> <*tail>", "keep|leave|set|always <x> <*tail>", "<x> must|should always? stay|remain|hold|be? <*tail>"],
      ({ names, rest }) => {
        const [span, ...more] = names.x?.texts ?? [];
        const [, name, value] =
          /^([A-Za-z_][\w.]*)\s+:?=\s+(true|false|True|False|nil|null|None|-?\d[\d_.]*|"[^"]*"|'[^']*')$/.exec(
            span ?? "",
          ) ?? [];
        const next = rest.tail?.[0];
        const isWhole = next === undefined || (next.kind === "mark" && /^[—,;:(]$/.test(next.text));
        return name && value && more.length === 0 && isWhole ? { form: "invariant", name, value } : undefined;
      },
    ),
    ...checkForms(
      [
        "{not} set|pass|use|have|leave|specify <x> in|inside|on? any|your|the|angular? decorators|decorator|options|config|configuration|code? <*tail>",
      ],
      ({ names, rest }, following) => {
        const [, name, value = ""] =
          /^["']?([A-Za-z_][\w.]*)["']?\s*(?::|=)\s*(true|false|True|False)$/.exec(single(names.x?.texts) ?? "") ?? [];
        const scope = restScope(rest.tail, following);
        const opposite = { true: "false", false: "true", True: "False", False: "True" }[value];
        return name && opposite && scope ? { form: "invariant", name, value: opposite, ...scope } : undefined;
      },
    ),
    ...checkForms(
      [
        "<x> must|should always? be|stay|remain|equal|equals set? to? <value> <*tail>",
        "<x> is|stays|remains always <value> <*tail>",
        "keep|leave <x> at|as|=|set? to? <value> <*tail>",
      ],
      ({ names, rest }, following) => {
        const [x, value] = [single(names.x?.texts), single(names.value?.texts)];
        const scope = restScope(rest.tail, following);
        const isFlag = x !== undefined && /^[A-Za-z_][\w.]*$/.test(x);
        return isFlag && scope && value && LITERAL.test(value)
          ? { form: "invariant", name: x, value, ...scope }
          : undefined;
      },
    ),
  ];
}

const LITERAL = /^(?:true|false|True|False|nil|null|None|-?\d[\d_.]*|"[^"]*"|'[^']*')$/;

function single(texts: readonly string[] | undefined): string | undefined {
  return texts?.length === 1 ? texts[0] : undefined;
}

function restScope(tail: Sentence | undefined, following: readonly Sentence[]): { scope?: CodeScope } | undefined {
  const read = readTail(tail ?? [], following);
  if (read === undefined || read.inside !== undefined || read.outside !== undefined) return undefined;
  return Object.keys(read.scope).length > 0 ? { scope: read.scope } : {};
}

/** How declarations look: their names, sizes, companions, the text a file begins with. */
export const shapeForms: readonly CheckForm[] = [
  ...naming(),
  ...locations(),
  ...sizes(),
  ...companions(),
  ...unnamedSubjects(),
  ...requiredText(),
  ...invariants(),
];

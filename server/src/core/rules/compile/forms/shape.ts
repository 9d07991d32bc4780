import type { Check, CodeScope, DeclarationKind, Naming, RequiredCompanion } from "../../check";
import { isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import type { Captures } from "../pattern";
import { placeOfPhrase } from "../place";
import { readTail } from "../tail";
import type { Sentence } from "../tokens";

type Style = NonNullable<Naming["style"]>;

const STYLES: ReadonlyMap<string, Style> = new Map(
  Object.entries<Style>({
    camelcase: "camelCase",
    "camel case": "camelCase",
    lowercamelcase: "camelCase",
    pascalcase: "PascalCase",
    "pascal case": "PascalCase",
    uppercamelcase: "PascalCase",
    snake_case: "snake_case",
    "snake case": "snake_case",
    "snake-case": "snake_case",
    "kebab-case": "kebab-case",
    "kebab case": "kebab-case",
    "dash-case": "kebab-case",
    screaming_snake_case: "SCREAMING_SNAKE_CASE",
    upper_snake_case: "SCREAMING_SNAKE_CASE",
    upper_case: "SCREAMING_SNAKE_CASE",
    uppercase: "SCREAMING_SNAKE_CASE",
    all_caps: "SCREAMING_SNAKE_CASE",
  }),
);

const SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...each(
      [
        "function",
        "functions",
        "function names",
        "methods",
        "functions and methods",
        "methods and functions",
        "functions and variables",
        "functions/variables",
        "variables and functions",
        "variables/functions",
        "function and variable names",
        "variable and function names",
        "functions/methods",
        "methods and variables",
        "functions, methods",
      ],
      { kind: "function" },
    ),
    ...each(
      [
        "class",
        "classes",
        "class names",
        "types",
        "type names",
        "interfaces",
        "types and interfaces",
        "interfaces and types",
        "classes and types",
        "types/interfaces",
        "interfaces/types",
        "classes and interfaces",
        "types and classes",
        "classes/types",
        "interface names",
      ],
      { kind: "type" },
    ),
    ...each(
      ["constants", "constant names", "module constants", "module-level constants", "global constants", "constant"],
      { kind: "constant" },
    ),
    ...each(
      ["file", "files", "file names", "filenames", "source files", "file naming", "all files", "all file names"],
      {
        kind: "file",
      },
    ),
  }),
);

function each(words: readonly string[], kind: DeclarationKind): Record<string, DeclarationKind> {
  return Object.fromEntries(words.map((word) => [word, kind]));
}

function naming(): CheckForm[] {
  const build = ({ rest }: Captures, following: readonly Sentence[]): Check | undefined => {
    const [subject, style] = [SUBJECTS.get(textOf(rest.subject)), styleOf(rest.style)];
    const scope = restScope(rest.tail, following);
    if (subject === undefined || style === undefined || scope === undefined) return undefined;
    return { form: "naming", subject, style, ...scope };
  };
  return [
    ...checkForms(
      [
        "{useit?} <+style> for the? all? <+subject> <*tail>",
        "<+subject> :|→|—|( {useit?} <+style> <*tail>",
        "<+subject> must|should always? use|be|follow named? in? <+style> <*tail>",
        "<+subject> use|are|is|in named? in? <+style> <*tail>",
        "name|names the? all? <+subject> in|using|with <+style> <*tail>",
        "<+style> <+subject> <*tail>",
        "<+style> (|:|→|— <+subject> <*tail>",
      ],
      build,
    ),
    ...checkForms(
      [
        "{useit?} <style> for the? all? <+subject> <*tail>",
        "<+subject> :|→|—|( {useit?} <style> <*tail>",
        "<+subject> must|should always? use|be|follow named? in? <style> <*tail>",
        "<+subject> use|are|is|in named? in? <style> <*tail>",
        "name|names the? all? <+subject> in|using|with <style> <*tail>",
      ],
      (captures, following) => {
        const [only, ...more] = captures.names.style?.texts ?? [];
        if (only === undefined || more.length > 0) return undefined;
        const style: Sentence = [{ kind: "word", text: only.toLowerCase() }];
        return build({ ...captures, rest: { ...captures.rest, style } }, following);
      },
    ),
    ...checkForms(
      [
        "prefix|prefixed all? <+subject> with <affix> <*tail>",
        "<+subject> must|should? be? are|is? prefixed with <affix> <*tail>",
        "<+subject> must|should? always? start|starts|begin|begins with <affix> <*tail>",
        "<+subject> names? must|should? always? start|starts|begin|begins with <affix> <*tail>",
      ],
      (captures, following) => affixed(captures, following, "prefix"),
    ),
    ...checkForms(
      [
        "suffix|suffixed all? <+subject> with <affix> <*tail>",
        "<+subject> must|should? be? are|is? suffixed with <affix> <*tail>",
        "<+subject> names? must|should? always? end|ends in|with <affix> <*tail>",
        "<+subject> must|should? be named <affix> <*tail>",
        "name|names <+subject> <affix> <*tail>",
      ],
      (captures, following) => affixed(captures, following, "suffix"),
    ),
  ];
}

const AFFIX_SUBJECTS: ReadonlyMap<string, DeclarationKind> = new Map(
  Object.entries<DeclarationKind>({
    ...Object.fromEntries(SUBJECTS),
    ...each(["interfaces", "interface names"], { kind: "type" }),
    ...each(["test functions", "test methods", "all tests", "tests", "test names", "test function names"], {
      kind: "test",
    }),
    ...each(["test files", "all test files", "test file names", "unit test files", "tests files"], {
      kind: "file",
      names: ["*test*", "*spec*"],
    }),
  }),
);

function affixed(
  { names, rest }: Captures,
  following: readonly Sentence[],
  place: "prefix" | "suffix",
): Check | undefined {
  const subject = AFFIX_SUBJECTS.get(textOf(rest.subject));
  const [affix, ...more] = names.affix?.texts ?? [];
  const scope = restScope(rest.tail, following);
  if (subject === undefined || affix === undefined || more.length > 0 || scope === undefined) return undefined;
  const [, text] =
    (place === "prefix" ? /^["']?([\w.-]+)\*?["']?$/ : /^["']?(?:\*|<\w+>|\{\w+\})?([\w.-]+)["']?$/).exec(affix) ?? [];
  // "interfaces" alone would take in every type.
  if (text === undefined || /interface/.test(textOf(rest.subject))) return undefined;
  return { form: "naming", subject, [place]: text, ...scope };
}

function styleOf(phrase: Sentence | undefined): Style | undefined {
  return STYLES.get(textOf(phrase));
}

function textOf(phrase: Sentence | undefined): string {
  return (phrase ?? [])
    .map(({ text }) => text)
    .join(" ")
    .replace(/ \/ /g, "/")
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
      ["<x> <*tail>", "keep|leave <x> <*tail>", "<x> must|should always? stay|remain|hold|be? <*tail>"],
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
  ...sizes(),
  ...companions(),
  ...requiredText(),
  ...invariants(),
];

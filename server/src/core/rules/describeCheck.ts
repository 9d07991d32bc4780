import type { LanguageId } from "../model/facts";
import type {
  ChangeSubject,
  Check,
  CodeScope,
  ConstructKind,
  DeclarationKind,
  Naming,
  RequiredCompanion,
  RequiredText,
  SizeLimit,
} from "./check";

/** What a check was understood to demand, as one plain sentence for people: names in backticks, no other Markdown. */
export function describeCheck(check: Check): string {
  return `${sentenceOf(check)}.`;
}

function sentenceOf(check: Check): string {
  switch (check.form) {
    case "forbidden-call":
    case "forbidden-import":
    case "forbidden-name": {
      const what = { "forbidden-call": "call", "forbidden-import": "import", "forbidden-name": "use" }[check.form];
      return `No ${what} of ${anyOf(check.names)}${insideText(check.inside)}${whereText(check.scope)}${insteadText(check.instead)}`;
    }
    case "forbidden-construct":
      return `No ${or(check.constructs.map((kind) => constructs[kind]))}${whereText(check.scope)}${insteadText(check.instead)}`;
    case "call-while-holding":
      return `No call of ${anyOf(check.names)}, directly or through others, while ${check.locks.length > 0 ? `${anyOf(check.locks)} is` : "a lock is"} held${whereText(check.scope)}`;
    case "only-from":
      return `${allOf(check.names)} only from ${anyOf([...(check.from.paths ?? []), ...(check.from.names ?? [])])}${whereText(check.scope)}`;
    case "call-order":
      return `Whoever calls ${anyOf(check.then)} has called ${anyOf(check.first)} before${whereText(check.scope)}`;
    case "call-pair":
      return `Whoever calls ${anyOf(check.first)} also calls ${anyOf(check.then)}${whereText(check.scope)}`;
    case "required-companion":
      return `${companionText(check)}${whereText(check.scope)}`;
    case "naming":
      return `${namingText(check)}${whereText(check.scope)}`;
    case "size-limit":
      return `${sizeText(check)}${whereText(check.scope)}`;
    case "required-text":
      return `${textText(check)}${whereText(check.scope)}`;
    case "invariant":
      return `\`${check.name}\` is \`${check.value}\`${whereText(check.scope)}`;
    case "forbidden-edit":
      return `No change to ${anyOf(check.paths)}${check.generated ? " by hand" : ""}${check.additionsAllowed ? "; new files are fine" : ""}`;
    case "must-accompany":
      return `A change to ${subjectText(check.when)} comes with a change to ${and(check.also.map(subjectText))}`;
    case "forbidden-command":
      return `No script, manifest or workflow runs ${anyOf(check.commands)}${insteadText(check.instead)}`;
  }
}

const languageNames: Readonly<Record<LanguageId, string>> = {
  go: "Go",
  python: "Python",
  typescript: "TypeScript",
  javascript: "JavaScript",
  java: "Java",
};

const constructs: Readonly<Record<ConstructKind, string>> = {
  "any-type": "type `any`",
  "non-null-assertion": "non-null assertion",
  "type-assertion": "type assertion",
  "type-suppression": "comment that silences the type checker or linter",
  "default-export": "default export",
  "wildcard-import": "wildcard import",
  "relative-import": "relative import",
  "bare-except": "bare `except`",
  "empty-catch": "empty `catch`",
  "todo-comment": "TODO comment",
  "var-declaration": "`var`",
  "enum-declaration": "enum",
  "interface-declaration": "interface",
  "class-declaration": "class",
  "global-variable": "global variable",
  "nested-ternary": "nested ternary",
  "init-function": "`init` function",
  "naked-return": "naked return",
  "else-after-return": "`else` after `return`",
};

const subjects: Readonly<Record<DeclarationKind["kind"], string>> = {
  function: "function",
  type: "type",
  constant: "constant",
  file: "file",
  test: "test",
  handler: "handler",
};

const companions: Readonly<Record<RequiredCompanion["companion"], string>> = {
  "doc-comment": "a doc comment",
  test: "a test",
  decorator: "the decorator",
  parameter: "the parameter",
  "return-type": "a declared return type",
  "parameter-types": "declared parameter types",
  base: "the base",
};

const places: Readonly<Record<"loop" | "handler" | "async" | "constructor", string>> = {
  loop: "in loops",
  handler: "in handlers",
  async: "in async functions",
  constructor: "in constructors",
};

function companionText({ subject, companion, name }: RequiredCompanion): string {
  return `Every ${kindText(subject)} has ${companions[companion]}${name === undefined ? "" : ` ${quoted(name)}`}`;
}

function namingText({ subject, style, prefix, suffix, paths }: Naming): string {
  const demands = [
    style && `is named in ${style}`,
    prefix && `has a name that starts with ${quoted(prefix)}`,
    suffix && `has a name that ends in ${quoted(suffix)}`,
    paths && `is in ${anyOf(paths)}`,
  ].filter((demand) => demand !== undefined);
  return `Every ${kindText(subject)} ${and(demands)}`;
}

function sizeText({ of, max }: SizeLimit): string {
  return of === "parameters" ? `No function has more than ${max} parameters` : `No ${of} has more than ${max} lines`;
}

function textText({ text }: RequiredText): string {
  return `Every file starts with or soon has ${quoted(text)}`;
}

function kindText({ kind, exported, names }: DeclarationKind): string {
  return `${exported ? "exported " : ""}${subjects[kind]}${names ? ` called ${anyOf(names)}` : ""}`;
}

function subjectText({ paths = [], names = [] }: ChangeSubject): string {
  return paths.length === 1 && paths[0] === "**/*" && names.length === 0 ? "any file" : anyOf([...paths, ...names]);
}

function insideText(inside: { functions?: string[]; place?: keyof typeof places } | undefined): string {
  if (inside === undefined) return "";
  return `${inside.functions ? ` in ${anyOf(inside.functions)}` : ""}${inside.place ? ` ${places[inside.place]}` : ""}`;
}

function whereText({ languages, paths, exceptPaths, tests }: CodeScope = {}): string {
  return [
    languages ? ` in ${and(languages.map((language) => languageNames[language]))} files` : "",
    paths ? ` in ${anyOf(paths)}` : "",
    exceptPaths ? ` except in ${anyOf(exceptPaths)}` : "",
    tests === undefined ? "" : tests ? " in tests" : " outside tests",
  ].join("");
}

function insteadText(instead: readonly string[] | undefined): string {
  return instead === undefined ? "" : `; use ${anyOf(instead)}`;
}

function anyOf(names: readonly string[]): string {
  return or(names.map(quoted));
}

function allOf(names: readonly string[]): string {
  return and(names.map(quoted));
}

/** Names as code; what has words of its own (`the project logger`) as it stands. */
function quoted(name: string): string {
  return name.includes("`") || /^[a-z]+ [a-z ]+$/.test(name) ? name : `\`${name}\``;
}

function or(parts: readonly string[]): string {
  return listed(parts, "or");
}

function and(parts: readonly string[]): string {
  return listed(parts, "and");
}

function listed(parts: readonly string[], word: string): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} ${word} ${parts.at(-1)}`;
}

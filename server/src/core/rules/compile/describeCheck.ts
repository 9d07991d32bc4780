import { code } from "../../base/markdown";
import type { LanguageId } from "../../model/facts";
import {
  type ChangeSubject,
  type Check,
  type CodeScope,
  type ConstructKind,
  type DeclarationKind,
  qualifierOf,
  type RequiredCompanion,
  type SizeLimit,
} from "../check";

/** What a check demands, in one plain sentence: Markdown. */
export function describeCheck(check: Check): string {
  const instead = "instead" in check && check.instead?.length ? `; use ${either(check.instead)} instead` : "";
  const scope = "scope" in check ? scopeText(check.scope) : "";
  const qualifier = qualifierOf(check);
  const only = qualifier === undefined ? "" : `; only where: ${plain(qualifier)} (not checked)`;
  return `${demandOf(check)}${scope}${instead}${only}.`;
}

/** Words of a repository in Markdown, without any of their own. */
function plain(words: string): string {
  return words.replaceAll("`", "").replace(/[\\*[\]<>]/g, "\\$&");
}

function unexplainedText(constructs: readonly ConstructKind[]): string {
  return constructs.every((kind) => kind === "todo-comment")
    ? " that names no issue"
    : " without a comment that says why";
}

function demandOf(check: Check): string {
  switch (check.form) {
    case "forbidden-call":
      return `No call of ${either(check.names)}${check.given ? ` with ${either(check.given)}` : ""}${check.without ? ` without ${either(check.without)}` : ""}${check.dropped ? " whose result nobody takes" : ""}${insideText(check.inside)}`;
    case "forbidden-import":
      if (check.across === "inner" && check.names.every((name) => !name.endsWith("/")))
        return `No import of what lies below ${either(check.names)}`;
      if (check.across)
        return `No import of ${check.across === "inner" ? "what lies within " : ""}one part of ${either(check.names)} by another`;
      return `No import of ${either(check.names)}`;
    case "forbidden-name":
      return `No use of ${either(check.names)}${insideText(check.inside)}`;
    case "forbidden-construct":
      return `No ${check.constructs.map((construct) => constructWords[construct]).join(", no ")}${check.unexplained ? unexplainedText(check.constructs) : ""}`;
    case "call-while-holding":
      return `No call of ${either(check.names)}, directly or through others, while ${check.locks.length === 0 ? "a lock" : either(check.locks)} is held`;
    case "only-from": {
      const from = [...(check.from.names ?? []), ...(check.from.paths ?? [])];
      return `${all(check.names)} used only in ${either(from)}`;
    }
    case "call-order":
      return `${either(check.first)} is called before ${either(check.then)} in the same function`;
    case "call-pair":
      return `Whoever calls ${either(check.first)} also calls ${either(check.then)}`;
    case "required-companion":
      return `Every ${declarationText(check.subject)} has ${companionText(check)}`;
    case "naming": {
      const parts = [
        check.style && `is written in ${check.style}`,
        check.prefix && `begins with ${code(check.prefix)}`,
        check.suffix && `ends in ${code(check.suffix)}`,
        check.paths && `is in ${either(check.paths)}`,
      ].filter((part) => part);
      if (check.avoid?.join() === "*") return `No ${declarationText(check.subject)}`;
      if (check.avoid?.length) return `No ${declarationText(check.subject)} is called ${either(check.avoid)}`;
      return `Every ${declarationText(check.subject)} ${parts.join(" and ")}`;
    }
    case "layout": {
      const parts = [
        check.maxLine !== undefined && `No line is longer than ${check.maxLine} characters`,
        check.indent && `Code is indented with ${check.width ? `${check.width} ` : ""}${check.indent}`,
        check.finalNewline !== undefined && "Files end with a line break",
        check.quotes && `Strings are in ${check.quotes} quotes`,
        check.semicolons && `Statements ${check.semicolons === "always" ? "" : "do not "}end with a semicolon`,
      ].filter((part) => part !== undefined && part !== false);
      return parts.map((part, i) => (i === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join("; ");
    }
    case "size-limit":
      return sizeText(check);
    case "required-text":
      return `Every file begins with ${code(check.text)}`;
    case "invariant":
      return `${code(check.name)} is ${check.bound ? `${check.bound.replace("-", " ")} ` : ""}${code(check.value)}`;
    case "forbidden-edit":
      return `Nobody ${check.additionsOnly ? (check.paths.every((path) => path.endsWith("/")) ? "adds files to" : "adds") : "changes"} ${[...(check.paths.length > 0 ? [either(check.paths)] : []), ...(check.marked ? [`what is generated or says ${either(check.marked)}`] : [])].join(" or ")}${check.generated ? " by hand" : ""}${check.additionsAllowed ? "; new files are fine" : ""}`;
    case "must-accompany":
      return `${check.when.added ? "A new file in" : "A change to"} ${subjectText(check.when)} comes with a change to ${check.also.map(subjectText).join(" and ")}`;
    case "required-setting":
      return `${code(check.key)} is ${code(check.value)} in every ${code(check.file)}`;
    case "forbidden-text":
      return `No ${[...(check.characters ? [check.characters] : []), ...(check.texts.length > 0 ? [either(check.texts)] : [])].join(", no ")} in the text of files`;
    case "forbidden-command":
      return `No script or workflow runs ${either(check.commands)}${check.without ? ` without ${either(check.without)}` : ""}`;
  }
}

const constructWords: Readonly<Record<ConstructKind, string>> = {
  "any-type": "`any` type",
  "any-assertion": "assertion of the type `any`",
  "non-null-assertion": "non-null assertion (`!`)",
  "type-assertion": "type assertion",
  "type-suppression": "comment that silences a linter or the type checker",
  "default-export": "default export",
  "wildcard-import": "wildcard import",
  "relative-import": "relative import",
  "dynamic-import": "dynamic import (`import()`)",
  "extensionless-import": "relative import without an extension",
  "bare-except": "bare `except`",
  "empty-catch": "empty catch",
  "todo-comment": "TODO comment",
  "var-declaration": "`var`",
  "enum-declaration": "enum",
  "interface-declaration": "interface",
  "class-declaration": "class",
  "global-variable": "global variable",
  "nested-ternary": "nested conditional expression",
  "init-function": "`init` function",
  "naked-return": "naked return",
  "else-after-return": "`else` after a return",
  commonjs: "CommonJS (`require`, `module.exports`)",
  "local-import": "import inside a function",
  "braceless-if": "`if` without braces",
  "inline-style": "inline style",
  "loose-equality": "`==` or `!=`",
  "for-in-loop": "`for ... in` loop",
  "object-type-alias": "`type` alias of an object",
  "mutable-default": "mutable default argument",
  "string-formatting": "`%` or `.format()` on a string",
  "broad-catch": "catch of every `Exception`",
  "raw-sql": "SQL in the code",
  "const-enum": "`const enum`",
  "unmarked-type-import": "import of types alone without `import type`",
  "error-comparison": "`==` or `!=` between errors",
  "unwrapped-error": "`fmt.Errorf` with an error it does not wrap",
  "discarded-error": "result assigned to `_` alone",
  "field-injection": "injected field",
  "hardcoded-secret": "key or token written in the code",
  "class-component": "class component",
  "late-context": "`context.Context` after another parameter",
  "context-field": "`context.Context` in a struct",
  accessor: "getter or setter",
  "barrel-file": "index file that exports others",
  synchronized: "`synchronized`",
  "foreign-comment": "comment in another language than English",
  "commented-code": "code in a comment",
};

const placeWords = {
  loop: "a loop",
  handler: "a handler",
  async: "an `async` function",
  constructor: "a constructor",
  transaction: "a transaction",
  throw: "a `throw`",
  catch: "a handler of exceptions",
} as const;

function sizeText({ of, max }: SizeLimit): string {
  if (of === "file" || of === "class" || of === "function") return `No ${of} is longer than ${max} lines`;
  return `No function has more than ${max} ${sizeWords[of]}`;
}

const sizeWords = {
  parameters: "parameters",
  nesting: "levels of nesting",
  complexity: "points of cyclomatic complexity",
  cognitive: "points of cognitive complexity",
} as const;

function insideText(inside: { functions?: string[]; place?: keyof typeof placeWords } | undefined): string {
  if (!inside) return "";
  const where = [
    ...(inside.place ? [placeWords[inside.place]] : []),
    ...(inside.functions ?? []).map((name) => code(name)),
  ];
  return where.length === 0 ? "" : ` inside ${where.join(" or ")}`;
}

function declarationText({ kind, exported, async, names }: DeclarationKind): string {
  const called = names?.length ? ` called ${either(names)}` : "";
  return `${exported ? "exported " : ""}${async ? "async " : ""}${kind.replace("-", " ")}${called}`;
}

const companionWords: Readonly<Record<RequiredCompanion["companion"], string>> = {
  "doc-comment": "a comment that documents it",
  test: "a test",
  decorator: "the decorator",
  parameter: "the parameter",
  "return-type": "a declared return type",
  "parameter-types": "declared parameter types",
  base: "the base",
  call: "a call of",
};

function companionText({ companion, name }: RequiredCompanion): string {
  return name === undefined ? companionWords[companion] : `${companionWords[companion]} ${code(name)}`;
}

function subjectText({ paths = [], names = [], of, madeBy }: ChangeSubject): string {
  if (madeBy !== undefined && paths.length === 0) return `what ${code(madeBy)} writes`;
  return of === undefined ? either([...paths, ...names]) : of === "code" ? "the code" : "tests";
}

const languageWords: Readonly<Record<LanguageId, string>> = {
  go: "Go",
  python: "Python",
  typescript: "TypeScript",
  javascript: "JavaScript",
  java: "Java",
};

function scopeText({ languages, paths, exceptPaths, tests, added }: CodeScope = {}): string {
  const files = languages?.length ? `in ${languages.map((language) => languageWords[language]).join(" and ")}` : "";
  const where = paths?.length ? `in ${either(paths)}` : "";
  const apart = exceptPaths?.length ? `outside ${either(exceptPaths)}` : "";
  const tested = tests === undefined ? "" : tests ? "in tests" : "outside tests";
  const parts = [files, where, apart, tested, added ? "where it is new" : ""].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` ${parts.join(", ")}`;
}

function either(names: readonly string[]): string {
  return listed(names, "or");
}

function all(names: readonly string[]): string {
  return `${listed(names, "and")} ${names.length > 1 ? "are" : "is"}`;
}

function listed(names: readonly string[], word: string): string {
  const quoted = names.map((name) => code(name));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} ${word} ${quoted.at(-1)}`;
}

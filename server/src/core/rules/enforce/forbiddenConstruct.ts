import { code } from "../../base/markdown";
import { lineAt, type Span } from "../../base/text";
import { rootOf } from "../../model/accessPath";
import type { ConstantFacts } from "../../model/facts";
import { type CallSummary, type FileSummary, type Flow, flowsInside } from "../../model/fileSummary";
import { isScript } from "../../model/scripts";
import type { ConstructKind, ForbiddenConstruct } from "../check";
import { isExplained } from "./explained";
import type { FileForm } from "./form";
import { type Governed, subjectOf } from "./outcome";
import { hasToBeClass, isComponent, isErrorBoundary } from "./prescribedClasses";

/** Constructs that have no name to call or import. */
export const forbiddenConstruct: FileForm<ForbiddenConstruct> = function* (check, file, rule): Generator<Governed> {
  const wanted = new Set(check.constructs);
  const instead = check.instead?.length ? ` instead of ${check.instead.map((name) => code(name)).join(" or ")}` : "";
  const isExcused = excusesIn(file, wanted);
  const namesDeep = /\b(?:deep|deeply nested|long) relative\b/i.test(rule.text);
  const namesRelative = /\brelative\b/i.test(rule.text);
  for (const { kind, span } of constructsIn(file)) {
    if (kind === "hardcoded-secret" && isForReaders.test(file.path)) continue;
    if (isAmbient.test(file.path) && kind !== "hardcoded-secret") continue;
    if (kind === "commonjs" && isOfTool.test(file.path)) continue;
    if (kind === "default-export" && isLoadedByName(file.path)) continue;
    // Beside "use absolute imports" a neighbour may still be named as such.
    if (kind === "relative-import" && !namesRelative && isOfNeighbour(file, span)) continue;
    if (kind === "relative-import" && namesDeep && !isDeep(file, span)) continue;
    if (kind === "discarded-error" && (isIdleResult(file, span) || isNoError(file, span))) continue;
    if (kind === "commonjs" && isOwnPlace(span) && !namesOwnPlace.test(rule.text)) continue;
    if (kind === "any-type" && isOfOtherAny(file, check, rule.text)) continue;
    if (kind === "any-assertion" && wanted.has("any-type")) continue;
    if (!wanted.has(kind) || isExcused(kind, lineAt(file.lineStarts, span.start))) continue;
    if (check.unexplained && isExplained(kind, file, span)) continue;
    const fn = functionAround(file, span.start);
    if (kind === "local-import" && importsLate.test(file.functions[fn]?.symbol ?? "")) continue;
    const claim = `${subjectOf(file, fn)} ${words[kind]}${instead}`;
    yield { file, span, offence: { claim, file, fn, span } };
  }
};

/** Before a framework calls them there is nothing to import. */
const importsLate = /Config\.ready$|(?:^|\.)__getattr__$/;

/** "`any`" is TypeScript's, where a rule speaks of Python's `except` beside it. */
function isOfOtherAny({ language }: FileSummary, { scope }: ForbiddenConstruct, text: string): boolean {
  return language === "python" && scope?.languages?.includes("typescript") === true && !/\bAny\b/.test(text);
}

function isOfNeighbour({ imports }: FileSummary, { start }: Span): boolean {
  return imports.some((each) => each.start === start && /^\.\/|^\.\w*$/.test(each.module));
}

/** `../../quay`, and Python's `...quay` */
function isDeep({ imports }: FileSummary, { start }: Span): boolean {
  return imports.some((each) => each.start === start && /^\.\.\/\.\.\/|^\.{3}/.test(each.module));
}

/** What `recover` gives is no error, and nobody can mend what goes wrong at the end: closing, undoing, printing. */
function isIdleResult({ functions, calls }: FileSummary, { start, end }: Span): boolean {
  const isIdle = (call: CallSummary) => start <= call.start && call.end <= end && idle.test(call.callee);
  return calls.some(isIdle) || functions.some((fn) => fn.start <= start && end <= fn.end && fn.calls.some(isIdle));
}

/** What a function of the file gives back that declares no error. */
function isNoError(file: FileSummary, { start, end }: Span): boolean {
  const called = callsOf(file).filter((call) => start <= call.start && call.end <= end);
  const outer = called.reduce<CallSummary | undefined>(
    (widest, call) => (widest && widest.end - widest.start >= call.end - call.start ? widest : call),
    undefined,
  );
  const declared = file.functions.filter(({ name, typeName }) => typeName === undefined && name === outer?.callee);
  return (
    declared.length === 1 &&
    declared.every(({ results }) => results.length > 0 && !results.some((type) => /[eE]rr/.test(type)))
  );
}

/** `__dirname` and `__filename`, which nobody means who speaks of `require` alone. */
function isOwnPlace({ start, end }: Span): boolean {
  return end - start === "__dirname".length || end - start === "__filename".length;
}

const namesOwnPlace = /__dirname|__filename|common ?js|\bcjs\b|\bes ?modules?\b|\besm\b(?! only)/i;

const idle =
  /(?:^|\.)(?:recover|Close|Shutdown|Rollback|Unlock|Stop|Kill|Flush|Sync|Fprint(?:f|ln)?|Print(?:f|ln)?|WriteString)$/;

/** What others wrote without types is declared as it is. */
const isAmbient = /\.d\.[cm]?ts$/;

/** What a tool reads as it can, and what says by its name that it is CommonJS. */
const isOfTool = /(?:\.config|rc|\.setup)\.[cm]?[jt]s$|\.c[jt]s$/;

/** What a tool or a router finds by its name and takes by its default export. */
function isLoadedByName(path: string): boolean {
  return isOfTool.test(path) || isConfiguration.test(path) || isRouted.test(path);
}

const isConfiguration =
  /(?:^|\/)[\w.-]+\.config\.[cm]?[jt]sx?$|(?:^|\/)(?:convex\/(?:schema|crons|http)|i18n\/request)\.[jt]s$/;
const isRouted =
  /(?:^|\/)(?:pages|routes)\/.*\.[jt]sx?$|(?:^|\/)app\/(?:.*\/)?(?:(?:global-|\+)?(?:page|layout|template|loading|error|not-found|default|forbidden|unauthorized|sitemap|robots|manifest|icon|html)|(?:apple-|opengraph-|twitter-)\w+|_layout|\[[^/]*\]|\([^/]*\)\/[^/]+)\.[jt]sx?$/;

/** Keys there are for show. */
const isForReaders = /(?:^|\/)(?:docs?|documentation|examples?|samples?)\//i;

/** Where a linter was told to let a construct pass: on a line, or from there on. */
function excusesIn(
  { comments, lineStarts }: FileSummary,
  wanted: ReadonlySet<ConstructKind>,
): (kind: ConstructKind, line: number) => boolean {
  const excuses: { kind: ConstructKind; from: number; to: number }[] = [];
  for (const { text, start, end } of comments) {
    const [first, last] = [lineAt(lineStarts, start), lineAt(lineStarts, end)];
    if (endsExcuse.test(text))
      for (const excuse of excuses) if (excuse.to === Number.POSITIVE_INFINITY) excuse.to = first;
    if (!/disable|ignore|noqa/.test(text)) continue;
    for (const [kind, name] of lintRules)
      if (wanted.has(kind) && name.test(text))
        excuses.push({ kind, from: first, to: isWide.test(text) ? Number.POSITIVE_INFINITY : last + 1 });
  }
  return (kind, line) => excuses.some((each) => each.kind === kind && each.from <= line && line <= each.to);
}

/** For a block or a file, whichever linter it is. */
const isWide = /\b\w+-disable(?!-)|\bbiome-ignore-(?:all|start)\b|\b(?:ruff|flake8):\s*noqa\b/;
const endsExcuse = /\b\w+-enable\b|\bbiome-ignore-end\b/;

const lintRules: readonly (readonly [ConstructKind, RegExp])[] = [
  ["any-type", /no-?explicit-?any/i],
  ["any-assertion", /no-?explicit-?any/i],
  ["non-null-assertion", /no-?non-?null-?assertion/i],
  ["default-export", /no-?default-?export/i],
  ["nested-ternary", /no-?nested-?ternary/i],
  ["bare-except", /\bE722\b|bare-except/],
];

interface Construct {
  kind: ConstructKind;
  span: Span;
}

/** Those that the syntax tells, and those that follow from what is declared and imported. */
function* constructsIn(file: FileSummary): Generator<Construct> {
  yield* assertionsOfAny(file);
  for (const { kind, start, end } of file.constructs ?? [])
    if (kind !== "wildcard-import" || !(isScript(file.language) || isPackageOf(file)))
      yield { kind, span: { start, end } };
  for (const [i, { module, member, localName, exported, start, end }] of file.imports.entries()) {
    const span = { start, end };
    // Of what one statement takes from a module each name is an import.
    const isFirst = file.imports[i - 1]?.module !== module;
    if (isFirst && module.startsWith(".") && (isScript(file.language) || file.language === "python"))
      yield { kind: "relative-import", span };
    if (isFirst && isScript(file.language) && /^\.{1,2}\/(?:.*\/)?[^./]+$/.test(module))
      yield { kind: "extensionless-import", span };
    // `import * as tides` gives one name, where Python's and Java's give all.
    const isAll = member === "*" && (exported || !isScript(file.language)) && !isPackageOf(file);
    if (isAll || (file.language === "go" && localName === ".")) yield { kind: "wildcard-import", span };
  }
  yield* declarationsIn(file);
  for (const type of file.types) {
    const { form, start, end } = type;
    if (form === "class" && hasToBeClass(type, file)) continue;
    const kind =
      file.language === "go" || form === "record" || form === "struct" || form === "alias" ? undefined : form;
    if (kind && (kind !== "interface" || file.language !== "python"))
      yield { kind: `${kind}-declaration`, span: { start, end } };
  }
  for (const { flow } of file.language === "java" ? file.functions : [])
    for (const start of monitorsIn(flow)) yield { kind: "synchronized", span: { start, end: start } };
  for (const { name, typeName, nameSpan: span } of file.functions)
    if (file.language === "go" && name === "init" && typeName === undefined) yield { kind: "init-function", span };
  for (const { callee, start, end } of isScript(file.language) ? callsOf(file) : [])
    if (callee === "import") yield { kind: "dynamic-import", span: { start, end } };
  for (const variable of file.constants)
    if (isGlobalVariable(file, variable) && (file.language !== "go" || isAssigned(file, variable.name)))
      yield { kind: "global-variable", span: variable };
}

function callsOf({ calls, functions }: FileSummary): CallSummary[] {
  return [...calls, ...functions.flatMap((fn) => fn.calls)];
}

/** `tide as any`: an `any` with which an assertion ends. */
function* assertionsOfAny({ constructs = [] }: FileSummary): Generator<Construct> {
  const ends = new Set(constructs.flatMap(({ kind, end }) => (kind === "type-assertion" ? [end] : [])));
  for (const { kind, start, end } of constructs)
    if (kind === "any-type" && (ends.has(end) || ends.has(end + "[]".length)))
      yield { kind: "any-assertion", span: { start, end } };
}

/** Where `synchronized` blocks and methods hold a lock. */
function* monitorsIn(flow: readonly Flow[]): Generator<number> {
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "scope" && node.form === "synchronized") yield node.start;
    for (const inner of flowsInside(node)) yield* monitorsIn(inner);
  }
}

/** `__init__.py`, in which a package gathers what its modules have. */
function isPackageOf({ path }: FileSummary): boolean {
  return /(?:^|\/)__init__\.pyi?$/.test(path);
}

/** Those that signatures and members tell. */
function* declarationsIn(file: FileSummary): Generator<Construct> {
  const { language, types, functions } = file;
  if (isScript(file.language) && isBarrel(file)) yield { kind: "barrel-file", span: { start: 0, end: 0 } };
  for (const type of types) {
    const { fields, start, end } = type;
    if (isScript(file.language) && isComponent(type) && !isErrorBoundary(type, file))
      yield { kind: "class-component", span: { start, end } };
    if (language !== "go") continue;
    for (const field of fields) if (field.type === contextType) yield { kind: "context-field", span: field };
  }
  for (const { parameters, modifiers, nameSpan: span } of functions) {
    if (modifiers.includes("getter") || modifiers.includes("setter")) yield { kind: "accessor", span };
    if (language === "go" && isLate(parameters)) yield { kind: "late-context", span };
  }
}

const contextType = "context.Context";

/** After a test's own handle it is first. */
function isLate(parameters: FileSummary["functions"][number]["parameters"]): boolean {
  const at = parameters.findIndex(({ type }) => type === contextType);
  return at > 0 && !parameters.slice(0, at).every(({ type }) => type !== undefined && /^\*?testing\.\w+$/.test(type));
}

/** `index.ts` with nothing of its own. */
function isBarrel({ path, imports, functions, types, constants }: FileSummary): boolean {
  if (!/(?:^|\/)index\.[cm]?[jt]sx?$/.test(path) || functions.length + types.length + constants.length > 0)
    return false;
  return imports.some(({ exported }) => exported);
}

/** Go declares errors, patterns and tables as variables that nobody changes; what Python assigns is not told apart. */
function isGlobalVariable({ language }: FileSummary, { name, mutable, type, value, origin }: ConstantFacts): boolean {
  if (!mutable || language === "python" || language === "java" || name === "_") return false;
  if (type !== undefined && guards.test(type)) return false;
  return (
    language !== "go" || (!/^err/i.test(name) && value === undefined && origin === undefined && type !== undefined)
  );
}

/** Whether some function of the file changes a variable: pools and what the linker sets hold no state of the program. */
function isAssigned({ functions }: FileSummary, name: string): boolean {
  return functions.some((fn) => fn.name !== "init" && fn.writes.some((path) => rootOf(path) === name));
}

/** What keeps others from changing something holds nothing itself. */
const guards = /^\*?(?:sync\.(?:RW)?Mutex|sync\.Once|sync\.WaitGroup)$/;

const words: Readonly<Record<ConstructKind, string>> = {
  "any-type": "has the type `any`",
  "any-assertion": "asserts the type `any`",
  "non-null-assertion": "asserts with `!` that something is not null",
  "type-assertion": "asserts a type",
  "type-suppression": "silences a linter or the type checker",
  "default-export": "has a default export",
  "wildcard-import": "imports everything of a module",
  "relative-import": "imports by a relative path",
  "dynamic-import": "imports by a call",
  "extensionless-import": "imports a file without its extension",
  "bare-except": "catches every exception",
  "empty-catch": "catches an error and does nothing with it",
  "todo-comment": "has a TODO",
  "var-declaration": "declares with `var`",
  "enum-declaration": "declares an enum",
  "interface-declaration": "declares an interface",
  "class-declaration": "declares a class",
  "global-variable": "declares a variable that any function may change",
  "nested-ternary": "nests conditional expressions",
  "init-function": "has an `init` function",
  "naked-return": "returns named results without naming them",
  "else-after-return": "has an `else` after a branch that returns",
  commonjs: "uses CommonJS",
  "local-import": "imports inside a function",
  "braceless-if": "has an `if` without braces",
  "inline-style": "has an inline style",
  "loose-equality": "compares with `==` or `!=`",
  "for-in-loop": "loops with `for ... in`",
  "object-type-alias": "declares an object with `type`",
  "mutable-default": "has a mutable default argument",
  "string-formatting": "formats a string with `%` or `.format()`",
  "broad-catch": "catches every `Exception`",
  "unwrapped-error": "tells an error without wrapping it",
  "discarded-error": "assigns what a call returns to `_`",
  "field-injection": "injects into a field",
  "raw-sql": "writes SQL",
  "const-enum": "declares a `const enum`",
  "unmarked-type-import": "imports only types without `import type`",
  "error-comparison": "compares errors with `==` or `!=`",
  "hardcoded-secret": "has a key or token in its text",
  "class-component": "declares a class component",
  "late-context": "takes its `context.Context` after another parameter",
  "context-field": "keeps a `context.Context` in a struct",
  accessor: "is a getter or setter",
  "barrel-file": "only hands on what others export",
  synchronized: "is `synchronized`",
  "foreign-comment": "has a comment in another language than English",
  "commented-code": "has code in a comment",
};

/** The innermost function around an offset; -1 outside every function. Inner functions come after outer ones. */
function functionAround({ functions }: FileSummary, offset: number): number {
  return functions.findLastIndex(({ start, end }) => start <= offset && offset < end);
}

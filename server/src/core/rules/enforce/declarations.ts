import type { Span } from "../../base/text";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { isScript } from "../../model/scripts";
import { linkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { DeclarationKind } from "../check";

/** A declaration that a rule is about. */
export interface Subject {
  span: Span;
  name: string;
  /** In `FileSummary.functions`; -1 for everything else. */
  fn: number;
}

/** The declarations of a file of which a rule speaks. */
export function subjectsIn(file: FileSummary, { kind, exported, async, names }: DeclarationKind): Subject[] {
  if (async) return declared(file, kind, exported).filter(({ fn }) => file.functions[fn]?.modifiers.includes("async"));
  if (!names || names.length === 0) return declared(file, kind, exported);
  const isNamed = nameFilter(names);
  // `berth.service.ts` goes by all of its name.
  const isFile = kind === "file" && isNamed(stemOf(file.path));
  return declared(file, kind, exported).filter(({ name }) => isFile || isNamed(name));
}

function declared(file: FileSummary, kind: DeclarationKind["kind"], exported = false): Subject[] {
  switch (kind) {
    case "file":
      return [{ span: { start: 0, end: 0 }, name: fileName(file.path), fn: -1 }];
    case "test-file":
      return holdsTests(file) ? [{ span: { start: 0, end: 0 }, name: fileName(file.path), fn: -1 }] : [];
    case "type":
    case "class":
    case "interface":
    case "enum":
      return file.types
        .filter(({ form }) => !isObject(file, form))
        .filter(({ form }) => kind === "type" || form === kind || (kind === "class" && form === "record"))
        .filter(({ name }) => !exported || isExportedName(file, name))
        .map(({ start, end, name }) => ({ span: { start, end }, name, fn: -1 }));
    case "constant":
      return file.constants
        .filter((constant) => isConstant(file, constant) && (!exported || isExportedName(file, constant.name)))
        .map(({ start, end, name }) => ({ span: { start, end }, name: ownName(file, name), fn: -1 }));
    default:
      return file.functions.flatMap((fn, index) => {
        if (!isOfKind(fn, kind, file.path) || (exported && !isPublic(file, fn))) return [];
        return [{ span: fn.nameSpan, name: fn.name, fn: index }];
      });
  }
}

/** `const berth = { open() {} }` has methods, and is no type. */
function isObject({ language }: FileSummary, form: FileSummary["types"][number]["form"]): boolean {
  return form === "struct" && isScript(language);
}

/** A constant of Java goes by its class: `Quay.MAX_DRAUGHT`. */
function ownName({ language }: FileSummary, name: string): string {
  return language === "java" ? name.slice(name.lastIndexOf(".") + 1) : name;
}

/**
 * `const router = makeRouter()` is a variable nobody assigns, and no constant; nor is what Java writes logs with or counts in, or
 * has a name that the language prescribes.
 */
function isConstant({ language }: FileSummary, constant: FileSummary["constants"][number]): boolean {
  const { mutable, value, type = "", name } = constant;
  if (
    language === "java" &&
    (/\bLog(?:ger)?$|\b(?:ThreadLocal|Atomic\w{1,40})\b/.test(type) || name.endsWith(".serialVersionUID"))
  )
    return false;
  const binds = isScript(language);
  return !mutable && (!binds || (value !== undefined && isLiteral.test(value)));
}

/** A text, a number or what is reckoned from numbers; `"-".repeat(width)` is only a variable with a value. */
const isLiteral = /^(?:"[^"]*"|'[^']*'|`[^`$]*`|[-\d.][-\d\s_.*+/()eExXn]*|true|false)$/;

/** A helper of tests is no test. */
function holdsTests({ isTest, functions, calls }: FileSummary): boolean {
  return (
    isTest && (functions.some((fn) => fn.isTest) || calls.some(({ callee }) => /^(?:describe|it|test)\b/.test(callee)))
  );
}

function isOfKind(
  { name, form, isTest, parent, damaged, calls }: FunctionSummary,
  kind: "function" | "test" | "handler" | "hook" | "component",
  path: string,
): boolean {
  if (damaged || name === "") return false;
  if (kind === "component") return /\.[jt]sx$/.test(path) && /^\p{Lu}/u.test(name) && parent === undefined && !isTest;
  // Only hooks and components call hooks, and components are capitalised.
  if (kind === "hook")
    return /^[a-z]/.test(name) && calls.some(({ callee }) => /^(?:React\.)?use[A-Z]\w*$/.test(callee));
  if (kind === "test") return isTest;
  // A function inside another is a detail of it.
  return !isTest && form !== "closure" && parent === undefined;
}

function isPublic(file: FileSummary, { name, modifiers, typeName }: FunctionSummary): boolean {
  switch (file.language) {
    case "go":
      return modifiers.includes("exported") && (typeName === undefined || /^\p{Lu}/u.test(typeName));
    case "java":
      return modifiers.includes("public");
    case "python":
      return !name.startsWith("_") && !(typeName?.startsWith("_") ?? false);
    default:
      return modifiers.includes("exported") || isExportedName(file, name);
  }
}

function isExportedName({ language, exports }: FileSummary, name: string): boolean {
  if (language === "go") return /^\p{Lu}/u.test(name);
  if (language === "python") return !name.startsWith("_");
  if (language === "java") return true;
  return exports?.some(({ localName }) => localName === name) ?? false;
}

/**
 * A function that is written before classes and members, as `@Column()`: those are called like types. Told by its
 * result, by what it hands on or gives back, or by a use in the same file.
 */
export function isDecorator({ language, functions }: FileSummary, index: number): boolean {
  const fn = functions[index];
  if (!fn || !isScript(language)) return false;
  return (
    fn.results.some((type) => /Decorator\b/.test(type)) ||
    fn.calls.some(({ callee }) => decoratorMakers.test(callee)) ||
    functions.some((each) => each.parent === index && takesTarget(each)) ||
    functions.some(({ decorators }) => decorators.some((text) => text.replace(/[(<].*$/s, "") === fn.name))
  );
}

const decoratorMakers = /^(?:applyDecorators|SetMetadata|createParamDecorator|Reflect\.(?:defineMetadata|metadata))$/;

/** What decorators give back: `(target, propertyKey, descriptor) => ...`. */
function takesTarget({ parameters: [first, second] }: FunctionSummary): boolean {
  return /^_?(?:target|prototype)$/.test(first?.name ?? "") || /^_?propertyKey$/.test(second?.name ?? "");
}

/** The name of a file without its folder and extensions. */
export function fileName(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  const dot = base.indexOf(".", 1);
  return dot < 0 ? base : base.slice(0, dot);
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}

/** The same where the workspace is needed to tell them: what answers requests is registered anywhere. */
export function subjectsAmong(model: WorkspaceModel, file: FileSummary, of: DeclarationKind): Subject[] {
  const subjects = subjectsIn(file, of);
  return of.kind === "handler" ? subjects.filter(({ fn }) => isHandler(model, file, fn)) : subjects;
}

/** Whether a framework calls a function to answer a request. */
export function isHandler(model: WorkspaceModel, file: FileSummary, fn: number): boolean {
  const reached = linkedFunction(model, file, fn)?.reachedFrom ?? [];
  return reached.some(({ kind, distance }) => kind === "handler" && distance === 0);
}

/** Patterns with `*` for any characters: `*Service`, `use*`. */
export function nameFilter(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map((pattern) => {
    const parts = pattern.split("*");
    return (name: string) => matchesParts(name, parts);
  });
  return (name) => tests.some((test) => test(name));
}

function matchesParts(name: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    at = name.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return at <= name.length - last.length;
}

import { groupBy } from "../../base/groupBy";
import { code } from "../../base/markdown";
import { folderOf } from "../../base/paths";
import { lineAt } from "../../base/text";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { functionIds } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { RequiredCompanion } from "../check";
import { fileName, type Subject, subjectsAmong, subjectsIn } from "./declarations";
import type { FileForm, WorkspaceForm } from "./form";
import type { Governed } from "./outcome";

/** Whether a file by itself tells what the subjects are and whether they have the companion. */
export function isToldByFile({ companion, subject }: RequiredCompanion): boolean {
  return companion !== "test" && companion !== "base" && subject.kind !== "handler";
}

/** Every X has Y, where Y stands in the declaration itself. */
export const requiredCompanion: FileForm<RequiredCompanion> = (check, file) =>
  withCompanions(check, file, subjectsIn(file, check.subject));

/** The same of handlers, which only the workspace tells. */
export const requiredOfHandlers: WorkspaceForm<RequiredCompanion> = {
  namesOf: () => [],
  check(check, { model, governs }) {
    return [...model.files.values()]
      .filter(governs)
      .flatMap((file) => [...withCompanions(check, file, subjectsAmong(model, file, check.subject))]);
  },
};

/** Every X extends Y, itself or through what it extends. */
export const requiredBase: WorkspaceForm<RequiredCompanion> = {
  namesOf: () => [],
  check({ name, subject }, { model, governs }) {
    if (name === undefined) return [];
    const basesOf = groupBy(
      [...model.files.values()].flatMap(({ types }) => types),
      (type) => type.name,
    );
    const wanted = name.slice(name.lastIndexOf(".") + 1);
    return [...model.files.values()].filter(governs).flatMap((file) =>
      subjectsIn(file, subject).flatMap(({ span, fn, name: own }): Governed[] => {
        if (own === wanted || standsIn.test(own)) return [];
        const claim = `${code(own)} has no base ${code(name)}`;
        const extendsIt = extendsType(own, wanted, (type) => basesOf.get(type)?.flatMap(({ bases }) => bases) ?? []);
        return [{ file, span, ...(!extendsIt && { offence: { claim, file, fn, span } }) }];
      }),
    );
  },
};

/** What tests put in place of another. */
const standsIn = /^(?:Mock|Fake|Stub|Dummy)(?=[A-Z])/;

function extendsType(own: string, wanted: string, basesOf: (type: string) => readonly string[]): boolean {
  const seen = new Set([own]);
  for (const type of seen) {
    for (const base of basesOf(type)) {
      if (hasName(base, wanted)) return true;
      seen.add(bareName(base).replace(/<.*$/s, "").split(".").at(-1) as string);
    }
  }
  return false;
}

function* withCompanions(
  check: RequiredCompanion,
  file: FileSummary,
  subjects: readonly Subject[],
): Generator<Governed> {
  for (const subject of subjects) {
    const missing = missingFrom(check, subject, file);
    if (missing === undefined) continue;
    const { span, fn, name } = subject;
    const claim = `${code(name)} has no ${missing}`;
    yield { file, span, ...(missing !== "" && { offence: { claim, file, fn, span } }) };
  }
}

/** What is missing; empty when nothing is; `undefined` where the demand makes no sense. */
function missingFrom({ companion, name }: RequiredCompanion, subject: Subject, file: FileSummary): string | undefined {
  const fn = file.functions[subject.fn];
  if (!fn) return companion === "doc-comment" ? typeDocumentation(subject, file) : undefined;
  switch (companion) {
    case "doc-comment":
      return fn.doc !== undefined ? "" : needsNoDoc(fn, file) ? undefined : "doc comment";
    case "decorator":
      if (name === undefined || !canBeDecorated(file, fn) || isMarkedTogether(file, fn, name)) return undefined;
      return fn.decorators.some((decorator) => hasName(decorator, name))
        ? ""
        : `decorator ${code(`@${bareName(name)}`)}`;
    case "parameter":
      return name === undefined ? undefined : hasParameter(fn, name) ? "" : `parameter ${code(name)}`;
    case "call":
      if (name === undefined || (bareName(name) === "t.Parallel" && changesProcess(file, subject.fn))) return undefined;
      return callsWithin(file, subject.fn, name) ? "" : `call of ${code(name)}`;
    case "return-type":
      if (!isTyped(file) || fn.form === "constructor" || fn.modifiers.includes("setter")) return undefined;
      return fn.results.length > 0 || fn.name === "__init__" || isTypedByItsName(fn) ? "" : "return type";
    case "parameter-types":
      if (!isTyped(file)) return undefined;
      return untyped(fn) === undefined || isTypedByItsName(fn)
        ? ""
        : `type for the parameter ${code(untyped(fn) as string)}`;
    default:
      return undefined;
  }
}

/** Go has no decorators, and JavaScript none of functions. */
function canBeDecorated({ language }: FileSummary, { typeName }: FunctionSummary): boolean {
  return language === "python" || language === "java" || (language !== "go" && typeName !== undefined);
}

/** The marks of pytest may stand at a class, and of all tests of a module in `pytestmark`. */
function isMarkedTogether({ constants, calls }: FileSummary, { typeName }: FunctionSummary, name: string): boolean {
  if (!bareName(name).startsWith("pytest.mark.")) return false;
  return (
    typeName !== undefined ||
    constants.some((each) => each.name === "pytestmark") ||
    calls.some(({ callee }) => callee === bareName(name))
  );
}

/** What is said where it is declared first, and what says itself: accessors, special methods. */
function needsNoDoc(fn: FunctionSummary, { types, functions, lineStarts, language }: FileSummary): boolean {
  const { name, decorators, typeName, calls, start, end } = fn;
  if (isOverriding.test(decorators.join(" ")) || isSpecial.test(name)) return true;
  if (typeName !== undefined && language === "go" && isOfGoInterface.test(name)) return true;
  if (isAccessor.test(name) && calls.length === 0 && lineAt(lineStarts, end - 1) - lineAt(lineStarts, start) < 4)
    return true;
  const bases = types.find((type) => type.name === typeName)?.bases.map((base) => base.replace(/[<[(].*$/s, "")) ?? [];
  return functions.some(
    (other) => other.name === name && other.doc !== undefined && bases.includes(other.typeName ?? ""),
  );
}

const isOverriding = /(?:^|[\s@.])(?:override|Override|overload|\w+\.(?:setter|deleter))\b/;
const isSpecial = /^(?:__\w+__|toString|hashCode|equals|main|String|Error|constructor)$/;
/** As Go's linters have it. */
const isOfGoInterface = /^(?:Unwrap|Read|Write|ServeHTTP|Len|Less|Swap)$/;
const isAccessor = /^(?:get|set|is|has)(?=[A-Z])/;

function typeDocumentation({ span, name }: Subject, { types }: FileSummary): string | undefined {
  const type = types.find((each) => each.start === span.start && each.name === name);
  return type?.documented === undefined ? undefined : type.documented ? "" : "doc comment";
}

/** Calls of functions written inside it count as its own. */
/** What Go lets no test do that runs beside others. */
function changesProcess(file: FileSummary, fn: number): boolean {
  return ["t.Setenv", "t.Chdir"].some((name) => callsWithin(file, fn, name));
}

function callsWithin({ functions }: FileSummary, fn: number, name: string): boolean {
  const outer = functions[fn];
  if (!outer) return false;
  return functions.some(
    ({ start, end, calls }) =>
      outer.start <= start && end <= outer.end && calls.some(({ callee }) => hasName(callee, name)),
  );
}

function bareName(name: string): string {
  return name.replace(/^[@#[\s]+/, "").replace(/[(\]].*$/s, "");
}

/** `app.route("/x")` is `@app.route` and `@route`. */
function hasName(text: string, name: string): boolean {
  const [given, wanted] = [text.replace(/[(<[].*$/s, "").trim(), bareName(name)];
  return given === wanted || given.endsWith(`.${wanted}`);
}

function hasParameter({ parameters }: FunctionSummary, name: string): boolean {
  const wanted = name.replace(/\s+/g, " ").trim();
  return parameters.some((parameter) => {
    const type = parameter.type?.trim() ?? "";
    return (
      parameter.name === wanted ||
      type === wanted ||
      hasName(type, wanted) ||
      `${parameter.name} ${type}` === wanted ||
      `${parameter.name}: ${type}` === wanted
    );
  });
}

function isTyped({ language }: FileSummary): boolean {
  return language === "python" || language === "typescript";
}

/** `const ebb: Tide = (low) => low`: between its name and the function stands more than an equals sign. */
function isTypedByItsName({ nameSpan, start }: FunctionSummary): boolean {
  return start - nameSpan.end > " = ".length;
}

function untyped({ parameters }: FunctionSummary): string | undefined {
  return parameters.find(
    ({ name, type, default: given }, i) =>
      type === undefined &&
      given === undefined &&
      !(i === 0 && (name === "self" || name === "cls")) &&
      !name.startsWith("_"),
  )?.name;
}

/** Every X has a test: a test calls it, or there is a test file of that name for its file. */
export const requiredTest: WorkspaceForm<RequiredCompanion> = {
  namesOf: () => [],
  check(check, { model, governs }) {
    const tested = testedNames(model);
    const governed: Governed[] = [];
    for (const file of model.files.values()) {
      if (file.isTest || isForTests.test(file.path) || !governs(file)) continue;
      const hasTestFile = tested.has(fileName(file.path).toLowerCase());
      for (const { span, fn, name } of subjectsAmong(model, file, check.subject)) {
        const hasTest = hasTestFile || (fn >= 0 ? isCalledByTest(model, file, fn) : isUsedByTest(model, file));
        const claim = `${code(check.subject.kind === "file" ? file.path : name)} has no test`;
        governed.push({ file, span, ...(!hasTest && { offence: { claim, file, fn, span } }) });
      }
    }
    return governed;
  },
};

/** Helpers of tests are tested by the tests that use them. */
const isForTests =
  /(?:^|\/)(?:testing|tests?|__tests__|test-?utils?|test-?helpers?|fixtures?|__fixtures__|mocks?|__mocks__|e2e)\/|[._-](?:mocks?|fixtures?|fakes?|stubs?)\.[cm]?[jt]sx?$|(?:^|\/)[\w-]*test[_-]?(?:utils?|helpers?|support)\.\w+$|(?:^|\/)(?:conftest|\w+_mock|mock_\w+)\.(?:py|go)$/i;

/** What test files are named for: `harbour` of `harbour_test.go`, `test_harbour.py`, `HarbourTest.java`. */
function testedNames(model: WorkspaceModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path, isTest } of model.files.values()) {
    if (!isTest) continue;
    const base = fileName(path).toLowerCase();
    names.add(base.replace(/^test_?|[_.-]?tests?$|[_.-]?spec$|it$/g, ""));
    if (/(?:^|\/)(?:__tests__|tests?)$/i.test(folderOf(path))) names.add(base);
  }
  return names;
}

function isCalledByTest(model: WorkspaceModel, file: FileSummary, fn: number): boolean {
  const id = functionIds(file)[fn] as string;
  return model.functions.get(id)?.callers.some((caller) => isTestCode(model, caller)) ?? false;
}

function isUsedByTest(model: WorkspaceModel, file: FileSummary): boolean {
  return file.functions.some((_, fn) => isCalledByTest(model, file, fn));
}

function isTestCode(model: WorkspaceModel, id: string): boolean {
  const linked = model.functions.get(id);
  return (linked && model.files.get(linked.path)?.isTest) ?? false;
}

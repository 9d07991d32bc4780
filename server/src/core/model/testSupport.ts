import { memoized } from "../base/memoized";
import { folderOf } from "../base/paths";
import { fileIndex } from "./fileIndex";
import type { FileSummary, FunctionSummary } from "./fileSummary";
import type { WorkspaceModel } from "./workspaceModel";

const supportsTests =
  /(?:^|\/)(?:(?:tests?|testing|mock(?!up)\w*|fakes?|fixtures?|__mocks__)\/|test_?(?:utils?|helpers?|fixtures?|kit|support)(?:\/|\.\w+$))/i;

/** What shows how something is used, or only runs beside who develops it. Its calls are uses of what others call. */
const runsNowhereElse = /(?:^|\/)(?:_?examples?|devtools?)\/|(?:^|[./])dev\.(?:\w+\.)*[jt]sx?$/i;

const mostlyTests = 0.75;

/** Of each file of a folder, whether it is a test. */
const testsByFolder = fileIndex(({ path, isTest }) => [[folderOf(path), isTest] as const]);

/** An index gives the same list as long as nothing in it is another. */
const areMostlyTests = memoized(
  (files: readonly boolean[]) => files.filter((isTest) => isTest).length >= mostlyTests * files.length,
);

/** Whether a function is a test, helps in tests, stands in for something there, or is an example. */
export function isForTests(model: WorkspaceModel, file: FileSummary, fn: FunctionSummary): boolean {
  const { typeName } = fn;
  if (saysItIsForTests(file) || isAmongTests(model, file.path) || isSaidToBeForTests(fn)) return true;
  return typeName !== undefined && typesRunningTests(file).has(typeName);
}

const saysItIsForTests = memoized(
  (file: FileSummary) =>
    file.isTest || runsNowhereElse.test(file.path) || isNamedForTests(file.path) || isPackageForTests(file),
);

const isSaidToBeForTests = memoized(
  (fn: FunctionSummary) => fn.isTest || isTestOnly(fn) || fn.parameters.some(isRunningTest),
);

const typesRunningTests = memoized(
  ({ types }: FileSummary): ReadonlySet<string> =>
    new Set(types.flatMap(({ name, fields }) => (fields.some(isRunningTest) ? name : []))),
);

/** Java's annotation; what is `@VisibleForTesting` is there for others as well. */
export function isTestOnly({ decorators }: FunctionSummary): boolean {
  return decorators.some((name) => /^(?:\w+\.)*TestOnly\b/.test(name));
}

/** `t *testing.T`, handed on or kept by what helps in a test. */
function isRunningTest({ type = "" }: { type?: string }): boolean {
  return /^\*?testing\.(?:TB?|B|F|M)$/.test(type);
}

/** Whether a file is there for tests: it or its folder is named for helping them, or it is where nearly all files are tests. */
export function isTestSupport(model: WorkspaceModel, path: string): boolean {
  const file = model.files.get(path);
  return isNamedForTests(path) || isAmongTests(model, path) || (file !== undefined && isPackageForTests(file));
}

/** Whether a file or a folder around it is named for helping in tests, or for what stands in for something there. */
export function isNamedForTests(path: string): boolean {
  return supportsTests.test(path);
}

/** As in Go's standard library: `httptest`, `iotest`. Not `latest`, `contest`. */
export function isPackageForTests({ language, packageName = "" }: FileSummary): boolean {
  return language === "go" && /(?<!^la|^con|^at)test$/.test(packageName);
}

function isAmongTests(model: WorkspaceModel, path: string): boolean {
  const files = testsByFolder(model.files).get(folderOf(path));
  return files.length > 0 && areMostlyTests(files);
}

import { folderOf } from "../base/paths";
import type { FileSummary, FunctionSummary } from "./fileSummary";
import type { WorkspaceModel } from "./workspaceModel";

const supportsTests =
  /(?:^|\/)(?:(?:tests?|testing|mocks?|fakes?|__mocks__)\/|test_?(?:utils?|helpers?|fixtures?|kit|support)(?:\/|\.\w+$))/i;

const mostlyTests = 0.75;

const testsByFolder = new WeakMap<WorkspaceModel, ReadonlyMap<string, { files: number; tests: number }>>();

/** Whether a function is a test, helps in tests, or stands in for something there. */
export function isForTests(
  model: WorkspaceModel,
  file: FileSummary,
  { isTest, parameters, typeName }: FunctionSummary,
): boolean {
  return (
    isTest ||
    file.isTest ||
    parameters.some(isRunningTest) ||
    file.types.some(({ name, fields }) => name === typeName && fields.some(isRunningTest)) ||
    isTestSupport(model, file.path)
  );
}

/** `t *testing.T`, handed on or kept by what helps in a test. */
function isRunningTest({ type = "" }: { type?: string }): boolean {
  return /^\*?testing\.(?:TB?|B|F|M)$/.test(type);
}

/** Whether a file is there for tests: it or its folder is named for helping them, or it is where nearly all files are tests. */
export function isTestSupport(model: WorkspaceModel, path: string): boolean {
  return supportsTests.test(path) || isAmongTests(model, path);
}

function isAmongTests(model: WorkspaceModel, path: string): boolean {
  let folders = testsByFolder.get(model);
  if (!folders) {
    const counted = new Map<string, { files: number; tests: number }>();
    for (const { path: other, isTest } of model.files.values()) {
      const { files, tests } = counted.get(folderOf(other)) ?? { files: 0, tests: 0 };
      counted.set(folderOf(other), { files: files + 1, tests: tests + (isTest ? 1 : 0) });
    }
    testsByFolder.set(model, counted);
    folders = counted;
  }
  const { files, tests } = folders.get(folderOf(path)) ?? { files: 1, tests: 0 };
  return tests >= mostlyTests * files;
}

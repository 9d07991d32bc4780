import { folderOf } from "../base/paths";
import type { WorkspaceModel } from "./workspaceModel";

const supportsTests = /(?:^|\/)(?:tests?|testing|test_?utils?|mocks?|fakes?|__mocks__)\//i;

const mostlyTests = 0.75;

const testsByFolder = new WeakMap<WorkspaceModel, ReadonlyMap<string, { files: number; tests: number }>>();

/** Whether a file is there for tests: in a folder that is named for them, or where nearly all files are tests. */
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

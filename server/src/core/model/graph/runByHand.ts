import type { FileSummary, FunctionSummary } from "../fileSummary";
import { isForTests } from "../testSupport";
import type { WorkspaceModel } from "../workspaceModel";
import { isTestDouble } from "./inProduction";

/** Tools that somebody runs by hand, what brings a database up to date, and what shows how something is used. */
export function isRunByHand(path: string): boolean {
  return /(?:^|\/)(?:migrations?|seeds?|seeders|fixtures?|scripts?|_?examples?|samples?|tutorials?|demos?|benchmarks?|test(?:ing|-?utils?|-?helpers?)?|mocks?|tools?|schema|management\/commands)\/|^docs?\/|(?:^|\/)test(?:_\w+|-?utils?|-?helpers?)\.\w+$/i.test(
    path,
  );
}

/** Whether a function is no part of what serves requests: it is run by hand, or for tests. */
export function isAside(model: WorkspaceModel, file: FileSummary, fn: FunctionSummary): boolean {
  return isRunByHand(file.path) || isForTests(model, file, fn) || isTestDouble(file, fn);
}

import { memoized } from "../base/memoized";
import type { FileSummary, FunctionSummary } from "./fileSummary";
import type { FunctionHistory, WorkspaceHistory } from "./functionHistory";
import type { Edge, FunctionEffects } from "./graph/functionEffects";
import type { FunctionTable } from "./graph/functionTable";
import { type FunctionId, type FunctionLinks, functionIds } from "./link/links";
import type { SignOff } from "./signOff";

/** Plain data of the whole workspace, never changed once handed out. */
export interface WorkspaceModel {
  /** By path, in path order. */
  files: ReadonlyMap<string, FileSummary>;
  /** The module of each file, as the keys of fields and locks name it. */
  modules: ReadonlyMap<string, string>;
  functions: FunctionTable<LinkedFunction>;
  /** What the version history says, once it has been read. */
  history?: WorkspaceHistory;
  /** What the ledger says; functions nobody has explained are not here. */
  signOffs: ReadonlyMap<FunctionId, SignOff>;
}

/** A function with what the rest of the workspace says of it. */
export interface LinkedFunction {
  id: FunctionId;
  path: string;
  /** In `FileSummary.functions`. */
  index: number;
  links: FunctionLinks;
  edges: readonly Edge[];
  /** Functions that call it or hand it over, sorted. */
  callers: readonly FunctionId[];
  effects: FunctionEffects;
  /** Reaches itself through other functions. */
  isInCycle: boolean;
  /** How someone outside, or a clock, gets here. */
  reachedFrom: readonly Reach[];
}

/** A call that hands a function to a timer or to whoever calls it from outside. */
export interface RegistrationSite {
  path: string;
  /** The function around the call, in `FileSummary.functions`; absent outside every function. */
  index?: number;
  call: number;
}

/** A way from the outside to a function. */
export interface Reach {
  kind: "handler" | "timer";
  /** The function that is called from outside. */
  root: FunctionId;
  /** Where the root was registered, when that is a call. */
  registered?: RegistrationSite;
  /** The caller through which the shortest way leads; absent for the root itself. */
  via?: FunctionId;
  distance: number;
}

/** The linked function at a place of a file. */
export function linkedFunction(model: WorkspaceModel, file: FileSummary, index: number): LinkedFunction | undefined {
  return model.functions.get(functionIds(file)[index] as FunctionId);
}

/** The file of a module that comes first in path order. */
export function firstFileOf(
  { files, modules }: Pick<WorkspaceModel, "files" | "modules">,
  module: string,
): FileSummary | undefined {
  return files.get(firstPaths(modules).get(module) ?? "");
}

const firstPaths = memoized((modules: WorkspaceModel["modules"]): ReadonlyMap<string, string> => {
  const first = new Map<string, string>();
  for (const [path, module] of modules) if (path < (first.get(module) ?? "\uffff")) first.set(module, path);
  return first;
});

/** Whether a function that was replaced is linked, called and reached as before. */
export function isLinkedAlike(a: LinkedFunction, b: LinkedFunction): boolean {
  return (
    a.links === b.links &&
    a.edges === b.edges &&
    a.callers === b.callers &&
    a.isInCycle === b.isInCycle &&
    a.reachedFrom === b.reachedFrom
  );
}

/** Where a linked function is. */
export function functionAt(
  model: WorkspaceModel,
  { path, index }: Pick<LinkedFunction, "path" | "index">,
): { file: FileSummary; fn: FunctionSummary } | undefined {
  const file = model.files.get(path);
  const fn = file?.functions[index];
  return file && fn && { file, fn };
}

/** What the version history says of a function, once it has been read. */
export function historyOf(model: WorkspaceModel, file: FileSummary, index: number): FunctionHistory | undefined {
  const key = functionIds(file)[index]?.slice(file.path.length + 1);
  const known = model.history?.files.get(file.path)?.functions;
  return known && key !== undefined && Object.hasOwn(known, key) ? known[key] : undefined;
}

/** What the ledger says of a function; `undefined` where nobody has explained it. */
export function signOffOf(model: WorkspaceModel, file: FileSummary, index: number): SignOff | undefined {
  return model.signOffs.get(functionIds(file)[index] as FunctionId);
}

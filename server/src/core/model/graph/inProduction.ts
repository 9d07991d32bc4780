import { memoized } from "../../base/memoized";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { type FunctionId, functionIds } from "../link/links";
import { isTestSupport } from "../testSupport";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";

/** Callers of callers are looked at up to here. */
const maxDepth = 3;

const standsIn =
  /^_*(?:[fF]ake|FAKE|[mM]ock|MOCK|[sS]tub|STUB|[tT]est(?=_?(?:[sS]tore|[sS]erver|[cC]lient|[dD]ouble|[hH]arness)))s?(?![a-z])/;

/** Whether a function belongs to what stands in for something in tests: its type, or else its file, is named as a fake. */
export function isTestDouble({ path }: FileSummary, { typeName }: FunctionSummary): boolean {
  return standsIn.test(typeName ?? path.slice(path.lastIndexOf("/") + 1));
}

/**
 * Whether nothing but tests, or nobody at all, calls a function of a program. A library's functions are called by
 * others: it is one where nothing of the type, or of the file, is called by the workspace itself.
 */
export function isUnusedInProduction(model: WorkspaceModel, linked: LinkedFunction, depth = 0): boolean {
  const place = functionAt(model, linked);
  if (!place) return false;
  if (isTestDouble(place.file, place.fn)) return true;
  if (linked.reachedFrom.length > 0 || isCalledByOthers(place.fn)) return false;
  // A caller that is part of an interface for others keeps what it calls alive.
  if (depth > 0 && isKnownToOthers(place.file, place.fn)) return false;
  const callers = linked.callers.flatMap((id) => (id === linked.id ? [] : (model.functions.get(id) ?? [])));
  const used = callers.filter(({ path }) => model.files.get(path)?.isTest === false && !isTestSupport(model, path));
  if (used.length > 0)
    return depth < maxDepth && used.every((caller) => isUnusedInProduction(model, caller, depth + 1));
  return (
    (callers.length > 0 || isClosedToOthers(place.file, place.fn)) &&
    hasUsedSibling(model, place.file, place.fn) &&
    !isPerhapsCalled(model, linked.id, place.fn.name)
  );
}

/** What frameworks, the language or a class above may call. */
function isCalledByOthers({ form, name, decorators }: FunctionSummary): boolean {
  const isRegistered = decorators.some((decorator) => !saysNothing.test(decorator));
  return form === "closure" || form === "constructor" || isRegistered || /^(?:main|init|__\w+__|)$/.test(name);
}

/** Annotations that nobody calls a function for. */
const saysNothing =
  /(?:^|\.)(?:VisibleForTesting|TestOnly|GuardedBy|SuppressWarnings|Deprecated|Nullable|Nonnull|NotNull|NonNull|Immutable)\b/;

/** Whether code outside the workspace may call a function. */
export function isKnownToOthers({ language }: FileSummary, { name, modifiers }: FunctionSummary): boolean {
  if (modifiers.includes("public") || modifiers.includes("exported")) return true;
  return language === "python" ? !name.startsWith("_") : language === "go" && /^[A-Z]/.test(name);
}

/** Whether everyone who may call a function is in the workspace. An exported method in Go may be that of any interface. */
function isClosedToOthers({ language }: FileSummary, { name }: FunctionSummary): boolean {
  switch (language) {
    case "go":
      return /^[a-z_]/.test(name);
    case "java":
      return true;
    case "python":
      return name.startsWith("_");
    default:
      return /^[#_]/.test(name);
  }
}

function hasUsedSibling(model: WorkspaceModel, file: FileSummary, { name, typeName }: FunctionSummary): boolean {
  const ids = functionIds(file);
  return file.functions.some(
    (other, i) =>
      other.typeName === typeName &&
      other.name !== name &&
      other.form !== "constructor" &&
      model.functions
        .get(ids[i] as FunctionId)
        ?.callers.some((id) => model.files.get(model.functions.get(id)?.path ?? "")?.isTest === false),
  );
}

const namesCalledIn = memoized(
  ({ calls, functions }: FileSummary): ReadonlySet<string> =>
    new Set([calls, ...functions.map((fn) => fn.calls)].flat().map(({ callee }) => lastName(callee))),
);

/** The last names of what is read: fields, and methods as values. */
const namesReadIn = memoized(
  ({ functions }: FileSummary): ReadonlySet<string> => new Set(functions.flatMap(({ reads }) => reads.map(lastName))),
);

function lastName(callee: string): string {
  return /\w+$/.exec(callee)?.[0] ?? callee;
}

/**
 * Whether some call outside tests by that name leads nobody knows where, or to one of many, or a method of that name is
 * handed on as a value: `steps := []step{s.filter, s.resolve}`.
 */
function isPerhapsCalled(model: WorkspaceModel, id: FunctionId, name: string): boolean {
  for (const file of model.files.values()) {
    if (file.isTest) continue;
    if (!namesReadIn(file).has(name) && !namesCalledIn(file).has(name)) continue;
    const ids = functionIds(file);
    for (const [i, fn] of file.functions.entries()) {
      const { calls = [], reads = [] } = model.functions.get(ids[i] as FunctionId)?.links ?? {};
      // What is read and no field.
      if (!fn.isTest && fn.reads.some((path, at) => path.endsWith(`.${name}`) && !reads[at])) return true;
      const isThis = ({ callee }: { callee: string }, at: number) => {
        const target = calls[at];
        if (!target || target.functions.length > 0 || lastName(callee) !== name) return false;
        return target.alternatives ? target.alternatives.includes(id) : file.language !== "java" && !target.external;
      };
      if (fn.calls.some(isThis)) return true;
    }
  }
  return false;
}

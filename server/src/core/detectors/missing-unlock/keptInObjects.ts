import { rootOf } from "../../model/accessPath";
import type { FunctionFacts, Step, Value } from "../../model/facts";
import type { FunctionSummary } from "../../model/fileSummary";
import { callersOf } from "../../model/graph/callersOf";
import { isMade } from "../../model/graph/construction";
import type { LockingFunction } from "../../model/graph/lockAnalysis";
import type { LockRef } from "../../model/link/links";
import { valuesWithin, walkSteps } from "../../model/walkSteps";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import { errorReturns } from "./leftOnError";

/** What is noted of a function. */
export interface ObjectNotes {
  /**
   * The locks, as written, that it takes and puts into an object it makes, or that are part of one which it makes and
   * stores somewhere: whoever gets that may give them back.
   */
  kept?: readonly string[];
  /** What it puts the results of calls that take locks into, by the call, both as written: `this.close`. */
  results?: Readonly<Record<string, string>>;
  /** What it sets to true, as written, and takes a lock. */
  flags?: readonly string[];
  /** Whatever it returns is an object that it has just made. */
  givesNew?: true;
  /** Where it returns an error. */
  errors?: readonly number[];
  /** Where it returns an error, `false` or nothing, and does not elsewhere. */
  refusals?: readonly number[];
}

export const detectorId = "missing-unlock";

const takes = /^(.+)\.(?:R?Lock|lock|acquire)$/;

/** What is noted of a function while its steps are at hand; nothing where there is nothing to note. */
export function objectNotes(fn: FunctionFacts): ObjectNotes | undefined {
  const { steps } = fn;
  const taken = new Set<string>();
  const kept = new Set<string>();
  const made = new Set<string>();
  const stored = new Set<string>();
  const results = new Map<string, string>();
  const set = new Set<string>();
  const returned: Extract<Step, { kind: "return" }>[] = [];
  walkSteps(steps, (step) => {
    const lock = step.kind === "call" ? takes.exec(step.callee)?.[1] : undefined;
    if (lock !== undefined) taken.add(lock);
    const given = step.kind === "return" ? step.values : step.kind === "assign" ? [step.value] : [];
    for (const value of given) for (const path of pathsIn(value)) kept.add(path);
    if (step.kind === "assign" && isNew(step.value)) made.add(step.target);
    if (step.kind === "write" && step.value.kind === "path") stored.add(step.value.path);
    if (step.kind === "write" && step.value.kind === "literal" && /^true$/i.test(step.value.text)) set.add(step.path);
    if (step.kind === "write" && step.value.kind === "call" && takes.test(step.value.callee))
      results.set(step.value.callee, step.path);
    if (step.kind === "return") returned.push(step);
  });
  const isOfStored = (lock: string) => made.has(rootOf(lock)) && stored.has(rootOf(lock));
  const both = [...taken].filter((lock) => kept.has(lock) || isOfStored(lock));
  const givesNew = returned.length > 0 && returned.every(({ values }) => isNew(values[0]));
  const errors = taken.size > 0 ? errorReturns(fn) : [];
  const givesError = fn.results.at(-1) === "error";
  const refusing = returned.filter(({ values }) => !givesError && isRefusal(values));
  const isElsewhereNot = refusing.length < returned.length || returned.every(({ values }) => values.length === 0);
  const refused = taken.size > 0 && isElsewhereNot ? refusing.map(({ start }) => start) : [];
  const refusals = [...errors, ...refused];
  const flags = taken.size > 0 ? [...set] : [];
  if (both.length === 0 && results.size === 0 && flags.length === 0 && !givesNew && refusals.length === 0)
    return undefined;
  return {
    ...(both.length > 0 && { kept: both }),
    ...(results.size > 0 && { results: Object.fromEntries(results) }),
    ...(flags.length > 0 && { flags }),
    ...(givesNew && { givesNew }),
    ...(errors.length > 0 && { errors }),
    ...(refusals.length > 0 && { refusals }),
  };
}

function isRefusal(values: readonly Value[]): boolean {
  const value = values.at(-1);
  return !value || (value.kind === "literal" && (value.type === "null" || /^false$/i.test(value.text)));
}

function isNew(value: Value | undefined): boolean {
  if (value?.kind === "call") return /^new\b/.test(value.callee);
  return value?.kind === "composite" && value.form === "object" && value.typeName !== undefined;
}

/** What becomes a part of a new object. */
function pathsIn(value: Value): string[] {
  return [...valuesWithin(value)].flatMap((inner) => {
    const isObject = inner.kind === "composite" && inner.form === "object";
    const parts = isObject
      ? inner.parts
      : inner.kind === "call" && isConstructor.test(inner.callee)
        ? inner.arguments
        : [];
    return parts.flatMap((part) => [...valuesWithin(part)].flatMap((one) => (one.kind === "path" ? one.path : [])));
  });
}

const isConstructor = /^(?:new )?(?:\w+\.)*[A-Z]\w*$/;

export function isKeptInObject(fn: FunctionSummary, taken: number): boolean {
  const lock = takes.exec(fn.calls[taken]?.callee ?? "")?.[1];
  return lock !== undefined && notesOf(fn)?.kept?.includes(lock) === true;
}

export function notesOf({ observations }: FunctionSummary): ObjectNotes | undefined {
  return observations[detectorId] as ObjectNotes | undefined;
}

/**
 * Whether a lock is that of the object a method is called on, and all who call the method outside tests make one for
 * it that nobody keeps: `newReader(file).next()`.
 */
export function isOfObjectDropped(
  model: WorkspaceModel,
  { linked }: Pick<LockingFunction, "linked">,
  { instance }: LockRef,
): boolean {
  if (!instance?.startsWith("this.") || linked.edges.some(({ runs }) => runs !== "now")) return false;
  const callers = callersOf(model, linked);
  return (
    callers.length > 0 &&
    callers.every(({ linked: caller, edges }) =>
      edges.every(({ call, runs }) => runs === "now" && isCalledOnNew(model, caller, call)),
    )
  );
}

function isCalledOnNew(model: WorkspaceModel, caller: LinkedFunction, call: number): boolean {
  const place = functionAt(model, caller);
  const calls = place?.fn.calls ?? [];
  const object = calls[call]?.callee.replace(/\.[^.]*$/, "") ?? "";
  const maker = calls.findIndex(({ callee }) => `${callee}()` === object);
  if (!place || maker < 0) return false;
  const { functions = [] } = caller.links.calls[maker] ?? {};
  return (
    isMade(place.file, object) ||
    (functions.length > 0 &&
      functions.every((id) => {
        const linked = model.functions.get(id);
        const fn = linked && functionAt(model, linked)?.fn;
        return fn !== undefined && notesOf(fn)?.givesNew === true;
      }))
  );
}

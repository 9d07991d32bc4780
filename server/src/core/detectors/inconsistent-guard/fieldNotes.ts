import { lastPart } from "../../model/accessPath";
import type { FileFacts, FunctionFacts, Value } from "../../model/facts";
import type { FileSummary, FunctionSummary } from "../../model/fileSummary";
import { type FieldAccess, isHeld } from "../../model/graph/fieldAccesses";
import type { GuardedField } from "../../model/graph/guards";
import { valuesInside, valuesOf, walkSteps } from "../../model/walkSteps";

const detectorId = "inconsistent-guard";

/** What is noted of the fields a function gives a value, by their names. */
export interface FieldNotes {
  /** Those that a Java constructor gives a collection which takes care of itself. */
  concurrent?: readonly string[];
  /** Those that a function sets to one constant and to nothing else. */
  constants?: Readonly<Record<string, string>>;
  /** Those that a Python function goes over without calling anything: `[name for name in self.names]`. */
  listed?: readonly string[];
  /** How often a Go function compares one with `nil`. */
  compared?: Readonly<Record<string, number>>;
  /** It gives back what it is called on. */
  givesItself?: true;
}

const concurrent =
  /(?:^|\.)(?:\w*Concurrent\w+|CopyOnWrite\w+|\w*Blocking(?:Queue|Deque)|Vector|Hashtable)$|\b(?:synchroni[sz]ed?|concurrent)(?![a-z])\w*$/;

/** What is noted of a function while its steps are at hand; nothing where there is nothing to note. */
export function fieldNotes(fn: FunctionFacts, { language }: FileFacts): FieldNotes | undefined {
  const names: string[] = [];
  const values = new Map<string, string | undefined>();
  const compared = new Map<string, number>();
  const listed = new Set<string>();
  let givesItself = false as boolean;
  walkSteps(fn.steps, (step) => {
    if (step.kind === "return") givesItself ||= step.values.some((value) => isItself(value, fn));
    if (language === "python" && step.kind === "loop" && step.over?.kind === "path")
      listed.add(lastPart(step.over.path));
    if (language === "go") for (const value of valuesOf(step)) countComparisons(value, compared);
    if (step.kind !== "write") return;
    const { path, value, operator } = step;
    const own = /^(?:this\.)?(\w+)$/.exec(path)?.[1];
    if (language === "java" && own && value.kind === "call" && concurrent.test(value.callee)) names.push(own);
    const name = /\.([\w$]+)$/.exec(path)?.[1];
    if (name === undefined) return;
    const constant = value.kind === "literal" && operator === "=" ? value.text : undefined;
    values.set(name, values.has(name) && values.get(name) !== constant ? undefined : constant);
  });
  if (fn.form === "constructor") return names.length > 0 ? { concurrent: names } : undefined;
  const constants = [...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  if (constants.length + compared.size + listed.size === 0 && !givesItself) return undefined;
  return {
    ...(givesItself && { givesItself: true as const }),
    ...(listed.size > 0 && { listed: [...listed] }),
    ...(constants.length > 0 && { constants: Object.fromEntries(constants) }),
    ...(compared.size > 0 && { compared: Object.fromEntries(compared) }),
  };
}

function isItself(value: Value, { receiver }: FunctionFacts): boolean {
  return value.kind === "path" && (value.path === "this" || value.path === receiver?.name);
}

/** Whether a function only sets something and gives its object back: `Ferry withMast(int mast) { ...; return this; }`. */
export function isSettingUp({ kind, depth, fn }: FieldAccess): boolean {
  return kind === "write" && depth === 0 && fn.calls.length === 0 && notesOf(fn).givesItself === true;
}

/** Adds how often fields are compared with `nil` in a value, by their names. */
function countComparisons(value: Value, found: Map<string, number>): void {
  for (const inside of valuesInside(value)) countComparisons(inside, found);
  if (value.kind !== "operation" || !/^[!=]=$/.test(value.operator)) return;
  const [first, second] = value.operands;
  const name = first?.kind === "path" ? /\.(\w+)$/.exec(first.path)?.[1] : undefined;
  if (name !== undefined && second?.kind === "literal" && second.type === "null")
    found.set(name, (found.get(name) ?? 0) + 1);
}

/** How often a function compares what it uses at an access with `nil`. */
export function comparisonsWithNil({ fn, path }: FieldAccess): number {
  return ofName(notesOf(fn).compared, path) ?? 0;
}

/** Whether a function goes over what it uses at an access. */
export function isListed({ fn, path }: FieldAccess): boolean {
  return notesOf(fn).listed?.includes(lastPart(path)) ?? false;
}

/** Whether an access sets a field to `nil`. */
export function isSetToNil(access: FieldAccess): boolean {
  return access.kind === "write" && constantOf(access) === "nil";
}

function constantOf({ fn, path, depth }: FieldAccess): string | undefined {
  return depth === 0 ? ofName(notesOf(fn).constants, path) : undefined;
}

/** What is noted of the field at the end of a path. */
function ofName<T>(noted: Readonly<Record<string, T>> | undefined, path: string): T | undefined {
  const name = lastPart(path);
  return noted && Object.hasOwn(noted, name) ? noted[name] : undefined;
}

function notesOf({ observations }: FunctionSummary): FieldNotes {
  return (observations[detectorId] as FieldNotes | undefined) ?? {};
}

/** Whether all who set a field without its lock set it to a constant to which somebody sets it under the lock. */
export function isSameConstant({ lock, accesses }: GuardedField, access: FieldAccess): boolean {
  const constant = constantOf(access);
  const writes = accesses.filter(({ kind }) => kind === "write");
  const isUnder = (one: FieldAccess) => isHeld(lock, one.holds, "write");
  return (
    access.kind === "write" &&
    constant !== undefined &&
    writes.some((one) => isUnder(one) && constantOf(one) === constant) &&
    writes.every((one) => isUnder(one) || constantOf(one) === constant)
  );
}

/** Whether a constructor of its type gives a field a collection that takes care of itself. */
export function isMadeConcurrent({ functions }: FileSummary, { field }: GuardedField): boolean {
  const [owner, name] = field.split(".").slice(-2);
  return functions.some(
    (fn) => fn.typeName?.split(".").at(-1) === owner && notesOf(fn).concurrent?.includes(name ?? ""),
  );
}

import { isSameData } from "../../base/sameData";
import type { CallSummary, FileSummary, Flow, FunctionSummary } from "../fileSummary";
import { type CallTarget, type FunctionLinks, functionIds } from "./links";

/**
 * For each function of a file its index in an earlier version, where it and the functions around it say the same apart
 * from their place.
 */
export function unchangedFunctions(before: FileSummary, now: FileSummary): (number | undefined)[] {
  const places = new Map(functionIds(before).map((id, index) => [id, index]));
  const ids = functionIds(now);
  const unchanged: (number | undefined)[] = [];
  now.functions.forEach((fn, index) => {
    const place = places.get(ids[index] as string);
    const fnBefore = place === undefined ? undefined : before.functions[place];
    const isSame =
      fnBefore !== undefined &&
      isSameParent(before, fnBefore, now, fn) &&
      (fn.parent === undefined || unchanged[fn.parent] !== undefined) &&
      (fn === fnBefore || saysTheSame(fnBefore, fn));
    unchanged.push(isSame ? place : undefined);
  });
  return unchanged;
}

/**
 * The functions of a file whose links cannot be others, as long as nothing is that other files can see: nothing in
 * the outermost function around them has changed. None where what the functions of a file share has changed.
 */
export function settledFunctions(
  before: FileSummary,
  now: FileSummary,
  unchanged: readonly (number | undefined)[],
): ReadonlySet<number> {
  const settled = new Set<number>();
  if (!isSameAround(before, now)) return settled;
  const changedOutermost = new Set<number>();
  const outermost = now.functions.map((_, index) => outermostAround(now, index));
  for (const [index, of] of outermost.entries()) {
    if (unchanged[index] === index) continue;
    changedOutermost.add(of);
    // What has no name is seen through whatever it is a part of.
    if (now.functions[of]?.name === "") return settled;
  }
  for (const [index, of] of outermost.entries()) if (!changedOutermost.has(of)) settled.add(index);
  return settled;
}

function outermostAround({ functions }: FileSummary, index: number): number {
  let at = index;
  for (let next = functions[at]?.parent; next !== undefined; next = functions[at]?.parent) at = next;
  return at;
}

/** Whether two versions of a file have the same functions, and the same outside them apart from places. */
function isSameAround(a: FileSummary, b: FileSummary): boolean {
  return (
    a.language === b.language &&
    a.isTest === b.isTest &&
    isSameList(functionIds(a), functionIds(b)) &&
    sharedParts.every((part) => isSameElsewhere(a[part], b[part]))
  );
}

const sharedParts = ["packageName", "imports", "types", "constants", "exports", "calls"] as const;

/** Whether two pieces of plain data say the same, wherever in the file they stand. */
function isSameElsewhere(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        key === "start" ||
        key === "end" ||
        isSameElsewhere((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

function isSameParent(
  before: FileSummary,
  { parent: parentBefore }: FunctionSummary,
  now: FileSummary,
  { parent }: FunctionSummary,
): boolean {
  if (parent === undefined || parentBefore === undefined) return parent === parentBefore;
  return functionIds(before)[parentBefore] === functionIds(now)[parent];
}

/** Whether two versions of a function are the same apart from their place; what detectors have noted is not compared. */
function saysTheSame(a: FunctionSummary, b: FunctionSummary): boolean {
  const by = b.start - a.start;
  if (a.shapeHash !== b.shapeHash || a.end + by !== b.end || a.calls.length !== b.calls.length) return false;
  return (
    a.calls.every((call, i) => isMovedCall(call, b.calls[i] as CallSummary, by)) &&
    areMovedFlows(a.flow, b.flow, by) &&
    areMovedStarts(a.writeStarts, b.writeStarts, by) &&
    areMovedStarts(a.readStarts, b.readStarts, by) &&
    otherParts.every((part) => isSameData(a[part], b[part]))
  );
}

const otherParts = [
  "symbol",
  "form",
  "typeName",
  "receiver",
  "typeParameters",
  "parameters",
  "results",
  "resultNames",
  "modifiers",
  "decorators",
  "doc",
  "isTest",
  "damaged",
  "returns",
  "writes",
  "reads",
  "keeps",
  "failures",
] as const satisfies readonly (keyof FunctionSummary)[];

function isMovedCall(a: CallSummary, b: CallSummary, by: number): boolean {
  return (
    a.start + by === b.start &&
    a.end + by === b.end &&
    a.callee === b.callee &&
    a.origin === b.origin &&
    a.interval === b.interval &&
    a.accesses === b.accesses &&
    isSameData(a.options, b.options) &&
    isSameData(a.handsOn, b.handsOn) &&
    isSameList(a.arguments, b.arguments)
  );
}

function areMovedStarts(a: readonly number[], b: readonly number[], by: number): boolean {
  return a.length === b.length && a.every((start, i) => (start < 0 ? start : start + by) === b[i]);
}

function areMovedFlows(a: readonly Flow[], b: readonly Flow[], by: number): boolean {
  return a.length === b.length && a.every((node, i) => isMovedFlow(node, b[i] as Flow, by));
}

function isMovedFlow(a: Flow, b: Flow, by: number): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return isMovedData(a, b, by);
}

/** As `isSameData`, for steps. */
function isMovedData(a: unknown, b: unknown, by: number): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  let count = 0;
  for (const key in one) {
    count++;
    const isPosition = key === "start" || key === "gotAt";
    if (!(isPosition ? (one[key] as number) + by === other[key] : isMovedData(one[key], other[key], by))) return false;
  }
  for (const _ in other) count--;
  return count === 0;
}

/** Whether what a function reaches is the same. */
export function isSameLinks(a: FunctionLinks, b: FunctionLinks): boolean {
  return (
    a.calls.length === b.calls.length &&
    a.calls.every((target, i) => isSameTarget(target, b.calls[i] as CallTarget)) &&
    isSameMap(a.handedOver, b.handedOver) &&
    isSameMap(a.lockOperations, b.lockOperations) &&
    isSameData(a.scopeLocks, b.scopeLocks) &&
    isSameData(a.heldThroughout, b.heldThroughout) &&
    a.queued === b.queued &&
    isSameMap(a.loopPaces, b.loopPaces) &&
    isSameList([...(a.callsByTheClock ?? [])], [...(b.callsByTheClock ?? [])]) &&
    isSameList([...(a.callsByMessages ?? [])], [...(b.callsByMessages ?? [])]) &&
    isSameList(a.callsByTheClockOf ?? [], b.callsByTheClockOf ?? []) &&
    isSameList(a.callsByMessagesOf ?? [], b.callsByMessagesOf ?? []) &&
    isSameList([...(a.waitsForRoom ?? [])].flat(), [...(b.waitsForRoom ?? [])].flat()) &&
    isSameList(a.callsParameters, b.callsParameters) &&
    isSameData(a.kept, b.kept) &&
    isSameList(a.keepsGiven ?? [], b.keepsGiven ?? []) &&
    isSameList([...(a.callsKept ?? [])].flat(), [...(b.callsKept ?? [])].flat()) &&
    isSameList([...(a.callsByKey ?? [])].flat(), [...(b.callsByKey ?? [])].flat()) &&
    isSameList(a.writes, b.writes) &&
    isSameList(a.reads, b.reads)
  );
}

function isSameTarget(a: CallTarget, b: CallTarget): boolean {
  return (
    a === b ||
    (a.dynamic === b.dynamic &&
      a.entry === b.entry &&
      isSameList(a.functions, b.functions) &&
      isSameList(a.alternatives ?? [], b.alternatives ?? []) &&
      isSameData(a.external, b.external) &&
      isSameData(a.through, b.through))
  );
}

function isSameMap<V>(a: ReadonlyMap<number, V>, b: ReadonlyMap<number, V>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || !isSameData(value, b.get(key))) return false;
  return true;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}

import { isSameData } from "../../base/sameData";
import type { CallSummary, FileSummary, Flow, FunctionSummary } from "../fileSummary";
import { type CallTarget, type FileLinks, type FunctionLinks, functionIds } from "./links";

interface LinkedSummary {
  summary: FileSummary;
  links: FileLinks;
}

/**
 * The links of a file, with the object that a function had before for every function that says the same, apart from
 * its place, and leads to the same; so do the functions around it.
 */
export function keepUnchanged(before: LinkedSummary, now: LinkedSummary): FileLinks {
  const places = new Map(functionIds(before.summary).map((id, index) => [id, index]));
  const kept: boolean[] = [];
  const functions = now.links.functions.map((links, index) => {
    const fn = now.summary.functions[index] as FunctionSummary;
    const place = places.get(links.id);
    const fnBefore = place === undefined ? undefined : before.summary.functions[place];
    const linksBefore = place === undefined ? undefined : before.links.functions[place];
    const isKept =
      fnBefore !== undefined &&
      linksBefore !== undefined &&
      isSameParent(before.summary, fnBefore, now.summary, fn) &&
      (fn.parent === undefined || kept[fn.parent] === true) &&
      (fn === fnBefore || saysTheSame(fnBefore, fn)) &&
      isSameLinks(linksBefore, links);
    kept.push(isKept);
    return isKept ? linksBefore : links;
  });
  return { ...now.links, functions };
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
  "failures",
] as const satisfies readonly (keyof FunctionSummary)[];

function isMovedCall(a: CallSummary, b: CallSummary, by: number): boolean {
  return (
    a.start + by === b.start &&
    a.end + by === b.end &&
    a.callee === b.callee &&
    a.origin === b.origin &&
    a.interval === b.interval &&
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

function isSameLinks(a: FunctionLinks, b: FunctionLinks): boolean {
  return (
    a.calls.length === b.calls.length &&
    a.calls.every((target, i) => isSameTarget(target, b.calls[i] as CallTarget)) &&
    isSameMap(a.handedOver, b.handedOver) &&
    isSameMap(a.lockOperations, b.lockOperations) &&
    isSameData(a.scopeLocks, b.scopeLocks) &&
    isSameMap(a.loopPaces, b.loopPaces) &&
    isSameList(a.callsParameters, b.callsParameters) &&
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
      isSameData(a.external, b.external))
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

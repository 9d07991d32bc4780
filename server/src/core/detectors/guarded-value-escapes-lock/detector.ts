import { code } from "../../base/markdown";
import { type CallSummary, type Flow, type FunctionSummary, flowsInside } from "../../model/fileSummary";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { type Condition, conditionsAt } from "../../model/graph/conditionsAt";
import { runsOnNewObjects } from "../../model/graph/construction";
import { memberName } from "../../model/graph/effectText";
import { depthOf, type FieldAccess, isHeld, isThroughObject } from "../../model/graph/fieldAccesses";
import { fieldDeclaration, pointeeOf, sharingOf } from "../../model/graph/fieldTypes";
import { type GuardedField, guardedFields } from "../../model/graph/guards";
import { isUnusedInProduction } from "../../model/graph/inProduction";
import { type LockingFunction, lockAnalysis, prepareLockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import { isForTests } from "../../model/testSupport";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";

export const guardedValueEscapesLock: Detector<undefined> = {
  id: "guarded-value-escapes-lock",
  title: "Guarded value used after the unlock",
  defaultSeverity: "warning",
  options: {},
  prepare: prepareLockAnalysis,
  docs: {
    whatItDoes:
      'Follows what a function gets from a guarded field while it holds the lock: a map, a slice or list, or an object with such fields. Reports it when that is used, serialised or returned after the lock has been released, while another function changes it in place under the same lock. Copies, immutable values, structs that were copied by assignment, collections that are only ever replaced as a whole, those that the function has taken over by giving the field a new one, those that are filled only under the lock under which they were made, those that others change only on a copy they have made, a list of at most one that is returned, and helpers of tests are fine. Told as `info` is what nothing but tests calls, and what a comment leaves to callers ("not safe for concurrent use").',
    whyIsThisBad:
      "The lock is released correctly, and the value is not safe all the same: it is the very object that others go on changing. In Go, encoding or iterating over a map that another goroutine writes ends the process. In Java it throws `ConcurrentModificationException`, in Python `dictionary changed size during iteration`. The code looks right in review, because the access to the field is under the lock.",
    example: `s.mu.RLock()
intel := s.intels[faction]
s.mu.RUnlock()
data, err := json.Marshal(intel.Stations) // others still write this map`,
    exampleLanguage: "go",
    instead: `s.mu.RLock()
stations := maps.Clone(s.intels[faction].Stations)
s.mu.RUnlock()
data, err := json.Marshal(stations)`,
    knownMisses: [
      "Values that are sent through a channel, stored in another object, collected into a list, or used by a function started under the lock.",
      "A caller that gets the value from a function and uses it without the lock, other than through a returned collection.",
      "Plain fields of an object that was got from a function, since it may be a copy.",
      "An object that a method of an interface returns, where several may answer: some return copies.",
      "Slices that others only shift or append to in place.",
      "In TypeScript and JavaScript everything but a loop in an async function.",
    ],
  },

  check(model) {
    const guards = guardsOf(model);
    const told = new Set<FunctionId>();
    const found = [...guards.byField.values()].flatMap((guarded) => usesAfterUnlock(guards, guarded, told));
    for (const locking of lockAnalysis(model).locking) found.push(...returnedBy(guards, locking, told));
    return found.flatMap(({ by, ...finding }) => {
      const place = functionAt(model, by);
      if (place && isForTests(model, place.file, place.fn)) return [];
      const mild = isUnusedInProduction(model, by)
        ? "Nothing outside tests calls it."
        : speaksOfUse.test(place?.fn.doc ?? "")
          ? "Its comment says how to use it."
          : undefined;
      return mild === undefined ? finding : { ...finding, message: `${finding.message} ${mild}`, atMost: "info" };
    });
  },
};

/** A comment that leaves it to callers. That they must not change the value says nothing of others who do. */
const speaksOfUse =
  /\b(?:not|no longer|un)[ -]?(?:thread|goroutine|concurren\w+)?[ -]?safe\b|\bcallers? (?:must|should|has to|have to) (?:hold|lock|not call)\b/i;

/** A finding with the function it is about. */
type Found = DetectorFinding & { by: LinkedFunction };

interface Guards {
  model: WorkspaceModel;
  byField: ReadonlyMap<string, GuardedField>;
  /** Types with fields that are guarded, by key. */
  byType: ReadonlyMap<string, readonly GuardedField[]>;
}

function guardsOf(model: WorkspaceModel): Guards {
  const guarded = guardedFields(model);
  const byType = new Map<string, GuardedField[]>();
  for (const one of guarded) {
    const owner = one.field.slice(0, one.field.lastIndexOf("."));
    byType.set(owner, [...(byType.get(owner) ?? []), one]);
  }
  return { model, byField: new Map(guarded.map((one) => [one.field, one])), byType };
}

/** Uses behind the unlock of what was got under the lock, one for each function. */
function usesAfterUnlock(guards: Guards, guarded: GuardedField, told: Set<FunctionId>): Found[] {
  const findings: Found[] = [];
  for (const access of guarded.accesses) {
    const { got, mayHold, linked } = access;
    const lock = got?.holds?.find((held) => held.lock === guarded.lock);
    if (!lock || mayHold.some((held) => held.lock === lock.lock) || told.has(linked.id)) continue;
    if (isTakenOver(guards, access)) continue;
    const change = isThroughObject(access)
      ? changeOfField(guards, guarded, access)
      : changeOfValue(guards, guarded, access);
    if (!change) continue;
    told.add(linked.id);
    findings.push(findingOf(guards, change.guarded, access, change.access, "uses"));
  }
  return findings;
}

interface Change {
  guarded: GuardedField;
  access: FieldAccess;
}

function changeOfField({ model }: Guards, guarded: GuardedField, use: FieldAccess): Change | undefined {
  const isGo = use.file.language === "go";
  if (isCollectionInUse(model, guarded, use, 0)) {
    // Under the lock of another object it is another's field that is replaced as often as this one.
    const change = changeBy(model, guarded, use, isGo && guarded.isOwnLock ? 0 : 1);
    return change && { guarded, access: change };
  }
  // Whether a plain field is of an object that others reach is only known where both get it from the same place.
  const isHabit = guarded.guarded.size >= 2 && guarded.guarded.size >= guarded.unguarded.size;
  const place = isHabit ? (use.got?.path ?? "") : "";
  const change = isGo && place !== "" ? changeBy(model, guarded, use, 0, `${place}.`) : undefined;
  return change && { guarded, access: change };
}

/** A change of the collection that was got, or of the object that is handed to a serialiser. */
function changeOfValue(guards: Guards, guarded: GuardedField, use: FieldAccess): Change | undefined {
  const { model, byType } = guards;
  const depth = depthOf(use.got?.path ?? use.path);
  const change = isCollectionInUse(model, guarded, use, depth) ? changeBy(model, guarded, use, depth + 1) : undefined;
  if (change) return { guarded, access: change };
  if (!callsAround(use).some(({ role }) => role === "serialise")) return undefined;
  const declaration = fieldDeclaration(model, guarded.field);
  const type = declaration && pointeeOf(model, declaration, depth);
  for (const one of byType.get(type ?? "") ?? []) {
    const inside = one.lock === guarded.lock ? changeBy(model, one, use, 0) : undefined;
    if (inside) return { guarded: one, access: inside };
  }
  return undefined;
}

/** Whether a collection is gone through, looked into or handed on; a comparison with nothing is neither. */
function isCollectionInUse(model: WorkspaceModel, { field }: GuardedField, use: FieldAccess, depth: number): boolean {
  const declaration = fieldDeclaration(model, field);
  if (!declaration || sharingOf(model, declaration, depth) !== "collection") return false;
  const isGoneThrough = isLoopedOver(use.fn.flow, use.start);
  if (use.file.language === "typescript" || use.file.language === "javascript")
    return isGoneThrough && use.fn.modifiers.includes("async");
  return isGoneThrough || callsAround(use).length > 0 || (use.file.language === "go" && depthOf(use.path) > depth);
}

/** Whether an access stands in the head of a loop: it is told before the loop and written behind its start. */
function isLoopedOver(flow: readonly Flow[], start: number): boolean {
  let isBefore = false;
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "read" && node.start === start) isBefore = true;
    if (node.kind === "loop" && isBefore && node.start < start) return true;
    return flowsInside(node).some((inner) => isLoopedOver(inner, start));
  });
}

/** The calls that a value is handed to, innermost first. */
function callsAround({ fn, linked, start, path, got }: FieldAccess): { site: CallSummary; role: string | undefined }[] {
  // A local with a declared type is known by that in arguments.
  const isItself = got?.path === path && !fn.calls.some((site) => site.start === start && site.callee.includes("."));
  return fn.calls.flatMap((site, i) =>
    site.start < start && start < site.end && (isItself || site.arguments.includes(path))
      ? [{ site, role: linked.links.calls[i]?.entry?.role }]
      : [],
  );
}

/** A write under the lock, by another function, that goes so deep. */
function changeBy(
  model: WorkspaceModel,
  { accesses, lock }: GuardedField,
  use: FieldAccess,
  depth: number,
  place = "",
): FieldAccess | undefined {
  return accesses.find(
    (other) =>
      other.kind === "write" &&
      other.depth >= depth &&
      other.path.startsWith(place) &&
      other.linked.id !== use.linked.id &&
      isHeld(lock, other.holds, "write") &&
      !isRebuilt(accesses, other) &&
      !runsOnNewObjects(model, other.linked),
  );
}

/** Whether a function gives the field another value, so that what it held before is nobody else's. */
function isTakenOver({ byField }: Guards, { fn, linked, got }: FieldAccess): boolean {
  if (!got || got.path === "") return false;
  const field = linked.links.reads[fn.reads.indexOf(got.path)];
  return (byField.get(field ?? "")?.accesses ?? []).some(
    ({ linked: by, kind, path }) => by.id === linked.id && kind === "write" && path === got.path,
  );
}

/** Whether a function fills a collection that it has made and put into the field: who has the old one keeps it. */
function isRebuilt(accesses: readonly FieldAccess[], { fn, linked, start, path, depth }: FieldAccess): boolean {
  if (depth === 0) return false;
  const field = path.replace(/(?:\[\w*\])+$/, "");
  const own = accesses.filter((other) => other.linked.id === linked.id && other.path === field && other.start < start);
  const made = own.find(({ kind }) => kind === "write");
  // Who asks how long the old one is keeps nothing of it.
  const isMeasured = (at: number) =>
    fn.calls.some((site) => site.callee === "len" && site.start <= at && at < site.end && site.arguments[0] === field);
  const before = own.filter(({ kind, start: at }) => kind === "read" && made !== undefined && at < made.start);
  if (made === undefined || !before.every((read) => isMeasured(read.start))) return false;
  return before.length === 0 || isAlwaysBefore(fn.flow, made.start, start);
}

/** Whether nothing decides whether one access is made that does not decide so of another one behind it. */
function isAlwaysBefore(flow: readonly Flow[], first: number, second: number): boolean {
  const [one, other] = [first, second].map((start) => {
    const step = accessAt(flow, start);
    return step === undefined ? undefined : conditionsAt(flow, step);
  });
  const nearest = one?.at(-1);
  return other !== undefined && one !== undefined && (nearest === undefined || other.includes(nearest));
}

function accessAt(flow: readonly Flow[], start: number): Flow | undefined {
  for (const step of flow) {
    if (typeof step === "number") continue;
    if ((step.kind === "read" || step.kind === "write") && step.start === start) return step;
    const inside = flowsInside(step).map((steps) => accessAt(steps, start));
    const found = inside.find((access) => access !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Collections that are handed to the caller while others change them in place. */
function returnedBy(guards: Guards, locking: LockingFunction, told: Set<FunctionId>): Found[] {
  const { linked, file, fn } = locking;
  const { model, byField } = guards;
  if (file.isTest || fn.isTest || file.leftOut || told.has(linked.id)) return [];
  for (const { path, start } of returnedPaths(fn)) {
    const guarded = byField.get(linked.links.reads[fn.reads.indexOf(path)] ?? "");
    const access = guarded?.accesses.find((one) => one.linked.id === linked.id && one.path === path);
    if (!guarded || !access || isHeldByCaller(model, guarded, locking)) continue;
    const got = access.got?.holds ?? access.holds;
    if (
      !got.some(({ lock }) => lock === guarded.lock) ||
      isTakenOver(guards, { ...access, got: { start, path, holds: got } })
    )
      continue;
    const declaration = fieldDeclaration(model, guarded.field);
    if (!declaration || sharingOf(model, declaration, depthOf(path)) !== "collection") continue;
    const change = changeBy(model, guarded, access, depthOf(path) + 1);
    if (!change) continue;
    const finding = findingOf(guards, guarded, { ...access, start }, change, "returns");
    // Elsewhere than in Go a caller that only looks up an element is safe.
    return [file.language === "go" ? finding : { ...finding, atMost: "info" }];
  }
  return [];
}

function returnedPaths(fn: FunctionSummary): { path: string; start: number }[] {
  const { flow, reads } = fn;
  const found: { path: string; start: number }[] = [];
  const visit = (nodes: readonly Flow[]): void => {
    for (const node of nodes) {
      if (typeof node === "number") continue;
      for (const inner of flowsInside(node)) visit(inner);
      if (node.kind !== "exit") continue;
      const isOneAtMost = conditionsAt(flow, node).some(saysAtMostOne);
      for (const path of node.values ?? [])
        if (path !== "" && reads.includes(path) && !(isOneAtMost && isLengthAsked(fn, path)))
          found.push({ path, start: node.start });
    }
  };
  visit(flow);
  return found;
}

/** `if len(hs) <= 1`: there is nothing to be moved about. */
function saysAtMostOne({ test, holds }: Condition): boolean {
  return holds && /^(?:len\(\w+\)|\w+\.(?:length|size\(\))) (?:<= 1|< 2|===? [01])$/.test(test);
}

function isLengthAsked({ calls, reads }: FunctionSummary, path: string): boolean {
  return (
    reads.includes(`${path}.length`) ||
    calls.some(
      ({ callee, origin = callee, arguments: given }) =>
        origin === `${path}.size` || (callee === "len" && given.includes(path)),
    )
  );
}

function isHeldByCaller(model: WorkspaceModel, { lock }: GuardedField, { linked, fn }: LockingFunction): boolean {
  return (
    lockAnalysis(model)
      .onEntry(linked.id)
      .some((held) => held.lock === lock) || /Locked$|_locked$/.test(fn.name)
  );
}

function findingOf(
  { model }: Guards,
  { field, lock }: GuardedField,
  use: FieldAccess,
  change: FieldAccess,
  verb: "uses" | "returns",
): Found {
  const { fn, file, linked, got, start } = use;
  const value = code(memberName(field));
  const guard = code(memberName(lock));
  const isSerialised = verb === "uses" && callsAround(use).some(({ role }) => role === "serialise");
  const does =
    verb === "returns"
      ? `returns ${value} itself, which its callers use without ${guard}`
      : `${isSerialised ? "serialises" : "uses"} ${value} after it has released ${guard}`;
  return {
    by: linked,
    path: file.path,
    range: rangeOfAccess(use),
    symbol: fn.symbol,
    message: `${functionText(fn)} ${does}, while ${functionText(change.fn).replace(/^A f/, "a f")} changes it under that lock.`,
    steps: [
      ...(got ? accessStep(model, { ...use, start: got.start }, `gets the value while it holds ${guard}`) : []),
      ...accessStep(model, use, verb === "returns" ? `returns ${value}` : `uses ${value} without ${guard}`),
      ...accessStep(model, change, `changes ${value} while it holds ${guard}`),
    ],
    rank:
      (isSerialised || isLoopedOver(fn.flow, start) ? 4 : 0) +
      (change.depth > 0 ? 2 : 0) +
      (linked.reachedFrom.length > 0 ? 1 : 0),
  };
}

import { depthOf, type FieldAccess, isThroughObject } from "../../model/graph/fieldAccesses";
import { fieldDeclaration, sharingOf } from "../../model/graph/fieldTypes";
import { graphFunction } from "../../model/graph/graphFunction";
import type { GuardedField } from "../../model/graph/guards";
import { isUnusedInProduction } from "../../model/graph/inProduction";
import { type LockingFunction, lockAnalysisInTurns } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import { isScript } from "../../model/scripts";
import { isForTests } from "../../model/testSupport";
import { functionAt, type WorkspaceModel } from "../../model/workspaceModel";
import type { Detector } from "../detector";
import { type Change, changeBy, type Guards, guardsOf, isTakenOver } from "./changes";
import { type Found, findingOf } from "./findings";
import { objectsReturned, objectsUsed } from "./objects";
import {
  callsAround,
  isDroppedByCallers,
  isGoneThroughByCallers,
  isHeldByCaller,
  isLoopedOver,
  returnedPaths,
} from "./uses";

export const guardedValueEscapesLock: Detector<undefined> = {
  id: "guarded-value-escapes-lock",
  title: "Guarded value used after the unlock",
  defaultSeverity: "warning",
  options: {},
  docs: {
    whatItDoes:
      'Follows what a function gets from a guarded field or variable while it holds the lock: a map, a slice or list, one that is kept in another (`notes.get(id)`), or an object. Reports it when that is used, serialised or returned after the lock has been released, or in Go handed to a goroutine, while another function changes it in place under the same lock. In Go a pointer counts that is got or returned: reported is a write behind the unlock, a read of a string, slice, time or interface, a serialiser that looks at an exported field, a method that uses the field without a lock, and, of a pointer that is returned, a caller who does one of these or reads the field. What only shows a collection in another way is the collection itself (`levels.items()`, `open.keySet()`, `Collections.unmodifiableMap(open)`). Copies, immutable values, structs that were copied by assignment, collections that are only ever replaced as a whole, those that the function has taken over by giving the field a new one or by taking them out of it, those that are filled only under the lock under which they were made, those that others change only on a copy they have made, a list of at most one that is returned, what a walk comes to that begins at the field, what a Go function returns and none of its callers uses, and helpers of tests are fine. So are changes of what a function has just decoded into a variable of its own, and those that a closure makes to a copy it is handed (`update(func(c *Config) { ... })`). Told as `info` is what nothing but tests calls, and what a comment leaves to callers ("not safe for concurrent use"), and outside Go a collection that is returned and that no caller is seen to go through, or in Python only by what takes all of it in one step (`list(crews.values())`).',
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
      "Values that are sent through a channel, stored in another object, collected into a list, put into an object that is serialised, or used by a closure started under the lock.",
      "A caller that hands the pointer on which it was given, or collects several of them; outside Go a caller that uses an object it was given.",
      "A plain field that only one function uses under the lock and that another one reads behind the unlock.",
      "An object that a method of an interface returns, where several may answer: some return copies.",
      "Slices that others only shift or append to in place.",
      'A part of a Python dictionary that is written with named parts of several kinds (`{"rows": [], "at": None}`): which of them others change is not known.',
      "In TypeScript and JavaScript everything but a loop in an async function.",
    ],
  },

  *check(model) {
    const { locking } = yield* lockAnalysisInTurns(model);
    const guards = yield* guardsOf(model);
    const told = new Set<FunctionId>();
    const found: Found[] = [];
    for (const guarded of guards.byField.values()) {
      yield;
      found.push(...usesAfterUnlock(guards, guarded, told));
    }
    for (const locked of locking) {
      yield;
      found.push(
        ...returnedBy(guards, locked, told),
        ...givenToOthers(guards, locked, told),
        ...objectsUsed(guards, locked, told),
      );
    }
    for (const locked of locking) {
      yield;
      found.push(...objectsReturned(guards, locked, told));
    }
    return found.flatMap(({ by, ...finding }) => {
      const place = functionAt(model, by);
      if (place && isForTests(model, place.file, place.fn)) return [];
      const mild = isUnusedInProduction(model, by)
        ? "Nothing outside tests calls it."
        : speaksOfUse.test(place?.fn.doc ?? "")
          ? "Its comment says how to use it."
          : finding.mild;
      return { ...finding, mild };
    });
  },
};

/** A comment that leaves it to callers. That they must not change the value says nothing of others who do. */
const speaksOfUse =
  /\b(?:not|no longer|un)[ -]?(?:thread|goroutine|concurren\w+)?[ -]?safe\b|\bcallers? (?:must|should|has to|have to) (?:hold|lock|not call)\b/i;

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

function changeOfField({ model }: Guards, guarded: GuardedField, use: FieldAccess): Change | undefined {
  const isGo = use.file.language === "go";
  if (isCollectionInUse(model, guarded, use, 0)) {
    // Under the lock of another object it is another's field that is replaced as often as this one.
    const change = changeBy(model, guarded, use, isGo && guarded.isOwnLock ? 0 : 1);
    return change && { guarded, access: change };
  }
  // Whether a plain field is of an object that others reach is only known where both get it from the same place.
  const { guarded: under, unguarded: without } = guarded;
  const isHabit =
    use.kind === "write" ||
    (under.size >= 2 && under.size >= without.size) ||
    (isOfSeveralWords(model, guarded) && isMostlyUsedUnder(guarded));
  const place = isHabit ? (use.got?.path ?? "") : "";
  const change = isGo && place !== "" ? changeBy(model, guarded, use, 0, `${place}.`) : undefined;
  return change && { guarded, access: change };
}

/** Whether half of a value may be seen while it is being replaced: a string, a slice, a time, an interface. */
function isOfSeveralWords(model: WorkspaceModel, { field }: GuardedField): boolean {
  const { type = "" } = fieldDeclaration(model, field)?.facts ?? {};
  return /^(?:string|error|any|interface\{|\[\]|time\.Time$)/.test(type);
}

/** Whether at least as many functions use a field of what they got under the lock before the unlock as behind it. */
function isMostlyUsedUnder({ accesses, lock }: GuardedField): boolean {
  const under = new Set<FunctionId>();
  const behind = new Set<FunctionId>();
  for (const { linked, mayHold } of accesses)
    (mayHold.some((held) => held.lock === lock) ? under : behind).add(linked.id);
  return under.size >= behind.size;
}

/** A change of the collection that was got. */
function changeOfValue({ model }: Guards, guarded: GuardedField, use: FieldAccess): Change | undefined {
  const depth = depthOf(use.got?.path ?? use.path);
  const change = isCollectionInUse(model, guarded, use, depth) ? changeBy(model, guarded, use, depth + 1) : undefined;
  return change && { guarded, access: change };
}

/** Whether a collection is gone through, looked into or handed on; a comparison with nothing is neither. */
function isCollectionInUse(model: WorkspaceModel, { field }: GuardedField, use: FieldAccess, depth: number): boolean {
  const declaration = fieldDeclaration(model, field);
  if (!declaration || sharingOf(model, declaration, depth) !== "collection") return false;
  const isGoneThrough = isLoopedOver(use.fn.flow, use.start);
  if (isScript(use.file.language)) return isGoneThrough && use.fn.modifiers.includes("async");
  return isGoneThrough || callsAround(use).length > 0 || (use.file.language === "go" && depthOf(use.path) > depth);
}

/** Collections that are handed to a goroutine, which goes on behind the unlock, while others change them in place. */
function givenToOthers(guards: Guards, { linked, file, fn }: LockingFunction, told: Set<FunctionId>): Found[] {
  const { model, byField } = guards;
  const { spawned } = graphFunction(model, linked);
  if (file.language !== "go" || file.isTest || file.leftOut || spawned.size === 0 || told.has(linked.id)) return [];
  for (const [i, field] of linked.links.reads.entries()) {
    const guarded = byField.get(field ?? "");
    const given = guarded && [...spawned].find((call) => fn.calls[call]?.arguments.includes(fn.reads[i] as string));
    const site = given === undefined ? undefined : fn.calls[given];
    const access = guarded?.accesses.find(
      ({ linked: by, start }) => by.id === linked.id && site && site.start < start && start < site.end,
    );
    if (!guarded || !access?.holds.some(({ lock }) => lock === guarded.lock)) continue;
    const declaration = fieldDeclaration(model, guarded.field);
    const taken = { start: access.start, path: access.path, holds: access.holds };
    if (!declaration || sharingOf(model, declaration, depthOf(access.path)) !== "collection") continue;
    if (isTakenOver(guards, { ...access, got: taken })) continue;
    const change = changeBy(model, guarded, access, depthOf(access.path) + 1);
    if (!change) continue;
    told.add(linked.id);
    return [findingOf(guards, guarded, access, change, "hands on")];
  }
  return [];
}

/** Collections that are handed to the caller while others change them in place. */
function returnedBy(guards: Guards, locking: LockingFunction, told: Set<FunctionId>): Found[] {
  const { linked, file, fn } = locking;
  const { model, byField } = guards;
  if (file.isTest || fn.isTest || file.leftOut || told.has(linked.id)) return [];
  for (const { path, read, start } of returnedPaths(fn)) {
    const guarded = byField.get(linked.links.reads[fn.reads.indexOf(read)] ?? "");
    const access = guarded?.accesses.find((one) => one.linked.id === linked.id && one.path === read);
    if (!guarded || !access || isHeldByCaller(model, guarded.lock, locking)) continue;
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
    if (file.language === "go") return isDroppedByCallers(model, linked) ? [] : [finding];
    // Elsewhere a caller that only looks up an element is safe; what serves a request encodes the whole.
    const isEncoded = linked.reachedFrom.some(({ kind, distance }) => kind === "handler" && distance === 0);
    const isWhole = isEncoded || isGoneThroughByCallers(model, locking, guarded.lock);
    return [isWhole ? finding : { ...finding, mild: "No caller is seen to go through it while others may change it." }];
  }
  return [];
}

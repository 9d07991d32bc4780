import { code } from "../../base/markdown";
import { type Flow, flowsInside } from "../../model/fileSummary";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { memberName } from "../../model/graph/effectText";
import { type FieldAccess, isHeld, isThroughObject } from "../../model/graph/fieldAccesses";
import { fieldDeclaration, isOneOfMany, type Sharing, sharingOf } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import { type GuardedField, guardedFields } from "../../model/graph/guards";
import { lockAnalysis, prepareLockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { isNotAmongShared, isOnThreadOfWriters } from "./confinement";
import { isCalledUnder, isEnding, isExcused } from "./excuses";
import { isUnusedInProduction } from "./inProduction";

/**
 * Fewer functions that hold the lock than these are no habit; `elsewhere` is outside the methods of the field's type,
 * `despiteOthers` where more than one function does without.
 */
const fewestGuarded = { own: 2, other: 3, elsewhere: 3, despiteOthers: 4 };

/** So many of the functions that use a field must hold its lock. */
const smallestShare = { own: 0.6, other: 0.75 };

/** That a single value is used without the lock is often meant, if not where nearly everyone takes it. */
const singleValue = { fewestGuarded: 3, smallestShare: 0.75 };

export const inconsistentGuard: Detector<undefined> = {
  id: "inconsistent-guard",
  title: "Field used without its lock",
  defaultSeverity: "warning",
  options: {},
  prepare: prepareLockAnalysis,
  docs: {
    whatItDoes:
      "Learns from the code which lock guards which field, and reports the functions that use the field without it. A lock guards a field when the field is written under it somewhere and most functions that use the field hold it; a lock in the same type comes first, one of a type that owns the object second. A write under a read lock counts as a write without the lock. Left out are constructors and what only they call, objects that the function has made or copied, atomics, channels, concurrent collections and volatile fields, functions that some caller calls with the lock held, functions whose name or comment says that the caller holds it, functions inside others when nobody knows when they run, what waits for others before it closes or stops, methods of a type that gives the lock back without taking it (its objects live under the lock), mocks and other helpers of tests. The `L` of a Go condition counts as the lock. A read of a single value, such as a flag, is reported in Go only, and only where three functions in four hold the lock. In Java reads of collections count, but not their size; in Python writes and loops over collections; in TypeScript and JavaScript writes, since one thread runs there at a time. A function that uses several fields without one lock is reported once. A function that takes another lock there counts as one without, unless those who use the field under its lock hold that other one as well. A field whose type has a method that only reads it under the lock is expected to be read so everywhere. Told at the level `info`, with the reason, are functions that close or stop something; conditions on a single value that the function looks at again under the lock (double-checked locking); functions that nothing but tests, or nobody at all, calls, or where that goes for all who write the field, as long as others of the type are called in the workspace (where none is, it is a library, and others call them; so may whoever knows an exported Go method that nothing calls by name); fields that a comment leaves out when it says which fields of the type are shared; functions that run on the one thread on which all who write the field run; fields that are only written where an object is read in or copied (`UnmarshalJSON`, `CopyTo`); functions that begin with giving the field a new value; fields that fewer than four functions use under the lock and more than one without; and in Python a single change of a dictionary or list, which is atomic by itself.",
    whyIsThisBad:
      "A lock protects nothing from a function that does not take it. In Go a map that is read while another goroutine writes it ends the process; elsewhere a reader sees half a change, or an update is lost. Such a place is seldom found by tests, since both sides have to meet, and a fix of one place leaves the next one standing.",
    example: `func (s *Store) Put(id string, p *Player) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.players[id] = p
}

func (s *Store) Count() int {
	return len(s.players) // the only one that does not hold s.mu
}`,
    exampleLanguage: "go",
    instead: `func (s *Store) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.players)
}`,
    knownMisses: [
      "A field that fewer than two functions use under its lock (three, where it is used outside the methods of its type), or that most functions use without one.",
      "Which of two objects of one type is locked: `a.mu` counts for `b.field`.",
      "A function that some callers call with the lock and others without, and the methods of a class whose base class takes the lock around some of them.",
      "Which threads run a function is only known where one call starts the thread, or a library calls back a method `on...` of the type.",
      "A lock that is taken only when an argument says so, and one of many locks that each guard an element: whoever takes it is trusted.",
      "A field that one function writes and nobody else: it is taken for its own, though it may run twice at a time.",
      "Flags and other single values that are read late, outside Go; text made for people (`toString`).",
      "Fields reached through functions, interfaces or reflection, and what comes after the first forty places a function reads.",
      "Objects that are set up in several functions before others get to know them are reported when these functions have no telling name.",
    ],
  },

  check(model) {
    return [...unguardedUses(model)].map((uses) => findingOf(model, uses));
  },
};

/** A field or variable with what its declaration says. */
interface GuardedPlace {
  guarded: GuardedField;
  sharing: Sharing;
  isVariable: boolean;
}

interface Unguarded extends GuardedPlace {
  access: FieldAccess;
}

/** Together for each function and lock, however many fields it uses without it. */
function unguardedUses(model: WorkspaceModel): Iterable<Unguarded[]> {
  const found = new Map<string, Unguarded[]>();
  for (const guarded of guardedFields(model)) {
    if (!isHabit(guarded)) continue;
    const place = placeOf(model, guarded);
    for (const [id, accesses] of unguardedByFunction(model, guarded)) {
      const access = accesses.find((one) => matters(place, one));
      if (!access || isExcused(model, guarded, access)) continue;
      const key = `${id} ${guarded.lock}`;
      found.set(key, [...(found.get(key) ?? []), { ...place, access }]);
    }
  }
  return found.values();
}

function placeOf(model: WorkspaceModel, guarded: GuardedField): GuardedPlace {
  const declaration = fieldDeclaration(model, guarded.field);
  return {
    guarded,
    sharing: declaration ? sharingOf(model, declaration) : "unknown",
    isVariable: declaration !== undefined && "mutable" in declaration.facts,
  };
}

function isHabit({ isOwnLock, guarded, unguarded }: GuardedField): boolean {
  const kind = isOwnLock ? "own" : "other";
  const share = guarded.size / (guarded.size + unguarded.size);
  return guarded.size >= fewestGuarded[kind] && share >= smallestShare[kind];
}

function unguardedByFunction(model: WorkspaceModel, guarded: GuardedField): Map<FunctionId, FieldAccess[]> {
  const { lock, accesses } = guarded;
  const isStriped = isOneOfMany(model, lock);
  const found = new Map<FunctionId, FieldAccess[]>();
  for (const access of accesses) {
    if (isHeld(lock, access.mayHold, access.kind) || isUnderOtherGuard(model, guarded, access)) continue;
    if (!guarded.isOwnLock && !isOfOwner(guarded, access)) continue;
    // What was got and is used behind the unlock is told by another detector.
    if (access.got && (!isThroughObject(access) || access.got.mayHold?.some((other) => other.lock === lock) !== false))
      continue;
    if (isStriped && access.depth === 0 && access.kind === "read") continue;
    found.set(access.linked.id, [...(found.get(access.linked.id) ?? []), access]);
  }
  // A write tells more than a read.
  for (const list of found.values()) list.sort((a, b) => Number(b.kind === "write") - Number(a.kind === "write"));
  return found;
}

/** Whether another lock is held that keeps those away who hold the lock of the field. */
function isUnderOtherGuard(model: WorkspaceModel, guarded: GuardedField, access: FieldAccess): boolean {
  const { lock, accesses } = guarded;
  const others = access.mayHold.filter((other) => other.lock !== lock);
  if (others.length === 0) return false;
  // What a caller holds says too little of why.
  const entry = lockAnalysis(model).onEntry(access.linked.id);
  const areOfCallers = others.every(({ lock }) => entry.some((held) => held.lock === lock));
  if (areOfCallers || !(isStrongHabit(guarded) || hasLockedGetter(guarded))) return true;
  return accesses.every(
    (other) =>
      other.linked.id === access.linked.id ||
      !(access.kind === "write" || other.kind === "write") ||
      !isHeld(lock, other.holds, other.kind) ||
      others.some(
        (held) =>
          other.mayHold.some((known) => known.lock === held.lock) || isCalledUnder(model, held.lock, other.linked),
      ),
  );
}

/** Behind a lock of another type, only what is reached from the object that has the lock is certainly the object it guards. */
function isOfOwner({ lock }: GuardedField, { path }: FieldAccess): boolean {
  const owner = lock.split(".").at(-2) ?? "";
  return new RegExp(`^<\\*?(?:\\w+\\.)?${owner}>\\.`).test(path);
}

/** Whether an access may meet one under the lock in a way that goes wrong. */
function matters({ guarded, sharing, isVariable }: GuardedPlace, access: FieldAccess): boolean {
  const isInside = isVariable || isInMethodOfOwner(guarded, access);
  if (!isInside && guarded.guarded.size < fewestGuarded.elsewhere && !hasLockedGetter(guarded)) return false;
  if (access.kind === "write") return isInside || sharing === "collection" || isStrongHabit(guarded);
  if (!isWrittenElsewhere(guarded, access)) return false;
  switch (access.file.language) {
    case "go":
      return sharing === "collection" || (isInside && isStrongHabit(guarded)) || hasLockedGetter(guarded);
    case "java":
      // A single value, like the size of a collection, is read whole, if late.
      return sharing === "collection" && !isOnlyMeasured(access);
    case "python":
      return sharing === "collection" && isIterated(access);
    default:
      return false;
  }
}

/** Outside the methods of its type, an object may be known to nobody else yet. */
function isInMethodOfOwner({ field }: GuardedField, { file, linked }: FieldAccess): boolean {
  const owner = field.split(".").at(-2) ?? "";
  return functionsAround(file, linked.index).some(({ typeName }) => typeName?.split(".").includes(owner));
}

function isWrittenElsewhere({ lock, accesses }: GuardedField, { linked }: FieldAccess): boolean {
  return accesses.some(
    (other) => other.kind === "write" && other.linked.id !== linked.id && isHeld(lock, other.holds, "write"),
  );
}

function isStrongHabit({ isOwnLock, guarded, unguarded }: GuardedField): boolean {
  const share = guarded.size / (guarded.size + unguarded.size);
  return isOwnLock && guarded.size >= singleValue.fewestGuarded && share >= singleValue.smallestShare;
}

const mostLinesOfGetter = 6;

/** Whether the type has a method that does nothing but read the field under its lock: it says how to read it. */
function hasLockedGetter({ field, lock, isOwnLock, accesses }: GuardedField): boolean {
  const name = field.slice(field.lastIndexOf(".") + 1).toLowerCase();
  const owner = field.split(".").at(-2);
  return (
    isOwnLock &&
    accesses.some(
      ({ kind, fn, holds }) =>
        kind === "read" &&
        fn.typeName === owner &&
        fn.metrics.lines <= mostLinesOfGetter &&
        fn.name.toLowerCase().replace(/^(?:get|is|has)_?/, "") === name &&
        isHeld(lock, holds, "read"),
    )
  );
}

function isOnlyMeasured({ fn, path, start }: FieldAccess): boolean {
  const asked = fn.calls.flatMap(({ callee, origin = callee, start: from, end }) =>
    from <= start && start < end && origin.startsWith(`${path}.`) ? origin.slice(path.length + 1) : [],
  );
  return asked.length > 0 && asked.every((name) => name === "size" || name === "isEmpty");
}

function isIterated({ fn, path, start }: FieldAccess): boolean {
  return hasLoopOver(fn.flow, path, start);
}

function hasLoopOver(flow: readonly Flow[], path: string, start: number): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    if (node.kind === "loop" && node.over?.replace(/\.(?:items|values|keys)\(\)$/, "") === path) return true;
    return flowsInside(node).some((inner) => hasLoopOver(inner, path, start));
  });
}

function findingOf(model: WorkspaceModel, uses: readonly Unguarded[]): DetectorFinding {
  const [first, ...others] = uses.toSorted((a, b) => weightOf(b) - weightOf(a)) as [Unguarded, ...Unguarded[]];
  const { guarded, access } = first;
  const { fn, file, linked } = access;
  const field = code(memberName(guarded.field));
  const lock = code(memberName(guarded.lock));
  const count = guarded.guarded.size;
  const total = new Set([...guarded.guarded, ...guarded.unguarded, linked.id]).size;
  const mild = mildness(model, uses);
  return {
    path: file.path,
    range: rangeOfAccess(access),
    symbol: fn.symbol,
    // What ends mostly runs when others have come to an end.
    ...((isEnding(access) || mild !== undefined || uses.every((use) => isAskedAgain(model, use))) && {
      atMost: "info" as const,
    }),
    message: `${functionText(fn)} ${verbOf(first)} ${field} ${withoutLock(first)}: it is guarded in ${count} of ${total} functions that use it.${othersText(others)}${mild ? ` ${mild}` : ""}`,
    steps: [
      ...examples(guarded).flatMap((example) =>
        accessStep(model, example, `holds ${lock} and ${example.kind === "write" ? "writes" : "reads"} ${field}`),
      ),
      ...[first, ...others].flatMap((use) =>
        accessStep(model, use.access, `${verbOf(use)} ${code(memberName(use.guarded.field))} ${withoutLock(use)}`),
      ),
    ],
    rank: (linked.reachedFrom.length > 0 ? 2 : 0) + weightOf(first),
  };
}

/** Why it seldom matters that a function does without the lock. */
function mildness(model: WorkspaceModel, uses: readonly Unguarded[]): string | undefined {
  if (uses.every(({ access }) => isUnusedInProduction(model, access.linked))) return "Nothing outside tests calls it.";
  if (uses.every(({ guarded }) => areWritersUnused(model, guarded)))
    return "Nothing outside tests calls those who write it.";
  if (uses.every(({ guarded }) => isNotAmongShared(model, guarded)))
    return "A comment names other fields as those that are shared.";
  if (uses.every(({ guarded, access }) => isOnThreadOfWriters(model, guarded, access)))
    return "All who write it seem to run on the same thread.";
  if (uses.every(({ guarded, access }) => isAtomicStep(guarded, access))) return "The step by itself is atomic.";
  if (uses.every(({ guarded }) => isOnlyReadIn(guarded)))
    return "It is only written where an object is read in or copied, before others know it.";
  if (uses.every(({ access }) => isSetUpFirst(access))) return "The function begins with it.";
  if (uses.every(({ guarded }) => isWeakHabit(guarded))) return "Few take the lock for it, and several do without.";
  return undefined;
}

function areWritersUnused(model: WorkspaceModel, { accesses }: GuardedField): boolean {
  return accesses.every(({ kind, linked }) => kind === "read" || isUnusedInProduction(model, linked));
}

const readsIn = /^(?:Unmarshal\w*|GobDecode|Decode\w*|readObject|readExternal|__setstate__|(?:deep_?)?copy\w*|clone)$/i;

function isOnlyReadIn({ accesses }: GuardedField): boolean {
  const writes = accesses.filter(({ kind }) => kind === "write");
  return writes.every(({ fn }) => readsIn.test(fn.name));
}

/** A field that gets a whole new value before the function does anything else is set up for what follows. */
function isSetUpFirst({ kind, depth, fn, start }: FieldAccess): boolean {
  return kind === "write" && depth === 0 && fn.calls.every((call) => call.start >= start);
}

function isWeakHabit({ guarded, unguarded }: GuardedField): boolean {
  return unguarded.size > 1 && guarded.size < fewestGuarded.despiteOthers;
}

/** A single change of a dictionary or list in Python is not seen half done. */
function isAtomicStep({ accesses }: GuardedField, { file, linked, kind, depth }: FieldAccess): boolean {
  const own = accesses.filter((other) => other.linked.id === linked.id && other.kind === "write");
  return file.language === "python" && kind === "write" && depth > 0 && own.length === 1;
}

/** Double-checked locking: a condition on a single value, and behind it a look at the value under the lock. */
function isAskedAgain(model: WorkspaceModel, { guarded, sharing, access }: Unguarded): boolean {
  const { fn, linked, path, kind } = access;
  const regions = lockAnalysis(model).regionsOf(linked.id);
  if (kind === "write" || sharing === "collection" || !regions) return false;
  const looksUnderLock = (node: Flow): boolean => {
    if (typeof node === "number") return false;
    if (node.kind !== "read" && node.kind !== "write")
      return flowsInside(node).some((inner) => inner.some(looksUnderLock));
    const used = (node.kind === "read" ? fn.reads : fn.writes)[node.index];
    const isSame = used === path || used?.startsWith(`${path}.`) === true;
    return isSame && regions.at(node).holds.some(({ lock }) => lock === guarded.lock);
  };
  return behindTestOf(fn.flow, access).some(looksUnderLock);
}

/** What comes with and after the condition that a read is part of. */
function behindTestOf(flow: readonly Flow[], read: FieldAccess): readonly Flow[] {
  let isPart = false;
  for (const [i, node] of flow.entries()) {
    if (typeof node === "number") continue;
    if (node.kind === "read" && node.start === read.start) isPart = true;
    else if (isPart && node.kind === "branch") return flow.slice(i);
    else if (isPart && node.kind !== "read") return [];
    const found = flowsInside(node).map((inner) => behindTestOf(inner, read));
    const behind = found.find((nodes) => nodes.length > 0);
    if (behind) return behind;
  }
  return [];
}

function weightOf({ guarded: { guarded, unguarded }, sharing, access: { kind } }: Unguarded): number {
  const share = guarded.size / (guarded.size + unguarded.size);
  return (sharing === "collection" ? 4 : 0) + (kind === "write" ? 1 : 0) + share;
}

function verbOf({ sharing, access: { kind, depth } }: Unguarded): string {
  if (kind === "read") return "reads";
  return depth > 0 || sharing === "collection" ? "changes" : "writes";
}

function withoutLock({ guarded, access: { mayHold } }: Unguarded): string {
  const lock = code(memberName(guarded.lock));
  const isForReading = mayHold.some((other) => other.lock === guarded.lock);
  return isForReading ? `while it holds ${lock} only for reading` : `without ${lock}`;
}

const mostNamed = 3;

function othersText(others: readonly Unguarded[]): string {
  if (others.length === 0) return "";
  const named = others.slice(0, mostNamed).map(({ guarded }) => code(memberName(guarded.field)));
  const more = others.length - named.length;
  return ` The same goes for ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}

/** A write and another access under the lock. */
function examples({ accesses, lock, guarded }: GuardedField): FieldAccess[] {
  const good = accesses.filter(({ linked, holds, kind }) => guarded.has(linked.id) && isHeld(lock, holds, kind));
  const write = good.find(({ kind }) => kind === "write");
  const other = good.find(({ linked }) => linked.id !== write?.linked.id);
  return [write, other].flatMap((access) => access ?? []);
}

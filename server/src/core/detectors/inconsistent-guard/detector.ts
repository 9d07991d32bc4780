import { code } from "../../base/markdown";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { runsOnNewObjects } from "../../model/graph/construction";
import { memberName } from "../../model/graph/effectText";
import { type FieldAccess, isHeld, isThroughObject } from "../../model/graph/fieldAccesses";
import { fieldDeclaration, isOneOfMany, sharingOf } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import { type GuardedField, guardedFields } from "../../model/graph/guards";
import { lockAnalysis, prepareLockAnalysis } from "../../model/graph/lockAnalysis";
import type { FunctionId } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { concurrentFields, isMadeConcurrent } from "./concurrentFields";
import { isExcused, isKeptAway } from "./excuses";
import { isIterated, isOnlyMeasured } from "./measured";
import { mildness } from "./mildness";
import { type GuardedPlace, hasLockedGetter, type Unguarded, usersOf } from "./uses";

/**
 * Fewer functions that hold the lock than these are no habit; `elsewhere` is outside the methods of the field's type.
 */
const fewestGuarded = { own: 2, other: 3, elsewhere: 3 };

/** So many of the functions that use a field must hold its lock. */
const smallestShare = { own: 0.6, other: 0.75 };

/** That a single value is used without the lock is often meant, if not where nearly everyone takes it. */
const singleValue = { fewestGuarded: 3, smallestShare: 0.75 };

export const inconsistentGuard: Detector<string[]> = {
  id: "inconsistent-guard",
  title: "Field used without its lock",
  defaultSeverity: "warning",
  options: {},
  prepare: prepareLockAnalysis,
  docs: {
    whatItDoes:
      "Learns from the code which lock guards which field, and reports the functions that use the field without it. A lock guards a field when the field is written under it somewhere and most functions that use the field hold it; a lock in the same type comes first, one of a type that owns the object second. A write under a read lock counts as a write without the lock. Left out are constructors and what only they call, objects that the function has made or copied, atomics, channels, concurrent collections and volatile fields, functions that some caller calls with the lock held, functions whose name or comment says that the caller holds it, functions inside others when nobody knows when they run, methods of a class without a name that is given away under the lock, methods that are only called on objects just made or copied, or on parts of such, what waits for others before it closes or stops, methods of a type that gives the lock back without taking it (its objects live under the lock), mocks and other helpers of tests. The `L` of a Go condition counts as the lock. A read of a single value, such as a flag, is reported in Go only, and only where three functions in four hold the lock. In Java reads of collections count, but not their size; in Python writes and loops over collections; in TypeScript and JavaScript writes, since one thread runs there at a time. A function that uses several fields without one lock is reported once. A function that takes another lock there counts as one without, unless those who use the field under its lock hold that other one as well. A field whose type has a method that only reads it under the lock is expected to be read so everywhere. What the answer of a call that takes the lock has, the length of a Go array, what a library calls back that is only used with the lock held, a map that is only named before the lock is taken, what functions run by `sync.Once` come to, and Java collections that the constructor makes concurrent are left out, too; of several locks that are held, the one counts that everybody holds as far as is needed. A finding says what happens when somebody changes the field meanwhile. Told at the level `info` instead, with the reason, are functions that close, stop, delete or load something; conditions on a single value that the function looks at again under the lock (double-checked locking); a single value that is read alone, unless the type has a method that reads it under the lock, or another lock of the type is held there; functions that hold another lock which all who write the field hold, too, but for what closes or stops the object; a question for the length of a Go collection, or whether it is there, on which no loop depends; functions in which a comment names the lock; functions that nothing but tests, or nobody at all, calls, or where that goes for all who write the field, as long as others of the type are called in the workspace (where none is, it is a library, and others call them; so may whoever knows an exported Go method that nothing calls by name); fields that a comment leaves out when it says which fields of the type are shared; functions that run on the one thread on which all who write the field, or all others who use it, run; fields that are only written where an object is read in or copied (`UnmarshalJSON`, `CopyTo`); functions that begin with giving the field a new value; functions inside those that make the object, and what only such ones of the type call; reads for what is logged or thrown, but in Go; fields that fewer than four functions use under the lock and more than one without, or fewer than four in five, unless a request asks the object for it; and in Python a single change of a dictionary or list, which is atomic by itself.",
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

  observe: concurrentFields,

  check(model) {
    return [...unguardedUses(model)].map((uses) => findingOf(model, uses));
  },
};

/** Together for each function and lock, however many fields it uses without it. */
function unguardedUses(model: WorkspaceModel): Iterable<Unguarded[]> {
  const found = new Map<string, Unguarded[]>();
  for (const guarded of guardedFields(model)) {
    if (!isHabit(guarded)) continue;
    const place = placeOf(model, guarded);
    if (!place) continue;
    for (const [id, accesses] of unguardedByFunction(model, guarded)) {
      const access = accesses.find((one) => matters(model, place, one));
      if (!access || isExcused(model, guarded, access) || runsOnNewObjects(model, access.linked)) continue;
      const key = `${id} ${guarded.lock}`;
      found.set(key, [...(found.get(key) ?? []), { ...place, access }]);
    }
  }
  return found.values();
}

/** Nothing where the field holds what takes care of itself. */
function placeOf(model: WorkspaceModel, guarded: GuardedField): GuardedPlace | undefined {
  const declaration = fieldDeclaration(model, guarded.field);
  if (declaration && isMadeConcurrent(declaration.file, guarded)) return undefined;
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
  return accesses.every((other) => isKeptAway(model, guarded, access, other));
}

/** Behind a lock of another type, only what is reached from the object that has the lock is certainly the object it guards. */
function isOfOwner({ lock }: GuardedField, { path }: FieldAccess): boolean {
  const owner = lock.split(".").at(-2) ?? "";
  return new RegExp(`^<\\*?(?:\\w+\\.)?${owner}>\\.`).test(path);
}

/** Whether an access may meet one under the lock in a way that goes wrong. */
function matters(model: WorkspaceModel, { guarded, sharing, isVariable }: GuardedPlace, access: FieldAccess): boolean {
  const isInside = isVariable || isInMethodOfOwner(guarded, access);
  if (!isInside && guarded.guarded.size < fewestGuarded.elsewhere && !hasLockedGetter(guarded)) return false;
  if (access.kind === "write") return isInside || sharing === "collection" || isStrongHabit(guarded);
  if (!isWrittenElsewhere(model, guarded, access)) return false;
  switch (access.file.language) {
    case "go":
      return sharing === "collection" || (isInside && isStrongHabit(guarded)) || hasLockedGetter(guarded);
    case "java":
      // A single value, like the size of a collection, is read whole, if late.
      return sharing === "collection" && !isOnlyMeasured(model, access);
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

function isWrittenElsewhere(model: WorkspaceModel, { lock, accesses }: GuardedField, { linked }: FieldAccess): boolean {
  return accesses.some(
    (other) =>
      other.kind === "write" &&
      other.linked.id !== linked.id &&
      isHeld(lock, other.holds, "write") &&
      !runsOnNewObjects(model, other.linked),
  );
}

function isStrongHabit({ isOwnLock, guarded, unguarded }: GuardedField): boolean {
  const share = guarded.size / (guarded.size + unguarded.size);
  return isOwnLock && guarded.size >= singleValue.fewestGuarded && share >= singleValue.smallestShare;
}

function findingOf(model: WorkspaceModel, uses: readonly Unguarded[]): DetectorFinding {
  const [first, ...others] = uses.toSorted((a, b) => weightOf(b) - weightOf(a)) as [Unguarded, ...Unguarded[]];
  const { guarded, access } = first;
  const { fn, file, linked } = access;
  const field = code(memberName(guarded.field));
  const lock = code(memberName(guarded.lock));
  const count = guarded.guarded.size;
  const mild = mildness(model, uses);
  return {
    path: file.path,
    range: rangeOfAccess(access),
    symbol: fn.symbol,
    ...(mild !== undefined && { atMost: "info" as const }),
    message: `${functionText(fn)} ${verbOf(first)} ${field} ${withoutLock(first)}: it is guarded in ${count} of ${usersOf(first)} functions that use it.${othersText(others)} ${mild ?? consequenceOf(model, first)}`,
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

/** What happens when somebody changes the field meanwhile, as those do who hold the lock. */
function consequenceOf(model: WorkspaceModel, { guarded, sharing, access }: Unguarded): string {
  const [writer] = examples(guarded);
  const who = writer?.fn.name ? code(writer.fn.name) : "another function";
  const isMap = fieldDeclaration(model, guarded.field)?.facts.type?.startsWith("map[");
  if (isMap && access.file.language === "go") return `When ${who} changes the map meanwhile, the process ends.`;
  if (access.kind === "write") return `What ${who} writes meanwhile may be lost.`;
  return sharing === "collection"
    ? `When ${who} changes it meanwhile, half a change is seen.`
    : `When ${who} writes it meanwhile, old and new may be seen together.`;
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

import { groupBy } from "../../base/groupBy";
import { code } from "../../base/markdown";
import type { Turns } from "../../base/turns";
import { accessStep, functionText, rangeOfAccess } from "../../model/graph/accessText";
import { isTakenForWriting } from "../../model/graph/acquisitions";
import { runsOnNewObjects } from "../../model/graph/construction";
import { lockName, memberName } from "../../model/graph/effectText";
import { type FieldAccess, isHeld, isThroughObject } from "../../model/graph/fieldAccesses";
import { extendsType, fieldDeclaration, isOneOfMany, sharingOf } from "../../model/graph/fieldTypes";
import { functionsAround } from "../../model/graph/graphFunction";
import { fieldsWrittenForReading, type GuardedField, guardedFieldsInTurns } from "../../model/graph/guards";
import { lockAnalysis } from "../../model/graph/lockAnalysis";
import { capitalised } from "../../model/graph/lockWitness";
import type { FunctionId } from "../../model/link/links";
import type { WorkspaceModel } from "../../model/workspaceModel";
import type { Detector, DetectorFinding } from "../detector";
import { docs } from "./docs";
import { isExcused, isKeptAway } from "./excuses";
import { type FieldNotes, fieldNotes, isMadeConcurrent } from "./fieldNotes";
import { isIterated, isOnlyMeasured } from "./measured";
import { isWholeValueRead, mildness } from "./mildness";
import { isSaidToBeGuarded } from "./saidGuards";
import { type GuardedPlace, hasLockedGetter, type Unguarded, usersOf, withReadersThrough } from "./uses";

/**
 * Fewer functions that hold the lock than these are no habit; `elsewhere` is outside the methods of the field's type.
 */
const fewestGuarded = { own: 2, other: 3, elsewhere: 3 };

/** So many of the functions that use a field must hold its lock. */
const smallestShare = { own: 0.6, other: 0.75 };

/** That a single value is used without the lock is often meant, if not where nearly everyone takes it. */
const singleValue = { fewestGuarded: 3, smallestShare: 0.75 };

export const inconsistentGuard: Detector<FieldNotes> = {
  id: "inconsistent-guard",
  title: "Field used without its lock",
  defaultSeverity: "warning",
  options: {},
  docs,
  observe: fieldNotes,
  *check(model) {
    const uses = [...(yield* unguardedUses(model)), ...(yield* writesForReading(model))];
    const findings = uses.map((ofFunction) => findingOf(model, ofFunction));
    const late = findings.filter((_, i) => uses[i]?.every(isWholeValueRead)).sort((a, b) => b.rank - a.rank);
    const unshown = new Set(late.slice(mostLateShown));
    return findings.map((finding) => (unshown.has(finding) ? { ...finding, belowCut: true } : finding));
  },
};

/** So many reads of values that are whole, if late, are shown. */
const mostLateShown = 6;

/** Together for each function and lock, however many fields it uses without it. */
function* unguardedUses(model: WorkspaceModel): Turns<Unguarded[][]> {
  const found = new Map<string, Unguarded[]>();
  for (const guarded of yield* guardedFieldsInTurns(model)) {
    yield;
    if (!isGuarded(model, guarded)) continue;
    const place = placeOf(model, guarded);
    if (!place || !isGuarded(model, place.guarded)) continue;
    for (const [id, accesses] of unguardedByFunction(model, guarded)) {
      const access = accesses.find((one) => matters(model, place, one));
      if (!access || isExcused(model, guarded, access) || runsOnNewObjects(model, access.linked)) continue;
      const key = `${id} ${guarded.lock}`;
      found.set(key, [...(found.get(key) ?? []), { ...place, access }]);
    }
  }
  return [...found.values()];
}

/** Writes of a field under a lock that is only ever held for reading there, one for each function. */
function* writesForReading(model: WorkspaceModel): Turns<Unguarded[][]> {
  const found: Unguarded[][] = [];
  for (const guarded of yield* fieldsWrittenForReading(model)) {
    yield;
    const place = placeOf(model, guarded);
    if (!place || !isTakenForWriting(lockAnalysis(model), guarded.lock)) continue;
    const writes = guarded.accesses.filter(({ kind }) => kind === "write");
    for (const [access] of groupBy(writes, ({ linked }) => linked.id).values()) {
      if (!access || isExcused(model, guarded, access) || runsOnNewObjects(model, access.linked)) continue;
      found.push([{ ...place, access }]);
    }
  }
  return found;
}

/** Nothing where the field holds what takes care of itself. */
function placeOf(model: WorkspaceModel, guarded: GuardedField): GuardedPlace | undefined {
  const declaration = fieldDeclaration(model, guarded.field);
  if (declaration && isMadeConcurrent(declaration.file, guarded)) return undefined;
  const sharing = declaration ? sharingOf(model, declaration) : "unknown";
  return {
    guarded: sharing === "collection" ? guarded : withReadersThrough(model, guarded),
    sharing,
    isVariable: declaration !== undefined && "mutable" in declaration.facts,
  };
}

/** By what most functions do, or by what a comment says. */
function isGuarded(model: WorkspaceModel, guarded: GuardedField): boolean {
  return isHabit(guarded) || (guarded.guarded.size > 0 && isSaidToBeGuarded(model, guarded));
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
  const isInside = isVariable || isOfVariable(model, access) || isInMethodOfOwner(model, guarded, access);
  if (!isInside && guarded.guarded.size < fewestGuarded.elsewhere && !hasLockedGetter(guarded)) return false;
  if (access.kind === "write") return isInside || sharing === "collection" || isStrongHabit(guarded);
  if (!isWrittenElsewhere(model, guarded, access)) return false;
  switch (access.file.language) {
    case "go":
      return (
        sharing === "collection" ||
        (isInside && (isStrongHabit(guarded) || isSaidToBeGuarded(model, guarded))) ||
        hasLockedGetter(guarded)
      );
    case "java":
      return sharing === "collection"
        ? !isOnlyMeasured(model, access)
        : isInside && guarded.isOwnLock && isHabit(guarded);
    case "python":
      return sharing === "collection" && isIterated(access);
    default:
      return false;
  }
}

/** Whether a field is that of an object which a variable outside functions holds: `cache.berths`. */
function isOfVariable(model: WorkspaceModel, { file, path }: FieldAccess): boolean {
  const root = /^[\w$]+(?=\.)/.exec(path)?.[0];
  const variable = root && fieldDeclaration(model, `${model.modules.get(file.path)}.${root}`);
  return variable !== undefined && variable !== "" && "mutable" in variable.facts;
}

/** Outside the methods of its type, and of those that embed it, an object may be known to nobody else yet. */
function isInMethodOfOwner(
  model: WorkspaceModel,
  { field }: GuardedField,
  { file, linked, path }: FieldAccess,
): boolean {
  const key = field.slice(0, field.lastIndexOf("."));
  const owner = key.split(".").at(-1) ?? "";
  const module = model.modules.get(file.path);
  return functionsAround(file, linked.index).some(
    ({ typeName }) =>
      typeName?.split(".").includes(owner) ||
      (typeName !== undefined && path.startsWith(`<${typeName}>.`) && extendsType(model, `${module}.${typeName}`, key)),
  );
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
  const field = fieldName(first);
  const lock = guardName(guarded);
  const count = guarded.guarded.size;
  const mild = mildness(model, uses);
  const said = !isHabit(guarded) && isSaidToBeGuarded(model, guarded) ? ", and a comment says that it is" : "";
  const habit = guarded.isOnlyForReading
    ? "others who read it do so at the same time"
    : `it is guarded in ${count} of ${usersOf(first)} functions that use it${said}`;
  return {
    path: file.path,
    range: rangeOfAccess(access),
    symbol: fn.symbol,
    mild,
    message: `${functionText(fn)} ${verbOf(first)} ${field} ${withoutLock(first)}: ${habit}.${othersText(others)}${mild === undefined ? ` ${consequenceOf(model, first, others.length === 0)}` : ""}`,
    steps: [
      ...examples(guarded).flatMap((example) =>
        accessStep(model, example, `holds ${lock} and ${example.kind === "write" ? "writes" : "reads"} ${field}`),
      ),
      ...[first, ...others].flatMap((use) =>
        accessStep(model, use.access, `${verbOf(use)} ${fieldName(use)} ${withoutLock(use)}`),
      ),
    ],
    rank: (linked.reachedFrom.length > 0 ? 2 : 0) + weightOf(first),
  };
}

/** What happens when somebody else uses the field meanwhile. */
function consequenceOf(model: WorkspaceModel, { guarded, sharing, access }: Unguarded, isAlone: boolean): string {
  const peer = peerOf(guarded, access);
  const who = peer === undefined ? "another run of it" : peer.fn.name ? code(peer.fn.name) : "another function";
  const isRead = peer?.kind === "read";
  const isMap = fieldDeclaration(model, guarded.field)?.facts.type?.startsWith("map[");
  if (isMap && access.file.language === "go")
    return `When ${who} ${isRead ? "reads" : "changes"} the map meanwhile, the process ends.`;
  if (access.kind === "write" && isRead) return `${capitalised(who)} may see half a change meanwhile.`;
  if (access.kind === "write") return `What ${who} writes meanwhile may be lost.`;
  if (sharing === "collection") return `When ${who} changes it meanwhile, ${failureOf(model, guarded, access)}.`;
  return isAlone && access.holds.length === 0
    ? `When ${who} writes it meanwhile, that is a data race, and an old one may be seen.`
    : `When ${who} writes it meanwhile, old and new may be seen together.`;
}

/** What comes of a collection that is changed while somebody looks at it. */
function failureOf(model: WorkspaceModel, { field }: GuardedField, access: FieldAccess): string {
  const { type = "", origin = "" } = fieldDeclaration(model, field)?.facts ?? {};
  const isGoneOver = isIterated(access);
  if (isGoneOver && access.file.language === "java") return "going over it may throw `ConcurrentModificationException`";
  const isList = /^(?:typing\.)?[lL]ist\b|^<list>|^deque\b/.test(type || origin);
  if (isGoneOver && access.file.language === "python" && !isList) return "going over it may raise `RuntimeError`";
  return "half a change is seen";
}

/** Who meets a use that does without the lock: somebody whom the lock does not keep out, mostly one who changes what is there. */
function peerOf({ accesses, lock, guarded }: GuardedField, { linked, mayHold }: FieldAccess): FieldAccess | undefined {
  const isForReading = mayHold.some((held) => held.lock === lock && held.forReading);
  const others = accesses.filter((other) =>
    isForReading
      ? other.linked.id !== linked.id && !isHeld(lock, other.mayHold, "write")
      : guarded.has(other.linked.id) && isHeld(lock, other.holds, other.kind),
  );
  const weight = ({ kind, depth }: FieldAccess) => (kind === "read" ? 0 : 1 + Math.min(depth, 1));
  return others.toSorted((a, b) => weight(b) - weight(a))[0];
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
  const lock = guardName(guarded);
  const isForReading = mayHold.some((other) => other.lock === guarded.lock);
  return isForReading ? `while it holds ${lock} only for reading` : `without ${lock}`;
}

/** Where a type has no name, a field goes by how it is reached. */
function fieldName({ guarded: { field }, access: { path } }: Unguarded): string {
  const name = memberName(field);
  return code(/^\d/.test(name) ? path.replace(/\[.*$/, "") : name);
}

function guardName({ lock, accesses }: GuardedField): string {
  const held = accesses.flatMap(({ holds }) => holds).find((one) => one.lock === lock);
  return code(lockName({ lock, ...(held?.instance !== undefined && { instance: held.instance }) }));
}

const mostNamed = 3;

function othersText(others: readonly Unguarded[]): string {
  if (others.length === 0) return "";
  const named = others.slice(0, mostNamed).map(fieldName);
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

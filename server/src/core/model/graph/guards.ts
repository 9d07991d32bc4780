import { memoizedInTurns } from "../../base/memoized";
import { allAtOnce, type Turns } from "../../base/turns";
import { withoutLastPart } from "../accessPath";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { type FunctionId, functionIds } from "../link/links";
import { isPackageForTests, isTestOnly } from "../testSupport";
import { functionAt, type WorkspaceModel } from "../workspaceModel";
import { affectedConstruction, isConstruction, isOnlyRunOnce } from "./construction";
import { type FieldAccess, isHeld, type Reading, readAccesses } from "./fieldAccesses";
import { extendsType, fieldDeclaration, sharingOf } from "./fieldTypes";
import { type LockAnalysis, type LockingFunction, lockAnalysis, lockAnalysisInTurns } from "./lockAnalysis";
import type { LockRegions } from "./lockRegions";

/** A field that the code guards with a lock. */
export interface GuardedField {
  /** `module.Type.field`. */
  field: string;
  /** The declaration of its lock. */
  lock: string;
  /** The lock belongs to the type that declares the field. */
  isOwnLock: boolean;
  /** By functions that others may run at the same time, in path order; constructors and tests are left out. */
  accesses: readonly FieldAccess[];
  /** Functions that hold the lock whenever they touch the field, and those that at some place do not. */
  guarded: ReadonlySet<FunctionId>;
  unguarded: ReadonlySet<FunctionId>;
  /** Everybody holds the lock, and nobody who writes the field holds it for writing. */
  isOnlyForReading?: true;
}

/** Brought from model to model, so only that of the latest is of use. */
const tables = new WeakMap<WorkspaceModel, GuardTable>();

/** The model that was analysed last: the next one is mostly the same. */
let latest: WeakRef<WorkspaceModel> | undefined;

/**
 * The fields of a workspace that are written under a lock somewhere. Made once for each model; what an edit does not
 * reach is taken from the model before.
 */
export const guardedFieldsInTurns = memoizedInTurns(function* (model: WorkspaceModel): Turns<readonly GuardedField[]> {
  const before = latest?.deref();
  latest = undefined;
  const table = yield* tableFor(model, before);
  tables.set(model, table);
  latest = new WeakRef(model);
  return table.guarded();
});

/** The fields of a workspace that are only written under a lock for reading. */
export function* fieldsWrittenForReading(model: WorkspaceModel): Turns<readonly GuardedField[]> {
  yield* guardedFieldsInTurns(model);
  return tables.get(model)?.forReading() ?? [];
}

export function guardedFields(model: WorkspaceModel): readonly GuardedField[] {
  return allAtOnce(guardedFieldsInTurns(model));
}

function* tableFor(model: WorkspaceModel, before: WorkspaceModel | undefined): Turns<GuardTable> {
  const locks = yield* lockAnalysisInTurns(model);
  const candidates = fieldsUnderLocks(model, locks);
  const known = before && tables.get(before);
  const changes = known && before && changesSince(before, model, known, candidates);
  if (known && changes) {
    yield* known.update(model, locks, changes);
    return known;
  }
  const table = new GuardTable(candidates);
  const functions = [...model.functions.values()].map(({ id }) => id);
  yield* table.update(model, locks, { functions, constructing: [], modules: new Set() });
  return table;
}

interface Changes {
  /** Functions that may use fields in another way. */
  functions: Iterable<FunctionId>;
  /** Functions that may construct now and did not, or the other way round. */
  constructing: Iterable<FunctionId>;
  /** Modules with other declarations. */
  modules: ReadonlySet<string>;
}

/** What an edit reaches; nothing where starting afresh costs less. */
function changesSince(
  before: WorkspaceModel,
  model: WorkspaceModel,
  { candidates }: GuardTable,
  candidatesNow: ReadonlySet<string>,
): Changes | undefined {
  if (before.modules !== model.modules || !isSameSet(candidates, candidatesNow)) return undefined;
  const replaced = model.functions.changedSince(before.functions);
  if (2 * replaced.size > model.functions.size) return undefined;
  const functions = new Set([...replaced, ...holdingOtherwise(lockAnalysis(before), lockAnalysis(model))]);
  const modules = new Set<string>();
  for (const file of changedFiles(before, model)) {
    modules.add(model.modules.get(file.path) ?? "");
    for (const id of functionIds(file)) functions.add(id);
  }
  return { functions, constructing: affectedConstruction(before, model, replaced), modules };
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function* changedFiles(before: WorkspaceModel, model: WorkspaceModel): Iterable<FileSummary> {
  for (const [path, file] of model.files) if (before.files.get(path) !== file) yield file;
  for (const [path, file] of before.files) if (!model.files.has(path)) yield file;
}

/** Functions in which other locks are held, or held elsewhere. */
function* holdingOtherwise(before: LockAnalysis, now: LockAnalysis): Iterable<FunctionId> {
  for (const { linked, regions } of now.locking) if (before.regionsOf(linked.id) !== regions) yield linked.id;
  for (const { linked } of before.locking) if (!now.regionsOf(linked.id)) yield linked.id;
  for (const ids of [before.entered, now.entered])
    for (const id of ids) if (before.onEntry(id) !== now.onEntry(id)) yield id;
}

/** Who uses the fields that are touched under locks, and what guards them. It is brought from model to model. */
class GuardTable {
  private readonly readings = new Map<FunctionId, Reading>();
  private readonly users = new Map<string, Set<FunctionId>>();
  /** Fields that are reached through another, by that. */
  private readonly behind = new Map<string, Set<string>>();
  private readonly guards = new Map<string, GuardedField>();

  constructor(readonly candidates: ReadonlySet<string>) {}

  guarded(): readonly GuardedField[] {
    return this.inOrder((guard) => !guard.isOnlyForReading);
  }

  forReading(): readonly GuardedField[] {
    return this.inOrder((guard) => guard.isOnlyForReading === true);
  }

  /** By the names of the fields. */
  private inOrder(isMeant: (guard: GuardedField) => boolean): readonly GuardedField[] {
    return [...this.guards.values()].filter(isMeant).sort((a, b) => (a.field < b.field ? -1 : 1));
  }

  *update(model: WorkspaceModel, locks: LockAnalysis, { functions, constructing, modules }: Changes): Turns<void> {
    const stale = new Set<string>();
    for (const id of functions) {
      yield;
      this.replace(id, this.readingOf(model, locks, id), stale);
    }
    for (const id of constructing) for (const field of fieldsOf(this.readings.get(id))) stale.add(field);
    if (modules.size > 0) {
      for (const field of this.users.keys()) if (isDeclaredIn(modules, field)) stale.add(field);
      for (const [field, others] of this.behind)
        if (isDeclaredIn(modules, field)) for (const other of others) stale.add(other);
    }
    for (const field of stale) {
      yield;
      const guarded = this.guardOf(model, field);
      if (guarded) this.guards.set(field, guarded);
      else this.guards.delete(field);
    }
  }

  private readingOf(model: WorkspaceModel, locks: LockAnalysis, id: FunctionId): Reading | undefined {
    const linked = model.functions.get(id);
    if (!linked) return undefined;
    const { reads, writes } = linked.links;
    const isWanted = (field: string) => this.candidates.has(field);
    if (!reads.some(isWanted) && !writes.some(isWanted)) return undefined;
    const place = functionAt(model, linked);
    if (!place || place.file.leftOut || place.fn.damaged || servesTests(place.file, place.fn)) return undefined;
    const reading = readAccesses(locks, linked, place, isWanted);
    return reading.found.length + reading.atomic.size === 0 ? undefined : reading;
  }

  private replace(id: FunctionId, reading: Reading | undefined, stale: Set<string>): void {
    const old = this.readings.get(id);
    for (const field of fieldsOf(old)) {
      stale.add(field);
      this.users.get(field)?.delete(id);
    }
    if (reading) this.readings.set(id, reading);
    else if (old) this.readings.delete(id);
    for (const field of fieldsOf(reading)) {
      stale.add(field);
      add(this.users, field, id);
    }
    for (const { field, access } of reading?.found ?? [])
      if (access.through) add(this.behind, access.through.field, field);
  }

  private guardOf(model: WorkspaceModel, field: string): GuardedField | undefined {
    const accesses: FieldAccess[] = [];
    for (const id of this.users.get(field) ?? []) {
      const reading = this.readings.get(id);
      if (reading?.atomic.has(field)) return undefined;
      for (const found of reading?.found ?? []) if (found.field === field) accesses.push(found.access);
    }
    return guardOf(model, field, accesses);
  }
}

function add<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}

function* fieldsOf(reading: Reading | undefined): Iterable<string> {
  if (!reading) return;
  for (const { field } of reading.found) yield field;
  yield* reading.atomic;
}

/** Whether the key of a field, `module.Type.field`, names one of these modules. */
function isDeclaredIn(modules: ReadonlySet<string>, field: string): boolean {
  for (const module of modules) if (field.startsWith(`${module}.`)) return true;
  return false;
}

const testSupport = /(?:^|[/_.-])(?:mocks?|fakes?|stubs?|test_?utils?|testing|test_?helpers?)(?:[/_.-]|$)/i;

/** Tests, and what stands in for something or helps in them: by the file alone, so that other files change nothing. */
function servesTests(file: FileSummary, fn: FunctionSummary): boolean {
  const { isTest, typeName } = fn;
  if (file.isTest || isTest || isTestOnly(fn) || testSupport.test(file.path)) return true;
  return (typeName !== undefined && /^(?:[mM]ock|[fF]ake|[sS]tub)[A-Z]/.test(typeName)) || isPackageForTests(file);
}

/** Fields that are written or read somewhere with a lock held. */
function fieldsUnderLocks(model: WorkspaceModel, locks: LockAnalysis): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const locking of locks.locking)
    if (!locking.file.isTest) for (const field of fieldsUnderLocksIn(locking)) fields.add(field);
  for (const id of locks.entered) {
    const links = model.functions.get(id)?.links;
    for (const keys of [links?.reads ?? [], links?.writes ?? []]) for (const key of keys) if (key) fields.add(key);
  }
  return fields;
}

const underLocks = new WeakMap<LockRegions, readonly string[]>();

function fieldsUnderLocksIn({ linked: { links }, regions }: LockingFunction): readonly string[] {
  const known = underLocks.get(regions);
  if (known) return known;
  const fields = new Set<string>();
  for (const { step } of regions.held) {
    if (typeof step === "number" || (step.kind !== "read" && step.kind !== "write")) continue;
    const key = step.kind === "read" ? links.reads[step.index] : links.writes[step.index];
    if (key) fields.add(key);
  }
  const found = [...fields];
  underLocks.set(regions, found);
  return found;
}

function guardOf(model: WorkspaceModel, field: string, uses: readonly FieldAccess[]): GuardedField | undefined {
  const declaration = fieldDeclaration(model, field);
  const sharing = declaration ? sharingOf(model, declaration) : "unknown";
  if (sharing === "guard") return undefined;
  const isOther = sharing !== "collection" && declaration?.facts.type !== undefined;
  const accesses = uses.filter(
    (access) =>
      !(access.byMethod && isOther) &&
      !isOfCopy(model, access) &&
      !isConstruction(model, access.linked) &&
      !isOnlyRunOnce(model, access.linked),
  );
  const byLock = new Map<string, Set<FunctionId>>();
  for (const { holds, linked } of accesses)
    for (const lock of holds) {
      if (lock.kind === "semaphore" || lock.lock === field || isLocal(lock.lock)) continue;
      byLock.set(lock.lock, (byLock.get(lock.lock) ?? new Set()).add(linked.id));
    }
  // Who writes under a lock for reading relies on another one.
  for (const { holds, linked, kind } of accesses)
    for (const { lock } of holds) if (!isHeld(lock, holds, kind)) byLock.get(lock)?.delete(linked.id);
  const owner = withoutLastPart(field);
  // A lock that is embedded or inherited is the object's own.
  const isOwn = (lock: string) =>
    [lock, withoutLastPart(lock)].some((holder) => holder === owner || extendsType(model, owner, holder));
  const [lock] = [...byLock.keys()].sort(
    (a, b) =>
      Number(isOwn(b)) - Number(isOwn(a)) ||
      (byLock.get(b) as Set<FunctionId>).size - (byLock.get(a) as Set<FunctionId>).size ||
      (a < b ? -1 : 1),
  );
  if (lock === undefined) return undefined;
  const isGuarded = accesses.some(({ kind, holds }) => kind === "write" && isHeld(lock, holds, "write"));
  const isOnlyForReading = !isGuarded && isOwn(lock) && isWrittenForReading(lock, accesses);
  if (!isGuarded && !isOnlyForReading) return undefined;
  const guarded = new Set<FunctionId>();
  const unguarded = new Set<FunctionId>();
  for (const { linked, kind, mayHold, got } of accesses) {
    // What is done with what was got under the lock says nothing of the field.
    if (got?.mayHold?.some((other) => other.lock === lock)) continue;
    // Under another lock is another matter.
    if (!isHeld(lock, mayHold, kind) && !mayHold.some((other) => other.lock !== lock)) unguarded.add(linked.id);
    else if (mayHold.some((other) => other.lock === lock)) guarded.add(linked.id);
  }
  for (const id of unguarded) guarded.delete(id);
  const sorted = accesses.toSorted((a, b) =>
    a.file.path === b.file.path ? a.start - b.start : a.file.path < b.file.path ? -1 : 1,
  );
  const found = { field, lock, isOwnLock: isOwn(lock), accesses: sorted, guarded, unguarded };
  return isOnlyForReading ? { ...found, isOnlyForReading } : found;
}

function isWrittenForReading(lock: string, accesses: readonly FieldAccess[]): boolean {
  return (
    accesses.some(({ kind }) => kind === "write") &&
    accesses.every(({ holds }) => holds.some((held) => held.lock === lock && held.forReading))
  );
}

function isOfCopy(model: WorkspaceModel, { through }: FieldAccess): boolean {
  const declaration = through && fieldDeclaration(model, through.field);
  return declaration !== undefined && sharingOf(model, declaration, through?.depth) === "value";
}

function isLocal(lock: string): boolean {
  return /#[^:]*:/.test(lock);
}

import { parseAccessPath, pathUpTo } from "../accessPath";
import { changesCollection } from "../collections";
import type { AccessPath } from "../facts";
import { type AccessFlow, type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { FunctionId, FunctionLinks } from "../link/links";
import { functionAt, type LinkedFunction, type WorkspaceModel } from "../workspaceModel";
import { isConstruction } from "./construction";
import { fieldDeclaration, sharingOf } from "./fieldTypes";
import type { HeldLock } from "./functionEffects";
import { type LockAnalysis, lockAnalysis } from "./lockAnalysis";
import type { LockRegions } from "./lockRegions";

/** Part of a function that reads or writes a field. */
export interface FieldAccess {
  linked: LinkedFunction;
  file: FileSummary;
  fn: FunctionSummary;
  path: AccessPath;
  kind: "read" | "write";
  start: number;
  /** How many keys behind the field it goes: 1 for an element of the collection that the field holds. */
  depth: number;
  /** Held whichever way leads there. */
  holds: readonly HeldLock[];
  mayHold: readonly HeldLock[];
  /** Through a local: where the local got its object, and what was held there as far as is known. */
  got?: { start: number; path: AccessPath; holds?: readonly HeldLock[]; mayHold?: readonly HeldLock[] };
  /** Of the object that another field holds so many keys deep; of a copy, where that field holds values. */
  through?: { field: string; depth: number };
  /** A write by a method that is told by its name, as of collections. */
  byMethod?: true;
}

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
}

const analyses = new WeakMap<WorkspaceModel, readonly GuardedField[]>();

/** The fields of a workspace that are written under a lock somewhere. Made once for each model. */
export function guardedFields(model: WorkspaceModel): readonly GuardedField[] {
  let known = analyses.get(model);
  if (!known) {
    known = analyse(model);
    analyses.set(model, known);
  }
  return known;
}

/** Whether a field is reached through the object that was got, as in `p.skills`; otherwise what was got is itself used. */
export function isThroughObject({ got, path }: FieldAccess): boolean {
  return !(got && got.path !== "" && path.startsWith(got.path) && !path.slice(got.path.length).includes("."));
}

/** Whether a lock is among those held, to read or to write as far as is needed. */
export function isHeld(lock: string, held: readonly HeldLock[], kind: FieldAccess["kind"]): boolean {
  return held.some((other) => other.lock === lock && !(kind === "write" && other.forReading));
}

function analyse(model: WorkspaceModel): readonly GuardedField[] {
  const locks = lockAnalysis(model);
  const candidates = sameAsBefore(fieldsUnderLocks(model, locks));
  if (candidates.size === 0) return [];
  const byField = new Map<string, FieldAccess[]>();
  const atomic = new Set<string>();
  for (const linked of model.functions.values()) {
    const touched = touches(linked.links, candidates);
    if (touched.size === 0) continue;
    const place = functionAt(model, linked);
    if (!place || place.file.leftOut || place.fn.damaged || isForTests(place.file, place.fn)) continue;
    const reading = readingOf(locks, linked, place, touched);
    for (const { field, access } of reading.found) push(byField, field, access);
    for (const field of reading.atomic) atomic.add(field);
  }
  const found: GuardedField[] = [];
  for (const [field, accesses] of byField) {
    if (atomic.has(field)) continue;
    const guarded = guardOf(model, field, accesses);
    if (guarded) found.push(guarded);
  }
  return found.sort((a, b) => (a.field < b.field ? -1 : 1));
}

const testSupport = /(?:^|[/_.-])(?:mocks?|fakes?|stubs?|test_?utils?|testing|test_?helpers?)(?:[/_.-]|$)/i;

/** Tests, and what stands in for something or helps in them. */
function isForTests(file: FileSummary, { isTest, typeName }: FunctionSummary): boolean {
  if (file.isTest || isTest || testSupport.test(file.path)) return true;
  if (typeName !== undefined && /^(?:[mM]ock|[fF]ake|[sS]tub)[A-Z]/.test(typeName)) return true;
  // As in the standard library: `httptest`, `iotest`.
  return file.language === "go" && /(?<!la|con)test$/.test(file.packageName ?? "");
}

let lastCandidates: ReadonlySet<string> = new Set();

/** One object for the same fields, so that what is known of functions by it can be kept from model to model. */
function sameAsBefore(candidates: ReadonlySet<string>): ReadonlySet<string> {
  const isSame = candidates.size === lastCandidates.size && [...candidates].every((field) => lastCandidates.has(field));
  if (!isSame) lastCandidates = candidates;
  return lastCandidates;
}

const touchedFields = new WeakMap<FunctionLinks, { candidates: ReadonlySet<string>; touched: ReadonlySet<string> }>();
const nothing: ReadonlySet<string> = new Set();

function touches(links: FunctionLinks, candidates: ReadonlySet<string>): ReadonlySet<string> {
  if (links.reads.length + links.writes.length === 0) return nothing;
  const known = touchedFields.get(links);
  if (known?.candidates === candidates) return known.touched;
  let touched: Set<string> | undefined;
  for (const keys of [links.reads, links.writes])
    for (const key of keys) if (candidates.has(key)) touched = (touched ?? new Set()).add(key);
  touchedFields.set(links, { candidates, touched: touched ?? nothing });
  return touched ?? nothing;
}

/** Fields that are written or read somewhere with a lock held. */
function fieldsUnderLocks(model: WorkspaceModel, locks: LockAnalysis): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const { linked, file, regions } of locks.locking) {
    if (file.isTest) continue;
    for (const { step } of regions.held) {
      if (typeof step === "number" || (step.kind !== "read" && step.kind !== "write")) continue;
      const { links } = linked;
      const key = step.kind === "read" ? links.reads[step.index] : links.writes[step.index];
      if (key) fields.add(key);
    }
  }
  for (const id of locks.entered) {
    const links = model.functions.get(id)?.links;
    for (const keys of [links?.reads ?? [], links?.writes ?? []]) for (const key of keys) if (key) fields.add(key);
  }
  return fields;
}

interface FoundAccess {
  field: string;
  access: FieldAccess;
}

interface Held {
  holds: readonly HeldLock[];
  mayHold: readonly HeldLock[];
}

/** What was read in a function, and what that rests on beyond the function itself. */
interface Reading {
  file: FileSummary;
  found: readonly FoundAccess[];
  atomic: ReadonlySet<string>;
  regions: LockRegions | undefined;
  entry: readonly HeldLock[];
  touched: ReadonlySet<string>;
}

const readings = new WeakMap<LinkedFunction, Reading>();

function readingOf(
  locks: LockAnalysis,
  linked: LinkedFunction,
  { file, fn }: { file: FileSummary; fn: FunctionSummary },
  touched: ReadonlySet<string>,
): Reading {
  const regions = locks.regionsOf(linked.id);
  const entry = locks.onEntry(linked.id);
  const known = readings.get(linked);
  if (known && known.file === file && known.regions === regions && known.entry === entry && known.touched === touched)
    return known;
  const reader = new AccessReader(locks, linked, file, fn, touched);
  const reading = { found: reader.read(), atomic: reader.atomic, file, regions, entry, touched };
  readings.set(linked, reading);
  return reading;
}

/** Reads the accesses of one function to fields that matter. */
class AccessReader {
  readonly atomic = new Set<string>();
  private readonly found: FoundAccess[] = [];
  private readonly regions: LockRegions | undefined;
  private readonly entry: readonly HeldLock[];
  private readonly nodes = new Map<number, Flow>();
  private readonly atomicSpans: readonly { start: number; end: number }[];

  constructor(
    locks: LockAnalysis,
    private readonly linked: LinkedFunction,
    private readonly file: FileSummary,
    private readonly fn: FunctionSummary,
    private readonly touched: ReadonlySet<string>,
  ) {
    this.regions = locks.regionsOf(linked.id);
    const { releases } = linked.effects;
    this.entry = locks.onEntry(linked.id).filter(({ lock }) => !releases.some((other) => other.lock === lock));
    this.atomicSpans = linked.links.calls.flatMap(({ entry }, i) => {
      const site = fn.calls[i];
      return entry?.role === "atomic" && site ? [site] : [];
    });
  }

  read(): readonly FoundAccess[] {
    const { reads, readStarts, writes, writeStarts, flow } = this.fn;
    const { links } = this.linked;
    if (this.regions) {
      this.visit(flow);
    } else {
      reads.forEach((path, i) => {
        this.note("read", links.reads[i], path, readStarts[i] as number, undefined);
      });
      writes.forEach((path, i) => {
        this.note("write", links.writes[i], path, writeStarts[i] as number, undefined);
      });
    }
    this.fn.calls.forEach((_, i) => {
      this.noteChange(i);
    });
    return this.found;
  }

  /** @param spawn the spawn around: what is handed to it is looked at before it runs */
  private visit(flow: readonly Flow[], spawn?: Flow): void {
    for (const node of flow) {
      if (typeof node === "number") {
        const site = this.fn.calls[node];
        if (site) this.nodes.set(site.start, node);
      } else if (node.kind === "read" || node.kind === "write") {
        this.nodes.set(node.start, spawn ?? node);
        this.noteNode(node, spawn);
      } else for (const inner of flowsInside(node)) this.visit(inner, node.kind === "spawn" ? node : spawn);
    }
  }

  private noteNode(node: AccessFlow, spawn: Flow | undefined): void {
    const { links } = this.linked;
    const key = node.kind === "read" ? links.reads[node.index] : links.writes[node.index];
    const path = (node.kind === "read" ? this.fn.reads : this.fn.writes)[node.index] as AccessPath;
    this.note(node.kind, key, path, node.start, spawn ?? node, node.gotAt === undefined ? {} : { gotAt: node.gotAt });
  }

  /** Calls that change the collection they are made on or given. */
  private noteChange(call: number): void {
    const { callee, origin, arguments: given } = this.fn.calls[call] as FunctionSummary["calls"][number];
    const target = this.linked.links.calls[call];
    if (target && target.functions.length > 0) return;
    const path = origin ?? callee;
    const isGo = this.file.language === "go";
    const changed = isGo
      ? changesArgument(callee)
        ? given[0]
        : undefined
      : changesCollection(path)
        ? path.slice(0, path.lastIndexOf("."))
        : undefined;
    const index = changed ? this.fn.reads.indexOf(changed) : -1;
    if (index < 0 || this.fn.readStarts[index] === -1) return;
    const start = this.fn.calls[call]?.start ?? 0;
    this.note("write", this.linked.links.reads[index], `${changed}[]`, start, call, isGo ? {} : { byMethod: true });
  }

  private note(
    kind: FieldAccess["kind"],
    field: string | undefined,
    path: AccessPath,
    start: number,
    node: Flow | undefined,
    more: { gotAt?: number; byMethod?: true } = {},
  ): void {
    const { gotAt, byMethod } = more;
    if (!field || start === -1 || !this.touched.has(field)) return;
    if (isOwnObject(this.file, this.fn, path) || this.isMade(gotAt)) return;
    if (node !== undefined && this.regions?.isReached(node) === false) return;
    // What a method answers is read by the method.
    if (/\(\)(?:\[\w*\])*$/.test(path)) return;
    if (this.atomicSpans.some((span) => span.start <= start && start < span.end)) {
      this.atomic.add(field);
      return;
    }
    const { linked, file, fn } = this;
    this.found.push({
      field,
      access: {
        linked,
        file,
        fn,
        path,
        kind,
        start,
        depth: depthOf(path),
        ...this.heldAt(node),
        ...(gotAt !== undefined && { got: this.gotFrom(gotAt), ...this.holderOf(path) }),
        ...(byMethod && { byMethod }),
      },
    });
  }

  /** Whether a local got an object that the function has made. */
  private isMade(gotAt: number | undefined): boolean {
    const node = gotAt === undefined ? undefined : this.nodes.get(gotAt);
    const site = typeof node === "number" ? this.fn.calls[node] : undefined;
    return site !== undefined && isMade(this.file, `${site.callee}()`);
  }

  private gotFrom(start: number): NonNullable<FieldAccess["got"]> {
    const node = this.nodes.get(start);
    // Which function answers is decided at run time, and with it whether the answer is a copy.
    const isUnknown = node === undefined || (typeof node === "number" && this.linked.links.calls[node]?.dynamic);
    return { start, path: this.pathOf(node), ...(!isUnknown && this.heldAt(node)) };
  }

  private pathOf(node: Flow | undefined): AccessPath {
    if (typeof node !== "object" || (node.kind !== "read" && node.kind !== "write")) return "";
    return (node.kind === "read" ? this.fn.reads : this.fn.writes)[node.index] ?? "";
  }

  private heldAt(node: Flow | undefined): Held {
    const here = node === undefined ? undefined : this.regions?.at(node);
    if (!here) return { holds: this.entry, mayHold: this.entry };
    return { holds: [...here.holds, ...this.entry], mayHold: [...here.mayHold, ...this.entry] };
  }

  /** The field behind which a Go field is reached: a local that got a struct from it has a copy. */
  private holderOf(path: AccessPath): Pick<FieldAccess, "through"> | undefined {
    if (this.file.language !== "go") return undefined;
    const { segments } = parseAccessPath(path);
    const last = segments.findLastIndex(({ kind }) => kind === "member");
    const before = segments.slice(0, last).findLastIndex(({ kind }) => kind === "member");
    if (last <= 0 || before < 0) return undefined;
    const field = this.keyOf(pathUpTo(path, before + 1)) ?? this.keyOf(pathUpTo(path, last));
    return field === undefined ? undefined : { through: { field, depth: last - before - 1 } };
  }

  private keyOf(path: AccessPath): string | undefined {
    const index = this.fn.reads.findIndex((read) => read === path || read.startsWith(`${path}[`));
    return index < 0 ? undefined : this.linked.links.reads[index];
  }
}

function changesArgument(callee: string): boolean {
  return /^(?:delete|clear|copy|(?:sort|slices)\.(?:Sort\w*|Strings|Ints|Slice\w*|Stable|Reverse))$/.test(callee);
}

/** The number of keys at the end of a path. */
export function depthOf(path: AccessPath): number {
  return (/(?:\[\w*\])*$/.exec(path)?.[0].split("[").length as number) - 1;
}

/** Whether a path starts at an object that nobody else knows: a copy of the receiver, or what a constructor has made. */
function isOwnObject(file: FileSummary, { receiver, typeName }: FunctionSummary, path: AccessPath): boolean {
  const isCopy = file.language === "go" && receiver?.pointer === false;
  return (isCopy && new RegExp(`^<${typeName}>\\.[\\w$]+$`).test(path)) || isMade(file, path);
}

function isMade({ language }: FileSummary, path: AccessPath): boolean {
  return (language === "go" ? madeInGo : madeElsewhere).test(path);
}

const madeInGo =
  /(?:^|\.)(?:[nN]ew|[mM]ake|[cC]reate|[bB]uild|[pP]arse|[dD]ecode|[cC]lone|[cC]opy|[dD]eepCopy)(?:[A-Z_]\w*)?\(\)(?![^(]*\()/;
const madeElsewhere =
  /^(?:[\w$]+\.)*(?:[A-Z][\w$]*|(?:new|make|create|build|parse|decode|clone|copy)(?:[A-Z_][\w$]*)?)\(\)/;

function guardOf(model: WorkspaceModel, field: string, found: readonly FieldAccess[]): GuardedField | undefined {
  const declaration = fieldDeclaration(model, field);
  const sharing = declaration ? sharingOf(model, declaration) : "unknown";
  if (sharing === "guard") return undefined;
  const isOther = sharing !== "collection" && declaration?.facts.type !== undefined;
  const accesses = found.filter(
    (access) => !(access.byMethod && isOther) && !isOfCopy(model, access) && !isConstruction(model, access.linked),
  );
  const byLock = new Map<string, Set<FunctionId>>();
  for (const { holds, linked } of accesses)
    for (const lock of holds) {
      if (lock.kind === "semaphore" || lock.lock === field || isLocal(lock.lock)) continue;
      byLock.set(lock.lock, (byLock.get(lock.lock) ?? new Set()).add(linked.id));
    }
  const owner = ownerOf(field);
  const isOwn = (lock: string) => lock === owner || ownerOf(lock) === owner;
  const [lock] = [...byLock.keys()].sort(
    (a, b) =>
      Number(isOwn(b)) - Number(isOwn(a)) ||
      (byLock.get(b) as Set<FunctionId>).size - (byLock.get(a) as Set<FunctionId>).size ||
      (a < b ? -1 : 1),
  );
  if (lock === undefined || !accesses.some(({ kind, holds }) => kind === "write" && isHeld(lock, holds, "write")))
    return undefined;
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
  return { field, lock, isOwnLock: isOwn(lock), accesses: sorted, guarded, unguarded };
}

function isOfCopy(model: WorkspaceModel, { through }: FieldAccess): boolean {
  const declaration = through && fieldDeclaration(model, through.field);
  return declaration !== undefined && sharingOf(model, declaration, through?.depth) === "value";
}

function isLocal(lock: string): boolean {
  return /#[^:]*:/.test(lock);
}

function ownerOf(key: string): string {
  return key.slice(0, key.lastIndexOf("."));
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

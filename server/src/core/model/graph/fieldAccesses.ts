import { parseAccessPath, pathUpTo } from "../accessPath";
import { changesCollection, lookedUp, withElements } from "../collections";
import type { AccessPath } from "../facts";
import { type AccessFlow, type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
import type { LinkedFunction } from "../workspaceModel";
import { isMade, isMadeIn } from "./construction";
import type { HeldLock } from "./functionEffects";
import type { LockAnalysis } from "./lockAnalysis";
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

/** Whether a field is reached through the object that was got, as in `p.skills`; otherwise what was got is itself used. */
export function isThroughObject({ got, path }: FieldAccess): boolean {
  return !(got && got.path !== "" && path.startsWith(got.path) && !path.slice(got.path.length).includes("."));
}

/** Whether a lock is among those held, to read or to write as far as is needed. */
export function isHeld(lock: string, held: readonly HeldLock[], kind: FieldAccess["kind"]): boolean {
  return held.some((other) => other.lock === lock && !(kind === "write" && other.forReading));
}

interface FoundAccess {
  field: string;
  access: FieldAccess;
}

interface Held {
  holds: readonly HeldLock[];
  mayHold: readonly HeldLock[];
}

/** What was read in one function. */
export interface Reading {
  found: readonly FoundAccess[];
  /** Fields that it uses through atomic operations. */
  atomic: ReadonlySet<string>;
}

/** The accesses of a function to fields that matter. */
export function readAccesses(
  locks: LockAnalysis,
  linked: LinkedFunction,
  { file, fn }: { file: FileSummary; fn: FunctionSummary },
  isWanted: (field: string) => boolean,
): Reading {
  const reader = new AccessReader(locks, linked, file, fn, isWanted);
  return { found: reader.read(), atomic: reader.atomic };
}

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
    private readonly isWanted: (field: string) => boolean,
  ) {
    this.regions = locks.regionsOf(linked.id);
    const { releases } = linked.effects;
    const entry: HeldLock[] = [...locks.onEntry(linked.id), ...(linked.links.heldThroughout ?? [])];
    this.entry = entry.filter(({ lock }) => !releases.some((other) => other.lock === lock));
    this.atomicSpans = linked.links.calls.flatMap(({ entry }, i) => {
      const site = fn.calls[i];
      return entry?.role === "atomic" && site ? [site] : [];
    });
  }

  read(): readonly FoundAccess[] {
    const { reads, readStarts, writes, writeStarts, flow } = this.fn;
    const { links } = this.linked;
    // Of a function that only calls what takes locks their order is not kept; it need not be where nothing stays held.
    const mayStayHeld = this.regions?.held.some(({ mayHold }) => mayHold.some(({ call }) => call >= 0));
    if (this.regions && (mayStayHeld || hasAccesses(flow))) {
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
        ? withElements(path.slice(0, path.lastIndexOf(".")))
        : undefined;
    const index = changed ? this.indexOfRead(changed) : -1;
    if (index < 0 || this.fn.readStarts[index] === -1) return;
    const start = this.fn.calls[call]?.start ?? 0;
    this.note("write", this.linked.links.reads[index], `${changed}[]`, start, call, isGo ? {} : { byMethod: true });
  }

  /** Of a path, or of the collection that it leads into; -1 where neither is read. */
  private indexOfRead(path: AccessPath): number {
    const index = this.fn.reads.indexOf(path);
    return index >= 0 ? index : this.fn.reads.indexOf(path.replace(/(?:\[\w*\])+$/, ""));
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
    if (!field || start === -1 || !this.isWanted(field)) return;
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
    const site = typeof node === "number" ? this.fn.calls[node] : undefined;
    if (site) return lookedUp(site.origin ?? site.callee);
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

function hasAccesses(flow: readonly Flow[]): boolean {
  return flow.some((node) => {
    if (typeof node === "number") return false;
    return node.kind === "read" || node.kind === "write" || flowsInside(node).some(hasAccesses);
  });
}

function changesArgument(callee: string): boolean {
  return /^(?:delete|clear|copy|(?:sort|slices)\.(?:Sort\w*|Strings|Ints|Slice\w*|Stable|Reverse))$/.test(callee);
}

/** The number of keys at the end of a path, whatever the value is seen as there. */
export function depthOf(path: AccessPath): number {
  return (/(?:\[\w*\])*(?:<[^<>]*>)?$/.exec(path)?.[0].replace(/<.*/, "").split("[").length as number) - 1;
}

/** Whether a path starts at an object that nobody else knows: a copy of the receiver, or what a constructor has made. */
function isOwnObject(file: FileSummary, fn: FunctionSummary, path: AccessPath): boolean {
  const { receiver, typeName } = fn;
  const isCopy = file.language === "go" && receiver?.pointer === false;
  return (isCopy && new RegExp(`^<${typeName}>\\.[\\w$]+$`).test(path)) || isMadeIn(file, fn, path);
}

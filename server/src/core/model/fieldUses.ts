import { rootOf } from "./accessPath";
import { changesCollection, lookedUp } from "./collections";
import type { AccessPath, Step, VariableFacts } from "./facts";
import type { Flow } from "./fileSummary";
import { nothing } from "./originPaths";
import type { Scope } from "./scope";
import { isCopy, touchesLock } from "./stepShapes";
import type { ValueOrigins } from "./valueOrigins";

const maxReads = 40;

/** Paths in the order in which they first occur, and where. */
class AccessList {
  readonly paths: AccessPath[] = [];
  readonly starts: number[] = [];
  private readonly indices = new Map<AccessPath, number>();

  /** @returns the index of the path; -1 when there are too many */
  add(path: AccessPath, start: number, most: number): number {
    const known = this.indices.get(path);
    if (known !== undefined) {
      if (this.starts[known] === -1) this.starts[known] = start;
      return known;
    }
    if (this.paths.length >= most) return -1;
    this.indices.set(path, this.paths.length);
    this.starts.push(start);
    return this.paths.push(path) - 1;
  }
}

/** Where a local got its object. */
interface Got {
  /** Of the access or the call. */
  start: number;
  /** Closed, when it is a field or an element of one. */
  path: AccessPath;
}

/** Where a file deals with locks. */
export interface FileLocks {
  functions: readonly boolean[];
  anywhere: boolean;
  variables: ReadonlySet<string>;
  /** Numbers and truth values that go by a name for good, as written. */
  constants: ReadonlyMap<string, string>;
}

/** What a function reads and writes outside itself, directly or through locals that stand for it. */
export class FieldUses {
  readonly writes = new AccessList();
  readonly reads = new AccessList();
  /** Where the object was got that a local stands for, in functions that touch locks. */
  private readonly gotAt = new Map<string, Got>();
  /** The value of which the last local got a part. */
  private lastTakenApart = -1;

  constructor(
    private readonly locks: FileLocks,
    /** Whether the order of accesses and locks matters here. */
    private readonly touchesLocks: boolean,
    private readonly origins: ValueOrigins,
  ) {}

  /** A local gets a value of which nothing is known. */
  forget(name: string): void {
    this.gotAt.delete(name);
  }

  /** A read of a field, of a variable of the file, or of a local that stands for what was got from one. */
  noteRead(step: { path: AccessPath; start: number }, scope: Scope): Flow | undefined {
    if (scope.lookup(step.path) !== undefined) return this.noteUse(step, scope);
    // A field, or a variable of the file.
    const origin = this.origins.closed(step.path, scope);
    const isOutside = origin.includes(".") || /^[\p{L}_$][\p{L}\p{N}_$]*(?:\[\])*$/u.test(origin);
    return isOutside ? this.access("read", origin, step, scope) : undefined;
  }

  /** A local that stands for what was got from a field is as good as the field. */
  private noteUse(step: { path: AccessPath; start: number }, scope: Scope): Flow | undefined {
    const origin = this.gotAt.get(step.path)?.path ?? nothing;
    return origin === nothing ? undefined : this.access("read", origin, step, scope);
  }

  /** What a method is called on is read, which matters where it may be guarded by a lock. */
  ownerRead(step: Extract<Step, { kind: "call" }>, scope: Scope): Flow | undefined {
    const { callee, start } = step;
    const dot = callee.lastIndexOf(".");
    if (dot <= 0 || !(this.locks.anywhere || changesCollection(callee)) || touchesLock(step)) return undefined;
    const path = callee.slice(0, dot);
    return path.includes(".") || this.locks.variables.has(path) || this.gotAt.has(path)
      ? this.noteRead({ path, start }, scope)
      : undefined;
  }

  /** A read or write of what is outside the function; nothing where the order of such does not matter. */
  access(
    kind: "read" | "write",
    path: AccessPath,
    { path: written, start }: { path: AccessPath; start: number },
    scope: Scope,
  ): Flow | undefined {
    const root = rootOf(written);
    const got = this.gotAt.get(root);
    // What a local holds is not what it came from.
    if (!/[.[]/.test(written.slice(root.length)) && !got?.path && scope.lookup(root) !== undefined) return undefined;
    const list = kind === "read" ? this.reads : this.writes;
    const isFresh = scope.isFresh(root);
    const index = list.add(path, isFresh ? -1 : start, kind === "read" ? maxReads : Number.POSITIVE_INFINITY);
    if (!this.touchesLocks || isFresh || index < 0) return undefined;
    return got === undefined ? { kind, index, start } : { kind, index, start, gotAt: got.start };
  }

  /** What a local stands for from now on. */
  noteGot({ target, operator, value }: Extract<Step, { kind: "assign" }>, scope: Scope): void {
    // `v, ok := m[k]` gives one part of a whole.
    const source = value.kind === "other" && value.parts.length === 1 ? value.parts[0] : value;
    const before = source?.kind === "path" ? this.gotAt.get(source.path) : undefined;
    const isFurtherPart = value.kind === "other" && source?.start === this.lastTakenApart;
    if (value.kind === "other") this.lastTakenApart = source?.start ?? -1;
    if (operator !== "=" || isFurtherPart || isCopy(value)) this.gotAt.delete(target);
    else if (before) this.gotAt.set(target, before);
    else if (source?.kind === "call")
      this.gotAt.set(target, { start: source.start, path: this.lookedUp(source.callee, scope) });
    else if (source?.kind === "path") {
      const path = this.origins.closed(source.path, scope);
      const isOfField = /\.[\w$]+(?:\[\w*\])*$/.test(path.slice(rootOf(path).length));
      const isOfVariable = this.isVariable(path) && scope.lookup(source.path) === undefined;
      this.gotAt.set(target, { start: source.start, path: isOfField || isOfVariable ? path : nothing });
    } else this.gotAt.delete(target);
  }

  /** What a call looks up in a field that holds a collection: `this.notes.get(id)`. */
  private lookedUp(callee: AccessPath, scope: Scope): AccessPath {
    const path = this.origins.closed(lookedUp(callee), scope);
    return path.includes(".") || this.isVariable(path) ? path : nothing;
  }

  /** Whether a closed path is a variable of the file, or an element of one. */
  isVariable(path: AccessPath): boolean {
    return this.locks.variables.has(path.replace(/(?:\[\w*\])+$/, ""));
  }

  /** Variables of a loop stand for elements of what it goes over. */
  noteEach(variables: readonly VariableFacts[], over: { path: AccessPath; start: number }): void {
    const start = this.gotAt.get(rootOf(over.path))?.start ?? over.start;
    for (const { name } of variables) this.gotAt.set(name, { start, path: nothing });
  }
}

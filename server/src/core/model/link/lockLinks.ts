import { type CatalogEntry, positionOf } from "../../catalog/catalog";
import type { AccessPath } from "../facts";
import { type CallSummary, type Flow, type FunctionSummary, flowsInside, type ScopeFlow } from "../fileSummary";
import { isScript } from "../scripts";
import { externalType } from "./entities";
import { type FileAnswers, ownerOf } from "./fileAnswers";
import { instanceOf } from "./instances";
import { type CallTarget, type FunctionId, functionIds, type LockOperation, type LockRef } from "./links";
import { isOwnLock, type LockMethod, lockMethodNamed } from "./ownLocks";
import type { Place } from "./place";

/** The function around a place that names its locks, and all those around it, innermost first. */
export interface LockOwner {
  id: FunctionId;
  functions: readonly FunctionSummary[];
}

/** The two sides of a lock for readers and writers are one lock. */
const viewOfLock = /\.(?:readLock|writeLock|asReadLock|asWriteLock|RLocker)\(\)$/;

const forReaders = /\.(?:readLock|asReadLock|RLocker)\(\)$/;

/** Tells which locks the calls and blocks of one file take and give back. */
export class LockLinks {
  constructor(private readonly answers: FileAnswers) {}

  /** A lock that is a local is the same one in the functions inside. */
  lockOwner(id: string, index: number | undefined): LockOwner {
    const functions: FunctionSummary[] = [];
    let outermost: number | undefined;
    for (let next = index; next !== undefined; next = functions.at(-1)?.parent) {
      functions.push(this.answers.file.functions[next] as FunctionSummary);
      outermost = next;
    }
    return { id: outermost === undefined ? id : (functionIds(this.answers.file)[outermost] as string), functions };
  }

  lockOperation(
    { entry, external }: CallTarget,
    call: CallSummary,
    owner: LockOwner,
    place: Place,
  ): LockOperation | undefined {
    if (!entry) return this.ownLockOperation(call, owner, place) ?? this.releaseByResult(call, owner, place);
    if (entry.role === "callback") return this.releaseByMethod(entry, call, owner, place);
    if ((entry.role !== "acquire" && entry.role !== "release") || !external) return undefined;
    // Locks of files and processes are functions; what guards memory is an object.
    if (ownerOf(external.symbol) === external.symbol) return undefined;
    const known = this.lockType(external);
    const given = givenToLocal(call, owner);
    const taken = given?.replace(/^this\b/, `<${place.typeName}>`) ?? ownerOf(call.origin ?? call.callee);
    const side = this.answers.resolver.sideOf(taken, place);
    const whole = (path: AccessPath) => (side ? path.replace(/[\w$]+$/, () => side.lock) : path);
    const written = whole((given ?? ownerOf(call.callee)).replace(viewOfLock, ""));
    const path = whole(taken);
    // The lock of an object that embeds one is the object's, whichever field it is reached through.
    const lock =
      this.answers.lockHolder(path, place) ??
      // `navigator.locks`: there is one, for everybody.
      (external.symbol.startsWith(`${path}.`) && path.includes(".")
        ? path
        : this.lockKey(path, written, owner.id, place));
    return {
      action: entry.role,
      lock,
      ...this.keyed(this.instanceOf(written, owner, call.origin === undefined), entry, call),
      kind: side ? "read-write" : (known?.lock ?? "exclusive"),
      reentrant: known?.reentrant ?? false,
      forReading: side?.forReading ?? (/^(?:try-)?read$/.test(entry.mode ?? "") || forReaders.test(given ?? "")),
      mayFail: entry.mode === "try" || entry.mode === "try-read" || call.arguments.some(isGivingUp),
      ...(entry.callback !== undefined && { callback: positionOf(entry.callback, call.arguments.length) as number }),
    };
  }

  /** What a method of a lock does that the workspace has written itself, but for its own methods. */
  private ownLockOperation(call: CallSummary, owner: LockOwner, place: Place): LockOperation | undefined {
    const path = call.origin ?? call.callee;
    const method = this.ownLockMethod(path, place);
    const last = call.arguments.length - 1;
    if (method === undefined || (method === "runs" && last < 0)) return undefined;
    const written = ownerOf(call.callee);
    const isRun = method === "runs" || (method === "acquire" && call.arguments[last]?.startsWith("<func#"));
    return {
      ...exclusive,
      action: method === "release" ? "release" : "acquire",
      lock: this.lockKey(ownerOf(path), written, owner.id, place),
      ...this.instanceOf(written, owner, call.origin === undefined),
      ...(isRun && { callback: last }),
    };
  }

  private ownLockMethod(path: AccessPath, place: Place): LockMethod | undefined {
    const method = lockMethodNamed(path.slice(path.lastIndexOf(".") + 1));
    if (method === undefined || !isScript(this.answers.file.language) || ownerOf(path) === path) return undefined;
    const type = this.answers.typeOf(ownerOf(path), place.typeName);
    const facts = type && this.answers.resolver.declarationOf(type);
    return facts && facts.name !== place.typeName && isOwnLock(facts) ? method : undefined;
  }

  /** Where taking a lock gives a function, or an object with one, calling that gives the lock back. */
  private releaseByResult(
    { origin = "" }: CallSummary,
    { id, functions }: LockOwner,
    place: Place,
  ): LockOperation | undefined {
    const acquire = /^(.+)\(\)(?:#\d+)?(?:\.(?:release|unlock))?$/.exec(origin)?.[1];
    if (acquire === undefined) return undefined;
    const { entry, external } = this.answers.calls(acquire, [], place.typeName);
    const isTaken = entry ? entry.role === "acquire" : this.ownLockMethod(acquire, place) === "acquire";
    if (!isTaken || (entry && !external)) return undefined;
    const known = external && this.lockType(external);
    // A local goes by the name that it was taken by.
    const taken = functions.flatMap(({ calls }) => calls).find(({ callee, origin: from = callee }) => from === acquire);
    const lock = this.lockKey(ownerOf(acquire), ownerOf(taken?.callee ?? acquire), id, place);
    return { ...exclusive, action: "release", lock, kind: known?.lock ?? "exclusive" };
  }

  /** What runs a function that it is handed may be handed the method that gives a lock back: `once.Do(mu.Unlock)`. */
  private releaseByMethod(
    { callback = -1 }: CatalogEntry,
    { arguments: given }: CallSummary,
    { id }: LockOwner,
    place: Place,
  ): LockOperation | undefined {
    const method = given[positionOf(callback, given.length) ?? -1] ?? "";
    if (!/\.\w+$/.test(method)) return undefined;
    const { entry, external } = this.answers.calls(method, [], place.typeName);
    if (entry?.role !== "release" || !external) return undefined;
    const known = this.lockType(external);
    const path = ownerOf(method);
    return {
      action: "release",
      lock: this.answers.lockHolder(path, place) ?? this.lockKey(path, path, id, place),
      kind: known?.lock ?? "exclusive",
      reentrant: known?.reentrant ?? false,
      forReading: entry.mode === "read",
      mayFail: false,
    };
  }

  scopeLock(scope: ScopeFlow, owner: LockOwner, place: Place): LockOperation | undefined {
    const acquire = /^(.+)\(\)$/.exec(scope.resource)?.[1];
    // `using held = await lock.acquire()`
    if (acquire !== undefined && this.ownLockMethod(acquire, place) === "acquire") {
      const path = ownerOf(acquire);
      return { ...exclusive, action: "acquire", lock: this.lockKey(path, path, owner.id, place) };
    }
    const entity = this.answers.resolver.resolve(scope.resource, place);
    const known = entity?.kind === "value" ? this.answers.resolver.lockOf(entity.type) : undefined;
    if (scope.form !== "synchronized" && !known) return undefined;
    const written = scope.written ?? scope.resource;
    return {
      action: "acquire",
      lock: this.lockKey(scope.resource, written, owner.id, place),
      ...this.instanceOf(written, owner, scope.written === undefined),
      kind: known?.lock ?? "exclusive",
      reentrant: scope.form === "synchronized" || known?.reentrant === true,
      forReading: false,
      mayFail: false,
    };
  }

  /** What the catalog says of the type that a method takes or gives back. */
  private lockType({ module, symbol }: NonNullable<CallTarget["external"]>): CatalogEntry | undefined {
    return this.answers.resolver.lockOf(externalType(module, ownerOf(symbol), []));
  }

  private instanceOf(written: string, { functions }: LockOwner, isUnbound: boolean): Pick<LockRef, "instance"> {
    // The object around an inner one has no name of its own.
    if (/^[\w$]+\.this\b/.test(written)) return {};
    // Java writes a field of the object itself without `this`.
    const isOwnField =
      isUnbound && this.answers.file.language === "java" && /^[a-z_$]/.test(written) && !/^this\b/.test(written);
    return instanceOf(isOwnField ? `this.${written}` : written, functions, isUnbound);
  }

  /** A lock that takes a key in front of the function it runs is a lock for each key. */
  private keyed(
    { instance }: Pick<LockRef, "instance">,
    { callback }: CatalogEntry,
    { arguments: given }: CallSummary,
  ): Pick<LockRef, "instance"> {
    if (instance === undefined) return {};
    if (callback === undefined || (positionOf(callback, given.length) ?? 0) <= 0) return { instance };
    const [named = ""] = given;
    const constant = this.answers.file.constants.find(({ name, mutable }) => name === named && !mutable);
    const key = constant?.value ?? named;
    return /^["'`]/.test(key) ? { instance: `${instance}[${key.replace(/^['`]|['`]$/g, '"')}]` } : {};
  }

  /**
   * A lock is its declaration; one that is embedded or is the object itself goes by the name of the type that has it, and
   * one that is declared nowhere else by what the function calls it.
   */
  private lockKey(path: string, written: string, id: string, place: Place): string {
    const field = this.answers.fieldKey(path.replace(viewOfLock, ""), place);
    if (field !== "") return field;
    return this.answers.lockHolder(path, place) ?? `${id}:${written}`;
  }
}

const exclusive = { kind: "exclusive", reentrant: false, forReading: false, mayFail: false } as const;

/** What a local with a declared type is given, once, of the object itself: `Lock side = lock.writeLock(); side.lock()`. */
function givenToLocal({ callee, origin = callee }: CallSummary, { functions }: LockOwner): AccessPath | undefined {
  const local = ownerOf(callee);
  if (!/^<[^<>]+>$/.test(ownerOf(origin)) || !/^[\w$]+$/.test(local)) return undefined;
  const given = functions.flatMap(({ flow }) => valuesOf(flow, local));
  const [only, ...others] = given;
  return others.length === 0 && only !== undefined && /^this\./.test(only) ? only : undefined;
}

/** What a local is given in a flow; empty texts where that is not known. */
function valuesOf(flow: readonly Flow[], local: string): AccessPath[] {
  return flow.flatMap((node) => {
    if (typeof node === "number") return [];
    if (node.kind === "assign") return node.target === local ? [node.from ?? ""] : [];
    return flowsInside(node).flatMap((inside) => valuesOf(inside, local));
  });
}

/** An argument with which taking a lock does not wait, or not for ever: Python's `blocking=False`, `timeout=5`. */
function isGivingUp(argument: string): boolean {
  return /^(?:(?:blocking=)?False|timeout=(?!None$|-1$).*)$/.test(argument);
}

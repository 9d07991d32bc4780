import { type CatalogEntry, positionOf } from "../../catalog/catalog";
import type { AccessPath } from "../facts";
import { type CallSummary, type Flow, type FunctionSummary, flowsInside, type ScopeFlow } from "../fileSummary";
import { admitsOne } from "../madeWith";
import { isScript } from "../scripts";
import { heldByDecorator } from "./decoratorLocks";
import { lockOnEntering } from "./enteredLocks";
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
    const given = givenToLocal(call, owner);
    const taken = given?.replace(/^this\b/, `<${place.typeName}>`) ?? ownerOf(call.origin ?? call.callee);
    const side = this.answers.resolver.sideOf(taken, place);
    const whole = (path: AccessPath) => (side ? path.replace(/[\w$]+$/, () => side.lock) : path);
    const written = whole((given ?? ownerOf(call.callee)).replace(viewOfLock, ""));
    const path = whole(taken);
    const isAlias = side !== undefined && side.forReading === undefined;
    const known = (isAlias ? this.lockAt(path, place) : undefined) ?? this.lockType(external);
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
      ...this.keyed(this.instanceOf(written, owner, call.origin === undefined, place), entry, call),
      kind: side && !isAlias ? "read-write" : this.kindOf(known, taken, place),
      reentrant: known?.reentrant ?? false,
      forReading: side?.forReading ?? (/^(?:try-)?read$/.test(entry.mode ?? "") || forReaders.test(given ?? "")),
      mayFail: entry.mode === "try" || entry.mode === "try-read" || call.arguments.some(isGivingUp),
      ...(entry.callback !== undefined && { callback: positionOf(entry.callback, call.arguments.length) as number }),
    };
  }

  /** What a method of a lock does that the workspace has written itself, but for its own methods. */
  private ownLockOperation(call: CallSummary, owner: LockOwner, place: Place): LockOperation | undefined {
    const path = call.origin ?? call.callee;
    const last = call.arguments.length - 1;
    const method = this.ownLockMethod(path, place) ?? this.ownLockRun(path, call, place);
    if (method === undefined || (method === "runs" && last < 0)) return undefined;
    const written = ownerOf(call.callee);
    const isRun = method === "runs" || (method === "acquire" && call.arguments[last]?.startsWith("<func#"));
    return {
      ...exclusive,
      action: method === "release" ? "release" : "acquire",
      lock: this.lockKey(ownerOf(path), written, owner.id, place),
      ...this.keyed(
        this.instanceOf(written, owner, call.origin === undefined, place),
        isRun ? { callback: last } : {},
        call,
      ),
      ...(isRun && { callback: last }),
    };
  }

  private ownLockMethod(path: AccessPath, place: Place): LockMethod | undefined {
    const method = lockMethodNamed(path.slice(path.lastIndexOf(".") + 1));
    return method !== undefined && this.isOfOwnLock(path, place) ? method : undefined;
  }

  /**
   * Whatever it is called, what is handed a function and promises its result runs that in its turn; those who read may be
   * let in together.
   */
  private ownLockRun(path: AccessPath, { arguments: given }: CallSummary, place: Place): LockMethod | undefined {
    const isRun = given.at(-1)?.startsWith("<func#") && !/(?:read|share)\w*$/i.test(path);
    if (!isRun || !this.isOfOwnLock(path, place)) return undefined;
    const [method] = this.answers.functionsCalled(path, given, place.typeName);
    return method && promisesResult(method) ? "runs" : undefined;
  }

  private isOfOwnLock(path: AccessPath, place: Place): boolean {
    if (!isScript(this.answers.file.language) || ownerOf(path) === path) return false;
    const type = this.answers.typeOf(ownerOf(path), place.typeName);
    const facts = type && this.answers.resolver.declarationOf(type);
    return facts !== undefined && facts.name !== place.typeName && isOwnLock(facts);
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
    return { ...exclusive, action: "release", lock, kind: this.kindOf(known, ownerOf(acquire), place) };
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
      kind: this.kindOf(known, path, place),
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
    const side = this.answers.resolver.sideOf(scope.resource, place);
    const isAlias = side !== undefined && side.forReading === undefined;
    const whole = (path: AccessPath) => (isAlias ? path.replace(/[\w$]+$/, () => side.lock) : path);
    const path = whole(scope.resource);
    const known = this.lockAt(path, place) ?? this.lockAt(scope.resource, place);
    const written = whole(scope.written ?? scope.resource);
    const type = known || scope.form !== "with" ? undefined : this.answers.typeOf(path, place.typeName);
    const entered = type && lockOnEntering(this.answers.resolver, type);
    if (entered)
      return {
        ...exclusive,
        action: "acquire",
        lock: entered.isOfUser ? this.lockKey(path, written, owner.id, place) : entered.lock,
        ...this.instanceOf(
          entered.isOfUser ? written : written + entered.within,
          owner,
          scope.written === undefined,
          place,
        ),
        kind: entered.known?.lock ?? "exclusive",
        reentrant: entered.known?.reentrant === true,
      };
    if (scope.form !== "synchronized" && !known) return undefined;
    return {
      action: "acquire",
      lock: this.lockKey(path, written, owner.id, place),
      ...this.instanceOf(written, owner, scope.written === undefined, place),
      kind: this.kindOf(known, path, place),
      reentrant: scope.form === "synchronized" || known?.reentrant === true,
      forReading: false,
      mayFail: false,
    };
  }

  /** The locks that the decorators of a method hold while it runs, but for those that stand in it as blocks already. */
  heldByDecorators(fn: FunctionSummary, owner: LockOwner, place: Place): LockOperation[] {
    const { file } = this.answers;
    return fn.decorators.flatMap((text) => {
      const [, name, called, given] = /^([\w$]+)(\((?:["']([\w$]+)["'])?\))?$/.exec(text) ?? [];
      const entity = name === undefined ? undefined : this.answers.entity(name, undefined);
      const ref = entity?.kind === "function" ? entity.functions[0] : undefined;
      if (!ref || (ref.file === file && called === undefined && file.language === "python")) return [];
      const held = heldByDecorator(ref.file, ref.index);
      if (!held || held.of === "file")
        return held ? this.lockOfFile(held.path, this.answers.resolver.place(ref.file, undefined)) : [];
      const within = "named" in held ? given && `.${given}` : held.within;
      return within && fn.typeName !== undefined ? this.lockOfObject(within, fn, owner, place) : [];
    });
  }

  private lockOfObject(within: string, fn: FunctionSummary, owner: LockOwner, place: Place): LockOperation[] {
    const path = `<${fn.typeName}>${within}`;
    const written = `${fn.receiver?.name ?? "this"}${within}`;
    const type = this.answers.typeOf(path, place.typeName);
    const known = type && this.answers.resolver.lockOf(type);
    if (!known && !this.isOfOwnLock(`${path}.lock`, place)) return [];
    return [
      {
        ...exclusive,
        action: "acquire",
        lock: this.lockKey(path, written, owner.id, place),
        ...this.instanceOf(written, owner, false, place),
        kind: this.kindOf(known, path, place),
        reentrant: known?.reentrant === true,
      },
    ];
  }

  private lockOfFile(path: AccessPath, place: Place): LockOperation[] {
    const known = this.lockAt(path, place);
    const lock = known && this.answers.resolver.fieldKey(path, place);
    if (!lock) return [];
    const kind = known.lock ?? "exclusive";
    return [{ ...exclusive, action: "acquire", lock, instance: path, kind, reentrant: known.reentrant === true }];
  }

  /** What the catalog says of the type of a value. */
  private lockAt(path: AccessPath, place: Place): CatalogEntry | undefined {
    const entity = this.answers.resolver.resolve(path, place);
    return entity?.kind === "value" ? this.answers.resolver.lockOf(entity.type) : undefined;
  }

  /** What the catalog says of the type that a method takes or gives back. */
  private lockType({ module, symbol }: NonNullable<CallTarget["external"]>): CatalogEntry | undefined {
    return this.answers.resolver.lockOf(externalType(module, ownerOf(symbol), []));
  }

  /** A semaphore that lets in one at a time is a lock like any other. */
  private kindOf(known: CatalogEntry | undefined, path: AccessPath, place: Place): LockOperation["kind"] {
    if (known?.lock !== "semaphore") return known?.lock ?? "exclusive";
    const made = this.answers.resolver.madeWith(path, place);
    return made !== undefined && admitsOne(made) ? "exclusive" : "semaphore";
  }

  /** A variable of a module goes by its own name, whatever it is called where it is imported. */
  private instanceOf(
    written: string,
    { functions }: LockOwner,
    isUnbound: boolean,
    place: Place,
  ): Pick<LockRef, "instance"> {
    const variable = isUnbound ? this.answers.resolver.variableAt(written, place) : undefined;
    if (variable !== undefined) return { instance: variable.slice(variable.lastIndexOf(".") + 1) };
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
    { callback }: Pick<CatalogEntry, "callback">,
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

function promisesResult({ modifiers, results }: FunctionSummary): boolean {
  return modifiers.includes("async") || /^Promise\b/.test(results[0] ?? "");
}

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

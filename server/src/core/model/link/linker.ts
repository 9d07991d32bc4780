import type { Turns } from "../../base/turns";
import { type Catalog, type CatalogEntry, positionOf } from "../../catalog/catalog";
import {
  type CallSummary,
  type FileSummary,
  type Flow,
  type FunctionSummary,
  flowsInside,
  type ScopeFlow,
} from "../fileSummary";
import { enclosingType } from "./closureUses";
import { Declarations } from "./declarations";
import { externalType } from "./entities";
import { instanceOf } from "./instances";
import type { LanguageLinks, Project } from "./languageLinks";
import {
  type CallTarget,
  type FileLinks,
  type FunctionId,
  type FunctionLinks,
  functionIds,
  type HandedOver,
  type LockOperation,
  type LockRef,
  receiverHandedOver,
  unresolved,
} from "./links";
import { callsByTheClock, loopPaces } from "./loopPace";
import type { Place } from "./place";
import { stepsWithoutLimit } from "./queryCache";
import { Resolver } from "./resolver";
import { changedKeys, keyHash, signaturesOf } from "./signatures";
import { isRegisteringListener } from "./topics";
import { type Entity, type FunctionRef, functionOf, type Type } from "./types";
import { isSameLinks, settledFunctions, unchangedFunctions } from "./unchanged";

/** The links of one file and what they follow from. Plain data, from which another process can go on. */
export interface LinkedFile {
  module: string;
  /** What its imports lead to, to notice when that changes. */
  imports: string;
  /** Hashes of the keys its links depend on, sorted. */
  consulted: Int32Array;
  links: FileLinks;
}

interface FileState extends LinkedFile {
  summary: FileSummary;
  /** At least as many steps as it took to link all of it; absent where that is not known. */
  steps?: number;
}

/** What is kept of the links that an earlier version of a file had. */
interface EarlierLinks {
  links: FileLinks;
  /** The place of each function in it, where the function says the same. */
  unchanged: readonly (number | undefined)[];
  /** Functions whose links are the same without looking. */
  settled: ReadonlySet<number>;
}

const nothingSettled: ReadonlySet<number> = new Set();

/** What of a function is linked. */
type LinkedParts = Pick<FunctionSummary, "calls" | "writes" | "reads" | "flow" | "parameters">;

/** Some answers are others for tests: each kind of file finds those of its own. */
function testsLast(states: readonly FileState[]): FileState[] {
  return [...states.filter(({ summary }) => !summary.isTest), ...states.filter(({ summary }) => summary.isTest)];
}

/** Enough to edit a few files on; all answers of a workspace would take as much memory as its summaries. */
const maxAnswersKept = 20_000;

const nothingHandedOver: FunctionLinks["handedOver"] = new Map();
const noLockOperations: FunctionLinks["lockOperations"] = new Map();
const none: readonly string[] = [];
const noIds: readonly FunctionId[] = [];
const noLinks: FunctionLinks = {
  id: "",
  calls: [],
  handedOver: nothingHandedOver,
  lockOperations: noLockOperations,
  scopeLocks: [],
  loopPaces: new Map(),
  callsParameters: [],
  writes: none,
  reads: none,
};

/** Resolves the calls of one language's files, and after a change only those that can have changed. */
export class LanguageLinker {
  private readonly files = new Map<string, FileState>();
  private declarations = new Declarations();
  private links: LanguageLinks | undefined;
  private resolver: Resolver | undefined;

  constructor(
    private readonly createLinks: (project: Project) => LanguageLinks,
    private readonly catalog: Catalog,
  ) {}

  /**
   * @param changes new summaries by path, `undefined` for files that are gone
   * @param project absent while neither the set of files nor a build file has changed
   * @returns the paths of the files whose links were made anew; yields where others may have a turn
   */
  *update(changes: ReadonlyMap<string, FileSummary | undefined>, project: Project | undefined): Turns<Set<string>> {
    const stale = new Set<string>();
    const changed = new Set<number>();
    /** What new versions of files declare, whether or not it looks the same. */
    const replaced = new Set<number>();
    if (project || !this.links) {
      this.links = this.createLinks(project as Project);
      this.resolver = undefined;
    }
    const links = this.links;
    const note = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) => {
      for (const key of changedKeys(before, after)) changed.add(keyHash(key));
      for (const key of before.keys()) replaced.add(keyHash(key));
      for (const key of after.keys()) replaced.add(keyHash(key));
    };
    if (project) {
      for (const state of this.files.values()) {
        if (changes.has(state.summary.path)) continue;
        yield;
        const module = links.moduleOf(state.summary);
        if (module !== state.module) {
          this.declarations.remove(state.module, state.summary);
          this.declarations.add(module, state.summary);
          note(signaturesOf(state.module, state.summary), signaturesOf(module, state.summary));
          state.module = module;
          stale.add(state.summary.path);
        }
        const imports = importsOf(state.summary, links);
        if (imports !== state.imports) {
          state.imports = imports;
          changed.add(keyHash(`i:${state.summary.path}`));
          stale.add(state.summary.path);
        }
      }
    }
    // Where most files are new, everything is linked anew: telling what has changed would cost more.
    const isFirst = 4 * this.files.size < changes.size;
    if (isFirst) for (const path of this.files.keys()) stale.add(path);
    const replacedFiles = new Map<string, FileState>();
    for (const [path, summary] of changes) {
      yield;
      const before = this.files.get(path);
      if (before) {
        replacedFiles.set(path, before);
        this.declarations.remove(before.module, before.summary);
        this.resolver?.forget(before.summary);
      }
      const signaturesBefore = before && !isFirst ? signaturesOf(before.module, before.summary) : noSignatures;
      if (!summary) {
        this.files.delete(path);
        note(signaturesBefore, noSignatures);
        continue;
      }
      const module = links.moduleOf(summary);
      this.declarations.add(module, summary);
      if (!isFirst) note(signaturesBefore, signaturesOf(module, summary));
      const imports = importsOf(summary, links);
      this.files.set(path, {
        summary,
        module,
        imports,
        consulted: new Int32Array(),
        links: before?.links ?? { functions: [], outside: noLinks, roles: new Map() },
      });
      stale.add(path);
    }
    if (changed.size > 0) {
      for (const [path, { consulted }] of this.files)
        if (!stale.has(path) && intersects(consulted, changed)) stale.add(path);
    }
    if (isFirst || !this.resolver) this.resolver = new Resolver(this.declarations, links, this.catalog);
    const { resolver } = this;
    resolver.invalidate(replaced);
    for (const state of testsLast([...stale].flatMap((path) => this.files.get(path) ?? []))) {
      yield;
      const before = replacedFiles.get(state.summary.path) ?? state;
      const isUnseen = !project && changed.size === 0 && before !== state;
      this.linkFile(state, before, isUnseen, resolver);
    }
    if (resolver.answers > maxAnswersKept) this.resolver = undefined;
    return stale;
  }

  /** @param isUnseen nothing has changed that one file can see of another */
  private linkFile(state: FileState, before: FileState, isUnseen: boolean, resolver: Resolver): void {
    const { summary } = state;
    const unchanged = before.links.functions.length > 0 ? unchangedFunctions(before.summary, summary) : [];
    const isSettled = isUnseen && before.steps !== undefined && before.steps < stepsWithoutLimit;
    const settled = isSettled ? settledFunctions(before.summary, summary, unchanged) : nothingSettled;
    resolver.startFile(summary);
    state.links = new FileLinking(summary, resolver).link({ links: before.links, unchanged, settled });
    const { keys, steps } = resolver.consulted(settled.size > 0 ? before.consulted : noKeys);
    state.consulted = keys;
    state.steps = steps + (settled.size > 0 ? (before.steps as number) : 0);
  }

  linksOf(path: string): FileLinks | undefined {
    return this.files.get(path)?.links;
  }

  /** Every file with what `resume` takes. */
  *linkedFiles(): Generator<[path: string, linked: LinkedFile]> {
    for (const [path, { module, imports, consulted, links }] of this.files)
      yield [path, { module, imports, consulted, links }];
  }

  /** Before the first `update`: takes a file as another linker with the same catalog has left it. */
  resume(summary: FileSummary, linked: LinkedFile): void {
    this.declarations.add(linked.module, summary);
    this.files.set(summary.path, { ...linked, summary });
  }

  /** The module an import of one of its files means, in the workspace or not; after the first `update`. */
  resolveImport(
    path: string,
    imported: { module: string; member?: string },
  ): ReturnType<LanguageLinks["resolveImport"]> {
    const summary = this.files.get(path)?.summary;
    return summary && this.links ? this.links.resolveImport(imported, summary) : imported;
  }

  moduleOf(path: string): string | undefined {
    return this.files.get(path)?.module;
  }
}

const noScopes: ScopeFlow[] = [];

function scopesIn(flow: readonly Flow[]): ScopeFlow[] {
  let found = noScopes;
  for (const node of flow) {
    if (typeof node === "number") continue;
    if (node.kind === "scope") found = [...found, node];
    for (const inside of flowsInside(node)) {
      const scopes = scopesIn(inside);
      if (scopes.length > 0) found = [...found, ...scopes];
    }
  }
  return found;
}

const noKeys = new Int32Array();
const noSignatures: ReadonlyMap<string, string> = new Map();

/** What paths mean inside one type of a file, by path. */
interface Answers {
  fields: Map<string, string>;
  /** By the number of arguments. */
  targets: Map<string, CallTarget[]>;
  entities: Map<string, { entity: Entity | undefined }>;
}

/** The function around a place that names its locks, and all those around it, innermost first. */
interface LockOwner {
  id: FunctionId;
  functions: readonly FunctionSummary[];
}

/** The two sides of a lock for readers and writers are one lock. */
const viewOfLock = /\.(?:readLock|writeLock|asReadLock|asWriteLock|RLocker)\(\)$/;

/** Makes the links of one file. */
class FileLinking {
  private readonly answers = new Map<string | undefined, Answers>();
  private readonly externalBases = new Map<string, readonly Type[]>();
  private readonly targetsById = new Map<string, FunctionSummary>();

  constructor(
    private readonly file: FileSummary,
    private readonly resolver: Resolver,
  ) {}

  link({ links: before, unchanged, settled }: EarlierLinks): FileLinks {
    const ids = functionIds(this.file);
    const roles = new Map<number, readonly CatalogEntry[]>();
    const functions = this.file.functions.map((fn, index) => {
      const place = unchanged[index];
      const linksBefore = place === undefined ? undefined : before.functions[place];
      const isSettled = linksBefore !== undefined && settled.has(index);
      const known = isSettled ? (before.roles.get(index) ?? []) : [...this.decoratorsOf(fn), ...this.overriddenBy(fn)];
      if (known.length > 0) roles.set(index, known);
      if (isSettled) return linksBefore;
      const links = this.linkFunction(ids[index] as string, fn, enclosingType(this.file, fn), index);
      return linksBefore && isSameLinks(linksBefore, links) ? linksBefore : links;
    });
    const outside = this.linkFunction(
      `${this.file.path}#`,
      { calls: this.file.calls, writes: none, reads: none, flow: [], parameters: [] },
      undefined,
    );
    return { functions, outside, roles };
  }

  private linkFunction(
    id: string,
    { calls, writes, reads, flow, parameters }: LinkedParts,
    typeName: string | undefined,
    index?: number,
  ): FunctionLinks {
    const handedOver = new Map<number, HandedOver[]>();
    const targets = calls.map((call, i) => {
      const target = this.calls(call.origin ?? call.callee, call.arguments, typeName);
      let handed: HandedOver[] | undefined;
      call.arguments.forEach((given, i) => {
        const named = given.includes("=") ? /^(\w+)=(.*)$/s.exec(given) : undefined;
        const path = named?.[2] ?? given;
        const functions = this.functionsOf(path, typeName);
        const methods = this.methodsOf(path, i, call, target, typeName);
        if (functions.length + methods.length === 0) return;
        const argument = named ? this.positionOf(named[1] as string, target) : i;
        if (argument === undefined) return;
        handed ??= [];
        handed.push({ argument, functions: [...functions, ...methods] });
      });
      const run = this.runByReceiver(call, target, typeName);
      if (run.length > 0) handed = [...(handed ?? []), { argument: receiverHandedOver, functions: run }];
      if (handed) handedOver.set(i, handed);
      return target;
    });
    const place = this.resolver.place(this.file, typeName);
    const owner = this.lockOwner(id, index);
    const lockOperations = new Map<number, LockOperation>();
    targets.forEach((target, i) => {
      const operation = this.lockOperation(target, calls[i] as CallSummary, owner, place);
      if (operation) lockOperations.set(i, operation);
    });
    const scopeLocks = scopesIn(flow).map((scope) => this.scopeLock(scope, owner, place));
    const callsParameters = parameters.flatMap(({ name }, i) =>
      calls.some(({ callee }) => callee === name || (this.resolver.tellsByTypes && callsFunctional(callee, name)))
        ? [i]
        : [],
    );
    const paceSources = {
      typeOf: (path: string) => this.typeOf(path, typeName),
      sleeps: (call: number) => targets[call]?.entry?.role === "sleep",
      hasChannels: this.file.language === "go",
    };
    const paces = loopPaces(flow, paceSources);
    const timed = callsByTheClock(flow, paces, paceSources);
    return {
      id,
      calls: targets,
      handedOver: handedOver.size === 0 ? nothingHandedOver : handedOver,
      lockOperations: lockOperations.size === 0 ? noLockOperations : lockOperations,
      scopeLocks,
      loopPaces: paces,
      ...(timed && { callsByTheClock: timed }),
      callsParameters,
      writes: this.fieldKeys(writes, place),
      reads: this.fieldKeys(reads, place),
    };
  }

  private typeOf(path: string, typeName: string | undefined): Type | undefined {
    const entity = this.entity(path, typeName);
    return entity?.kind === "value" ? entity.type : undefined;
  }

  /** A lock that is a local is the same one in the functions inside. */
  private lockOwner(id: string, index: number | undefined): LockOwner {
    const functions: FunctionSummary[] = [];
    let outermost: number | undefined;
    for (let next = index; next !== undefined; next = functions.at(-1)?.parent) {
      functions.push(this.file.functions[next] as FunctionSummary);
      outermost = next;
    }
    return { id: outermost === undefined ? id : (functionIds(this.file)[outermost] as string), functions };
  }

  /** Position of the parameter that an argument is given for by name. */
  private positionOf(keyword: string, { entry, functions }: CallTarget): number | undefined {
    if (entry?.keyword === keyword) return entry.callback;
    for (const id of functions) {
      const at = this.targetsById.get(id)?.parameters.findIndex(({ name }) => name === keyword) ?? -1;
      if (at >= 0) return at;
    }
    return undefined;
  }

  private fieldKeys(paths: readonly string[], place: Place): readonly string[] {
    return paths.length === 0 ? none : paths.map((path) => this.fieldKey(path, place));
  }

  private fieldKey(path: string, place: Place): string {
    const { fields } = this.answersIn(place.typeName);
    let key = fields.get(path);
    if (key === undefined) {
      key = this.resolver.fieldKey(path, place) ?? "";
      fields.set(path, key);
    }
    return key;
  }

  private lockOperation(
    { entry, external }: CallTarget,
    call: CallSummary,
    owner: LockOwner,
    place: Place,
  ): LockOperation | undefined {
    if (!entry) return this.releaseByResult(call, owner, place);
    if ((entry.role !== "acquire" && entry.role !== "release") || !external) return undefined;
    const type = ownerOf(external.symbol);
    // Locks of files and processes are functions; what guards memory is an object.
    if (type === external.symbol) return undefined;
    const known = this.resolver.lockOf(externalType(external.module, type, []));
    const written = ownerOf(call.callee).replace(viewOfLock, "");
    const path = ownerOf(call.origin ?? call.callee);
    // The lock of an object that embeds one is the object's, whichever field it is reached through.
    const lock = this.declaredType(path, place) ?? this.lockKey(path, written, owner.id, place);
    return {
      action: entry.role,
      lock,
      ...keyed(this.instanceOf(written, owner, call.origin === undefined), entry, call),
      kind: known?.lock ?? "exclusive",
      reentrant: known?.reentrant ?? false,
      forReading: entry.mode === "read" || entry.mode === "try-read",
      mayFail: entry.mode === "try" || entry.mode === "try-read" || call.arguments.some(isGivingUp),
      ...(entry.callback !== undefined && { callback: positionOf(entry.callback, call.arguments.length) as number }),
    };
  }

  /** Where taking a lock gives a function, calling that gives the lock back. */
  private releaseByResult({ origin = "" }: CallSummary, { id }: LockOwner, place: Place): LockOperation | undefined {
    const acquire = /^(.+)\(\)(?:#\d+)?$/.exec(origin)?.[1];
    const { entry, external } = acquire === undefined ? unresolved : this.calls(acquire, none, place.typeName);
    if (acquire === undefined || entry?.role !== "acquire" || !external) return undefined;
    const known = this.resolver.lockOf(externalType(external.module, ownerOf(external.symbol), []));
    const lock = this.lockKey(ownerOf(acquire), ownerOf(acquire), id, place);
    const kind = known?.lock ?? "exclusive";
    return { action: "release", lock, kind, reentrant: false, forReading: false, mayFail: false };
  }

  private scopeLock(scope: ScopeFlow, owner: LockOwner, place: Place): LockOperation | undefined {
    const entity = this.resolver.resolve(scope.resource, place);
    const known = entity?.kind === "value" ? this.resolver.lockOf(entity.type) : undefined;
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

  private instanceOf(written: string, { functions }: LockOwner, isUnbound: boolean): Pick<LockRef, "instance"> {
    // The object around an inner one has no name of its own.
    if (/^[\w$]+\.this\b/.test(written)) return {};
    // Java writes a field of the object itself without `this`.
    const isOwnField =
      isUnbound && this.file.language === "java" && /^[a-z_$]/.test(written) && !/^this\b/.test(written);
    return instanceOf(isOwnField ? `this.${written}` : written, functions, isUnbound);
  }

  /**
   * A lock is its declaration; one that is embedded or is the object itself goes by the name of the type, and one that
   * is declared nowhere else by what the function calls it.
   */
  private lockKey(path: string, written: string, id: string, place: Place): string {
    const field = this.fieldKey(path.replace(viewOfLock, ""), place);
    if (field !== "") return field;
    return this.declaredType(path, place) ?? `${id}:${written}`;
  }

  private declaredType(path: string, place: Place): string | undefined {
    const entity = this.resolver.resolve(path, place);
    if (entity?.kind !== "value" || entity.type.kind !== "declared") return undefined;
    const { module, facts } = entity.type.declaration;
    return `${module}.${facts.name}`;
  }

  private calls(path: string, args: readonly string[], typeName: string | undefined): CallTarget {
    // Where overloads differ in the types they take, so may two calls with as many arguments.
    const key = this.resolver.tellsByTypes ? `${path} ${args.join("\n")}` : path;
    const { targets } = this.answersIn(typeName);
    let byCount = targets.get(key);
    if (!byCount) {
      byCount = [];
      targets.set(key, byCount);
    }
    let known = byCount[args.length];
    if (!known) {
      const place = this.resolver.place(this.file, typeName);
      const entity = this.resolver.resolve(path, place, 0, true);
      known = entity ? this.toTarget(entity, args, place) : unresolved;
      byCount[args.length] = known;
    }
    return known;
  }

  private answersIn(typeName: string | undefined): Answers {
    let known = this.answers.get(typeName);
    if (!known) {
      known = { fields: new Map(), targets: new Map(), entities: new Map() };
      this.answers.set(typeName, known);
    }
    return known;
  }

  private entity(path: string, typeName: string | undefined): Entity | undefined {
    const { entities } = this.answersIn(typeName);
    let known = entities.get(path);
    if (!known) {
      known = { entity: this.resolver.resolve(path, this.resolver.place(this.file, typeName)) };
      entities.set(path, known);
    }
    return known.entity;
  }

  private toTarget(entity: Entity, args: readonly string[], place: Place): CallTarget {
    if (entity.kind === "external") {
      const external = { module: entity.module, symbol: entity.symbol };
      const { entry, alternatives } = entity;
      return {
        functions: [],
        dynamic: false,
        external,
        ...(entry && { entry }),
        ...(alternatives && { alternatives: idsOf(alternatives) }),
      };
    }
    const called = this.resolver.called(entity, args, place);
    if (called && "kind" in called) return this.toTarget(called, args, place);
    if (called) {
      const functions = idsOf(called.functions);
      called.functions.forEach((ref, i) => {
        this.targetsById.set(functions[i] as string, functionOf(ref));
      });
      const done = this.resolver.doneOutside(called.functions);
      return {
        functions,
        dynamic: called.dynamic,
        ...(done && { external: { module: done.module, symbol: done.symbol }, entry: done.entry }),
      };
    }
    if (entity.kind === "type" && entity.type.kind === "external") {
      return { functions: [], dynamic: false, external: { module: entity.type.module, symbol: entity.type.symbol } };
    }
    return unresolved;
  }

  /** The functions an argument names. Only a plain path can: a call's result or an element is looked at when called. */
  private functionsOf(path: string, typeName: string | undefined): readonly string[] {
    if (!mayNameFunction(path)) return noIds;
    const entity = this.entity(path, typeName);
    if (entity?.kind !== "function") return noIds;
    // A reference to a method that has overloads does not say which.
    return this.resolver.tellsByTypes && entity.functions.length > 1 ? [] : idsOf(entity.functions);
  }

  /** The methods that are run when an object is handed over where a function could be. */
  private methodsOf(
    path: string,
    argument: number,
    call: CallSummary,
    target: CallTarget,
    typeName: string | undefined,
  ): readonly string[] {
    const isListener = argument > 0 && target.functions.length > 0 && isRegisteringListener(call.callee);
    const known = target.entry?.callback === argument ? target.entry.method?.split("|") : undefined;
    const names = isListener ? methodsOfListeners : known;
    if (names === undefined || path === "") return noIds;
    const entity = this.entity(path, typeName);
    return entity?.kind === "value" ? this.methodsNamed(entity.type, names) : noIds;
  }

  private methodsNamed(type: Type, names: readonly string[]): readonly string[] {
    return names.flatMap((name) => {
      const method = this.resolver.memberOfType(type, name, 0);
      return method?.kind === "function" ? idsOf(method.functions) : [];
    });
  }

  /** What has the thing run later that it is called on: a function, or a job by its class: `new Cleanup().schedule()`. */
  private runByReceiver(
    { callee, origin = callee }: CallSummary,
    { entry, functions, external }: CallTarget,
    typeName: string | undefined,
  ): readonly string[] {
    if (entry?.runs === "receiver") return this.functionsOf(ownerOf(callee), typeName);
    const isScheduled = (functions.length > 0 || external !== undefined) && !entry && schedulesJob.test(callee);
    if (!isScheduled) return noIds;
    const entity = this.entity(ownerOf(origin), typeName);
    if (entity?.kind !== "value" && entity?.kind !== "type") return noIds;
    if (entity.type.kind !== "declared") return noIds;
    return this.methodsNamed(entity.type, methodsOfJobs).filter((id) => !functions.includes(id));
  }

  /** What the libraries that a type is built on say of a method it overrides: `HttpServlet.doGet`. */
  private overriddenBy(fn: FunctionSummary): CatalogEntry[] {
    const { typeName, name } = fn;
    if (typeName === undefined || name === "") return [];
    let bases = this.externalBases.get(typeName);
    if (!bases) {
      bases = this.resolver.externalBases(this.resolver.place(this.file, typeName));
      this.externalBases.set(typeName, bases);
    }
    return bases.flatMap((base) => {
      const overridden = this.resolver.memberOfType(base, name, 0);
      const entry = overridden?.kind === "external" ? overridden.entry : undefined;
      return entry?.role === "handler" || entry?.role === "timer" ? [entry] : [];
    });
  }

  private decoratorsOf(fn: FunctionSummary): CatalogEntry[] {
    return fn.decorators.flatMap((text) => {
      const name = /^[\w$.]+/.exec(text)?.[0];
      const entity = name ? this.entity(name, undefined) : undefined;
      return entity?.kind === "external" && entity.entry ? [entity.entry] : [];
    });
  }
}

/** Of an object that listens, and of a job that is scheduled, the method that does what is to be done. */
const methodsOfListeners = ["Handle", "handle", "handleEvent", "onEvent", "OnEvent", "process"];
const methodsOfJobs = ["perform", "handle", "execute"];
const schedulesJob =
  /\.(?:schedule|enqueue|dispatch|delay|(?:schedule|perform|enqueue|dispatch)_?(?:later|async|in|at|now|job)?)$/i;

/** A lock that takes a key in front of the function it runs is a lock for each key. */
function keyed(
  { instance }: Pick<LockRef, "instance">,
  entry: CatalogEntry,
  call: CallSummary,
): Pick<LockRef, "instance"> {
  if (instance === undefined) return {};
  if (entry.callback === undefined || entry.callback <= 0) return { instance };
  const [key = ""] = call.arguments;
  return key.startsWith('"') ? { instance: `${instance}[${key}]` } : {};
}

/** An argument with which taking a lock does not wait, or not for ever: Python's `blocking=False`, `timeout=5`. */
function isGivingUp(argument: string): boolean {
  return /^(?:(?:blocking=)?False|timeout=(?!None$|-1$).*)$/.test(argument);
}

/** The path before the last member. */
function ownerOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? path : path.slice(0, dot);
}

/** Whether a path ends in a name or is a function, and is neither a literal nor a call. */
function mayNameFunction(path: string): boolean {
  const first = path.charCodeAt(0);
  const last = path.charCodeAt(path.length - 1);
  // " or a digit
  if (path === "" || first === 34 || (first >= 48 && first <= 57)) return false;
  if (last === 62) return /^<func#\d+>$/.test(path);
  const isLetter = (last >= 97 && last <= 122) || (last >= 65 && last <= 90);
  return isLetter || (last >= 48 && last <= 57) || last === 95 || last === 36;
}

/** Whether a callee is the one method of a functional interface: where methods are all there is, functions are objects. */
function callsFunctional(callee: string, parameter: string): boolean {
  const method = callee.startsWith(`${parameter}.`) ? callee.slice(parameter.length + 1) : "";
  return /^\w+$/.test(method) && !/^(andThen|compose|negate|and|or|equals|hashCode|toString|getClass)$/.test(method);
}

function idsOf(functions: readonly FunctionRef[]): string[] {
  return functions.map(({ file, index }) => functionIds(file)[index] as string);
}

function importsOf(summary: FileSummary, links: LanguageLinks): string {
  return summary.imports
    .map((imported) => {
      const { module, member } = links.resolveImport(imported, summary);
      return `${module}\n${member ?? ""}`;
    })
    .join("\n");
}

function intersects(sorted: Int32Array, hashes: ReadonlySet<number>): boolean {
  if (hashes.size > sorted.length) return sorted.some((hash) => hashes.has(hash));
  for (const hash of hashes) {
    let low = 0;
    let high = sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const value = sorted[middle] as number;
      if (value === hash) return true;
      if (value < hash) low = middle + 1;
      else high = middle - 1;
    }
  }
  return false;
}

import type { Turns } from "../../base/turns";
import { type Catalog, type CatalogEntry, positionOf } from "../../catalog/catalog";
import { type CallSummary, type FileSummary, type Flow, type FunctionSummary, flowsInside } from "../fileSummary";
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
  unresolved,
} from "./links";
import { type Place, Resolver } from "./resolver";
import { changedKeys, signaturesOf } from "./signatures";
import { type Entity, type FunctionRef, functionOf, type Type } from "./types";

interface FileState {
  summary: FileSummary;
  module: string;
  /** What its imports lead to, to notice when that changes. */
  imports: string;
  /** Hashes of the keys its links depend on, sorted. */
  consulted: Int32Array;
  links: FileLinks;
}

/** What of a function is linked. */
type LinkedParts = Pick<FunctionSummary, "calls" | "writes" | "reads" | "flow" | "parameters">;

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
  callsParameters: [],
  writes: none,
  reads: none,
};

/** Resolves the calls of one language's files, and after a change only those that can have changed. */
export class LanguageLinker {
  private readonly files = new Map<string, FileState>();
  private declarations = new Declarations();
  private links: LanguageLinks | undefined;

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
    if (project || !this.links) this.links = this.createLinks(project as Project);
    const links = this.links;
    const note = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) => {
      for (const key of changedKeys(before, after)) changed.add(hashOf(key));
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
          changed.add(hashOf(`i:${state.summary.path}`));
          stale.add(state.summary.path);
        }
      }
    }
    // Where most files are new, everything is linked anew: telling what has changed would cost more.
    const isFirst = 4 * this.files.size < changes.size;
    if (isFirst) for (const path of this.files.keys()) stale.add(path);
    for (const [path, summary] of changes) {
      yield;
      const before = this.files.get(path);
      if (before) this.declarations.remove(before.module, before.summary);
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
    // Most keys are consulted many times: their hashes are only made once.
    const consult = new Set<string>();
    const resolver = new Resolver(this.declarations, links, this.catalog, (key) => consult.add(key));
    for (const path of stale) {
      const state = this.files.get(path);
      if (!state) continue;
      consult.clear();
      yield;
      resolver.startFile(state.summary);
      state.links = new FileLinking(state.summary, resolver).link();
      state.consulted = Int32Array.from(consult, hashOf).sort();
    }
    return stale;
  }

  linksOf(path: string): FileLinks | undefined {
    return this.files.get(path)?.links;
  }
}

function scopesIn(flow: readonly Flow[]): Extract<Flow, { kind: "scope" }>[] {
  return flow.flatMap((node) =>
    typeof node === "number" ? [] : [...(node.kind === "scope" ? [node] : []), ...flowsInside(node).flatMap(scopesIn)],
  );
}

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

  link(): FileLinks {
    const ids = functionIds(this.file);
    const roles = new Map<number, CatalogEntry[]>();
    const functions = this.file.functions.map((fn, index) => {
      const known = [...this.decoratorsOf(fn), ...this.overriddenBy(fn)];
      if (known.length > 0) roles.set(index, known);
      return this.linkFunction(ids[index] as string, fn, enclosingType(this.file, fn), index);
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
      const handed: HandedOver[] = [];
      call.arguments.forEach((given, i) => {
        const [, keyword, path = given] = (given.includes("=") && /^(\w+)=(.*)$/s.exec(given)) || [];
        const functions = this.functionsOf(path, typeName);
        const methods = this.methodsOf(path, i, target, typeName);
        if (functions.length + methods.length === 0) return;
        const argument = keyword === undefined ? i : this.positionOf(keyword, target);
        if (argument !== undefined) handed.push({ argument, functions: [...functions, ...methods] });
      });
      if (handed.length > 0) handedOver.set(i, handed);
      return target;
    });
    const place = { file: this.file, typeName };
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
    return {
      id,
      calls: targets,
      handedOver: handedOver.size === 0 ? nothingHandedOver : handedOver,
      lockOperations: lockOperations.size === 0 ? noLockOperations : lockOperations,
      scopeLocks,
      callsParameters,
      writes: this.fieldKeys(writes, place),
      reads: this.fieldKeys(reads, place),
    };
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
    if ((entry?.role !== "acquire" && entry?.role !== "release") || !external) return undefined;
    const type = ownerOf(external.symbol);
    // Locks of files and processes are functions; what guards memory is an object.
    if (type === external.symbol) return undefined;
    const known = this.resolver.lockOf(externalType(external.module, type, []));
    const written = ownerOf(call.callee).replace(viewOfLock, "");
    const lock = this.lockKey(ownerOf(call.origin ?? call.callee), written, owner.id, place);
    return {
      action: entry.role,
      lock,
      ...instanceOf(written, owner.functions, call.origin === undefined),
      kind: known?.lock ?? "exclusive",
      reentrant: known?.reentrant ?? false,
      forReading: entry.mode === "read" || entry.mode === "try-read",
      mayFail: entry.mode === "try" || entry.mode === "try-read",
      ...(entry.callback !== undefined && { callback: positionOf(entry.callback, call.arguments.length) as number }),
    };
  }

  private scopeLock(
    scope: Extract<Flow, { kind: "scope" }>,
    owner: LockOwner,
    place: Place,
  ): LockOperation | undefined {
    const entity = this.resolver.resolve(scope.resource, place);
    const known = entity?.kind === "value" ? this.resolver.lockOf(entity.type) : undefined;
    if (scope.form !== "synchronized" && !known) return undefined;
    const written = scope.written ?? scope.resource;
    return {
      action: "acquire",
      lock: this.lockKey(scope.resource, written, owner.id, place),
      ...instanceOf(written, owner.functions, scope.written === undefined),
      kind: known?.lock ?? "exclusive",
      reentrant: scope.form === "synchronized" || known?.reentrant === true,
      forReading: false,
      mayFail: false,
    };
  }

  /**
   * A lock is its declaration; one that is embedded or is the object itself goes by the name of the type, and one that
   * is declared nowhere else by what the function calls it.
   */
  private lockKey(path: string, written: string, id: string, place: Place): string {
    const field = this.fieldKey(path.replace(viewOfLock, ""), place);
    if (field !== "") return field;
    const entity = this.resolver.resolve(path, place);
    if (entity?.kind === "value" && entity.type.kind === "declared") {
      const { module, facts } = entity.type.declaration;
      return `${module}.${facts.name}`;
    }
    return `${id}:${written}`;
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
      const place = { file: this.file, typeName };
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
      known = { entity: this.resolver.resolve(path, { file: this.file, typeName }) };
      entities.set(path, known);
    }
    return known.entity;
  }

  private toTarget(entity: Entity, args: readonly string[], place: Place): CallTarget {
    if (entity.kind === "external") {
      const external = { module: entity.module, symbol: entity.symbol };
      return { functions: [], dynamic: false, external, ...(entity.entry && { entry: entity.entry }) };
    }
    const called = this.resolver.called(entity, args, place);
    if (called && "kind" in called) return this.toTarget(called, args, place);
    if (called) {
      const functions = idsOf(called.functions);
      called.functions.forEach((ref, i) => {
        this.targetsById.set(functions[i] as string, functionOf(ref));
      });
      return { functions, dynamic: called.dynamic };
    }
    if (entity.kind === "type" && entity.type.kind === "external") {
      return { functions: [], dynamic: false, external: { module: entity.type.module, symbol: entity.type.symbol } };
    }
    return unresolved;
  }

  /** The functions an argument names. Only a plain path can: a call's result or an element is looked at when called. */
  private functionsOf(path: string, typeName: string | undefined): readonly string[] {
    if (path === "" || !/[\w$>]/.test(path[path.length - 1] as string) || /^["\d]/.test(path)) return noIds;
    if (path.endsWith(">") && !/^<func#\d+>$/.test(path)) return noIds;
    const entity = this.entity(path, typeName);
    if (entity?.kind !== "function") return noIds;
    // A reference to a method that has overloads does not say which.
    return this.resolver.tellsByTypes && entity.functions.length > 1 ? [] : idsOf(entity.functions);
  }

  /** The methods that are run when an object is handed over where a function could be. */
  private methodsOf(
    path: string,
    argument: number,
    target: CallTarget,
    typeName: string | undefined,
  ): readonly string[] {
    const names = target.entry?.callback === argument ? target.entry.method : undefined;
    if (names === undefined || path === "") return noIds;
    const entity = this.entity(path, typeName);
    if (entity?.kind !== "value") return [];
    return names.split("|").flatMap((name) => {
      const method = this.resolver.memberOfType(entity.type, name, 0);
      return method?.kind === "function" ? idsOf(method.functions) : [];
    });
  }

  /** What the libraries that a type is built on say of a method it overrides: `HttpServlet.doGet`. */
  private overriddenBy(fn: FunctionSummary): CatalogEntry[] {
    const { typeName, name } = fn;
    if (typeName === undefined || name === "") return [];
    let bases = this.externalBases.get(typeName);
    if (!bases) {
      bases = this.resolver.externalBases({ file: this.file, typeName });
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

/** The path before the last member. */
function ownerOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? path : path.slice(0, dot);
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

/** FNV-1a. Two keys of one hash cost a file that is linked again for nothing. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash | 0;
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

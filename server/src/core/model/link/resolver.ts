import type { Catalog, CatalogEntry } from "../../catalog/catalog";
import { parseAccessPath, pathUpTo, rootOf, type Segment } from "../accessPath";
import { canBeBuiltTogether } from "../buildConstraint";
import type { AccessPath, ConstantFacts, FieldFacts, TypeFacts } from "../facts";
import type { FileSummary } from "../fileSummary";
import { boundIn } from "../madeWith";
import { literalType } from "../originPaths";
import { ArgumentFit } from "./argumentFit";
import type { Declarations } from "./declarations";
import { asValue, externalType, fitting, isGuess, noBindings } from "./entities";
import { FunctionalTypes } from "./functionalTypes";
import { GivenParameters } from "./givenParameters";
import type { LanguageLinks } from "./languageLinks";
import { MemberLookup } from "./memberLookup";
import { NameLookup } from "./nameLookup";
import { OverloadChoice } from "./overloadChoice";
import { Overloads } from "./overloads";
import { type Place, Places } from "./place";
import { maxDepth, QueryCache } from "./queryCache";
import { ResultLookup } from "./resultLookup";
import { TypeLookup } from "./typeLookup";
import type { DeclaredType, TypeSystem } from "./typeSystem";
import { type Entity, type ExternalEntity, type FunctionRef, functionOf, type Type } from "./types";

/** A field by its key, and what its declaration says. */
interface FoundField {
  key: string;
  facts?: FieldFacts;
  variable?: ConstantFacts;
}

/**
 * Finds what closed paths mean in the files of one language. Everything is derived from what files declare, never
 * from what was resolved before, so the answer does not depend on the order of questions.
 */
export class Resolver implements TypeSystem {
  readonly queries = new QueryCache();
  readonly places: Places;
  readonly names: NameLookup;
  readonly members: MemberLookup;
  readonly types: TypeLookup;
  readonly results: ResultLookup;
  readonly inheritsInOrder: boolean;
  private readonly overloads: Overloads | undefined;
  private readonly given: GivenParameters | undefined;
  /** The questions that led to one another, the first one in front. */
  private readonly active: { path: AccessPath; place: Place; isCallee: boolean }[] = [];

  constructor(
    readonly declarations: Declarations,
    readonly links: LanguageLinks,
    readonly catalog: Catalog,
  ) {
    this.inheritsInOrder = !links.classes && !links.structural && !links.sharesModule;
    this.places = new Places((file) => links.moduleOf(file));
    const functional = new FunctionalTypes(this);
    this.overloads =
      links.classes && new Overloads(this, links.classes, new OverloadChoice(this, new ArgumentFit(this, functional)));
    this.given = this.inheritsInOrder ? new GivenParameters(this) : undefined;
    this.names = new NameLookup(this);
    this.members = new MemberLookup(this, this.overloads);
    this.types = new TypeLookup(this);
    this.results = new ResultLookup(this, links.classes && functional);
  }

  /** Whether which function is called depends on the types of the arguments. */
  get tellsByTypes(): boolean {
    return this.overloads !== undefined;
  }

  /** What is consulted from now on, is for this file. */
  startFile(file: FileSummary): void {
    this.queries.startFile(file);
  }

  /** Hashes of the keys of every declaration that what the file was told depends on, found or not, besides others. */
  consulted(others: Int32Array): { keys: Int32Array; steps: number } {
    return this.queries.consulted(others);
  }

  /** How many answers are kept. */
  get answers(): number {
    return this.queries.size;
  }

  /** What these keys stand for is not what it was. */
  invalidate(keys: Iterable<number>): void {
    this.queries.invalidate(keys);
  }

  /** Lets go of what is known of a file that is not what it was. */
  forget(file: FileSummary): void {
    this.places.forget(file);
  }

  place(file: FileSummary, typeName: string | undefined): Place {
    return this.places.of(file, typeName);
  }

  /** A member of a type or of a value of that type. */
  memberOfType(type: Type, name: string, depth: number): Entity | undefined {
    return this.members.memberOfType(type, name, depth);
  }

  /**
   * What a closed path leads to in a file.
   *
   * @param isCallee whether it is called: where methods and fields may share a name, a method is meant
   */
  resolve(path: AccessPath, place: Place, depth = 0, isCallee = false): Entity | undefined {
    if (this.active.length === 0) {
      this.queries.startQuestion();
      return this.follow(path, place, depth, isCallee);
    }
    if (path === "") return undefined;
    return this.answered(path, place, depth, isCallee);
  }

  private answered(path: AccessPath, place: Place, depth: number, isCallee: boolean): Entity | undefined {
    place.paths ??= new Map();
    place.calledPaths ??= new Map();
    const table = isCallee ? place.calledPaths : place.paths;
    const known = table.get(path);
    if (this.queries.recall(known, depth)) return known.value;
    return this.queries.find(table, path, depth, () => this.follow(path, place, depth, isCallee));
  }

  private follow(path: AccessPath, place: Place, depth: number, isCallee: boolean): Entity | undefined {
    if (path === "" || this.queries.isTooDeep(depth)) return undefined;
    for (const other of this.active) {
      if (other.path !== path || other.place !== place || other.isCallee !== isCallee) continue;
      this.queries.cut();
      return undefined;
    }
    this.active.push({ path, place, isCallee });
    try {
      const { root, segments } = parseAccessPath(literalType(path) ?? path);
      const end: Segment | undefined = isCallee ? { kind: "call" } : undefined;
      const dotted = this.names.dottedImport(root, segments, place);
      let start = dotted?.length ?? 0;
      let entity = dotted?.entity ?? this.root(root, segments[0] ?? end, place, depth);
      if (!entity && segments[0]?.kind === "member") {
        entity = this.given?.memberOf(root, segments[0].name, place, depth);
        if (entity) start = 1;
        else entity = this.given?.defaultOf(root, place, depth);
      }
      // A dotted import (`import a.b.c`, a Java package) is a name of several parts.
      if (!entity) {
        let dotted = root;
        while (!entity && start < segments.length && segments[start]?.kind === "member") {
          dotted += `.${(segments[start] as { name: string }).name}`;
          start++;
          entity = this.names.dottedModule(dotted, place);
        }
      }
      for (; start < segments.length; start++) {
        const segment = segments[start] as Segment;
        if (!entity) {
          // Whatever it was, it is seen as something known from here on.
          if (segment.kind === "as") entity = asValue(this.typeRead(segment.type, place, depth + 1));
          continue;
        }
        const found: Entity | undefined = this.segment(entity, segment, segments[start + 1] ?? end, place, depth + 1);
        const isOptional = segment.kind === "member" && this.links.selfMethods?.includes(segment.name);
        if (!isOptional || (found && !isGuess(found))) entity = found;
        else if (segments[start + 1]?.kind === "call") start++;
      }
      return entity;
    } finally {
      this.active.pop();
    }
  }

  /** The functions a call to this entity runs: a method, a function, or the constructor of a type. */
  called(
    entity: Entity,
    args: readonly AccessPath[],
    place: Place,
  ): { functions: readonly FunctionRef[]; dynamic: boolean } | ExternalEntity | undefined {
    const argumentCount = args.length;
    this.queries.startQuestion();
    if (this.overloads) return this.calledByTypes(this.overloads, entity, args, place);
    switch (entity.kind) {
      case "function":
        return {
          functions: fitting(inOneProgram(entity.functions, place.file), argumentCount),
          dynamic: entity.dynamic,
        };
      case "type": {
        if (entity.type.kind !== "declared") return undefined;
        return {
          functions: fitting(this.members.constructors(entity.type.declaration), argumentCount),
          dynamic: false,
        };
      }
      case "value": {
        const call = this.members.callOf(entity.type, 0);
        if (call?.kind === "external") return call;
        return call?.kind === "function" ? this.called(call, args, place) : undefined;
      }
      case "module": {
        const main = this.names.mainOf(entity.module, 0);
        if (main?.kind === "external") return main;
        return main && main.kind !== "module" ? this.called(main, args, place) : undefined;
      }
      default:
        return undefined;
    }
  }

  private calledByTypes(overloads: Overloads, entity: Entity, args: readonly AccessPath[], place: Place) {
    if (entity.kind === "function") return overloads.choose(entity, args, place);
    // `this(1)` and `super(1)` call constructors on a value.
    if ((entity.kind !== "type" && entity.kind !== "value") || entity.type.kind !== "declared") return undefined;
    const { type } = entity;
    const functions = this.members.constructors(type.declaration);
    if (functions.length === 0) return undefined;
    return overloads.choose(
      { kind: "function", functions, owners: functions.map(() => type), dynamic: false },
      args,
      place,
    );
  }

  /** The field, or the variable of a module, that a path gives a value to: `module.Type.field`. */
  fieldKey(path: AccessPath, place: Place): string | undefined {
    return this.fieldAt(path, place)?.key;
  }

  /** The variable of a module that a path is, whichever module that is. */
  variableAt(path: AccessPath, place: Place): string | undefined {
    const found = this.fieldAt(path, place);
    return found?.facts ? undefined : found?.key;
  }

  /** Of which lock beside it the field that a path leads to is one side. */
  sideOf(path: AccessPath, place: Place): FieldFacts["sideOf"] {
    return this.fieldAt(path, place)?.facts?.sideOf;
  }

  /** What the semaphore or the queue that a path leads to is made with, where it is declared. */
  madeWith(path: AccessPath, place: Place): string | undefined {
    const found = this.fieldAt(path, place);
    return found?.facts?.madeWith ?? (found?.variable?.value && boundIn(found.variable.value));
  }

  private fieldAt(path: AccessPath, place: Place): FoundField | undefined {
    this.queries.startQuestion();
    const { segments } = parseAccessPath(path);
    const at = segments.findLastIndex(({ kind }) => kind === "member");
    if (at < 0) {
      const name = rootOf(path);
      const module = place.module;
      this.queries.consultName(module, name);
      const variable = this.declarations.named(module, name).find((one) => one.kind === "variable");
      if (variable) return { key: `${module}.${name}`, variable: variable.variable };
      if (segments[0]?.kind === "call") return undefined;
      return this.fieldWithoutReceiver(name, place) ?? this.variable(this.names.importedVariable(name, place));
    }
    const { name } = segments[at] as { name: string };
    const owner = this.answered(pathUpTo(path, at), place, 0, false);
    if (owner?.kind === "module") return this.variable(this.names.variableOf(owner.module, name));
    if (owner?.kind !== "value" && owner?.kind !== "type") return undefined;
    return this.fieldOwner(owner.type, name, 0, new Set());
  }

  private variable(key: string | undefined): FoundField | undefined {
    return key === undefined ? undefined : { key };
  }

  /** A field of the type around, or of a type around that, which may have it from a base. */
  private fieldWithoutReceiver(name: string, { file, module, typeName = "" }: Place): FoundField | undefined {
    if (!this.links.implicitReceiver) return undefined;
    for (let owner = typeName; owner; owner = owner.slice(0, Math.max(0, owner.lastIndexOf(".")))) {
      const type = this.types.declaredType(module, owner, file, 0);
      const found = type && this.fieldOwner(type, name, 0, new Set());
      if (found) return found;
    }
    return undefined;
  }

  /** The types outside the workspace that a type derives from, directly or through types of the workspace. */
  externalBases(place: Place): readonly Type[] {
    this.queries.startQuestion();
    const own = this.types.declaredType(place.module, place.typeName ?? "", place.file, 0);
    const found: Type[] = [];
    const seen = new Set<object>();
    const queue = own ? [own] : [];
    for (let type = queue.shift(); type; type = queue.shift()) {
      if (type.kind === "external") found.push(type);
      if (type.kind !== "declared" || seen.has(type.declaration.facts)) continue;
      seen.add(type.declaration.facts);
      this.queries.consultType(type.declaration);
      queue.push(...this.types.basesOf(type, 0));
    }
    return found;
  }

  /** What the library does that writes the bodies of such methods: repositories, mappers, clients that are interfaces only. */
  doneOutside(functions: readonly FunctionRef[]): LibraryWork | undefined {
    const [ref] = functions;
    const fn = ref && functions.length === 1 ? functionOf(ref) : undefined;
    if (!this.tellsByTypes || !ref || !fn?.typeName || !fn.modifiers.includes("abstract")) return undefined;
    const place = this.place(ref.file, fn.typeName);
    for (const text of fn.decorators) {
      const name = /^[\w$.]+/.exec(text)?.[0];
      const entity = name === undefined ? undefined : this.resolve(name, place);
      if (entity?.kind !== "external" || !entity.entry) continue;
      const { role, route } = entity.entry;
      const symbol = `${entity.symbol}.${fn.name}`;
      // A route without anybody who answers there is one that somebody else does: the interface is of a client.
      if (role === "handler" && route !== undefined)
        return { module: entity.module, symbol, entry: { role: "network" } };
      if (role === "database" || role === "network") return { module: entity.module, symbol, entry: entity.entry };
    }
    for (const base of this.externalBases(place)) {
      if (base.kind !== "external" || this.results.roleOf(base, 0) !== "database") continue;
      const access = accessByName(fn.name);
      const entry: CatalogEntry = { role: "database", ...(access && { access }) };
      return { module: base.module, symbol: `${base.symbol}.${fn.name}`, entry };
    }
    return undefined;
  }

  /** What the catalog says of a type that is a lock. */
  lockOf(type: Type): CatalogEntry | undefined {
    const entry = this.results.catalogEntryOf(type);
    return entry?.lock === undefined ? undefined : entry;
  }

  /** What the workspace declares a type as. */
  declarationOf(type: Type): TypeFacts | undefined {
    if (type.kind !== "declared") return undefined;
    this.queries.startQuestion();
    this.queries.consultType(type.declaration);
    return type.declaration.facts;
  }

  /**
   * The type by which a lock goes that is part of an object: of the type and what it extends, the one that embeds a
   * lock, else the uppermost class, since an object has one monitor.
   */
  lockHolder(type: DeclaredType): DeclaredType {
    this.queries.startQuestion();
    this.queries.consultType(type.declaration);
    const own = [type, ...this.types.ancestorsOf(type, 0)].filter((each) => each.kind === "declared");
    for (const { declaration } of own) this.queries.consultType(declaration);
    const embedsLock = (each: DeclaredType) => this.types.basesOf(each, 0).some((base) => this.lockOf(base));
    const isClass = ({ declaration }: DeclaredType) => declaration.facts.form === "class";
    return own.find(embedsLock) ?? own.findLast(isClass) ?? type;
  }

  private fieldOwner(type: Type, name: string, depth: number, seen: Set<unknown>): FoundField | undefined {
    if (type.kind !== "declared" || depth > maxDepth || seen.has(type.declaration.facts)) return undefined;
    seen.add(type.declaration.facts);
    const { module, facts } = type.declaration;
    this.queries.consultType(type.declaration);
    const field = facts.fields.find((one) => one.name === name);
    if (field) return { key: `${module}.${facts.name}.${name}`, facts: field };
    for (const base of this.types.basesOf(type, depth)) {
      const found = this.fieldOwner(base, name, depth + 1, seen);
      if (found) return found;
    }
    return undefined;
  }

  private root(root: string, next: Segment | undefined, place: Place, depth: number): Entity | undefined {
    if (!root.startsWith("<")) return root === "" ? undefined : this.names.name(root, place, depth, next);
    const body = root.slice(1, -1);
    const closure = /^func#(\d+)(?:@(\d+))?$/.exec(body);
    if (closure) {
      const index = Number(closure[1]);
      if (closure[2] === undefined)
        return { kind: "function", functions: [{ file: place.file, index }], dynamic: false };
      const parameter = Number(closure[2]);
      return (
        this.given?.of(place.file, index, parameter, depth) ??
        asValue(this.results.closureParameter(place.file, index, parameter, depth))
      );
    }
    if (body.startsWith("each ")) {
      const element = this.resolve(body.slice("each ".length), place, depth + 1);
      return asValue(externalType("builtin", "list", [element?.kind === "value" ? element.type : undefined]));
    }
    if (body.startsWith("super ")) {
      const own = this.types.typeNamed(body.slice("super ".length), place, depth);
      const bases = own?.kind === "declared" ? this.types.basesOf(own, depth) : [];
      if (bases[0] && next?.kind === "call") return { kind: "type", type: bases[0] };
      const base =
        own?.kind === "declared" && bases.length > 1 && this.inheritsInOrder ? { ...own, above: true } : bases[0];
      return asValue(base);
    }
    return asValue(this.types.type(this.links.parseType(body), place, noBindings, depth));
  }

  /** A type as it is written where a path is. */
  private typeRead(text: string, place: Place, depth: number): Type | undefined {
    return this.types.type(this.links.parseType(text), place, noBindings, depth);
  }

  private segment(
    entity: Entity,
    segment: Segment,
    next: Segment | undefined,
    place: Place,
    depth: number,
  ): Entity | undefined {
    if (this.queries.isTooDeep(depth)) return undefined;
    switch (segment.kind) {
      case "member":
        return this.members.member(entity, segment.name, next, depth);
      case "call": {
        const found = segment.given ? this.results.resultOfHanding(entity, segment.given, place, depth) : undefined;
        return found ?? this.results.result(entity, depth);
      }
      case "part":
        return this.results.part(entity, segment.index, depth);
      case "as":
        return asValue(this.typeRead(segment.type, place, depth)) ?? entity;
      case "element":
        return this.results.element(entity, "element", depth);
      case "each":
        return this.results.element(entity, "each", depth);
      case "key":
        return this.results.element(entity, "key", depth);
    }
  }
}

/** Those that are part of a program with the file that calls them: of each system's version the one for its own. */
function inOneProgram(functions: readonly FunctionRef[], caller: FileSummary): readonly FunctionRef[] {
  if (functions.length < 2 || caller.buildConstraint === undefined) return functions;
  const together = functions.filter(({ file }) => canBeBuiltTogether([file, caller]));
  return together.length > 0 ? together : functions;
}

/** Something that is done outside the workspace for a method without a body. */
export interface LibraryWork {
  module: string;
  symbol: string;
  entry: CatalogEntry;
}

/** What a method does by the names that libraries give such methods a meaning by: `findByOwner`, `deleteByOwner`. */
function accessByName(name: string): CatalogEntry["access"] {
  if (/^(?:find|get|read|query|count|exists|search|stream|select|list|page|load|fetch)(?![a-z])/.test(name))
    return "read";
  return /^(?:save|insert|add|create|update|set|delete|remove|upsert|batch)(?![a-z])/.test(name) ? "write" : undefined;
}

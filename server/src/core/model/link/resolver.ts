import { type Catalog, type CatalogEntry, positionOf } from "../../catalog/catalog";
import { parseAccessPath, pathUpTo, rootOf, type Segment } from "../accessPath";
import type { AccessPath, ConstantFacts, FieldFacts, ImportFacts, TypeFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { literalType } from "../origins";
import { closureUses } from "./closureUses";
import { type Declaration, type Declarations, lastName } from "./declarations";
import {
  asValue,
  type Bindings,
  bindingsOf,
  distinct,
  externalType,
  fileOf,
  fitting,
  functionIn,
  isDeclaredIn,
  isGuess,
  isProperty,
  isSameType,
  isType,
  isWhole,
  noBindings,
  ofKind,
  ownerOf,
  results,
} from "./entities";
import { type FileScope, readScope } from "./fileScope";
import type { LanguageLinks } from "./languageLinks";
import { MethodSets } from "./methodSets";
import { Overloads } from "./overloads";
import { type EntityTable, type Place, Places } from "./place";
import { type Memo, maxDepth, QueryCache } from "./queryCache";
import { keyHash } from "./signatures";
import type { TypeExpression } from "./typeExpression";
import {
  type Entity,
  type ExternalEntity,
  type FunctionRef,
  functionOf,
  type Type,
  type TypeDeclaration,
} from "./types";

/** An interface with more implementers says too little about what is called. */
const maxImplementers = 5;
const maxAncestors = 200;

const noTypes: readonly Type[] = [];
/** Of more functions of one name in one place the last ones count: it is the last that languages keep. */
const maxNamesakes = 20;

/** In a result type of the catalog: the function at `callback` itself, and what that function gives. */
const handedFunction = "$callback";
const handedResult = "$result";

/** What is known of a type, by what was asked. */
interface TypeTables {
  members?: EntityTable;
  callees?: EntityTable;
  lists?: Map<"bases" | "ancestors", Memo<readonly Type[]>>;
}

/**
 * Finds what closed paths mean in the files of one language. Everything is derived from what files declare, never
 * from what was resolved before, so the answer does not depend on the order of questions.
 */
export class Resolver {
  private readonly closures = new WeakMap<FileSummary, ReturnType<typeof closureUses>>();
  /** The questions that led to one another, the first one in front. */
  private readonly active: { path: AccessPath; place: Place; isCallee: boolean }[] = [];
  /** Aliases being followed: `type F func() F` would never end. */
  private readonly openAliases = new Set<object>();
  private readonly overloads: Overloads | undefined;
  private readonly methodSets: MethodSets | undefined;
  private readonly protocols: MethodSets | undefined;
  private readonly queries = new QueryCache();
  private readonly places: Places;
  private readonly keyPrefixes = new Map<string, { name: number; type: number }>();
  private readonly types = new Map<TypeFacts, TypeTables>();
  private readonly modules = new Map<string, Map<string, Memo<Entity | undefined>>>();
  private readonly resultsOfFunctions = new Map<Entity, Memo<Entity | undefined>>();

  constructor(
    readonly declarations: Declarations,
    readonly links: LanguageLinks,
    readonly catalog: Catalog,
  ) {
    this.places = new Places((file) => links.moduleOf(file));
    this.overloads = links.classes && new Overloads(this, links.classes);
    this.methodSets = links.structural ? new MethodSets(this) : undefined;
    this.protocols = links.protocols ? new MethodSets(this) : undefined;
  }

  /** Whether which function is called depends on the types of the arguments. */
  get tellsByTypes(): boolean {
    return this.overloads !== undefined;
  }

  /** What is consulted from now on, is for this file. */
  startFile(file: FileSummary): void {
    this.queries.startFile(file);
  }

  /** Hashes of the keys of every declaration that what the file was told depends on, found or not. */
  consulted(): Int32Array {
    return this.queries.consulted();
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
    for (const facts of file.types) this.types.delete(facts);
  }

  consult(key: string): void {
    this.queries.consult(keyHash(key));
  }

  private isTooDeep(depth: number): boolean {
    return this.queries.isTooDeep(depth);
  }

  answer<K, V>(table: Map<K, Memo<V>>, key: K, depth: number, find: () => V): V {
    const known = table.get(key);
    return this.queries.recall(known, depth) ? known.value : this.queries.find(table, key, depth, find);
  }

  place(file: FileSummary, typeName: string | undefined): Place {
    return this.places.of(file, typeName);
  }

  /** Notes that the answer depends on what a module declares under a name. */
  consultName(module: string, name: string): void {
    this.queries.consult(keyHash(name, this.prefixesOf(module).name));
  }

  consultType({ module, facts }: TypeDeclaration): void {
    this.queries.consult(keyHash(facts.name, this.prefixesOf(module).type));
  }

  private prefixesOf(module: string): { name: number; type: number } {
    let prefixes = this.keyPrefixes.get(module);
    if (!prefixes) {
      prefixes = { name: keyHash(`d:${module}.`), type: keyHash(`t:${module}.`) };
      this.keyPrefixes.set(module, prefixes);
    }
    return prefixes;
  }

  private typeTables(facts: TypeFacts): TypeTables {
    let tables = this.types.get(facts);
    if (!tables) {
      tables = {};
      this.types.set(facts, tables);
    }
    return tables;
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
    if (path === "" || this.isTooDeep(depth)) return undefined;
    for (const other of this.active) {
      if (other.path !== path || other.place !== place || other.isCallee !== isCallee) continue;
      this.queries.cut();
      return undefined;
    }
    this.active.push({ path, place, isCallee });
    try {
      const { root, segments } = parseAccessPath(literalType(path) ?? path);
      const end: Segment | undefined = isCallee ? { kind: "call" } : undefined;
      const dotted = this.dottedImport(root, segments, place);
      let start = dotted?.length ?? 0;
      let entity = dotted?.entity ?? this.root(root, segments[0] ?? end, place, depth);
      if (!entity && segments[0]?.kind === "member") entity = this.parameterDefault(root, place, depth);
      // A dotted import (`import a.b.c`, a Java package) is a name of several parts.
      if (!entity) {
        let dotted = root;
        while (!entity && start < segments.length && segments[start]?.kind === "member") {
          dotted += `.${(segments[start] as { name: string }).name}`;
          start++;
          entity = this.dottedModule(dotted, place);
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
        return { functions: fitting(entity.functions, argumentCount), dynamic: entity.dynamic };
      case "type": {
        if (entity.type.kind !== "declared") return undefined;
        return { functions: fitting(this.constructors(entity.type.declaration), argumentCount), dynamic: false };
      }
      case "value": {
        const call = this.callOf(entity.type, 0);
        if (call?.kind === "external") return call;
        return call?.kind === "function" ? this.called(call, args, place) : undefined;
      }
      case "module": {
        const main = this.mainOf(entity.module, 0);
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
    const functions = this.constructors(type.declaration);
    if (functions.length === 0) return undefined;
    return overloads.choose(
      { kind: "function", functions, owners: functions.map(() => type), dynamic: false },
      args,
      place,
    );
  }

  /** The field, or the variable of a module, that a path gives a value to: `module.Type.field`. */
  fieldKey(path: AccessPath, place: Place): string | undefined {
    this.queries.startQuestion();
    const { segments } = parseAccessPath(path);
    const at = segments.findLastIndex(({ kind }) => kind === "member");
    if (at < 0) {
      const name = rootOf(path);
      const module = place.module;
      this.consultName(module, name);
      return this.declarations.named(module, name).some(({ kind }) => kind === "variable")
        ? `${module}.${name}`
        : undefined;
    }
    const { name } = segments[at] as { name: string };
    const owner = this.answered(pathUpTo(path, at), place, 0, false);
    if (owner?.kind !== "value" && owner?.kind !== "type") return undefined;
    return this.fieldOwner(owner.type, name, 0, new Set());
  }

  /** The types outside the workspace that a type derives from, directly or through types of the workspace. */
  externalBases(place: Place): readonly Type[] {
    this.queries.startQuestion();
    const own = this.declaredType(place.module, place.typeName ?? "", place.file, 0);
    const found: Type[] = [];
    const seen = new Set<object>();
    const queue = own ? [own] : [];
    for (let type = queue.shift(); type; type = queue.shift()) {
      if (type.kind === "external") found.push(type);
      if (type.kind !== "declared" || seen.has(type.declaration.facts)) continue;
      seen.add(type.declaration.facts);
      this.consultType(type.declaration);
      queue.push(...this.basesOf(type, 0));
    }
    return found;
  }

  /** What the catalog says of a type that is a lock. */
  lockOf(type: Type): CatalogEntry | undefined {
    const entry = this.catalogEntryOf(type);
    return entry?.lock === undefined ? undefined : entry;
  }

  private fieldOwner(type: Type, name: string, depth: number, seen: Set<unknown>): string | undefined {
    if (type.kind !== "declared" || depth > maxDepth || seen.has(type.declaration.facts)) return undefined;
    seen.add(type.declaration.facts);
    const { module, facts } = type.declaration;
    this.consultType(type.declaration);
    if (facts.fields.some((field) => field.name === name)) return `${module}.${facts.name}.${name}`;
    for (const base of this.basesOf(type, depth)) {
      const found = this.fieldOwner(base, name, depth + 1, seen);
      if (found) return found;
    }
    return undefined;
  }

  private root(root: string, next: Segment | undefined, place: Place, depth: number): Entity | undefined {
    if (!root.startsWith("<")) return root === "" ? undefined : this.name(root, place, depth, next);
    const body = root.slice(1, -1);
    const closure = /^func#(\d+)(?:@(\d+))?$/.exec(body);
    if (closure) {
      const index = Number(closure[1]);
      if (closure[2] === undefined)
        return { kind: "function", functions: [{ file: place.file, index }], dynamic: false };
      return asValue(this.closureParameter(place.file, index, Number(closure[2]), depth));
    }
    if (body.startsWith("each ")) {
      const element = this.resolve(body.slice("each ".length), place, depth + 1);
      return asValue(externalType("builtin", "list", [element?.kind === "value" ? element.type : undefined]));
    }
    if (body.startsWith("super ")) {
      const own = this.typeNamed(body.slice("super ".length), place, depth);
      const bases = own?.kind === "declared" ? this.basesOf(own, depth) : [];
      if (bases[0] && next?.kind === "call") return { kind: "type", type: bases[0] };
      const base =
        own?.kind === "declared" && bases.length > 1 && this.inheritsInOrder ? { ...own, above: true } : bases[0];
      return asValue(base);
    }
    return asValue(this.type(this.links.parseType(body), place, noBindings, depth));
  }

  /** Where a type may extend several classes, the order in which they are asked is part of the language. */
  private get inheritsInOrder(): boolean {
    return !this.overloads && !this.methodSets && !this.links.sharesModule;
  }

  /** The longest imported module that a path starts with: `import a.b.c` binds no name but `a`. */
  private dottedImport(
    root: string,
    segments: readonly Segment[],
    place: Place,
  ): { entity: Entity | undefined; length: number } | undefined {
    const { imports, dotted } = this.scopeOf(place.file);
    if (!dotted?.has(root)) return undefined;
    let name = root;
    let found: string | undefined;
    let length = 0;
    for (const [i, segment] of segments.entries()) {
      if (segment.kind !== "member") break;
      name += `.${segment.name}`;
      if (!imports.has(name)) continue;
      found = name;
      length = i + 1;
    }
    const imported = found === undefined ? undefined : imports.get(found)?.[0];
    return imported && { entity: this.imported(imported, 0), length };
  }

  /** What a parameter without a type is when nothing is given for it. */
  private parameterDefault(root: string, place: Place, depth: number): Entity | undefined {
    const [, index, parameter] = /^<func#(\d+)@(\d+)>$/.exec(root) ?? [];
    if (index === undefined) return undefined;
    const text = place.file.functions[Number(index)]?.parameters[Number(parameter)]?.default;
    const path = text === undefined ? undefined : /^([A-Za-z_][\w.]*)(\(.*\))?$/.exec(text);
    return path ? this.resolve(`${path[1]}${path[2] ? "()" : ""}`, place, depth + 1) : undefined;
  }

  /** A type as it is written where a path is. */
  private typeRead(text: string, place: Place, depth: number): Type | undefined {
    return this.type(this.links.parseType(text), place, noBindings, depth);
  }

  // --- names ---

  /** What a plain name means in a file. */
  private name(name: string, place: Place, depth: number, next?: Segment): Entity | undefined {
    if (this.isTooDeep(depth)) return undefined;
    const { implicitReceiver } = this.links;
    const owner = implicitReceiver ? place : this.place(place.file, undefined);
    owner.names ??= new Map();
    owner.callees ??= new Map();
    const table = implicitReceiver && next?.kind === "call" ? owner.callees : owner.names;
    const known = table.get(name);
    if (this.queries.recall(known, depth)) return known.value;
    return this.queries.find(table, name, depth, () => this.findName(name, place, depth, next));
  }

  private findName(name: string, place: Place, depth: number, next?: Segment): Entity | undefined {
    const { file, module } = place;
    /** A member of a type outside the workspace that nothing is known of: what the name means if nothing else does. */
    let guess: Entity | undefined;
    if (this.links.implicitReceiver && place.typeName) {
      for (let owner = place.typeName; owner; owner = owner.slice(0, Math.max(0, owner.lastIndexOf(".")))) {
        const type = this.declaredType(module, owner, file, depth);
        const member = type && this.memberOfType(type, name, depth + 1, undefined, next);
        if (member && !isGuess(member)) return member;
        // What is not called is rather a name of several parts than something inherited.
        if (next?.kind === "call") guess ??= member;
      }
    }
    const scope = this.scopeOf(file);
    const own = this.memberOfModule(module, name, depth, file);
    const isShadowed =
      scope.imports.has(name) &&
      (own?.kind === "module" || (this.links.classes && own?.kind === "type" && !isDeclaredIn(own.type, file)));
    if (own && !isShadowed) return own;
    for (const imported of scope.imports.get(name) ?? []) {
      const found = this.imported(imported, depth, next);
      if (found && !(guess && isGuess(found))) return found;
    }
    for (const wildcard of scope.wildcards) {
      const found = this.wildcard(wildcard, name, depth, next);
      if (found && !(this.links.classes && isGuess(found))) return found;
      guess ??= found;
    }
    for (const implicit of this.links.implicitModules) {
      const found = this.memberOfModule(implicit, name, depth, file, true);
      if (found) return found;
    }
    return guess;
  }

  private dottedModule(name: string, { file }: Place): Entity | undefined {
    const imported = this.scopeOf(file).imports.get(name)?.[0];
    if (imported) return this.imported(imported, 0);
    this.consult(`m:${name}`);
    if (this.declarations.hasModule(name)) return { kind: "module", module: name };
    return this.links.classes ? this.qualifiedType(name, file) : undefined;
  }

  /** A type named with its package in front. */
  private qualifiedType(name: string, file: FileSummary): Entity | undefined {
    if (!/^[a-z].*\.[A-Z][^.]*$/.test(name)) return undefined;
    const { module, member } = this.links.resolveImport({ module: name }, file);
    const isPackage = module.includes(".") || this.declarations.hasModule(module) || this.catalog.hasModule(module);
    return isPackage ? this.imported({ module, member: member as string }, 0) : undefined;
  }

  private imported(
    { module, member }: { module: string; member?: string },
    depth: number,
    next?: Segment,
  ): Entity | undefined {
    if (member === undefined) return { kind: "module", module };
    let entity: Entity | undefined = { kind: "module", module };
    const names = member.split(".");
    for (const [i, name] of names.entries()) {
      if (!entity) return undefined;
      if (entity.kind === "module") entity = this.memberOfModule(entity.module, name, depth + 1);
      else entity = this.member(entity, name, i === names.length - 1 ? next : undefined, depth + 1);
    }
    return entity;
  }

  private wildcard(
    { module, member }: { module: string; member?: string },
    name: string,
    depth: number,
    next?: Segment,
    asksOn = true,
  ): Entity | undefined {
    if (isWhole(member)) return this.memberOfModule(module, name, depth + 1, undefined, true, asksOn);
    const owner = this.imported({ module, member }, depth + 1);
    return owner && this.member(owner, name, next, depth + 1);
  }

  /**
   * @param file the file asking: its own declarations come before those of its module's other files
   * @param ifKnown for a module outside the workspace: only what the catalog knows
   * @param asksOn whether the modules that it hands on are asked, too
   */
  private memberOfModule(
    module: string,
    name: string,
    depth: number,
    file?: FileSummary,
    ifKnown = false,
    asksOn = true,
  ): Entity | undefined {
    if (file || ifKnown || !asksOn) return this.findInModule(module, name, depth, file, ifKnown, asksOn);
    let table = this.modules.get(module);
    if (!table) {
      table = new Map();
      this.modules.set(module, table);
    }
    const known = table.get(name);
    if (this.queries.recall(known, depth)) return known.value;
    return this.queries.find(table, name, depth, () => this.findInModule(module, name, depth, file, ifKnown, asksOn));
  }

  private findInModule(
    module: string,
    name: string,
    depth: number,
    file: FileSummary | undefined,
    ifKnown: boolean,
    asksOn: boolean,
  ): Entity | undefined {
    if (this.isTooDeep(depth)) return undefined;
    this.consultName(module, name);
    const declared = this.declarations.named(module, name);
    const found = this.declared(declared, depth, file);
    if (found) return found;
    this.consult(`m:${module}`);
    const isOurs = this.declarations.hasModule(module);
    if (isOurs && asksOn) {
      const handedOn = this.handedOn(module, name, depth);
      if (handedOn) return handedOn;
    }
    if (file && !ifKnown) return undefined;
    const below = `${module}.${name}`;
    this.consult(`m:${below}`);
    if (this.declarations.hasModule(below) || this.declarations.hasModuleBelow(below))
      return { kind: "module", module: below };
    if (isOurs) return this.throughDefault(module, name, depth);
    if (this.declarations.hasModuleBelow(module)) return undefined;
    const entry = this.catalog.entry(module, name);
    if (!entry && this.catalog.hasModule(below)) return { kind: "module", module: below };
    if (ifKnown && !entry) return undefined;
    return this.external(module, name, undefined);
  }

  /** What a CommonJS module exports is its default and its members at once, and others import it in either way. */
  private throughDefault(module: string, name: string, depth: number): Entity | undefined {
    const { defaultExport } = this.links;
    if (defaultExport === undefined) return undefined;
    if (name === defaultExport) return { kind: "module", module };
    const main = this.mainOf(module, depth);
    return main && main.kind !== "module" ? this.member(main, name, undefined, depth + 1) : undefined;
  }

  /** `export * from "./x"`, `from .x import *`: the nearest module that has the name, each asked once. */
  private handedOn(module: string, name: string, depth: number): Entity | undefined {
    const modules = new Set([module]);
    for (const handing of modules) {
      this.consultName(handing, "*");
      for (const { kind, ...rest } of this.declarations.named(handing, "*")) {
        if (kind !== "import") continue;
        const { file, imported } = rest as { file: FileSummary; imported: ImportFacts };
        const target = this.links.resolveImport(imported, file);
        if (isWhole(target.member) && modules.has(target.module)) continue;
        const found = this.wildcard(target, name, depth + 1, undefined, false);
        if (found) return found;
        if (isWhole(target.member)) modules.add(target.module);
      }
    }
    return undefined;
  }

  private declared(declarations: readonly Declaration[], depth: number, asking?: FileSummary): Entity | undefined {
    if (declarations.length === 0) return undefined;
    const own = asking && declarations.filter((declaration) => fileOf(declaration) === asking);
    const candidates = own && own.length > 0 ? own : declarations;
    const types = candidates.flatMap((declaration) => (declaration.kind === "type" ? [declaration.type] : []));
    const functions = candidates
      .flatMap((declaration) => (declaration.kind === "function" ? [declaration.ref] : []))
      .slice(-maxNamesakes);
    const type = types.find(({ facts }) => facts.form !== "interface") ?? types[0];
    if (type && functions.length === 0)
      return { kind: "type", type: { kind: "declared", declaration: type, arguments: [] } };
    if (functions.length > 0) return { kind: "function", functions, dynamic: false };
    for (const declaration of candidates) {
      const found =
        declaration.kind === "variable"
          ? this.variable(declaration.variable, this.place(declaration.file, undefined), depth + 1)
          : declaration.kind === "import"
            ? this.reexport(declaration, depth)
            : declaration.kind === "export"
              ? this.name(declaration.localName, this.place(declaration.file, undefined), depth + 1)
              : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private reexport({ file, imported }: Extract<Declaration, { kind: "import" }>, depth: number): Entity | undefined {
    this.consult(`i:${file.path}`);
    return this.imported(this.links.resolveImport(imported, file), depth + 1);
  }

  private variable(
    variable: ConstantFacts | FieldFacts,
    place: Place,
    depth: number,
    bindings = noBindings,
  ): Entity | undefined {
    if (variable.type) return asValue(this.type(this.links.parseType(variable.type), place, bindings, depth));
    return variable.origin ? this.resolve(variable.origin, place, depth + 1) : undefined;
  }

  private scopeOf(file: FileSummary): FileScope {
    const table = this.place(file, undefined).scope;
    const known = table.get("scope");
    if (this.queries.recall(known, 0)) return known.value;
    return this.queries.find(table, "scope", 0, () => {
      const scope = readScope(file, this.links, this.declarations);
      this.consult(`i:${file.path}`);
      for (const module of scope.packages) this.consult(`m:${module}`);
      return scope;
    });
  }

  // --- segments ---

  private segment(
    entity: Entity,
    segment: Segment,
    next: Segment | undefined,
    place: Place,
    depth: number,
  ): Entity | undefined {
    if (this.isTooDeep(depth)) return undefined;
    switch (segment.kind) {
      case "member":
        return this.member(entity, segment.name, next, depth);
      case "call": {
        const found = segment.given ? this.resultOfHanding(entity, segment.given, place, depth) : undefined;
        return found ?? this.result(entity, depth);
      }
      case "part":
        return this.part(entity, segment.index, depth);
      case "as":
        return asValue(this.typeRead(segment.type, place, depth)) ?? entity;
      case "element":
        return this.element(entity, "element", depth);
      case "each":
        return this.element(entity, "each", depth);
      case "key":
        return this.element(entity, "key", depth);
    }
  }

  private member(entity: Entity, name: string, next: Segment | undefined, depth: number): Entity | undefined {
    switch (entity.kind) {
      case "module":
        return this.memberOfModule(entity.module, name, depth);
      case "type":
      case "value": {
        const ofType = entity.kind === "type" ? this.memberOfEveryType(entity.type, name, depth) : undefined;
        if (ofType) return ofType;
        if (name === this.links.typeMember && entity.kind === "value") return { kind: "type", type: entity.type };
        const found = this.memberOfType(entity.type, name, depth, undefined, next);
        if (found?.kind !== "function") return found;
        const fitting = this.overloads ? found : ofKind(found, entity.kind === "type");
        return next?.kind === "call" ? fitting : (this.property(fitting, depth) ?? fitting);
      }
      case "external": {
        const type = this.externalValueType(entity, depth);
        if (type) return this.memberOfType(type, name, depth, undefined, next);
        return this.external(entity.module, `${entity.symbol}.${name}`, entity.receiver);
      }
      case "function":
        return this.memberOfDecorated(entity, name, depth);
      default:
        return undefined;
    }
  }

  /** What a decorator makes of a function may have members: a task that is sent away. */
  private memberOfDecorated(
    { functions }: Extract<Entity, { kind: "function" }>,
    name: string,
    depth: number,
  ): Entity | undefined {
    const [ref] = functions;
    for (const text of ref && functions.length === 1 ? functionOf(ref).decorators : []) {
      const decorator = /^[\w.]+/.exec(text)?.[0];
      const place = this.place((ref as FunctionRef).file, undefined);
      const entity = decorator === undefined ? undefined : this.resolve(decorator, place, depth + 1);
      if (entity?.kind !== "external" || entity.entry?.returns === undefined) continue;
      const made = this.externalResult(entity, depth);
      if (made?.kind === "value") return this.memberOfType(made.type, name, depth + 1);
    }
    return undefined;
  }

  /** What reading a property gives; `undefined` for a method that is not one. */
  private property(entity: Extract<Entity, { kind: "function" }>, depth: number): Entity | undefined {
    const getters = entity.functions.filter((ref) => isProperty(functionOf(ref)));
    return getters.length > 0 ? this.result({ ...entity, functions: getters }, depth) : undefined;
  }

  /** What the language itself gives every type: Java's `Outer.this`, `T.class`. */
  private memberOfEveryType(type: Type, name: string, depth: number): Entity | undefined {
    const text = this.links.classes?.typeMembers.get(name);
    if (text === undefined) return undefined;
    if (text === "this") return asValue(type);
    if (text !== "super") return asValue(this.catalogTypeIn(text, "", new Map([["this", type]]), depth));
    const isInterface = type.kind === "declared" && type.declaration.facts.form === "interface";
    return asValue(type.kind === "declared" && !isInterface ? this.basesOf(type, depth)[0] : type);
  }

  /** A member of a type or of a value of that type. */
  memberOfType(
    type: Type,
    name: string,
    depth: number,
    seen: Set<unknown> | undefined = undefined,
    next?: Segment,
  ): Entity | undefined {
    if (this.isTooDeep(depth)) return undefined;
    switch (type.kind) {
      case "declared": {
        if (type.arguments.length > 0 || type.above || (seen && !this.overloads))
          return this.findMember(type, name, depth, seen, next);
        const tables = this.typeTables(type.declaration.facts);
        tables.members ??= new Map();
        if (this.overloads) tables.callees ??= new Map();
        const table = (next?.kind === "call" && tables.callees) || tables.members;
        const known = table.get(name);
        if (this.queries.recall(known, depth)) return known.value;
        return this.queries.find(table, name, depth, () => this.findMember(type, name, depth, seen, next));
      }
      case "external":
        return this.memberOfExternal(type, name, depth, seen ?? new Set());
      case "union":
        return this.memberOfUnion(type, name, depth, seen ?? new Set(), next);
      default:
        return undefined;
    }
  }

  private findMember(
    type: Extract<Type, { kind: "declared" }>,
    name: string,
    depth: number,
    seen: Set<unknown> | undefined,
    next: Segment | undefined,
  ): Entity | undefined {
    return this.overloads
      ? this.overloads.member(type, name, depth, next?.kind === "call")
      : this.memberOfDeclared(type, name, depth, seen ?? new Set());
  }

  private memberOfUnion(
    type: Extract<Type, { kind: "union" }>,
    name: string,
    depth: number,
    seen: Set<unknown>,
    next: Segment | undefined,
  ): Entity | undefined {
    const found = type.members.flatMap(
      (member) => this.memberOfType(member, name, depth + 1, new Set(seen), next) ?? [],
    );
    // The bounds of a type variable are one after the other what it is, not one of them.
    if (this.overloads) return found.find((entity) => !isGuess(entity)) ?? found[0];
    const functions = found.flatMap((entity) => (entity.kind === "function" ? entity.functions : []));
    if (functions.length > 1) return { kind: "function", functions: distinct(functions), dynamic: true };
    return found.find((entity) => entity.kind !== "external" || entity.entry) ?? found[0];
  }

  private memberOfDeclared(
    type: Extract<Type, { kind: "declared" }>,
    name: string,
    depth: number,
    seen: Set<unknown>,
  ): Entity | undefined {
    if (seen.has(type.declaration.facts)) return undefined;
    seen.add(type.declaration.facts);
    const own = type.above ? undefined : this.memberOfItself(type, name, depth);
    if (own) return own;
    let guess: Entity | undefined;
    for (const base of this.inheritsInOrder ? this.ancestorsOf(type, depth) : this.basesOf(type, depth)) {
      const inherited =
        base.kind === "declared" && this.inheritsInOrder
          ? this.memberOfItself(base, name, depth + 1)
          : this.memberOfType(base, name, depth + 1, seen);
      if (!inherited) continue;
      const isMember = inherited.kind === "external" || inherited.kind === "function";
      const found = isMember ? { ...inherited, self: type.above ? { ...type, above: false } : type } : inherited;
      if (!isGuess(found) || !this.inheritsInOrder) return found;
      guess ??= found;
    }
    const { anyMember } = this.links;
    if (guess || anyMember === undefined || name === anyMember || name.startsWith("__")) return guess;
    const asked = this.memberOfDeclared(type, anyMember, depth + 1, new Set());
    return asked?.kind === "function" ? this.resultOf(asked, depth + 1) : undefined;
  }

  /** What a type extends, directly or not, in the order in which members are looked for. */
  private ancestorsOf(type: Extract<Type, { kind: "declared" }>, depth: number): readonly Type[] {
    const { facts } = type.declaration;
    if (facts.bases.length === 0) return noTypes;
    if (type.arguments.length > 0) return this.findAncestors(type, depth);
    return this.answer(this.listsOf(facts), "ancestors", depth, () => this.findAncestors(type, depth));
  }

  private findAncestors(type: Extract<Type, { kind: "declared" }>, depth: number): readonly Type[] {
    const bases = this.basesOf(type, depth);
    const ancestors: Type[] = [];
    const visit = (base: Type, level: number) => {
      if (level > maxDepth || ancestors.length > maxAncestors) return;
      ancestors.push(base);
      if (base.kind === "declared") for (const next of this.basesOf(base, depth + level)) visit(next, level + 1);
    };
    for (const base of bases) visit(base, 1);
    if (bases.length < 2) return ancestors;
    // A class comes after all that extend it.
    return ancestors.filter((ancestor, i) => !ancestors.some((other, j) => j > i && isSameType(ancestor, other)));
  }

  private memberOfItself(type: Extract<Type, { kind: "declared" }>, name: string, depth: number): Entity | undefined {
    const { module, file, facts } = type.declaration;
    this.consultType(type.declaration);
    const bindings = this.argumentsOf(type, depth);
    const place = this.place(file, facts.name);
    const field = facts.fields.find((candidate) => candidate.name === name);
    const methods = this.declarations
      .methods(module, facts.name, name)
      .filter(({ file: owner }) => this.links.sharesModule || owner === file)
      .slice(-maxNamesakes);
    // A method may be replaced in some object; what is declared is the method.
    const isField = field?.type || (field?.origin && (methods.length === 0 || !this.inheritsInOrder));
    if (field && isField) return this.variable(field, place, depth + 1, bindings);
    if (methods.length > 0) return this.virtual(type, name, methods);
    if (facts.methods.some((method) => method.name === name)) return this.bodiless(type, name, bindings, depth);
    this.consultName(module, `${facts.name}.${name}`);
    return this.declared(this.declarations.named(module, `${facts.name}.${name}`), depth, file);
  }

  /** A method with a body, and those that may run in its place. */
  private virtual(type: Extract<Type, { kind: "declared" }>, name: string, methods: readonly FunctionRef[]): Entity {
    const isAbstract = methods.every((ref) => functionOf(ref).modifiers.includes("abstract"));
    if (!isAbstract) return { kind: "function", functions: methods, receiver: type, dynamic: false };
    const implementers = this.implementations(type.declaration, name);
    const functions = implementers.length > 0 && implementers.length <= maxImplementers ? implementers : methods;
    return { kind: "function", functions, receiver: type, dynamic: true };
  }

  /** A method that an interface only names. */
  private bodiless(
    type: Extract<Type, { kind: "declared" }>,
    name: string,
    bindings: Bindings,
    depth: number,
  ): Entity | undefined {
    const implementers = this.implementations(type.declaration, name);
    if (implementers.length > 0 && implementers.length <= maxImplementers)
      return { kind: "function", functions: implementers, receiver: type, dynamic: true };
    const { facts, file, module } = type.declaration;
    const results = facts.methods.find((method) => method.name === name)?.results;
    if (!results) return undefined;
    const types = results.map((text) =>
      this.type(this.links.parseType(text), this.place(file, facts.name), bindings, depth + 1),
    );
    const returns: Type = { kind: "function", parameters: [], results: types };
    return { kind: "external", module, symbol: `${facts.name}.${name}`, receiver: returns };
  }

  private implementations(interfaceType: TypeDeclaration, name: string): FunctionRef[] {
    return this.allImplementations(interfaceType, name).filter(({ file }) => this.canMean(file));
  }

  /** What tests put in the place of the real thing is not what other code calls. */
  private canMean({ isTest }: FileSummary): boolean {
    return !isTest || this.queries.isAskedByTest();
  }

  private allImplementations(interfaceType: TypeDeclaration, name: string): FunctionRef[] {
    if (this.methodSets) return this.methodSets.implementations(interfaceType, name);
    const named = this.subtypes(interfaceType).flatMap(({ module, file, facts }) =>
      this.declarations
        .methods(module, facts.name, name)
        .filter(
          (ref) => (this.links.sharesModule || ref.file === file) && !functionOf(ref).modifiers.includes("abstract"),
        ),
    );
    // By a single name a type would be found that only happens to have it.
    const { form, methods } = interfaceType.facts;
    return named.length > 0 || form !== "interface" || methods.length < 2
      ? named
      : (this.protocols?.implementations(interfaceType, name) ?? named);
  }

  subtypes(base: TypeDeclaration): TypeDeclaration[] {
    const found = new Map<object, TypeDeclaration>();
    const queue = [base];
    for (let type = queue.pop(); type && found.size <= maxImplementers * 4; type = queue.pop()) {
      const name = lastName(type.facts.name);
      this.consult(`b:${name}`);
      for (const candidate of this.declarations.typesNamingBase(name)) {
        if (found.has(candidate.facts)) continue;
        const derives = this.basesOf({ kind: "declared", declaration: candidate, arguments: [] }, 0).some(
          (parent) => parent.kind === "declared" && parent.declaration.facts === type?.facts,
        );
        if (!derives) continue;
        found.set(candidate.facts, candidate);
        queue.push(candidate);
      }
    }
    return [...found.values()]
      .filter(({ file }) => this.canMean(file))
      .sort((a, b) => (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.facts.start - b.facts.start));
  }

  memberOfExternal(
    type: Extract<Type, { kind: "external" }>,
    name: string,
    depth: number,
    seen: Set<unknown>,
  ): Entity | undefined {
    const key = `${type.module}\n${type.symbol}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const symbol = `${type.symbol}.${name}`;
    const entry = this.catalog.entry(type.module, symbol);
    if (entry) return { kind: "external", module: type.module, symbol, entry, receiver: type };
    const own = this.catalog.entry(type.module, type.symbol);
    const fieldType = own?.fields && Object.hasOwn(own.fields, name) ? own.fields[name] : undefined;
    if (fieldType) return asValue(this.catalogType(fieldType, type, depth));
    for (const base of own?.bases ?? []) {
      const parent = this.catalogType(base, type, depth);
      const inherited = parent && this.memberOfType(parent, name, depth + 1, seen);
      if (inherited?.kind === "external" && inherited.entry) return { ...inherited, self: type };
      if (inherited && inherited.kind !== "external") return inherited;
    }
    const waited = this.links.unwraps.includes(type.symbol) ? type.arguments[0] : undefined;
    if (waited) return this.memberOfType(waited, name, depth + 1, seen);
    return { kind: "external", module: type.module, symbol, receiver: type };
  }

  // --- results and parts ---

  /** What a module stands for when it is used as a value or a type itself: its default export. */
  private mainOf(module: string, depth: number): Entity | undefined {
    const { defaultExport } = this.links;
    return defaultExport === undefined ? undefined : this.memberOfModule(module, defaultExport, depth + 1);
  }

  /** What runs when a value of a type is called. */
  private callOf(type: Type, depth: number): Entity | undefined {
    if (type.kind === "declared") {
      const call = this.memberOfType(type, "__call__", depth + 1);
      return call?.kind === "external" && !call.entry ? undefined : call;
    }
    const entry = type.kind === "external" ? this.catalog.entry(type.module, `${type.symbol}.__call__`) : undefined;
    return entry && type.kind === "external"
      ? { kind: "external", module: type.module, symbol: `${type.symbol}.__call__`, entry, receiver: type }
      : undefined;
  }

  private result(entity: Entity, depth: number): Entity | undefined {
    switch (entity.kind) {
      case "type":
        return { kind: "value", type: entity.type };
      case "function":
        return this.resultOf(entity, depth);
      case "external":
        return this.externalResult(entity, depth);
      case "module": {
        const main = this.mainOf(entity.module, depth);
        return main && this.result(main, depth + 1);
      }
      case "value": {
        if (entity.type.kind === "function") return results(entity.type.results);
        const call = this.callOf(entity.type, depth);
        return call && call.kind !== "value" ? this.result(call, depth + 1) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** What a call gives that is handed a function: that function itself, or something made of its result. */
  private resultOfHanding(entity: Entity, given: AccessPath, place: Place, depth: number): Entity | undefined {
    if (entity.kind === "external") {
      const text = entity.entry?.returns;
      if (text === handedFunction) return this.resolve(given, place, depth + 1);
      if (typeof text !== "string" || !text.includes(handedResult)) return undefined;
      const result = this.typeOfResult(given, place, depth);
      return asValue(this.catalogType(text, ownerOf(entity), depth, entity.self ?? entity.receiver, result));
    }
    for (const ref of entity.kind === "function" ? entity.functions : []) {
      const fn = functionOf(ref);
      const [result] = fn.results;
      const isOpen = (name: string) => fn.typeParameters.some((parameter) => parameter.name === name);
      if (result === undefined || fn.typeParameters.length === 0) continue;
      if (isOpen(result) && fn.parameters.some(({ type }) => type === result))
        return this.resolve(given, place, depth + 1);
      const bound = new Map<string, Type | undefined>();
      for (const { type } of fn.parameters) {
        const name = type === undefined ? undefined : this.nameOfResult(this.links.parseType(type));
        if (name !== undefined && isOpen(name)) bound.set(name, this.typeOfResult(given, place, depth));
      }
      if (bound.size === 0) continue;
      const owner = this.place(ref.file, fn.typeName);
      return results(fn.results.map((text) => this.type(this.links.parseType(text), owner, bound, depth + 1)));
    }
    return undefined;
  }

  private typeOfResult(path: AccessPath, place: Place, depth: number): Type | undefined {
    const entity = this.resolve(path, place, depth + 1, true);
    const result = entity && this.result(entity, depth + 1);
    return result?.kind === "value" ? result.type : undefined;
  }

  /** `R` of `(x: T) => R`, also when the function waits for it. */
  private nameOfResult(expression: TypeExpression): string | undefined {
    if (expression.kind === "union")
      return expression.members.map((member) => this.nameOfResult(member)).find((name) => name !== undefined);
    const result = expression.kind === "function" ? expression.results[0] : undefined;
    const [first] = result?.kind === "name" ? result.arguments : [];
    if (result?.kind === "union") return undefined;
    const inner = result?.kind === "name" && this.links.unwraps.includes(result.name) ? first : result;
    return inner?.kind === "name" && inner.arguments.length === 0 ? inner.name : undefined;
  }

  private resultOf(entity: Extract<Entity, { kind: "function" }>, depth: number): Entity | undefined {
    return this.answer(this.resultsOfFunctions, entity, depth, () => this.findResult(entity, depth));
  }

  private findResult(
    { functions, receiver, owners, self = receiver }: Extract<Entity, { kind: "function" }>,
    depth: number,
  ): Entity | undefined {
    const differing: Type[] = [];
    for (const [i, ref] of functions.entries()) {
      const fn = functionOf(ref);
      const place = this.place(ref.file, fn.typeName);
      const bindings = this.receiverBindings(owners?.[i] ?? receiver, fn);
      if (fn.results.length > 0) {
        const types = fn.results.map((text) => this.resultType(text, place, self, bindings, depth + 1));
        const found = results(types);
        // A path does not say which overload it goes through: what comes next does.
        if (found?.kind === "value" && this.overloads) differing.push(found.type);
        else if (found) return found;
        continue;
      }
      for (const origin of fn.returns) {
        if (self && origin === `<${fn.typeName}>`) return asValue(self);
        const found = this.resolve(origin, place, depth + 1);
        if (found && found.kind !== "module") return found;
      }
    }
    const members = differing.filter((type, i) => differing.findIndex((other) => isSameType(type, other)) === i);
    return members.length < 2 ? asValue(members[0]) : { kind: "value", type: { kind: "union", members } };
  }

  /** A result that is the receiver's own type, as in a builder, is that of the value the method is called on. */
  private resultType(
    text: string,
    place: Place,
    receiver: Type | undefined,
    bindings: Bindings,
    depth: number,
  ): Type | undefined {
    if (/^(this|Self|typing\.Self)$/.test(text))
      return receiver ?? (place.typeName ? this.typeNamed(place.typeName, place, depth) : undefined);
    return this.type(this.links.parseType(text), place, bindings, depth);
  }

  private receiverBindings(receiver: Type | undefined, fn: FunctionSummary): Bindings {
    if (receiver?.kind !== "declared" || receiver.declaration.facts.name !== fn.typeName) return noBindings;
    if (this.overloads) return this.overloads.bindings(receiver, 0);
    return this.argumentsOf(receiver, 0, fn.receiver?.typeParameters);
  }

  private externalResult(entity: Extract<Entity, { kind: "external" }>, depth: number): Entity | undefined {
    if (entity.receiver?.kind === "function" && !entity.entry) return results(entity.receiver.results);
    const { entry } = entity;
    if (entry?.returns !== undefined) {
      const texts = typeof entry.returns === "string" ? [entry.returns] : entry.returns;
      return results(
        texts.map((text) => {
          const self = entity.self ?? entity.receiver;
          if (text === handedFunction) return undefined;
          return text === "this" ? self : this.catalogType(text, ownerOf(entity), depth, self);
        }),
      );
    }
    if (entry && isType(entry)) return { kind: "value", type: externalType(entity.module, entity.symbol, []) };
    if (entry?.role) return undefined;
    return { kind: "value", type: externalType(entity.module, `${entity.symbol}()`, []) };
  }

  /** The type of an external variable or class seen as a value. */
  private externalValueType(entity: Extract<Entity, { kind: "external" }>, depth: number): Type | undefined {
    if (entity.entry?.type) return this.catalogType(entity.entry.type, ownerOf(entity), depth);
    return entity.entry && isType(entity.entry) ? externalType(entity.module, entity.symbol, []) : undefined;
  }

  private part(entity: Entity, index: number, depth: number): Entity | undefined {
    if (entity.kind === "results") return asValue(entity.types[index]);
    if (entity.kind !== "value") return index === 0 ? entity : undefined;
    if (entity.type.kind === "tuple") return asValue(entity.type.elements[index]);
    const waited = this.waited(entity.type);
    if (waited) return this.part({ kind: "value", type: waited }, index, depth);
    const isContainer = this.catalogEntryOf(entity.type)?.element !== undefined;
    if (isContainer && this.links.destructures) return this.element(entity, "element", depth);
    return index === 0 ? entity : undefined;
  }

  private waited(type: Type): Type | undefined {
    return type.kind === "external" && this.links.unwraps.includes(type.symbol) ? type.arguments[0] : undefined;
  }

  private catalogEntryOf(type: Type): CatalogEntry | undefined {
    return type.kind === "external" ? this.catalog.entry(type.module, type.symbol) : undefined;
  }

  private element(entity: Entity, form: "element" | "each" | "key", depth: number): Entity | undefined {
    const type =
      entity.kind === "value"
        ? entity.type
        : entity.kind === "external"
          ? this.externalValueType(entity, depth)
          : undefined;
    return type && asValue(this.elementType(this.waited(type) ?? type, form, depth));
  }

  private elementType(type: Type, form: "element" | "each" | "key", depth: number): Type | undefined {
    if (this.isTooDeep(depth)) return undefined;
    if (type.kind === "tuple") return type.elements[0];
    if (type.kind === "union")
      return type.members.map((member) => this.elementType(member, form, depth + 1)).find(Boolean);
    if (type.kind === "declared") {
      const getter =
        form === "key" ? undefined : this.memberOfType(type, form === "each" ? "__iter__" : "__getitem__", depth + 1);
      if (getter?.kind === "function") {
        const found = this.resultOf(getter, depth + 1);
        if (found?.kind === "value")
          return form === "each" ? this.elementType(found.type, form, depth + 1) : found.type;
      }
      return this.basesOf(type, depth)
        .map((base) => this.elementType(base, form, depth + 1))
        .find(Boolean);
    }
    if (type.kind !== "external") return undefined;
    const entry = this.catalog.entry(type.module, type.symbol);
    const text =
      form === "key"
        ? (entry?.key ?? (type.symbol === "channel" ? entry?.element : undefined))
        : form === "each"
          ? (entry?.iterates ?? entry?.element)
          : entry?.element;
    if (text) return this.catalogType(text, type, depth);
    for (const base of entry?.bases ?? []) {
      const parent = this.catalogType(base, type, depth);
      const found = parent && this.elementType(parent, form, depth + 1);
      if (found) return found;
    }
    return undefined;
  }

  // --- types ---

  type(expression: TypeExpression, place: Place, bindings: Bindings, depth: number): Type | undefined {
    if (expression.kind === "name" && expression.arguments.length === 0 && bindings.size === 0)
      return this.isTooDeep(depth) ? undefined : this.typeNamed(expression.name, place, depth);
    const named = (name: string, at: number) => this.typeNamed(name, place, at);
    return this.typeOf(expression, named, bindings, depth);
  }

  /** @param named finds the type of a name that is no type parameter */
  private typeOf(
    expression: TypeExpression,
    named: (name: string, depth: number) => Type | undefined,
    bindings: Bindings,
    depth: number,
  ): Type | undefined {
    if (this.isTooDeep(depth)) return undefined;
    const inner = (part: TypeExpression) => this.typeOf(part, named, bindings, depth + 1);
    switch (expression.kind) {
      case "name": {
        if (bindings.has(expression.name)) return bindings.get(expression.name);
        const found = named(expression.name, depth);
        if (!found || expression.arguments.length === 0) return found;
        const given = expression.arguments.map(inner);
        return found.kind === "declared" || found.kind === "external" ? { ...found, arguments: given } : found;
      }
      case "list":
        return externalType("builtin", "list", [inner(expression.element)]);
      case "channel":
        return externalType("builtin", "channel", [inner(expression.element)]);
      case "map":
        return externalType("builtin", "map", [inner(expression.key), inner(expression.value)]);
      case "tuple":
        return { kind: "tuple", elements: expression.elements.map(inner) };
      case "function":
        return {
          kind: "function",
          parameters: expression.parameters.map(inner),
          results: expression.results.map(inner),
        };
      case "union": {
        const members = expression.members.flatMap((member) => inner(member) ?? []);
        return members.length === 1 ? members[0] : members.length > 1 ? { kind: "union", members } : undefined;
      }
      default:
        return undefined;
    }
  }

  /** A type by its dotted name as the file sees it; an alias is what it stands for. */
  private typeNamed(name: string, place: Place, depth: number): Type | undefined {
    if (this.isTooDeep(depth)) return undefined;
    place.types ??= new Map();
    const table = place.types;
    const known = table.get(name);
    if (this.queries.recall(known, depth)) return known.value;
    return this.queries.find(table, name, depth, () => this.findType(name, place, depth));
  }

  private findType(name: string, place: Place, depth: number): Type | undefined {
    const { file, module } = place;
    // A nested type is named from inside its outer type.
    for (let owner = place.typeName ?? ""; owner; owner = owner.slice(0, Math.max(0, owner.lastIndexOf(".")))) {
      const nested = this.declaredType(module, `${owner}.${name}`, file, depth);
      if (nested) return nested;
    }
    const own = this.declaredType(module, name, file, depth);
    const isShadowed = own && this.links.classes && !isDeclaredIn(own, file) && this.scopeOf(file).imports.has(name);
    if (own && !isShadowed) return own;
    if (this.links.classes) {
      const bound = this.boundOf(name, place, depth);
      if (bound) return bound.type;
    }
    const [first, ...rest] = name.split(".");
    let entity = this.name(
      first as string,
      this.place(file, this.links.implicitReceiver ? place.typeName : undefined),
      depth + 1,
    );
    if (!entity && rest.length > 0) {
      let dotted = first as string;
      while (!entity && rest.length > (this.links.classes ? 0 : 1)) {
        dotted += `.${rest.shift()}`;
        entity = this.dottedModule(dotted, place);
      }
    }
    for (const part of rest) entity = entity && this.member(entity, part, undefined, depth + 1);
    return entity && this.asType(entity, depth);
  }

  /** What a type parameter of the types around a place must be. */
  private boundOf(
    name: string,
    { file, typeName, module }: Place,
    depth: number,
  ): { type: Type | undefined } | undefined {
    for (let owner = typeName ?? ""; owner; owner = owner.slice(0, Math.max(0, owner.lastIndexOf(".")))) {
      const type = this.declaredType(module, owner, file, depth);
      if (type?.kind !== "declared") continue;
      const parameter = type.declaration.facts.typeParameters.find((candidate) => candidate.name === name);
      if (!parameter) continue;
      const { bound } = parameter;
      return {
        type:
          bound === undefined
            ? undefined
            : this.type(this.links.parseType(bound), this.place(file, owner), noBindings, depth + 1),
      };
    }
    return undefined;
  }

  private asType(entity: Entity, depth: number): Type | undefined {
    if (entity.kind === "type") return this.throughAlias(entity.type, depth);
    if (entity.kind === "external") return externalType(entity.module, entity.symbol, []);
    const main = entity.kind === "module" ? this.mainOf(entity.module, depth) : undefined;
    return main && main.kind !== "module" ? this.asType(main, depth + 1) : undefined;
  }

  private declaredType(module: string, name: string, file: FileSummary, depth: number): Type | undefined {
    this.consultName(module, name);
    const found = this.declarations.named(module, name).filter((declaration) => declaration.kind === "type");
    const declaration = found.find(({ type }) => type.file === file) ?? found[0];
    return declaration && this.throughAlias({ kind: "declared", declaration: declaration.type, arguments: [] }, depth);
  }

  /** TypeScript and Python aliases are their targets; a Go alias of a named type has methods of its own too. */
  private throughAlias(type: Type, depth: number): Type {
    if (type.kind !== "declared" || type.declaration.facts.form !== "alias") return type;
    const { file, facts, module } = type.declaration;
    const [target] = facts.bases;
    const isOwnType = facts.methods.length > 0 || [...this.declarations.methodNames(module, facts.name)].length > 0;
    if (target === undefined || isOwnType) return type;
    if (this.isTooDeep(depth)) return type;
    if (this.openAliases.has(facts)) {
      this.queries.cut();
      return type;
    }
    this.consultType(type.declaration);
    this.openAliases.add(facts);
    try {
      return this.type(this.links.parseType(target), this.place(file, undefined), noBindings, depth + 1) ?? type;
    } finally {
      this.openAliases.delete(facts);
    }
  }

  basesOf(type: Extract<Type, { kind: "declared" }>, depth: number): readonly Type[] {
    const { facts } = type.declaration;
    if (facts.bases.length === 0) return noTypes;
    if (type.arguments.length > 0) return this.findBases(type, depth);
    return this.answer(this.listsOf(facts), "bases", depth, () => this.findBases(type, depth));
  }

  private listsOf(facts: TypeFacts): NonNullable<TypeTables["lists"]> {
    const tables = this.typeTables(facts);
    tables.lists ??= new Map();
    return tables.lists;
  }

  private findBases(type: Extract<Type, { kind: "declared" }>, depth: number): readonly Type[] {
    const { file, facts } = type.declaration;
    const bindings = this.argumentsOf(type, depth);
    const outer = facts.name.includes(".") ? facts.name.slice(0, facts.name.lastIndexOf(".")) : undefined;
    return facts.bases.flatMap(
      (base) => this.type(this.links.parseType(base), this.place(file, outer), bindings, depth + 1) ?? [],
    );
  }

  /** What the type parameters of a type stand for; one that was not given, for what it must be. */
  private argumentsOf(
    { declaration, arguments: given }: Extract<Type, { kind: "declared" }>,
    depth: number,
    names: readonly string[] = declaration.facts.typeParameters.map(({ name }) => name),
  ): Bindings {
    const { file, facts } = declaration;
    if (facts.typeParameters.length === 0) return noBindings;
    const bounds = facts.typeParameters.map(({ bound }, i) =>
      given[i] || bound === undefined || !this.links.structural
        ? given[i]
        : this.type(this.links.parseType(bound), this.place(file, undefined), noBindings, depth + 1),
    );
    return bindingsOf(names, bounds);
  }

  private constructors({ module, file, facts }: TypeDeclaration): readonly FunctionRef[] {
    const seen = new Set<object>();
    const queue: TypeDeclaration[] = [{ module, file, facts }];
    for (let type = queue.shift(); type; type = queue.shift()) {
      if (seen.has(type.facts)) continue;
      seen.add(type.facts);
      this.consultType(type);
      const name = this.links.constructorName ?? lastName(type.facts.name);
      const owner = type;
      const found = this.declarations
        .methods(type.module, type.facts.name, name)
        .filter((ref) => ref.file === owner.file && functionOf(ref).form === "constructor");
      if (found.length > 0) return found;
      if (this.links.implicitReceiver) return [];
      if (this.inheritsInOrder) {
        if (type.facts !== facts) continue;
        for (const base of this.ancestorsOf({ kind: "declared", declaration: type, arguments: [] }, 0))
          if (base.kind === "declared") queue.push(base.declaration);
        continue;
      }
      for (const base of this.basesOf({ kind: "declared", declaration: type, arguments: [] }, 0))
        if (base.kind === "declared") queue.push(base.declaration);
    }
    return [];
  }

  /** A type text of the catalog, seen from the entry it belongs to. */
  catalogType(
    text: string,
    owner: Extract<Type, { kind: "external" }>,
    depth: number,
    self: Type | undefined = owner,
    handed?: Type,
  ): Type | undefined {
    const parameters = this.catalog.entry(owner.module, owner.symbol)?.parameters ?? [];
    const bindings = new Map(bindingsOf(parameters, owner.arguments)).set("this", self).set(handedResult, handed);
    return this.catalogTypeIn(text, owner.module, bindings, depth);
  }

  private catalogTypeIn(text: string, module: string, bindings: Bindings, depth: number): Type | undefined {
    const named = (name: string) => {
      const place = this.catalogPlace(name, module);
      return place && externalType(place.module, place.symbol, []);
    };
    return this.typeOf(this.links.parseType(text), named, bindings, depth);
  }

  /** Where a name in a catalog text is: the module itself, one of those that need no import, or the module in front. */
  private catalogPlace(name: string, module: string): { module: string; symbol: string } | undefined {
    for (const candidate of [module, ...this.links.implicitModules])
      if (this.catalog.entry(candidate, name)) return { module: candidate, symbol: name };
    for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
      const prefix = name.slice(0, dot);
      if (this.catalog.hasModule(prefix)) return { module: prefix, symbol: name.slice(dot + 1) };
    }
    return name.includes(".") ? undefined : { module, symbol: name };
  }

  private external(module: string, symbol: string, receiver: Type | undefined): Entity {
    const entry = this.catalog.entry(module, symbol);
    return { kind: "external", module, symbol, ...(entry && { entry }), ...(receiver && { receiver }) };
  }

  // --- closures ---

  /** What a function that is handed to a call gets as its parameter, from what the callee says of it. */
  private closureParameter(file: FileSummary, index: number, parameter: number, depth: number): Type | undefined {
    // How another file hands its functions over is in its bodies, which no signature shows.
    const use = this.queries.isAsking(file) ? this.useOf(file, index) : undefined;
    if (!use) return undefined;
    const place = this.place(file, use.typeName);
    const callee = this.resolve(use.call.origin ?? use.call.callee, place, depth + 1, true);
    if (this.overloads && callee?.kind !== "external") {
      const closure = file.functions[index] as FunctionSummary;
      const given =
        callee && this.overloads.closureType(callee, use.argument, closure, use.call.arguments.length, depth);
      return given && this.overloads.closureParameter(given, parameter, depth + 1);
    }
    if (callee?.kind === "external") {
      const text = callee.entry?.callbackParameters?.[parameter];
      const isCallback =
        use.keyword === undefined
          ? positionOf(callee.entry?.callback, use.call.arguments.length) === use.argument
          : callee.entry?.keyword === use.keyword;
      return text === undefined || !isCallback ? undefined : this.catalogType(text, ownerOf(callee), depth);
    }
    if (callee?.kind !== "function") return undefined;
    for (const ref of callee.functions) {
      const fn = functionOf(ref);
      const last = fn.parameters.at(-1);
      const taking =
        use.keyword === undefined
          ? (fn.parameters[use.argument] ?? (last?.rest ? last : undefined))
          : fn.parameters.find((candidate) => candidate.name === use.keyword);
      if (!taking) continue;
      if (taking.type === undefined) continue;
      const owner = this.place(ref.file, fn.typeName);
      const bindings = this.receiverBindings(callee.receiver, fn);
      const type = this.type(this.links.parseType(taking.type), owner, bindings, depth + 1);
      const element = taking.rest && type ? this.elementType(type, "element", depth + 1) : undefined;
      const found = functionIn(element ?? type)?.parameters[parameter];
      if (found) return found;
    }
    return undefined;
  }

  private useOf(file: FileSummary, index: number) {
    let uses = this.closures.get(file);
    if (!uses) {
      uses = closureUses(file);
      this.closures.set(file, uses);
    }
    return uses.get(index);
  }
}

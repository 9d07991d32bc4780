import type { Segment } from "../accessPath";
import type { AccessPath, ConstantFacts, FieldFacts, ImportFacts } from "../facts";
import type { FileSummary } from "../fileSummary";
import type { Declaration } from "./declarations";
import {
  asValue,
  externalEntity,
  externalType,
  fileOf,
  isDeclaredIn,
  isGuess,
  isSameType,
  isWhole,
  maxNamesakes,
  noBindings,
} from "./entities";
import { type FileScope, readScope } from "./fileScope";
import type { EntityTable, Place } from "./place";
import type { Names, TypeSystem } from "./typeSystem";
import type { Entity, Type } from "./types";

/** Names that are handed on are followed over so many modules. */
const maxHandedOn = 3;

/** A collection of more types than these says too little about what is in it. */
const maxHeldTypes = 3;

/** What names mean in files and modules: declarations, imports, names that are handed on. */
export class NameLookup implements Names {
  private readonly modules = new Map<string, EntityTable>();

  constructor(private readonly system: TypeSystem) {}

  /** What a plain name means in a file. */
  name(name: string, place: Place, depth: number, next?: Segment): Entity | undefined {
    if (this.system.queries.isTooDeep(depth)) return undefined;
    const { implicitReceiver } = this.system.links;
    const owner = implicitReceiver ? place : this.system.places.of(place.file, undefined);
    owner.names ??= new Map();
    owner.callees ??= new Map();
    const table = implicitReceiver && next?.kind === "call" ? owner.callees : owner.names;
    const known = table.get(name);
    if (this.system.queries.recall(known, depth)) return known.value;
    return this.system.queries.find(table, name, depth, () => this.findName(name, place, depth, next));
  }

  private findName(name: string, place: Place, depth: number, next?: Segment): Entity | undefined {
    const { file, module } = place;
    /** A member of a type outside the workspace that nothing is known of: what the name means if nothing else does. */
    let guess: Entity | undefined;
    if (this.system.links.implicitReceiver && place.typeName) {
      for (let owner = place.typeName; owner; owner = owner.slice(0, Math.max(0, owner.lastIndexOf(".")))) {
        const type = this.system.types.declaredType(module, owner, file, depth);
        const member = type && this.system.members.memberOfType(type, name, depth + 1, undefined, next);
        if (member && !isGuess(member)) return member;
        // What is not called is rather a name of several parts than something inherited.
        if (next?.kind === "call") guess ??= member;
      }
    }
    const scope = this.scopeOf(file);
    const own = this.memberOfModule(module, name, depth, file);
    const isShadowed =
      scope.imports.has(name) &&
      (own?.kind === "module" || (this.system.links.classes && own?.kind === "type" && !isDeclaredIn(own.type, file)));
    if (own && !isShadowed) return own;
    for (const imported of scope.imports.get(name) ?? []) {
      const found = this.imported(imported, depth, next);
      if (found && !(guess && isGuess(found))) return found;
    }
    for (const wildcard of scope.wildcards) {
      const found = this.wildcard(wildcard, name, depth, next);
      if (found && !(this.system.links.classes && isGuess(found))) return found;
      guess ??= found;
    }
    for (const implicit of this.system.links.implicitModules) {
      const found = this.memberOfModule(implicit, name, depth, file, true);
      if (found) return found;
    }
    return guess;
  }

  dottedModule(name: string, { file }: Place): Entity | undefined {
    const imported = this.scopeOf(file).imports.get(name)?.[0];
    if (imported) return this.imported(imported, 0);
    this.system.queries.consult(`m:${name}`);
    if (this.system.declarations.hasModule(name)) return { kind: "module", module: name };
    return this.system.links.classes ? this.qualifiedType(name, file) : undefined;
  }

  /** A type named with its package in front. */
  private qualifiedType(name: string, file: FileSummary): Entity | undefined {
    if (!/^[a-z].*\.[A-Z][^.]*$/.test(name)) return undefined;
    const { module, member } = this.system.links.resolveImport({ module: name }, file);
    const isPackage =
      module.includes(".") || this.system.declarations.hasModule(module) || this.system.catalog.hasModule(module);
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
      else entity = this.system.members.member(entity, name, i === names.length - 1 ? next : undefined, depth + 1);
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
    return owner && this.system.members.member(owner, name, next, depth + 1);
  }

  /**
   * @param file the file asking: its own declarations come before those of its module's other files
   * @param ifKnown for a module outside the workspace: only what the catalog knows
   * @param asksOn whether the modules that it hands on are asked, too
   */
  memberOfModule(
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
    if (this.system.queries.recall(known, depth)) return known.value;
    return this.system.queries.find(table, name, depth, () =>
      this.findInModule(module, name, depth, file, ifKnown, asksOn),
    );
  }

  private findInModule(
    module: string,
    name: string,
    depth: number,
    file: FileSummary | undefined,
    ifKnown: boolean,
    asksOn: boolean,
  ): Entity | undefined {
    if (this.system.queries.isTooDeep(depth)) return undefined;
    this.system.queries.consultName(module, name);
    const declared = this.system.declarations.named(module, name);
    const found = this.declared(declared, depth, file);
    if (found) return found;
    this.system.queries.consult(`m:${module}`);
    const isOurs = this.system.declarations.hasModule(module);
    if (isOurs && asksOn) {
      const handedOn = this.handedOn(module, name, depth);
      if (handedOn) return handedOn;
    }
    if (file && !ifKnown) return undefined;
    const below = `${module}.${name}`;
    this.system.queries.consult(`m:${below}`);
    if (this.system.declarations.hasModule(below) || this.system.declarations.hasModuleBelow(below))
      return { kind: "module", module: below };
    if (isOurs) return this.throughDefault(module, name, depth);
    if (this.system.declarations.hasModuleBelow(module)) return undefined;
    const entry = this.system.catalog.entry(module, name);
    if (!entry && this.system.catalog.hasModule(below)) return { kind: "module", module: below };
    if (ifKnown && !entry) return undefined;
    return externalEntity(this.system.catalog, module, name, undefined);
  }

  /** What a CommonJS module exports is its default and its members at once, and others import it in either way. */
  private throughDefault(module: string, name: string, depth: number): Entity | undefined {
    const { defaultExport } = this.system.links;
    if (defaultExport === undefined) return undefined;
    if (name === defaultExport) return { kind: "module", module };
    const main = this.mainOf(module, depth);
    return main && main.kind !== "module" ? this.system.members.member(main, name, undefined, depth + 1) : undefined;
  }

  /** `export * from "./x"`, `from .x import *`: the nearest module that has the name, each asked once. */
  private handedOn(module: string, name: string, depth: number): Entity | undefined {
    const modules = new Set([module]);
    for (const handing of modules) {
      this.system.queries.consultName(handing, "*");
      for (const { kind, ...rest } of this.system.declarations.named(handing, "*")) {
        if (kind !== "import") continue;
        const { file, imported } = rest as { file: FileSummary; imported: ImportFacts };
        this.system.queries.consult(`i:${file.path}`);
        const target = this.system.links.resolveImport(imported, file);
        if (isWhole(target.member) && modules.has(target.module)) continue;
        const found = this.wildcard(target, name, depth + 1, undefined, false);
        if (found) return found;
        if (isWhole(target.member)) modules.add(target.module);
      }
    }
    return undefined;
  }

  declared(declarations: readonly Declaration[], depth: number, asking?: FileSummary): Entity | undefined {
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
          ? this.variable(declaration.variable, this.system.places.of(declaration.file, undefined), depth + 1)
          : declaration.kind === "import"
            ? this.reexport(declaration, depth)
            : declaration.kind === "export"
              ? this.name(declaration.localName, this.system.places.of(declaration.file, undefined), depth + 1)
              : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private reexport({ file, imported }: Extract<Declaration, { kind: "import" }>, depth: number): Entity | undefined {
    this.system.queries.consult(`i:${file.path}`);
    return this.imported(this.system.links.resolveImport(imported, file), depth + 1);
  }

  variable(
    variable: ConstantFacts | FieldFacts,
    place: Place,
    depth: number,
    bindings = noBindings,
  ): Entity | undefined {
    const path = variable.origin ?? ("given" in variable ? variable.given : undefined);
    const found = variable.type
      ? asValue(this.system.types.type(this.system.links.parseType(variable.type), place, bindings, depth))
      : path
        ? this.system.resolve(path, place, depth + 1)
        : undefined;
    if (!variable.elements) return found;
    // An object without a type that is given elements by key is a table: `{}` of JavaScript.
    const isTable = !variable.type && !path;
    const collection = found?.kind === "value" ? found.type : isTable ? externalType("builtin", "map", []) : undefined;
    return (collection && asValue(this.holding(collection, variable.elements, place, depth))) ?? found;
  }

  /** A collection whose type does not say of what it is, with the types of what is put into it. */
  private holding(collection: Type, elements: readonly AccessPath[], place: Place, depth: number): Type | undefined {
    if (collection.kind !== "external" || collection.arguments.some(Boolean)) return undefined;
    const { parameters = [] } = this.system.catalog.entry(collection.module, collection.symbol) ?? {};
    const members: Type[] = [];
    for (const path of elements) {
      const held = this.system.resolve(path, place, depth + 1);
      if (held?.kind !== "value" || members.some((known) => isSameType(known, held.type))) continue;
      if (members.push(held.type) > maxHeldTypes) return undefined;
    }
    const [first] = members;
    const held: Type | undefined = members.length > 1 ? { kind: "union", members } : first;
    return (
      held && { ...collection, arguments: parameters.map((_, i) => (i === parameters.length - 1 ? held : undefined)) }
    );
  }

  /** The variable of another module that a name of a file is imported for: `module.variable`. */
  importedVariable(name: string, { file }: Place): string | undefined {
    for (const { module, member } of this.scopeOf(file).imports.get(name) ?? []) {
      const found = isWhole(member) ? undefined : this.variableOf(module, member);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A variable of a module, or of one that it has the name from. */
  variableOf(module: string, name: string, hops = 0): string | undefined {
    this.system.queries.consultName(module, name);
    const declared = this.system.declarations.named(module, name);
    if (declared.some(({ kind }) => kind === "variable")) return `${module}.${name}`;
    if (hops >= maxHandedOn) return undefined;
    for (const one of declared) {
      if (one.kind !== "import") continue;
      this.system.queries.consult(`i:${one.file.path}`);
      const from = this.system.links.resolveImport(one.imported, one.file);
      const found = isWhole(from.member) ? undefined : this.variableOf(from.module, from.member, hops + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  scopeOf(file: FileSummary): FileScope {
    const table = this.system.places.of(file, undefined).scope;
    const known = table.get("scope");
    if (this.system.queries.recall(known, 0)) return known.value;
    return this.system.queries.find(table, "scope", 0, () => {
      const scope = readScope(file, this.system.links, this.system.declarations);
      this.system.queries.consult(`i:${file.path}`);
      for (const module of scope.packages) this.system.queries.consult(`m:${module}`);
      return scope;
    });
  }

  /** What a module stands for when it is used as a value or a type itself: its default export. */
  mainOf(module: string, depth: number): Entity | undefined {
    const { defaultExport } = this.system.links;
    return defaultExport === undefined ? undefined : this.memberOfModule(module, defaultExport, depth + 1);
  }

  /** The longest imported module that a path starts with: `import a.b.c` binds no name but `a`. */
  dottedImport(
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
}

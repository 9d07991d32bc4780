import type { Segment } from "../accessPath";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { isNamedForTests } from "../testSupport";
import {
  asValue,
  type Bindings,
  distinct,
  externalEntity,
  isGuess,
  isProperty,
  maxNamesakes,
  ofKind,
} from "./entities";
import { MethodSets } from "./methodSets";
import type { Overloads } from "./overloads";
import { lastName } from "./typeExpression";
import type { DeclaredType, Members, TypeSystem } from "./typeSystem";
import { type Entity, type FunctionRef, functionOf, type Type, type TypeDeclaration } from "./types";

/** An interface with more implementers says too little about what is called. */
const maxImplementers = 5;

/** With more than these, not even that one of them is called says anything. */
const maxAlternatives = 60;

/** Members of types and of values of them: a type's own, inherited ones, those of its implementers and of libraries. */
export class MemberLookup implements Members {
  private readonly methodSets: MethodSets | undefined;
  private readonly protocols: MethodSets | undefined;

  constructor(
    private readonly system: TypeSystem,
    private readonly overloads: Overloads | undefined,
  ) {
    this.methodSets = system.links.structural ? new MethodSets(system) : undefined;
    this.protocols = system.links.protocols ? new MethodSets(system) : undefined;
  }

  member(entity: Entity, name: string, next: Segment | undefined, depth: number): Entity | undefined {
    switch (entity.kind) {
      case "module":
        return this.system.names.memberOfModule(entity.module, name, depth);
      case "type":
      case "value": {
        const ofType = entity.kind === "type" ? this.memberOfEveryType(entity.type, name, depth) : undefined;
        if (ofType) return ofType;
        if (name === this.system.links.typeMember && entity.kind === "value")
          return { kind: "type", type: entity.type };
        const found = this.memberOfType(entity.type, name, depth, undefined, next);
        if (found?.kind !== "function") return found;
        const fitting = this.overloads ? found : ofKind(found, entity.kind === "type");
        return next?.kind === "call" ? fitting : (this.property(fitting, depth) ?? fitting);
      }
      case "external": {
        const type = this.system.results.externalValueType(entity, depth);
        if (type) return this.memberOfType(type, name, depth, undefined, next);
        return externalEntity(this.system.catalog, entity.module, `${entity.symbol}.${name}`, entity.receiver);
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
      const place = this.system.places.of((ref as FunctionRef).file, undefined);
      const entity = decorator === undefined ? undefined : this.system.resolve(decorator, place, depth + 1);
      if (entity?.kind !== "external" || entity.entry?.returns === undefined) continue;
      const made = this.system.results.externalResult(entity, depth);
      if (made?.kind === "value") return this.memberOfType(made.type, name, depth + 1);
    }
    return undefined;
  }

  /** What reading a property gives; `undefined` for a method that is not one. */
  private property(entity: Extract<Entity, { kind: "function" }>, depth: number): Entity | undefined {
    const getters = entity.functions.filter((ref) => isProperty(functionOf(ref)));
    return getters.length > 0 ? this.system.results.result({ ...entity, functions: getters }, depth) : undefined;
  }

  /** What the language itself gives every type: Java's `Outer.this`, `T.class`. */
  private memberOfEveryType(type: Type, name: string, depth: number): Entity | undefined {
    const text = this.system.links.classes?.typeMembers.get(name);
    if (text === undefined) return undefined;
    if (text === "this") return asValue(type);
    if (text !== "super") return asValue(this.system.types.catalogTypeIn(text, "", new Map([["this", type]]), depth));
    const isInterface = type.kind === "declared" && type.declaration.facts.form === "interface";
    return asValue(type.kind === "declared" && !isInterface ? this.system.types.basesOf(type, depth)[0] : type);
  }

  /** A member of a type or of a value of that type. */
  memberOfType(
    type: Type,
    name: string,
    depth: number,
    seen: Set<unknown> | undefined = undefined,
    next?: Segment,
  ): Entity | undefined {
    if (this.system.queries.isTooDeep(depth)) return undefined;
    switch (type.kind) {
      case "declared": {
        if (type.arguments.length > 0 || type.above || (seen && !this.overloads))
          return this.findMember(type, name, depth, seen, next);
        const tables = this.system.places.typeTables(type.declaration.facts);
        tables.members ??= new Map();
        if (this.overloads) tables.callees ??= new Map();
        const table = (next?.kind === "call" && tables.callees) || tables.members;
        const known = table.get(name);
        if (this.system.queries.recall(known, depth)) return known.value;
        return this.system.queries.find(table, name, depth, () => this.findMember(type, name, depth, seen, next));
      }
      case "external": {
        const found = this.memberOfExternal(type, name, depth, seen ?? new Set());
        const isUnknown = found?.kind === "external" && !found.entry && !seen;
        return (isUnknown && this.memberOfImplementer(type, name, depth, next)) || found;
      }
      case "union":
        return this.memberOfUnion(type, name, depth, seen ?? new Set(), next);
      default:
        return undefined;
    }
  }

  private findMember(
    type: DeclaredType,
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

  private memberOfDeclared(type: DeclaredType, name: string, depth: number, seen: Set<unknown>): Entity | undefined {
    if (seen.has(type.declaration.facts)) return undefined;
    seen.add(type.declaration.facts);
    const own = type.above ? undefined : this.memberOfItself(type, name, depth);
    if (own) return own;
    let guess: Entity | undefined;
    const asked = this.askedByOuter(type, name, depth);
    if (asked) return asked;
    for (const base of this.system.inheritsInOrder
      ? this.system.types.ancestorsOf(type, depth)
      : this.system.types.basesOf(type, depth)) {
      const inherited =
        base.kind === "declared" && this.system.inheritsInOrder
          ? this.memberOfItself(base, name, depth + 1)
          : this.memberOfType(base, name, depth + 1, seen);
      if (!inherited) continue;
      const isMember = inherited.kind === "external" || inherited.kind === "function";
      const found = isMember ? { ...inherited, self: type.above ? { ...type, above: false } : type } : inherited;
      if (!isGuess(found) || !this.system.inheritsInOrder) return found;
      guess ??= found;
    }
    const { anyMember } = this.system.links;
    if (guess || anyMember === undefined || name === anyMember || name.startsWith("__")) return guess;
    const made = this.memberOfDeclared(type, anyMember, depth + 1, new Set());
    return made?.kind === "function" ? this.system.results.resultOf(made, depth + 1) : undefined;
  }

  private memberOfItself(type: DeclaredType, name: string, depth: number): Entity | undefined {
    const { module, file, facts } = type.declaration;
    this.system.queries.consultType(type.declaration);
    const bindings = this.system.types.argumentsOf(type, depth);
    const place = this.system.places.of(file, facts.name);
    const field = facts.fields.find((candidate) => candidate.name === name);
    const methods = this.system.declarations
      .methods(module, facts.name, name)
      .filter(({ file: owner }) => this.system.links.sharesModule || owner === file)
      .slice(-maxNamesakes);
    // A method may be replaced in some object; what is declared is the method.
    const isSet = field?.origin ?? field?.given ?? field?.elements;
    const isField = field?.type || (isSet && (methods.length === 0 || !this.system.inheritsInOrder));
    if (field && isField) return this.system.names.variable(field, place, depth + 1, bindings);
    if (methods.length > 0) return this.virtual(type, name, methods);
    if (facts.methods.some((method) => method.name === name)) return this.bodiless(type, name, bindings, depth);
    this.system.queries.consultName(module, `${facts.name}.${name}`);
    return this.system.names.declared(this.system.declarations.named(module, `${facts.name}.${name}`), depth, file);
  }

  /** A method with a body, and those that may run in its place. */
  private virtual(type: DeclaredType, name: string, methods: readonly FunctionRef[]): Entity {
    const isAbstract = methods.every((ref) => functionOf(ref).modifiers.includes("abstract"));
    if (!isAbstract) return { kind: "function", functions: methods, receiver: type, dynamic: false };
    const implementers = this.implementations(type.declaration, name);
    const functions = implementers.length > 0 && implementers.length <= maxImplementers ? implementers : methods;
    // A method of Python that does nothing may also be all there is of it.
    return { kind: "function", functions, receiver: type, dynamic: !this.protocols || implementers.length > 0 };
  }

  /** A method that an interface has from one inside it: those that implement the outer one may run, which are fewer. */
  private askedByOuter(type: DeclaredType, name: string, depth: number): Entity | undefined {
    const { declaration } = type;
    if (declaration.facts.form !== "interface" || !this.methodSets?.asksFor(declaration, name)) return undefined;
    const implementers = this.implementations(declaration, name);
    if (implementers.length > 0 && implementers.length <= maxImplementers)
      return { kind: "function", functions: implementers, receiver: type, dynamic: true };
    const library = implementers.length === 0 ? this.methodSets.libraryBehind(declaration, name) : undefined;
    return library && this.memberOfExternal(library, name, depth, new Set());
  }

  /** A method that an interface only names. */
  private bodiless(type: DeclaredType, name: string, bindings: Bindings, depth: number): Entity | undefined {
    const implementers = this.implementations(type.declaration, name);
    if (implementers.length > 0 && implementers.length <= maxImplementers)
      return { kind: "function", functions: implementers, receiver: type, dynamic: true };
    const { facts, file, module } = type.declaration;
    const results = facts.methods.find((method) => method.name === name)?.results;
    if (!results) return undefined;
    const library = implementers.length === 0 ? this.methodSets?.libraryBehind(type.declaration, name) : undefined;
    if (library) return this.memberOfExternal(library, name, depth, new Set());
    const types = results.map((text) =>
      this.system.types.type(
        this.system.links.parseType(text),
        this.system.places.of(file, facts.name),
        bindings,
        depth + 1,
      ),
    );
    const returns: Type = { kind: "function", parameters: [], results: types };
    return {
      kind: "external",
      module,
      symbol: `${facts.name}.${name}`,
      receiver: returns,
      ...(implementers.length > 0 && implementers.length <= maxAlternatives && { alternatives: implementers }),
    };
  }

  private implementations(interfaceType: TypeDeclaration, name: string): FunctionRef[] {
    const meant = this.allImplementations(interfaceType, name).filter(({ file }) => this.canMean(file));
    if (this.system.queries.isAskedByTest()) return meant;
    const real = meant.filter(({ file }) => !isNamedForTests(file.path));
    return real.length > 0 ? real : meant;
  }

  /** What tests put in the place of the real thing is not what other code calls. */
  private canMean({ isTest }: FileSummary): boolean {
    return !isTest || this.system.queries.isAskedByTest();
  }

  isImplementedBy(interfaceType: TypeDeclaration, type: TypeDeclaration): boolean {
    return this.methodSets?.isImplementedBy(interfaceType, type) ?? false;
  }

  private allImplementations(interfaceType: TypeDeclaration, name: string): FunctionRef[] {
    if (this.methodSets) return this.methodSets.implementations(interfaceType, name);
    const named = this.subtypes(interfaceType).flatMap(({ module, file, facts }) =>
      this.system.declarations
        .methods(module, facts.name, name)
        .filter(
          (ref) =>
            (this.system.links.sharesModule || ref.file === file) && !functionOf(ref).modifiers.includes("abstract"),
        ),
    );
    return named.length > 0 || interfaceType.facts.form !== "interface" ? named : this.fitting(interfaceType, name);
  }

  /** The methods of types that have what a protocol asks for, and do not name it. */
  private fitting(protocol: TypeDeclaration, name: string): FunctionRef[] {
    const found = this.protocols?.implementations(protocol, name) ?? [];
    if (protocol.facts.methods.length > 1) return found;
    // By a single name a type would be found that only happens to have it.
    const { module, facts } = protocol;
    const [wanted] = this.system.declarations.methods(module, facts.name, name);
    const meant = found.filter(({ file }) => this.canMean(file));
    return wanted && meant.every((ref) => takesTheSame(functionOf(ref), functionOf(wanted))) ? meant : [];
  }

  subtypes(base: TypeDeclaration): TypeDeclaration[] {
    const found = new Map<object, TypeDeclaration>();
    const queue = [base];
    for (let type = queue.pop(); type && found.size <= maxImplementers * 4; type = queue.pop()) {
      const name = lastName(type.facts.name);
      this.system.queries.consult(`b:${name}`);
      for (const candidate of this.system.declarations.typesNamingBase(name)) {
        if (found.has(candidate.facts)) continue;
        const derives = this.system.types
          .basesOf({ kind: "declared", declaration: candidate, arguments: [] }, 0)
          .some((parent) => parent.kind === "declared" && parent.declaration.facts === type?.facts);
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
    const entry = this.system.catalog.entry(type.module, symbol);
    if (entry) return { kind: "external", module: type.module, symbol, entry, receiver: type };
    const own = this.system.catalog.entry(type.module, type.symbol);
    const fieldType = own?.fields && Object.hasOwn(own.fields, name) ? own.fields[name] : undefined;
    if (fieldType) return asValue(this.system.types.catalogType(fieldType, type, depth));
    for (const base of own?.bases ?? []) {
      const parent = this.system.types.catalogType(base, type, depth);
      const inherited = parent && this.memberOfType(parent, name, depth + 1, seen);
      if (inherited?.kind === "external" && inherited.entry) return { ...inherited, self: type };
      if (inherited && inherited.kind !== "external") return inherited;
    }
    const waited = this.system.links.unwraps.includes(type.symbol) ? type.arguments[0] : undefined;
    if (waited) return this.memberOfType(waited, name, depth + 1, seen);
    const anyOther = name.startsWith("_") ? undefined : own?.fields?.["*"];
    if (anyOther) return asValue(this.system.types.catalogType(anyOther, type, depth));
    return { kind: "external", module: type.module, symbol, receiver: type };
  }

  /** A method of the only class that implements an interface of which nothing else is known: it is most often meant. */
  private memberOfImplementer(
    { module, symbol }: Extract<Type, { kind: "external" }>,
    name: string,
    depth: number,
    next: Segment | undefined,
  ): Entity | undefined {
    const mayOnlyFit = this.methodSets ?? this.protocols;
    if (mayOnlyFit || this.system.catalog.entry(module, symbol)) return undefined;
    const ofInterface = lastName(symbol);
    this.system.queries.consult(`b:${ofInterface}`);
    const [declaration, ...others] = this.system.declarations
      .typesNamingBase(ofInterface)
      .filter(
        ({ file, facts: { form, extended } }) =>
          form !== "interface" && (!extended || lastName(extended) !== ofInterface) && this.canMean(file),
      );
    if (!declaration || others.length > 0) return undefined;
    const type: DeclaredType = { kind: "declared", declaration, arguments: [] };
    const isMeant = this.system.types
      .basesOf(type, depth)
      .some((base) => base.kind === "external" && base.module === module && base.symbol === symbol);
    const found = isMeant ? this.memberOfType(type, name, depth + 1, undefined, next) : undefined;
    return found?.kind === "function" ? { ...found, dynamic: true } : undefined;
  }

  constructors({ module, file, facts }: TypeDeclaration): readonly FunctionRef[] {
    const seen = new Set<object>();
    const queue: TypeDeclaration[] = [{ module, file, facts }];
    for (let type = queue.shift(); type; type = queue.shift()) {
      if (seen.has(type.facts)) continue;
      seen.add(type.facts);
      this.system.queries.consultType(type);
      const name = this.system.links.constructorName ?? lastName(type.facts.name);
      const owner = type;
      const found = this.system.declarations
        .methods(type.module, type.facts.name, name)
        .filter((ref) => ref.file === owner.file && functionOf(ref).form === "constructor");
      if (found.length > 0) return found;
      if (this.system.links.implicitReceiver) return [];
      if (this.system.inheritsInOrder) {
        if (type.facts !== facts) continue;
        for (const base of this.system.types.ancestorsOf({ kind: "declared", declaration: type, arguments: [] }, 0))
          if (base.kind === "declared") queue.push(base.declaration);
        continue;
      }
      for (const base of this.system.types.basesOf({ kind: "declared", declaration: type, arguments: [] }, 0))
        if (base.kind === "declared") queue.push(base.declaration);
    }
    return [];
  }

  /** What runs when a value of a type is called. */
  callOf(type: Type, depth: number): Entity | undefined {
    if (type.kind === "declared") {
      const call = this.memberOfType(type, "__call__", depth + 1);
      return call?.kind === "external" && !call.entry ? undefined : call;
    }
    const entry =
      type.kind === "external" ? this.system.catalog.entry(type.module, `${type.symbol}.__call__`) : undefined;
    return entry && type.kind === "external"
      ? { kind: "external", module: type.module, symbol: `${type.symbol}.__call__`, entry, receiver: type }
      : undefined;
  }
}

/** Whether a method may be called as another one: what it takes has the same names and, as far as is said, types. */
function takesTheSame(own: FunctionSummary, wanted: FunctionSummary): boolean {
  const sayTheSame = (a: string | undefined, b: string | undefined) => !a || !b || lastName(a) === lastName(b);
  return (
    own.modifiers.includes("async") === wanted.modifiers.includes("async") &&
    own.parameters.length === wanted.parameters.length &&
    own.parameters.every(({ name, type }, i) => {
      const other = wanted.parameters[i];
      return name === other?.name && sayTheSame(type, other.type);
    }) &&
    sayTheSame(own.results[0], wanted.results[0])
  );
}

import type { TypeFacts } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import {
  type Bindings,
  bindingsOf,
  externalType,
  handedResult,
  isDeclaredIn,
  isSameType,
  noBindings,
} from "./entities";
import type { Place, TypeTables } from "./place";
import { maxDepth } from "./queryCache";
import type { TypeExpression } from "./typeExpression";
import type { DeclaredType, TypeSystem, Types } from "./typeSystem";
import type { Entity, Type } from "./types";

const maxAncestors = 200;

const noTypes: readonly Type[] = [];

/** What type expressions mean: named types, aliases, type arguments, what types extend, texts of the catalog. */
export class TypeLookup implements Types {
  /** Aliases being followed: `type F func() F` would never end. */
  private readonly openAliases = new Set<object>();

  constructor(private readonly system: TypeSystem) {}

  type(expression: TypeExpression, place: Place, bindings: Bindings, depth: number): Type | undefined {
    if (expression.kind === "name" && expression.arguments.length === 0 && bindings.size === 0)
      return this.system.queries.isTooDeep(depth) ? undefined : this.typeNamed(expression.name, place, depth);
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
    if (this.system.queries.isTooDeep(depth)) return undefined;
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
  typeNamed(name: string, place: Place, depth: number): Type | undefined {
    if (this.system.queries.isTooDeep(depth)) return undefined;
    place.types ??= new Map();
    const table = place.types;
    const known = table.get(name);
    if (this.system.queries.recall(known, depth)) return known.value;
    return this.system.queries.find(table, name, depth, () => this.findType(name, place, depth));
  }

  private findType(name: string, place: Place, depth: number): Type | undefined {
    const { file, module } = place;
    // A nested type is named from inside its outer type.
    for (let owner = place.typeName ?? ""; owner; owner = owner.slice(0, Math.max(0, owner.lastIndexOf(".")))) {
      const nested = this.declaredType(module, `${owner}.${name}`, file, depth);
      if (nested) return nested;
    }
    const own = this.declaredType(module, name, file, depth);
    const isShadowed =
      own && this.system.links.classes && !isDeclaredIn(own, file) && this.system.names.scopeOf(file).imports.has(name);
    if (own && !isShadowed) return own;
    if (this.system.links.classes) {
      const bound = this.boundOf(name, place, depth);
      if (bound) return bound.type;
    }
    const [first, ...rest] = name.split(".");
    let entity = this.system.names.name(
      first as string,
      this.system.places.of(file, this.system.links.implicitReceiver ? place.typeName : undefined),
      depth + 1,
    );
    if (!entity && rest.length > 0) {
      let dotted = first as string;
      while (!entity && rest.length > (this.system.links.classes ? 0 : 1)) {
        dotted += `.${rest.shift()}`;
        entity = this.system.names.dottedModule(dotted, place);
      }
    }
    for (const part of rest) entity = entity && this.system.members.member(entity, part, undefined, depth + 1);
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
            : this.type(this.system.links.parseType(bound), this.system.places.of(file, owner), noBindings, depth + 1),
      };
    }
    return undefined;
  }

  private asType(entity: Entity, depth: number): Type | undefined {
    if (entity.kind === "type") return this.throughAlias(entity.type, depth);
    if (entity.kind === "external") return externalType(entity.module, entity.symbol, []);
    const main = entity.kind === "module" ? this.system.names.mainOf(entity.module, depth) : undefined;
    return main && main.kind !== "module" ? this.asType(main, depth + 1) : undefined;
  }

  declaredType(module: string, name: string, file: FileSummary, depth: number): Type | undefined {
    this.system.queries.consultName(module, name);
    const found = this.system.declarations.named(module, name).filter((declaration) => declaration.kind === "type");
    const declaration = found.find(({ type }) => type.file === file) ?? found[0];
    return declaration && this.throughAlias({ kind: "declared", declaration: declaration.type, arguments: [] }, depth);
  }

  /** TypeScript and Python aliases are their targets; a Go alias of a named type has methods of its own too. */
  private throughAlias(type: Type, depth: number): Type {
    if (type.kind !== "declared" || type.declaration.facts.form !== "alias") return type;
    const { file, facts, module } = type.declaration;
    const [target] = facts.bases;
    const isOwnType =
      facts.methods.length > 0 || [...this.system.declarations.methodNames(module, facts.name)].length > 0;
    if (target === undefined || isOwnType) return type;
    if (this.system.queries.isTooDeep(depth)) return type;
    if (this.openAliases.has(facts)) {
      this.system.queries.cut();
      return type;
    }
    this.system.queries.consultType(type.declaration);
    this.openAliases.add(facts);
    try {
      return (
        this.type(this.system.links.parseType(target), this.system.places.of(file, undefined), noBindings, depth + 1) ??
        type
      );
    } finally {
      this.openAliases.delete(facts);
    }
  }

  private listsOf(facts: TypeFacts): NonNullable<TypeTables["lists"]> {
    const tables = this.system.places.typeTables(facts);
    tables.lists ??= new Map();
    return tables.lists;
  }

  basesOf(type: DeclaredType, depth: number): readonly Type[] {
    const { facts } = type.declaration;
    if (facts.bases.length === 0) return noTypes;
    if (type.arguments.length > 0) return this.findBases(type, depth);
    return this.system.queries.answer(this.listsOf(facts), "bases", depth, () => this.findBases(type, depth));
  }

  private findBases(type: DeclaredType, depth: number): readonly Type[] {
    const { file, facts } = type.declaration;
    const bindings = this.argumentsOf(type, depth);
    const outer = facts.name.includes(".") ? facts.name.slice(0, facts.name.lastIndexOf(".")) : undefined;
    return facts.bases.flatMap(
      (base) =>
        this.type(this.system.links.parseType(base), this.system.places.of(file, outer), bindings, depth + 1) ?? [],
    );
  }

  /** What a type extends, directly or not, in the order in which members are looked for. */
  ancestorsOf(type: DeclaredType, depth: number): readonly Type[] {
    const { facts } = type.declaration;
    if (facts.bases.length === 0) return noTypes;
    if (type.arguments.length > 0) return this.findAncestors(type, depth);
    return this.system.queries.answer(this.listsOf(facts), "ancestors", depth, () => this.findAncestors(type, depth));
  }

  private findAncestors(type: DeclaredType, depth: number): readonly Type[] {
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

  /** What the type parameters of a type stand for; one that was not given, for what it must be. */
  argumentsOf(
    { declaration, arguments: given }: DeclaredType,
    depth: number,
    names: readonly string[] = declaration.facts.typeParameters.map(({ name }) => name),
  ): Bindings {
    const { file, facts } = declaration;
    if (facts.typeParameters.length === 0) return noBindings;
    const bounds = facts.typeParameters.map(({ bound }, i) =>
      given[i] || bound === undefined || !this.system.links.structural
        ? given[i]
        : this.type(this.system.links.parseType(bound), this.system.places.of(file, undefined), noBindings, depth + 1),
    );
    return bindingsOf(names, bounds);
  }

  /** Type parameters by their arguments, or by their bounds where no argument is given. */
  argumentsOrBounds(type: DeclaredType, depth: number): Bindings {
    const { file, facts } = type.declaration;
    const bound = new Map<string, Type | undefined>();
    facts.typeParameters.forEach((parameter, i) => {
      const given =
        type.arguments[i] ??
        (parameter.bound
          ? this.type(
              this.system.links.parseType(parameter.bound),
              this.system.places.of(file, facts.name),
              new Map(bound),
              depth + 1,
            )
          : undefined);
      bound.set(parameter.name, given);
    });
    return bound;
  }

  receiverBindings(receiver: Type | undefined, fn: FunctionSummary): Bindings {
    if (receiver?.kind !== "declared" || receiver.declaration.facts.name !== fn.typeName) return noBindings;
    if (this.system.links.classes) return this.argumentsOrBounds(receiver, 0);
    return this.argumentsOf(receiver, 0, fn.receiver?.typeParameters);
  }

  /** A type text of the catalog, seen from the entry it belongs to. */
  catalogType(
    text: string,
    owner: Extract<Type, { kind: "external" }>,
    depth: number,
    self: Type | undefined = owner,
    handed?: Type,
  ): Type | undefined {
    const parameters = this.system.catalog.entry(owner.module, owner.symbol)?.parameters ?? [];
    const bindings = new Map(bindingsOf(parameters, owner.arguments)).set("this", self).set(handedResult, handed);
    return this.catalogTypeIn(text, owner.module, bindings, depth);
  }

  catalogTypeIn(text: string, module: string, bindings: Bindings, depth: number): Type | undefined {
    const named = (name: string) => {
      const place = this.catalogPlace(name, module);
      return place && externalType(place.module, place.symbol, []);
    };
    return this.typeOf(this.system.links.parseType(text), named, bindings, depth);
  }

  /** Where a name in a catalog text is: the module itself, one of those that need no import, or the module in front. */
  private catalogPlace(name: string, module: string): { module: string; symbol: string } | undefined {
    for (const candidate of [module, ...this.system.links.implicitModules])
      if (this.system.catalog.entry(candidate, name)) return { module: candidate, symbol: name };
    for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
      const prefix = name.slice(0, dot);
      if (this.system.catalog.hasModule(prefix)) return { module: prefix, symbol: name.slice(dot + 1) };
    }
    return name.includes(".") ? undefined : { module, symbol: name };
  }
}

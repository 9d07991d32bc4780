import { type CatalogEntry, positionOf } from "../../catalog/catalog";
import type { AccessPath } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { closureUses } from "./closureUses";
import {
  asValue,
  type Bindings,
  externalType,
  functionIn,
  handedFunction,
  handedResult,
  isSameType,
  isType,
  noBindings,
  ownerOf,
  promised,
  promisedFunction,
  results,
} from "./entities";
import type { FunctionalTypes } from "./functionalTypes";
import type { Place } from "./place";
import type { Memo } from "./queryCache";
import type { TypeExpression } from "./typeExpression";
import type { Results, TypeSystem } from "./typeSystem";
import { type Entity, functionOf, type Type } from "./types";

/** What comes out of calls, containers and several values at once, and what goes into functions that are handed over. */
export class ResultLookup implements Results {
  private readonly closures = new WeakMap<FileSummary, ReturnType<typeof closureUses>>();
  /** By what lookups have handed out, which an edit may replace. */
  private readonly resultsOfFunctions = new WeakMap<Entity, Memo<Entity | undefined>>();

  constructor(
    private readonly system: TypeSystem,
    private readonly functional: FunctionalTypes | undefined,
  ) {}

  result(entity: Entity, depth: number): Entity | undefined {
    switch (entity.kind) {
      case "type":
        return { kind: "value", type: entity.type };
      case "function":
        return this.resultOf(entity, depth);
      case "external":
        return this.externalResult(entity, depth);
      case "module": {
        const main = this.system.names.mainOf(entity.module, depth);
        return main && this.result(main, depth + 1);
      }
      case "value": {
        if (entity.type.kind === "function") return results(entity.type.results);
        const call = this.system.members.callOf(entity.type, depth);
        return call && call.kind !== "value" ? this.result(call, depth + 1) : undefined;
      }
      default:
        return undefined;
    }
  }

  resultOfHanding(entity: Entity, given: AccessPath, place: Place, depth: number): Entity | undefined {
    if (given.startsWith("<*")) return this.resultOfType(entity, given, place, depth);
    if (entity.kind === "external") {
      const text = entity.entry?.returns;
      if (text === handedFunction) return this.system.resolve(given, place, depth + 1);
      if (text === promisedFunction) {
        const handed = this.system.resolve(given, place, depth + 1, true);
        return handed?.kind === "external" ? promised(this.system.catalog, handed) : handed;
      }
      if (typeof text !== "string" || !text.includes(handedResult)) return undefined;
      const result = this.typeOfResult(given, place, depth);
      return asValue(
        this.system.types.catalogType(text, ownerOf(entity), depth, entity.self ?? entity.receiver, result),
      );
    }
    for (const ref of entity.kind === "function" ? entity.functions : []) {
      const fn = functionOf(ref);
      const [result] = fn.results;
      const isOpen = (name: string) => fn.typeParameters.some((parameter) => parameter.name === name);
      if (result === undefined || fn.typeParameters.length === 0) continue;
      // `<T> T find(T like)`, and Java's `<T> T find(Class<T> type)`, which is handed `<Harbour>`.
      if (isOpen(result) && fn.parameters.some(({ type }) => type === result || type === `Class<${result}>`))
        return this.system.resolve(given, place, depth + 1);
      const bound = new Map<string, Type | undefined>();
      for (const { type } of fn.parameters) {
        const name = type === undefined ? undefined : this.nameOfResult(this.system.links.parseType(type));
        if (name !== undefined && isOpen(name)) bound.set(name, this.typeOfResult(given, place, depth));
      }
      if (bound.size === 0) continue;
      const owner = this.system.places.of(ref.file, fn.typeName);
      return results(
        fn.results.map((text) => this.system.types.type(this.system.links.parseType(text), owner, bound, depth + 1)),
      );
    }
    return undefined;
  }

  /** Who asks for something by its type, `find((*Harbour)(nil))`, gets one of that type where any may come. */
  private resultOfType(entity: Entity, given: AccessPath, place: Place, depth: number): Entity | undefined {
    const found = entity.kind === "function" ? this.resultOf(entity, depth + 1) : undefined;
    const types = found?.kind === "results" ? found.types : found?.kind === "value" ? [found.type] : [];
    const [first, ...others] = types;
    if (first?.kind !== "declared" || first.declaration.facts.form !== "interface") return undefined;
    const asked = this.system.resolve(given, place, depth + 1);
    const type = asked?.kind === "value" && asked.type.kind === "declared" ? asked.type : undefined;
    if (!type || !this.system.members.isImplementedBy(first.declaration, type.declaration)) return undefined;
    return results([type, ...others]);
  }

  private typeOfResult(path: AccessPath, place: Place, depth: number): Type | undefined {
    const entity = this.system.resolve(path, place, depth + 1, true);
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
    const inner = result?.kind === "name" && this.system.links.unwraps.includes(result.name) ? first : result;
    return inner?.kind === "name" && inner.arguments.length === 0 ? inner.name : undefined;
  }

  resultOf(entity: Extract<Entity, { kind: "function" }>, depth: number): Entity | undefined {
    return this.system.queries.answer(this.resultsOfFunctions, entity, depth, () => this.findResult(entity, depth));
  }

  private findResult(
    { functions, receiver, owners, self = receiver }: Extract<Entity, { kind: "function" }>,
    depth: number,
  ): Entity | undefined {
    const differing: Type[] = [];
    for (const [i, ref] of functions.entries()) {
      const fn = functionOf(ref);
      const place = this.system.places.of(ref.file, fn.typeName);
      const bindings = this.system.types.receiverBindings(owners?.[i] ?? receiver, fn);
      if (fn.results.length > 0) {
        const types = fn.results.map((text) => this.resultType(text, place, self, bindings, depth + 1));
        const found = results(types);
        // A path does not say which overload it goes through: what comes next does.
        if (found?.kind === "value" && this.functional) differing.push(found.type);
        else if (found) return found;
        continue;
      }
      for (const origin of fn.returns) {
        if (self && origin === `<${fn.typeName}>`) return asValue(self);
        const found = this.system.resolve(origin, place, depth + 1);
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
      return receiver ?? (place.typeName ? this.system.types.typeNamed(place.typeName, place, depth) : undefined);
    return this.system.types.type(this.system.links.parseType(text), place, bindings, depth);
  }

  externalResult(entity: Extract<Entity, { kind: "external" }>, depth: number): Entity | undefined {
    if (entity.receiver?.kind === "function" && !entity.entry) return results(entity.receiver.results);
    const { entry } = entity;
    if (entry?.returns !== undefined) {
      const texts = typeof entry.returns === "string" ? [entry.returns] : entry.returns;
      return results(
        texts.map((text) => {
          const self = entity.self ?? entity.receiver;
          if (text === handedFunction || text === promisedFunction) return undefined;
          return text === "this" ? self : this.system.types.catalogType(text, ownerOf(entity), depth, self);
        }),
      );
    }
    if (entry && isType(entry)) return { kind: "value", type: externalType(entity.module, entity.symbol, []) };
    if (entry?.role) return undefined;
    return { kind: "value", type: externalType(entity.module, `${entity.symbol}()`, []) };
  }

  /** The type of an external variable or class seen as a value. */
  externalValueType(entity: Extract<Entity, { kind: "external" }>, depth: number): Type | undefined {
    if (entity.entry?.type) return this.system.types.catalogType(entity.entry.type, ownerOf(entity), depth);
    return entity.entry && isType(entity.entry) ? externalType(entity.module, entity.symbol, []) : undefined;
  }

  part(entity: Entity, index: number, depth: number): Entity | undefined {
    if (entity.kind === "results") return asValue(entity.types[index]);
    if (entity.kind !== "value") return index === 0 ? entity : undefined;
    if (entity.type.kind === "tuple") return asValue(entity.type.elements[index]);
    const waited = this.waited(entity.type);
    if (waited) return this.part({ kind: "value", type: waited }, index, depth);
    const isContainer = this.catalogEntryOf(entity.type)?.element !== undefined;
    if (isContainer && this.system.links.destructures) return this.element(entity, "element", depth);
    return index === 0 ? entity : undefined;
  }

  element(entity: Entity, form: "element" | "each" | "key", depth: number): Entity | undefined {
    const type =
      entity.kind === "value"
        ? entity.type
        : entity.kind === "external"
          ? this.externalValueType(entity, depth)
          : undefined;
    return type && asValue(this.elementType(this.waited(type) ?? type, form, depth));
  }

  private elementType(type: Type, form: "element" | "each" | "key", depth: number): Type | undefined {
    if (this.system.queries.isTooDeep(depth)) return undefined;
    if (type.kind === "tuple") return type.elements[0];
    if (type.kind === "union")
      return type.members.map((member) => this.elementType(member, form, depth + 1)).find(Boolean);
    if (type.kind === "declared") {
      const getter =
        form === "key"
          ? undefined
          : this.system.members.memberOfType(type, form === "each" ? "__iter__" : "__getitem__", depth + 1);
      if (getter?.kind === "function") {
        const found = this.resultOf(getter, depth + 1);
        if (found?.kind === "value")
          return form === "each" ? this.elementType(found.type, form, depth + 1) : found.type;
      }
      return this.system.types
        .basesOf(type, depth)
        .map((base) => this.elementType(base, form, depth + 1))
        .find(Boolean);
    }
    if (type.kind !== "external") return undefined;
    const entry = this.system.catalog.entry(type.module, type.symbol);
    const text =
      form === "key"
        ? (entry?.key ?? (type.symbol === "channel" ? entry?.element : undefined))
        : form === "each"
          ? (entry?.iterates ?? entry?.element)
          : entry?.element;
    if (text) return this.system.types.catalogType(text, type, depth);
    for (const base of entry?.bases ?? []) {
      const parent = this.system.types.catalogType(base, type, depth);
      const found = parent && this.elementType(parent, form, depth + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** What a function that is handed to a call gets as its parameter, from what the callee says of it. */
  closureParameter(file: FileSummary, index: number, parameter: number, depth: number): Type | undefined {
    const declared = file.functions[index]?.declaredAs;
    if (declared !== undefined) {
      const place = this.system.places.of(file, undefined);
      const type = this.system.types.type(this.system.links.parseType(declared), place, noBindings, depth + 1);
      if (type?.kind !== "external") return functionIn(type)?.parameters[parameter];
      const text = this.catalogEntryOf(type)?.callbackParameters?.[parameter];
      return text === undefined ? undefined : this.system.types.catalogType(text, type, depth);
    }
    const use = this.useOf(file, index);
    // How another file hands its functions over is in its bodies, which no signature shows.
    if (!use || !this.system.queries.isAsking(file)) return undefined;
    const place = this.system.places.of(file, use.typeName);
    const callee = this.system.resolve(use.call.origin ?? use.call.callee, place, depth + 1, true);
    if (this.functional && callee?.kind !== "external") {
      const closure = file.functions[index] as FunctionSummary;
      const given =
        callee && this.functional.closureType(callee, use.argument, closure, use.call.arguments.length, depth);
      return given && this.functional.closureParameter(given, parameter, depth + 1);
    }
    if (callee?.kind === "external") {
      const text = callee.entry?.callbackParameters?.[parameter];
      const isCallback =
        use.keyword === undefined
          ? positionOf(callee.entry?.callback, use.call.arguments.length) === use.argument
          : callee.entry?.keyword === use.keyword;
      return text === undefined || !isCallback
        ? undefined
        : this.system.types.catalogType(text, ownerOf(callee), depth);
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
      const owner = this.system.places.of(ref.file, fn.typeName);
      const bindings = this.system.types.receiverBindings(callee.receiver, fn);
      const type = this.system.types.type(this.system.links.parseType(taking.type), owner, bindings, depth + 1);
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

  private waited(type: Type): Type | undefined {
    return type.kind === "external" && this.system.links.unwraps.includes(type.symbol) ? type.arguments[0] : undefined;
  }

  /** The role of a type outside the workspace, or of what it derives from there. */
  roleOf(type: Type, depth: number): CatalogEntry["role"] {
    if (type.kind !== "external" || this.system.queries.isTooDeep(depth)) return undefined;
    const entry = this.catalogEntryOf(type);
    if (entry?.role) return entry.role;
    for (const base of entry?.bases ?? []) {
      const parent = this.system.types.catalogType(base, type, depth);
      const role = parent && this.roleOf(parent, depth + 1);
      if (role) return role;
    }
    return undefined;
  }

  catalogEntryOf(type: Type): CatalogEntry | undefined {
    return type.kind === "external" ? this.system.catalog.entry(type.module, type.symbol) : undefined;
  }
}

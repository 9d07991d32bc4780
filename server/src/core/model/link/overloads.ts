import type { AccessPath } from "../facts";
import { distinct } from "./entities";
import type { ClassRules } from "./languageLinks";
import type { OverloadChoice } from "./overloadChoice";
import { overrides } from "./overriding";
import type { Place } from "./place";
import { maxDepth } from "./queryCache";
import type { DeclaredType, ExternalType, FunctionEntity, OwnedMethod, TypeSystem } from "./typeSystem";
import {
  type Entity,
  type ExternalEntity,
  type FunctionRef,
  functionOf,
  type Type,
  type TypeDeclaration,
} from "./types";

const maxImplementers = 5;
/** Of a method with more overloads nobody can say which is meant without looking for long. */
const maxOverloads = 100;

/**
 * Members in languages where methods are told apart by their parameters and have names of their own: a field and a
 * method may share one, and an inherited method is a candidate beside the type's own.
 */
export class Overloads {
  constructor(
    private readonly system: TypeSystem,
    private readonly rules: ClassRules,
    private readonly choice: OverloadChoice,
  ) {}

  /** What a name means after a type or a value of it; where it is called, a method, or a nested type's constructor. */
  member(type: DeclaredType, name: string, depth: number, isCalled: boolean): Entity | undefined {
    if (!isCalled) return this.value(type, name, depth) ?? this.methods(type, name, depth);
    const method = this.methods(type, name, depth);
    if (method && (method.kind !== "external" || method.entry || method.receiver?.kind === "function")) return method;
    const value = this.value(type, name, depth);
    return value?.kind === "type" ? value : method;
  }

  /** A field, a nested type or a constant. */
  private value(type: DeclaredType, name: string, depth: number, seen: Set<unknown> = new Set()): Entity | undefined {
    const { declaration } = type;
    if (depth > maxDepth || seen.has(declaration.facts)) return undefined;
    seen.add(declaration.facts);
    const { module, file, facts } = declaration;
    this.system.queries.consultType(declaration);
    const field = facts.fields.find((candidate) => candidate.name === name);
    if (field?.type) {
      const found = this.system.types.type(
        this.system.links.parseType(field.type),
        this.system.places.of(file, facts.name),
        this.system.types.argumentsOrBounds(type, depth),
        depth + 1,
      );
      return found && { kind: "value", type: found };
    }
    const nestedName = `${facts.name}.${name}`;
    this.system.queries.consultName(module, nestedName);
    for (const nested of this.system.declarations.named(module, nestedName))
      if (nested.kind === "type")
        return { kind: "type", type: { kind: "declared", declaration: nested.type, arguments: [] } };
    for (const base of this.system.types.basesOf(type, depth)) {
      const found =
        base.kind === "declared"
          ? this.value(base, name, depth + 1, seen)
          : base.kind === "external"
            ? this.knownValue(base, name, depth + 1, seen)
            : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** What the catalog knows, and not what may be there because a type outside the workspace is unknown. */
  private knownValue(type: ExternalType, name: string, depth: number, seen: Set<unknown>): Entity | undefined {
    const found = this.system.members.memberOfExternal(type, name, depth, seen);
    return found?.kind === "external" && !found.entry ? undefined : found;
  }

  /** The methods of a type of this name, its own before inherited ones that they do not override. */
  private methods(type: DeclaredType, name: string, depth: number): Entity | undefined {
    const candidates: OwnedMethod[] = [];
    const outside: ExternalType[] = [];
    let declaredOnly: Entity | undefined;
    const seen = new Set<unknown>();
    const visit = (current: Type, level: number): void => {
      if (current.kind === "union") for (const member of current.members) visit(member, level);
      if (current.kind === "external") outside.push(current);
      if (current.kind !== "declared" || level > maxDepth || seen.has(current.declaration.facts)) return;
      seen.add(current.declaration.facts);
      const { module, facts } = current.declaration;
      this.system.queries.consultType(current.declaration);
      for (const ref of this.system.declarations.methods(module, facts.name, name)) {
        const fn = functionOf(ref);
        if (fn.form === "constructor" || ref.file !== current.declaration.file) continue;
        if (candidates.length > maxOverloads) break;
        const isOverridden = candidates.some((other) => overrides(functionOf(other.ref), fn, facts.typeParameters));
        if (!isOverridden) candidates.push({ ref, owner: current });
      }
      if (candidates.length === 0) declaredOnly ??= this.withoutBody(current, name, level);
      for (const base of this.system.types.basesOf(current, level)) visit(base, level + 1);
    };
    visit(type, depth);
    if (candidates.length > 0) {
      const inherited = this.outside(type, outside, name, depth, false);
      return {
        kind: "function",
        functions: candidates.map(({ ref }) => ref),
        owners: candidates.map(({ owner }) => owner),
        receiver: type,
        dynamic: false,
        ...(inherited && { inherited }),
      };
    }
    return declaredOnly ?? this.outside(type, outside, name, depth, true);
  }

  /** A method the language adds: the accessor of a record's component, the values of an enum. */
  private withoutBody(type: DeclaredType, name: string, depth: number): Entity | undefined {
    const { module, file, facts } = type.declaration;
    const results = facts.methods.find((method) => method.name === name && method.results)?.results;
    if (!results) return undefined;
    const types = results.map((text) =>
      this.system.types.type(
        this.system.links.parseType(text),
        this.system.places.of(file, facts.name),
        this.system.types.argumentsOrBounds(type, depth),
        depth + 1,
      ),
    );
    return {
      kind: "external",
      module,
      symbol: `${facts.name}.${name}`,
      receiver: { kind: "function", parameters: [], results: types },
    };
  }

  /** A method inherited from outside the workspace: of the base that the catalog knows it of, or of the only one. */
  private outside(
    type: DeclaredType,
    bases: readonly ExternalType[],
    name: string,
    depth: number,
    guess: boolean,
  ): ExternalEntity | undefined {
    let first: ExternalEntity | undefined;
    const root = this.rules.implicitBases[type.declaration.facts.form];
    for (const base of [...bases, { kind: "external" as const, ...root, arguments: [] }]) {
      const found = this.system.members.memberOfExternal(base, name, depth + 1, new Set());
      if (found?.kind !== "external") continue;
      if (found.entry) return found;
      if (bases.includes(base)) first ??= found;
    }
    return guess ? first : undefined;
  }

  /** The function that a call with these arguments means; none when what is known of them leaves it open. */
  choose(
    entity: FunctionEntity,
    args: readonly AccessPath[],
    place: Place,
  ): { functions: readonly FunctionRef[]; dynamic: boolean } | ExternalEntity | undefined {
    const candidates = entity.functions.map((ref, i): OwnedMethod | FunctionRef => {
      const owner = entity.owners?.[i];
      return owner?.kind === "declared" ? { ref, owner } : ref;
    });
    if (candidates.length > maxOverloads) return undefined;
    const chosen = this.choice.best(candidates, args, place, entity.inherited !== undefined);
    if (chosen === "none") return entity.inherited;
    if (!chosen) return undefined;
    const ref = "ref" in chosen ? chosen.ref : chosen;
    if (!functionOf(ref).modifiers.includes("abstract") || !("ref" in chosen))
      return { functions: [ref], dynamic: entity.dynamic };
    const receiver = entity.receiver?.kind === "declared" ? entity.receiver : chosen.owner;
    const implementers = this.implementers(receiver.declaration, chosen);
    const isFew = implementers.length > 0 && implementers.length <= maxImplementers;
    return { functions: isFew ? implementers : [ref], dynamic: true };
  }

  private implementers(base: TypeDeclaration, { ref, owner }: OwnedMethod): FunctionRef[] {
    const wanted = functionOf(ref);
    const runs = (other: FunctionRef) =>
      !functionOf(other).modifiers.includes("abstract") &&
      overrides(functionOf(other), wanted, owner.declaration.facts.typeParameters);
    const found = this.system.members.subtypes(base).flatMap((declaration) => {
      const { module, file, facts } = declaration;
      this.system.queries.consultType(declaration);
      const own = this.system.declarations
        .methods(module, facts.name, wanted.name)
        .filter((other) => other.file === file && runs(other));
      if (own.length > 0 || facts.form === "interface") return own;
      // What a class inherits implements what its interface asks for as well.
      const inherited = this.methods({ kind: "declared", declaration, arguments: [] }, wanted.name, 0);
      return inherited?.kind === "function" ? inherited.functions.filter(runs) : [];
    });
    return distinct(found);
  }
}

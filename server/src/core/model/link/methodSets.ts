import type { MethodFacts, TypeFacts } from "../facts";
import type { FileSummary } from "../fileSummary";
import type { Memo } from "./queryCache";
import { lastName } from "./typeExpression";
import type { TypeSystem } from "./typeSystem";
import { type FunctionRef, functionOf, type Type, type TypeDeclaration } from "./types";

/** A method that more types have says nothing of any of them. */
const maxCandidates = 100;
const maxDepth = 6;

/** A method an interface asks for, and where its types are written. */
interface WantedMethod {
  method: MethodFacts;
  file: FileSummary;
  typeParameters: ReadonlySet<string>;
}

/** How a type comes to have a method: by functions, or through something embedded that hides its body. */
interface FoundMethod {
  functions: readonly FunctionRef[];
  isHidden: boolean;
  /** The type of a library that it comes from, where the catalog knows the method. */
  library?: ExternalType;
}

type ExternalType = Extract<Type, { kind: "external" }>;

const notFound: FoundMethod | undefined = undefined;

/** Which types have all methods of an interface, in languages where they need not say so. */
export class MethodSets {
  private readonly known = new Map<TypeFacts, Memo<readonly TypeDeclaration[]>>();

  constructor(private readonly system: TypeSystem) {}

  /** The functions that may run for a method of an interface, each once. */
  implementations(type: TypeDeclaration, name: string): FunctionRef[] {
    const found = new Map<object, FunctionRef>();
    for (const implementer of this.implementers(type))
      for (const ref of this.methodOf(implementer, name)?.functions ?? []) found.set(functionOf(ref), ref);
    return [...found.values()];
  }

  /** Whether an interface, or one of the workspace inside it, names a method. */
  asksFor(type: TypeDeclaration, name: string): boolean {
    return this.wantedBy(type, new Set()).has(name);
  }

  /** The type of a library that has a method of an interface, where those that implement it have embedded one. */
  libraryBehind(type: TypeDeclaration, name: string): ExternalType | undefined {
    for (const implementer of this.implementers(type)) {
      const library = this.methodOf(implementer, name)?.library;
      if (library) return library;
    }
    return undefined;
  }

  /** Whether a type has all methods of an interface. */
  isImplementedBy(type: TypeDeclaration, candidate: TypeDeclaration): boolean {
    return this.implementers(type).some(({ facts }) => facts === candidate.facts);
  }

  private implementers(type: TypeDeclaration): readonly TypeDeclaration[] {
    return this.system.queries.answer(this.known, type.facts, 0, () => {
      const interfaces = new Set<TypeDeclaration>();
      const wanted = this.wantedBy(type, interfaces);
      // What is inside another interface may come from a library; what the interface asks for itself more seldom does.
      const own = type.facts.methods.map(({ name }) => name);
      const { declarations } = this.system;
      const isSelective = own.some((name) => declarations.ownersOf(name) <= maxCandidates);
      return this.candidates(isSelective ? own : [...wanted.keys()], interfaces).filter((candidate) =>
        [...wanted.values()].every((method) => this.has(candidate, method)),
      );
    });
  }

  /** The methods of an interface and of those inside it; of one outside the workspace nobody knows. */
  private wantedBy(type: TypeDeclaration, interfaces: Set<TypeDeclaration>, depth = 0): Map<string, WantedMethod> {
    const { facts, file } = type;
    interfaces.add(type);
    this.system.queries.consultType(type);
    const typeParameters = new Set(facts.typeParameters.map(({ name }) => name));
    const wanted = new Map<string, WantedMethod>();
    for (const method of facts.methods) wanted.set(method.name, { method, file, typeParameters });
    if (depth > maxDepth) return wanted;
    for (const base of this.system.types.basesOf({ kind: "declared", declaration: type, arguments: [] }, 0)) {
      if (base.kind !== "declared" || base.declaration.facts.form !== "interface") continue;
      for (const [name, method] of this.wantedBy(base.declaration, interfaces, depth + 1)) wanted.set(name, method);
    }
    return wanted;
  }

  /** Types with the rarest of the methods, and those that embed them or the interface. */
  private candidates(names: readonly string[], interfaces: ReadonlySet<TypeDeclaration>): TypeDeclaration[] {
    const { declarations, queries } = this.system;
    let rarest: string | undefined;
    for (const name of names) {
      queries.consult(`s:${name}`);
      if (rarest === undefined || declarations.ownersOf(name) < declarations.ownersOf(rarest)) rarest = name;
    }
    if (rarest === undefined || declarations.ownersOf(rarest) > maxCandidates) return [];
    const found = new Set([...declarations.typesWithMethod(rarest), ...interfaces]);
    for (const type of found) {
      if (found.size > maxCandidates) return [];
      const name = lastName(type.facts.name);
      queries.consult(`b:${name}`);
      for (const candidate of declarations.typesNamingBase(name)) {
        if (candidate.facts.form !== "struct") continue;
        const embeds = this.system.types
          .basesOf({ kind: "declared", declaration: candidate, arguments: [] }, 0)
          .some((base) => base.kind === "declared" && base.declaration.facts === type.facts);
        if (embeds) found.add(candidate);
      }
    }
    return [...found]
      .filter(({ facts }) => facts.form !== "interface")
      .sort((a, b) => (a.file === b.file ? a.facts.start - b.facts.start : a.file.path < b.file.path ? -1 : 1));
  }

  private has(candidate: TypeDeclaration, wanted: WantedMethod): boolean {
    const found = this.methodOf(candidate, wanted.method.name);
    if (!found) return false;
    return found.isHidden || found.functions.some((ref) => this.fits(ref, candidate, wanted));
  }

  /** A method of a type, its own or one of what it embeds. */
  private methodOf(type: TypeDeclaration, name: string, depth = 0): FoundMethod | undefined {
    const { module, facts } = type;
    this.system.queries.consultType(type);
    const functions = this.system.declarations.methods(module, facts.name, name);
    if (functions.length > 0) return { functions, isHidden: false };
    if (facts.methods.some((method) => method.name === name)) return { functions: [], isHidden: true };
    // A type that is made of another one has its fields, and none of its methods.
    if (depth > maxDepth || facts.form === "alias") return notFound;
    for (const base of this.system.types.basesOf({ kind: "declared", declaration: type, arguments: [] }, 0)) {
      if (base.kind === "external" && this.isKnownOf(base, name))
        return { functions: [], isHidden: true, library: base };
      const found = base.kind === "declared" ? this.methodOf(base.declaration, name, depth + 1) : notFound;
      if (found) return found;
    }
    return notFound;
  }

  /** Whether the catalog knows a method of a type, its own or one of those it is built on. */
  private isKnownOf({ module, symbol }: ExternalType, name: string, depth = 0): boolean {
    const { catalog, types } = this.system;
    if (catalog.entry(module, `${symbol}.${name}`)) return true;
    return (catalog.entry(module, symbol)?.bases ?? []).some((text) => {
      const base = depth > maxDepth ? undefined : types.catalogTypeIn(text, module, new Map(), 0);
      return base?.kind === "external" && this.isKnownOf(base, name, depth + 1);
    });
  }

  /** Whether a function takes and gives what the interface says. */
  private fits(ref: FunctionRef, owner: TypeDeclaration, { method, file, typeParameters }: WantedMethod): boolean {
    const { parameters, results, receiver } = functionOf(ref);
    const generic = new Set([...typeParameters, ...(receiver?.typeParameters ?? [])]);
    const same = (own: readonly string[], wanted: readonly string[] | undefined) =>
      !wanted ||
      (own.length === wanted.length &&
        own.every((text, i) => this.isSame(text, ref.file, wanted[i] as string, file, generic)));
    const taken = parameters.map(({ type, rest }) => `${rest ? "..." : ""}${type ?? ""}`);
    return owner.facts.typeParameters.length > 0 || (same(taken, method.parameters) && same(results, method.results));
  }

  /** Whether two type texts mean the same type in their files. */
  private isSame(
    text: string,
    file: FileSummary,
    other: string,
    otherFile: FileSummary,
    generic: ReadonlySet<string>,
  ): boolean {
    const [plain, plainOther] = [unqualified(text), unqualified(other)];
    if (plain === plainOther && !/\p{Lu}/u.test(plain)) return true;
    if (namesIn(`${plain} ${plainOther}`).some((name) => generic.has(name))) return true;
    if (prefixOf(plain) !== prefixOf(plainOther)) return false;
    const read = (written: string, from: FileSummary) =>
      this.system.types.type(
        this.system.links.parseType(written),
        this.system.places.of(from, undefined),
        new Map(),
        0,
      );
    const [type, otherType] = [read(text, file), read(other, otherFile)];
    if (plain !== plainOther) return type !== undefined && otherType !== undefined && isSameType(type, otherType);
    return type?.kind !== "declared" || otherType?.kind !== "declared" || isSameType(type, otherType);
  }
}

function unqualified(type: string): string {
  return type
    .replace(/interface\s*\{\s*\}/g, "any")
    .replace(/[\p{L}_][\p{L}\p{N}_]*\./gu, "")
    .replace(/\s+/g, " ");
}

function namesIn(type: string): readonly string[] {
  return type.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}

function prefixOf(type: string): string {
  return /^[*[\].\d]*/.exec(type)?.[0] ?? "";
}

function isSameType(one: Type | undefined, other: Type | undefined): boolean {
  if (!one || !other || one === other) return one === other;
  if (one.kind === "declared") return other.kind === "declared" && one.declaration.facts === other.declaration.facts;
  if (one.kind === "external")
    return (
      other.kind === "external" &&
      one.module === other.module &&
      one.symbol === other.symbol &&
      areSame(one.arguments, other.arguments)
    );
  if (one.kind === "function")
    return (
      other.kind === "function" && areSame(one.parameters, other.parameters) && areSame(one.results, other.results)
    );
  return one.kind === "tuple" && other.kind === "tuple" && areSame(one.elements, other.elements);
}

function areSame(ones: readonly (Type | undefined)[], others: readonly (Type | undefined)[]): boolean {
  return ones.length === others.length && ones.every((one, i) => isSameType(one, others[i]));
}

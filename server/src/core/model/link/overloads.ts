import type { AccessPath } from "../facts";
import type { FunctionSummary } from "../fileSummary";
import { distinct } from "./entities";
import type { ClassRules } from "./languageLinks";
import type { Place } from "./place";
import type { DeclaredType, ExternalType, FunctionEntity, TypeSystem } from "./typeSystem";
import {
  type Entity,
  type ExternalEntity,
  type FunctionRef,
  functionOf,
  type Type,
  type TypeDeclaration,
} from "./types";

const maxDepth = 24;
const maxImplementers = 5;
/** Of a method with more overloads nobody can say which is meant without looking for long. */
const maxOverloads = 100;

/** How well an argument fits a parameter: not at all, only by boxing, or as it is. Absent when nobody knows. */
type Fit = "no" | "loose" | "strict" | undefined;

/** What is known of an argument. */
type Argument =
  | { form: "unknown" }
  | { form: "null" }
  | { form: "function"; parameters: number | undefined }
  | { form: "value"; type: Type };

interface Candidate {
  ref: FunctionRef;
  owner: DeclaredType;
}

/** Primitive types with the classes that box them, and how wide they are where they are numbers. */
const primitives: ReadonlyMap<string, { box: string; width?: number }> = new Map([
  ["byte", { box: "Byte", width: 0 }],
  ["short", { box: "Short", width: 1 }],
  ["char", { box: "Character", width: 1 }],
  ["int", { box: "Integer", width: 2 }],
  ["long", { box: "Long", width: 3 }],
  ["float", { box: "Float", width: 4 }],
  ["double", { box: "Double", width: 5 }],
  ["boolean", { box: "Boolean" }],
]);
const unboxed: ReadonlyMap<string, string> = new Map([...primitives].map(([name, { box }]) => [box, name]));

/**
 * Members in languages where methods are told apart by their parameters and have names of their own: a field and a
 * method may share one, and an inherited method is a candidate beside the type's own.
 */
export class Overloads {
  constructor(
    private readonly system: TypeSystem,
    private readonly rules: ClassRules,
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
        this.bindings(type, depth),
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
    const candidates: Candidate[] = [];
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
        this.bindings(type, depth),
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

  /** Type parameters by their arguments, or by their bounds where no argument is given. */
  bindings(type: DeclaredType, depth: number): ReadonlyMap<string, Type | undefined> {
    const { file, facts } = type.declaration;
    const bound = new Map<string, Type | undefined>();
    facts.typeParameters.forEach((parameter, i) => {
      const given =
        type.arguments[i] ??
        (parameter.bound
          ? this.system.types.type(
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

  /** The function that a call with these arguments means; none when what is known of them leaves it open. */
  choose(
    entity: FunctionEntity,
    args: readonly AccessPath[],
    place: Place,
  ): { functions: readonly FunctionRef[]; dynamic: boolean } | ExternalEntity | undefined {
    const candidates = entity.functions.map((ref, i): Candidate | FunctionRef => {
      const owner = entity.owners?.[i];
      return owner?.kind === "declared" ? { ref, owner } : ref;
    });
    if (candidates.length > maxOverloads) return undefined;
    const chosen = this.best(candidates, args, place, entity.inherited !== undefined);
    if (chosen === "none") return entity.inherited;
    if (!chosen) return undefined;
    const ref = "ref" in chosen ? chosen.ref : chosen;
    if (!functionOf(ref).modifiers.includes("abstract") || !("ref" in chosen))
      return { functions: [ref], dynamic: false };
    const receiver = entity.receiver?.kind === "declared" ? entity.receiver : chosen.owner;
    const implementers = this.implementers(receiver.declaration, chosen);
    const isFew = implementers.length > 0 && implementers.length <= maxImplementers;
    return { functions: isFew ? implementers : [ref], dynamic: true };
  }

  private implementers(base: TypeDeclaration, { ref, owner }: Candidate): FunctionRef[] {
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

  private best<C extends Candidate | FunctionRef>(
    candidates: readonly C[],
    args: readonly AccessPath[],
    place: Place,
    mayBeInherited: boolean,
  ): C | "none" | undefined {
    const fixed = candidates.filter((candidate) => functionIn(candidate).parameters.length === args.length);
    const variable = candidates.filter((candidate) => {
      const { parameters } = functionIn(candidate);
      return parameters.at(-1)?.rest && args.length >= parameters.length - 1;
    });
    if (fixed.length + variable.length === 0) return "none";
    if (fixed.length + variable.length === 1 && !mayBeInherited) return fixed[0] ?? variable[0];
    const known = args.map((path) => this.argument(path, place));
    // An inherited method nobody here has read may take them as well.
    const isOpen = (fit: readonly Fit[]) => mayBeInherited && fit.includes(undefined);
    for (const [phase, isVariable] of [
      [fixed, false],
      [variable, true],
    ] as const) {
      const fits = phase
        .map((candidate) => ({
          candidate,
          fit: known.map((arg, i) => this.fits(arg, this.parameter(candidate, i, isVariable))),
        }))
        .filter(({ fit }) => !fit.includes("no"));
      const strict = fits.filter(({ fit }) => !fit.includes("loose"));
      for (const group of [strict, fits]) {
        if (group.length > 0 && group.every(({ fit }) => isOpen(fit))) return undefined;
        if (group.length === 1) return group[0]?.candidate;
        if (group.length > 1) return this.mostSpecific(group, isVariable, known.length);
      }
    }
    return "none";
  }

  /** The candidate whose parameters are all at least as narrow as those of every other one. */
  private mostSpecific<C extends Candidate | FunctionRef>(
    group: readonly { candidate: C; fit: readonly Fit[] }[],
    isVariable: boolean,
    count: number,
  ): C | undefined {
    const parameters = group.map(({ candidate }) =>
      Array.from({ length: count }, (_, i) => this.parameter(candidate, i, isVariable)),
    );
    const winners = group.filter(({ fit }, a) =>
      group.every(
        ({ fit: otherFit }, b) =>
          a === b ||
          fit.every((own, i) => {
            const [mine, other] = [parameters[a]?.[i], parameters[b]?.[i]];
            if (sameParameter(mine, other)) return true;
            // Where nothing is known of the argument, the narrower parameter may not take it.
            if (own === undefined || otherFit[i] === undefined) return false;
            if (mine?.type === undefined) return false;
            if (other?.type === undefined) return other?.isVariable ?? false;
            return this.fits({ form: "value", type: mine.type }, other) === "strict";
          }),
      ),
    );
    return winners.length === 1 ? winners[0]?.candidate : undefined;
  }

  /** The type of the i-th parameter, and whether it is a type variable that takes anything. */
  private parameter(candidate: Candidate | FunctionRef, i: number, isVariable: boolean): Parameter {
    const fn = functionIn(candidate);
    const last = fn.parameters.length - 1;
    const declared = fn.parameters[Math.min(i, last)];
    if (!declared?.type) return { text: "", type: undefined, isVariable: false };
    const isRest = declared.rest === true && !isVariable;
    const expression = this.system.links.parseType(declared.type);
    const { file } = "ref" in candidate ? candidate.ref : candidate;
    const place = this.system.places.of(file, fn.typeName);
    const bindings = new Map("ref" in candidate ? this.bindings(candidate.owner, 0) : []);
    for (const { name, bound } of fn.typeParameters)
      bindings.set(
        name,
        bound ? this.system.types.type(this.system.links.parseType(bound), place, bindings, 0) : undefined,
      );
    const resolved = this.system.types.type(
      isRest ? { kind: "list", element: expression } : expression,
      place,
      bindings,
      0,
    );
    const takesAnything = expression.kind === "name" && bindings.has(expression.name) && resolved === undefined;
    return { text: declared.type, type: resolved, isVariable: takesAnything };
  }

  private argument(path: AccessPath, place: Place): Argument {
    if (path === "") return { form: "unknown" };
    if (path === "null") return { form: "null" };
    if (path.startsWith('"')) return { form: "value", type: stringType };
    const number = numberType(path);
    if (number) return { form: "value", type: { kind: "external", module: "builtin", symbol: number, arguments: [] } };
    const closure = /^<func#(\d+)>$/.exec(path);
    if (closure) return { form: "function", parameters: place.file.functions[Number(closure[1])]?.parameters.length };
    const entity = this.system.resolve(path, place);
    switch (entity?.kind) {
      case "value":
        return { form: "value", type: entity.type };
      case "function":
        return { form: "function", parameters: undefined };
      default:
        return { form: "unknown" };
    }
  }

  private fits(arg: Argument, parameter: Parameter): Fit {
    if (arg.form === "unknown") return undefined;
    const { type } = parameter;
    if (parameter.isVariable) return isPrimitive(arg) ? "loose" : "strict";
    if (!type) return undefined;
    switch (arg.form) {
      case "null":
        return primitiveOf(type) ? "no" : "strict";
      case "function":
        return this.takesFunction(type, arg.parameters);
      case "value":
        return this.fitsType(arg.type, type);
    }
  }

  private fitsType(arg: Type, parameter: Type): Fit {
    if (parameter.kind === "union") {
      const fits = parameter.members.map((member) => this.fitsType(arg, member));
      return fits.includes("no") ? "no" : fits.includes(undefined) ? undefined : "strict";
    }
    if (arg.kind === "union") {
      const fits = arg.members.map((member) => this.fitsType(member, parameter));
      return fits.includes("strict") ? "strict" : fits.every((fit) => fit === "no") ? "no" : undefined;
    }
    const [from, to] = [primitiveOf(arg), primitiveOf(parameter)];
    if (from && to) return widens(from, to) ? "strict" : "no";
    if (from) {
      if (isRoot(parameter)) return "loose";
      const box: Type = {
        kind: "external",
        module: "java.lang",
        symbol: primitives.get(from)?.box ?? "",
        arguments: [],
      };
      return this.fitsType(box, parameter) === "strict" ? "loose" : "no";
    }
    if (to) {
      if (arg.kind !== "external") return "no";
      const inside = arg.module === "java.lang" ? unboxed.get(arg.symbol) : undefined;
      if (inside) return widens(inside, to) ? "loose" : "no";
      return this.isKnown(arg) ? "no" : undefined;
    }
    if (isRoot(parameter)) return "strict";
    if (listOf(arg) || listOf(parameter)) return this.fitsList(arg, parameter);
    if (arg.kind === "function" || parameter.kind === "function") return undefined;
    return this.isSubtype(arg, parameter);
  }

  private fitsList(arg: Type, parameter: Type): Fit {
    const [own, wanted] = [listOf(arg), listOf(parameter)];
    if (own && wanted) {
      const [from, to] = [own.element, wanted.element];
      if (!from || !to) return undefined;
      if (primitiveOf(from) || primitiveOf(to)) return primitiveOf(from) === primitiveOf(to) ? "strict" : "no";
      return this.fitsType(from, to);
    }
    const other = own ? parameter : arg;
    return other.kind === "external" && !this.isKnown(other) ? undefined : "no";
  }

  private isSubtype(arg: Type, parameter: Type): Fit {
    const seen = new Set<unknown>();
    let isOpen = false;
    const reaches = (type: Type, depth: number): boolean => {
      if (sameType(type, parameter)) return true;
      if (depth > maxDepth) return false;
      if (type.kind === "declared") {
        if (seen.has(type.declaration.facts)) return false;
        seen.add(type.declaration.facts);
        const bases = this.system.types.basesOf(type, depth);
        if (bases.length < type.declaration.facts.bases.length) isOpen = true;
        return bases.some((base) => reaches(base, depth + 1));
      }
      if (type.kind !== "external") return false;
      const key = `${type.module}\n${type.symbol}`;
      if (seen.has(key)) return false;
      seen.add(key);
      // What is outside the workspace extends nothing inside it.
      if (parameter.kind === "declared") return false;
      const entry = this.system.catalog.entry(type.module, type.symbol);
      if (!entry) isOpen = true;
      for (const base of entry?.bases ?? []) {
        const parent = this.system.types.catalogType(base, type, depth);
        if (parent && reaches(parent, depth + 1)) return true;
      }
      return false;
    };
    if (reaches(arg, 0)) return "strict";
    if (isOpen && parameter.kind === "external") return undefined;
    // What the catalog says of a type's bases leaves out the empty ones.
    const isEmpty = parameter.kind === "external" && /^(Serializable|Cloneable|Constable)$/.test(parameter.symbol);
    return isEmpty ? undefined : "no";
  }

  private isKnown(type: ExternalType): boolean {
    return this.system.catalog.entry(type.module, type.symbol) !== undefined;
  }

  private takesFunction(type: Type, count: number | undefined): Fit {
    if (type.kind === "function") return "strict";
    if (type.kind === "external") {
      if (type.module === "builtin" || isString(type) || isRoot(type)) return "no";
      const entry = this.system.catalog.entry(type.module, type.symbol);
      if (!entry) return undefined;
      const wanted = entry.callbackParameters;
      if (!wanted) return entry.role || !/^java\./.test(type.module) ? undefined : "no";
      return count === undefined || wanted.length === count ? "strict" : "no";
    }
    if (type.kind !== "declared") return undefined;
    if (type.declaration.facts.form !== "interface") return "no";
    const method = this.functionalMethod(type);
    if (!method) return "no";
    return count === undefined || functionOf(method.ref).parameters.length === count ? "strict" : "no";
  }

  /** The only method without body of an interface: what a closure given for it is. */
  functionalMethod(type: DeclaredType): Candidate | undefined {
    const found: Candidate[] = [];
    const given: FunctionSummary[] = [];
    const seen = new Set<unknown>();
    const visit = (current: Type, depth: number): void => {
      if (current.kind !== "declared" || depth > maxDepth || seen.has(current.declaration.facts)) return;
      seen.add(current.declaration.facts);
      const { file, facts } = current.declaration;
      this.system.queries.consultType(current.declaration);
      file.functions.forEach((fn, index) => {
        if (fn.typeName !== facts.name || fn.parent !== undefined || fn.modifiers.includes("static")) return;
        if (given.some((other) => overrides(other, fn, facts.typeParameters))) return;
        given.push(fn);
        if (fn.modifiers.includes("abstract")) found.push({ ref: { file, index }, owner: current });
      });
      for (const base of this.system.types.basesOf(current, depth)) visit(base, depth + 1);
    };
    visit(type, 0);
    return found.length === 1 ? found[0] : undefined;
  }

  /** Type of the parameter that a closure is given for. */
  closureType(
    callee: Entity,
    argument: number,
    closure: FunctionSummary,
    argumentCount: number,
    depth: number,
  ): Type | undefined {
    const functions = callee.kind === "function" ? callee.functions : [];
    const found: Type[] = [];
    for (const [i, ref] of functions.entries()) {
      const { parameters, typeName } = functionOf(ref);
      const text = parameters[argument]?.type;
      if (parameters.length !== argumentCount || !text) continue;
      const owner = callee.kind === "function" ? callee.owners?.[i] : undefined;
      const type = this.system.types.type(
        this.system.links.parseType(text),
        this.system.places.of(ref.file, typeName),
        owner?.kind === "declared" ? this.bindings(owner, depth) : new Map(),
        depth + 1,
      );
      if (type && this.takesFunction(type, closure.parameters.length) !== "no") found.push(type);
    }
    return found.length === 1 ? found[0] : undefined;
  }

  /** Type of a parameter of the closure that is given where this type is declared. */
  closureParameter(type: Type, parameter: number, depth: number): Type | undefined {
    if (type.kind === "function") return type.parameters[parameter];
    if (type.kind === "external") {
      const text = this.system.catalog.entry(type.module, type.symbol)?.callbackParameters?.[parameter];
      return text === undefined ? undefined : this.system.types.catalogType(text, type, depth);
    }
    if (type.kind !== "declared") return undefined;
    const method = this.functionalMethod(type);
    const declared = method && functionOf(method.ref).parameters[parameter]?.type;
    if (!method || !declared) return undefined;
    const { facts, file } = method.owner.declaration;
    return this.system.types.type(
      this.system.links.parseType(declared),
      this.system.places.of(file, facts.name),
      this.bindings(method.owner, depth),
      depth + 1,
    );
  }
}

interface Parameter {
  text: string;
  type: Type | undefined;
  /** A type variable without bound. */
  isVariable: boolean;
}

const stringType: Type = { kind: "external", module: "java.lang", symbol: "String", arguments: [] };

function functionIn(candidate: Candidate | FunctionRef): FunctionSummary {
  return functionOf("ref" in candidate ? candidate.ref : candidate);
}

/** Whether a method takes the place of an inherited one: as many parameters, of types that have the same names. */
function overrides(own: FunctionSummary, inherited: FunctionSummary, variables: readonly { name: string }[]): boolean {
  if (own.parameters.length !== inherited.parameters.length) return false;
  return own.parameters.every(({ type, rest }, i) => {
    const other = inherited.parameters[i];
    const name = plainName(other?.type);
    const isVariable =
      variables.some((variable) => variable.name === name) ||
      inherited.typeParameters.some((variable) => variable.name === name);
    return isVariable || (plainName(type) === name && dimensions(type, rest) === dimensions(other?.type, other?.rest));
  });
}

/** The last part of a type's name, without type arguments, annotations and dimensions. */
function plainName(type: string | undefined): string {
  return /([\w$]+)\s*(\[\s*\]\s*)*$/.exec((type ?? "").replace(/<[\s\S]*>/, ""))?.[1] ?? "";
}

function dimensions(type: string | undefined, rest: boolean | undefined): number {
  return (type?.split("[").length ?? 1) - 1 + (rest ? 1 : 0);
}

function numberType(text: string): string | undefined {
  if (/^(true|false|<boolean>)$/.test(text)) return "boolean";
  if (!/^[-+]?(\d|\.\d)/.test(text)) return undefined;
  if (/^[-+]?0[xX]/.test(text)) return /[lL]$/.test(text) ? "long" : "int";
  if (/[lL]$/.test(text)) return "long";
  if (/[fF]$/.test(text)) return "float";
  return /[.eEdD]/.test(text) ? "double" : "int";
}

function primitiveOf(type: Type): string | undefined {
  return type.kind === "external" && type.module === "builtin" && primitives.has(type.symbol) ? type.symbol : undefined;
}

function isPrimitive(arg: Argument): boolean {
  return arg.form === "value" && primitiveOf(arg.type) !== undefined;
}

function widens(from: string, to: string): boolean {
  if (from === to) return true;
  if (from === "boolean" || to === "boolean" || to === "char" || (from === "char" && to === "short")) return false;
  if (from === "byte" && to === "short") return true;
  return (primitives.get(from)?.width ?? 0) < (primitives.get(to)?.width ?? 0);
}

function isRoot(type: Type): boolean {
  return type.kind === "external" && type.module === "java.lang" && type.symbol === "Object";
}

function isString({ module, symbol }: ExternalType): boolean {
  return module === "java.lang" ? /^(String|CharSequence)$/.test(symbol) : module === "builtin" && symbol === "string";
}

function listOf(type: Type): { element: Type | undefined } | undefined {
  const isList = type.kind === "external" && type.module === "builtin" && type.symbol === "list";
  return isList ? { element: type.arguments[0] } : undefined;
}

function sameType(a: Type, b: Type): boolean {
  if (a.kind === "declared" && b.kind === "declared") return a.declaration.facts === b.declaration.facts;
  if (a.kind !== "external" || b.kind !== "external") return false;
  if (isString(a) && isString(b) && a.symbol !== "CharSequence" && b.symbol !== "CharSequence") return true;
  return a.module === b.module && a.symbol === b.symbol;
}

function sameParameter(a: Parameter | undefined, b: Parameter | undefined): boolean {
  if (!a || !b) return false;
  return (
    a.text === b.text || (a.type !== undefined && b.type !== undefined && sameType(a.type, b.type) && !listOf(a.type))
  );
}

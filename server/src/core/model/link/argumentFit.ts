import { boxOf, type Fit, isRoot, listOf, primitiveOf, sameType, unboxedType, widens } from "./conversions";
import type { FunctionalTypes } from "./functionalTypes";
import { maxDepth } from "./queryCache";
import type { ExternalType, TypeSystem } from "./typeSystem";
import type { Type } from "./types";

/** What is known of an argument. */
export type Argument =
  | { form: "unknown" }
  | { form: "null" }
  | { form: "function"; parameters: number | undefined }
  | { form: "value"; type: Type };

/** What is known of a parameter. */
export interface Parameter {
  text: string;
  type: Type | undefined;
  /** A type variable without bound. */
  isVariable: boolean;
}

/** How well arguments fit parameters, where the language converts the one to the other. */
export class ArgumentFit {
  constructor(
    private readonly system: TypeSystem,
    private readonly functional: FunctionalTypes,
  ) {}

  fits(arg: Argument, parameter: Parameter): Fit {
    if (arg.form === "unknown") return undefined;
    const { type } = parameter;
    if (parameter.isVariable) return isPrimitive(arg) ? "loose" : "strict";
    if (!type) return undefined;
    switch (arg.form) {
      case "null":
        return primitiveOf(type) ? "no" : "strict";
      case "function":
        return this.functional.takesFunction(type, arg.parameters);
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
      return this.fitsType(boxOf(from), parameter) === "strict" ? "loose" : "no";
    }
    if (to) {
      if (arg.kind !== "external") return "no";
      const inside = unboxedType(arg);
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
}

function isPrimitive(arg: Argument): boolean {
  return arg.form === "value" && primitiveOf(arg.type) !== undefined;
}

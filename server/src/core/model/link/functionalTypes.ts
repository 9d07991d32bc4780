import type { FunctionSummary } from "../fileSummary";
import { type Fit, isRoot, isString } from "./conversions";
import { noBindings } from "./entities";
import { overrides } from "./overriding";
import { maxDepth } from "./queryCache";
import type { DeclaredType, OwnedMethod, TypeSystem } from "./typeSystem";
import { type Entity, functionOf, type Type } from "./types";

/** Types that closures are given for: interfaces with one method to implement, and what the catalog says takes one. */
export class FunctionalTypes {
  constructor(private readonly system: TypeSystem) {}

  /** How well a closure of so many parameters, where that is known, fits where this type is asked for. */
  takesFunction(type: Type, count: number | undefined): Fit {
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
    const method = this.method(type);
    if (!method) return "no";
    return count === undefined || functionOf(method.ref).parameters.length === count ? "strict" : "no";
  }

  /** The only method without body of an interface: what a closure given for it is. */
  private method(type: DeclaredType): OwnedMethod | undefined {
    const found: OwnedMethod[] = [];
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
        owner?.kind === "declared" ? this.system.types.argumentsOrBounds(owner, depth) : noBindings,
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
    const method = this.method(type);
    const declared = method && functionOf(method.ref).parameters[parameter]?.type;
    if (!method || !declared) return undefined;
    const { facts, file } = method.owner.declaration;
    return this.system.types.type(
      this.system.links.parseType(declared),
      this.system.places.of(file, facts.name),
      this.system.types.argumentsOrBounds(method.owner, depth),
      depth + 1,
    );
  }
}

import type { SyntaxNode } from "../syntax/syntaxNode";
import { classBodies, formalParameters, methodsNamed, plainType, typeAround } from "./javaNodes";

export interface ClassScope {
  /** How its methods are written in a symbol; empty outside every class. */
  owner: string;
  typeName: string | undefined;
  /** Absent for an anonymous class. */
  simpleName: string | undefined;
  isInterface: boolean;
  isTestCase: boolean;
  /** The declared fields, and whether they are static. */
  fields: ReadonlyMap<string, boolean>;
  /** Locals in scope that were declared inside this class, innermost last. */
  locals: string[];
}

/** What names mean where the code being lowered stands. */
export class JavaScopes {
  /** The innermost class around. */
  current: ClassScope = {
    owner: "",
    typeName: undefined,
    simpleName: undefined,
    isInterface: false,
    isTestCase: false,
    fields: new Map(),
    locals: [],
  };
  private readonly outer: ClassScope[] = [];

  constructor(private readonly detach: (text: string) => string) {}

  get isOutermost(): boolean {
    return this.outer.length === 0;
  }

  inClass(scope: Omit<ClassScope, "locals">, lower: () => void): void {
    this.outer.push(this.current);
    this.current = { ...scope, locals: [] };
    lower();
    this.current = this.outer.pop() as ClassScope;
  }

  /** Names declared by `lower` are out of scope after it. */
  withLocals(lower: () => void): void {
    const { locals } = this.current;
    const count = locals.length;
    lower();
    locals.length = count;
  }

  declare(name: string): void {
    this.current.locals.push(name);
  }

  /** A field is the same place whether or not `this.` or its class is written before it. */
  placeOf(name: string): string {
    let scope: ClassScope | undefined = this.current;
    for (let i = this.outer.length; scope; scope = this.outer[--i]) {
      if (scope.locals.includes(name)) return name;
      const isStatic = scope.fields.get(name);
      if (isStatic === undefined) continue;
      if (isStatic) return scope.simpleName ? this.detach(`${scope.owner}.${name}`) : name;
      if (scope === this.current) return this.detach(`this.${name}`);
      return scope.simpleName ? this.detach(`${scope.simpleName}.this.${name}`) : name;
    }
    return name;
  }

  /** A type is named by the types around it, however many functions are between. */
  nestedName(name: string): string {
    const { typeName } = this.current;
    return typeName ? this.detach(`${typeName}.${name}`) : name;
  }
}

/** The name of the method a call recurses into, found by scope and number of arguments as the compiler would begin. */
export function recursiveName(call: SyntaxNode): string | undefined {
  if (call.kind !== "method_invocation") return undefined;
  const name = call.child("name")?.text;
  const object = call.child("object");
  if (!name || call.has("super")) return undefined;
  if (object && object.kind !== "this" && object.kind !== "identifier") return undefined;
  const method = methodAround(call, name);
  if (!method || !isBestOverload(method, name, call)) return undefined;
  const isOwn =
    object?.kind === "identifier"
      ? object.text === typeAround(method)?.child("name")?.text
      : !isHidden(method, name, call, object !== undefined);
  return isOwn ? name : undefined;
}

function methodAround(node: SyntaxNode, name: string): SyntaxNode | undefined {
  let outer = node.parent;
  while (outer && (outer.kind !== "method_declaration" || outer.child("name")?.text !== name)) outer = outer.parent;
  return outer;
}

/** Whether a class between the method and the call is what `this` or a plain name means there. */
function isHidden(method: SyntaxNode, name: string, call: SyntaxNode, isThroughThis: boolean): boolean {
  for (let outer = call.parent; outer && outer !== method; outer = outer.parent) {
    if (classBodies.has(outer.kind) && (isThroughThis || methodsNamed(outer, name).length > 0)) return true;
  }
  return false;
}

function takes(method: SyntaxNode, count: number): boolean {
  const parameters = formalParameters(method);
  return parameters.at(-1)?.kind === "spread_parameter" ? count >= parameters.length - 1 : count === parameters.length;
}

/** Overloads often only convert their arguments and pass them on, so what is known of the arguments' types decides. */
function isBestOverload(method: SyntaxNode, name: string, call: SyntaxNode): boolean {
  const args = call.child("arguments")?.namedChildren ?? [];
  if (!takes(method, args.length)) return false;
  const body = method.parent;
  const others = body ? methodsNamed(body, name).filter((other) => other !== method && takes(other, args.length)) : [];
  if (others.length === 0) return true;
  const types = args.map((arg) => knownType(arg, method));
  const score = (candidate: SyntaxNode) => {
    const parameters = formalParameters(candidate);
    return types.filter((type, i) => type !== undefined && type === plainType(parameters[i])).length;
  };
  const own = score(method);
  return others.every((other) => score(other) <= own);
}

function knownType(value: SyntaxNode, method: SyntaxNode): string | undefined {
  switch (value.kind) {
    case "string_literal":
      return "String";
    case "decimal_integer_literal":
      return /l$/i.test(value.text) ? "long" : "int";
    case "true":
    case "false":
      return "boolean";
    case "cast_expression":
    case "object_creation_expression":
      return plainType(value);
    case "identifier": {
      const parameter = formalParameters(method).find((node) => node.child("name")?.text === value.text);
      if (parameter) return plainType(parameter);
      for (const node of method.descendants()) {
        if (node.kind !== "variable_declarator" || node.child("name")?.text !== value.text) continue;
        return plainType(node.parent, node);
      }
    }
  }
  return undefined;
}

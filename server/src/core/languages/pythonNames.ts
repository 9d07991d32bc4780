import { rootOf } from "../model/accessPath";
import type { AccessPath, Modifier, ParameterFacts, TypeFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { partsOf } from "./pythonNodes";

export interface FunctionScope {
  /** Names bound in this function so far. */
  bound: Set<string>;
  /** Names that `global` and `nonlocal` say belong to somebody else. */
  outside: Set<string>;
  symbol: string;
  modifiers: Modifier[];
  parameters: ParameterFacts[];
  /** In a method: the name of its instance or class, and the type it is of. */
  instance: { name: string; type: TypeFacts; isType: boolean } | undefined;
  /** Types declared without a value: `x: Foo`. */
  declared: Map<string, string> | undefined;
  /** Where locals get their values, in the file's scope; kept where a field or a global may be set. */
  origins: Map<string, AccessPath | undefined> | undefined;
}

export interface ClassScope {
  /** With the names of the functions and classes around it: `Outer.Inner`, `f.Local`. */
  name: string;
  /** The same without the functions around it. */
  owner: string;
  type: TypeFacts;
  isTestCase: boolean;
}

/** What names mean where the code being lowered stands. */
export class PythonScopes {
  /** Undefined outside functions. */
  ofFunction: FunctionScope | undefined;
  /** Undefined where a statement does not stand directly in a class. */
  ofClass: ClassScope | undefined;

  inFunction(scope: FunctionScope, lower: () => void): void {
    const { ofFunction, ofClass } = this;
    this.ofFunction = scope;
    this.ofClass = undefined;
    lower();
    this.ofFunction = ofFunction;
    this.ofClass = ofClass;
  }

  inClass(scope: ClassScope, lower: () => void): void {
    const outer = this.ofClass;
    this.ofClass = scope;
    lower();
    this.ofClass = outer;
  }

  isOutside(name: string): boolean {
    return this.ofFunction?.outside.has(name) ?? false;
  }

  /** Replaces a local at the root of a path; undefined where nothing is known of it. */
  close(path: AccessPath): AccessPath | undefined {
    const root = rootOf(path);
    const { ofFunction: scope, ofClass: classScope } = this;
    if (classScope) {
      const { type, name } = classScope;
      const isOwn = type.fields.some((field) => field.name === root) || type.methods.some((m) => m.name === root);
      return isOwn ? `${name}.${path}` : path;
    }
    if (!scope) return path;
    if (root === scope.instance?.name) {
      const own = scope.instance.isType ? scope.instance.type.name : `<${scope.instance.type.name}>`;
      return own + path.slice(root.length);
    }
    if (scope.origins?.has(root)) {
      const origin = scope.origins.get(root);
      return origin && origin + path.slice(root.length);
    }
    if (!scope.bound.has(root)) return path;
    const parameter = scope.parameters.find(({ name, rest }) => name === root && !rest);
    const made = parameter?.default && /^([A-Za-z_][\w.]*)(\(.*\))?$/.exec(parameter.default);
    const source = parameter?.type ? `<${parameter.type}>` : made && `${made[1]}${made[2] ? "()" : ""}`;
    return source && !/^(None|True|False)$/.test(source) ? source + path.slice(root.length) : undefined;
  }
}

/** Whether a call makes an object, by the one naming convention all of Python follows. */
export function constructs(callee: string): boolean {
  return /(^|\.)_*[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(callee);
}

/**
 * The name a call calls when that is certainly a function around it: a bare name reaches functions, never a method;
 * the receiver and the class reach the method around.
 */
export function recursiveName(node: SyntaxNode): string | undefined {
  if (node.kind !== "call") return undefined;
  const callee = node.child("function");
  if (callee?.kind === "identifier") return namesFunctionAround(node, callee.text) ? callee.text : undefined;
  const object = callee?.kind === "attribute" ? callee.child("object") : undefined;
  return object?.kind === "identifier" && reachesOwnType(node, object.text)
    ? callee?.child("attribute")?.text
    : undefined;
}

/** Whether the name of a function around the node means that function there: methods are not in scope. */
function namesFunctionAround(node: SyntaxNode, name: string): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.kind === "function_definition" && outer.child("name")?.text === name) return !classOf(outer);
  }
  return false;
}

function reachesOwnType(node: SyntaxNode, object: string): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    const type = outer.kind === "function_definition" ? classOf(outer) : undefined;
    if (!type) continue;
    if (type.child("name")?.text === object) return true;
    const [receiver] = partsOf(outer.child("parameters"));
    const decorated = outer.parent?.kind === "decorated_definition" ? outer.parent.children : [];
    return receiver?.text === object && !decorated.some((child) => child.text === "@staticmethod");
  }
  return false;
}

/** The class a function is a method of. */
function classOf(functionNode: SyntaxNode): SyntaxNode | undefined {
  for (let outer = functionNode.parent; outer; outer = outer.parent) {
    if (outer.kind === "class_definition") return outer;
    if (outer.kind === "function_definition" || outer.kind === "lambda") return undefined;
  }
  return undefined;
}

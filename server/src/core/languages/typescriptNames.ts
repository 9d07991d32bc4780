import type { SyntaxNode } from "../syntax/syntaxNode";

/** What an expression is bound to: `api.save` for a member of an object that a variable holds. */
export interface Place {
  /** From the outside in; `<anonymous>` for an object that nothing names. */
  path: string[];
  nameNode: SyntaxNode;
  /** Assigned to `X.prototype`, so that `X` declares it. */
  isPrototype: boolean;
  isExported: boolean;
}

export const anonymous = "<anonymous>";

export const functionKinds: ReadonlySet<string> = new Set([
  "function_declaration",
  "generator_function_declaration",
  "function_expression",
  "generator_function",
  "arrow_function",
  "method_definition",
]);

export const fieldKinds: ReadonlySet<string> = new Set(["public_field_definition", "field_definition"]);

/** Wrappers that pass a value on unchanged. */
export const transparentKinds: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "type_assertion",
  "instantiation_expression",
]);

export function unwrap(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let inner = node;
  while (inner && transparentKinds.has(inner.kind)) inner = wrapped(inner);
  return inner;
}

/** The expression inside a transparent wrapper: `<T>x` has its type first, `x as T` last. */
export function wrapped(node: SyntaxNode): SyntaxNode | undefined {
  const children = node.namedChildren;
  return node.kind === "type_assertion" ? children.at(-1) : children[0];
}

/** Where the value of a function, class or object expression goes, as far as the source names it. */
export function placeOf(node: SyntaxNode): Place | undefined {
  let holder = node;
  while (holder.parent && transparentKinds.has(holder.parent.kind)) holder = holder.parent;
  const parent = holder.parent;
  switch (parent?.kind) {
    case "variable_declarator": {
      const name = parent.child("name");
      return name?.kind === "identifier" && holder.field === "value" ? place([name.text], name) : undefined;
    }
    case "assignment_expression":
    case "augmented_assignment_expression":
      return holder.field === "right" ? assignedPlace(parent.child("left")) : undefined;
    case "pair":
      return holder.field === "value" ? memberPlace(parent, parent.child("key")) : undefined;
    case "export_statement":
      return holder.field === "value"
        ? { ...place(["default"], node.children[0] ?? node), isExported: true }
        : undefined;
    default:
      return undefined;
  }
}

/** The place of a member that stands in an object literal. */
export function memberPlace(member: SyntaxNode, key: SyntaxNode | undefined): Place | undefined {
  const object = member.parent;
  if (!key || object?.kind !== "object") return undefined;
  const around = placeOf(object);
  const isModule =
    around?.isExported && around.path.length === 1 && around.path[0] === "default" && isModuleExports(object);
  const outer = isModule ? [] : (around?.path ?? [anonymous]);
  return {
    ...place([...outer, keyText(key)], key),
    isPrototype: around?.isPrototype ?? false,
    isExported: Boolean(isModule),
  };
}

/** The name of a property, method or field. */
export function keyText(key: SyntaxNode): string {
  if (key.kind === "string") return key.text.slice(1, -1);
  if (key.kind === "computed_property_name") {
    const inner = key.namedChildren[0];
    return inner?.kind === "string" ? inner.text.slice(1, -1) : key.text.replace(/\s+/g, " ").slice(0, 60);
  }
  return key.text;
}

function place(path: string[], nameNode: SyntaxNode): Place {
  return { path, nameNode, isPrototype: false, isExported: false };
}

function isModuleExports(object: SyntaxNode): boolean {
  let holder = object;
  while (holder.parent && transparentKinds.has(holder.parent.kind)) holder = holder.parent;
  return holder.parent?.kind === "assignment_expression";
}

function assignedPlace(left: SyntaxNode | undefined): Place | undefined {
  const target = unwrap(left);
  if (!target) return undefined;
  const parts = dottedParts(target) ?? memberOfUnknown(target);
  if (!parts) return undefined;
  const path = parts[0] === "module" && parts[1] === "exports" ? parts.slice(1) : parts;
  const isExported = path[0] === "exports";
  const own = (isExported ? path.slice(1) : path).filter((part) => part !== "prototype");
  const nameNode = target.child("property") ?? target.child("index") ?? target;
  return {
    path: own.length > 0 ? own : ["default"],
    nameNode,
    isPrototype: path.includes("prototype"),
    isExported,
  };
}

/** `f().m = ` and `a[i].m = ` still name the member. */
function memberOfUnknown(target: SyntaxNode): string[] | undefined {
  const property = target.kind === "member_expression" ? target.child("property") : undefined;
  return property && [anonymous, keyText(property)];
}

function dottedParts(node: SyntaxNode): string[] | undefined {
  switch (node.kind) {
    case "identifier":
    case "this":
      return [node.text];
    case "member_expression":
    case "subscript_expression": {
      const object = unwrap(node.child("object"));
      const key = node.child("property") ?? node.child("index");
      const outer = object && dottedParts(object);
      if (!outer || !key) return undefined;
      if (node.kind === "subscript_expression" && key.kind !== "string") {
        const name = `[${key.text.replace(/\s+/g, " ").slice(0, 60)}]`;
        return key.kind === "member_expression" && key.text.startsWith("Symbol.") ? [...outer, name] : undefined;
      }
      return [...outer, keyText(key)];
    }
    default:
      return undefined;
  }
}

/**
 * The name a call calls when that is certainly a function around it: a bare name reaches functions and variables,
 * never a method; `this.m()` reaches the method around.
 */
export function recursiveName(node: SyntaxNode): string | undefined {
  if (node.kind !== "call_expression") return undefined;
  const callee = node.child("function");
  if (callee?.kind === "identifier") return calledByName(node, callee.text);
  return callee?.kind === "member_expression" ? calledAsMember(node, callee) : undefined;
}

function calledByName(call: SyntaxNode, name: string): string | undefined {
  for (let outer = call.parent; outer; outer = outer.parent) {
    if (!functionKinds.has(outer.kind) || outer.kind === "method_definition") continue;
    if (bindsParameter(outer, name)) return undefined;
    if (outer.child("name")?.text === name) return name;
    const bound = placeOf(outer);
    if (bound?.path.length === 1 && !bound.isExported && bound.path[0] === name) return name;
  }
  return undefined;
}

function bindsParameter(fn: SyntaxNode, name: string): boolean {
  const parameters = fn.child("parameters");
  if (!parameters?.text.includes(name)) return false;
  for (const node of parameters.descendants()) if (node.kind === "identifier" && node.text === name) return true;
  return false;
}

function calledAsMember(call: SyntaxNode, callee: SyntaxNode): string | undefined {
  const object = callee.child("object");
  const name = callee.child("property")?.text;
  if (!object || !name || (object.kind !== "this" && object.kind !== "identifier")) return undefined;
  for (let outer = call.parent; outer; outer = outer.parent) {
    if (!functionKinds.has(outer.kind)) continue;
    const owner = outer.parent;
    if (owner && fieldKinds.has(owner.kind)) {
      const key = owner.child("name") ?? owner.child("property");
      return key?.text === name && refersToClass(object, owner) ? name : undefined;
    }
    if (outer.kind === "method_definition") {
      return outer.child("name")?.text === name && refersToClass(object, outer) ? name : undefined;
    }
    const bound = placeOf(outer);
    const isSame = bound && bound.path.length > 1 && bound.path.at(-1) === name;
    if (isSame && (object.kind === "this" ? outer.kind !== "arrow_function" : bound.path.at(-2) === object.text))
      return name;
    if (bound?.isExported && bound.path.at(-1) === name && object.text === "exports") return name;
    if (outer.kind !== "arrow_function" && object.kind === "this") return undefined;
  }
  return undefined;
}

function refersToClass(object: SyntaxNode, member: SyntaxNode): boolean {
  if (object.kind === "this") return true;
  const body = member.parent;
  return body?.kind === "class_body" && body.parent?.child("name")?.text === object.text;
}

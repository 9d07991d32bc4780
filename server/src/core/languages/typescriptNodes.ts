import type { Modifier } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";
import { keyText, type Place, transparentKinds } from "./typescriptNames";

const testCalls = new Set(["it", "test", "specify", "fit", "xit", "xtest"]);
const testVariants =
  /^(only|skip|each|for|concurrent|sequential|failing|fails|todo|fixme|slow|runIf|skipIf|serial|parallel)$/;

export function stringText(node: SyntaxNode | undefined): string {
  return node ? node.text.slice(1, -1) : "";
}

export function isFunctionExpression(node: SyntaxNode): boolean {
  return node.kind === "arrow_function" || node.kind === "function_expression" || node.kind === "generator_function";
}

/**
 * Of `new Promise((resolve) => setTimeout(resolve, length))` the length; also where what the timer runs only resolves.
 */
export function pauseOf(node: SyntaxNode): SyntaxNode | undefined {
  const executor = node.child("arguments")?.namedChildren[0];
  if (node.child("constructor")?.text !== "Promise" || !executor || !isFunctionExpression(executor)) return undefined;
  const resolve = executor.child("parameter") ?? parametersOf(executor)[0];
  const timer = onlyExpression(executor);
  if (timer?.kind !== "call_expression" || timer.child("function")?.text !== "setTimeout") return undefined;
  const [run, length] = timer.child("arguments")?.namedChildren ?? [];
  if (!resolve || !run) return undefined;
  const name = (resolve.child("pattern") ?? resolve).text;
  const resolving = isFunctionExpression(run) ? onlyExpression(run)?.child("function") : run;
  return resolving?.text === name ? length : undefined;
}

/** The expression that is all the body of a function. */
function onlyExpression(fn: SyntaxNode): SyntaxNode | undefined {
  const body = fn.child("body");
  if (body?.kind !== "statement_block") return body;
  const [statement, ...others] = body.namedChildren.filter(({ kind }) => kind !== "comment");
  const isAlone = statement && others.length === 0 && /^(?:expression|return)_statement$/.test(statement.kind);
  return isAlone ? statement.namedChildren[0] : undefined;
}

/** The name a function expression gives itself. */
export function ownPlace(node: SyntaxNode): Place | undefined {
  const name = node.child("name");
  return name && { path: [name.text], nameNode: name, isPrototype: false, isExported: false };
}

/** The declaration that a comment about a function stands above. */
export function documentedNode(node: SyntaxNode): SyntaxNode {
  const above = new Set([
    "variable_declarator",
    "lexical_declaration",
    "variable_declaration",
    "export_statement",
    "pair",
  ]);
  let outer = node;
  for (let parent = node.parent; parent; parent = parent.parent) {
    const isAbove =
      above.has(parent.kind) || parent.kind === "assignment_expression" || parent.kind === "expression_statement";
    if (!isAbove && !transparentKinds.has(parent.kind) && parent.kind !== "ambient_declaration") break;
    outer = parent;
    if (parent.kind === "pair") break;
  }
  return outer;
}

/** Decorators inside the node, and those that stand before it in a class body. */
export function decoratorsOf(node: SyntaxNode): SyntaxNode[] {
  const inside = node.children.filter((child) => child.kind === "decorator");
  const siblings = node.parent?.kind === "class_body" ? node.parent.namedChildren : [];
  const before: SyntaxNode[] = [];
  for (let i = siblings.indexOf(node) - 1; i >= 0 && siblings[i]?.kind === "decorator"; i--) {
    before.unshift(siblings[i] as SyntaxNode);
  }
  const outer =
    node.parent?.kind === "export_statement" ? node.parent.children.filter((child) => child.kind === "decorator") : [];
  return [...outer, ...before, ...inside];
}

export function functionModifiers(node: SyntaxNode): Modifier[] {
  const modifiers: Modifier[] = [];
  if (node.has("async")) modifiers.push("async");
  if (node.has("*")) modifiers.push("generator");
  if (node.kind !== "method_definition") return modifiers;
  if (node.has("get")) modifiers.push("getter");
  if (node.has("set")) modifiers.push("setter");
  return modifiers;
}

export function memberModifiers(node: SyntaxNode): Modifier[] {
  const modifiers: Modifier[] = [];
  if (node.has("static")) modifiers.push("static");
  const access = node.ofKind("accessibility_modifier")?.text ?? "public";
  const isPrivate = (node.child("name") ?? node.child("property"))?.kind === "private_property_identifier";
  if (access === "public" && !isPrivate) modifiers.push("public");
  return modifiers;
}

export function parametersOf(node: SyntaxNode): SyntaxNode[] {
  const list = node.child("parameters");
  return (list?.namedChildren ?? []).filter(
    (parameter) => parameter.kind !== "ERROR" && parameter.child("pattern")?.kind !== "this",
  );
}

export function parameterParts(parameter: SyntaxNode): {
  pattern: SyntaxNode;
  fallback: SyntaxNode | undefined;
  isRest: boolean;
} {
  const isAssignment = parameter.kind === "assignment_pattern";
  const outer = parameter.child("pattern") ?? (isAssignment ? parameter.child("left") : undefined) ?? parameter;
  const isRest = outer.kind === "rest_pattern";
  const pattern = (isRest && outer.namedChildren[0]) || outer;
  return { pattern, fallback: parameter.child(isAssignment ? "right" : "value"), isRest };
}

export function isParameterProperty(parameter: SyntaxNode): boolean {
  return parameter.has("accessibility_modifier") || parameter.has("readonly") || parameter.has("override_modifier");
}

/** The names a pattern binds. */
export function bindingsOf(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.kind) {
    case "identifier":
    case "type_identifier":
      return [pattern];
    case "pair_pattern": {
      const value = pattern.child("value");
      return value ? bindingsOf(value) : [];
    }
    case "assignment_pattern":
    case "object_assignment_pattern": {
      const left = pattern.child("left");
      return left ? bindingsOf(left) : [];
    }
    case "object_pattern":
    case "array_pattern":
    case "rest_pattern":
      return pattern.namedChildren.flatMap(bindingsOf);
    default:
      return [];
  }
}

/** A name that a pattern binds. */
export interface BoundVariable {
  name: SyntaxNode;
  type: SyntaxNode | undefined;
  /** The path that leads to its value from the origin of the whole; absent when that has none. */
  origin: string | undefined;
}

/** The names a pattern binds, with the types that a type written out beside the pattern gives them. */
export function boundVariables(
  pattern: SyntaxNode,
  origin: string | undefined,
  type: SyntaxNode | undefined,
  source: string,
): BoundVariable[] {
  switch (pattern.kind) {
    case "identifier":
    case "type_identifier":
      return [{ name: pattern, type, origin }];
    case "pair_pattern": {
      const key = pattern.child("key");
      const value = pattern.child("value");
      if (!key || !value) return [];
      const isComputed = key.kind === "computed_property_name";
      const member = isComputed ? "[]" : `.${keyText(key)}`;
      const memberType = isComputed ? undefined : typeOfMember(type, keyText(key));
      return boundVariables(value, origin === undefined ? undefined : origin + member, memberType, source);
    }
    case "assignment_pattern":
    case "object_assignment_pattern": {
      const left = pattern.child("left");
      return left ? boundVariables(left, origin, type, source) : [];
    }
    case "object_pattern":
      return pattern.namedChildren.flatMap((child) => boundVariables(child, origin, type, source));
    case "rest_pattern":
      return pattern.namedChildren.flatMap((child) => boundVariables(child, origin, undefined, source));
    case "array_pattern":
      return elementsOf(pattern, source).flatMap(({ node, index }) => {
        const isPart = node.kind !== "rest_pattern" && origin !== undefined;
        const partType = type?.kind === "tuple_type" ? type.namedChildren[index] : undefined;
        return boundVariables(node, isPart ? `${origin}#${index}` : origin, partType, source);
      });
    default:
      return [];
  }
}

function typeOfMember(type: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (type?.kind === "intersection_type") {
    for (const part of type.namedChildren) {
      const found = typeOfMember(part, name);
      if (found) return found;
    }
  }
  if (type?.kind !== "object_type") return undefined;
  const member = type.namedChildren.find((child) => child.kind === "property_signature" && keyOf(child) === name);
  return member?.child("type")?.namedChildren[0];
}

function keyOf(member: SyntaxNode): string | undefined {
  const key = member.child("name");
  return key && keyText(key);
}

const narrowingTypes: ReadonlySet<string> = new Set(["string", "number", "boolean"]);

/** Names that a condition, when it holds, shows to be of a type. */
export function narrowedNames(condition: SyntaxNode): { name: SyntaxNode; type: string }[] {
  if (condition.kind === "parenthesized_expression") return condition.namedChildren.flatMap(narrowedNames);
  if (condition.kind !== "binary_expression") return [];
  const left = condition.child("left");
  const right = condition.child("right");
  if (!left || !right) return [];
  switch (condition.child("operator")?.kind) {
    case "&&":
      return [...narrowedNames(left), ...narrowedNames(right)];
    case "instanceof": {
      const isType = right.kind === "identifier" || right.kind === "member_expression";
      return left.kind === "identifier" && isType ? [{ name: left, type: right.text }] : [];
    }
    case "===":
    case "==": {
      const name = left.kind === "unary_expression" && left.has("typeof") ? left.child("argument") : undefined;
      const type = stringText(right);
      return name?.kind === "identifier" && right.kind === "string" && narrowingTypes.has(type) ? [{ name, type }] : [];
    }
    default:
      return [];
  }
}

/** Elements of an array pattern with their places; holes leave no node, only their commas in the text. */
export function elementsOf(pattern: SyntaxNode, source: string): { node: SyntaxNode; index: number }[] {
  let index = 0;
  let from = pattern.start;
  return pattern.namedChildren.map((node) => {
    index += source.slice(from, node.start).split(",").length - 1;
    from = node.end;
    return { node, index };
  });
}

export function isModuleLevel(declaration: SyntaxNode): boolean {
  let outer = declaration.parent;
  while (
    outer &&
    (outer.kind === "export_statement" || outer.kind === "ambient_declaration" || outer.kind === "ERROR")
  ) {
    outer = outer.parent;
  }
  if (!outer || outer.kind === "program") return true;
  return outer.kind === "statement_block" && /module$/.test(outer.parent?.kind ?? "");
}

/** A callback handed to `it`, `test` or one of their variants: `it.each(rows)("title", () => {})`. */
export function isTestCallback(node: SyntaxNode): boolean {
  const call = node.parent?.kind === "arguments" ? node.parent.parent : undefined;
  let callee = call?.kind === "call_expression" ? call.child("function") : undefined;
  while (callee) {
    if (callee.kind === "identifier") return testCalls.has(callee.text);
    if (callee.kind === "member_expression") {
      if (!testVariants.test(callee.child("property")?.text ?? "")) return false;
      callee = callee.child("object");
    } else {
      callee = callee.kind === "call_expression" ? callee.child("function") : undefined;
    }
  }
  return false;
}

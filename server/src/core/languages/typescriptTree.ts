import type { LanguageId } from "../model/facts";
import { nodeKind, SyntaxNode } from "../syntax/syntaxNode";

const postfixOperand: Readonly<Record<string, string>> = {
  member_expression: "object",
  subscript_expression: "object",
  call_expression: "function",
};
const looseKinds = new Set(["binary_expression", "unary_expression", "await_expression"]);
const precedences: Readonly<Record<string, number>> = {
  "??": 1,
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "===": 6,
  "!==": 6,
  "<": 7,
  ">": 7,
  "<=": 7,
  ">=": 7,
  in: 7,
  instanceof: 7,
  "<<": 8,
  ">>": 8,
  ">>>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
  "**": 11,
};
const precedenceOfAs = 7;

/**
 * Rewrites a parsed file in place so that one meaning has one shape: shorthand properties become pairs, a bare arrow
 * parameter a list, text in JSX loses its margin. In TypeScript it also undoes what the grammar binds wrongly:
 * `a && b!.c` arrives as `(a && b)!.c`, `await f<T>(x)` as `(await f)<T>(x)`, `a && b as T` as `(a && b) as T`.
 */
export function settleTree(root: SyntaxNode, source: string, language: LanguageId): void {
  const misbound: SyntaxNode[] = [];
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const settled = settleNode(node, source, language);
    if (language === "typescript" && isMisbound(settled)) misbound.push(settled);
    if (settled !== node && settled.kind === "await_expression" && settled.parent) misbound.push(settled.parent);
    for (const child of settled.children)
      if (child.children.length > 0 || replaceable.has(child.kind)) stack.push(child);
  }
  for (const node of misbound.reverse()) {
    if (node.parent?.children.includes(node) && isMisbound(node)) rebind(node, source);
  }
}

const replaceable = new Set(["shorthand_property_identifier", "shorthand_property_identifier_pattern", "jsx_text"]);

function settleNode(node: SyntaxNode, source: string, language: LanguageId): SyntaxNode {
  switch (node.kind) {
    case "shorthand_property_identifier":
      return replace(node, pairOf(node, "pair", make(source, "identifier", "value", node)));
    case "shorthand_property_identifier_pattern":
      return replace(node, pairOf(node, "pair_pattern", make(source, "identifier", "value", node)));
    case "object_assignment_pattern": {
      const left = node.child("left");
      if (left?.kind !== "shorthand_property_identifier_pattern") return node;
      const assignment = make(source, "assignment_pattern", "value", node);
      for (const child of node.children) {
        adopt(assignment, child === left ? make(source, "identifier", "left", left) : child);
      }
      return replace(node, pairOf(node, "pair_pattern", assignment, left));
    }
    case "arrow_function":
      listParameter(node, source, language);
      return node;
    case "call_expression":
      return node.child("function")?.text === "await" ? replace(node, awaitOf(node, source)) : node;
    case "jsx_text": {
      const text = node.text;
      const start = node.start + (text.length - text.trimStart().length);
      const end = Math.max(start, node.end - (text.length - text.trimEnd().length));
      return replace(node, make(source, "jsx_text", node.field, { start, end }));
    }
    default:
      return node;
  }

  function pairOf(whole: SyntaxNode, kind: string, value: SyntaxNode, key: SyntaxNode = whole): SyntaxNode {
    const pair = make(source, kind, whole.field, whole);
    adopt(pair, make(source, "property_identifier", "key", key));
    adopt(pair, value);
    return pair;
  }
}

/** `x => y` and `(x) => y` differ in layout only. */
function listParameter(arrow: SyntaxNode, source: string, language: LanguageId): void {
  const parameter = arrow.child("parameter");
  if (!parameter) return;
  const list = make(source, "formal_parameters", "parameters", parameter);
  if (language === "typescript") {
    const required = make(source, "required_parameter", undefined, parameter);
    adopt(required, make(source, parameter.kind, "pattern", parameter));
    adopt(list, required);
  } else {
    adopt(list, make(source, parameter.kind, undefined, parameter));
  }
  replace(parameter, list);
}

/** `await (0, m.f)(x)` arrives as the call of a function `await`. */
function awaitOf(call: SyntaxNode, source: string): SyntaxNode {
  const args = call.child("arguments") ?? call;
  const awaiting = make(source, "await_expression", call.field, call);
  const parenthesized = make(source, "parenthesized_expression", undefined, args);
  adopt(awaiting, parenthesized);
  const values = args.namedChildren;
  const inner = values.length > 1 ? make(source, "sequence_expression", undefined, args) : parenthesized;
  if (inner !== parenthesized) adopt(parenthesized, inner);
  for (const value of values) adopt(inner, value);
  return awaiting;
}

function operandOf(node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind === "binary_expression") return node.child("left");
  const field = postfixOperand[node.kind];
  if (field) return node.child(field);
  if (node.kind === "non_null_expression" || node.kind === "as_expression" || node.kind === "satisfies_expression") {
    return node.namedChildren[0];
  }
  return undefined;
}

function isMisbound(node: SyntaxNode): boolean {
  const operand = operandOf(node);
  if (!operand || !looseKinds.has(operand.kind)) return false;
  const precedence =
    node.kind === "binary_expression"
      ? precedenceOf(node)
      : node.kind === "as_expression" || node.kind === "satisfies_expression"
        ? precedenceOfAs
        : Number.POSITIVE_INFINITY;
  return precedenceOf(operand) < precedence;
}

function precedenceOf(node: SyntaxNode): number {
  return node.kind === "binary_expression" ? (precedences[node.child("operator")?.kind ?? ""] ?? 0) : 12;
}

/** `(a op b)!` becomes `a op (b!)`, and so on upwards as long as what is around bound to the wrong operand too. */
function rebind(node: SyntaxNode, source: string): void {
  const operand = operandOf(node);
  const edge = operand?.namedChildren.at(-1);
  if (!operand || !edge) return;
  const inner = make(source, node.kind, edge.field, { start: edge.start, end: node.end });
  for (const child of node.children) adopt(inner, child === operand ? copy(source, edge, operand.field) : child);
  const outer = make(source, operand.kind, node.field, { start: operand.start, end: node.end });
  for (const child of operand.children) adopt(outer, child === edge ? inner : child);
  replace(node, outer);
  if (isMisbound(inner)) rebind(inner, source);
  const around = outer.parent;
  if (around && operandOf(around) === outer && isMisbound(around)) rebind(around, source);
}

function make(
  source: string,
  kind: string,
  field: string | undefined,
  span: { start: number; end: number },
): SyntaxNode {
  return new SyntaxNode(source, nodeKind(kind, true), field, span.start, span.end);
}

function copy(source: string, node: SyntaxNode, field: string | undefined): SyntaxNode {
  const copied = new SyntaxNode(source, node.type, field, node.start, node.end);
  for (const child of node.children) adopt(copied, child);
  return copied;
}

function adopt(parent: SyntaxNode, child: SyntaxNode): void {
  parent.adopt(child);
}

function replace(old: SyntaxNode, replacement: SyntaxNode): SyntaxNode {
  const parent = old.parent;
  if (!parent) return old;
  old.replaceWith(replacement);
  return replacement;
}

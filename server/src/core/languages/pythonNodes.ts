import type { Modifier } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";

/** The children that are code: neither comments nor the backslash at the end of a line. */
export function partsOf(node: SyntaxNode | undefined): SyntaxNode[] {
  return (node?.children ?? []).filter(
    (child) => child.named && !child.isComment && child.kind !== "line_continuation",
  );
}

/** The string a body begins with. */
export function docstringOf(body: SyntaxNode): SyntaxNode | undefined {
  const first = partsOf(body)[0];
  const string = first?.kind === "expression_statement" && first.children.length === 1 ? first.children[0] : undefined;
  if (string?.kind !== "string" && string?.kind !== "concatenated_string") return undefined;
  const strings = string.kind === "string" ? [string] : partsOf(string);
  return strings.some((part) => /^[a-z]*[bft]/i.test(part.children[0]?.text ?? "")) ? undefined : string;
}

/** What is between the quotes, as written. */
export function contentOf(string: SyntaxNode): string {
  const { children, text, start } = string;
  const opening = children[0];
  const closing = children.at(-1);
  if (opening?.kind !== "string_start") return text;
  return text.slice(opening.end - start, closing?.kind === "string_end" ? closing.start - start : undefined);
}

/** A slice without its bounds: `_:`, `:_`, `::_`. */
export function slicePattern(slice: SyntaxNode): string {
  const { children, start, end } = slice;
  const starts = [...children.map((child) => child.start), end];
  return starts
    .map((to, i) => slice.text.slice((children[i - 1]?.end ?? start) - start, to - start).replace(/[^:]/g, ""))
    .join("_");
}

export function isDefinition(node: SyntaxNode | undefined): boolean {
  return node?.kind === "function_definition" || node?.kind === "class_definition";
}

/** `case _`, `case name`: always taken. */
export function isDefaultCase(clause: SyntaxNode): boolean {
  const pattern = clause.ofKind("case_pattern");
  return pattern !== undefined && !clause.child("guard") && !isTupleCase(clause) && isIrrefutable(pattern);
}

/** `case a, b`, and `case a,`: the comma is no node. */
export function isTupleCase(clause: SyntaxNode): boolean {
  const first = clause.ofKind("case_pattern");
  return first !== undefined && /^\s*,/.test(clause.text.slice(first.end - clause.start));
}

function isIrrefutable(pattern: SyntaxNode): boolean {
  return pattern.children.every((child) => {
    if (child.kind === "tuple_pattern") {
      return child.children.length === 1 && !/,\s*\)$/.test(child.text) && child.children.every(isIrrefutable);
    }
    return child.kind === "_" || (child.kind === "dotted_name" && child.children.length === 1);
  });
}

/** The single targets of an assignment, however they are packed. */
export function patternParts(node: SyntaxNode): SyntaxNode[] {
  return /^(pattern_list|expression_list|tuple|list|(tuple|list|list_splat)_pattern|list_splat|parenthesized_expression|as_pattern_target)$/.test(
    node.kind,
  )
    ? partsOf(node).flatMap(patternParts)
    : [node];
}

export function parameterNames(node: SyntaxNode): SyntaxNode[] {
  if (node.kind === "identifier") return [node];
  if (node.kind === "typed_parameter") return partsOf(node).slice(0, 1).flatMap(parameterNames);
  const name = node.child("name");
  return name ? parameterNames(name) : partsOf(node).flatMap(parameterNames);
}

/** A body that says nothing but that there is none: `...`, `pass`. */
export function isStub(body: SyntaxNode | undefined): boolean {
  return partsOf(body).every(saysNothing);
}

/** A body that leaves the work to those that inherit the method: `...`, `raise NotImplementedError`. */
export function isLeftToOthers(body: SyntaxNode | undefined): boolean {
  return partsOf(body).every(
    (statement) =>
      saysNothing(statement) ||
      (statement.kind === "raise_statement" && /^NotImplementedError\b/.test(partsOf(statement)[0]?.text ?? "")),
  );
}

function saysNothing(statement: SyntaxNode): boolean {
  return (
    statement.kind === "pass_statement" ||
    (statement.kind === "expression_statement" && /^(ellipsis|string)$/.test(partsOf(statement)[0]?.kind ?? ""))
  );
}

/** App. A of the white paper, as SonarSource's analyser reads it: one inner function, and `return` of a name. */
export function isWrapper(functionNode: SyntaxNode): boolean {
  const body = functionNode.kind === "function_definition" ? functionNode.child("body") : undefined;
  let functions = 0;
  for (const statement of partsOf(body)) {
    const definition = statement.kind === "decorated_definition" ? statement.child("definition") : statement;
    if (definition?.kind === "function_definition") functions++;
    else if (statement.kind !== "return_statement" || partsOf(statement)[0]?.kind !== "identifier") return false;
  }
  return functions === 1;
}

export function modifiersOf(node: SyntaxNode, decorators: string[]): Modifier[] {
  const modifiers: Modifier[] = node.has("async") ? ["async"] : [];
  for (const decorator of decorators) {
    const name = decorator.replace(/\([\s\S]*$/, "").replace(/^.*\.(?=[^.]+$)/, "");
    if (name === "staticmethod" || name === "classmethod") modifiers.push("static");
    // What an overload declares is implemented elsewhere, too.
    else if (/^abstract|^overload$/.test(name)) modifiers.push("abstract");
    if (/property$/i.test(name) || decorator.endsWith(".getter")) modifiers.push("getter");
    else if (decorator.endsWith(".setter")) modifiers.push("setter");
  }
  return modifiers;
}

/** The single targets of an assignment, each with which part of the value it gets: `#0`, `#1#2`. */
export function eachTarget(
  node: SyntaxNode,
  suffix: string | undefined,
  visit: (part: SyntaxNode, suffix: string | undefined) => void,
): void {
  if (node.kind === "parenthesized_expression") {
    for (const inner of partsOf(node)) eachTarget(inner, suffix, visit);
  } else if (/^(pattern_list|expression_list|tuple|list|(tuple|list)_pattern)$/.test(node.kind)) {
    let isKnown = suffix !== undefined;
    partsOf(node).forEach((part, i) => {
      if (/^list_splat/.test(part.kind)) isKnown = false;
      eachTarget(part, isKnown ? `${suffix}#${i}` : undefined, visit);
    });
  } else if (/^(list_splat|list_splat_pattern|as_pattern_target)$/.test(node.kind)) {
    const inner = node.kind === "as_pattern_target" ? suffix : undefined;
    for (const part of partsOf(node)) eachTarget(part, inner, visit);
  } else visit(node, suffix);
}

/** Whether a value is written with parts that go by names, not all of one kind: `{"rows": [], "at": None}`. */
export function isRecord(node: SyntaxNode | undefined): boolean {
  if (node?.kind !== "dictionary") return false;
  const pairs = partsOf(node);
  const kinds = new Set(pairs.map((pair) => pair.child("value")?.kind));
  return kinds.size > 1 && pairs.every((pair) => pair.kind === "pair" && pair.child("key")?.kind === "string");
}

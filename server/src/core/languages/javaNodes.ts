import type { TypeFacts } from "../model/facts";
import type { SyntaxNode } from "../syntax/syntaxNode";

export const functionKinds: ReadonlySet<string> = new Set([
  "method_declaration",
  "constructor_declaration",
  "compact_constructor_declaration",
]);
export const classBodies = new Set(["class_body", "interface_body", "enum_body", "annotation_type_body"]);

export const typeForms: Readonly<Record<string, TypeFacts["form"]>> = {
  class_declaration: "class",
  interface_declaration: "interface",
  annotation_type_declaration: "interface",
  enum_declaration: "enum",
  record_declaration: "record",
};

const effectKinds = new Set([
  "method_invocation",
  "object_creation_expression",
  "lambda_expression",
  "if_statement",
  "for_statement",
  "enhanced_for_statement",
  "while_statement",
  "do_statement",
  "switch_expression",
  "try_statement",
  "try_with_resources_statement",
  "synchronized_statement",
  "throw_statement",
]);

export function isMemberName(node: SyntaxNode): boolean {
  if (node.field === "field") return true;
  const parent = node.parent;
  if (parent?.kind === "method_reference") return parent.namedChildren[0] !== node;
  return node.field === "name" && (parent?.kind === "method_invocation" || parent?.kind === "method_declaration");
}

export function typeAround(node: SyntaxNode): SyntaxNode | undefined {
  let outer = node.parent;
  while (outer && !(outer.kind in typeForms) && outer.kind !== "object_creation_expression") outer = outer.parent;
  return outer;
}

export function membersOf(body: SyntaxNode | undefined): SyntaxNode[] {
  return (body?.namedChildren ?? []).flatMap((child) =>
    child.kind === "enum_body_declarations" ? child.namedChildren : [child],
  );
}

export function methodsNamed(body: SyntaxNode, name: string): SyntaxNode[] {
  return membersOf(body).filter((node) => node.kind === "method_declaration" && node.child("name")?.text === name);
}

export function formalParameters(method: SyntaxNode): SyntaxNode[] {
  return (method.child("parameters")?.namedChildren ?? []).filter(
    (parameter) => parameter.kind !== "receiver_parameter",
  );
}

/** The declared type of a parameter or variable, without its arguments. */
export function plainType(declaration: SyntaxNode | undefined, name = declaration): string | undefined {
  const type = declaration?.child("type");
  return type && withoutTypeArguments(type.text) + (name?.child("dimensions")?.text ?? "");
}

export function withoutTypeArguments(type: string): string {
  let text = type.replace(/@[\w.]+(\([^()]*\))?\s*/g, "").replace(/\s+/g, "");
  while (/<[^<>]*>/.test(text)) text = text.replace(/<[^<>]*>/g, "");
  return text;
}

/** Whether anything happens in a node that is worth a function of its own. */
export function hasEffect(node: SyntaxNode): boolean {
  return [...node.descendants()].some((inner) => effectKinds.has(inner.kind));
}

export function hasModifier(node: SyntaxNode, modifier: string): boolean {
  return node.ofKind("modifiers")?.has(modifier) ?? false;
}

export interface CaseGroup {
  start: number;
  end: number;
  /** `case … ->`: control does not run on into the next group. */
  isRule: boolean;
  labels: SyntaxNode[];
  body: SyntaxNode[];
}

/** Labels without statements of their own belong to the statements that follow. */
export function caseGroups(body: SyntaxNode | undefined): CaseGroup[] {
  const groups: CaseGroup[] = [];
  let pending: CaseGroup | undefined;
  for (const node of body?.namedChildren ?? []) {
    const labels = node.namedChildren.filter((child) => child.kind === "switch_label");
    const statements =
      node.kind === "ERROR" ? [node] : node.namedChildren.filter((child) => child.kind !== "switch_label");
    const isRule = node.kind === "switch_rule";
    const group: CaseGroup = pending
      ? { ...pending, end: node.end, isRule, labels: [...pending.labels, ...labels], body: statements }
      : { start: node.start, end: node.end, isRule, labels, body: statements };
    pending = !isRule && statements.length === 0 ? group : undefined;
    if (!pending) groups.push(group);
  }
  if (pending) groups.push(pending);
  return groups;
}

export function isDefaultLabel(node: SyntaxNode): boolean {
  return node.kind === "identifier" && node.text === "default";
}

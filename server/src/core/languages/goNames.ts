import type { SyntaxNode } from "../syntax/syntaxNode";
import { listOf } from "./goNodes";

/** Outside of functions, where the bundle would make it anew each time. */
export const exportedName = /^\p{Lu}/u;

/** The name a call calls when that is certainly a function around it: inside a method, one reached by its receiver. */
export function recursiveName(node: SyntaxNode): string | undefined {
  if (node.kind !== "call_expression") return undefined;
  const callee = node.child("function");
  const method = methodAround(node);
  if (callee?.kind === "identifier") return method ? undefined : callee.text;
  const called = callee?.child("field");
  if (!method || !called || called.text !== method.child("name")?.text) return undefined;
  return isOfReceiverType(callee?.child("operand"), method) ? called.text : undefined;
}

function methodAround(node: SyntaxNode): SyntaxNode | undefined {
  let current: SyntaxNode | undefined = node;
  while (current && current.kind !== "method_declaration") current = current.parent;
  return current;
}

/** Whether a value is the receiver, or is reached from it through fields that hold its own type: `n.left`. */
function isOfReceiverType(value: SyntaxNode | undefined, method: SyntaxNode): boolean {
  const receiver = method.child("receiver")?.namedChildren[0];
  if (!value || !receiver) return false;
  if (value.kind === "identifier" && value.text === receiver.child("name")?.text) return true;
  const collection = value.kind === "identifier" ? rangeOver(value, method) : value.child("operand");
  switch (value.kind) {
    case "identifier":
    case "index_expression":
      return collection?.kind === "selector_expression" && isOfReceiverType(collection, method);
    case "selector_expression": {
      const typeName = elementTypeName(receiver.child("type"));
      const field = fieldOf(typeName, value.child("field")?.text, method.parent);
      return elementTypeName(field?.child("type")) === typeName && isOfReceiverType(value.child("operand"), method);
    }
    default:
      return false;
  }
}

/** What the loop goes over whose value variable this is. */
function rangeOver(variable: SyntaxNode, method: SyntaxNode): SyntaxNode | undefined {
  for (let node = variable.parent; node && node !== method; node = node.parent) {
    const range = node.kind === "for_statement" ? node.ofKind("range_clause") : undefined;
    if (range && listOf(range.child("left"))[1]?.text === variable.text) return range.child("right");
  }
  return undefined;
}

function elementTypeName(type: SyntaxNode | undefined): string {
  return (type?.text ?? "").replace(/^(\*|\[\w*\]|map\[\w+\])+/, "").replace(/\[[\s\S]*$/, "");
}

function fieldOf(
  typeName: string,
  fieldName: string | undefined,
  file: SyntaxNode | undefined,
): SyntaxNode | undefined {
  for (const declaration of file?.namedChildren ?? []) {
    if (declaration.kind !== "type_declaration") continue;
    const spec = declaration.namedChildren.find((child) => child.child("name")?.text === typeName);
    const fields = spec?.child("type")?.ofKind("field_declaration_list")?.namedChildren ?? [];
    const field = fields.find((child) => child.childrenOf("name").some((name) => name.text === fieldName));
    if (field) return field;
  }
  return undefined;
}

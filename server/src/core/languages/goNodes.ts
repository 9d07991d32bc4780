import type { SyntaxNode } from "../syntax/syntaxNode";

const predeclaredType =
  /^(u?int(8|16|32|64)?|uintptr|float(32|64)|complex(64|128)|string|bool|byte|rune|error|any|comparable)$/;

/** Whether an expression can only be a type. */
export function isType(node: SyntaxNode): boolean {
  if (node.kind === "identifier" || node.kind === "type_identifier") return predeclaredType.test(node.text);
  return (
    node.kind === "pointer_type" || /^(generic|slice|array|map|channel|function|struct|interface)_type$/.test(node.kind)
  );
}

/** The type inside pointers, slices, arrays, maps and channels. */
export function innermostType(type: SyntaxNode): SyntaxNode | undefined {
  switch (type.kind) {
    case "pointer_type":
    case "parenthesized_type":
      return type.namedChildren[0] && innermostType(type.namedChildren[0]);
    case "slice_type":
    case "array_type":
      return innermostTypeOf(type, "element");
    case "map_type":
    case "channel_type":
      return innermostTypeOf(type, "value");
    default:
      return type;
  }
}

function innermostTypeOf(type: SyntaxNode, field: string): SyntaxNode | undefined {
  const part = type.child(field);
  return part && innermostType(part);
}

/** The specs of a declaration, with or without parentheses around them. */
export function specsOf(declaration: SyntaxNode): SyntaxNode[] {
  return declaration.namedChildren.flatMap((child) =>
    child.kind.endsWith("_spec_list") ? child.namedChildren : [child],
  );
}

export function listOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (!node) return [];
  return node.kind === "expression_list" ? node.namedChildren : [node];
}

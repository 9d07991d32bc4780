import { functionKinds, unwrap } from "../../languages/typescriptNames";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import { isWholeExport, nameOf, unexported, variableKinds } from "./javascriptModule";
import type { IsWanted } from "./language";
import { type Replacement, replacement } from "./rewritten";

/** A function of an object that holds several, by its name. */
interface Held {
  name: string;
  node: SyntaxNode;
}

/** The object of functions that a statement of the top level names, or that a file exports as a whole. */
export function holderOf(statement: SyntaxNode): SyntaxNode | undefined {
  const outer = statement.parent?.kind === "export_statement" ? statement.parent : statement;
  if (outer.parent?.kind !== "program") return undefined;
  const value = givenValue(unexported(outer));
  return value?.kind === "object" ? value : undefined;
}

function givenValue(node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind === "object") return node;
  const [only, ...others] = node.namedChildren;
  if (!only || others.length > 0) return undefined;
  if (variableKinds.has(node.kind)) return unwrap(only.child("value"));
  const isExport = only.kind === "assignment_expression" && isWholeExport(only.child("left"));
  return isExport ? unwrap(only.child("right")) : undefined;
}

/** What can be left out of an object whose members are only reached one by one. */
export function heldIn(holder: SyntaxNode): Held[] {
  return holder.namedChildren.flatMap((node) => {
    const key = node.kind === "shorthand_property_identifier" ? node : (node.child("key") ?? node.child("name"));
    const isNamed = key?.kind === "string" || /(?:^|_)property_identifier$/.test(key?.kind ?? "");
    return key && isNamed && isHeld(node) ? [{ name: nameOf(key), node }] : [];
  });
}

function isHeld(node: SyntaxNode): boolean {
  if (node.kind === "shorthand_property_identifier") return true;
  if (node.kind === "method_definition") return !node.has("get") && !node.has("set");
  const value = node.kind === "pair" ? unwrap(node.child("value")) : undefined;
  return value !== undefined && (functionKinds.has(value.kind) || value.kind === "identifier");
}

export function unwantedHeld(holder: SyntaxNode, isWanted: IsWanted): Held[] {
  // A name with a dot in it may be that of the function itself.
  return heldIn(holder).filter(({ name }) => !name.includes(".") && !isWanted(name));
}

/** The members stay, without their functions. */
export function withoutUnwanted(holder: SyntaxNode, isWanted: IsWanted): Replacement[] {
  return unwantedHeld(holder, isWanted).map(({ name, node }) =>
    replacement(node, `${JSON.stringify(name)}: undefined`),
  );
}

/** Whether what a name stands for is used otherwise than by one of its members: `Object.keys(piers)`. */
export function isUsedWhole(place: SyntaxNode): boolean {
  const { parent, field } = place;
  if (parent?.kind === "variable_declarator" && field === "name") return false;
  if (parent?.kind === "assignment_expression" && field === "left") return false;
  if (parent?.kind !== "member_expression" || field !== "object") return true;
  return isWholeExport(parent) && isUsedWhole(parent);
}

import { createHash } from "node:crypto";
import type { SyntaxNode } from "../syntax/syntaxNode";

/** What a language adds to the shape of a function. */
export interface ShapeGrammar {
  /** Leaf kinds that can name a variable, as opposed to a field, a type or a keyword argument. */
  isVariable(node: SyntaxNode): boolean;
  /** Left out together with everything below: documentation strings, parentheses are handled here already. */
  isInvisible(node: SyntaxNode): boolean;
  /** Wrappers without a meaning of their own when they hold a single child: parentheses, blocks, statements. */
  transparentKinds: ReadonlySet<string>;
  /** What a node says that none of its children holds: the text between escapes, where the colons of a slice stand. */
  hiddenText?(node: SyntaxNode): string | undefined;
}

/**
 * Hash of what a function does, whatever it looks like: the tree's kinds, operators, literals and outside names.
 * Locals are numbered by first appearance, the function's own name is a marker, comments and layout are left out.
 * 128 bits of SHA-256, hexadecimal.
 */
export function hashShape(
  node: SyntaxNode,
  ownName: string,
  isLocal: (name: string) => boolean,
  grammar: ShapeGrammar,
): string {
  const numbers = new Map<string, number>();
  const out: string[] = [];
  const visit = (current: SyntaxNode): void => {
    if (current.isComment || current.isMissing || grammar.isInvisible(current)) return;
    if (current.children.length === 0) {
      out.push(leaf(current));
      return;
    }
    const visible = current.children.filter((child) => !child.isComment && !child.isMissing);
    if (visible.length === 1 && grammar.transparentKinds.has(current.kind)) {
      visit(visible[0] as SyntaxNode);
      return;
    }
    out.push("(", current.kind);
    const hidden = grammar.hiddenText?.(current);
    if (hidden) out.push(JSON.stringify(hidden));
    for (const child of visible) {
      if (child.field) out.push(`${child.field}:`);
      visit(child);
    }
    out.push(")");
  };
  const leaf = (current: SyntaxNode): string => {
    const text = current.text;
    if (!current.named) return text;
    if (text === ownName) return "<self>";
    if (isLocal(text) && grammar.isVariable(current)) {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return `<local ${number}>`;
    }
    if (current.kind === "string_content") return JSON.stringify(text);
    if (current.kind.includes("string")) return JSON.stringify(text.replace(/^["']+|["']+$/g, ""));
    return JSON.stringify(/^\d/.test(text) ? text.toLowerCase() : text);
  };
  visit(node);
  return createHash("sha256").update(out.join(" ")).digest("hex").slice(0, 32);
}

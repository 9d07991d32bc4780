import { lineAt, lineStartsOf } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";

const bodies = new Set(["program", "statement_block", "switch_case", "switch_default"]);
const statements =
  /^(?:(?:expression|if|for|for_in|while|do|return|throw|try|switch|break|continue|labeled)_statement|(?:lexical|variable)_declaration)$/;

/**
 * A text of JavaScript or TypeScript that tells each statement's line before it runs: `__line(3)`, zero-based. Lines
 * stay lines.
 *
 * @param root the syntax tree of the text
 */
export function tracedSource(root: SyntaxNode): string {
  const { source } = root;
  const lineStarts = lineStartsOf(source);
  let text = "";
  let at = 0;
  for (const node of root.descendants()) {
    if (!bodies.has(node.parent?.kind ?? "") || !statements.test(node.kind) || isDirective(node)) continue;
    text += `${source.slice(at, node.start)}__line(${lineAt(lineStarts, node.start)});`;
    at = node.start;
  }
  return text + source.slice(at);
}

/** `"use strict"` means something only where it comes first. */
function isDirective(node: SyntaxNode): boolean {
  return node.kind === "expression_statement" && node.namedChildren[0]?.kind === "string";
}

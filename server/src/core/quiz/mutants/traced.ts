import { lineAt, lineStartsOf } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";

const bodies = new Set(["program", "statement_block", "switch_case", "switch_default"]);
const statements =
  /^(?:(?:expression|if|for|for_in|while|do|return|throw|try|switch|break|continue|labeled)_statement|(?:lexical|variable)_declaration)$/;

/**
 * A text of JavaScript or TypeScript that tells each statement's line before it runs: `__line(3)`, zero-based. Lines
 * stay lines. What objects are spread from are made objects, since the sandbox's engine spreads no texts: what that
 * changes comes out differently without lines, and is not asked about.
 *
 * @param root the syntax tree of the text
 */
export function tracedSource(root: SyntaxNode): string {
  const { source } = root;
  const lineStarts = lineStartsOf(source);
  const added: { at: number; text: string }[] = [];
  for (const node of root.descendants()) {
    const spread = spreadInObject(node);
    if (spread) added.push({ at: spread.start, text: "Object(" }, { at: spread.end, text: ")" });
    if (bodies.has(node.parent?.kind ?? "") && statements.test(node.kind) && !isDirective(node))
      added.push({ at: node.start, text: `__line(${lineAt(lineStarts, node.start)});` });
  }
  added.sort((a, b) => a.at - b.at);
  const parts = added.map(({ at, text }, i) => `${source.slice(added[i - 1]?.at ?? 0, at)}${text}`);
  return parts.join("") + source.slice(added.at(-1)?.at ?? 0);
}

/** `rest` of `{ ...rest }`. */
function spreadInObject(node: SyntaxNode): SyntaxNode | undefined {
  return node.kind === "spread_element" && node.parent?.kind === "object"
    ? node.namedChildren.find(({ kind }) => kind !== "comment")
    : undefined;
}

/** `"use strict"` means something only where it comes first. */
function isDirective(node: SyntaxNode): boolean {
  return node.kind === "expression_statement" && node.namedChildren[0]?.kind === "string";
}

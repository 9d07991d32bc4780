import type { Tree, TreeCursor } from "web-tree-sitter";
import { errorKind, errorKindId, type GrammarTables } from "./grammarTables";
import { type NodeKind, SyntaxNode } from "./syntaxNode";

export interface CopiedTree {
  root: SyntaxNode;
  /** Offset of the first node left out for its depth. */
  truncatedAt: number | undefined;
}

/** Copies a tree with the public interface of the parser: several calls into WebAssembly for every node. */
export function walkTree(tree: Tree, grammar: GrammarTables, source: string, maxDepth: number): CopiedTree {
  const cursor = tree.walk();
  try {
    const root = copyNode(cursor, grammar, source, undefined);
    return { root, truncatedAt: copyChildren(cursor, root, grammar, source, maxDepth) };
  } finally {
    cursor.delete();
  }
}

function copyNode(
  cursor: TreeCursor,
  grammar: GrammarTables,
  source: string,
  parent: SyntaxNode | undefined,
): SyntaxNode {
  const id = cursor.nodeTypeId;
  const kind = id === errorKindId ? errorKind : (grammar.kinds[id] as NodeKind);
  const field = grammar.fieldNames[cursor.currentFieldId];
  return new SyntaxNode(source, kind, field, cursor.startIndex, cursor.endIndex, parent);
}

function copyChildren(
  cursor: TreeCursor,
  root: SyntaxNode,
  grammar: GrammarTables,
  source: string,
  maxDepth: number,
): number | undefined {
  let truncatedAt: number | undefined;
  let parent = root;
  let depth = 0;
  if (!cursor.gotoFirstChild()) return undefined;
  for (;;) {
    const id = cursor.nodeTypeId;
    let descended = false;
    if (!grammar.isPunctuation[id]) {
      const node = copyNode(cursor, grammar, source, parent);
      parent.adopt(node);
      if (!node.type.isLeaf) {
        if (depth >= maxDepth) truncatedAt ??= node.start;
        else if (cursor.gotoFirstChild()) {
          descended = true;
          depth++;
          parent = node;
        }
      }
    }
    if (descended) continue;
    while (!cursor.gotoNextSibling()) {
      if (depth === 0) return truncatedAt;
      cursor.gotoParent();
      depth--;
      parent = parent.parent as SyntaxNode;
    }
  }
}

import { Edit, type Point, type Tree } from "web-tree-sitter";

/**
 * A copy of the tree of `before`, told what makes `after` of it.
 *
 * Scanners of their own, which several grammars have, look past blanks and comments to tell whether a statement ends,
 * and the tree does not know how far. So the token before the edit counts as changed too.
 */
export function editedTree(tree: Tree, before: string, after: string): Tree {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same++;
  let rest = 0;
  while (
    rest < shorter - same &&
    before.charCodeAt(before.length - 1 - rest) === after.charCodeAt(after.length - 1 - rest)
  )
    rest++;
  const startIndex = insideTokenBefore(tree, before, same);
  const oldEndIndex = before.length - rest;
  const newEndIndex = after.length - rest;
  const startPosition = pointAt(before, startIndex, { row: 0, column: 0 }, 0);
  const edited = tree.copy();
  edited.edit(
    new Edit({
      startIndex,
      oldEndIndex,
      newEndIndex,
      startPosition,
      oldEndPosition: pointAt(before, oldEndIndex, startPosition, startIndex),
      newEndPosition: pointAt(after, newEndIndex, startPosition, startIndex),
    }),
  );
  return edited;
}

/** Where the last token before an offset has its last character; comments and blanks are none. */
function insideTokenBefore(tree: Tree, text: string, offset: number): number {
  for (let end = offset; ; ) {
    while (end > 0 && /\s/.test(text[end - 1] as string)) end--;
    if (end === 0) return 0;
    const node = tree.rootNode.descendantForIndex(end - 1, end);
    if (!node?.isExtra) return end - 1;
    end = node.startIndex;
  }
}

/** @param from a point at or before it, at `offset` */
function pointAt(text: string, index: number, from: Point, offset: number): Point {
  let { row } = from;
  let lineStart = offset - from.column;
  for (let end = text.indexOf("\n", offset); end >= 0 && end < index; end = text.indexOf("\n", end + 1)) {
    row++;
    lineStart = end + 1;
  }
  return { row, column: index - lineStart };
}

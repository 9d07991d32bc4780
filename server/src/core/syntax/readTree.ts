import type { Language, Tree } from "web-tree-sitter";
import { errorKind, errorKindId, type GrammarTables } from "./grammarTables";
import { type NodeKind, SyntaxNode } from "./syntaxNode";
import type { CopiedTree } from "./walkTree";

/** The memory of web-tree-sitter, which Emscripten puts on the object given to `Parser.init`; replaced when it grows. */
export interface ParserMemory {
  HEAP32?: Int32Array;
}

/** What a grammar says about the children of its productions, copied from the language's tables. */
export interface ProductionTables {
  width: number;
  /** The visible symbol a child stands for, 0 when it is its own: by production * width + place among the children. */
  aliases: Uint16Array;
  /** By the same. */
  fields: Uint16Array;
  /** Symbols that are one to the outside, such as two tokens of the same name. */
  publicSymbols: Uint16Array;
}

// Where things stand, in words of four bytes. `TSLanguage` is what generated parsers are compiled against
// (tree_sitter/parser.h, ABI 15); `Subtree` is the runtime's own (lib/src/subtree.h, 0.25 to 0.27, 32 bits).
const language = {
  symbolCount: 1,
  aliasCount: 2,
  productionCount: 7,
  fieldCount: 8,
  maxAliasLength: 9,
  fieldMapSlices: 16,
  fieldMapEntries: 17,
  publicSymbolMap: 19,
  aliasSequences: 21,
};
const paddingBytes = 1;
const sizeBytes = 4;
const childCountWord = 9;
const symbolWord = 10;
const flagsWord = 11;
const visibleChildCount = 12;
const productionWord = 16;
const wordsOfSubtree = 2;
// Flags of a subtree held on the heap; in one that is its own value they stand one bit higher, above `inlineFlag`.
const visibleFlag = 1;
const extraFlag = 4;
const inlineFlag = 1;

/** The addresses that web-tree-sitter keeps under the key 0. */
function addressOf(handle: Language): number {
  return (handle as unknown as { 0: number })[0];
}

export function readProductionTables(memory: ParserMemory, handle: Language): ProductionTables {
  const words = memory.HEAP32 as Int32Array;
  const halves = new Uint16Array(words.buffer);
  const bytes = new Uint8Array(words.buffer);
  const base = addressOf(handle) >>> 2;
  const word = (at: number) => words[base + at] as number;
  const productions = word(language.productionCount);
  const maxAliases = word(language.maxAliasLength) & 0xffff;
  const slices = word(language.fieldMapSlices) >> 1;
  const entries = word(language.fieldMapEntries);
  const symbols = word(language.symbolCount) + word(language.aliasCount);
  const publicSymbols = halves.slice(
    word(language.publicSymbolMap) >> 1,
    (word(language.publicSymbolMap) >> 1) + symbols,
  );
  const fieldsOf = (production: number): { field: number; child: number }[] => {
    if (word(language.fieldCount) === 0) return [];
    const first = halves[slices + production * 2] as number;
    const count = halves[slices + production * 2 + 1] as number;
    return Array.from({ length: count }, (_, i) => entries + (first + i) * 4)
      .filter((address) => bytes[address + 3] === 0)
      .map((address) => ({ field: halves[address >> 1] as number, child: bytes[address + 2] as number }));
  };
  let width = maxAliases;
  for (let i = 0; i < productions; i++) for (const { child } of fieldsOf(i)) width = Math.max(width, child + 1);
  const aliases = new Uint16Array(productions * width);
  const fields = new Uint16Array(productions * width);
  const sequences = word(language.aliasSequences) >> 1;
  for (let i = 0; i < productions; i++) {
    // The first production has no aliases, whatever its row holds.
    for (let j = 0; i > 0 && j < maxAliases; j++)
      aliases[i * width + j] = halves[sequences + i * maxAliases + j] as number;
    for (const { field, child } of fieldsOf(i)) fields[i * width + child] ||= field;
  }
  return { width, aliases, fields, publicSymbols };
}

/** One level of the walk: a node, or a wrapper that the grammar hides, whose children stand for it. */
interface Level {
  /** Word of the next child. */
  next: number;
  last: number;
  /** Where the child before it ends, in bytes. */
  position: number;
  /** Place among the children that are not extras, plus that of the production. */
  slot: number;
  slotEnd: number;
  field: string | undefined;
  node: SyntaxNode;
  isNode: boolean;
  /** How many nodes were waiting for their parent when the level began. */
  waiting: number;
}

/**
 * Copies a tree straight out of the parser's memory. Asking the parser costs a call for every property of every node,
 * together as much as parsing does; reading costs a twentieth. It relies on how the runtime lays out its trees, so
 * whoever uses it compares a tree of each grammar with `walkTree` first.
 */
export function readTree(
  memory: ParserMemory,
  tree: Tree,
  grammar: GrammarTables,
  productions: ProductionTables,
  source: string,
  maxDepth: number,
): CopiedTree {
  const words = memory.HEAP32 as Int32Array;
  const { kinds, isPunctuation, fieldNames } = grammar;
  const { width, aliases, fields, publicSymbols } = productions;
  const rootNode = tree.rootNode;
  const rootWord = rootNode.id >>> 2;
  const rootId = rootNode.typeId;
  const rootKind = rootId === errorKindId ? errorKind : (kinds[rootId] as NodeKind);
  const root = new SyntaxNode(source, rootKind, undefined, rootNode.startIndex, rootNode.endIndex);
  const pointer = words[rootWord] as number;
  if (pointer & inlineFlag) return { root, truncatedAt: undefined };

  let truncatedAt: number | undefined;
  let depth = 0;
  const waiting: SyntaxNode[] = [];
  let waitingCount = 0;
  // Levels are used again: a new object for each would cost as much as the node.
  const outer: Level[] = [];
  let height = 0;

  let heap = pointer >>> 2;
  let last = heap;
  let next = heap - (words[heap + childCountWord] as number) * wordsOfSubtree;
  let slot = ((words[heap + productionWord] as number) >>> 16) * width;
  let slotEnd = slot + width;
  let field: string | undefined;
  let parent = root;
  let isNode = true;
  let firstWaiting = 0;
  let position = next < last ? rootNode.startIndex * 2 - paddingOf(words, next) : 0;

  for (;;) {
    if (next === last) {
      if (isNode && waitingCount > firstWaiting) {
        parent.setChildren(waiting.slice(firstWaiting, waitingCount));
        waitingCount = firstWaiting;
      }
      if (height === 0) return { root, truncatedAt };
      if (isNode) depth--;
      const level = outer[--height] as Level;
      next = level.next;
      last = level.last;
      position = level.position;
      slot = level.slot;
      slotEnd = level.slotEnd;
      field = level.field;
      parent = level.node;
      isNode = level.isNode;
      firstWaiting = level.waiting;
      continue;
    }
    const low = words[next] as number;
    let flags: number;
    let symbol: number;
    let start: number;
    let end: number;
    let childCount = 0;
    if (low & inlineFlag) {
      const high = words[next + 1] as number;
      flags = low >>> 1;
      symbol = (low >>> 8) & 0xff;
      start = position + ((high >>> 16) & 0xff);
      end = start + (high >>> 24);
    } else {
      heap = low >>> 2;
      flags = words[heap + flagsWord] as number;
      symbol = (words[heap + symbolWord] as number) & 0xffff;
      start = position + (words[heap + paddingBytes] as number);
      end = start + (words[heap + sizeBytes] as number);
      childCount = words[heap + childCountWord] as number;
    }
    next += wordsOfSubtree;
    position = end;
    let isVisible = (flags & visibleFlag) !== 0;
    let ownField: string | undefined;
    if ((flags & extraFlag) === 0) {
      if (slot < slotEnd) {
        const alias = aliases[slot] as number;
        if (alias !== 0) {
          isVisible = true;
          symbol = alias;
        }
        const fieldId = fields[slot] as number;
        ownField = fieldId !== 0 ? fieldNames[fieldId] : field;
        slot++;
      } else ownField = field;
    }
    let node = parent;
    if (isVisible) {
      const id = symbol === errorKindId ? errorKindId : (publicSymbols[symbol] as number);
      if (isPunctuation[id]) continue;
      const kind = id === errorKindId ? errorKind : (kinds[id] as NodeKind);
      node = new SyntaxNode(source, kind, ownField, start >> 1, end >> 1, parent);
      waiting[waitingCount++] = node;
      if (kind.isLeaf) continue;
      if (depth >= maxDepth) {
        truncatedAt ??= node.start;
        continue;
      }
    }
    if (childCount === 0 || words[heap + visibleChildCount] === 0) continue;
    const level = outer[height];
    if (level) {
      level.next = next;
      level.last = last;
      level.position = position;
      level.slot = slot;
      level.slotEnd = slotEnd;
      level.field = field;
      level.node = parent;
      level.isNode = isNode;
      level.waiting = firstWaiting;
    } else outer.push({ next, last, position, slot, slotEnd, field, node: parent, isNode, waiting: firstWaiting });
    height++;
    if (isVisible) {
      depth++;
      firstWaiting = waitingCount;
    }
    isNode = isVisible;
    field = isVisible ? undefined : ownField;
    parent = node;
    last = heap;
    next = heap - childCount * wordsOfSubtree;
    slot = ((words[heap + productionWord] as number) >>> 16) * width;
    slotEnd = slot + width;
    position = start - paddingOf(words, next);
  }
}

function paddingOf(words: Int32Array, subtree: number): number {
  const low = words[subtree] as number;
  if (low & inlineFlag) return ((words[subtree + 1] as number) >>> 16) & 0xff;
  return words[(low >>> 2) + paddingBytes] as number;
}

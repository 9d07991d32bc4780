import { KindTable, type SyntaxNode } from "../syntax/syntaxNode";
import { TextHash, type TextTable } from "../syntax/textTable";

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

/** A function to hash; `hashed` is called once with the outcome. */
export interface ShapedFunction {
  node: SyntaxNode;
  name: string;
  /** Bound in the function, in one around it, or in one inside it. */
  isBound(name: string): boolean;
  hashed(hash: string): void;
}

// A block of four words stands for a node: the hash of its field, what it is, and the hash of its text or kind.
const wordsOfBlock = 4;
const tagBits = 4;
const tagMask = 15;
/** With the number of children. */
const nodeTag = 1;
/** A keyword or an operator. */
const tokenTag = 2;
const hiddenTag = 3;
/** With the id of the text, which may be a name that is bound in one function and not in the one around. */
const variableTag = 4;
const leafTag = 5;
// What leaves are to one function.
const literalTag = 6;
const localTag = 7;
const selfTag = 8;

const unbound = -1;
const unknown = -2;

interface KindShape {
  isTransparent: boolean;
  /** Holds text that may have quotes around. */
  isQuoted: boolean;
  high: number;
  low: number;
}

const kindTables = new WeakMap<ShapeGrammar, KindTable<KindShape>>();
const fieldHashes = new Map<string, number>();
const textHash = new TextHash();

function kindTable(grammar: ShapeGrammar): KindTable<KindShape> {
  let table = kindTables.get(grammar);
  if (!table) {
    table = new KindTable(({ name }) => {
      const { high, low } = textHash.update(name);
      const isQuoted = name.includes("string") && name !== "string_content";
      return { isTransparent: grammar.transparentKinds.has(name), isQuoted, high, low };
    });
    kindTables.set(grammar, table);
  }
  return table;
}

function fieldHash(field: string | undefined): number {
  if (field === undefined) return 0;
  let known = fieldHashes.get(field);
  if (known === undefined) {
    known = textHash.update(field).high;
    fieldHashes.set(field, known);
  }
  return known;
}

/**
 * Hashes what functions of one file do, whatever they look like: the tree's kinds, operators, literals and outside names.
 * Locals are numbered by first appearance, the function's own name is a marker, comments and layout are left out.
 * 128 bits of MurmurHash3, hexadecimal.
 *
 * Blocks are written for everything it meets, each once; a function is the blocks written since it began. What differs
 * between a function and the one around it is only which names are bound.
 */
export class ShapeHasher {
  private blocks = new Int32Array(4096);
  private length = 0;
  private readonly kinds: KindTable<KindShape>;
  /** By the ids of kinds: whether a function to hash is of it. */
  private readonly isFunction: boolean[] = [];
  /** By the ids of texts, for the function that is hashed: its number as a local, or one of the two below. */
  private numbers = new Int32Array(0);

  /** Those not hashed yet. */
  private functions = new Map<SyntaxNode, ShapedFunction>();

  constructor(
    private readonly texts: TextTable,
    private readonly grammar: ShapeGrammar,
  ) {
    this.kinds = kindTable(grammar);
  }

  /** @param functions by their nodes, those around before those inside */
  hash(functions: ReadonlyMap<SyntaxNode, ShapedFunction>): void {
    this.functions = new Map(functions);
    for (const { type } of functions.keys()) this.isFunction[type.id] = true;
    for (const { node } of functions.values()) {
      // Those inside another one were hashed with it.
      if (!this.functions.has(node)) continue;
      this.length = 0;
      this.visit(node, undefined);
    }
  }

  /** @return whether anything was written */
  private visit(node: SyntaxNode, field: string | undefined): boolean {
    const { grammar } = this;
    if (node.isComment || node.isMissing || grammar.isInvisible(node)) return false;
    const fn = this.isFunction[node.type.id] ? this.functions.get(node) : undefined;
    if (!fn) return this.write(node, field);
    const from = this.length;
    this.functions.delete(node);
    const isWritten = this.write(node, field);
    fn.hashed(this.hashFrom(from, fn));
    return isWritten;
  }

  private write(node: SyntaxNode, field: string | undefined): boolean {
    const { children, type } = node;
    const kind = this.kinds.get(type);
    if (children.length === 0) {
      if (type.named) this.leaf(node, kind, field);
      else this.block(fieldHash(field), tokenTag, kind.high, kind.low);
      return true;
    }
    if (kind.isTransparent) {
      const only = onlyVisible(children);
      if (only) return this.visit(only, field);
    }
    const at = this.length;
    this.block(fieldHash(field), nodeTag, kind.high, kind.low);
    const hidden = this.grammar.hiddenText?.(node);
    if (hidden) {
      textHash.update(hidden);
      this.block(0, hiddenTag, textHash.high, textHash.low);
    }
    let count = 0;
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as SyntaxNode;
      if (this.visit(child, child.field)) count++;
    }
    this.blocks[at + 1] = nodeTag | (count << tagBits);
    return true;
  }

  private leaf(node: SyntaxNode, kind: KindShape, field: string | undefined): void {
    const { texts } = this;
    const { start, end } = node;
    const id = texts.idOf(start, end);
    let literal = id;
    if (kind.isQuoted) {
      literal = this.unquoted(texts.texts[id] as string, start, end, id);
    } else if (/^\d/.test(texts.texts[id] as string)) {
      const text = texts.texts[id] as string;
      const lower = text.toLowerCase();
      if (lower !== text) {
        const fieldWord = fieldHash(field);
        textHash.update(lower);
        return this.block(fieldWord, leafTag | (id << tagBits), textHash.high, textHash.low);
      }
    }
    const tag = this.grammar.isVariable(node) ? variableTag : leafTag;
    this.block(fieldHash(field), tag | (id << tagBits), texts.highOf(literal), texts.lowOf(literal));
  }

  private unquoted(text: string, start: number, end: number, id: number): number {
    let first = 0;
    let last = text.length;
    while (first < last && isQuote(text.charCodeAt(first))) first++;
    while (first < last && isQuote(text.charCodeAt(last - 1))) last--;
    return first === 0 && last === text.length ? id : this.texts.idOf(start + first, end - (text.length - last));
  }

  private block(field: number, tag: number, high: number, low: number): void {
    const { length } = this;
    if (length === this.blocks.length) {
      const blocks = new Int32Array(length * 2);
      blocks.set(this.blocks);
      this.blocks = blocks;
    }
    const { blocks } = this;
    blocks[length] = field;
    blocks[length + 1] = tag;
    blocks[length + 2] = high;
    blocks[length + 3] = low;
    this.length = length + wordsOfBlock;
  }

  private hashFrom(from: number, fn: ShapedFunction): string {
    const { blocks, texts } = this;
    if (this.numbers.length < texts.texts.length) this.numbers = new Int32Array(texts.texts.length * 2).fill(unknown);
    const { numbers } = this;
    const seen: number[] = [];
    let locals = 0;
    const murmur = new MurmurHash3();
    // Where a function stands in the one around it is not part of it.
    for (let at = from; at < this.length; at += wordsOfBlock) {
      const field = at === from ? 0 : (blocks[at] as number);
      const what = blocks[at + 1] as number;
      const tag = what & tagMask;
      if (tag !== variableTag && tag !== leafTag) {
        murmur.update(field, what, blocks[at + 2] as number, blocks[at + 3] as number);
        continue;
      }
      const id = what >>> tagBits;
      const text = texts.texts[id] as string;
      if (text === fn.name) {
        murmur.update(field, selfTag, 0, 0);
        continue;
      }
      let number = unbound;
      if (tag === variableTag) {
        number = numbers[id] as number;
        if (number === unknown) {
          number = fn.isBound(text) ? locals++ : unbound;
          numbers[id] = number;
          seen.push(id);
        }
      }
      if (number >= 0) murmur.update(field, localTag, number, 0);
      else murmur.update(field, literalTag, blocks[at + 2] as number, blocks[at + 3] as number);
    }
    for (const id of seen) numbers[id] = unknown;
    return murmur.digest();
  }
}

/** The only child that is neither a comment nor made up by the parser. */
function onlyVisible(children: readonly SyntaxNode[]): SyntaxNode | undefined {
  let only: SyntaxNode | undefined;
  for (const child of children) {
    if (child.isComment || child.isMissing) continue;
    if (only) return undefined;
    only = child;
  }
  return only;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

/** MurmurHash3_x86_128 by Austin Appleby, which is in the public domain, over whole blocks. */
class MurmurHash3 {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;
  private bytes = 0;

  update(one: number, two: number, three: number, four: number): void {
    let k = Math.imul(one, 0x239b961b);
    this.a ^= Math.imul((k << 15) | (k >>> 17), 0xab0e9789);
    this.a = ((this.a << 19) | (this.a >>> 13)) + this.b;
    this.a = (Math.imul(this.a, 5) + 0x561ccd1b) | 0;
    k = Math.imul(two, 0xab0e9789);
    this.b ^= Math.imul((k << 16) | (k >>> 16), 0x38b34ae5);
    this.b = ((this.b << 17) | (this.b >>> 15)) + this.c;
    this.b = (Math.imul(this.b, 5) + 0x0bcaa747) | 0;
    k = Math.imul(three, 0x38b34ae5);
    this.c ^= Math.imul((k << 17) | (k >>> 15), 0xa1e38b93);
    this.c = ((this.c << 15) | (this.c >>> 17)) + this.d;
    this.c = (Math.imul(this.c, 5) + 0x96cd1c35) | 0;
    k = Math.imul(four, 0xa1e38b93);
    this.d ^= Math.imul((k << 18) | (k >>> 14), 0x239b961b);
    this.d = ((this.d << 13) | (this.d >>> 19)) + this.a;
    this.d = (Math.imul(this.d, 5) + 0x32ac3b17) | 0;
    this.bytes += 16;
  }

  digest(): string {
    let a = this.a ^ this.bytes;
    let b = this.b ^ this.bytes;
    let c = this.c ^ this.bytes;
    let d = this.d ^ this.bytes;
    a = (a + b + c + d) | 0;
    b = mixed((b + a) | 0);
    c = mixed((c + a) | 0);
    d = mixed((d + a) | 0);
    a = mixed(a);
    a = (a + b + c + d) | 0;
    b = (b + a) | 0;
    c = (c + a) | 0;
    d = (d + a) | 0;
    return hex(a) + hex(b) + hex(c) + hex(d);
  }
}

function mixed(word: number): number {
  let k = word;
  k = Math.imul(k ^ (k >>> 16), 0x85ebca6b);
  k = Math.imul(k ^ (k >>> 13), 0xc2b2ae35);
  return k ^ (k >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

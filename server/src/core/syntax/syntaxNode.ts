import type { Span } from "../base/text";

/** What every node of one kind has in common. There is one object for each, whatever the grammar. */
export interface NodeKind {
  /** Small and without gaps, so that tables can be arrays; not the same in every run. */
  readonly id: number;
  readonly name: string;
  readonly named: boolean;
  readonly isComment: boolean;
  /** Never has children in any of the grammars: asking for them is a wasted call. */
  readonly isLeaf: boolean;
}

const leafKinds = new Set([
  "identifier",
  "field_identifier",
  "property_identifier",
  "type_identifier",
  "package_identifier",
  "shorthand_property_identifier",
  "comment",
  "line_comment",
  "block_comment",
]);

/** By their ids. */
const kinds: NodeKind[] = [];
const kindsByName = new Map<string, NodeKind>();

export function nodeKind(name: string, named: boolean): NodeKind {
  const key = named ? name : `"${name}`;
  let kind = kindsByName.get(key);
  if (!kind) {
    kind = {
      id: kinds.length,
      name: internalized(name),
      named,
      isComment: name.endsWith("comment"),
      isLeaf: !named || leafKinds.has(name),
    };
    kinds.push(kind);
    kindsByName.set(key, kind);
  }
  return kind;
}

/** Something that hangs on the kind of a node alone. Looking a text up for every node would cost more than the rest. */
export class KindTable<T> {
  private readonly values: T[] = [];

  constructor(private readonly make: (kind: NodeKind) => T) {}

  get(kind: NodeKind): T {
    const { values } = this;
    for (let id = values.length; id <= kind.id; id++) values.push(this.make(kinds[id] as NodeKind));
    return values[kind.id] as T;
  }
}

/** The engine compares internalized strings by address; what comes out of WebAssembly is not. Keys of objects are. */
export function internalized(text: string): string {
  return Object.keys({ [text]: 0 })[0] as string;
}

/** Shared by all leaves: an array for each would cost more than the node. */
const noChildren: SyntaxNode[] = [];

/**
 * A node of a parsed file, copied out of the parser's memory so that the tree can be freed at once.
 * Punctuation tokens are left out; keyword and operator tokens are kept as unnamed nodes.
 */
export class SyntaxNode implements Span {
  parent: SyntaxNode | undefined;
  private list: SyntaxNode[];

  constructor(
    /** The text of the whole file. */
    readonly source: string,
    readonly type: NodeKind,
    /** The grammar's name for this child of its parent. */
    readonly field: string | undefined,
    readonly start: number,
    readonly end: number,
    parent?: SyntaxNode,
  ) {
    this.parent = parent;
    this.list = noChildren;
  }

  get children(): readonly SyntaxNode[] {
    return this.list;
  }

  /** The grammar's node type, `ERROR` for text that did not parse. */
  get kind(): string {
    return this.type.name;
  }

  get named(): boolean {
    return this.type.named;
  }

  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  child(field: string): SyntaxNode | undefined {
    const { list } = this;
    for (let i = 0; i < list.length; i++) {
      const child = list[i] as SyntaxNode;
      if (child.field === field) return child;
    }
    return undefined;
  }

  childrenOf(field: string): SyntaxNode[] {
    return this.list.filter((child) => child.field === field);
  }

  get namedChildren(): readonly SyntaxNode[] {
    const { list } = this;
    for (let i = 0; i < list.length; i++) {
      const { type } = list[i] as SyntaxNode;
      if (!type.named || type.isComment) return list.filter(({ type }) => type.named && !type.isComment);
    }
    return list;
  }

  ofKind(...kinds: string[]): SyntaxNode | undefined {
    return this.list.find((child) => kinds.includes(child.type.name));
  }

  has(kind: string): boolean {
    const { list } = this;
    for (let i = 0; i < list.length; i++) if ((list[i] as SyntaxNode).type.name === kind) return true;
    return false;
  }

  get isComment(): boolean {
    return this.type.isComment;
  }

  /** A token the parser made up to recover from an error. */
  get isMissing(): boolean {
    return this.start === this.end && this.list.length === 0;
  }

  *descendants(): Generator<SyntaxNode> {
    const stack = [...this.list].reverse();
    for (let node = stack.pop(); node; node = stack.pop()) {
      yield node;
      for (let i = node.list.length - 1; i >= 0; i--) stack.push(node.list[i] as SyntaxNode);
    }
  }

  /** Children are given once all of them are known. */
  setChildren(children: SyntaxNode[]): void {
    this.list = children;
  }

  adopt(child: SyntaxNode): void {
    child.parent = this;
    if (this.list === noChildren) this.list = [child];
    else this.list.push(child);
  }

  /** Puts another node in this one's place. */
  replaceWith(replacement: SyntaxNode): void {
    const { parent } = this;
    if (!parent) return;
    replacement.parent = parent;
    parent.list[parent.list.indexOf(this)] = replacement;
  }
}

import type { Span } from "../base/text";

/**
 * A node of a parsed file, copied out of the parser's memory so that the tree can be freed at once.
 * Punctuation tokens are left out; keyword and operator tokens are kept as unnamed nodes.
 */
export class SyntaxNode implements Span {
  readonly children: SyntaxNode[] = [];
  parent: SyntaxNode | undefined;

  constructor(
    private readonly source: string,
    /** The grammar's node type, `ERROR` for text that did not parse. */
    readonly kind: string,
    readonly named: boolean,
    /** The grammar's name for this child of its parent. */
    readonly field: string | undefined,
    readonly start: number,
    readonly end: number,
  ) {}

  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  child(field: string): SyntaxNode | undefined {
    return this.children.find((child) => child.field === field);
  }

  childrenOf(field: string): SyntaxNode[] {
    return this.children.filter((child) => child.field === field);
  }

  get namedChildren(): SyntaxNode[] {
    return this.children.filter((child) => child.named && !child.isComment);
  }

  ofKind(...kinds: string[]): SyntaxNode | undefined {
    return this.children.find((child) => kinds.includes(child.kind));
  }

  has(kind: string): boolean {
    return this.children.some((child) => child.kind === kind);
  }

  get isComment(): boolean {
    return this.kind.endsWith("comment");
  }

  /** A token the parser made up to recover from an error. */
  get isMissing(): boolean {
    return this.start === this.end && this.children.length === 0;
  }

  *descendants(): Generator<SyntaxNode> {
    for (const child of this.children) {
      yield child;
      yield* child.descendants();
    }
  }
}

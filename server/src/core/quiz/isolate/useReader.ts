import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { IsWanted, StandIn, Uses } from "./language";

/** The names that the functions and blocks around a place bind, outermost first. */
export type Scopes = readonly ReadonlySet<string>[];

/** Reads what a statement takes from outside itself. A language says what its nodes mean. */
export abstract class UseReader {
  protected readonly members = new Set<string>();
  private readonly names = new Map<string, SyntaxNode[]>();
  private refused: string | undefined;

  constructor(
    protected readonly isWanted: IsWanted,
    protected readonly standIn?: StandIn,
  ) {}

  read(statement: SyntaxNode): Uses {
    this.visit(statement, []);
    return { names: this.names, members: this.members, refused: this.refused };
  }

  protected abstract visit(node: SyntaxNode, scopes: Scopes): void;

  protected visitChildren(node: SyntaxNode, scopes: Scopes): void {
    for (const child of node.namedChildren) this.visit(child, scopes);
  }

  protected visitChild(node: SyntaxNode, field: string, scopes: Scopes): void {
    const child = node.child(field);
    if (child) this.visit(child, scopes);
  }

  /** A name that nothing around it binds comes from outside. */
  protected noteName(node: SyntaxNode, scopes: Scopes): void {
    const name = node.text;
    if (scopes.some((scope) => scope.has(name))) return;
    const places = this.names.get(name);
    if (places) places.push(node);
    else this.names.set(name, [node]);
  }

  protected refuse(reason: string): void {
    this.refused ??= reason;
  }
}

import type { TypeExpression } from "../model/link/typeExpression";

export const unknownType: TypeExpression = { kind: "unknown" };

/** Deeper type texts say nothing a reader could use either. */
export const maxDepth = 40;
const memoLimit = 50_000;

/** Reads a text once: the same types are asked for all over a workspace. */
export function memoized(parse: (text: string) => TypeExpression): (text: string) => TypeExpression {
  const types = new Map<string, TypeExpression>();
  return (text) => {
    let type = types.get(text);
    if (!type) {
      if (types.size >= memoLimit) types.clear();
      type = parse(text);
      types.set(text, type);
    }
    return type;
  };
}

/**
 * Reads a declared type from its tokens, each of them once. Texts may be cut or damaged: what cannot be read is
 * unknown, and nothing throws.
 */
export abstract class TypeReader {
  protected position = 0;
  protected readonly tokens: readonly string[];
  private depth = 0;

  /** @param pattern matches one token; what it does not match is left out */
  constructor(text: string, pattern: RegExp) {
    this.tokens = text.match(pattern) ?? [];
  }

  /** Reads a type inside another one. */
  protected nested(read: () => TypeExpression): TypeExpression {
    if (this.depth >= maxDepth) return this.giveUp();
    this.depth++;
    const type = read();
    this.depth--;
    return type;
  }

  protected giveUp(): TypeExpression {
    this.position = this.tokens.length;
    return unknownType;
  }

  protected get isAtEnd(): boolean {
    return this.position >= this.tokens.length;
  }

  /** A token, empty behind the last one. */
  protected peek(ahead = 0): string {
    return this.tokens[this.position + ahead] ?? "";
  }

  protected takes(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  /** What stands between commas up to the closing token; what is cut or unreadable ends the list. */
  protected list(closing: string, item: () => void): void {
    while (!this.isAtEnd && !this.takes(closing)) {
      const before = this.position;
      item();
      this.takes(",");
      if (this.position === before) this.giveUp();
    }
  }

  /** Goes from an opening bracket to behind the one that closes it. */
  protected skipBalanced(opening: string, closing: string): void {
    let depth = 0;
    do {
      const token = this.tokens[this.position++];
      if (token === opening) depth++;
      else if (token === closing) depth--;
    } while (depth > 0 && !this.isAtEnd);
  }
}

import type { TypeExpression } from "../model/link/typeExpression";
import { maxDepth, unknownType } from "./typeText";

/** What says something about a name and nothing about its type: the first argument is the type. */
const transparent = new Set([
  "Optional",
  "Annotated",
  "Final",
  "ClassVar",
  "Required",
  "NotRequired",
  "ReadOnly",
  "InitVar",
]);
const nothing = new Set(["Any", "None", "object", "Never", "NoReturn", "Ellipsis", "TypeAlias"]);
/** The names under which literals are known to the linker. */
const literalTypes: ReadonlyMap<string, string> = new Map([
  ["string", "str"],
  ["boolean", "bool"],
  ["AnyStr", "str"],
  ["LiteralString", "str"],
]);
const typingPrefix = /^(?:typing|typing_extensions|t|tp|collections\.abc|abc|dataclasses|builtins)\.(?=\w+$)/;

/** Reads a type annotation as written: `Optional["Foo"]`, `dict[str, list[Foo]] | None`, `Callable[..., int]`. */
export function parsePythonType(text: string): TypeExpression {
  const isVariadic = text.startsWith("...") && text.length > 3;
  const parsed = new TypeParser(isVariadic ? text.slice(3) : text).parse(0);
  return isVariadic ? { kind: "list", element: parsed } : parsed;
}

class TypeParser {
  private position = 0;

  constructor(private readonly text: string) {}

  parse(depth: number): TypeExpression {
    const parsed = this.union(depth);
    this.skipSpace();
    return this.position < this.text.length ? unknownType : parsed;
  }

  private union(depth: number): TypeExpression {
    if (depth > maxDepth) {
      this.position = this.text.length + 1;
      return unknownType;
    }
    const members = [this.single(depth)];
    while (this.accept("|")) members.push(this.single(depth));
    return unionOf(members);
  }

  private single(depth: number): TypeExpression {
    this.skipSpace();
    const rest = this.text.slice(this.position);
    const quoted = /^[a-zA-Z]{0,2}(["'])([^"'\\]*)\1/.exec(rest);
    if (quoted) {
      this.position += quoted[0].length;
      return new TypeParser(quoted[2] as string).parse(depth + 1);
    }
    if (this.accept("(")) {
      const inner = this.union(depth + 1);
      return this.accept(")") ? inner : this.fail();
    }
    const word = /^[\p{L}_][\p{L}\p{N}_]*(\s*\.\s*[\p{L}_][\p{L}\p{N}_]*)*/u.exec(rest);
    if (!word) {
      const other = /^(\.\.\.|-?[\d.]+)/.exec(rest);
      if (!other) return this.fail();
      this.position += other[0].length;
      return unknownType;
    }
    this.position += word[0].length;
    // Cut off: half a name is some other name.
    if (this.text[this.position] === "…") return this.fail();
    const written = word[0].replace(/\s+/g, "");
    const name = written.replace(typingPrefix, "");
    if (name === "Literal") return this.literal();
    if (!this.accept("[")) return plain(name, written);
    return name === "Callable" ? this.callable(depth + 1) : this.generic(name, written, this.arguments(depth + 1));
  }

  private generic(name: string, written: string, given: TypeExpression[]): TypeExpression {
    const [first = unknownType, second = unknownType, third] = given;
    if (transparent.has(name)) return first;
    switch (name) {
      case "Union":
        return unionOf(given);
      case "list":
      case "List":
        return { kind: "list", element: first };
      case "dict":
      case "Dict":
        return { kind: "map", key: first, value: second };
      case "tuple":
      case "Tuple":
        return given.length === 2 && this.text.includes("...") && second.kind === "unknown"
          ? { kind: "list", element: first }
          : { kind: "tuple", elements: given };
      case "Type":
        return { kind: "name", name: "type", arguments: [first] };
      // What one waits for comes first here, so that all that can be awaited look alike.
      case "Coroutine":
        return { kind: "name", name: written, arguments: [third ?? unknownType] };
      default:
        return { kind: "name", name: literalTypes.get(name) ?? written, arguments: given };
    }
  }

  /** After `Callable[`. */
  private callable(depth: number): TypeExpression {
    this.skipSpace();
    let parameters: TypeExpression[] = [];
    if (this.accept("[")) parameters = this.arguments(depth);
    else this.union(depth);
    const result = this.accept(",") ? this.union(depth) : unknownType;
    this.accept(",");
    return this.accept("]") ? { kind: "function", parameters, results: [result] } : this.fail();
  }

  /** After an opening bracket, to the closing one. */
  private arguments(depth: number): TypeExpression[] {
    const given: TypeExpression[] = [];
    if (depth > maxDepth) this.fail();
    while (this.position < this.text.length) {
      if (this.accept("]")) return given;
      if (this.accept("[")) {
        this.arguments(depth + 1);
        given.push(unknownType);
      } else {
        this.accept("*");
        given.push(this.union(depth));
      }
      // The rest of `Annotated` is any expression.
      if (!this.accept(",") && !this.atClosing()) this.skipArgument();
    }
    this.fail();
    return given;
  }

  private literal(): TypeExpression {
    const isText = /^\s*\[\s*[uU]?["']/.test(this.text.slice(this.position));
    if (this.accept("[")) {
      this.skipArgument(true);
      this.accept("]");
    }
    return isText ? { kind: "name", name: "str", arguments: [] } : unknownType;
  }

  /** To the comma or bracket that ends an argument; with `all`, to the bracket. */
  private skipArgument(all = false): void {
    let depth = 0;
    for (; this.position < this.text.length; this.position++) {
      const character = this.text[this.position] as string;
      if (character === '"' || character === "'") {
        const closing = this.text.indexOf(character, this.position + 1);
        this.position = closing < 0 ? this.text.length : closing;
      } else if ("[({".includes(character)) depth++;
      else if ("])}".includes(character) && depth-- === 0) return;
      else if (character === "," && depth === 0 && !all) {
        this.position++;
        return;
      }
    }
  }

  private atClosing(): boolean {
    this.skipSpace();
    return this.text[this.position] === "]";
  }

  private accept(token: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.position] ?? "")) this.position++;
  }

  private fail(): TypeExpression {
    this.position = this.text.length + 1;
    return unknownType;
  }
}

function plain(name: string, written: string): TypeExpression {
  if (nothing.has(name)) return unknownType;
  switch (name) {
    case "list":
    case "List":
      return { kind: "list", element: unknownType };
    case "dict":
    case "Dict":
    case "map":
      return { kind: "map", key: unknownType, value: unknownType };
    case "Tuple":
      return { kind: "name", name: "tuple", arguments: [] };
    case "Type":
      return { kind: "name", name: "type", arguments: [] };
    case "Callable":
      return { kind: "function", parameters: [], results: [unknownType] };
    default:
      return { kind: "name", name: literalTypes.get(name) ?? written, arguments: [] };
  }
}

function unionOf(members: readonly TypeExpression[]): TypeExpression {
  const known = members.filter((member) => member.kind !== "unknown");
  const [only = unknownType] = known;
  return known.length > 1 ? { kind: "union", members: known } : only;
}

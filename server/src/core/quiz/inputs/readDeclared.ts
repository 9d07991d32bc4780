import type { TypeFacts } from "../../model/facts";

/** A declared type as far as it says what a value looks like. Names are looked up only where they are asked for. */
export type Declared =
  | { kind: "unknown" | "integer" | "number" | "string" | "bytes" | "boolean" | "none" }
  | { kind: "list" | "set"; element: Declared }
  | { kind: "tuple"; elements: readonly Declared[] }
  | { kind: "map"; form: "properties" | "Map"; key: Declared; value: Declared }
  | { kind: "record"; form: "keys" | "attributes"; fields: readonly DeclaredField[] }
  | { kind: "oneOf"; expressions: readonly string[] }
  | { kind: "union"; members: readonly Declared[] }
  | { kind: "instance"; type: TypeFacts }
  | { kind: "callable"; arity: number; result: Declared }
  /** A name of the file, with the types it is given. */
  | { kind: "named"; name: string; given: readonly Declared[] };

export interface DeclaredField {
  name: string;
  type: Declared;
  optional: boolean;
}

export const unknownType: Declared = { kind: "unknown" };
const none: Declared = { kind: "none" };
/** Deeper ones are not known. */
export const maxDepth = 30;
/** So many fields or alternatives of a type are looked at. */
export const maxMembers = 40;

/** A type as written in Python or TypeScript; what cannot be read is unknown, and nothing throws. */
export function readDeclared(text: string, isPython: boolean): Declared {
  return new Reader(text, isPython).read();
}

const tokens =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|=>|->|\.\.\.|…|[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*|-?\d[\w.]*|\S/gu;
const isWord = (token: string) => /^[\p{L}_$]/u.test(token);

class Reader {
  private readonly tokens: readonly string[];
  private at = 0;
  private depth = 0;

  constructor(
    text: string,
    private readonly isPython: boolean,
  ) {
    this.tokens = text.match(tokens) ?? [];
  }

  /** A type whose end is missing is not known, but what has been read of a union or a record is. */
  read(): Declared {
    return this.tokens.length > 0 ? this.type() : unknownType;
  }

  private type(): Declared {
    if (this.depth >= maxDepth) {
      this.at = this.tokens.length;
      return unknownType;
    }
    this.depth++;
    const type = this.union();
    this.depth--;
    return type;
  }

  private union(): Declared {
    this.takes("|");
    const members = [this.intersection()];
    while (this.takes("|")) members.push(this.intersection());
    return unionOf(members);
  }

  private intersection(): Declared {
    const parts = [this.postfix()];
    while (this.takes("&")) parts.push(this.postfix());
    return parts.length === 1 ? (parts[0] as Declared) : joined(parts);
  }

  private postfix(): Declared {
    let type = this.primary();
    while (!this.isPython && this.peek() === "[") {
      this.at++;
      if (this.takes("]")) type = { kind: "list", element: type };
      else {
        this.skipTo("]");
        type = unknownType;
      }
    }
    return type;
  }

  private primary(): Declared {
    const token = this.tokens[this.at++] ?? "";
    if (/^["']/.test(token)) {
      if (this.isPython) return readDeclared(token.slice(1, -1), true);
      return { kind: "oneOf", expressions: [token] };
    }
    if (/^-?\d/.test(token)) return this.isPython ? unknownType : { kind: "oneOf", expressions: [token] };
    if (token === "(") return this.parenthesized();
    if (token === "[") return { kind: "tuple", elements: this.list("]") };
    if (token === "{") return this.object();
    if (!isWord(token)) return unknownType;
    return this.isPython ? this.pythonName(token) : this.scriptName(token);
  }

  private pythonName(written: string): Declared {
    const name = written.replace(/^(?:typing|typing_extensions|t|tp|collections\.abc|abc|builtins|collections)\./, "");
    if (name === "Literal" && this.takes("[")) return this.literals();
    if (name === "Callable") return this.takes("[") ? this.pythonCallable() : callable(1);
    const given = this.takes("[") ? this.list("]") : [];
    const [first = unknownType, second = unknownType] = given;
    switch (name) {
      case "int":
        return { kind: "integer" };
      case "float":
      case "complex":
        return { kind: "number" };
      case "str":
      case "AnyStr":
      case "LiteralString":
        return { kind: "string" };
      case "bytes":
      case "bytearray":
      case "memoryview":
        return { kind: "bytes" };
      case "bool":
        return { kind: "boolean" };
      case "None":
        return none;
      case "Optional":
        return unionOf([first, none]);
      case "Union":
        return unionOf(given);
      case "Annotated":
      case "Final":
      case "ClassVar":
      case "Required":
      case "ReadOnly":
      case "InitVar":
      case "NotRequired":
        return first;
      case "list":
      case "List":
      case "Sequence":
      case "MutableSequence":
      case "Iterable":
      case "Iterator":
      case "Collection":
      case "Reversible":
      case "deque":
      case "Generator":
        return { kind: "list", element: first };
      case "set":
      case "Set":
      case "frozenset":
      case "FrozenSet":
      case "AbstractSet":
      case "MutableSet":
        return { kind: "set", element: first };
      case "tuple":
      case "Tuple":
        if (given.length === 0 || (given.length === 2 && this.tokens[this.at - 2] === "..."))
          return { kind: "list", element: first };
        return { kind: "tuple", elements: given };
      case "dict":
      case "Dict":
      case "Mapping":
      case "MutableMapping":
      case "OrderedDict":
      case "defaultdict":
      case "DefaultDict":
        return { kind: "map", form: "properties", key: first, value: second };
      case "Counter":
        return { kind: "map", form: "properties", key: first, value: { kind: "integer" } };
      case "Any":
      case "object":
        return unknownType;
      default:
        return wellKnown(name, written, pythonValues) ?? { kind: "named", name: written, given };
    }
  }

  private scriptName(name: string): Declared {
    switch (name) {
      case "readonly":
        return this.postfix();
      case "keyof":
        this.postfix();
        return { kind: "string" };
      case "typeof":
      case "infer":
      case "unique":
      case "asserts":
        this.primary();
        return unknownType;
      case "new":
      case "abstract":
        return this.primary();
      case "true":
      case "false":
        return { kind: "oneOf", expressions: [name] };
    }
    const given = this.takes("<") ? this.list(">") : [];
    const [first = unknownType, second = unknownType] = given;
    switch (name) {
      case "number":
        return { kind: "number" };
      case "bigint":
        return { kind: "oneOf", expressions: ["3n", "0n", "-1n"] };
      case "string":
      case "PropertyKey":
        return { kind: "string" };
      case "boolean":
        return { kind: "boolean" };
      case "null":
      case "undefined":
      case "void":
        return none;
      case "any":
      case "unknown":
      case "object":
      case "never":
        return unknownType;
      case "Array":
      case "ReadonlyArray":
      case "Iterable":
      case "ArrayLike":
        return { kind: "list", element: first };
      case "Set":
      case "ReadonlySet":
        return { kind: "set", element: first };
      case "Map":
      case "ReadonlyMap":
        return { kind: "map", form: "Map", key: first, value: second };
      case "Record":
        return recordOf(first, second);
      case "Partial":
        return { kind: "named", name, given };
      case "Readonly":
      case "Required":
      case "NonNullable":
      case "Pick":
      case "Omit":
      case "Exclude":
      case "Extract":
      case "NoInfer":
        return first;
      case "Function":
        return callable(1);
      default:
        return wellKnown(name, name, scriptValues) ?? { kind: "named", name, given };
    }
  }

  /** After `Literal[`. */
  private literals(): Declared {
    const expressions: string[] = [];
    while (this.at < this.tokens.length && !this.takes("]")) {
      const token = this.tokens[this.at++] as string;
      if (token !== ",") expressions.push(token);
    }
    return { kind: "oneOf", expressions: expressions.slice(0, maxMembers) };
  }

  /** After `Callable[`. */
  private pythonCallable(): Declared {
    const parameters = this.takes("[") ? this.list("]") : undefined;
    if (!parameters) this.type();
    const result = this.takes(",") ? this.type() : unknownType;
    this.takes("]");
    return { kind: "callable", arity: parameters?.length ?? 1, result };
  }

  /** After `(`: a function type, or a type in parentheses. */
  private parenthesized(): Declared {
    const close = this.closing();
    if (!this.isPython && this.tokens[close + 1] === "=>") {
      const arity = this.parameterCount(close);
      this.at = close + 2;
      return { kind: "callable", arity, result: this.type() };
    }
    const type = this.type();
    this.at = Math.max(this.at, close + 1);
    return type;
  }

  /** Index of the `)` for the `(` before the current token. */
  private closing(): number {
    let depth = 1;
    for (let i = this.at; i < this.tokens.length; i++) {
      const token = this.tokens[i] as string;
      if ("([{".includes(token)) depth++;
      else if (")]}".includes(token) && --depth === 0) return i;
    }
    return this.tokens.length;
  }

  private parameterCount(close: number): number {
    if (close === this.at) return 0;
    let depth = 0;
    let count = 1;
    for (let i = this.at; i < close; i++) {
      const token = this.tokens[i] as string;
      if ("([{<".includes(token)) depth++;
      else if (")]}>".includes(token)) depth--;
      else if (token === "," && depth === 0 && i + 1 < close) count++;
    }
    return count;
  }

  /** After `{`: the fields, or `[key: string]: T`. */
  private object(): Declared {
    const fields: DeclaredField[] = [];
    let map: Declared | undefined;
    while (this.at < this.tokens.length && !this.takes("}")) {
      const before = this.at;
      if (isWord(this.peek(1))) this.takes("readonly");
      if (this.takes("[")) {
        this.at += 2;
        const key = this.type();
        this.skipTo("]");
        this.takes("?");
        const value = this.takes(":") ? this.type() : unknownType;
        map = { kind: "map", form: "properties", key, value };
      } else this.field(fields);
      if (!this.takes(";")) this.takes(",");
      if (this.at === before) this.at++;
    }
    return map ?? { kind: "record", form: "keys", fields };
  }

  private field(fields: DeclaredField[]): void {
    const name = (this.tokens[this.at++] ?? "").replace(/^["']|["']$/g, "");
    const optional = this.takes("?");
    if (this.peek() === "(") {
      this.at++;
      const close = this.closing();
      const arity = this.parameterCount(close);
      this.at = close + 1;
      const result = this.takes(":") ? this.type() : unknownType;
      fields.push({ name, type: { kind: "callable", arity, result }, optional });
    } else if (this.takes(":") && fields.length < maxMembers) fields.push({ name, type: this.type(), optional });
  }

  private list(closing: string): Declared[] {
    const items: Declared[] = [];
    while (this.at < this.tokens.length && !this.takes(closing)) {
      const before = this.at;
      this.takes("...");
      if (!this.isPython && isWord(this.peek()) && this.peek(1) === ":") this.at += 2;
      if (this.peek() !== closing) items.push(this.type());
      this.takes("?");
      this.takes(",");
      if (this.at === before) this.at++;
    }
    return items;
  }

  private skipTo(closing: string): void {
    while (this.at < this.tokens.length && !this.takes(closing)) this.at++;
  }

  private peek(ahead = 0): string {
    return this.tokens[this.at + ahead] ?? "";
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}

/** What a value of a well-known type is written as; `$` is the type as the file names it. */
const pythonValues: Readonly<Record<string, readonly string[]>> = {
  datetime: ["$(2024, 2, 29, 12, 30)", "$(2024, 12, 31, 23, 59, 59)", "$(2025, 1, 1)"],
  date: ["$(2024, 2, 29)", "$(2024, 12, 31)", "$(2025, 1, 1)"],
  time: ["$(12, 30)", "$(0, 0)", "$(23, 59, 59)"],
  timedelta: ["$(hours=1)", "$(0)", "$(days=1, seconds=1)", "$(seconds=-1)"],
  Decimal: ['$("2.50")', '$("0")', '$("-1.005")', '$("0.1")'],
  Fraction: ["$(1, 3)", "$(0)", "$(-1, 2)"],
  UUID: ['$("12345678123456781234567812345678")'],
};
const scriptValues: Readonly<Record<string, readonly string[]>> = {
  Date: ['new $("2024-02-29T12:30:00Z")', 'new $("2024-12-31T23:59:59Z")', "new $(0)"],
  RegExp: ["/a/", "/^[a-z]+$/i", "/\\d+/g"],
  Uint8Array: ["new $([1, 2, 3])", "new $([])", "new $([0, 255])"],
  Error: ['new $("no berth")'],
};

function wellKnown(
  name: string,
  written: string,
  values: Readonly<Record<string, readonly string[]>>,
): Declared | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const expressions = Object.hasOwn(values, last) ? values[last] : undefined;
  return expressions && { kind: "oneOf", expressions: expressions.map((text) => text.replace("$", written)) };
}

/** A function that takes so many arguments. */
export function callable(arity: number): Declared {
  return { kind: "callable", arity, result: unknownType };
}

/** `Record<"a" | "b", T>` has these fields, `Record<string, T>` any. */
function recordOf(key: Declared, value: Declared): Declared {
  if (key.kind !== "oneOf") return { kind: "map", form: "properties", key, value };
  const fields = key.expressions.map((text) => ({
    name: text.replace(/^["']|["']$/g, ""),
    type: value,
    optional: false,
  }));
  return { kind: "record", form: "keys", fields };
}

function unionOf(members: readonly Declared[]): Declared {
  const flat = members.flatMap((member) => (member.kind === "union" ? member.members : [member]));
  const literals = flat.flatMap((member) => (member.kind === "oneOf" ? member.expressions : []));
  const others = flat.filter((member) => member.kind !== "oneOf");
  const all: Declared[] = literals.length > 0 ? [{ kind: "oneOf", expressions: [...new Set(literals)] }] : [];
  for (const member of others) {
    const isKnown = all.some((known) => known.kind === member.kind && known.kind in plainKinds);
    if (!isKnown && all.length < maxMembers) all.push(member);
  }
  return all.length === 1 ? (all[0] as Declared) : { kind: "union", members: all };
}

const plainKinds = { integer: 1, number: 1, string: 1, bytes: 1, boolean: 1, none: 1, unknown: 1 };

/** `A & B`: records are put together where they are written out. */
export function joined(parts: readonly Declared[]): Declared {
  if (parts.some((part) => part.kind === "named")) return { kind: "named", name: "&", given: parts };
  const fields = parts.flatMap((part) => (part.kind === "record" ? part.fields : []));
  if (fields.length === 0) return parts.find((part) => part.kind !== "unknown") ?? unknownType;
  return { kind: "record", form: "keys", fields };
}

import type { TypeExpression } from "../model/link/typeExpression";
import { TypeReader, unknownType } from "./typeText";

const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|=>|\.\.\.|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|\S/gu;
const identifier = /^[\p{L}_$]/u;

/** Types of the language's library that change what members are there or must be, not which. */
const seenThrough: ReadonlySet<string> = new Set([
  "Readonly",
  "Partial",
  "Required",
  "NonNullable",
  "Pick",
  "Omit",
  "Exclude",
  "Extract",
  "NoInfer",
  "ThisType",
]);
const sayNothing: ReadonlySet<string> = new Set([
  "any",
  "unknown",
  "never",
  "void",
  "object",
  "undefined",
  "null",
  "ReturnType",
  "Parameters",
  "ConstructorParameters",
]);

/** Reads a type as TypeScript writes it. `A & B` is a union: a member may come from either. */
export function readTypeScriptType(text: string): TypeExpression {
  return new TypeScriptTypeReader(text, tokens).type();
}

class TypeScriptTypeReader extends TypeReader {
  private readonly functions = functionsIn(this.tokens);

  type(): TypeExpression {
    return this.nested(() => this.conditional());
  }

  private conditional(): TypeExpression {
    if (identifier.test(this.peek()) && this.peek(1) === "is") {
      this.position += 2;
      this.type();
      return { kind: "name", name: "boolean", arguments: [] };
    }
    if (this.peek() === "asserts" && identifier.test(this.peek(1))) {
      this.position += 2;
      if (this.takes("is")) this.type();
      return unknownType;
    }
    const type = this.union();
    if (!this.takes("extends")) return type;
    this.union();
    if (this.takes("?")) this.type();
    if (this.takes(":")) this.type();
    return unknownType;
  }

  private union(): TypeExpression {
    this.takes("|");
    const members = [this.intersection()];
    while (this.takes("|")) members.push(this.intersection());
    return joined(members);
  }

  private intersection(): TypeExpression {
    this.takes("&");
    const members = [this.postfix()];
    while (this.takes("&")) members.push(this.postfix());
    return joined(members);
  }

  private postfix(): TypeExpression {
    let type = this.primary();
    while (this.peek() === "[") {
      this.position++;
      if (this.takes("]")) {
        type = { kind: "list", element: type };
        continue;
      }
      const isNumber = this.peek() === "number" && this.peek(1) === "]";
      this.type();
      this.takes("]");
      type = isNumber && type.kind === "list" ? type.element : unknownType;
    }
    return type;
  }

  private primary(): TypeExpression {
    const token = this.peek();
    switch (token) {
      case "":
        return unknownType;
      case "(":
        return this.functions.has(this.position) ? this.functionType() : this.parenthesized();
      case "<":
        this.skipBalanced("<", ">");
        return this.peek() === "(" ? this.functionType() : unknownType;
      case "[":
        return this.tuple();
      case "{":
        return this.object();
      case "abstract":
      case "new":
        if (this.peek(1) !== "(" && this.peek(1) !== "new" && this.peek(1) !== "<") break;
        return this.prefixed();
      case "readonly":
        this.position++;
        return this.nested(() => this.postfix());
      case "keyof":
        this.position++;
        this.nested(() => this.postfix());
        return { kind: "name", name: "string", arguments: [] };
      case "unique":
      case "-":
        return this.prefixed();
      case "infer":
        this.position += 2;
        return unknownType;
      case "typeof":
        this.prefixed();
        return unknownType;
      case "import":
        return this.imported();
    }
    if (/^["'`]/.test(token)) return this.word("string");
    if (/^\d/.test(token)) return this.word("number");
    if (token === "true" || token === "false") return this.word("boolean");
    if (identifier.test(token)) return this.named();
    return unknownType;
  }

  /** `import("drizzle-orm/pg-core").PgDatabase`: a name with its module in front. Of a file beside it nothing is said. */
  private imported(): TypeExpression {
    this.position++;
    const module = /^["']([^."'].*)["']$/.exec(this.peek(1))?.[1];
    if (this.peek() === "(") this.skipBalanced("(", ")");
    const type = this.takes(".") ? this.named() : unknownType;
    return module !== undefined && type.kind === "name" ? { ...type, name: `${module}.${type.name}` } : unknownType;
  }

  /** Behind a word that says nothing here. */
  private prefixed(): TypeExpression {
    this.position++;
    return this.nested(() => this.primary());
  }

  private named(): TypeExpression {
    let name = this.peek();
    this.position++;
    while (this.peek() === "." && identifier.test(this.peek(1))) {
      name += `.${this.peek(1)}`;
      this.position += 2;
    }
    if (name === "InstanceType" && this.peek() === "<" && this.peek(1) === "typeof") {
      this.position += 2;
      const instance = this.type();
      this.takes(">");
      return instance;
    }
    const given = this.typeArguments();
    if (sayNothing.has(name)) return unknownType;
    if (seenThrough.has(name) && given.length > 0) return given[0] as TypeExpression;
    if (name === "Array" || name === "ReadonlyArray") return { kind: "list", element: given[0] ?? unknownType };
    if (name === "Record") return { kind: "map", key: given[0] ?? unknownType, value: given[1] ?? unknownType };
    if (name === "Function") return { kind: "function", parameters: [], results: [] };
    return { kind: "name", name, arguments: given };
  }

  private typeArguments(): readonly TypeExpression[] {
    if (!this.takes("<")) return [];
    const given: TypeExpression[] = [];
    this.list(">", () => given.push(this.type()));
    return given;
  }

  private tuple(): TypeExpression {
    this.position++;
    const elements: TypeExpression[] = [];
    this.list("]", () => {
      const isRest = this.takes("...");
      if (identifier.test(this.peek()) && (this.peek(1) === ":" || (this.peek(1) === "?" && this.peek(2) === ":")))
        this.position += this.peek(1) === ":" ? 2 : 3;
      const element = this.type();
      this.takes("?");
      elements.push(isRest && element.kind === "list" ? element.element : element);
    });
    return { kind: "tuple", elements };
  }

  /** Only `{ [key: string]: T }` and `{ [K in Keys]: T }` say what is in them; fields have no place here. */
  private object(): TypeExpression {
    const start = this.position;
    let type: TypeExpression = unknownType;
    this.position++;
    if (this.peek() === "+" || this.peek() === "-") this.position++;
    this.takes("readonly");
    if (this.peek() === "[" && identifier.test(this.peek(1)) && (this.peek(2) === ":" || this.peek(2) === "in")) {
      this.position += 3;
      const key = this.type();
      if (this.takes("as")) this.type();
      this.takes("]");
      if (this.peek() === "+" || this.peek() === "-") this.position++;
      this.takes("?");
      if (this.takes(":")) type = { kind: "map", key, value: this.type() };
    }
    this.position = start;
    this.skipBalanced("{", "}");
    return type;
  }

  private parenthesized(): TypeExpression {
    this.position++;
    const type = this.type();
    this.takes(")");
    return type;
  }

  private functionType(): TypeExpression {
    this.position++;
    const parameters: TypeExpression[] = [];
    this.list(")", () => {
      this.takes("...");
      const isThis = this.peek() === "this";
      if (this.peek() === "{") this.skipBalanced("{", "}");
      else if (this.peek() === "[") this.skipBalanced("[", "]");
      else this.position++;
      this.takes("?");
      const type = this.takes(":") ? this.type() : unknownType;
      if (!isThis) parameters.push(type);
    });
    this.takes("=>");
    return { kind: "function", parameters, results: [this.type()] };
  }

  private word(name: string): TypeExpression {
    this.position++;
    return { kind: "name", name, arguments: [] };
  }
}

/** Where the parentheses open behind which an arrow follows. */
function functionsIn(tokens: readonly string[]): ReadonlySet<number> {
  const functions = new Set<number>();
  const open: number[] = [];
  tokens.forEach((token, i) => {
    if (token === "(") open.push(i);
    const start = token === ")" ? open.pop() : undefined;
    if (start !== undefined && tokens[i + 1] === "=>") functions.add(start);
  });
  return functions;
}

function joined(members: readonly TypeExpression[]): TypeExpression {
  if (members.length === 1) return members[0] as TypeExpression;
  const names = new Set<string>();
  const known = members
    .filter((member) => member.kind !== "unknown")
    .flatMap((member) => (member.kind === "union" ? member.members : [member]))
    .filter((member) => {
      if (member.kind !== "name" || member.arguments.length > 0) return true;
      const isNew = !names.has(member.name);
      names.add(member.name);
      return isNew;
    });
  const [only] = known;
  if (!only) return unknownType;
  return known.length === 1 ? only : { kind: "union", members: known };
}

import { isComparison, writtenRoot } from "../model/accessPath";
import type { AccessPath, CallValue, OperationValue, Value, VariableFacts } from "../model/facts";

type Close = (path: AccessPath) => AccessPath | undefined;

const asWritten: Close = (path) => path;

/** Calls that hand on the elements of their first argument. */
const passesElements = new Set(["sorted", "list", "tuple", "set", "frozenset", "reversed", "iter", "aiter"]);
const takesElement = new Set(["next", "anext", "min", "max"]);
/** Narrowing to one of these forgets what the elements are, which was the better knowledge. */
const containers =
  /^(?:typing\.|abc\.|collections\.abc\.)?(list|dict|tuple|set|frozenset|Mapping|Sequence|Iterable|Collection)$/;
const genericName =
  /^((typing|t|typing_extensions|collections\.abc)\.)?(list|dict|tuple|set|frozenset|type|List|Dict|Tuple|Set|Optional|Union|Callable|Sequence|Mapping|Iterable|Iterator|Awaitable|Annotated|Type|Literal)\[\]$/;
const typeName = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

const operatorMethods: Readonly<Record<string, string>> = {
  "+": "__add__",
  "-": "__sub__",
  "*": "__mul__",
  "/": "__truediv__",
  "//": "__floordiv__",
  "%": "__mod__",
  "**": "__pow__",
  "@": "__matmul__",
  "|": "__or__",
  "&": "__and__",
};

/** Where the values of Python expressions come from, as access paths. */
export class PythonOrigins {
  private readonly castNames = new Set<string>();
  /** Their parts name variables that nothing outside the comprehension knows. */
  private readonly comprehensions = new WeakSet<Value>();

  constructor(private readonly source: string) {}

  /** An import that may make `cast` known under some name. */
  noteTyping(name: string, localName: string): void {
    if (name === "cast") this.castNames.add(localName);
    else if (name === "typing") this.castNames.add(`${localName}.cast`);
  }

  noteComprehension(value: Value): void {
    this.comprehensions.add(value);
  }

  /** `close` says what the root of a path stands for, and nothing when that is not known. */
  of(value: Value, close: Close = asWritten): AccessPath | undefined {
    switch (value.kind) {
      case "path":
        return value.path.startsWith("?") ? undefined : close(value.path);
      case "call":
        return this.ofCall(value, close);
      case "literal":
        return value.type === "string" && this.isBytes(value) ? "<bytes>" : writtenRoot(value);
      case "lambda":
        return writtenRoot(value);
      case "composite": {
        const type = this.typeOf(value);
        return writtenRoot(value) ?? (type && `<${type}>`);
      }
      case "conditional":
        return this.of(value.then, close) ?? this.of(value.else, close);
      case "operation":
        return this.ofOperation(value, close);
      default:
        return undefined;
    }
  }

  /** The origin of a value that cannot be told from the value alone without knowing Python. */
  unsaid(value: Value): AccessPath | undefined {
    switch (value.kind) {
      case "call":
        if (this.isCast(value) || isPartial(value) || value.callee === "type") return this.of(value);
        if (passesElements.has(value.callee)) return this.collected(value);
        return takesElement.has(value.callee) && this.takesFirst(value) ? this.of(value) : undefined;
      case "literal":
        return value.type === "string" && this.isBytes(value) ? "<bytes>" : undefined;
      case "composite": {
        const type = this.typeOf(value);
        return type?.includes("[") ? `<${type}>` : this.collected(value);
      }
      case "operation":
        return /^(\|\||&&|!|\[:\]|%|\+)$/.test(value.operator) && isText(value.operands[0])
          ? undefined
          : /^(\|\||&&|!|\[:\])$/.test(value.operator)
            ? undefined
            : this.of(value);
      default:
        return undefined;
    }
  }

  /** A list of what an iterable yields, or of what a comprehension or a display puts into it. */
  collected(value: Value, close: Close = asWritten): AccessPath | undefined {
    let element: AccessPath | undefined;
    if (value.kind === "call") {
      const [first, second] = value.arguments;
      if (!passesElements.has(value.callee) || !first || isPositional(second)) return undefined;
      element = this.each(first, "", close);
    } else if (value.kind === "composite" && (value.form === "list" || value.form === "set")) {
      if (this.typeOf(value)?.includes("[")) return undefined;
      element = value.parts[0] && this.of(value.parts[0], close);
    }
    return element && !element.startsWith("<each ") ? `<each ${element}>` : undefined;
  }

  /** The value that becomes the part `#0#1` of a value, where that is written down. */
  part(value: Value, suffix: string): Value | undefined {
    let part: Value | undefined = value;
    for (const index of suffix.split("#").slice(1)) {
      if (part?.kind !== "composite" || (part.form !== "tuple" && part.form !== "list")) return undefined;
      if (this.comprehensions.has(part)) return undefined;
      part = part.parts[Number(index)];
    }
    return part;
  }

  /** Where part `suffix` of what iterating over a value yields comes from. */
  each(over: Value, suffix: string, close: Close = asWritten): AccessPath | undefined {
    if (over.kind === "call") {
      const [first, second] = over.arguments;
      const [, index, rest] = /^#(\d+)(.*)$/.exec(suffix) ?? [];
      if (over.callee === "enumerate" && index !== undefined) {
        return index === "0" ? "<number>" : first && this.each(first, rest as string, close);
      }
      if (/^(zip|itertools\.zip_longest|zip_longest)$/.test(over.callee) && index !== undefined) {
        const zipped = over.arguments[Number(index)];
        return zipped && this.each(zipped, rest as string, close);
      }
      if (passesElements.has(over.callee) && first) return this.each(first, suffix, close);
      if (over.callee === "filter" && second) return this.each(second, suffix, close);
      if (over.callee === "map" && first) {
        const mapped = this.of(first, close);
        return mapped && `${mapped}()${suffix}`;
      }
    }
    if (over.kind === "operation" && over.operator === "[:]" && over.operands[0]) {
      return this.each(over.operands[0], suffix, close);
    }
    if (over.kind === "composite" && /^(list|tuple|set)$/.test(over.form) && !this.comprehensions.has(over)) {
      const first = over.parts[0];
      const part = first && this.part(first, suffix);
      if (part) return this.of(part, close);
    }
    const origin = this.of(over, close);
    return origin && `${origin}[each]${suffix}`;
  }

  /** `list[Foo]`, `Optional[Foo]`, `Foo | None` outside an annotation: a type alias. */
  isTypeExpression(value: Value): boolean {
    if (value.kind === "path") return genericName.test(value.path);
    if (value.kind !== "operation" || value.operator !== "|") return false;
    return value.operands.every(
      (operand) =>
        isNull(operand) ||
        this.isTypeExpression(operand) ||
        (operand.kind === "path" && /(^|\.)[A-Z]\w*[a-z]\w*$|^(str|int|float|bool|bytes)$/.test(operand.path)),
    );
  }

  /** What is known more closely of names where a condition holds, or does not. */
  narrowed(condition: Value, holds: boolean): VariableFacts[] | undefined {
    if (condition.kind === "call") {
      const [variable, type] = condition.arguments;
      if (!holds || condition.callee !== "isinstance" || variable?.kind !== "path" || !type) return undefined;
      if (!/^\w+$/.test(variable.path)) return undefined;
      const name = this.checkedType(type);
      return name === undefined ? undefined : [{ name: variable.path, type: name }];
    }
    if (condition.kind !== "operation") return undefined;
    if (condition.operator === "!" && condition.operands[0]) return this.narrowed(condition.operands[0], !holds);
    if (holds && condition.operator === "||") return this.narrowedButForNone(condition.operands);
    if (condition.operator !== (holds ? "&&" : "||")) return undefined;
    const known = condition.operands.flatMap((operand) => this.narrowed(operand, holds) ?? []);
    return known.length > 0 ? known : undefined;
  }

  /** `x is None or isinstance(x, Foo)` */
  private narrowedButForNone(operands: readonly Value[]): VariableFacts[] | undefined {
    const [first, second] = operands;
    const isNone = first?.kind === "operation" && first.operator === "is" && isNull(first.operands[1]);
    const [name] = isNone ? first.operands : [];
    const known = second && this.narrowed(second, true);
    return name?.kind === "path" && known?.length === 1 && known[0]?.name === name.path ? known : undefined;
  }

  private checkedType(type: Value): string | undefined {
    const names =
      type.kind === "composite" && type.form === "tuple"
        ? type.parts.map((part) => (part.kind === "path" ? part.path : ""))
        : [type.kind === "path" ? type.path : ""];
    const isKnown = names.every((name) => typeName.test(name) && !/^(self|cls)\./.test(name) && !containers.test(name));
    return isKnown ? names.join(" | ") : undefined;
  }

  private ofCall(call: CallValue, close: Close): AccessPath | undefined {
    const [first, second] = call.arguments;
    if (first && second && this.isCast(call)) {
      const type = unquoted(this.source.slice(first.start, first.end));
      return `${this.of(second, close) ?? ""}<${type}>`;
    }
    if (first && isPartial(call)) return this.of(first, close);
    if (first && !second && call.callee === "type") {
      const value = this.of(first, close);
      return value && `${value}.__class__`;
    }
    if (first && this.takesFirst(call)) return this.each(first, "", close);
    if (call.callee.startsWith("?")) return undefined;
    const callee = close(call.callee);
    return callee && `${callee}()`;
  }

  /** `max(rows, key=...)`, not `max(a, b)`. */
  private takesFirst(call: CallValue): boolean {
    const [first, second] = call.arguments;
    return (
      takesElement.has(call.callee) && isPositional(first) && (/^a?next$/.test(call.callee) || !isPositional(second))
    );
  }

  private isCast(call: CallValue): boolean {
    return this.castNames.has(call.callee) && call.arguments.length === 2;
  }

  private ofOperation(value: OperationValue, close: Close): AccessPath | undefined {
    const { operator, operands } = value;
    const [left, right] = operands;
    switch (operator) {
      case "||":
        return firstOf(operands, (operand) => this.of(operand, close));
      case "&&":
        return firstOf([...operands].reverse(), (operand) => this.of(operand, close));
      case "await":
      case "[:]":
        return left && this.of(left, close);
      case "in":
      case "not in":
      case "is":
      case "is not":
        return "<boolean>";
    }
    if (isComparison(operator)) return "<boolean>";
    if (!left) return undefined;
    if (!right) return this.of(left, close);
    if (/^[+%*]$/.test(operator) && isText(left)) return "<string>";
    if (operator === "+" && isText(right)) return "<string>";
    const method = operatorMethods[operator];
    const origin = method && left.kind !== "literal" ? this.of(left, close) : undefined;
    return origin && `${origin}.${method}()`;
  }

  /** Type of a display, with that of its elements where they are made by name. */
  private typeOf(value: Value): string | undefined {
    switch (value.kind) {
      case "literal":
        if (value.type === "string") return this.isBytes(value) ? "bytes" : "str";
        return value.type === "number" ? "int" : value.type === "boolean" ? "bool" : undefined;
      case "call":
        return typeName.test(value.callee) &&
          /(^|\.)_*[A-Z]\w*[a-z]\w*$/.test(value.callee) &&
          !/^self\./.test(value.callee)
          ? value.callee
          : undefined;
      case "composite": {
        if (value.typeName) return value.typeName;
        const first = value.parts[0] && this.typeOf(value.parts[0]);
        switch (value.form) {
          case "template":
            return "str";
          case "list":
          case "set":
            return first ? `${value.form}[${first}]` : value.form;
          case "map": {
            const key = value.keys?.[0] && this.typeOf(value.keys[0]);
            return first || key ? `dict[${key ?? "Any"}, ${first ?? "Any"}]` : "map";
          }
          case "tuple": {
            const types = value.parts.map((part) => this.typeOf(part) ?? "Any");
            return types.every((type) => type === "Any") ? "tuple" : `tuple[${types.join(", ")}]`;
          }
          default:
            return undefined;
        }
      }
      default:
        return undefined;
    }
  }

  private isBytes(literal: Value): boolean {
    return /^[rR]?[bB]/.test(this.source.slice(literal.start, literal.start + 2));
  }
}

function isPartial(call: CallValue): boolean {
  return /^(functools\.)?partial$/.test(call.callee) && call.arguments.length > 0;
}

/** A keyword argument is an object with one key. */
function isPositional(argument: Value | undefined): boolean {
  return argument !== undefined && !(argument.kind === "composite" && argument.form === "object");
}

function isNull(value: Value | undefined): boolean {
  return value?.kind === "literal" && value.type === "null";
}

function isText(value: Value | undefined): boolean {
  if (!value) return false;
  return (
    (value.kind === "literal" && value.type === "string") || (value.kind === "composite" && value.form === "template")
  );
}

function firstOf<T, R>(values: readonly T[], map: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const mapped = map(value);
    if (mapped !== undefined) return mapped;
  }
  return undefined;
}

/** A type named in a string, as forward references are. */
export function unquoted(type: string): string {
  return type.replace(/^(["'])([\s\S]*)\1$/, "$2");
}

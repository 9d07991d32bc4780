import type { OperationValue, Value } from "../../model/facts";
import { valuesWithin } from "../../model/walkSteps";

export const sortCall =
  /(^|\.)(sort|sorted|sortBy|orderBy|toSorted|Sort|SortFunc|SortStableFunc|Slice|SliceStable|Strings|Ints|Stable)$/;

/** The words of a value as far as they fit in a message. */
export function textOf(value: Value): string {
  switch (value.kind) {
    case "path":
      return short(value.path);
    case "literal":
      return value.type === "string" ? JSON.stringify(short(value.text)) : value.text;
    case "call":
      return `${short(value.callee)}()`;
    case "operation":
      return value.operands.length === 1
        ? `${value.operator}${textOf(value.operands[0] as Value)}`
        : value.operands.map(textOf).join(` ${value.operator} `);
    case "composite":
      return value.parts.length === 0 ? (value.form === "list" ? "[]" : "{}") : "…";
    default:
      return "…";
  }
}

export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export function rootOf(path: string): string {
  return path.replace(/[.[(].*$/, "");
}

/** Several values put together to find one entry: a tuple, a template, or strings joined by hand. */
export function compositeKey(value: Value): boolean {
  if (value.kind === "composite") {
    const parts = value.parts.filter((part) => part.kind !== "literal");
    return (
      parts.length >= 2 &&
      (value.form === "tuple" || value.form === "template" || value.form === "list" || value.form === "object")
    );
  }
  if (value.kind !== "operation" || value.operator !== "+") return false;
  const leaves = [...valuesWithin(value)].filter((inner) => inner.kind !== "operation");
  return (
    leaves.some((leaf) => leaf.kind === "literal" && leaf.type === "string") &&
    leaves.filter((leaf) => leaf.kind !== "literal").length >= 2
  );
}

/** What a composite key is made of, with a chain of `+` taken apart. */
export function keyParts(key: Value): Value[] {
  if (key.kind === "composite") return key.parts;
  return key.kind === "operation" && key.operator === "+" ? key.operands.flatMap(keyParts) : [key];
}

export function isSortResult(value: Value): boolean {
  return value.kind === "call" && sortCall.test(value.callee);
}

export function isDefaultValue(value: Value | undefined): boolean {
  if (!value) return false;
  if (value.kind === "literal") return value.type === "number" || value.type === "string";
  return value.kind === "composite" && value.parts.length === 0;
}

export function describeKey(value: Value | undefined): string {
  return value?.kind === "literal" ? `\`${short(value.text)}\`` : "value";
}

/** `"%s" % name` formats text; it divides nothing. */
export function isFormatting(operation: OperationValue): boolean {
  const left = operation.operands[0];
  return left?.kind === "literal" ? left.type === "string" : left?.kind === "composite";
}

/**
 * Whether `&`, `|` or `^` works on bits: there is a number, a shift or a mask. Sets, types and query filters use the
 * same operators, and `os.O_RDWR | os.O_CREATE` only puts names side by side.
 */
export function worksOnBits(operation: OperationValue): boolean {
  const parts = [...valuesWithin(operation)];
  if (parts.some((part) => part.kind === "operation" && part.operator === "!")) return false;
  const hasMask =
    operation.operator === "&" &&
    parts.some((part) => part.kind === "path" && /(^|\.)[A-Z][A-Z0-9_]+$|[mM]ask|[bB]its/.test(part.path));
  return (
    hasMask ||
    parts.some(
      (part) =>
        (part.kind === "literal" && part.type === "number") ||
        (part.kind === "operation" && /^(<<|>>>?|~)$/.test(part.operator)),
    )
  );
}

export function isHardRegex(pattern: string): boolean {
  const unescaped = pattern.replace(/\\[^\w]/g, "");
  return pattern.length >= 12 && /[([+*?|\\].*[([{+*?|\\]/.test(unescaped);
}

/** A status code beside a status, a number of seconds beside a unit: the other side is the name. */
export function isKnownBeside(number: string, beside: string | undefined): boolean {
  if (!beside) return false;
  if (/^[1-5]\d\d$/.test(number) && /status|code/i.test(beside)) return true;
  return /(second|minute|hour|day|milli|\bms\b|time\.[A-Z])/i.test(beside);
}

/** A record with named fields is an argument; values put side by side can be a key. */
export function canBeKey(value: Value): boolean {
  return value.kind !== "composite" || value.form !== "object" || value.typeName !== undefined;
}

/** A URL or a path put together from parts addresses something outside. */
export function isAddress(value: Value): boolean {
  return [...valuesWithin(value)].some(
    (part) => part.kind === "literal" && part.type === "string" && /:\/\/|\/\w+\/|^\/\w/.test(part.text),
  );
}

/** A constant, an empty container, or the entry's own old value carried on. */
export function isSameWhoeverComesFirst(value: Value, container: string): boolean {
  if (value.kind === "literal" || (value.kind === "composite" && value.parts.length === 0)) return true;
  return [...valuesWithin(value)].some(
    (part) =>
      (part.kind === "path" && part.path.startsWith(`${container}[]`)) ||
      (part.kind === "call" && part.callee.startsWith(`${container}.`)),
  );
}

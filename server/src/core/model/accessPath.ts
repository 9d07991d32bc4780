import type { AccessPath, Value } from "./facts";

/** One step of an access path after its root; see `AccessPath`. */
export type Segment =
  | { kind: "member"; name: string }
  /** `given` is the path of a function that is handed over, or a type: `<*Harbour>`. */
  | { kind: "call"; given?: AccessPath }
  | { kind: "element" }
  | { kind: "each" }
  | { kind: "key" }
  | { kind: "part"; index: number }
  | { kind: "as"; type: string };

export interface ParsedPath {
  /** A name, or one of the forms in angle brackets. Empty for a value nothing is known of. */
  root: string;
  segments: Segment[];
}

const comparisons: ReadonlySet<string> = new Set(["!", "==", "!=", "<", ">", "<=", ">="]);

/** Whether what an operator gives is true or false in every language. */
export function isComparison(operator: string): boolean {
  return comparisons.has(operator);
}

/** The root for a value that stands in the code as a literal, a template or a function. */
export function writtenRoot(value: Value): AccessPath | undefined {
  if (value.kind === "lambda") return `<func#${value.function}>`;
  if (value.kind === "composite") return value.form === "template" ? "<string>" : undefined;
  if (value.kind !== "literal" || value.type === "null") return undefined;
  return value.type === "regex" ? "<RegExp>" : `<${value.type}>`;
}

/** What stands behind the last dot of a path, a name or a key: `mu` of `Harbour.mu`. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** What stands in front of that: `Harbour`; nothing where there is no dot. */
export function withoutLastPart(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** The root of a path: everything before its first segment. */
export function rootOf(path: AccessPath): string {
  if (path.startsWith("<")) return path.slice(0, closingBracket(path, 0) + 1);
  const end = startOfSegment(path, 0);
  return end === path.length ? path : path.slice(0, end);
}

/** Where the next segment starts. A loop, since paths are short and there are many: a pattern costs twice as much. */
function startOfSegment(path: string, from: number): number {
  for (let i = from; i < path.length; i++) {
    switch (path.charCodeAt(i)) {
      case 35: // #
      case 40: // (
      case 46: // .
      case 60: // <
      case 91: // [
        return i;
    }
  }
  return path.length;
}

export function parseAccessPath(path: AccessPath): ParsedPath {
  const root = rootOf(path);
  const segments: Segment[] = [];
  for (let i = root.length; i < path.length; ) {
    const end = endOfSegment(path, i);
    const segment = toSegment(path.slice(i, end));
    if (!segment) return { root: "", segments: [] };
    segments.push(segment);
    i = end;
  }
  return { root, segments };
}

/** The path before its segment of the given index. */
export function pathUpTo(path: AccessPath, segment: number): AccessPath {
  let end = rootOf(path).length;
  for (let i = 0; i < segment; i++) end = endOfSegment(path, end);
  return path.slice(0, end);
}

function toSegment(text: string): Segment | undefined {
  switch (text[0]) {
    case ".":
      return { kind: "member", name: text.slice(1) };
    case "(":
      return text === "()" ? { kind: "call" } : { kind: "call", given: text.slice(1, -1) };
    case "#":
      return { kind: "part", index: Number(text.slice(1)) };
    case "<":
      return { kind: "as", type: text.slice(1, -1) };
    case "[":
      return text === "[each]" ? { kind: "each" } : text === "[key]" ? { kind: "key" } : { kind: "element" };
    default:
      return undefined;
  }
}

function endOfSegment(path: string, start: number): number {
  switch (path[start]) {
    case "(":
      return path.indexOf(")", start) + 1 || path.length;
    case "<":
      return closingBracket(path, start) + 1;
    case "[":
      return path.indexOf("]", start) + 1 || path.length;
    default:
      return startOfSegment(path, start + 1);
  }
}

/** Position of the `>` that closes the `<` at `start`; arrows inside a type (`->`, `=>`, `<-`) close nothing. */
function closingBracket(path: string, start: number): number {
  let depth = 0;
  for (let i = start; i < path.length; i++) {
    if (path[i] === "<" && path[i + 1] !== "-") depth++;
    else if (path[i] === ">" && path[i - 1] !== "-" && path[i - 1] !== "=" && --depth === 0) return i;
  }
  return path.length - 1;
}

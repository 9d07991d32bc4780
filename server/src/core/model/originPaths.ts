import type { AccessPath, Value } from "./facts";

/** Longer paths are not followed: what they lead to is past the understanding of a reader too. */
const maxPathLength = 240;
const maxQuotedLength = 160;
/** The origin of what nobody can tell. */
export const nothing = "";

/** Whether a value is only known to be a boolean. */
export function isSwitch(origin: AccessPath): boolean {
  return /^<(bool|boolean|Boolean)>$/.test(origin);
}

/** Whether a value is only known to be a text. */
export function isText(origin: AccessPath): boolean {
  return /^<(string|String|str)>$/.test(origin);
}

/** A cast says what a value is, wherever it comes from. */
export function seenAs(origin: AccessPath, { seenAs: type }: { seenAs?: string }): AccessPath {
  return type === undefined ? origin : bounded(`${literalType(origin) ?? origin}<${type}>`);
}

/** Whether it says anything of the value. */
export function isTelling(origin: AccessPath): boolean {
  return origin !== nothing && origin !== "null";
}

export function literalOrigin(type: Extract<Value, { kind: "literal" }>["type"], text: string): AccessPath {
  if (type === "string") return JSON.stringify(text.slice(0, maxQuotedLength));
  if (type === "regex") return "<RegExp>";
  if (type === "null") return "null";
  return text.slice(0, 40);
}

export function compositeOrigin(value: Extract<Value, { kind: "composite" }>): AccessPath {
  switch (value.form) {
    case "template":
      return templateOrigin(value.parts);
    case "list":
    case "map":
    case "set":
      return `<${value.form}>`;
    default:
      return nothing;
  }
}

/** Of two texts, `?` standing for what is no literal. */
export function concatenated(first: AccessPath, second: AccessPath): AccessPath {
  const added = second.startsWith('"') ? (JSON.parse(second) as string) : "?";
  return JSON.stringify(((JSON.parse(first) as string) + added).slice(0, maxQuotedLength));
}

/** The text of a template with `?` where values go. */
function templateOrigin(parts: readonly Value[]): AccessPath {
  const text = parts.map((part) => (part.kind === "literal" && part.type === "string" ? part.text : "?")).join("");
  return JSON.stringify(text.slice(0, maxQuotedLength));
}

/** A path that goes on from where a value comes from. */
export function join(origin: AccessPath, rest: string): AccessPath {
  if (rest === "") return origin;
  if (origin === nothing) return lastSeenAs(rest);
  return bounded(`${literalType(origin) ?? origin}${rest}`);
}

/** What is left of a path when its start is not known: what follows the last `<T>`, which says what the value is. */
function lastSeenAs(rest: string): AccessPath {
  let depth = 0;
  let start = -1;
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === "<" && rest[i + 1] !== "-") {
      if (depth++ === 0) start = i;
    } else if (rest[i] === ">" && rest[i - 1] !== "-" && rest[i - 1] !== "=") depth--;
  }
  return start < 0 ? nothing : bounded(rest.slice(start));
}

/** What a literal's text is, when it is one. */
export function literalType(origin: AccessPath): AccessPath | undefined {
  const first = origin.charCodeAt(0);
  if (first === 34) return "<string>";
  // Signs, a point, and digits; a slash between them starts nothing.
  if (first >= 43 && first <= 57 && first !== 44 && first !== 47) return "<number>";
  if (origin === "true" || origin === "false" || origin === "True" || origin === "False") return "<boolean>";
  return origin === "null" ? nothing : undefined;
}

/** Nothing is told of a value whose path is too long. */
export function bounded(path: AccessPath): AccessPath {
  return path.length > maxPathLength ? nothing : path;
}

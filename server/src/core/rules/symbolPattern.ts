import { isDistinctive, isTooCommon } from "./names";

/** A symbol as a rule names it, ready to compare with the names code uses. */
export interface SymbolPattern {
  /** The one key under which a name that it matches is looked up; see `keysOf`. */
  key: string;
  matches(segments: readonly string[], isCall: boolean): boolean;
}

/** A symbol as a rule writes it, taken apart: `s.db.*` is everything of `s.db`, `use*` whatever starts with `use`. */
export interface WrittenSymbol {
  written: string;
  /** What comes before the last name. */
  head: readonly string[];
  /** The last name; the start of it when `isPrefix`. */
  last: string;
  isPrefix: boolean;
  /** `.unwrap`: of whatever it is called on. */
  isOfAnything: boolean;
}

/** `undefined` for what is no name. */
export function writtenSymbol(text: string): WrittenSymbol | undefined {
  const bare = text
    .trim()
    .replace(/^(?:new|await)\s+|^[@&*]+(?=\w)/, "")
    .replace(/[!;]+$/, "");
  const segments = segmentsOf(bare);
  const last = segments.at(-1);
  if (last === undefined || !segments.every((segment) => /^[\p{L}\p{N}_$]*\*?$/u.test(segment))) return undefined;
  const isPrefix = last.endsWith("*");
  const head = segments.slice(0, -1);
  if (head.some((segment) => segment.endsWith("*"))) return undefined;
  if (isPrefix && head.length === 0 && last.length <= PREFIX_LENGTH) return undefined;
  return {
    written: text,
    head,
    last: isPrefix ? last.slice(0, -1) : last,
    isPrefix,
    isOfAnything: bare.startsWith(".") && head.length === 0 && !isPrefix,
  };
}

/** Length of the start by which `use*` is indexed, and the least such a pattern must give. */
const PREFIX_LENGTH = 3;

/** The segments of a dotted name: `a?.b`, `A::b`, `p->q`, `s.items[i].Save` and `open(x).read` included. */
export function segmentsOf(name: string): string[] {
  const plain = name.replace(/\([^()]*\)|\[[^[\]]*\]/g, "").replace(/\?\.|::|->|#/g, ".");
  return plain.split(".").filter((segment) => segment !== "");
}

/** `undefined` for what would match nearly everywhere. */
export function symbolPatternOf(symbol: string): SymbolPattern | undefined {
  const segments = segmentsOf(symbol);
  const last = segments.at(-1);
  if (last === undefined || isTooCommon(symbol)) return undefined;
  const head = segments.slice(0, -1);
  if (last.endsWith("*")) return wildcard(head, last.slice(0, -1));
  if (head.length > 0) return { key: `=${last}`, matches: (name) => endsWith(name, segments) };
  const key = `=${last}`;
  if (symbol.startsWith(".")) return { key, matches: (name) => name.length > 1 };
  if (isDistinctive(symbol)) return { key, matches: () => true };
  // `check` is the function, not some `page.check`; `Update` also the type or method of that name.
  const isCapitalised = /^[A-Z]/.test(symbol);
  return { key, matches: (name, isCall) => name.length === 1 && (isCall || isCapitalised) };
}

/** Every key under which a pattern that matches this name may be found. */
export function keysOf(segments: readonly string[]): string[] {
  const last = segments.at(-1) ?? "";
  return [`=${last}`, `^${last.slice(0, PREFIX_LENGTH)}`, ...segments.slice(0, -1).map((segment) => `${segment}.`)];
}

function wildcard(head: readonly string[], prefix: string): SymbolPattern | undefined {
  const last = head.at(-1);
  if (last === undefined) {
    if (prefix.length < PREFIX_LENGTH) return undefined;
    return { key: `^${prefix.slice(0, PREFIX_LENGTH)}`, matches: (name) => name.at(-1)?.startsWith(prefix) ?? false };
  }
  return {
    key: `${last}.`,
    matches: (name) => {
      for (let end = head.length; end < name.length; end++) {
        if (endsWith(name.slice(0, end), head) && name[end]?.startsWith(prefix)) return true;
      }
      return false;
    },
  };
}

export function endsWith(name: readonly string[], suffix: readonly string[]): boolean {
  const offset = name.length - suffix.length;
  return offset >= 0 && suffix.every((segment, i) => name[offset + i] === segment);
}

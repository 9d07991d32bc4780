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

/** The least that a pattern such as `use*` must give. */
const PREFIX_LENGTH = 3;

/** The segments of a dotted name: `a?.b`, `A::b`, `p->q`, `s.items[i].Save` and `open(x).read` included. */
export function segmentsOf(name: string): string[] {
  const plain = name.replace(/\([^()]*\)|\[[^[\]]*\]/g, "").replace(/\?\.|::|->|#/g, ".");
  return plain.split(".").filter((segment) => segment !== "");
}

export function endsWith(name: readonly string[], suffix: readonly string[]): boolean {
  const offset = name.length - suffix.length;
  return offset >= 0 && suffix.every((segment, i) => name[offset + i] === segment);
}

import type { BareLines } from "../model/facts";

type Kind = keyof BareLines;

/** Counts the lines of a text that hold no code: how many there are before each line, for each kind. */
export class BareLineCounts {
  private readonly before: Readonly<Record<Kind, Uint32Array>>;

  constructor(text: string, lineStarts: readonly number[]) {
    const counts = () => new Uint32Array(lineStarts.length + 1);
    this.before = { blank: counts(), brackets: counts(), comments: counts() };
    for (const [line, start] of lineStarts.entries()) {
      const kind = kindOf(text, start, lineStarts[line + 1] ?? text.length);
      for (const each of kinds) {
        const sums = this.before[each];
        sums[line + 1] = (sums[line] as number) + (each === kind ? 1 : 0);
      }
    }
  }

  /** Those from one line to another, both included; `undefined` where there are none. */
  between(first: number, last: number): BareLines | undefined {
    const found: BareLines = {};
    for (const kind of kinds) {
      const sums = this.before[kind];
      const count = (sums[last + 1] ?? 0) - (sums[first] ?? 0);
      if (count > 0) found[kind] = count;
    }
    return Object.keys(found).length > 0 ? found : undefined;
  }
}

const kinds: readonly Kind[] = ["blank", "brackets", "comments"];
/** What can stand beside brackets: more is code. */
const longestBrackets = 20;

function kindOf(text: string, from: number, next: number): Kind | undefined {
  let start = from;
  while (start < next && isSpace(text.charCodeAt(start))) start++;
  if (start === next) return "blank";
  const head = text.slice(start, Math.min(next, start + longestBrackets));
  if (/^(?:\/[/*]|\*(?:[\s/]|$)|#(?:[\s!]|$))/.test(head)) return "comments";
  return next - start <= longestBrackets && /^[\s(){}[\];,]+$/.test(head) ? "brackets" : undefined;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

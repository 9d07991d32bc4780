import type { LayoutFacts } from "../model/facts";

const usualLength = 79;
const maxLong = 100;
const longestLine = 1_000;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/** How a text is laid out; nothing where nothing is noteworthy. */
export function layoutOf(
  text: string,
  lineStarts: readonly number[],
  written: Pick<LayoutFacts, "quotes" | "semicolons">,
): { layout?: LayoutFacts } {
  const layout: LayoutFacts = { ...written };
  const long: number[] = [];
  const steps = new Map<number, { count: number; line: number }>();
  let before = 0;
  for (const [line, start] of lineStarts.entries()) {
    const end = endOf(text, start, lineStarts[line + 1] ?? text.length);
    if (end === start) continue;
    if (end - start > usualLength && long.length < 2 * maxLong && !isAddress(text, start, end))
      long.push(line, end - start);
    const indent = indentOf(text, start, end);
    if (start + indent === end) continue;
    const first = text.charCodeAt(start);
    if (first === tab) layout.tabs ??= line;
    const deeper = indent - before;
    if (first === space && deeper > 1) {
      const step = steps.get(deeper);
      if (step) step.count++;
      else steps.set(deeper, { count: 1, line });
    }
    before = indent;
  }
  const [usual] = [...steps].sort(([a, x], [b, y]) => y.count - x.count || a - b);
  if (usual) layout.spaces = { width: usual[0], line: usual[1].line };
  if (long.length > 0) layout.long = long;
  if (text.length > 0 && text.charCodeAt(text.length - 1) !== lineFeed) layout.unended = true;
  return Object.keys(layout).length > 0 ? { layout } : {};
}

function endOf(text: string, start: number, next: number): number {
  let end = next;
  while (end > start && (text.charCodeAt(end - 1) === lineFeed || text.charCodeAt(end - 1) === carriageReturn)) end--;
  return end;
}

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text.charCodeAt(at) === space || text.charCodeAt(at) === tab)) at++;
  return at - start;
}

/** Nobody can break an address. */
function isAddress(text: string, start: number, end: number): boolean {
  return text.slice(start, Math.min(end, start + longestLine)).includes("://");
}

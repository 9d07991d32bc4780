import type { Hunks } from "./lineMap";

/** Beyond so many differing lines the rest counts as replaced as a whole. */
const maxDistance = 1000;

/**
 * What changed from one text to another, line by line, by Myers' algorithm. Used for the working tree: git would run
 * the filters that a repository's configuration names, and it does not know what an editor has not saved.
 */
export function diffLines(before: string, after: string): Hunks {
  const a = linesOf(before);
  const b = linesOf(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = myers(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return middle.flatMap(([os, oc, ns, nc]) => [os + head + 1, oc, ns + head + 1, nc]);
}

/** Lines the way git counts them, without their ends. */
function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

type Hunk = [oldStart: number, oldCount: number, newStart: number, newCount: number];

/** Zero-based hunks. */
function myers(a: readonly string[], b: readonly string[]): Hunk[] {
  if (a.length === 0 && b.length === 0) return [];
  if (a.length === 0 || b.length === 0) return [[0, a.length, 0, b.length]];
  const limit = Math.min(a.length + b.length, maxDistance);
  const furthest = new Int32Array(2 * limit + 2);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= limit; d++) {
    // Only the diagonals that a later step looks at are kept: memory grows with the square of the distance.
    trace.push(furthest.slice(limit - d, limit + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const goesDown = k === -d || (k !== d && at(furthest, limit + k - 1) < at(furthest, limit + k + 1));
      let x = goesDown ? at(furthest, limit + k + 1) : at(furthest, limit + k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x++;
        y++;
      }
      furthest[limit + k] = x;
      if (x >= a.length && y >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return [[0, a.length, 0, b.length]];
}

function walkBack(trace: readonly Int32Array[], endX: number, endY: number): Hunk[] {
  const hunks: Hunk[] = [];
  let x = endX;
  let y = endY;
  for (let d = trace.length - 1; d > 0; d--) {
    const furthest = trace[d] as Int32Array;
    const k = x - y;
    const goesDown = k === -d || (k !== d && at(furthest, d + k - 1) < at(furthest, d + k + 1));
    const fromX = at(furthest, d + (goesDown ? k + 1 : k - 1));
    const fromY = fromX - (goesDown ? k + 1 : k - 1);
    const last = hunks.at(-1);
    const edit: Hunk = goesDown ? [fromX, 0, fromY, 1] : [fromX, 1, fromY, 0];
    if (last && last[0] === edit[0] + edit[1] && last[2] === edit[2] + edit[3]) {
      hunks[hunks.length - 1] = [edit[0], last[1] + edit[1], edit[2], last[3] + edit[3]];
    } else hunks.push(edit);
    x = fromX;
    y = fromY;
  }
  return hunks.reverse();
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

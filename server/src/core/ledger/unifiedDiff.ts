import { diffLines } from "../history/lineDiff";

/** Lines shown around a change. */
const context = 2;

/** What changed from one text to another, in the form of `diff -u` without its head; empty when nothing did. */
export function unifiedDiff(before: string, after: string): string {
  const a = before.split(/\r\n|\n/);
  const b = after.split(/\r\n|\n/);
  const flat = diffLines(a.join("\n"), b.join("\n"));
  const shown: string[] = [];
  // Zero-based, in the text before: how far it has been shown.
  let done = 0;
  for (let i = 0; i < flat.length; i += 4) {
    const [oldAt, oldCount, newAt, newCount] = flat.slice(i, i + 4) as [number, number, number, number];
    const oldStart = oldAt - 1;
    const from = Math.max(done, oldStart - context);
    if (from > done || i === 0) shown.push(`@@ -${from + 1} +${newAt - (oldStart - from)} @@`);
    shown.push(...a.slice(from, oldStart).map((line) => ` ${line}`));
    shown.push(...a.slice(oldStart, oldStart + oldCount).map((line) => `-${line}`));
    shown.push(...b.slice(newAt - 1, newAt - 1 + newCount).map((line) => `+${line}`));
    const next = i + 4 < flat.length ? (flat[i + 4] as number) - 1 - context : a.length;
    const end = Math.min(oldStart + oldCount + context, Math.max(oldStart + oldCount, next), a.length);
    shown.push(...a.slice(oldStart + oldCount, end).map((line) => ` ${line}`));
    done = end;
  }
  return shown.join("\n");
}

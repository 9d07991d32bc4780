import { lineAt, type Span } from "../base/text";
import type { FileFacts } from "../model/facts";

/** What of a file gives a function away: itself, and the comment directly above it, beyond its decorators too. */
export function coveredSpan({ comments, lineStarts }: FileFacts, text: string, fn: Span): Span {
  const commentAt = new Map(
    comments.map((comment) => [lineAt(lineStarts, Math.max(comment.start, comment.end - 1)), comment]),
  );
  const startOf = (line: number) => lineStarts[line] as number;
  const isBlank = (from: number, to: number) => text.slice(from, to).trim() === "";
  let { start } = fn;
  for (let line = lineAt(lineStarts, start) - 1; line >= 0; line--) {
    const comment = commentAt.get(line);
    if (comment) {
      line = lineAt(lineStarts, comment.start);
      // Behind code it is about that.
      if (!isBlank(startOf(line), comment.start)) break;
      start = comment.start;
    } else if (!/^\s*@/.test(text.slice(startOf(line), startOf(line + 1)))) break;
  }
  return { start, end: fn.end };
}

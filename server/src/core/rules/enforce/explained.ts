import { lineAt, type Span } from "../../base/text";
import type { FileSummary } from "../../model/fileSummary";
import type { ConstructKind } from "../check";

/** Whether a comment on the line of a construct, or right above it, says why it is there; a TODO names where it is kept. */
export function isExplained(kind: ConstructKind, { comments, lineStarts }: FileSummary, { start }: Span): boolean {
  const line = lineAt(lineStarts, start);
  return comments.some((comment) => {
    const [first, last] = [lineAt(lineStarts, comment.start), lineAt(lineStarts, comment.end)];
    if (kind === "todo-comment") return first <= line && line <= last && names.test(comment.text);
    return (last === line - 1 || (first <= line && line <= last)) && saysSomething(comment.text);
  });
}

/** An issue, or a page. */
const names = /#\d+|\b[A-Z][A-Z\d]+-\d+\b|https?:\/\//;

/** Whether there are words beside those that are for a tool. */
function saysSomething(text: string): boolean {
  return (text.replace(forTools, "").match(/\p{L}{2,}/gu)?.length ?? 0) > 1;
}

const forTools =
  /@ts-(?:ignore|expect-error|nocheck)|\b(?:es|ox)lint-disable[\w-]*(?:\s+(?!--)[@\w/-]+(?:,\s*[@\w/-]+)*)?|\bbiome-ignore\s+\S+|\b(?:type|pyright):\s*ignore(?:\[[^\]]*\])?|\bnoqa(?::\s*[A-Z\d]+(?:,\s*[A-Z\d]+)*)?|\bnolint(?::[\w,]+)?/g;

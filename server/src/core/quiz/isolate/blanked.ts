import type { Span } from "../../base/text";

/** A piece of a text without some parts of it; the lines of what is left are where they were. */
export function blanked(source: string, { start, end }: Span, leftOut: readonly Span[]): string {
  let text = "";
  let at = start;
  for (const part of leftOut) {
    if (part.start >= end) break;
    text += source.slice(at, part.start) + source.slice(part.start, part.end).replace(/[^\r\n]+/g, "");
    at = part.end;
  }
  return text + source.slice(at, end);
}

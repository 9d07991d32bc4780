import type { Span } from "../../base/text";

export interface Replacement extends Span {
  text: string;
}

export function replacement({ start, end }: Span, text: string): Replacement {
  return { start, end, text };
}

/** A piece of a text with some parts replaced; the lines of what is left are where they were. */
export function rewritten(source: string, { start, end }: Span, replaced: readonly Replacement[]): string {
  let text = "";
  let at = start;
  for (const part of replaced) {
    if (part.start >= end) break;
    // What is inside a part that goes is gone with it.
    if (part.start < at) continue;
    text += source.slice(at, part.start) + part.text + source.slice(part.start, part.end).replace(/[^\r\n]+/g, "");
    at = part.end;
  }
  return text + source.slice(at, end);
}

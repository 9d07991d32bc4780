import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "../core/base/text";

/** A code span of an instruction file. */
export interface Mention {
  text: string;
  /** Of the text, without backticks. */
  range: Range;
}

/** Code spans on one line. Those over several lines name nothing. */
export function mentionsOn(document: TextDocument, line: number): Mention[] {
  const text = lineOf(document, line);
  if (text.length > maxLine) return [];
  return [...text.matchAll(/(?<!`)(`+)(?!`)([^`]+)\1(?!`)/g)].map((match) => {
    const start = match.index + (match[1] as string).length;
    const written = match[2] as string;
    return {
      text: written.trim(),
      range: { start: { line, character: start }, end: { line, character: start + written.length } },
    };
  });
}

/** The text after a backtick that nothing closes before the cursor. */
export function openMentionAt(document: TextDocument, line: number, character: number): Mention | undefined {
  const before = lineOf(document, line).slice(0, character);
  const ticks = before.split("`").length - 1;
  if (ticks % 2 === 0) return undefined;
  const start = before.lastIndexOf("`") + 1;
  return { text: before.slice(start), range: { start: { line, character: start }, end: { line, character } } };
}

const maxLine = 10_000;

export function lineOf(document: TextDocument, line: number): string {
  return document
    .getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } })
    .replace(/[\r\n]+$/, "");
}

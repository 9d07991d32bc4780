/**
 * Text of others as it can be put on a screen: what a terminal would obey, and what hides or turns round the text
 * beside it, is written out as code escapes it. Ends of lines and tabs stay.
 */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) => (mark === "\n" || mark === "\t" ? mark : escaped(mark)));
}

function escaped(mark: string): string {
  const code = mark.codePointAt(0) as number;
  const digits = code.toString(16);
  return code > 0xffff
    ? `\\u{${digits}}`
    : code > 0xff
      ? `\\u${digits.padStart(4, "0")}`
      : `\\x${digits.padStart(2, "0")}`;
}

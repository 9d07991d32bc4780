import type { SyntaxNode } from "../syntax/syntaxNode";
import type { ParsedFile, ParseLimits, SyntaxParser } from "../syntax/syntaxParser";
import type { Language } from "./languages";

/** How many broken places of one file are looked behind. */
const maxRecoveries = 8;

/**
 * Parses a file. Where an error swallows whole declarations, as an unclosed brace does while someone types, the text
 * from the error to the next declaration is blanked and the file parsed again, so that the rest is still understood.
 */
export function parseSource(
  parser: SyntaxParser,
  language: Language,
  text: string,
  limits: ParseLimits,
  path?: string,
): ParsedFile | undefined {
  let parsed = parser.parse(language.grammar, text, limits, path);
  let current = text;
  for (let i = 0; i < maxRecoveries && parsed; i++) {
    const swallowed = parsed.root.children.find((node) => node.kind === "ERROR");
    const next =
      swallowed && language.declarationStart && declarationInside(current, swallowed, language.declarationStart);
    if (!swallowed || next === undefined) break;
    const start = startOfBroken(current, parsed.root, swallowed);
    current = `${current.slice(0, start)}${blank(current.slice(start, next))}${current.slice(next)}`;
    const recovered = parser.parse(language.grammar, current, limits, path);
    if (!recovered) break;
    parsed = { ...recovered, hasErrors: true };
  }
  return parsed;
}

/** The error itself, or the declaration that broke off on the same line. */
function startOfBroken(text: string, root: SyntaxNode, error: SyntaxNode): number {
  const before = root.children[root.children.indexOf(error) - 1];
  return before && !/[\r\n]/.test(text.slice(before.end, error.start)) ? before.start : error.start;
}

function declarationInside(text: string, error: SyntaxNode, declarationStart: RegExp): number | undefined {
  const pattern = new RegExp(declarationStart, "gm");
  pattern.lastIndex = error.start + 1;
  const found = pattern.exec(text);
  return found && found.index < error.end ? found.index : undefined;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

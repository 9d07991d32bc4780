import type { SyntaxNode } from "../../syntax/syntaxNode";
import type { Change } from "./change";

const maxChanges = 8;

/** Slips in a regular expression: where it begins or ends, how often a part may be there. */
export function patternChanges(node: SyntaxNode): Change[] {
  const span = patternSpan(node);
  if (!span) return [];
  const text = node.source.slice(span.start, span.end);
  return slipsIn(text)
    .slice(0, maxChanges)
    .map(({ at, length, replacement }) => ({
      start: span.start + at,
      end: span.start + at + length,
      operator: "pattern",
      text: replacement,
    }));
}

interface Slip {
  at: number;
  length: number;
  replacement: string;
}

const quantifier = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?[:=!<]?|[+*?]|\{(\d+)(,?)(\d*)\}/gs;

function slipsIn(pattern: string): Slip[] {
  const slips: Slip[] = [];
  if (pattern.startsWith("^") && pattern.length > 1) slips.push({ at: 0, length: 1, replacement: "" });
  if (/(?<!\\)\$$/.test(pattern) && pattern.length > 1)
    slips.push({ at: pattern.length - 1, length: 1, replacement: "" });
  for (const { 0: found, 1: least, 2: comma = "", 3: most = "", index } of pattern.matchAll(quantifier)) {
    if (least !== undefined) slips.push(counted(index, found, Number(least), comma, most));
    else if (found === "+") slips.push({ at: index, length: 1, replacement: "*" });
    else if (found === "*") slips.push({ at: index, length: 1, replacement: "+" });
    else if (found === "?" && !/[+*?}]/.test(pattern[index - 1] ?? ""))
      slips.push({ at: index, length: 1, replacement: "" });
  }
  return slips;
}

/** One more than the most there may be. */
function counted(at: number, found: string, least: number, comma: string, most: string): Slip {
  const replacement = most === "" ? `{${least + 1}${comma}}` : `{${least}${comma}${Number(most) + 1}}`;
  return { at, length: found.length, replacement };
}

/** What is between the slashes, or the quotes of a text that is one. */
function patternSpan(node: SyntaxNode): { start: number; end: number } | undefined {
  if (node.kind === "regex") {
    const pattern = node.child("pattern");
    return pattern && { start: pattern.start, end: pattern.end };
  }
  const prefix = /^([a-zA-Z]*)(["'])(?!\2\2)/.exec(node.text);
  if (node.kind !== "string" || !prefix || /[fb]/i.test(prefix[1] ?? "")) return undefined;
  const start = node.start + prefix[0].length;
  const inner = node.source.slice(start, node.end - 1);
  const isPattern =
    /^\^|(?<!\\)\$$/.test(inner) || (/^r$/i.test(prefix[1] ?? "") && /\\[dwsbDWSB]|\[[^\]]+\]/.test(inner));
  return isPattern && inner.length > 2 ? { start, end: node.end - 1 } : undefined;
}

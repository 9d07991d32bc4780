import type { SyntaxNode } from "../../syntax/syntaxNode";
import { patternIn, samplesOf } from "../inputs/patternSamples";

const maxTexts = 60;
/** Longer ones are messages, which nobody compares with. */
const maxText = 40;

/**
 * Texts that a program mentions, its constants and helpers included, and texts its regular expressions are meant for:
 * what an argument may have to be for one of its ways to be taken.
 *
 * @param root the syntax tree of the program
 */
export function textsOfProgram(root: SyntaxNode): string[] {
  const texts = new Set<string>();
  for (const node of root.descendants()) {
    if (texts.size >= maxTexts) break;
    for (const text of textsOf(node)) if (text.trim() !== "" && text.length <= maxText) texts.add(text);
  }
  return [...texts];
}

function textsOf(node: SyntaxNode): string[] {
  if (node.kind === "regex") return samplesOf(patternIn(node.text) ?? "");
  if (node.kind !== "string" || node.parent?.kind === "expression_statement") return [];
  const prefix = /^[a-zA-Z]*/.exec(node.text)?.[0] ?? "";
  const quoted = node.text.slice(prefix.length);
  if (/f/i.test(prefix) || /^(?:"""|''')/.test(quoted)) return [];
  const inner = quoted.slice(1, -1);
  if (/r/i.test(prefix)) return samplesOf(inner);
  return inner.includes("\\") ? [] : [inner];
}

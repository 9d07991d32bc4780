import { isInside, type Span } from "../../base/text";
import type { SyntaxNode } from "../../syntax/syntaxNode";
import { patternIn, samplesOf } from "../inputs/patternSamples";

const maxTexts = 60;
/** Longer ones are messages, which nobody compares with. */
const maxText = 40;

/**
 * Texts that a program mentions, its constants and helpers included, and texts its regular expressions are meant for:
 * what an argument may have to be for one of its ways to be taken. What the function itself says comes first, then the
 * values of what it names, `blue` of `colors.sky`.
 *
 * @param root the syntax tree of the program
 * @param span of the function in it
 */
export function textsOfProgram(root: SyntaxNode, span: Span): string[] {
  const constants = new Map<string, string>();
  const named = new Set<string>();
  for (const node of root.descendants()) {
    noteConstant(node, constants);
    if (isInside(node, span) && /identifier$/.test(node.kind)) named.add(node.text);
  }
  const ranked: [Set<string>, Set<string>, Set<string>] = [new Set(), new Set(), new Set()];
  for (const node of root.descendants()) {
    const texts = textsOf(node, constants);
    if (texts.length === 0) continue;
    const rank = isInside(node, span) ? 0 : named.has(nameOf(node) ?? "") ? 1 : 2;
    for (const text of texts) if (text.trim() !== "" && text.length <= maxText) ranked[rank].add(text);
  }
  return [...new Set(ranked.flatMap((texts) => [...texts]))].slice(0, maxTexts);
}

/** What a text is stored as: `sky: "blue"`, `SKY = "blue"`. */
function nameOf({ parent, field }: SyntaxNode): string | undefined {
  if (field !== "value" && field !== "right") return undefined;
  return (parent?.child("key") ?? parent?.child("left") ?? parent?.child("name"))?.text;
}

/** `const a = "x"`, and `const b = a` behind it. */
function noteConstant(node: SyntaxNode, constants: Map<string, string>): void {
  if (node.kind !== "variable_declarator") return;
  const [name, value] = [node.child("name"), node.child("value")];
  if (name?.kind !== "identifier" || !value) return;
  const known = value.kind === "identifier" ? constants.get(value.text) : stringIn(value)[0];
  if (known !== undefined && !constants.has(name.text)) constants.set(name.text, known);
}

function textsOf(node: SyntaxNode, constants: ReadonlyMap<string, string>): string[] {
  if (node.kind === "regex") return samplesOf(patternIn(node.text) ?? "");
  if (node.kind === "template_string") return templateIn(node, constants);
  return stringIn(node);
}

function stringIn(node: SyntaxNode): string[] {
  if (node.kind !== "string" || node.parent?.kind === "expression_statement") return [];
  const prefix = /^[a-zA-Z]*/.exec(node.text)?.[0] ?? "";
  const quoted = node.text.slice(prefix.length);
  if (/f/i.test(prefix) || /^(?:"""|''')/.test(quoted)) return [];
  const inner = quoted.slice(1, -1);
  if (/r/i.test(prefix)) return samplesOf(inner);
  return inner.includes("\\") ? [] : [inner];
}

/** A template of nothing but constants is a text. */
function templateIn(node: SyntaxNode, constants: ReadonlyMap<string, string>): string[] {
  let isKnown = !node.text.includes("\\");
  const text = node.text.slice(1, -1).replace(/\$\{([^{}]*)\}/g, (_, name: string) => {
    const known = constants.get(name.trim());
    isKnown &&= known !== undefined;
    return known ?? "";
  });
  return isKnown && node.text.includes("${") ? [text] : [];
}

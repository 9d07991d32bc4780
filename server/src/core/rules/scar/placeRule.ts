import type { List, RootContent } from "mdast";
import { parseInstructions, parseMarkdown, piecesOf, textOf } from "../markdown";

/** A heading of an instruction file. */
export interface Heading {
  text: string;
  /** Zero-based. */
  line: number;
  /** What the rules directly below it name and the new rule names too. */
  shared: string[];
}

/** Text to be put in before a zero-based line, or at the end of the file, and the line the rule is then on. */
export interface RulePlacement {
  position: { line: number; character: number };
  newText: string;
  line: number;
}

/** Where rules go that belong nowhere else. */
const ownHeading = "Learned the hard way";

/** Where a rule could go: below headings about what it names first, then in the order of the file. */
export function headingsFor(text: string, rule: string): Heading[] {
  const wanted = namesIn(parseMarkdown(rule).children);
  const blocks = blocksOf(text);
  const headings = blocks.flatMap((block, at): Heading[] => {
    if (block.type !== "heading") return [];
    const named = namesIn(sectionOf(blocks, at));
    const shared = [...wanted].filter((name) => named.has(name));
    return [{ text: textOf(piecesOf(block)), line: startLine(block), shared }];
  });
  return headings.sort((a, b) => b.shared.length - a.shared.length);
}

/** The names that code spans are made of. */
function namesIn(blocks: readonly RootContent[]): Set<string> {
  const spans = blocks.flatMap((block) => piecesOf(block).filter(({ code }) => code));
  return new Set(spans.flatMap(({ text }) => text.match(/\w{2,}/g) ?? []));
}

/** What is between a heading and the next. */
function sectionOf(blocks: readonly RootContent[], heading: number): readonly RootContent[] {
  let end = heading + 1;
  while (end < blocks.length && blocks[end]?.type !== "heading") end++;
  return blocks.slice(heading + 1, end);
}

/**
 * The edit that adds a rule below a heading: as the last item of the section's last list, in that list's form; where
 * there is no list, as a new one. Without a heading the rule gets one at the end of the file.
 *
 * @param heading zero-based line of a heading of the text
 */
export function placeRule(text: string, rule: string, heading?: number): RulePlacement {
  const newLine = /\r\n/.test(text) ? "\r\n" : "\n";
  const lines = text.split(/\r\n|\n|\r/);
  const plain = rule.replace(/\s+/g, " ").trim();
  const blocks = blocksOf(text);
  const at = blocks.findIndex((block) => block.type === "heading" && startLine(block) === heading);
  if (at < 0) {
    const end = lines.findLastIndex((line) => line.trim() !== "");
    const before = end < 0 ? ["# Rules", ""] : [""];
    return insertAfter(lines, end, [...before, `## ${ownHeading}`, "", `- ${plain}`], newLine);
  }
  const section = sectionOf(blocks, at);
  const last = section.at(-1) ?? (blocks[at] as RootContent);
  const list = section.findLast((block) => block.type === "list");
  if (list) return insertAfter(lines, endLine(list), [`${markerOf(list, lines)}${plain}`], newLine);
  return insertAfter(lines, endLine(last), ["", `- ${plain}`], newLine);
}

function insertAfter(lines: readonly string[], line: number, added: readonly string[], newLine: string): RulePlacement {
  const rule = line + added.length;
  // The last line of a file may lack its end: then there is no line after it.
  if (line + 1 >= lines.length) {
    const character = lines[line]?.length ?? 0;
    const start = line < 0 ? "" : newLine;
    return {
      position: { line: Math.max(0, line), character },
      newText: start + added.join(newLine) + newLine,
      line: rule,
    };
  }
  return {
    position: { line: line + 1, character: 0 },
    newText: added.map((text) => text + newLine).join(""),
    line: rule,
  };
}

/** `- `, `* ` or the next number, indented as the list's last item is. */
function markerOf(list: List, lines: readonly string[]): string {
  const item = list.children.at(-1);
  const [, indent = "", marker = "-", space = " "] =
    /^(\s*)([-*+]|\d+[.)])(\s+)/.exec(lines[item ? startLine(item) : -1] ?? "") ?? [];
  const [, number, dot] = /^(\d+)([.)])$/.exec(marker) ?? [];
  const next = number === undefined ? marker : `${Number(number) + 1}${dot}`;
  return `${indent}${next}${space}`;
}

function blocksOf(text: string): RootContent[] {
  return parseInstructions(text).children;
}

function startLine(node: RootContent | List["children"][number]): number {
  return (node.position?.start.line ?? 1) - 1;
}

function endLine(node: RootContent): number {
  return (node.position?.end.line ?? 1) - 1;
}

import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import { splitFrontMatter } from "./frontMatter";

/** A code span, or the prose around it with its emphasis and links reduced to their words. */
export interface Piece {
  text: string;
  code: boolean;
  /** The line it begins on, where the parser says so: 1-based. */
  line?: number | undefined;
}

// Emphasis and links cost quadratic time on hostile text and carry no rule; `proseOf` removes their marks instead.
const WITHOUT_LINKS_AND_EMPHASIS = {
  disable: { null: ["attention", "labelStartImage", "labelStartLink", "labelEnd", "definition"] },
};

/** Parses an instruction file without its front matter; line numbers are those of the file. */
export function parseInstructions(text: string): Root {
  return parseMarkdown(splitFrontMatter(text).body);
}

/** Linear in the length of the text. */
export function parseMarkdown(text: string): Root {
  const readable = readableLines(text);
  const [tables, trees] = TABLE.test(readable) ? [[gfmTable()], [gfmTableFromMarkdown()]] : [[], []];
  return fromMarkdown(readable, { extensions: [...tables, WITHOUT_LINKS_AND_EMPHASIS], mdastExtensions: trees });
}

/** The row below the head of a table. */
const TABLE = /^[ \t>]*(?:\|[ \t]*:?-|:?-+:?[ \t]*\|)/m;

/** An item of a check list on paper. */
const UNTICKED = /^([ \t]*)[☐□] /;

const TAG_LINE = /^[ \t]*<\/?[A-Za-z][\w-]*(?:[ \t][^<>]*)?>[ \t]*$/;
const DEEP_MARKERS = /^(?:[ \t]*(?:[-+*>]|\d{1,9}[.)])(?:[ \t]|(?=>))){20}/;
const MAX_INDENT = 40;
/** Headings by underline: for each the parser copies all it has read. */
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const MAX_UNDERLINES = 200;
/** Of the lines of a paragraph, in characters: the parser joins their words in quadratic time. */
const MAX_PARAGRAPH = 30_000;
const BEGINS_A_BLOCK = /^ {0,3}(?:[-+*][ \t]+\S|#{1,6}[ \t])/;

/** The text of an instruction file without its front matter and its examples. */
export function proseIn(text: string): string {
  return readableLines(splitFrontMatter(text).body);
}

/** Keeps every line in place, but not what would hide rules from the parser or make it slow. */
function readableLines(body: string): string {
  let underlines = 0;
  let paragraph = { end: 0, length: 0 };
  const examples = linesOfExamples(body);
  return body.replace(/[^\r\n]+/g, (given, at: number) => {
    const line = given.replace(UNTICKED, "$1- ");
    // Agents read text between tags such as <important>; to Markdown such a block is opaque HTML.
    if (examples.has(at) || TAG_LINE.test(line) || DEEP_MARKERS.test(line)) return "";
    if (UNDERLINE.test(line) && ++underlines > MAX_UNDERLINES) return "";
    const goesOn = !BEGINS_A_BLOCK.test(line) && /^(?:\r\n|\r|\n)?$/.test(body.slice(paragraph.end, at));
    paragraph = { end: at + line.length, length: (goesOn ? paragraph.length : 0) + line.length };
    if (paragraph.length > MAX_PARAGRAPH) {
      paragraph.length = 0;
      return "";
    }
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    return indent > MAX_INDENT ? line.slice(indent - MAX_INDENT) : line;
  });
}

const FENCE = /^([ \t]*)(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/** Where the lines of closed code blocks begin: examples are half of many files, and hold no rules. */
function linesOfExamples(body: string): ReadonlySet<number> {
  const found = new Set<number>();
  let open: { indent: string; fence: string; lines: number[] } | undefined;
  for (const { 0: line, index } of body.matchAll(/[^\r\n]+/g)) {
    const [, indent = "", fence = "", info = ""] = FENCE.exec(line) ?? [];
    // What is indented less ends the item that the block is in.
    if (open && line.trim() !== "" && !line.startsWith(open.indent)) open = undefined;
    if (open === undefined) open = fence === "" ? undefined : { indent, fence, lines: [] };
    else if (indent === open.indent && fence.startsWith(open.fence) && info.trim() === "") {
      for (const at of open.lines) found.add(at);
      open = undefined;
    } else open.lines.push(index);
  }
  return found;
}

/** The inline content of a block in reading order. */
export function piecesOf(block: Nodes): Piece[] {
  const pieces: Piece[] = [];
  const pending: Nodes[] = [block];
  while (pending.length > 0) {
    const node = pending.pop() as Nodes;
    const line = node.position?.start.line;
    if (node.type === "inlineCode") pieces.push({ text: node.value, code: true, line });
    else if (node.type === "text") addProse(pieces, proseOf(node.value), line);
    else if (node.type === "break") addProse(pieces, "\n", line);
    else if ("children" in node) for (const child of node.children.toReversed()) pending.push(child);
  }
  return pieces;
}

/** A line that ends in a hard break goes on in the same piece, as any other line does. */
function addProse(pieces: Piece[], text: string, line: number | undefined): void {
  const last = pieces.at(-1);
  if (last && !last.code && (text === "\n" || last.text.endsWith("\n"))) last.text += text;
  else pieces.push({ text, code: false, line });
}

/** One line of text, code in backticks. */
export function textOf(pieces: readonly Piece[]): string {
  const joined = pieces.map(({ text, code }) => (code ? `\`${text}\`` : text)).join("");
  return joined.replace(/\s+/g, " ").trim();
}

function proseOf(text: string): string {
  return (
    text
      .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\s"[^"]*")?\)/g, "$1")
      // A link whose words are code: its brackets lie in the pieces around the code.
      .replace(/^\]\([^()\s]*\)/, "")
      .replace(/!?\[$/, "")
      .replace(/(?<!\/)\*\*+(?!\/)/g, "")
      .replace(/(?<![\w*/.])\*([^*\s][^*]*)\*(?![\w*/])/g, "$1")
  );
}

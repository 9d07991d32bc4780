import type { List, ListItem, Nodes, Paragraph, Parent, Table } from "mdast";
import { type ContextForce, contextForceOf, ownForceOf, polarityOf } from "./force";
import { splitFrontMatter } from "./frontMatter";
import { type Piece, parseMarkdown, piecesOf, textOf } from "./markdown";
import { namesIn } from "./names";
import type { InstructionFile, Rule, RuleScope } from "./rule";

/**
 * Splits an instruction file into single rules, in the file's order: bullets, ordered items and table rows, and the
 * paragraphs that read as an instruction. Items that only describe (a directory, a command, a link) are left out;
 * what remains without any force is `info`. The text of an item carries the lead-in it needs to be understood.
 */
export function extractRules(file: InstructionFile, scope: Pick<RuleScope, "globs">): Rule[] {
  const extraction = new Extraction(file.realPath ?? file.path, scope.globs);
  extraction.visitBlocks(parseMarkdown(splitFrontMatter(file.text).body), undefined);
  return extraction.rules;
}

/** A paragraph or item that introduces a list. Its words join the items' text only where they carry the meaning. */
interface LeadIn {
  pieces: Piece[];
  force: ContextForce | undefined;
  joins: boolean;
}

interface Lines {
  line: number;
  endLine: number;
}

class Extraction {
  readonly rules: Rule[] = [];
  /** Force of the open headings, by depth. */
  private readonly headings: (ContextForce | undefined)[] = [];
  private seenHeading = false;

  constructor(
    private readonly path: string,
    private readonly globs: readonly string[],
  ) {}

  visitBlocks(parent: Parent, leadIn: LeadIn | undefined): void {
    const blocks = parent.children.filter((block) => block.type !== "html");
    blocks.forEach((block, index) => {
      const next = blocks[index + 1];
      if (block.type === "heading") this.openHeading(block.depth, textOf(piecesOf(block)));
      else if (block.type === "paragraph") this.visitParagraph(block, next);
      else if (block.type === "list") this.visitList(block, leadInBefore(blocks[index - 1]) ?? leadIn);
      else if (block.type === "table") this.visitTable(block, leadInBefore(blocks[index - 1]) ?? leadIn);
      else if (block.type === "blockquote") this.visitBlocks(block, leadIn);
    });
  }

  private openHeading(depth: number, text: string): void {
    const force = contextForceOf(text);
    this.headings.length = depth;
    // "Repository Guidelines" is what the whole file is called, not what each of its lines says.
    const isTitle = !this.seenHeading && depth === 1;
    this.headings[depth] = isTitle && force !== "description" && force?.polarity === "must" ? undefined : force;
    this.seenHeading = true;
  }

  private headingForce(): ContextForce | undefined {
    return this.headings.findLast((force) => force !== undefined);
  }

  private visitParagraph(block: Paragraph, next: Nodes | undefined): void {
    if (introduces(block, next)) return;
    const pieces = piecesOf(block);
    const text = textOf(pieces);
    const context = this.headingForce();
    const isUnderRules = context !== undefined && context !== "description" && !MERELY_INTRODUCES.test(text);
    if (ownForceOf(text) === undefined && !isUnderRules) return;
    if (!isLabel(text)) this.add(linesOf(block), pieces, context);
  }

  private visitList(list: List, leadIn: LeadIn | undefined): void {
    for (const item of list.children) this.visitItem(item, leadIn);
  }

  private visitItem(item: ListItem, leadIn: LeadIn | undefined): void {
    const own = item.children.filter((child) => child.type === "paragraph");
    const pieces = own.flatMap((paragraph): Piece[] => [...piecesOf(paragraph), { text: " ", code: false }]);
    const nested = item.children.filter((child) => child.type === "list" || child.type === "table");
    const first = own[0];
    const introducing = nested.length > 0 && own.length === 1 && first !== undefined && endsInColon(first);
    if (first !== undefined && !introducing) {
      const lines = { line: linesOf(item).line, endLine: linesOf(own.at(-1) ?? first).endLine };
      this.addItem(lines, pieces, leadIn);
    }
    const ownLeadIn = introducing ? joining(leadIn, pieces) : undefined;
    for (const child of item.children) {
      if (child.type === "list") this.visitList(child, ownLeadIn);
      else if (child.type === "table") this.visitTable(child, ownLeadIn);
      else if (child.type === "blockquote") this.visitBlocks(child, ownLeadIn);
    }
  }

  private visitTable(table: Table, leadIn: LeadIn | undefined): void {
    const [header, ...rows] = table.children;
    const titles = header?.children.map((cell) => textOf(piecesOf(cell))) ?? [];
    const force = tableForce(titles);
    const context = force === undefined ? leadIn : { pieces: [], joins: false, ...leadIn, force };
    for (const row of rows) {
      const pieces = row.children.flatMap((cell, column): Piece[] => {
        const content = piecesOf(cell);
        if (textOf(content) === "") return [];
        const title = titles[column] ?? "";
        const start = title === "" ? "" : `${title}: `;
        return [{ text: start, code: false }, ...content, { text: "; ", code: false }];
      });
      this.addItem(linesOf(row), pieces.slice(0, -1), context);
    }
  }

  private addItem(lines: Lines, pieces: Piece[], leadIn: LeadIn | undefined): void {
    const text = textOf(pieces);
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    const context = leadIn?.force ?? this.headingForce();
    if (polarityOf(text, context) === "info" && (context === "description" || isReference(pieces))) return;
    if (context === undefined || context === "description") {
      if (isReference(pieces) && !ORDERS.test(text)) return;
    }
    this.add(lines, leadIn?.joins ? [...leadIn.pieces, { text: " ", code: false }, ...pieces] : pieces, context, text);
  }

  private add(lines: Lines, pieces: Piece[], context: ContextForce | undefined, ownText = textOf(pieces)): void {
    this.rules.push({
      source: { path: this.path, ...lines },
      text: textOf(pieces),
      polarity: polarityOf(ownText, context),
      scope: { globs: [...this.globs], ...namesIn(pieces) },
      enforcement: null,
      status: "lookup",
    });
  }
}

function linesOf(node: Nodes): Lines {
  return { line: node.position?.start.line ?? 1, endLine: node.position?.end.line ?? 1 };
}

const MAX_JOINED = 200;

function leadInBefore(block: Nodes | undefined): LeadIn | undefined {
  if (block?.type !== "paragraph" || !(endsInColon(block) || isBoldLine(block))) return undefined;
  return leadInOf(piecesOf(block));
}

function leadInOf(pieces: Piece[]): LeadIn {
  const text = textOf(pieces);
  const own = ownForceOf(text);
  const force = own ?? contextForceOf(text);
  // "Never add:" is half of each item's sentence; "Code style:" is only a title.
  return { pieces, force, joins: own !== undefined && text.length <= MAX_JOINED };
}

/** The lead-in of nested items: their parent's words always join, after the ones the parent itself needs. */
function joining(outer: LeadIn | undefined, pieces: Piece[]): LeadIn {
  const inner = leadInOf(pieces);
  const joined = outer?.joins ? [...outer.pieces, { text: " ", code: false }, ...pieces] : pieces;
  return { pieces: joined, force: inner.force ?? outer?.force, joins: textOf(joined).length <= MAX_JOINED * 2 };
}

/** Whether a paragraph only leads to the items after it, which then carry its words. */
function introduces(block: Paragraph, next: Nodes | undefined): boolean {
  return (next?.type === "list" || next?.type === "table") && leadInBefore(block) !== undefined;
}

function endsInColon(block: Paragraph): boolean {
  return /[:：]$/.test(textOf(piecesOf(block)));
}

function isBoldLine(block: Paragraph): boolean {
  const [only, ...rest] = block.children;
  return rest.length === 0 && only?.type === "text" && /^\*\*[^*]+\*\*$/.test(only.value.trim());
}

const MERELY_INTRODUCES =
  /^(?:this|these|those|the following|here|below|above|see|note|for (?:more|details|full)|it|there)\b/i;
const ORDERS = /\b(?:must|never|always|do not|don['’]t|should|only|required|avoid|prefer)\b/i;

/** "Good:" and "Example:" before a code block. */
function isLabel(text: string): boolean {
  return /^[\w\s'’&/-]{1,40}:$/.test(text) && ownForceOf(text) === undefined;
}

/** Whether an item explains what a path, a command or a link is: "`docs/` - guides", "`npm test`: runs all". */
function isReference(pieces: readonly Piece[]): boolean {
  const parts = pieces.filter(({ text }) => text.trim() !== "");
  const [first, second] = parts;
  if (first === undefined) return false;
  if (!first.code) return /^\S+\.\w+\s[-–—]\s|^https?:\/\/\S+$/.test(first.text.trim()) && parts.length === 1;
  const { symbols, paths, commands } = namesIn([first]);
  const isPlace = symbols.length === 0 || paths.length + commands.length > 0;
  return isPlace && (second === undefined || /^\s*(?:[:(→=,/#]|[-–—]+\s|->)/.test(second.text));
}

function tableForce(titles: readonly string[]): ContextForce | undefined {
  const header = titles.join(" ; ");
  if (
    /\b(?:when|if|also|must|update|instead|use|do|don['’]?t|avoid|never|rule|convention|required?|action)\b/i.test(
      header,
    )
  )
    return { polarity: "must", byVerb: false };
  return /\b(?:description|purpose|meaning|what|default|command|path|file|details?|location|notes?)\b/i.test(header)
    ? "description"
    : undefined;
}

import type { List, ListItem, Nodes, Paragraph, Parent, Table } from "mdast";
import type { Check } from "./check";
import { type Cell, compileRule, type RuleReading } from "./compile/compileRule";
import {
  type ContextForce,
  contextForceOf,
  forbidsItems,
  leadInForceOf,
  opensWithCondition,
  ownForceOf,
  type Polarity,
  polarityOf,
  startsWithVerb,
} from "./force";
import { isForeign } from "./language";
import { type Piece, parseInstructions, piecesOf, textOf } from "./markdown";
import { namesIn } from "./names";
import { reasonIn } from "./reason";
import type { InstructionFile, Rule, RuleScope } from "./rule";

/**
 * Splits an instruction file into single rules, in the file's order: bullets, ordered items and table rows, and the
 * paragraphs that read as an instruction. Items that only describe (a directory, a command, a link) are left out;
 * what remains without any force is `info`. The text of an item carries the lead-in it needs to be understood.
 * In other languages than English, items are found by the symbols they name, and not compiled.
 */
export function extractRules(
  file: InstructionFile,
  scope: Pick<RuleScope, "globs">,
  parsed = parseInstructions(file.text),
): Rule[] {
  const extraction = new Extraction(file.realPath ?? file.path, scope.globs, isForeign(file.text));
  extraction.visitBlocks(parsed, undefined);
  return extraction.rules;
}

/** A paragraph or item that introduces a list. Its words join the items' text only where they carry the meaning. */
interface LeadIn {
  pieces: Piece[];
  force: ContextForce | undefined;
  joins: boolean;
}

interface Heading {
  title: string;
  force: ContextForce | undefined;
}

/** What stands around a rule's text and helps to understand it. */
interface Surroundings {
  context: ContextForce | undefined;
  /** The item without its lead-in's words. */
  ownText?: string;
  leadIn?: LeadIn | undefined;
  cells?: Cell[];
  items?: Piece[][];
  created?: string | undefined;
  exampleLanguage?: string | undefined;
  /** It says what the code block above shows. */
  isRemark?: boolean;
}

interface Lines {
  line: number;
  endLine: number;
}

class Extraction {
  readonly rules: Rule[] = [];
  /** The open headings, by depth. */
  private readonly headings: (Heading | undefined)[] = [];
  private seenHeading = false;
  /** Lead-ins that are a rule by themselves, which one of their items stands for. */
  private readonly demanding = new WeakSet<LeadIn>();

  constructor(
    private readonly path: string,
    private readonly globs: readonly string[],
    private readonly isForeign: boolean,
  ) {}

  visitBlocks(parent: Parent, leadIn: LeadIn | undefined): void {
    const blocks = parent.children.filter((block) => block.type !== "html");
    blocks.forEach((block, index) => {
      const next = blocks[index + 1];
      const before = blocks[index - 1];
      if (block.type === "heading") this.openHeading(block.depth, textOf(piecesOf(block)));
      else if (block.type === "paragraph") this.visitParagraph(block, next, before);
      else if (block.type === "list" && before?.type === "paragraph" && introduces(before, block))
        this.visitIntroducedList(block, before);
      else if (block.type === "list") this.visitList(block, leadIn);
      else if (block.type === "table") this.visitTable(block, leadInBefore(before) ?? leadIn);
      else if (block.type === "blockquote") this.visitBlocks(block, leadIn);
    });
  }

  private openHeading(depth: number, text: string): void {
    const force = contextForceOf(text);
    this.headings.length = depth;
    // "Repository Guidelines" is what the whole file is called, not what each of its lines says.
    const isTitle = !this.seenHeading && depth === 1;
    const isName = isTitle && force !== "description" && force?.polarity === "must";
    this.headings[depth] = { title: text, force: isName ? undefined : force };
    this.seenHeading = true;
  }

  private headingForce(): ContextForce | undefined {
    return this.forcingHeading()?.force;
  }

  private forcingHeading(): Heading | undefined {
    return this.headings.findLast((heading) => heading?.force !== undefined);
  }

  private visitParagraph(block: Paragraph, next: Nodes | undefined, before: Nodes | undefined): void {
    const pieces = introduces(block, next) ? sentencesOf(piecesOf(block)).before : piecesOf(block);
    const text = textOf(pieces);
    const context = this.headingForce();
    const isUnderRules =
      context !== undefined &&
      context !== "description" &&
      context.polarity !== "prefer" &&
      !MERELY_INTRODUCES.test(text) &&
      !text.endsWith(":");
    if (text === "" || (ownForceOf(text) === undefined && !isUnderRules && !this.isForeignFact(pieces))) return;
    if (next?.type === "code" && isCaption(text)) return;
    const parts = instructionsOf(pieces);
    const lines = linesOf(block);
    parts.forEach((part, i) => {
      const isLast = i === parts.length - 1;
      const line = i === 0 ? lines.line : (firstLineOf(part) ?? lines.line);
      const endLine = isLast ? lines.endLine : (lastLineOf(part) ?? lines.endLine);
      const ownText = textOf(part).replace(NUMBERED_TITLE, "").trim();
      const isRemark = before?.type === "code" && i === 0 && REMARK.test(ownText);
      this.add({ line, endLine }, part, {
        context,
        ownText,
        isRemark,
        exampleLanguage: isLast ? languageOf(next) : undefined,
      });
    });
  }

  /** An order whose items are no rules, but names, values or titles, is a rule by itself. */
  private visitIntroducedList(list: List, block: Paragraph): void {
    const leadIn = leadInBefore(block);
    const since = this.rules.length;
    this.visitList(list, leadIn);
    const text = textOf(leadIn?.pieces ?? []);
    if (leadIn === undefined || orderedBy(text) === undefined || isCaption(text)) return;
    const itemLines = new Set(list.children.map((item) => linesOf(item).line));
    const nested = this.rules.splice(since);
    if (!nested.some((rule) => itemLines.has(rule.source.line))) {
      const { line } = linesOf(block);
      const { endLine } = linesOf(nested.length > 0 ? block : list);
      const items = list.children.map((item) => piecesOf(item));
      this.add({ line: firstLineOf(leadIn.pieces) ?? line, endLine }, leadIn.pieces, {
        context: this.headingForce(),
        items,
      });
    }
    for (const rule of nested) this.rules.push(rule);
  }

  private visitList(list: List, leadIn: LeadIn | undefined): void {
    if (leadIn && EXPLAINING.test(textOf(leadIn.pieces))) return;
    const created = this.adds(leadIn) ? createdBy(list) : undefined;
    for (const item of list.children) this.visitItem(item, leadIn, created?.item === item ? undefined : created?.path);
  }

  /** Whether what is being read says how something is added. */
  private adds(leadIn: LeadIn | undefined): boolean {
    return ADDS.test(leadIn ? textOf(leadIn.pieces) : (this.headings.at(-1)?.title ?? ""));
  }

  private visitItem(item: ListItem, leadIn: LeadIn | undefined, created?: string): void {
    const own = item.children.filter((child) => child.type === "paragraph");
    const pieces = own.flatMap((paragraph): Piece[] => [...piecesOf(paragraph), { text: " ", code: false }]);
    const leads = item.children.some(isItems) && /[:：]$/.test(textOf(pieces));
    const isTitle =
      !leads && item.children.some((child) => child.type === "list") && own.length === 1 && own.every(isBoldLine);
    const example = item.children.find((child) => child.type === "code");
    if (leads && isElaborated(item, pieces)) {
      this.addItem(linesOf(item), pieces, leadIn, { exampleLanguage: languageOf(example) });
      return;
    }
    const sentences = leads ? sentencesOf(pieces) : { before: pieces, last: [] };
    const lines = { line: linesOf(item).line, endLine: linesOf(own.at(-1) ?? item).endLine };
    if (!isTitle) this.addItem(lines, sentences.before, leadIn, { created, exampleLanguage: languageOf(example) });
    const ownLeadIn = leads ? nestedLeadIn(leadIn, sentences.last) : undefined;
    for (const child of item.children) {
      if (child.type === "list") this.visitList(leads ? child : withoutExamples(child), ownLeadIn);
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
      const cells = row.children.map((cell, column) => ({ title: titles[column] ?? "", pieces: piecesOf(cell) }));
      const pieces = cells.flatMap(({ title, pieces: content }): Piece[] => {
        if (textOf(content) === "") return [];
        const start = title === "" ? "" : `${title}: `;
        return [{ text: start, code: false }, ...content, { text: "; ", code: false }];
      });
      this.addItem(linesOf(row), pieces.slice(0, -1), context, { cells });
    }
  }

  private addItem(
    lines: Lines,
    pieces: Piece[],
    leadIn: LeadIn | undefined,
    more: Pick<Surroundings, "cells" | "exampleLanguage" | "created">,
  ): void {
    const text = textOf(pieces);
    if (!/[\p{L}\p{N}]/u.test(text) || DONE.test(text)) return;
    const context = leadIn?.force ?? this.headingForce();
    const own = ownForceOf(text);
    if (context === "description" && (own === undefined || (own.byVerb && !startsWithVerb(text) && !isOrder(pieces))))
      return;
    const isForbidden =
      own?.polarity === "must-not" ||
      (context !== undefined && context !== "description" && context.polarity === "must-not");
    if (!isForbidden && isReference(pieces) && !ORDERS.test(text)) return;
    const isKnown = context !== undefined || own !== undefined;
    if (!isKnown && !isFactAboutCode(pieces) && !this.isForeignFact(pieces)) return;
    const joined = leadIn?.joins ? [...leadIn.pieces, { text: " ", code: false }, ...pieces] : pieces;
    this.add(lines, joined, { context, ownText: text, leadIn, ...more });
  }

  private isForeignFact(pieces: readonly Piece[]): boolean {
    return this.isForeign && namesIn(pieces).symbols.length > 0;
  }

  private add(lines: Lines, pieces: Piece[], around: Surroundings): void {
    const { context, ownText = textOf(pieces), leadIn, cells, items, created, exampleLanguage, isRemark } = around;
    const polarity = polarityOf(ownText, context);
    const reason = reasonIn(pieces);
    const titles = [
      ...this.headings.flatMap((heading) => heading?.title ?? []),
      ...(leadIn ? [textOf(leadIn.pieces)] : []),
    ];
    const reading: RuleReading = {
      pieces,
      polarity,
      forbiddenByContext:
        polarity === "must-not" &&
        ownForceOf(ownText)?.polarity !== "must-not" &&
        !leadIn?.joins &&
        forbidsItems(context, leadIn?.force ? textOf(leadIn.pieces) : (this.forcingHeading()?.title ?? "")),
      titles,
      globs: this.globs,
      path: this.path,
      ...(cells && { cells }),
      ...(items && { items }),
      ...(created !== undefined && { created }),
      ...(exampleLanguage && { exampleLanguage }),
    };
    const check = this.isForeign || isRemark ? undefined : compileRule(reading);
    const enforcement = leadIn && check && this.isSaid(leadIn, check, reading) ? undefined : check;
    this.rules.push({
      source: { path: this.path, ...lines },
      text: textOf(pieces),
      polarity,
      scope: { globs: [...this.globs], ...namesIn(pieces) },
      enforcement: enforcement ?? null,
      status: enforcement ? "enforced" : "lookup",
      ...(reason && { reason }),
    });
    if (enforcement && !cells && !leadIn?.joins) this.addFurtherChecks(lines, reading, enforcement);
  }

  /** Whether the lead-in alone demands this, and has done so with an earlier item: "All code has types:", and how. */
  private isSaid(leadIn: LeadIn, check: Check, reading: RuleReading): boolean {
    if (!leadIn.joins) return false;
    const { cells: _, ...alone } = reading;
    const said = compileRule({ ...alone, pieces: leadIn.pieces, forbiddenByContext: false });
    if (said === undefined || JSON.stringify(said) !== JSON.stringify(check)) return false;
    const isRepeated = this.demanding.has(leadIn);
    this.demanding.add(leadIn);
    return isRepeated;
  }

  /** "`retry = false`. The `retryLater` path is dead code.": what more a later sentence demands is a rule of its own. */
  private addFurtherChecks(lines: Lines, reading: RuleReading, first: Check): void {
    const sentences = splitSentences(reading.pieces);
    const known = new Set([JSON.stringify(first)]);
    for (let i = 1; i < Math.min(sentences.length, MAX_SENTENCES); i++) {
      if (opensWithCondition(textOf(sentences[i - 1] ?? []))) return;
      const pieces = sentences.slice(i, MAX_SENTENCES).flat();
      const text = textOf(sentences[i] ?? []);
      const polarity = ownForceOf(text)?.polarity;
      if (polarity === undefined) continue;
      const check = compileRule({ ...reading, pieces, polarity, forbiddenByContext: false });
      if (check === undefined || known.has(JSON.stringify(check))) continue;
      known.add(JSON.stringify(check));
      this.rules.push({
        source: { path: this.path, ...lines },
        text,
        polarity,
        scope: { globs: [...this.globs], ...namesIn(sentences[i] ?? []) },
        enforcement: check,
        status: "enforced",
      });
    }
  }
}

/** "No state, no timers": without a verb, below the code it describes. */
const REMARK = /^(?:no|not|without|note)\b/i;
const MAX_SENTENCES = 6;
const ADDS =
  /^\W*(?:(?:when|to|how to|steps? (?:to|for)|checklist for|for) )?(?:add|adding|create|creating) (?:an? |the )?(?:new )?[a-z]/i;
const CREATES =
  /^\W*(?:(?:create|define) (?:an? |the )?(?:new )?|(?:add|write|implement) (?:an? )?new )[\w-]+(?: (?:file|struct|class|module|component|function|script|definition|type))? (?:in|at|under)\s*$/i;

/** The step that creates what a list of steps adds, and where. */
function createdBy(list: List): { item: ListItem; path: string } | undefined {
  if (!list.ordered) return undefined;
  for (const item of list.children) {
    const [before, place] = piecesOf(item);
    const [path] = place?.code && before && CREATES.test(before.text) ? namesIn([place]).paths : [];
    if (path !== undefined && /\w\/$|[*<{]/.test(path)) return { item, path };
  }
  return undefined;
}

/** Every sentence by itself; what is left of a piece of prose goes with the code after it. */
function splitSentences(pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.code) {
      sentences.at(-1)?.push(piece);
      continue;
    }
    let { line } = piece;
    for (const [i, text] of piece.text.split(SENTENCE_END).entries()) {
      if (i % 2 === 0 && text !== "") sentences.at(-1)?.push({ text, code: false, line });
      if (i % 2 === 1) sentences.push([]);
      if (line !== undefined) line += newlinesIn(text);
    }
  }
  return sentences.filter((sentence) => textOf(sentence) !== "");
}

const SENTENCE_END = /(?<=[.!?…]["”)]?)(?<!\b(?:e\.g|i\.e|vs|cf|approx|incl|etc)\.|^\d{1,2}\.)(\s+)(?=\S|$)/;

function newlinesIn(text: string): number {
  return text.split("\n").length - 1;
}

function firstLineOf(pieces: readonly Piece[]): number | undefined {
  return pieces[0]?.line;
}

function lastLineOf(pieces: readonly Piece[]): number | undefined {
  const last = pieces.at(-1);
  return last?.line === undefined ? undefined : last.line + (last.code ? 0 : newlinesIn(last.text.trimEnd()));
}

/**
 * The sentences of a paragraph, together with those that belong to them: what gives a reason, an exception or the
 * replacement goes with the order before it, what prepares an order with the one after it.
 */
function instructionsOf(pieces: readonly Piece[]): Piece[][] {
  const groups: { pieces: Piece[]; polarity: Polarity | undefined }[] = [];
  for (const sentence of splitSentences(pieces)) {
    const text = textOf(sentence);
    const polarity = orderedBy(text);
    const group = groups.at(-1);
    const isOwn = polarity !== undefined && group?.polarity !== undefined && !continues(text, polarity, group.polarity);
    if (group === undefined || isOwn) groups.push({ pieces: sentence, polarity });
    else {
      group.pieces.push({ text: " ", code: false, line: firstLineOf(sentence) }, ...sentence);
      group.polarity ??= polarity;
    }
  }
  return groups.map((group) => group.pieces);
}

/** What a sentence demands by itself; a fact that merely excludes something demands nothing. */
function orderedBy(text: string): Polarity | undefined {
  const words = text.replace(/`[^`]*`/g, "`x`").replace(HAPPENS, "");
  return startsWithVerb(words) || ORDERS.test(words) ? ownForceOf(text)?.polarity : undefined;
}

/** "The lock is always taken": a fact. */
const HAPPENS = /\b(?:is|are|was|were|been) (?:always|never)\b/gi;
/** "2. Moor carefully." before the orders themselves. */
const NUMBERED_TITLE = /^\d{1,2}[.)] [^.!?]{1,80}[.!?](?=\s|$)/;

/** "If any fail, fix them", "It must ...", "Only use this for ...": more about the order before. */
const CONTINUES =
  /^(?:if (?:the [^,.]{1,60} fails?|there|any|it|they|this|these|those|that|so|not|yes|no)\b|(?:it|they|this|these|those|that|there|here|otherwise|instead|only|note|example|for example|e\.g\.)(?![\w-]))/i;
const REPLACES = /^always\b|\binstead\b(?! of)|^[a-z-]+ (?:it|them|one|those|that)\b/i;

function continues(text: string, polarity: Polarity, before: Polarity): boolean {
  return CONTINUES.test(text) || (before === "must-not" && polarity !== "must-not" && REPLACES.test(text));
}

function languageOf(block: Nodes | undefined): string | undefined {
  return block?.type === "code" ? (block.lang ?? undefined) : undefined;
}

function linesOf(node: Nodes): Lines {
  return { line: node.position?.start.line ?? 1, endLine: node.position?.end.line ?? 1 };
}

const MAX_JOINED = 200;

function leadInBefore(block: Nodes | undefined): LeadIn | undefined {
  if (block?.type !== "paragraph") return undefined;
  const pieces = piecesOf(block);
  if (!/[:：]$/.test(textOf(pieces)) && !isBoldLine(block)) return undefined;
  const { last } = sentencesOf(pieces);
  const text = textOf(last);
  // "Never add:" is half of each item's sentence; "Code style:" is only a title.
  return {
    pieces: last,
    force: leadInForceOf(text),
    joins: ownForceOf(text) !== undefined && text.length <= MAX_JOINED,
  };
}

/** Nested items always need their parent's words, after the ones the parent itself needs. */
function nestedLeadIn(outer: LeadIn | undefined, pieces: Piece[]): LeadIn {
  const joined = outer?.joins ? [...outer.pieces, { text: " ", code: false }, ...pieces] : pieces;
  const force = leadInForceOf(textOf(pieces)) ?? outer?.force;
  return { pieces: joined, force, joins: textOf(joined).length <= MAX_JOINED * 2 };
}

/** The last sentence, which is what leads to the items, and those before it, which stand for themselves. */
function sentencesOf(pieces: readonly Piece[]): { before: Piece[]; last: Piece[] } {
  const at = pieces.findLastIndex(({ text, code }) => !code && /[.!?]\s+\S/.test(text));
  const piece = pieces[at];
  if (piece === undefined) return { before: [], last: [...pieces] };
  const [, before = "", last = ""] = /^(.*[.!?])\s+(\S.*)$/s.exec(piece.text) ?? [];
  return {
    before: [...pieces.slice(0, at), { text: before, code: false }],
    last: [{ text: last, code: false }, ...pieces.slice(at + 1)],
  };
}

/** Whether a paragraph leads to the items after it, which then carry its last sentence. */
function introduces(block: Paragraph, next: Nodes | undefined): boolean {
  return next !== undefined && isItems(next) && leadInBefore(block) !== undefined;
}

const EXPLAINING =
  /^(?:\W*)(?:(?:this|it|they|these|that) (?:also )?(?:appl(?:y|ies) to|includes?|covers?|means|affects?)\b|why\b|reasons?\b|rationale\b|benefits?\b|because\b)/i;
const EXAMPLE = /^(?:bad|good|wrong|right|correct|incorrect|examples?)\s*:/i;

/** "Bad: `f()`" below a rule shows it. */
function withoutExamples(list: List): List {
  return { ...list, children: list.children.filter((item) => !EXAMPLE.test(textOf(piecesOf(item)))) };
}

const POINTS_ON = /\b(?:these|following|below|as follows|such as|for example|e\.g\.)(?=[\s:,]|$)/i;
const MIN_ORDER_WORDS = 3;

/** "Update `a.md` with:" and what to write there: the items say how, and are no orders of their own. */
function isElaborated(item: ListItem, pieces: readonly Piece[]): boolean {
  const text = textOf(pieces);
  const force = ownForceOf(text);
  const isNamed = namesIn(pieces).paths.length > 0;
  const isWhole = isNamed || text.split(" ").length >= MIN_ORDER_WORDS;
  if (!force?.byVerb || !startsWithVerb(text) || POINTS_ON.test(text) || !isWhole) return false;
  const inner = item.children.filter((child) => child.type === "list").flatMap((list) => list.children);
  return inner.every((each) => {
    const content = piecesOf(each);
    const own = ownForceOf(textOf(content));
    return own === undefined || (isNamed && own.byVerb && content.every(({ code }) => !code));
  });
}

function isItems(node: Nodes): boolean {
  return node.type === "list" || node.type === "table";
}

function isBoldLine(block: Paragraph): boolean {
  const [only, ...rest] = block.children;
  return rest.length === 0 && only?.type === "text" && /^\*\*[^*]+\*\*$/.test(only.value.trim());
}

/** A step that is ticked off. */
const DONE = /^\[[xX]\]\s/;

const MERELY_INTRODUCES =
  /^(?:this|these|those|the following|here|below|above|see|note|for (?:more|details|full)|it|there)\b/i;
const ORDERS = /\b(?:must|never|always|do not|don['’]t|should|only|required|avoid|prefer)\b/i;

/** What only names the code block after it: "Good:", "Run the linter:". */
function isCaption(text: string): boolean {
  return text.endsWith(":") && text.split(" ").length <= 6 && !ORDERS.test(text);
}

const INSISTS = /\b(?:must|never|always|do not|don['’]t|avoid|prefer)\b/i;

/** Whether an item among descriptions orders something all the same: "Type parameters: Use ...", "(MUST run ...)". */
function isOrder(pieces: readonly Piece[]): boolean {
  const text = textOf(pieces);
  if (INSISTS.test(text) || USES.test((pieces[1]?.text ?? "").replace(/^\s*[–—-]+\s+/, ""))) return true;
  const [label = ""] = /^[^:!?]{1,80}: /.exec(text) ?? [];
  if (/\w/.test(label.replace(/`[^`]*`/g, "")) && USES.test(text.slice(label.length))) return true;
  return splitSentences(pieces)
    .slice(1, MAX_SENTENCES)
    .some((sentence) => USES.test(textOf(sentence)));
}

/** Orders that are no recipe and no purpose of the thing named before. */
const USES =
  /^(?:use(?! of)|avoid|rely|follow|prefer|keep|ensure|trust|respect|utilize|recommend|allow|favor|never|always|do not|don['’]t) /i;

/** Whether an item says what a path, a command or a link is: "`docs/` - guides", "Tests: `npm test`". */
function isReference(pieces: readonly Piece[]): boolean {
  const [first, second, ...rest] = pieces.filter(({ text }) => text.trim() !== "");
  if (first === undefined) return false;
  if (first.code && (/^\s*\((?:not|never)\b/.test(second?.text ?? "") || ORDERED_AFTER.test(second?.text ?? "")))
    return false;
  if (first.code) return isPlace(first) && (second === undefined || /^\s*(?:[:(→=,/#]|[-–—]+\s|->)/.test(second.text));
  if (second === undefined) return /^(?:[^:.]{1,40}: )?https?:\/\/\S+(?: \([^)]*\))?$/.test(first.text.trim());
  if (STYLE.test(second.text) || /^(?:follow|name|prefix|keep|write|prefer)\b/i.test(first.text)) return false;
  const isLabelled = /^[^.:]{1,40}:\s*$/.test(first.text) && isPlace(second) && !/\{[A-Z]\w*\}/.test(second.text);
  return (
    isLabelled &&
    rest.every((piece) => (piece.code ? isPlace(piece) : /^\s*(?:or\b|and\b|[,(]|[-–—]+\s)/.test(piece.text)))
  );
}

/** "`status.md` — update when ..." */
const ORDERED_AFTER =
  /^\s*(?:[:→]|[–—-]+|->)\s+(?:use|update(?! the\b)|add (?:an )?entry|edit only|keep|never|always|must|only|do not|don['’]t|avoid|prefer)(?=\s|$)/i;

/** "Source files: `kebab-case.ts`" */
const STYLE = /\b(?:camelCase|PascalCase|snake_case|kebab-case|SCREAMING_SNAKE_CASE)\b/;
const MIN_FACT_WORDS = 6;

/** Whether a text without any force is worth knowing where the code it names is used. */
function isFactAboutCode(pieces: readonly Piece[]): boolean {
  const text = textOf(pieces);
  return !/[.;]\s/.test(text) && text.split(" ").length >= MIN_FACT_WORDS && namesIn(pieces).symbols.length > 0;
}

function isPlace(piece: Piece): boolean {
  const { symbols, paths, commands } = namesIn([piece]);
  return symbols.length === 0 || paths.length + commands.length > 0;
}

function tableForce(titles: readonly string[]): ContextForce | undefined {
  const header = titles.join(" ; ");
  if (
    !/\b(?:guides?|docs?|reference|links?|see)\b/i.test(titles.at(-1) ?? "") &&
    /\b(?:when|if|also|must|update|instead|use|do|don['’]?t|avoid|never|rule|convention|required?|action)\b/i.test(
      header,
    )
  )
    return { polarity: "must", byVerb: false };
  return /\b(?:description|purpose|meaning|what|default|command|path|file|details?|location|notes?|guides?|docs?|links?)\b/i.test(
    header,
  )
    ? "description"
    : undefined;
}

import type { List, ListItem, Nodes, Paragraph, Parent, Table } from "mdast";
import { type Check, qualifierOf } from "./check";
import { checksIn, type FoundCheck, homesOf } from "./checksIn";
import { type Cell, compileRule, type RuleReading } from "./compile/compileRule";
import {
  explains,
  isCaption,
  isFactAboutCode,
  isOrder,
  isReference,
  leadsOn,
  MERELY_INTRODUCES,
  ORDERS,
  tableForce,
  tellsWhatItDoes,
} from "./description";
import {
  type ContextForce,
  contextForceOf,
  forbidsItems,
  NOT_TO_EDIT,
  opensWithCondition,
  ownForceOf,
  type Polarity,
  polarityOf,
  startsWithVerb,
} from "./force";
import { isForeign } from "./language";
import {
  ADDS,
  areCases,
  createdBy,
  EXPLAINING,
  exceptionOf,
  introduces,
  isBoldLine,
  isElaborated,
  isItems,
  type LeadIn,
  leadInBefore,
  nestedLeadIn,
  withoutExamples,
} from "./leadIn";
import { type Piece, parseInstructions, piecesOf, textOf } from "./markdown";
import { namesIn } from "./names";
import { type Norm, normIn } from "./norm";
import { reasonIn } from "./reason";
import type { InstructionFile, Rule, RuleScope } from "./rule";
import { type Demand, demandsOf, firstLineOf, lastLineOf, lastSentenceOf, orderedBy } from "./sentences";

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
  /** Of which each is a rule, if there are several. */
  demands?: Demand[];
}

/** What the list says of an item. */
interface Step {
  /** Its items are done one after the other, or in one case: a command among them is run. */
  isProcedure: boolean;
  /** What earlier steps have created. */
  created?: string | undefined;
}

interface Lines {
  line: number;
  endLine: number;
}

/** Of one demand of a text that lies on `lines`. */
function linesOfPart(lines: Lines, demands: readonly Pick<Demand, "pieces">[], index: number): Lines {
  const pieces = demands[index]?.pieces ?? [];
  const line = index === 0 ? lines.line : (firstLineOf(pieces) ?? lines.line);
  const endLine = index === demands.length - 1 ? lines.endLine : (lastLineOf(pieces) ?? lines.endLine);
  return { line, endLine: Math.max(line, endLine) };
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

  /** Below "What not to touch", "Generated files" only says which. */
  private forcingHeading(): Heading | undefined {
    const nearest = this.headings.findLast((heading) => heading?.force !== undefined);
    if (nearest?.force !== "description") return nearest;
    return this.headings.findLast((heading) => heading !== undefined && NOT_TO_EDIT.test(heading.title)) ?? nearest;
  }

  /** What says how an item is meant: under "Do not edit", "Generated files:" only says which. */
  private forcingTitle(leadIn: LeadIn | undefined): Heading | undefined {
    const heading = this.forcingHeading();
    const isWhich = leadIn?.force === "description" && heading && forbidsItems(heading.force, heading.title);
    return leadIn?.force === undefined || isWhich ? heading : { title: textOf(leadIn.pieces), force: leadIn.force };
  }

  private visitParagraph(block: Paragraph, next: Nodes | undefined, before: Nodes | undefined): void {
    const pieces = introduces(block, next) ? lastSentenceOf(piecesOf(block)).before : piecesOf(block);
    const text = textOf(pieces);
    const context = this.headingForce();
    const isUnderRules =
      context !== undefined &&
      context !== "description" &&
      context.polarity !== "prefer" &&
      !MERELY_INTRODUCES.test(text) &&
      !text.endsWith(":");
    const isForced = ownForceOf(text) !== undefined || isUnderRules;
    const norm = context === "description" ? undefined : normIn(text);
    if (text === "" || leadsOn(text) || (!isForced && norm === undefined && !this.isForeignFact(pieces))) return;
    if (next?.type === "code" && isCaption(text)) return;
    const demands = demandsOf(pieces);
    demands.forEach((demand, i) => {
      const ownText = textOf(demand.pieces).replace(NUMBERED_TITLE, "").trim();
      // Below an example of what to avoid stands what to do.
      const isRemedy = before?.type === "code" && startsWithVerb(ownText);
      this.add(linesOfPart(linesOf(block), demands, i), demand.pieces, {
        context: isRemedy ? REQUIRED : (context ?? (norm && REQUIRED)),
        ownText,
        isRemark: before?.type === "code" && i === 0 && REMARK.test(ownText),
        exampleLanguage: i === demands.length - 1 ? languageOf(next) : undefined,
      });
    });
  }

  /** An order whose items are no rules, but names, values or titles, is a rule by itself. */
  private visitIntroducedList(list: List, block: Paragraph): void {
    const leadIn = leadInBefore(block);
    const text = textOf(leadIn?.pieces ?? []);
    const isOrdering = orderedBy(text) !== undefined && !isCaption(text);
    if (leadIn && this.addCheckedLeadIn(leadIn, linesOf(block))) return this.visitList(list, leadIn);
    const since = this.rules.length;
    if (!isOrdering || !areCases(list, text)) this.visitList(list, leadIn);
    if (leadIn === undefined || !isOrdering) return;
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

  /** What leads to rules may be one of its own: "Never import `a` in a hook:". Then no item says it again. */
  private addCheckedLeadIn(leadIn: LeadIn, { line, endLine }: Lines): boolean {
    const { pieces, joins } = leadIn;
    if (!joins || this.isForeign || leadsOn(textOf(pieces))) return false;
    const context = this.headingForce();
    const checks = checksIn(this.readingOf(pieces, textOf(pieces), { context }));
    if (checks.length === 0) return false;
    this.demanding.add(leadIn);
    this.push({ line: firstLineOf(pieces) ?? line, endLine }, pieces, polarityOf(textOf(pieces), context), checks);
    return true;
  }

  private visitList(list: List, leadIn: LeadIn | undefined): void {
    if (leadIn ? EXPLAINING.test(textOf(leadIn.pieces)) : CONTENTS.test(this.headings.at(-1)?.title ?? "")) return;
    const created = this.adds(leadIn) ? createdBy(list) : undefined;
    const isProcedure = leadIn?.joins === true && (list.ordered === true || opensWithCondition(textOf(leadIn.pieces)));
    for (const item of list.children)
      this.visitItem(item, leadIn, { isProcedure, created: created?.item === item ? undefined : created?.path });
  }

  /** Whether what is being read says how something is added. */
  private adds(leadIn: LeadIn | undefined): boolean {
    return ADDS.test(leadIn ? textOf(leadIn.pieces) : (this.headings.at(-1)?.title ?? ""));
  }

  private visitItem(item: ListItem, leadIn: LeadIn | undefined, step: Step): void {
    const own = item.children.filter((child) => child.type === "paragraph");
    const pieces = own.flatMap((paragraph): Piece[] => [...piecesOf(paragraph), { text: " ", code: false }]);
    const leads = item.children.some(isItems) && /[:：]$/.test(textOf(pieces));
    // "**Never drift**" above its details is a rule, "**Use of ropes**" their title.
    const isTitle =
      !leads &&
      item.children.some((child) => child.type === "list") &&
      own.length === 1 &&
      own.every(isBoldLine) &&
      ownForceOf(textOf(pieces))?.byVerb !== false;
    const example = item.children.find((child) => child.type === "code");
    if (leads && isElaborated(item, pieces)) {
      this.addItem(linesOf(item), pieces, leadIn, {
        isProcedure: step.isProcedure,
        exampleLanguage: languageOf(example),
      });
      return;
    }
    const sentences = leads ? lastSentenceOf(pieces) : { before: pieces, last: [] };
    const lines = { line: linesOf(item).line, endLine: linesOf(own.at(-1) ?? item).endLine };
    if (!isTitle) this.addItem(lines, sentences.before, leadIn, { ...step, exampleLanguage: languageOf(example) });
    const ownLeadIn = leads ? nestedLeadIn(leadIn, sentences.last) : exceptionOf(pieces);
    for (const child of item.children) {
      if (child.type === "list") this.visitList(leads ? child : withoutExamples(child), ownLeadIn);
      else if (child.type === "table") this.visitTable(child, ownLeadIn);
      else if (child.type === "blockquote") this.visitBlocks(child, ownLeadIn);
    }
  }

  private visitTable(table: Table, leadIn: LeadIn | undefined): void {
    const [header, ...rows] = table.children;
    const titles = header?.children.map((cell) => textOf(piecesOf(cell))) ?? [];
    const own = tableForce(titles);
    // Columns that only describe take nothing back either.
    const force = own === "description" && leadIn && NOT_TO_EDIT.test(textOf(leadIn.pieces)) ? undefined : own;
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
    more: Pick<Surroundings, "cells" | "exampleLanguage"> & Partial<Step>,
  ): void {
    const text = textOf(pieces);
    if (!/[\p{L}\p{N}]/u.test(text) || DONE.test(text)) return;
    const forcing = this.forcingTitle(leadIn);
    const context = forcing?.force;
    const own = ownForceOf(text);
    const norm = own ? undefined : normIn(text);
    const isForbidden =
      own?.polarity === "must-not" ||
      (context !== undefined && context !== "description" && context.polarity === "must-not");
    if (leadsOn(text) || (!isForbidden && tellsWhatItDoes(pieces))) return;
    if (own === undefined && norm === undefined && !isForbidden && explains(text)) return;
    if (
      context === "description" &&
      norm === undefined &&
      (own === undefined || (own.byVerb && !startsWithVerb(text) && !isOrder(pieces)))
    )
      return;
    const isStep = more.isProcedure && namesIn(pieces).commands.length > 0;
    if (!isForbidden && !isStep && isReference(pieces) && !ORDERS.test(text)) return;
    const isKnown = context !== undefined || own !== undefined || norm !== undefined;
    if (!isKnown && !isFactAboutCode(pieces) && !this.isForeignFact(pieces)) return;
    const lead: Piece[] = leadIn?.joins ? [...leadIn.pieces, { text: " ", code: false }] : [];
    const demands = more.cells ? [] : demandsOf(pieces);
    this.add(lines, [...lead, ...pieces], {
      ...more,
      context: contextOf(context, norm),
      ownText: text,
      leadIn,
      demands,
    });
  }

  private isForeignFact(pieces: readonly Piece[]): boolean {
    return this.isForeign && namesIn(pieces).symbols.length > 0;
  }

  /** The demands of a text are read together, since one limits the other, and are a rule each. */
  private add(lines: Lines, pieces: Piece[], around: Surroundings): void {
    const { context, ownText = textOf(pieces), demands = [], leadIn } = around;
    const reading = this.readingOf(pieces, ownText, around);
    const checks = this.isForeign || around.isRemark ? [] : this.checksOf(reading, leadIn);
    if (demands.length < 2) {
      this.push(lines, pieces, polarityOf(ownText, context), checks);
      return;
    }
    const homes = homesOf(checks, demands, reading);
    demands.forEach((demand, i) => {
      const joins = i === 0 || (leadIn && opensWithCondition(textOf(leadIn.pieces)));
      const lead: Piece[] = joins && leadIn?.joins ? [...leadIn.pieces, { text: " ", code: false }] : [];
      const text = textOf(demand.pieces);
      const polarity = polarityOf(text, i === 0 ? contextOf(context, normIn(text)) : undefined);
      const own = checks.filter((_, at) => homes[at] === i);
      this.push(linesOfPart(lines, demands, i), [...lead, ...demand.pieces], polarity, own);
    });
  }

  private push(lines: Lines, pieces: readonly Piece[], polarity: Polarity, checks: readonly FoundCheck[]): void {
    const [first, ...others] = checks;
    const reason = reasonIn(pieces);
    this.rules.push({
      source: { path: this.path, ...lines },
      text: textOf(pieces),
      polarity,
      scope: { globs: [...this.globs], ...namesIn(pieces) },
      enforcement: first?.check ?? null,
      status: first ? "enforced" : "lookup",
      ...(reason && { reason }),
    });
    for (const other of others) this.push(lines, other.pieces, other.polarity, [other]);
  }

  private readingOf(pieces: Piece[], ownText: string, around: Surroundings): RuleReading {
    const { context, leadIn, cells, items, created, exampleLanguage } = around;
    const polarity = polarityOf(ownText, context);
    const titles = [
      ...this.headings.flatMap((heading) => heading?.title ?? []),
      ...[leadIn?.outer, leadIn].flatMap((each) => (each ? [textOf(each.pieces)] : [])),
    ];
    return {
      pieces,
      polarity,
      forbiddenByContext:
        polarity === "must-not" &&
        ownForceOf(ownText)?.polarity !== "must-not" &&
        !leadIn?.joins &&
        forbidsItems(context, this.forcingTitle(leadIn)?.title ?? ""),
      titles,
      globs: this.globs,
      path: this.path,
      ...(cells && { cells }),
      ...(items && { items }),
      ...(created !== undefined && { created }),
      ...(exampleLanguage && { exampleLanguage }),
    };
  }

  private checksOf(reading: RuleReading, leadIn: LeadIn | undefined): FoundCheck[] {
    const checks = checksIn(reading, leadIn?.joins);
    if (checks.length === 0 && leadIn) return this.checksAlone(reading, leadIn);
    if (leadIn && qualifierOf(checks[0]?.check ?? null) !== undefined) {
      // "Avoid what only one quay has: never call `drift`" says what all the items are about.
      const alone = this.checksAlone(reading, leadIn, true).filter(({ check }) => qualifierOf(check) === undefined);
      if (alone.length > 0) return alone;
    }
    return checks[0] && leadIn && this.isSaid(leadIn, checks[0].check, reading) ? [] : checks;
  }

  /** "Use `tie`, not `knot`:" is a rule, and so is its item "Never call `drift`", which needs no word of it. */
  private checksAlone(reading: RuleReading, leadIn: LeadIn, isTopic = this.demanding.has(leadIn)): FoundCheck[] {
    const { pieces: lead, joins } = leadIn;
    const said = textOf(lead);
    if (!joins || !isTopic || opensWithCondition(said) || !(startsWithVerb(said) || OF_RULES.test(said))) return [];
    const pieces = reading.pieces.slice(lead.length + 1);
    return ownForceOf(textOf(pieces))?.polarity === "must-not" ? checksIn({ ...reading, pieces }, true) : [];
  }

  /** Whether the lead-in alone demands this, and has done so with an earlier item: "All code has types:", and how. */
  private isSaid(leadIn: LeadIn, check: Check, reading: RuleReading): boolean {
    if (!leadIn.joins) return false;
    const { cells: _, ...alone } = reading;
    const said = compileRule({ ...alone, pieces: leadIn.pieces, forbiddenByContext: false });
    if (said === undefined || !isSame(said, check)) return false;
    const isRepeated = this.demanding.has(leadIn);
    this.demanding.add(leadIn);
    return isRepeated;
  }
}

/** Whether two checks forbid or ask for the same, under whatever condition. */
function isSame(one: Check, other: Check): boolean {
  const bare = (check: Check) => JSON.stringify({ ...check, qualifier: undefined, scope: undefined });
  return bare(one) === bare(other);
}

/** Its items are titles of what follows. */
const CONTENTS = /^\W*(?:table of )?contents\W*$/i;

/** "No state, no timers": without a verb, below the code it describes. */
const REMARK = /^(?:no|not|without|note)\b/i;

function languageOf(block: Nodes | undefined): string | undefined {
  return block?.type === "code" ? (block.lang ?? undefined) : undefined;
}

function linesOf(node: Nodes): Lines {
  return { line: node.position?.start.line ?? 1, endLine: node.position?.end.line ?? 1 };
}

/** "2. Moor carefully." before the orders themselves. */
const NUMBERED_TITLE = /^\d{1,2}[.)] [^.!?]{1,80}[.!?](?=\s|$)/;
const REQUIRED: ContextForce = { polarity: "must", byVerb: false };

/** A norm asks for what it says, but where it stands among descriptions only if it says what is done. */
function contextOf(context: ContextForce | undefined, norm: Norm | undefined): ContextForce | undefined {
  const asks = norm === "practice" || (norm === "state" && context === undefined);
  return asks && (context === undefined || context === "description") ? REQUIRED : context;
}

/** "Our lint rules enforce ropes instead of chains:" */
const OF_RULES = /^[^`]*\b(?:lint(?:er)?|eslint|style|code|custom) rules (?:enforce|require|forbid|ban)\b/i;

/** A step that is ticked off. */
const DONE = /^\[[xX]\]\s/;

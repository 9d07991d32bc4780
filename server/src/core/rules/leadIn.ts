import type { List, ListItem, Nodes, Paragraph } from "mdast";
import { type ContextForce, leadInForceOf, ownForceOf, PROTECTS, startsWithVerb } from "./force";
import { type Piece, piecesOf, textOf } from "./markdown";
import { namesIn } from "./names";
import { lastSentenceOf } from "./sentences";

/** A paragraph or item that introduces a list. Its words join the items' text only where they carry the meaning. */
export interface LeadIn {
  pieces: Piece[];
  force: ContextForce | undefined;
  joins: boolean;
  /** The one around it that did not join. */
  outer?: LeadIn | undefined;
}

const MAX_JOINED = 200;

export function leadInBefore(block: Nodes | undefined): LeadIn | undefined {
  if (block?.type !== "paragraph") return undefined;
  const pieces = piecesOf(block);
  if (!/[:：]$/.test(textOf(pieces)) && !isBoldLine(block)) return undefined;
  const { last } = lastSentenceOf(pieces);
  const text = textOf(last);
  // "Never add:" is half of each item's sentence; "Code style:" is only a title.
  return {
    pieces: last,
    force: leadInForceOf(text),
    joins: ownForceOf(text) !== undefined && text.length <= MAX_JOINED && !PROTECTS.test(text),
  };
}

/** Nested items always need their parent's words, after the ones the parent itself needs. */
export function nestedLeadIn(outer: LeadIn | undefined, pieces: Piece[]): LeadIn {
  const joined = outer?.joins ? [...outer.pieces, { text: " ", code: false }, ...pieces] : pieces;
  const force = leadInForceOf(textOf(pieces)) ?? outer?.force;
  return {
    pieces: joined,
    force,
    joins: textOf(joined).length <= MAX_JOINED * 2,
    ...(outer && !outer.joins && { outer }),
  };
}

/** "No ropes between quays, except at one pier": to what stands below it. */
export function exceptionOf(pieces: Piece[]): LeadIn | undefined {
  return setsException(textOf(pieces)) ? { pieces, joins: false, force: undefined } : undefined;
}

/** Whether a text says where it does not hold. */
export function setsException(text: string): boolean {
  return /\b(?:except|unless)\b/i.test(text);
}

/** Whether a paragraph leads to the items after it, which then carry its last sentence. */
export function introduces(block: Paragraph, next: Nodes | undefined): boolean {
  return next !== undefined && isItems(next) && leadInBefore(block) !== undefined;
}

export const EXPLAINING =
  /^(?:\W*)(?:(?:this|it|they|these|that) (?:also )?(?:appl(?:y|ies) to|includes?|covers?|means|affects?)\b|why\b|reasons?\b|rationale\b|benefits?\b|because\b)/i;
const EXAMPLE = /^(?:bad|good|wrong|right|correct|incorrect|examples?)\s*:/i;

/** "Bad: `f()`" below a rule shows it. */
export function withoutExamples(list: List): List {
  return { ...list, children: list.children.filter((item) => !EXAMPLE.test(textOf(piecesOf(item)))) };
}

const POINTS_ON = /\b(?:these|following|below|as follows|such as|for example|e\.g\.)(?=[\s:,]|$)/i;
const MIN_ORDER_WORDS = 3;

/** "Update `a.md` with:" and what to write there: the items say how, and are no orders of their own. */
export function isElaborated(item: ListItem, pieces: readonly Piece[]): boolean {
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

export function isItems(node: Nodes): boolean {
  return node.type === "list" || node.type === "table";
}

export function isBoldLine(block: Paragraph): boolean {
  const [only, ...rest] = block.children;
  return rest.length === 0 && only?.type === "text" && /^\*\*[^*]+\*\*$/.test(only.value.trim());
}

/** "Only push when:", "Each request should answer:" and questions: what comes after is part of the one order. */
export function areCases(list: List, leadIn: string): boolean {
  if (/\b(?:when|if|unless)\W*$/i.test(leadIn)) return true;
  const questions = list.children.filter((item) => textOf(piecesOf(item)).endsWith("?"));
  return questions.length * 2 > list.children.length;
}

export const ADDS =
  /^\W*(?:(?:when|to|how to|steps? (?:to|for)|checklist for|for) )?(?:add|adding|create|creating) (?:an? |the )?(?:new )?[a-z]/i;
const CREATES =
  /^\W*(?:(?:create|define) (?:an? |the )?(?:new )?|(?:add|write|implement) (?:an? )?new )[\w-]+(?: (?:file|struct|class|module|component|function|script|definition|type))? (?:in|at|under)\s*$/i;

/** The step that creates what a list of steps adds, and where. */
export function createdBy(list: List): { item: ListItem; path: string } | undefined {
  if (!list.ordered) return undefined;
  for (const item of list.children) {
    const [before, place] = piecesOf(item);
    const [path] = place?.code && before && CREATES.test(before.text) ? namesIn([place]).paths : [];
    if (path !== undefined && /\w\/$|[*<{]/.test(path)) return { item, path };
  }
  return undefined;
}

import type { ContextForce } from "./force";
import { type Piece, textOf } from "./markdown";
import { namesIn } from "./names";
import { splitSentences } from "./sentences";

export const MERELY_INTRODUCES =
  /^(?:this|these|those|the following|here|below|above|see|note|for (?:more|details|full)|for [^.]{1,150}, (?:see|refer to)|it|there)\b/i;
export const ORDERS = /\b(?:must|never|always|do not|don['’]t|should|only(?!:)|required|avoid|prefer)\b/i;

/** What only names the code block after it: "Good:", "Run the linter:". */
export function isCaption(text: string): boolean {
  const words = text.replace(/ ?\([^()]*\)/g, "");
  return words.endsWith(":") && words.split(" ").length <= 6 && !ORDERS.test(words) && !USES.test(words);
}

const INSISTS = /\b(?:must|never|always|do not|don['’]t|avoid|prefer)\b/i;

/** Whether an item among descriptions orders something all the same: "Type parameters: Use ...", "(MUST run ...)". */
export function isOrder(pieces: readonly Piece[]): boolean {
  const text = textOf(pieces);
  if (INSISTS.test(text) || USES.test((pieces[1]?.text ?? "").replace(/^\s*[–—-]+\s+/, ""))) return true;
  const [label = ""] = /^[^:!?]{1,80}: /.exec(text) ?? [];
  if (/\w/.test(label.replace(/`[^`]*`/g, "")) && USES.test(text.slice(label.length))) return true;
  return splitSentences(pieces)
    .slice(1)
    .some((sentence) => USES.test(textOf(sentence)));
}

/** Orders that are no recipe and no purpose of the thing named before. */
const USES =
  /^(?:use(?! of)|avoid|rely|follow|prefer|keep|ensure|trust|respect|utilize|recommend|allow|favor|never|always|do not|don['’]t) /i;

/** "Follow these guidelines:", "This document captures ...", "Use `make help` to list ...": what is no rule, but leads to one. */
export function leadsOn(text: string): boolean {
  return LEADS_ON.test(text);
}

const LEADS_ON =
  /\b(?:follow|adhere to|respect|observe|obey) (?:these|the|the following) (?:[\w-]+ )?(?:guidelines|rules|conventions|instructions|overrides|principles|steps)\s*[.:]?$|^(?:this|these) (?:document|file|guide|guidelines|section|page|rules) (?!must|should|may|can|is|are|apply|applies|always|never)|^(?:use|run) `[^`]+` to (?:list|see|show|view|display)\b/i;

/** What follows from a rule, what it is good for, and examples: "This enables ...", "Easier to review", "Phase 2: ...". */
export function explains(text: string): boolean {
  return EXPLAINS.test(text);
}

const EXPLAINS =
  /^(?:(?:this|that|these|it) (?:enables?|executes?|means|appl(?:y|ies)|allows?|causes?|happens)|(?:faster|easier|lower|simpler|better|fewer|cleaner) \w+|examples?(?: \w+)?:|(?:PR|step|phase) \d+:)|^[\w.-]+\/[\w./-]+ - [A-Z][a-z]+s\b/i;

/** Whether an item says what a path, a command or a link is: "`docs/` - guides", "Tests: `npm test`". */
export function isReference(pieces: readonly Piece[]): boolean {
  const [first, second, ...rest] = pieces.filter(({ text }) => text.trim() !== "");
  if (first === undefined || /^(?:use|ignore|avoid): /i.test(first.text)) return false;
  // "`round` — no `square`"
  if (pieces.some(({ text, code }, i) => !code && /[–—-]\s+(?:no|not|never)\s$/.test(text) && pieces[i + 1]?.code))
    return false;
  if (first.code && (/^\s*\((?:not|never)\b/.test(second?.text ?? "") || ORDERED_AFTER.test(second?.text ?? "")))
    return false;
  if (first.code) return isPlace(first) && (second === undefined || /^\s*(?:[:(→=,/#]|[-–—]+\s|->)/.test(second.text));
  if (second === undefined) return /^(?:[^:.]{1,40}: )?https?:\/\/\S+(?: \([^)]*\))?$/.test(first.text.trim());
  if (STYLE.test(second.text) || /^(?:follow|name|prefix|keep|write|prefer)\b/i.test(first.text)) return false;
  // "If a berth changed: `make charts`" is an order.
  if (/^(?:after|when|whenever|if|once)\b.*\b(?:chang|modif|add|edit|updat)\w*/i.test(first.text)) return false;
  const isLabelled = /^[^.:]{1,40}:\s*$/.test(first.text) && isPlace(second) && !/\{[A-Z]\w*\}/.test(second.text);
  return (
    isLabelled &&
    rest.every((piece) =>
      piece.code
        ? isPlace(piece)
        : /^\s*(?:or\b|and\b|[,(](?!\s*not\b)|[-–—]+\s)(?!.*\bNOT\b)(?!.*[,)] not\s*$)/.test(piece.text),
    )
  );
}

/** "`status.md` — update when ..." */
const ORDERED_AFTER =
  /^\s*(?:[:→]|[–—-]+|->)\s+(?:use|update(?! the\b)|add (?:an )?entry|edit only|keep|never|always|must|only|do not|don['’]t|avoid|prefer)(?=\s|$)/i;

const TELLS = /^\s*(?:\([^()]*\))?(?:\s*:|\s+[–—-]+)\s+[a-z]{2,}s\b/i;

/** "`allmoorings` — includes the old ones": what a name does. */
export function tellsWhatItDoes(pieces: readonly Piece[]): boolean {
  const [first, second] = pieces.filter(({ text }) => text.trim() !== "");
  return first?.code === true && TELLS.test(second?.text ?? "") && !isOrder(pieces);
}

/** "Source files: `kebab-case.ts`" */
const STYLE = /\b(?:camelCase|PascalCase|snake_case|kebab-case|SCREAMING_SNAKE_CASE)\b/;
const MIN_FACT_WORDS = 6;

/** Whether a text without any force is worth knowing where the code it names is used. */
export function isFactAboutCode(pieces: readonly Piece[]): boolean {
  const text = textOf(pieces);
  return !/[.;]\s/.test(text) && text.split(" ").length >= MIN_FACT_WORDS && namesIn(pieces).symbols.length > 0;
}

function isPlace(piece: Piece): boolean {
  const { symbols, paths, commands } = namesIn([piece]);
  return symbols.length === 0 || paths.length + commands.length > 0;
}

export function tableForce(titles: readonly string[]): ContextForce | undefined {
  const header = titles.join(" ; ");
  if (
    !/\b(?:guides?|docs?|reference|links?|see)\b/i.test(titles.at(-1) ?? "") &&
    /\b(?:when|if|also|must|update|instead|use|do|don['’]?t|avoid|never|rule|convention|required?|action|can|may|allowed|pinned|import(?:ed)? from)\b/i.test(
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

import { escapeRegExp } from "../../base/escapeRegExp";
import type { Check } from "../check";

/**
 * Whether what a check forbids is only mentioned: a sentence tells how something is, permits something, or shows the
 * good example with words that look like a ban.
 *
 * @param text of the rule, code in backticks
 */
export function isNotBanned(check: Check, text: string): boolean {
  if (check.form === "forbidden-construct") return isOtherConstruct(check.constructs, text);
  if (!("names" in check) && !("commands" in check) && !("texts" in check)) return false;
  const named = "names" in check ? check.names : "commands" in check ? check.commands : [];
  return (
    ABSENT.test(text) ||
    isPattern(text) ||
    SECTION_OF_TEXT.test(text) ||
    (named.some((name) => /mock/i.test(name)) && ONE_SUBJECT.test(text)) ||
    named.some((name) => isMentioned(name.split(/[ .]/).at(-1) ?? name, text))
  );
}

/** "No `berthId` → the default quay": what happens without it. */
const ABSENT = /^\W*no `[^`]+`\s*(?:→|->|=>|⇒)/i;

/** "`tides.*low`", "`Now()[^.]`": what is looked for is a regular expression; `s.db.*` is none. */
function isPattern(text: string): boolean {
  return /`[^`]{0,200}(?:\[\^|\.\*[^`\s]|\\[bdsw][+*])[^`]{0,200}`/.test(text);
}

/** A "Tides" section of a description. */
const SECTION_OF_TEXT = /\b(?:add|write|include)\s+(?:an?|the)\s+["“][^"”]{1,80}["”][^.`]{0,80}\bsections?\b/i;

/** "Test tides against the real gauge, not mocks" speaks of one thing that is tested. */
const ONE_SUBJECT = /\bagainst\b[^.]{0,80}\bnot mocks\b/i;

const REFUSES = /\b(?:no|not|never|avoid|don['’]t|instead|rather|over|without)\b/i;

function isMentioned(name: string, text: string): boolean {
  const plain = escapeRegExp(name);
  const quoted = `\`[^\`]{0,80}${plain}[^\`]{0,80}\``;
  const mentions = [
    // "(wet, no `berthId`, late)": how something is
    String.raw`\((?!\s*(?:always|please|use|prefer|call|import|write|run)\b)[^()]{0,120},\s*no\s+${quoted}`,
    // "(gives errors, never panics)"
    String.raw`\([^()]{0,120},\s*never\s+${plain}s\)`,
    // "may use `quay` directly (not `berthId`)"
    String.raw`\b(?:can|may)\s+use\s+\`[^\`]{1,80}\`[^.()]{0,40}\(not\s+${quoted}`,
    // "(see `berthId`)"
    String.raw`\(see\s+${quoted}`,
    // "do not rely on `berthId` to moor a ship"
    String.raw`\brely on\s+${quoted}\s+to\b`,
    // "Jest for most, Vitest for some packages"
    ...(REFUSES.test(text) ? [] : [String.raw`(?:,|\band|\bor)\s+${plain}\s+for\b`]),
  ];
  return new RegExp(mentions.join("|"), "i").test(text);
}

function isOtherConstruct(constructs: readonly string[], text: string): boolean {
  return (
    (constructs.includes("todo-comment") && !/\bto-?dos?\b/i.test(text)) ||
    (constructs.includes("barrel-file") && /\bimport\b[^.]{0,80}\binstead of barrel\b/i.test(text)) ||
    (constructs.includes("empty-catch") && /\b(?:linter|compiler|type.?checker)\b/i.test(text)) ||
    (constructs.includes("type-suppression") && /\b(?:whole-file|file scope|blanket)\b/i.test(text))
  );
}

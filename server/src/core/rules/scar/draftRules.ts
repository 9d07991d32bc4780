import { isDistinctive, isTooCommon } from "../names";

/** What is known of a failure that a rule is to be written about. */
export interface Failure {
  /** In one sentence, as somebody has said it: a commit's subject. */
  sentence?: string;
  /** Calls in the code concerned, as written, the worst first, each with the lock that is held there. */
  calls: readonly { callee: string; lock?: string }[];
  /** Calls that the fix took out, and those that it put in. */
  removed?: readonly string[];
  added?: readonly string[];
  /** Functions that were changed. */
  functions: readonly string[];
}

const maxDrafts = 5;

/** Sentences a rule could start from, the most telling first; each in words that compile to a check where one can be. */
export function draftRules({ sentence, calls, removed = [], added = [], functions }: Failure): string[] {
  const reason = sentence === undefined ? "" : `: ${reasonOf(sentence)}`;
  const drafts: string[] = [];
  for (const { callee, lock } of calls) {
    if (lock !== undefined) drafts.push(`NEVER call \`${callee}\` while holding \`${lock}\`${reason}.`);
  }
  const [gone] = removed.filter(isWorthNaming);
  const [instead] = added.filter(isWorthNaming);
  if (gone !== undefined && instead !== undefined) drafts.push(`Use \`${instead}\` instead of \`${gone}\`${reason}.`);
  if (gone === undefined && instead !== undefined) {
    const [fn] = functions;
    if (fn !== undefined) drafts.push(`Always call \`${instead}\` in \`${fn}\`${reason}.`);
  }
  for (const { callee, lock } of calls) {
    if (lock === undefined && isWorthNaming(callee)) drafts.push(`Never call \`${callee}\`${reason}.`);
  }
  for (const fn of functions) drafts.push(`Never change \`${fn}\` without a test${reason}.`);
  if (drafts.length === 0) drafts.push(sentence === undefined ? "NEVER " : `MUST stay fixed${reason}.`);
  return [...new Set(drafts)].slice(0, maxDrafts);
}

function isWorthNaming(callee: string): boolean {
  return isDistinctive(callee) && !isTooCommon(callee.split(".").at(-1) ?? "");
}

/** The subject of a commit without its type, issue numbers and full stop. */
function reasonOf(sentence: string): string {
  return sentence
    .replace(/^\s*(?:revert\s+)?["“']?\w+(?:\([^)]*\))?!?:\s+/i, "")
    .replace(/\s*\(?#\d+\)?/g, "")
    .replace(/["”'.\s]+$/, "")
    .trim();
}

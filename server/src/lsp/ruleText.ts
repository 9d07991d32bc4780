import { escapeMarkdown } from "../core/report/brief";
import type { RuleRow } from "../core/report/ruleRows";
import type { RuleOrigin } from "../host/history/ruleHistory";

/** `enforced: 3 matches, 1 violation` */
export function enforcedText(row: RuleRow): string {
  return `enforced: ${countsText(row)}`;
}

function countsText({ matches, violations }: RuleRow): string {
  const broken = violations === 0 ? "" : `, ${violations === 1 ? "1 violation" : `${violations} violations`}`;
  return `${matches === 1 ? "1 match" : `${matches} matches`}${broken}`;
}

/** What of a rule is checked, as Markdown. */
export function checkText(row: RuleRow): string {
  if (row.meaning === undefined) return "**Not checked:** Fathom shows this rule where it applies.";
  return `**Checked as:** ${row.meaning}\n\n${countsText(row)}`;
}

/** Who wrote a rule, and what it followed, as Markdown. */
export function originText({ commit, fix }: RuleOrigin): string {
  const written = commitText(commit);
  if (!fix) return `Written ${written}`;
  if (fix.id === commit.id) return `Written with a fix: ${written}`;
  return `Written ${written}\n\nAfter the fix of ${commitText(fix)}`;
}

function commitText({ id, date, author, agent, subject }: RuleOrigin["commit"]): string {
  const who = agent === undefined || agent === author ? author : `${author} with ${agent}`;
  return `${date} by ${escapeMarkdown(who)} in \`${id.slice(0, 8)}\`: ${escapeMarkdown(subject)}`;
}

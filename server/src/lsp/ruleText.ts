import { escapeMarkdown } from "../core/report/brief";
import type { RuleOrigin } from "../host/history/ruleHistory";

/** Who wrote a rule, and what it followed, as Markdown. */
export function originText({ commit, fix }: RuleOrigin): string {
  const written = commitText(commit);
  if (!fix) return `Written ${written}`;
  if (fix.id === commit.id) return `Written with a fix: ${written}`;
  return `Written ${written}\n\nAfter ${commitText(fix)}`;
}

function commitText({ id, date, author, agent, subject }: RuleOrigin["commit"]): string {
  const who = agent === undefined || agent === author ? author : `${author} with ${agent}`;
  return `${date} by ${escapeMarkdown(who)} in \`${id.slice(0, 8)}\`: ${escapeMarkdown(subject)}`;
}

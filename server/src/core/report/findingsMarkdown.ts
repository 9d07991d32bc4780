import { groupBy } from "../base/groupBy";
import type { Finding } from "../model/finding";
import { detectorUrl } from "./links";

const marks: Readonly<Record<Finding["severity"], string>> = { error: "🔴", warning: "🟡", info: "🔵" };
/** A comment beyond this is not read, and forges refuse it. */
const maxShown = 50;

/** Findings as a comment on a pull request, by file. */
export function findingsMarkdown(findings: readonly Finding[], base: string): string {
  const title = `### Fathom: ${findings.length === 0 ? "nothing to say" : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`}`;
  const shown = findings.slice(0, maxShown);
  const blocks = [...groupBy(shown, ({ path }) => path)].map(([path, inFile]) => {
    const items = inFile.map(({ severity, range, message, detector }) => {
      const text = message.replace(/\s+/g, " ").replace(/[<>]/g, (mark) => (mark === "<" ? "&lt;" : "&gt;"));
      return `- ${marks[severity]} line ${range.start.line + 1}: ${text} ([${detector}](${detectorUrl(detector)}))`;
    });
    return `**\`${path.replaceAll("`", "'")}\`**\n${items.join("\n")}`;
  });
  const more = findings.length > maxShown ? [`${findings.length - maxShown} more are not shown.`] : [];
  return `${[title, `Changes since \`${base.slice(0, 12)}\`.`, ...blocks, ...more].join("\n\n")}\n`;
}

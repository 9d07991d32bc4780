import type { Hover, Position } from "vscode-languageserver";
import { rangeOf } from "../core/base/text";
import { escapeMarkdown } from "../core/report/brief";
import { detectorUrl } from "../core/report/links";
import type { RuleMatch } from "../core/rules/rule";
import type { Folder } from "./folder";

/** The evidence on the name of an oracle, and the rules that apply to the line. */
export async function hoverAt(folder: Folder, path: string, position: Position): Promise<Hover | null> {
  const parts = [
    oracleText(folder, path, position),
    rulesText(folder, await folder.workspace.rulesAt(path, position.line)),
  ];
  const shown = parts.filter((part) => part !== undefined);
  return shown.length === 0 ? null : { contents: { kind: "markdown", value: shown.join("\n\n---\n\n") } };
}

function oracleText(folder: Folder, path: string, position: Position): string | undefined {
  const oracle = folder.workspace.analysis().oracles.find(({ file, index, flagged }) => {
    const fn = file.functions[index];
    if (!flagged || file.path !== path || !fn) return false;
    const { start, end } = rangeOf(file.lineStarts, fn.nameSpan);
    return position.line === start.line && position.character >= start.character && position.character <= end.character;
  });
  if (!oracle) return undefined;
  const { evidence, rank, file, index } = oracle;
  const lines = evidence.map(
    ({ detail, line }) => `- [line ${line}](${folder.uriOf(path)}#L${line}): ${escapeMarkdown(detail)}`,
  );
  const name = file.functions[index]?.name ?? "This function";
  return `**Oracle: nobody has explained \`${name}\`** · rank ${rank} of ${folder.workspace.analysis().oracles.length} · [what is that?](${detectorUrl("oracle-function")})\n\n${lines.join("\n")}`;
}

const polarityWords = { must: "Rule", "must-not": "Rule (never)", prefer: "Preference", info: "Note" };

function rulesText(folder: Folder, matches: readonly RuleMatch[]): string | undefined {
  if (matches.length === 0) return undefined;
  return matches
    .map(({ rule, why }) => {
      const { path, line } = rule.source;
      return `**${polarityWords[rule.polarity]}:** ${escapeMarkdown(rule.text)}\n\n[${path}:${line}](${folder.uriOf(path)}#L${line}), ${escapeMarkdown(why)}`;
    })
    .join("\n\n");
}

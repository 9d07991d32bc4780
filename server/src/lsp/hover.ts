import type { Hover, Position } from "vscode-languageserver";
import { rangeOf } from "../core/base/text";
import type { FunctionSummary } from "../core/model/fileSummary";
import { escapeMarkdown } from "../core/report/brief";
import { detectorUrl } from "../core/report/links";
import type { RuleMatch } from "../core/rules/rule";
import { rulesForFunction } from "../host/explain";
import type { Folder } from "./folder";

/** A hover is read in passing; the brief has all of them. */
const maxRules = 6;

/** On the name of a function its evidence and every rule that applies to it; elsewhere the rules that name something on the line. */
export async function hoverAt(folder: Folder, path: string, position: Position): Promise<Hover | null> {
  const named = functionNamedAt(folder, path, position);
  const rules = named
    ? rulesForFunction(folder.workspace, path, named.fn)
    : (await folder.workspace.rulesAt(path, position.line)).filter(({ level }) => level === "line");
  const parts = [named && oracleText(folder, path, named), rulesText(folder, rules)];
  const shown = parts.filter((part) => part !== undefined);
  return shown.length === 0 ? null : { contents: { kind: "markdown", value: shown.join("\n\n---\n\n") } };
}

function functionNamedAt(
  folder: Folder,
  path: string,
  position: Position,
): { fn: FunctionSummary; index: number } | undefined {
  const file = folder.file(path);
  const index = file?.functions.findIndex((fn) => {
    const { start, end } = rangeOf(file.lineStarts, fn.nameSpan);
    return (
      fn.name !== "" &&
      position.line === start.line &&
      position.character >= start.character &&
      position.character <= end.character
    );
  });
  const fn = index === undefined ? undefined : file?.functions[index];
  return fn && index !== undefined ? { fn, index } : undefined;
}

function oracleText(
  folder: Folder,
  path: string,
  { fn, index }: { fn: FunctionSummary; index: number },
): string | undefined {
  const { oracles } = folder.workspace.analysis();
  const oracle = oracles.flagged.find((ranked) => ranked.index === index && ranked.file.path === path);
  if (!oracle) return undefined;
  const lines = oracle.evidence.map(
    ({ detail, line }) => `- [line ${line}](${folder.uriOf(path)}#L${line}): ${escapeMarkdown(detail)}`,
  );
  const title = `**Oracle: nobody has explained \`${fn.name}\`** · rank ${oracle.rank} of ${oracles.size}`;
  return `${title} · [what is that?](${detectorUrl("oracle-function")})\n\n${lines.join("\n")}`;
}

const polarityWords = { must: "Rule", "must-not": "Rule (never)", prefer: "Preference", info: "Note" };

function rulesText(folder: Folder, matches: readonly RuleMatch[]): string | undefined {
  if (matches.length === 0) return undefined;
  const texts = matches.slice(0, maxRules).map(({ rule, why }) => {
    const { path, line } = rule.source;
    const where = `[${path}:${line}](${folder.uriOf(path)}#L${line}), ${escapeMarkdown(why)}`;
    return `**${polarityWords[rule.polarity]}:** ${escapeMarkdown(rule.text)}\n\n${where}`;
  });
  if (matches.length > maxRules) texts.push(`${matches.length - maxRules} more rules are scoped to this file.`);
  return texts.join("\n\n");
}

import { relative, resolve, sep } from "node:path";
import { InputError } from "../core/base/errors";
import { groupBy } from "../core/base/groupBy";
import { type RuleRow, ruleRows } from "../core/report/ruleRows";
import type { RuleMatch } from "../core/rules/rule";
import type { Workspace } from "../host/workspace";
import { plural } from "./scanText";
import { colorsFor, wrap } from "./terminal";

/** The rules of a folder that was read, or those that apply at one place. */
export function listRules(workspace: Workspace, options: { for?: string; format: string }): string {
  const matches = options.for === undefined ? undefined : rulesAt(workspace, options.for);
  const rules = matches ? matches.map(({ rule }) => rule) : workspace.rules.all;
  const rows = ruleRows(rules, workspace.analysis().rules);
  if (options.format === "json") return `${JSON.stringify(rows, null, 2)}\n`;
  return rulesText(rows, matches ? matches.map(({ why }) => why) : []);
}

/** @throws InputError */
function rulesAt(workspace: Workspace, place: string): RuleMatch[] {
  const [, file, lineText] = /^(.*?)(?::(\d+))?$/.exec(place) as RegExpExecArray;
  const inRoot = relative(workspace.root, resolve(workspace.root, file as string))
    .split(sep)
    .join("/");
  if (inRoot.startsWith("../")) throw new InputError(`${place}: is outside ${workspace.root}`);
  const summary = workspace.analysis().model.files.get(inRoot);
  if (!summary) throw new InputError(`${place}: no such source file, or one that Fathom leaves out`);
  const line = lineText === undefined ? undefined : Number(lineText) - 1;
  if (line !== undefined && (line < 0 || line >= summary.lineStarts.length))
    throw new InputError(`${place}: the file has ${plural(summary.lineStarts.length, "line")}`);
  return workspace.rulesAt(inRoot, line);
}

/** @param why for each row, why it applies; empty when nobody asked for a place */
function rulesText(rows: readonly RuleRow[], why: readonly string[]): string {
  const colors = colorsFor(process.stdout);
  const width = Math.max(40, (process.stdout.columns ?? 100) - 6);
  const reasons = new Map(rows.map((row, i) => [row, why[i]]));
  const blocks = [...groupBy(rows, (row) => row.source.path)].map(([path, inFile]) => {
    const lines = inFile.flatMap((row) => {
      const reason = reasons.get(row);
      return [
        ...wrap(`${String(row.source.line).padStart(4)}  ${row.polarity.padEnd(8)}  ${row.text}`, width),
        ...(row.meaning ? [colors.dim(`      checked: ${row.meaning} ${countsOf(row)}`)] : []),
        ...(row.status === "stale" ? [colors.dim("      stale: see `fathom scan`")] : []),
        ...(reason ? [colors.dim(`      applies here: it ${reason}`)] : []),
      ];
    });
    return `${colors.underline(path)}\n${lines.join("\n")}\n`;
  });
  const enforced = rows.filter(({ enforcement }) => enforcement !== null).length;
  const broken = rows.filter(({ violations }) => violations > 0).length;
  const total = `${plural(rows.length, "rule")}, ${enforced} enforced, ${broken} broken`;
  return `${blocks.join("\n")}${blocks.length > 0 ? "\n" : ""}${total}\n`;
}

function countsOf({ matches, violations }: RuleRow): string {
  return violations === 0 ? `(${plural(matches, "place")})` : `(${plural(matches, "place")}, ${violations} against it)`;
}

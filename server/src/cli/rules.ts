import { relative, resolve, sep } from "node:path";
import { InputError } from "../core/base/errors";
import { groupBy } from "../core/base/groupBy";
import type { Rule, RuleMatch } from "../core/rules/rule";
import { readSettingsFile } from "../host/settingsFile";
import { Workspace } from "../host/workspace";
import { plural } from "./scanText";
import { colorsFor, printNotices, wrap } from "./terminal";

/** The rules of a folder, or those that apply at one place. */
export async function listRules(
  path: string,
  options: { for?: string; format: string },
  isVerbose: boolean,
): Promise<string> {
  const root = resolve(path);
  const { settings } = await readSettingsFile(root);
  const workspace = await Workspace.open(root, settings);
  await workspace.reloadRules();
  const matches = options.for === undefined ? undefined : await rulesAt(workspace, options.for);
  const rules = matches ? matches.map(({ rule }) => rule) : workspace.rules.all;
  printNotices(workspace.notices, isVerbose);
  if (options.format === "json") return `${JSON.stringify(rules, null, 2)}\n`;
  const why = new Map(matches?.map(({ rule, why }) => [rule, why]));
  return rulesText(rules, why);
}

async function rulesAt(workspace: Workspace, place: string): Promise<RuleMatch[]> {
  const [, file, lineText] = /^(.*?)(?::(\d+))?$/.exec(place) as RegExpExecArray;
  const inRoot = relative(workspace.root, resolve(workspace.root, file as string))
    .split(sep)
    .join("/");
  if (inRoot.startsWith("../")) throw new InputError(`${place}: is outside ${workspace.root}`);
  const facts = await workspace.factsOf(inRoot);
  if (!facts) throw new InputError(`${place}: cannot be read`);
  const line = lineText === undefined ? undefined : Number(lineText) - 1;
  if (line !== undefined && (line < 0 || line >= facts.lineStarts.length))
    throw new InputError(`${place}: the file has ${plural(facts.lineStarts.length, "line")}`);
  return workspace.rulesAt(inRoot, line);
}

function rulesText(rules: readonly Rule[], why: ReadonlyMap<Rule, string>): string {
  const colors = colorsFor(process.stdout);
  const width = Math.max(40, (process.stdout.columns ?? 100) - 6);
  const blocks = [...groupBy(rules, (rule) => rule.source.path)].map(([path, inFile]) => {
    const lines = inFile.flatMap((rule) => {
      const reason = why.get(rule);
      return [
        ...wrap(`${String(rule.source.line).padStart(4)}  ${rule.polarity.padEnd(8)}  ${rule.text}`, width),
        ...(reason ? [colors.dim(`      applies here: it ${reason}`)] : []),
      ];
    });
    return `${colors.underline(path)}\n${lines.join("\n")}\n`;
  });
  return `${blocks.join("\n")}${blocks.length > 0 ? "\n" : ""}${plural(rules.length, "rule")}\n`;
}

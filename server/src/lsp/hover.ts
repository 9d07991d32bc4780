import { setTimeout } from "node:timers/promises";
import type { Hover, Position } from "vscode-languageserver";
import type { Cancellation } from "../core/base/cancellation";
import { rangeOf } from "../core/base/text";
import type { FunctionSummary } from "../core/model/fileSummary";
import { reachingFiles } from "../core/model/graph/changeRadius";
import { functionAt, linkedFunction, signOffOf } from "../core/model/workspaceModel";
import { escapeMarkdown, quoted } from "../core/report/brief";
import { detectorUrl } from "../core/report/links";
import { signOffText } from "../core/report/signOffText";
import type { Rule, RuleMatch } from "../core/rules/rule";
import type { RuleOrigin } from "../host/history/ruleHistory";
import type { Folder } from "./folder";
import { originText } from "./ruleText";

/** A hover is read in passing; the brief has all of them. */
const maxRules = 6;
const maxCallers = 3;
/** In characters. */
const maxExplanation = 1500;
const divider = "\n\n---\n\n";
/** In milliseconds. */
const originPatience = 150;

/**
 * On the name of a function its evidence and every rule that applies to it; elsewhere the rules that name what stands
 * there.
 *
 * @param isAsked whether somebody is being quizzed on a function: of that one nothing is told
 */
export async function hoverAt(
  folder: Folder,
  path: string,
  position: Position,
  isAsked: (symbol: string) => boolean,
  cancellation: Cancellation,
): Promise<Hover | null> {
  const named = functionNamedAt(folder, path, position);
  if (named && isAsked(named.fn.symbol)) {
    return { contents: { kind: "markdown", value: "Covered while you are quizzed on it." } };
  }
  const rules = named
    ? folder.workspace.rulesOf(path, named.index)
    : folder.workspace.rulesAt(path, position.line, position.character);
  // While the analysis is behind the text, it may mean another function.
  const linked = named && folder.isCurrent(path) ? named : undefined;
  const parts = [
    linked && explanationText(folder, path, linked.index),
    linked && oracleText(folder, path, linked),
    linked && placeText(folder, path, linked.index),
    await rulesText(folder, rules, cancellation),
  ];
  const shown = parts.filter((part) => part !== undefined);
  return shown.length === 0 ? null : { contents: { kind: "markdown", value: shown.join(divider) } };
}

function functionNamedAt(
  folder: Folder,
  path: string,
  position: Position,
): { fn: FunctionSummary; index: number } | undefined {
  const file = folder.workspace.summaryOf(path);
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

/** What somebody has explained, in their own words. */
function explanationText(folder: Folder, path: string, index: number): string | undefined {
  const { model } = folder.workspace.analysis();
  const file = model.files.get(path);
  const signOff = file && signOffOf(model, file, index);
  if (!signOff) return undefined;
  const title = signOffText(signOff, new Date().getUTCFullYear());
  const text = signOff.text ?? "";
  const shown = text.length > maxExplanation ? `${text.slice(0, maxExplanation)}…` : text;
  return `**${escapeMarkdown(title.charAt(0).toUpperCase() + title.slice(1))}**${shown && `\n\n${quoted(shown)}`}`;
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
  const { model } = folder.workspace.analysis();
  const past = signOffOf(model, oracle.file, index)
    ? `\`${fn.name}\` is hard to explain`
    : `nobody has explained \`${fn.name}\``;
  const title = `**Oracle: ${past}** · rank ${oracle.rank} of ${oracles.size}`;
  return `${title} · [what is that?](${detectorUrl("oracle-function")})\n\n${lines.join("\n")}`;
}

/** Who calls it, from the whole workspace, and how far a change can be felt. */
function placeText(folder: Folder, path: string, index: number): string | undefined {
  const { model } = folder.workspace.analysis();
  const file = model.files.get(path);
  const linked = file && linkedFunction(model, file, index);
  if (!linked || linked.callers.length === 0) return undefined;
  const callers = linked.callers.slice(0, maxCallers).flatMap((id) => {
    const caller = model.functions.get(id);
    const found = caller && functionAt(model, caller);
    if (!found) return [];
    const line = 1 + rangeOf(found.file.lineStarts, found.fn.nameSpan).start.line;
    return [`[\`${found.fn.symbol}\`](${folder.uriOf(found.file.path)}#L${line})`];
  });
  const more = linked.callers.length > callers.length ? ` and ${linked.callers.length - callers.length} more` : "";
  const files = reachingFiles(model, linked).callers.length;
  const reach =
    files === 0 ? "" : files === 1 ? " · reached from 1 other file" : ` · reached from ${files} other files`;
  return `Called by ${callers.join(", ")}${more}${reach}`;
}

const polarityWords = { must: "Rule", "must-not": "Rule", prefer: "Preference", info: "Note" };

/** In a list below “Never”, an item alone would say the opposite. */
function labelOf({ polarity, text }: Rule): string {
  const isSilent = polarity === "must-not" && !/\b(?:never|not|no|don['’]t|avoid|without)\b/i.test(text);
  return isSilent ? "Rule (never)" : polarityWords[polarity];
}

async function rulesText(
  folder: Folder,
  matches: readonly RuleMatch[],
  cancellation: Cancellation,
): Promise<string | undefined> {
  if (matches.length === 0) return undefined;
  const shown = matches.slice(0, maxRules);
  const origins = await Promise.all(shown.map(({ rule }) => originSoon(folder, rule, cancellation)));
  const texts = shown.map(({ rule, why }, i) => {
    const { path, line } = rule.source;
    const where = `[${path}:${line}](${folder.uriOf(path)}#L${line}), ${escapeMarkdown(why)}`;
    const origin = origins[i];
    const told = `**${labelOf(rule)}:** ${escapeMarkdown(rule.text)}\n\n${where}`;
    return origin ? `${told}\n\n${originText(origin)}` : told;
  });
  if (matches.length > maxRules) texts.push(`${matches.length - maxRules} more rules apply to this function.`);
  return texts.join(divider);
}

/** Git may take its time: the hover does not wait for it, the next one has it. */
async function originSoon(folder: Folder, rule: Rule, cancellation: Cancellation): Promise<RuleOrigin | undefined> {
  const origin = folder.workspace.rules.originOf(rule, cancellation).catch(() => undefined);
  return Promise.race([origin, setTimeout(originPatience, undefined, { ref: false })]);
}

import { groupBy } from "../base/groupBy";
import type { NewDependency } from "../dependencies/newDependencies";
import type { Finding } from "../model/finding";
import { personName } from "../model/signOff";
import { type ChangedFunction, isUnsettled } from "./changedFunctions";
import { type CheckReport, functionsToTell } from "./checkReport";
import { detectorUrl } from "./links";
import { signOffText } from "./signOffText";

const marks: Readonly<Record<Finding["severity"], string>> = { error: "🔴", warning: "🟡", info: "🔵" };
/** A comment beyond this is not read, and forges refuse it. */
const maxShown = 50;
const maxFunctions = 30;
const maxDependencies = 50;

/** What a change is answerable for, as a comment on a pull request. */
export function checkMarkdown({ base, findings, functions, dependencies }: CheckReport): string {
  const unsettled = functions.filter(isUnsettled).length;
  const unapproved = dependencies.filter(({ approved }) => !approved).length;
  const counts = [
    ...(findings.length > 0 ? [plural(findings.length, "finding")] : []),
    ...(unsettled > 0 ? [`${plural(unsettled, "function")} to explain`] : []),
    ...(unapproved > 0 ? [`${unapproved} ${unapproved === 1 ? "dependency" : "dependencies"} to approve`] : []),
  ];
  const title = `### Fathom: ${counts.join(", ") || "nothing to say"}`;
  const shown = findings.slice(0, maxShown);
  const blocks = [...groupBy(shown, ({ path }) => path)].map(([path, inFile]) => {
    const items = inFile.map(({ severity, range, message, detector }) => {
      const text = message.replace(/\s+/g, " ").replace(/[<>]/g, (mark) => (mark === "<" ? "&lt;" : "&gt;"));
      return `- ${marks[severity]} line ${range.start.line + 1}: ${text} ([${detector}](${detectorUrl(detector)}))`;
    });
    return `**${plain(path)}**\n${items.join("\n")}`;
  });
  const more = findings.length > maxShown ? [`${findings.length - maxShown} more are not shown.`] : [];
  const parts = [
    title,
    `Changes since \`${base.slice(0, 12)}\`.`,
    ...blocks,
    ...more,
    ...functionTable(functions),
    ...dependencyList(dependencies),
  ];
  return `${parts.join("\n\n")}\n`;
}

function dependencyList(dependencies: readonly NewDependency[]): string[] {
  if (dependencies.length === 0) return [];
  const items = dependencies.slice(0, maxDependencies).map(({ dependency, path, line, approved }) => {
    const state = approved ? `approved by ${cell(personName(approved.by))}` : "❗ nobody has approved it";
    return `- ${plain(dependency)} in ${plain(`${path}:${line}`)}: ${state}`;
  });
  const left = dependencies.length - items.length;
  return ["**New dependencies**", `${items.join("\n")}${left > 0 ? `\n- ${left} more` : ""}`];
}

function functionTable(functions: readonly ChangedFunction[]): string[] {
  const { told, others } = functionsToTell(functions);
  if (told.length === 0) return [];
  const rows = told.slice(0, maxFunctions).map((fn) => {
    const mark = isUnsettled(fn) ? "❗ " : "";
    const now = `${signOffText(fn.signOff.after)}${fn.oracle.after ? ", oracle" : ""}`;
    return `| ${mark}${plain(fn.name)} | ${plain(`${fn.path}:${fn.startLine}`)} | ${fn.change} | ${cell(signOffText(fn.signOff.before))} | ${cell(now)} |`;
  });
  const left = told.length - rows.length + others;
  const table = ["| Function | Where | What it does | Before | Now |", "|---|---|---|---|---|", ...rows].join("\n");
  return [
    "**Who can explain it**",
    table,
    ...(left > 0 ? [`${plural(left, "other changed function")} ${left === 1 ? "is" : "are"} not listed.`] : []),
  ];
}

/** Text of a repository as code in a cell of a table. */
function plain(text: string): string {
  return `\`${text.replace(/[\s|]+/g, " ").replaceAll("`", "'")}\``;
}

/** Names stand there: they must not become links, mentions or HTML. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]()<>|!@#~]/g, (mark) => `&#${mark.codePointAt(0)};`);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

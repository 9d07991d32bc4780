import { visible } from "../core/base/visible";
import type { NewDependency } from "../core/dependencies/newDependencies";
import { personName } from "../core/model/signOff";
import { type ChangedFunction, isUnsettled } from "../core/report/changedFunctions";
import { type CheckReport, functionsToTell } from "../core/report/checkReport";
import { signOffText } from "../core/report/signOffText";
import { plural } from "./scanText";
import type { Colors } from "./terminal";

/** On a terminal, more are counted. */
const maxShown = 40;

/** Which changed functions somebody can explain, those that nobody can first. Empty where there is nothing to tell. */
export function functionsText({ functions }: CheckReport, colors: Colors): string {
  const { told, others } = functionsToTell(functions);
  if (told.length === 0) return "";
  const shown = told.slice(0, maxShown).map((fn) => line(fn, colors));
  const left = told.length - shown.length + others;
  const more = left > 0 ? [colors.dim(`  ${plural(left, "other changed function")}`)] : [];
  return `${[colors.underline("Who can explain it"), ...shown, ...more].join("\n")}\n`;
}

function line(fn: ChangedFunction, colors: Colors): string {
  const { before, after } = fn.signOff;
  const now = `${signOffText(after)}${fn.oracle.after ? ", an oracle" : ""}`;
  const past = fn.change === "new" ? "new" : signOffText(before);
  const place = colors.dim(`${fn.path}:${fn.startLine}`);
  return `  ${colors.bold(fn.name)} ${place}\n           ${past} → ${isUnsettled(fn) ? colors.yellow(now) : now}`;
}

/** What the change makes the project depend on. Empty where that is nothing. */
export function dependenciesText({ dependencies }: CheckReport, colors: Colors): string {
  if (dependencies.length === 0) return "";
  const shown = dependencies.slice(0, maxShown).map((one) => dependencyLine(one, colors));
  const left = dependencies.length - shown.length;
  const more = left > 0 ? [colors.dim(`  ${left} more`)] : [];
  return `${[colors.underline("New dependencies"), ...shown, ...more].join("\n")}\n`;
}

function dependencyLine({ path, line: at, dependency, approved }: NewDependency, colors: Colors): string {
  const name = visible(dependency);
  const state = approved
    ? `approved by ${personName(approved.by)}`
    : `${colors.yellow("nobody has approved it")} (fathom approve '${path}#${name}' --reason "...")`;
  return `  ${colors.bold(name)} ${colors.dim(`${path}:${at}`)}\n           ${state}`;
}

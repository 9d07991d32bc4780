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

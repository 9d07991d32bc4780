import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import type { Notice } from "../core/base/notice";
import type { Severity } from "../core/model/finding";

/** What a team decides for everybody, in the repository. */
export const teamConfigPath = ".fathom/config.json";

/** How `fathom check` decides. */
export interface CheckPolicy {
  /** Fail on changed functions nobody can explain, and on sign-offs in somebody else's name. */
  blocking: boolean;
  /** Fail on findings at least this severe. */
  failOn?: Severity;
}

/** The gravest first. */
export const severities: readonly Severity[] = ["error", "warning", "info"];

/** Reads `{ "check": { "blocking": true, "failOn": "error" } }`. What is wrong gets a notice and does not count. */
export function readTeamConfig(text: string): { check: CheckPolicy; notices: Notice[] } {
  const notices: Notice[] = [];
  const warn = (message: string) => notices.push({ severity: "warning", path: teamConfigPath, message });
  const errors: ParseError[] = [];
  const config = objectOf(parse(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true }));
  if (errors[0] || !config) warn(`Not valid JSON${errors[0] ? ` (${printParseErrorCode(errors[0].error)})` : ""}.`);
  for (const key of Object.keys(config ?? {}))
    if (key !== "check") warn(`There is no \`${key}\` here, only \`check\`.`);
  const check = objectOf(config?.check);
  if (config?.check !== undefined && !check) warn("`check` must be an object.");
  for (const key of Object.keys(check ?? {}))
    if (key !== "blocking" && key !== "failOn") warn(`There is no \`check.${key}\`.`);
  const { blocking, failOn } = check ?? {};
  if (blocking !== undefined && typeof blocking !== "boolean") warn("`check.blocking` must be true or false.");
  if (failOn !== undefined && !isSeverity(failOn)) warn("`check.failOn` must be error, warning or info.");
  return {
    check: { blocking: blocking === true, ...(isSeverity(failOn) && { failOn }) },
    notices,
  };
}

function isSeverity(value: unknown): value is Severity {
  return severities.includes(value as Severity);
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

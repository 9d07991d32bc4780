import type { Check, ForbiddenCommand } from "../check";
import type { Piece } from "../markdown";
import { isCommand } from "../names";
import { looksLikeCommand } from "./named";
import type { Sentence } from "./tokens";

/** "`crate pack --all`, never `--dry`": a flag is one of the command before it. */
export function afterCommand(check: Check, before: Sentence): Check {
  if (check.form !== "forbidden-command" || !areFlags(check)) return check;
  const named = before.findLast(({ kind, text }) => kind === "code" && (isCommand(text) || looksLikeCommand(text)));
  const command = named && /^[^-<\s]\S*(?: [\w:./-]*\w(?=\s|$))*/.exec(named.text.replace(/ -.*$/s, ""))?.[0];
  return command === undefined ? check : withFlags(check, command);
}

/**
 * "Use `--with-lease` rather than `--force`" after "`pier push --with-lease`": a flag of the program that is named;
 * `undefined` for one that many programs have, and none is named.
 */
export function ofProgram(check: ForbiddenCommand, pieces: readonly Piece[]): ForbiddenCommand | undefined {
  if (!areFlags(check)) return check;
  const flags = [...check.commands, ...(check.instead ?? [])];
  const line = pieces
    .flatMap(({ text, code }) => (code && /^\w/.test(text) ? [text.split(/\s+/)] : []))
    .find((words) => words.some((word) => flags.includes(word)));
  const program = line
    ?.slice(
      0,
      line.findIndex((word) => word.startsWith("-")),
    )
    .join(" ");
  if (program) return withFlags(check, program);
  return check.commands.some((flag) => /^--?[a-z]+$/.test(flag)) ? undefined : check;
}

function areFlags({ commands }: ForbiddenCommand): boolean {
  return commands.every((command) => command.startsWith("-"));
}

function withFlags(check: ForbiddenCommand, command: string): ForbiddenCommand {
  return { ...check, commands: check.commands.map((flag) => `${command} ${flag}`) };
}

import { code } from "../../base/markdown";
import type { CallSummary, FileSummary } from "../../model/fileSummary";
import type { ForbiddenCommand } from "../check";
import { forbiddenCommands, isChoiceOfManager, runsAny } from "./commands";
import { heldToConduct } from "./conduct";
import type { FileForm } from "./form";
import { type Governed, subjectOf } from "./outcome";

/** Functions that start a program whose name and arguments they are given. */
const starts =
  /(?:^|\.)(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|execa|execaSync|execaCommand|system|popen|Popen|check_call|check_output|create_subprocess_exec|create_subprocess_shell|CommandContext|ProcessBuilder|StartProcess)$|^(?:subprocess\.(?:run|call)|exec\.Command|run)$/;

/** A command that code starts, where its words are written at the call. */
export const commandsInCode: FileForm<ForbiddenCommand> = function* (check, file, rule): Generator<Governed> {
  // What else it is given may stand in a variable.
  if (!heldToConduct(rule, check)(file.path) || isChoiceOfManager(check) || check.without) return;
  const forbidden = forbiddenCommands(check);
  for (const { call, fn } of callsOf(file)) {
    if (!starts.test(call.callee)) continue;
    const words = call.arguments.flatMap(wordsIn);
    if (words.length === 0 || !runsAny({ words }, forbidden, { rule, check })) continue;
    const claim = `${subjectOf(file, fn)} runs ${code(words.join(" "))}`;
    const span = { start: call.start, end: call.end };
    yield { file, span, offence: { claim, file, fn, span } };
  }
};

function* callsOf(file: FileSummary): Generator<{ call: CallSummary; fn: number }> {
  for (const [fn, { calls }] of file.functions.entries()) for (const call of calls) yield { call, fn };
  for (const call of file.calls) yield { call, fn: -1 };
}

/** The words of a string literal. */
function wordsIn(argument: string): string[] {
  if (!argument.startsWith('"') || !argument.endsWith('"')) return [];
  return argument
    .slice(1, -1)
    .split(/\s+/)
    .filter((word) => word !== "");
}

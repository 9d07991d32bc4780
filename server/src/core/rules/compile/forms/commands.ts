import { isCommand, isPath } from "../../names";
import { type CheckForm, checkForms } from "../form";
import { areTools, looksLikeCommand } from "../named";
import { qualified } from "../qualified";
import { readQualifiedTail } from "../tail";
import { forbiddenCommand } from "./forbidden";

/** Commands nobody runs. */
export const commandForms: readonly CheckForm[] = [...runnersInWords(), ...namedCommands()];

/** "Use tox for testing (not pytest directly)": programs everybody knows by name. */
function runnersInWords(): CheckForm[] {
  return checkForms(
    [
      "{useit} <+tool> for testing|tests|linting|formatting|builds|building|everything ,|;|—|( not|never {run?} <+runner> )? <*tail>",
      "{useit} <y> for testing|tests|linting|formatting|builds|building|everything ,|;|—|( not|never {run?} <+runner> )? <*tail>",
    ],
    (captures, following) => {
      const [runner = "", manner] = (captures.rest.runner ?? []).map(({ text }) => text);
      const tool = captures.names.y?.texts ?? captures.rest.tool?.map(({ text }) => text) ?? [];
      const isKnown = RUNNERS.has(runner) && (manner === undefined || manner === "directly") && tool.length === 1;
      const isWhole = captures.rest.tail?.[0]?.text !== "directly";
      const tail = isKnown && isWhole ? readQualifiedTail(captures.rest.tail ?? [], following) : undefined;
      const check = tail && forbiddenCommand([runner], { ...tail, instead: tool });
      return check && qualified(check, manner);
    },
  );
}

const RUNNERS = new Set("pytest unittest jest vitest mocha eslint prettier mypy flake8 ruff tsc javac".split(" "));

function namedCommands(): CheckForm[] {
  return checkForms(
    [
      "{not} :? bypass|skip|disable|use {like?} <+what> ( <x> <*tail>",
      "{not} :? bypass|skip|disable it|them|hooks|checks|this? with|via|using <x> <*tail>",
      "{not} :? bypass|skip|disable <+what> with|via|using <x> <*tail>",
      "{not} :? {run} <x> <*tail>",
      "{not} :? {run} <x> or|and <+other>",
      "{not} :? {run} <x> or|and <+other> separately|directly|individually|manually",
      "{not} :? {run} <+kind> like|such|( as? <x> <*tail>",
      "{not} :? {run} <+kind> through|via|with <x> <*tail>",
      "{not} commands? <x> <*tail>",
      "{not} :? install|build|test|publish|deploy|format|lint|invoke packages|dependencies|anything|code|it|tests? with|via|using|through <x> <*tail>",
      "<x> {mustnot} be? run|executed|used|invoked <*tail>",
      "<x> command|commands? {forbidden} <*tail>",
      "<+what> : {mustnot} {run} <x> <*tail>",
    ],
    ({ names, rest }, following) => {
      const commands = names.x?.texts ?? [];
      const tail = readQualifiedTail(rest.tail ?? [], following);
      const areCommands = commands.length > 0 && commands.every((text) => isCommandLine(text) || areTools([text]));
      return areCommands && commands.some((text) => !KEYWORDS.has(text)) && tail
        ? forbiddenCommand(commands, tail)
        : undefined;
    },
  );
}

/** Programs that are words as well. */
const KEYWORDS = new Set(["make", "next", "task", "find", "source", "export", "test"]);

function isCommandLine(text: string): boolean {
  return (
    ((isCommand(text) || looksLikeCommand(text)) && /\s/.test(text)) || isProgram(text) || /^--[a-z][\w-]+$/.test(text)
  );
}

/** A path that is run: a script, or the directory of a program. */
function isProgram(text: string): boolean {
  return (
    isPath(text) &&
    (/\.(?:sh|bat|ps1|py|js|mjs|ts|rb)$/.test(text) || /(?:^|\/)(?:cmd|bin|scripts?|tools)\/[\w-]+\/?$/.test(text))
  );
}

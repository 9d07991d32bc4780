import type { Check } from "../../check";
import { isCommand } from "../../names";
import { type CheckForm, checkForms } from "../form";
import { looksLikeCommand } from "../named";
import type { NameList } from "../pattern";
import { readQualifiedTail } from "../qualifiedTail";
import type { Sentence } from "../tokens";
import { forbiddenCommand } from "./banned";

/** "Always pass `--frozen` to `crate sync`": what a command is not run without. */
export const argumentForms: readonly CheckForm[] = [
  ...checkForms(
    [
      "always|must? pass|use|add|include|specify|set the? <flag> when|to|with|in|for|on running|using|calling|invoking|executing? tools|commands|scripts? with|via|through? <command> <*tail>",
      "always|must? run|call|invoke|execute|use <command> with the? <flag> <*tail>",
      "<command> must|should always? be? run|called|invoked|used with the? <flag> <*tail>",
      "{not} {run} <command> without passing|specifying|using? the? <flag> <*tail>",
      "{not} omit|drop|forget the? <flag> when|from|on|in running|calling? <command> <*tail>",
    ],
    ({ names, rest }, following) => neverWithout(names.command, names.flag?.texts, rest.tail, following),
  ),
  // "Use `crate push origin HEAD`, not just `crate push`"
  ...checkForms(
    [
      "always|only? use|run <whole> to|for <+purpose> ,|;|(|—? not|never|instead of? just|only|a|bare|plain? <command> <*tail>",
      "always|only? use|run <whole> ,|;|(|—? not|never|instead of? just|only|a|bare|plain? <command> <*tail>",
      "sign|sign-off off? all|every|each|your? commits|commit with|using|via <whole> <*tail>",
      "all|every|each? commits|commit must|should be signed off|off? with|using|via|( <whole> <*tail>",
      "commits|commit must|should be signed-off with|using|via|( <whole> <*tail>",
    ],
    ({ names, rest }, following) => {
      const [whole = "", ...more] = names.whole?.texts ?? [];
      const command = names.command ?? { texts: ["git commit"], noun: undefined };
      const [start = ""] = command.texts;
      if (more.length > 0 || !whole.startsWith(`${start} `)) return undefined;
      return neverWithout(command, whole.slice(start.length).trim().split(/\s+/), rest.tail, following);
    },
  ),
];

function neverWithout(
  command: NameList | undefined,
  given: readonly string[] | undefined,
  tail: Sentence | undefined,
  following: readonly Sentence[],
): Check | undefined {
  const read = readQualifiedTail(SAYS_WHY.test(tail?.[0]?.text ?? "") ? [] : (tail ?? []), following);
  const commands = command?.texts ?? [];
  const areCommands = commands.length > 0 && commands.every((text) => isCommand(text) || looksLikeCommand(text));
  if (read === undefined || !areCommands || !given?.length || !given.every((text) => ARGUMENT.test(text)))
    return undefined;
  const check = forbiddenCommand(commands, { ...read, instead: [] });
  return check && { ...check, without: [...given] };
}

const SAYS_WHY = /^(?:to|so|because|since)$/;
/** A flag, with its value at most, or a word; nothing that stands for something else. */
const ARGUMENT = /^(?:--?[a-zA-Z][\w-]*(?:=[\w./:-]+)?|[A-Za-z][\w/.-]*)$/;

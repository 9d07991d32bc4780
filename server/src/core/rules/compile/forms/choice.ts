import type { Check } from "../../check";
import { rivalManagers, rivalsOf } from "../choices";
import { type CheckForm, checkForms } from "../form";
import type { NameList } from "../pattern";
import { readTail } from "../tail";
import { type Sentence, sentenceText } from "../tokens";

/** "Use `zod` for validation": what a project uses one of for a purpose. */
export const choiceForms: readonly CheckForm[] = [
  ...checkForms(
    [
      "{useit} <tool> only? for|as|to <+purpose> <*tail>",
      "{useit} <tool> only? for|as|to <+purpose> and|, <+others> for <+more>",
      "{useit} <tool> only? for|as|to <+purpose> and|, <others> for <+more>",
      "<tool> only for <+purpose> <*tail>",
      "<tool> is|are used for <+purpose> <*tail>",
      "for <+purpose> ,? {useit} <tool> <*tail>",
      "<+purpose> : {useit} <tool> <*tail>",
      "<+purpose> must|should? always? use|uses|go|goes|done through|with? <tool> <*tail>",
      "all <+purpose> with|via|through|in|using <tool> <*tail>",
    ],
    ({ names, rest }, following) => chosen(toolIn(names.tool), rest.purpose, rest.tail, following),
  ),
  ...checkForms(
    [
      "{useit} <+tool> only? for|as <+purpose> <*tail>",
      "{useit} <+tool> only? for|as <+purpose> and|, <+others> for <+more>",
      "<+tool> is|are used for <+purpose> <*tail>",
      "for <+purpose> ,? {useit} <+tool> <*tail>",
      "<+purpose> : {useit} <+tool> <*tail>",
      "<+purpose> must|should? always? use|uses <+tool> <*tail>",
    ],
    ({ rest }, following) => chosen(rest.tool && sentenceText(rest.tool), rest.purpose, rest.tail, following),
  ),
  ...checkForms(
    [
      "{useit} <tool> <*tail>",
      "package manager :|is|— {useit?} <tool> <*tail>",
      "package manager is always <tool> <*tail>",
      "the package manager is <tool> <*tail>",
      "ensure|ensuring that? <tool> is used <*tail>",
      "make sure that? <tool> is used <*tail>",
      "make sure to use <tool> <*tail>",
      "this project|repo|repository|monorepo|workspace uses <tool> <*tail>",
      "<tool> only <*tail>",
    ],
    ({ names, rest }, following) => managed(toolIn(names.tool), rest.tail, following),
  ),
];

function toolIn(list: NameList | undefined): string | undefined {
  return list?.texts.length === 1 ? list.texts[0]?.replace(/^["']|["']$/g, "") : undefined;
}

function chosen(
  tool: string | undefined,
  purpose: Sentence | undefined,
  tail: Sentence | undefined,
  following: readonly Sentence[],
): Check | undefined {
  const found = tool === undefined || purpose === undefined ? undefined : rivalsOf(tool, wordsOf(purpose));
  return found && forbidding(tool as string, found, tail, following);
}

function managed(
  tool: string | undefined,
  tail: Sentence | undefined,
  following: readonly Sentence[],
): Check | undefined {
  const found = tool === undefined ? undefined : rivalManagers(tool);
  return found && forbidding(tool as string, found, withoutPreference(tail ?? []), following);
}

function forbidding(
  tool: string,
  { names, choice }: NonNullable<ReturnType<typeof rivalsOf>>,
  rest: Sentence | undefined,
  following: readonly Sentence[],
): Check | undefined {
  const tail = readTail(rest ?? [], following);
  if (tail === undefined || tail.inside !== undefined || tail.outside !== undefined || names.length === 0)
    return undefined;
  if (choice.commands)
    return Object.keys(tail.scope).length > 0
      ? undefined
      : { form: "forbidden-command", commands: names, instead: [tool] };
  const scope = { languages: [...choice.languages], ...tail.scope };
  return { form: "forbidden-import", names, instead: [tool], scope };
}

/** "(preferred over `npm` or `yarn`)", ", not `npm`" */
function withoutPreference(tail: Sentence): Sentence {
  const text = wordsOf(tail);
  return /^(?:, |\( |— |; )?(?:preferred over|instead of|in place of|not|never|no|over|instead of|do not use|never use|and not|rather than) (?:(?:npm|yarn|pnpm|bun|pip|poetry|pipenv|conda|npx|or|and|use|\/|,) ?)+\)?$/.test(
    text,
  )
    ? []
    : tail;
}

function wordsOf(sentence: Sentence): string {
  return sentence
    .map(({ text }) => text)
    .join(" ")
    .replace(/ \/ /g, "/");
}

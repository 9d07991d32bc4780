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
      "<tool> only? for <+purpose> <*tail>",
      "{useit} <tool> ( <note> ) for|as <+purpose> <*tail>",
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
      "<+tool> for <+purpose> <*tail>",
      "{useit} <+tool> ( <note> ) for|as <+purpose> <*tail>",
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
      "this|the? project|repo|repository|monorepo|workspace? uses <tool> as|for the|its|our? package|dependency manager|management <*tail>",
      "this|the? project|repo|repository|monorepo|workspace? uses <tool> workspaces <*tail>",
      "dependencies|packages are|is? installed|managed via|with|using|by|through <tool> <*tail>",
      "<tool> only <*tail>",
    ],
    ({ names, rest }, following) => managed(toolIn(names.tool), rest.tail, following),
  ),
  ...checkForms(
    [
      "this|the? project|repo|repository|monorepo|workspace? uses <+tool> as|for the|its|our? package|dependency manager|management <*tail>",
      "package manager :|is|— {useit?} <+tool> <*tail>",
      "dependencies|packages are|is? installed|managed via|with|using|by|through <+tool> <*tail>",
    ],
    ({ rest }, following) => managed(rest.tool && sentenceText(rest.tool), rest.tail, following),
  ),
  ...checkForms(
    [
      "{useit} <+tool> assertions|matchers",
      "{useit} <+tool> assertions|matchers ,|;|(|—|over|instead not|never|of? <+other>",
    ],
    ({ rest }, following) => chosen(rest.tool && sentenceText(rest.tool), ASSERTIONS, [], following),
  ),
  ...checkForms(
    ["test|testing? framework|runner :|is|— <tool> <*tail>", "test|testing? framework|runner :|is|— <+tool> <*tail>"],
    ({ names, rest }, following) =>
      chosen(toolIn(names.tool) ?? (rest.tool && sentenceText(rest.tool)), TESTING, rest.tail, following),
  ),
];

const TESTING: Sentence = [{ kind: "word", text: "testing" }];
const ASSERTIONS: Sentence = [{ kind: "word", text: "assertions" }];

function toolIn(list: NameList | undefined): string | undefined {
  return list?.texts.length === 1 ? list.texts[0]?.replace(/^["']|["']$/g, "") : undefined;
}

function chosen(
  tool: string | undefined,
  purpose: Sentence | undefined,
  tail: Sentence | undefined,
  following: readonly Sentence[],
): Check | undefined {
  if (tool === undefined || purpose === undefined) return undefined;
  const words = wordsOf(purpose);
  const found = [words, words.replace(DONE_WITH, ""), ...(OF_TESTS.test(words) ? ["mocking", "assertions"] : [])]
    .map((each) => rivalsOf(tool, each))
    .find((each) => each !== undefined);
  return found && forbidding(tool, found, withoutList(tail ?? []), following);
}

/** "date formatting": what is done is no other purpose. */
const DONE_WITH = / (?:formatting|parsing|manipulation|handling|operations|needs|purposes|frameworks?|library)$/;
/** What tests use may as well be a part of them. */
const OF_TESTS = /^(?:all |unit |integration )*tests?$/;

/** ", parsing, and manipulation" */
function withoutList(tail: Sentence): Sentence {
  const isList =
    tail[0]?.text === "," &&
    tail.length <= MAX_LIST &&
    tail.every(({ kind, text }) => kind !== "code" && (kind === "word" || text === ",") && !RESTRICTS.test(text));
  return isList ? [] : tail;
}

const MAX_LIST = 7;
const RESTRICTS =
  /^(?:in|for|when|if|unless|except|only|not|but|with|to|outside|under|from|where|never|no|instead|use|organized)$/;

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
  // "Use `tides/log` (not `tides/old/log`)" says itself what is not used.
  if (rest?.some(({ kind, text }) => kind === "code" && !names.includes(text))) return undefined;
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

import type { ChangeSubject, Check } from "../../check";
import { isPath, symbolOf } from "../../names";
import { readForms, sentenceForms } from "../form";
import type { NameList } from "../pattern";
import { qualified } from "../qualified";
import { type Sentence, sentenceText, wordsOf } from "../tokens";
import { filesChanged } from "./thingsChanged";

/** The check that `also` changes with `when`; `undefined` where one of them is not named or something else follows. */
export function accompany(
  when: NameList | undefined,
  also: NameList | undefined,
  tail: Sentence | undefined,
): Check | undefined {
  const [cause, effect] = [subjectOf(when), subjectOf(also)];
  if (cause === undefined || effect === undefined || !isDone(tail)) return undefined;
  // Each of several has to change; one subject with several paths is one of them.
  const each = [
    ...(effect.paths ?? []).map((path): ChangeSubject => ({ paths: [path] })),
    ...(effect.names ?? []).map((name): ChangeSubject => ({ names: [name] })),
  ];
  return { form: "must-accompany", when: cause, also: each };
}

/** Files, or what code declares; `undefined` for anything else. */
export function subjectOf(list: NameList | undefined): ChangeSubject | undefined {
  if (list === undefined) return undefined;
  const paths = list.texts.filter(isPlace);
  // What is outside of the workspace nobody sees.
  if (paths.some((path) => path.startsWith("../"))) return undefined;
  const names = list.texts.filter((text) => !isPlace(text)).map(symbolOf);
  if (!names.every((name) => name !== undefined)) return undefined;
  return { ...(paths.length > 0 && { paths }), ...(names.length > 0 && { names }) };
}

/** The path with what stands for any name as a pattern: `berths/<name>/`. */
export function withoutPlaceholders(path: string): string {
  return path.replace(/<[\w -]+>|\{[\w-]+\}|\[[\w-]+\]/g, "*").replace(/\*\/$/, "*/**");
}

/**
 * Files as a rule about editing writes them, where what is named can be nothing else: `.api` files, `LICENSE`,
 * `berth.props`, the submodule `pier`.
 */
export function editedPaths(list: NameList | undefined): string[] | undefined {
  if (list === undefined || list.texts.length === 0) return undefined;
  const areKinds = /^files?$/.test(list.noun ?? "");
  const areFiles = areKinds || list.texts.some(isPath);
  const areFolders = /^(?:submodules?|director(?:y|ies)|folders?|trees?)$/.test(list.noun ?? "");
  const paths = list.texts.map((given) => {
    // "`/tides/`": below the root of the workspace.
    const text = given.replace(/^\/(?=[\w.-]+\/)/, "");
    if (isPath(text)) return text;
    if (/[<{]\w+[>}]/.test(text) && /[\w>}]\.\w+$/.test(text) && (areKinds || isPath(withoutPlaceholders(text))))
      return withoutPlaceholders(text);
    if (areKinds && /^\*?\.[a-z]\w*(?:\.\w+)*$/.test(text)) return `**/*${text.replace(/^\*/, "")}`;
    if (areFiles && /^(?:[A-Z]{4,}|[\w-]*(?:\.[\w-]+)*\.(?:[a-z][a-z\d]{1,9}|\*))$/.test(text)) return text;
    return areFolders && /^[\w.-]+$/.test(text) ? `${text}/` : undefined;
  });
  return paths.every((path) => path !== undefined) ? paths : undefined;
}

/** What is changed is in the workspace: `templates/pier` is a folder there, and no package. */
function isPlace(text: string): boolean {
  return isPath(text) || /^[\w.-]+(?:\/[\w.-]+)+\/?$/.test(text);
}

/** The check, only where a reader finds the condition met. */
export function conditional(check: Check | undefined, condition: Sentence | undefined): Check | undefined {
  if (check?.form !== "must-accompany" || condition === undefined)
    return check && qualified(check, condition && sentenceText(condition));
  const meant = check.when.of === "code" ? filesChanged(wordsOf(condition)) : undefined;
  // "API types" beside `pnpm gen` are none of Go.
  const isOfGo = meant?.paths?.every((path) => path.endsWith("_types.go"));
  if (meant !== undefined && !(isOfGo && check.also.some(({ madeBy = "" }) => OF_OTHERS.test(madeBy))))
    return { ...check, when: meant };
  const [also, ...more] = check.also.flatMap(({ paths = [] }) => paths);
  const home = also && more.length === 0 ? folderOfAdded(wordsOf(condition), also) : undefined;
  return home === undefined
    ? qualified(check, sentenceText(condition))
    : { ...check, when: { paths: [home], added: true } };
}

/** Commands of other languages than Go. */
const OF_OTHERS = /^(?:npm|npx|pnpm|yarn|bun|bunx|deno|uv|uvx|poetry|python3?|\.?\/?mvnw?|\.?\/?gradlew?)\b/;

/** "adding a new e2e test", of `quay/e2e-tests/README.md`: the folder that is called as what is added. */
function folderOfAdded(condition: string, path: string): string | undefined {
  const [, thing] =
    /^(?:you )?(?:add|adding|create|creating|introduce|introducing) (?:(?:an?|any|the|new) )*([a-z][\w -]{2,30})$/.exec(
      condition,
    ) ?? [];
  const folder = /^(.*?([^/]+)\/)[^/]+$/.exec(path);
  return thing !== undefined && folder?.[2] !== undefined && kindOf(thing) === kindOf(folder[2])
    ? folder[1]
    : undefined;
}

function kindOf(words: string): string {
  return words
    .toLowerCase()
    .replace(/[-_ ]/g, "")
    .replace(/^(?:docs|docu\w+)$/, "doc")
    .replace(/s$/, "");
}

/** "that verify the change" */
export function withoutVerifying(tail: Sentence): Sentence {
  const text = wordsOf(tail);
  return /^(?:that|which|to) (?:verify|verifies|cover|covers|test|tests|prove|proves|validate|check) (?:it|them|the (?:change|changes|new code|code|behaviou?r|new behaviou?r))$/.test(
    text,
  )
    ? []
    : tail;
}

const TAILS = sentenceForms(
  [
    "in the same commit|pr|change|patch|diff <*tail>",
    "accordingly|together|too|well|both|simultaneously|manually|yourself <*tail>",
    "as well <*tail>",
    "to match|reflect|verify|document|describe|cover|mention <*tail>",
    "at the same time <*tail>",
    ",|;|:|—|(|because|since|so <*tail>",
  ],
  ({ rest }) => rest.tail ?? [],
);

/** Whether what follows an order restricts nothing: "in the same commit", "to match". */
export function isDone(tail: Sentence | undefined): boolean {
  let left = tail ?? [];
  for (;;) {
    const [first] = left;
    if (first === undefined) return true;
    const rest = readForms(TAILS, left);
    if (rest === undefined) return false;
    if (first.kind === "mark" || /^(?:because|since|so|to)$/.test(first.text)) return !RESTRICTS.test(wordsOf(rest));
    left = rest;
  }
}

/** Words that take back part of an order. */
export const RESTRICTS = /\b(?:unless|except|only|if|when|or)\b/;

/** Whether it is decided elsewhere that something changes: "if needed", "`a.md` or `b.md`". */
export function leavesOpen(sentence: Sentence): boolean {
  return sentence.some(({ text }) => LEAVES_OPEN.has(text));
}

const LEAVES_OPEN = new Set(
  "if when unless only optionally optional or needed necessary appropriate not e.g".split(" "),
);

/** No folder, no pattern, and nothing above the workspace. */
export function isOneFile(path: string): boolean {
  return /^(?!\.\.|~|\/)[^*<{[\s]*\.\w+$/.test(path);
}

/** Whether words tell of a change, and not of a state something may be in. */
export function isChange(words: string): boolean {
  return IS_CHANGE.test(words);
}

const IS_CHANGE =
  /^(?:(?:if|when|whenever) )?(?:(?:you|we|the|any|all|every|each) )*(?:add|chang|modif|introduc|creat|remov|renam|updat|edit|touch|new\b|mov|delet|alter|extend|releas|bump)|^(?:[\w-]+ ){0,3}(?:changes?|additions?)(?: (?:to|in|of|under) |$)/;

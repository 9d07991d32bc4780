import type { Check } from "../../check";
import { isCommand, isPath } from "../../names";
import { areDistinctive, opensWithCondition } from "../clauseBefore";
import { constructOfCode } from "../constructs";
import { withPlace } from "../context";
import { type CheckForm, checkForms, readForms, sentenceForms } from "../form";
import { namedThings } from "../named";
import type { Captures } from "../pattern";
import { qualified } from "../qualified";
import { rivalPair } from "../rivals";
import { replacements } from "../tail";
import { isPlainText } from "../texts";
import { type Sentence, sentenceText } from "../tokens";
import { AS_MEANT, forbid, IMPORT, NOWHERE, PAIRED, type Reading, UNLIKE_WORDS, USE, WORD } from "./readings";

/** "Use `y` instead of `x`", "`y`, not `x`", "Replace `x` with `y`". */
export function useInstead(): CheckForm[] {
  return [
    ...checkForms(
      [
        ...["instead of", "rather than", "in place of", "over"].flatMap((words) => [
          `{useit} <y> ${words} {use?} <x> <*tail>`,
          `{useit} <y> from <source> ${words} {use?} <x> <*tail>`,
          `{useit} <y> from <source> ,|;|:|—|(? and|but? {nay} <x> <*tail>`,
          `{useit} <+kind> like|such as? <y> ${words} {use?} <x> <*tail>`,
          `{useit} a|an|the|our? <+y> ${words} {use?} <x> <*tail>`,
        ]),
        `{useit} <y> ,|;|:|—|(? and|but? {nay} <x> <*tail>`,
        `{useit} <y> ( <+note> ) ,|;|:|—? and|but? {nay} <x> <*tail>`,
        `{useit} a|an|the|our? <+y> ,|;|—|( and|but? {nay} <x> <*tail>`,
        `prefer|prefers|favor|favour always? using? <y> over|to using? <x> <*tail>`,
        `prefer|prefers|favor|favour a|an|the|our? <+y> over|to using? <x> <*tail>`,
        `prefer|prefers|favor|favour <y> from <source> over|to <x> <*tail>`,
        `prefer|prefers|favor|favour <+what> ( {like?} <y> ) over|to <x> <*tail>`,
        `<y> is|are? preferred over|to using? <x> <*tail>`,
        `{useit} top-level|inline <y> over|instead|rather of|than? inline|top-level <x> <*tail>`,
        `prefer|prefers|favor|favour <y> over|to <+kind> like|such as? <x> <*tail>`,
        `prefer|prefers|favor|favour <y> from <source> over|to <+kind> like|such as? <x> <*tail>`,
        `instead of {use?} <x> ,? use|prefer|call|write <y> <*tail>`,
        `instead of {use?} <x> ,? the? <y> <+noun> must|should be used|called|preferred <*tail>`,
        `instead of {use?} <x> ,? the? <y> must|should be used|called|preferred <*tail>`,
        `{useit} <tool> with <y> ,|;|—|(? and|but? {nay} <x> <*tail>`,
        `{useit} <tool> : <y> instead|rather of|than {use?} <x> <*tail>`,
        `{useit} <tool> : <y> instead|rather of|than <+other> or <x> <*tail>`,
        `import|imports from <y> ,|;|:|—|(? and|but? {nay} <x> <*tail>`,
        `always? build|test|lint|format|install|deploy|release|publish|compile|generate|serve with|using|via|through <y> ,|;|—|(? and|but? {nay} <x> <*tail>`,
        `import|imports from <y> ,|;|:|—|(? and|but? {nay} from <x> <*tail>`,
        `{not} :? {use} <x> instead|rather of|than <y> <*tail>`,
        ...["instead of", "rather than", "in place of"].flatMap((words) => [
          `{useit} <y> ( <+note> ) ${words} {use?} <x> <*tail>`,
          `{useit} <y> ${words} <+other> or <x> <*tail>`,
          `{useit} <y> <+condition> ${words} {use?} <x> <*tail>`,
        ]),
        `prefer|prefers|favor|favour always? using? <y> <+condition> over using? <x> <*tail>`,
        `{useit} <y> <+condition> ,|;|—|( and|but? {nay} <x> <*tail>`,
        `<+condition> must|should|always? use|uses|call|calls|import|imports from? <y> ,|;|—|( and|but? {nay} from? <x> <*tail>`,
        `<+condition> must|should|always? use|uses|call|calls|import|imports <y> instead|rather of|than {use?} <x> <*tail>`,
      ],
      (captures, following) => inPair(captures, following),
    ),
    ...checkForms(
      [
        "{useit} <+kind> imported? from <y> instead|rather of|than <+kind> imported? from <x> <*tail>",
        "{useit} <+kind> imported? from <y> instead|rather of|than directly? from? <x> packages|package? <*tail>",
        "{useit} <+kind> imported? from <y> ,|;|—|( not|never directly? from? <x> packages|package? <*tail>",
        "import <+kind> from <y> ,|;|—|( not|never directly? from <x> <*tail>",
        "import <+kind> from <y> instead|rather of|than directly? from? <x> <*tail>",
      ],
      (captures, following) =>
        areBesidePackages(captures) ? forbid(captures, following, IMPORT, NOWHERE, captures.names.y?.texts) : undefined,
    ),
    // "Prefer short ropes (`tie(a)`) over long ones (`tieAll(a, b)`)": what each of them is.
    ...checkForms(
      ["over|to", "instead|rather of|than"].flatMap((words) => [
        `{useit} <+what> ( <y> ) ${words} <+other> ( <x> ) <*tail>`,
        `{useit} <+what> ( <y> ) ${words} <+other> from|of|in the? <source> module|package|library? ( <x> ) <*tail>`,
      ]),
      (captures, following) =>
        captures.names.x?.texts.every((text) => /[^a-z]/.test(text)) ? inPair(captures, following) : undefined,
    ),
    // "Use typed gauges from `quay/gauges.ts`, not `rope`": where they are is said in full.
    ...checkForms(
      [
        "{useit} <+kind> from <source> ,|;|—|( and|but? {nay} raw|bare|plain? <x> <*tail>",
        "all|every|any? <+condition> must|should|always? goes|go through|via <+kind> in|from <source> ,|;|—|( {nay} raw|bare|plain? <x> <*tail>",
        "must|should|always use <+kind> from <source> ,|;|—|( and|but? {nay} raw|bare|plain? <x> <*tail>",
        "<+condition> must|should|always use <+kind> from <source> ,|;|—|( and|but? {nay} raw|bare|plain? <x> <*tail>",
      ],
      (captures, following) => {
        const sources = captures.names.source?.texts ?? [];
        if (sources.length === 0 || !sources.every(isPath)) return undefined;
        // They are made of it.
        return forbid(captures, following, UNLIKE_WORDS, { scope: { exceptPaths: sources } }, sources);
      },
    ),
    // "Use `pier -m crate`, not just `crate`": not without what stands before it.
    ...checkForms(["{useit} <y> ,|;|—|( not just|only|simply <x> <*tail>"], (captures, following) => {
      const [y = "", ...more] = captures.names.y?.texts ?? [];
      const isPart = more.length === 0 && captures.names.x?.texts.every((text) => y.endsWith(` ${text}`));
      return isPart ? forbid(captures, following, PROGRAMS, NOWHERE, [y]) : undefined;
    }),
    // "Tides are read through `tides.get()`, never `fetch`": whatever else they are read with.
    ...checkForms(
      [
        `<+thing> is|are always|only? ${DONE} only? via|through|from|with|by|using <y> ,|;|—|( and|but? {nay} <x> <*tail>`,
        "always? access|read|get|load|fetch|obtain|log|send|make|create <+thing> only? via|through|from|with|by|using <y> ,|;|—|( and|but? {nay} <x> <*tail>",
        "always? log|print|report via|through|with|by|using <y> ,|;|—|( and|but? {nay} <x> <*tail>",
        "<+thing> comes|come always|only? from|through|via <y> ,|;|—|( and|but? {nay} <x> <*tail>",
        "<+thing> access|handling|creation|generation|validation via|through|with|by|using <y> ,|;|—|( and|but? {nay} <x> <*tail>",
      ],
      (captures, following) => {
        const check = inPair(captures, following);
        if (check === undefined || !areDistinctive(check)) return undefined;
        const paths = captures.names.y?.texts.filter(isPath) ?? [];
        const isUse = check.form === "forbidden-call" || check.form === "forbidden-import" || readsEnvironment(check);
        return isUse ? withPlace(check, paths.length > 0 ? { scope: { exceptPaths: paths } } : NOWHERE) : undefined;
      },
    ),
    ...checkForms(
      [
        "all|every|any? <+condition> must|should|always? goes|go|runs|run through|via <y> helpers|helper|wrapper|client? ,|;|—|( {nay} <x> <*tail>",
        "all|every|any? <+condition> must|should|always? goes|go|runs|run through|via <y> instead|rather of|than <x> <*tail>",
        "all|every|any? <+condition> must|should be done|made|run|sent via|through|with <y> ,|;|—|( {nay} <x> <*tail>",
      ],
      (captures, following) => inPair(captures, following),
    ),
    ...checkForms(["replace <x> with|by <y> <*tail>"], (captures, following) =>
      forbid(captures, following, UNLIKE_WORDS, NOWHERE, replacements(captures)),
    ),
    // Without a verb it may be about words as well: only what cannot be one.
    ...checkForms(
      [
        "<y> only? ,|;|(|— {nay} <x> <*tail>",
        "<y> ( <+note> ) ,|;|—? {nay} <x> <*tail>",
        "<y> from <source> ,|;|(|— {nay} <x> <*tail>",
        "<y> not <x> <*tail>",
        "<y> instead|rather of|than <x> <*tail>",
        "<x> → always? use|prefer|call <y> <*tail>",
        "<y> for <+condition> ,? instead|rather of|than <x> <*tail>",
      ],
      (captures, following) => {
        const instead = replacements(captures);
        const { x, y } = captures.names;
        if (areBesidePackages(captures)) return forbid(captures, following, IMPORT, NOWHERE, instead);
        // "`no-any: error` — never use `any`" names no replacement.
        const offersText = y?.texts.some(isPlainText) && !x?.texts.some(constructOfCode);
        const areTexts = offersText || x?.texts.every(isPlainText);
        if (y === undefined || (namedThings(y) === undefined && !areTexts)) return undefined;
        return forbid(captures, following, UNLIKE_WORDS, NOWHERE, instead);
      },
    ),
    // What is weighed against another thing may be right elsewhere: only names, and no text.
    ...checkForms(["<y> over <x> <*tail>"], (captures, following) => {
      if (areBesidePackages(captures)) return forbid(captures, following, IMPORT, NOWHERE, replacements(captures));
      const { x, y } = captures.names;
      const named = x && namedThings(x);
      if (y === undefined || namedThings(y) === undefined || named === undefined || named.kind === "text")
        return undefined;
      return forbid(captures, following, UNLIKE_WORDS, NOWHERE, replacements(captures));
    }),
  ];
}

const DONE =
  "read|accessed|loaded|fetched|generated|created|made|built|obtained|taken|computed|parsed|formatted|validated|handled|managed|logged|sent|issued|performed|done|written|wrapped|mocked|constructed";

function readsEnvironment(check: Check): boolean {
  return (
    "names" in check &&
    Array.isArray(check.names) &&
    check.names.every((name) => /^(?:process\.env|os\.environ)$/.test(name))
  );
}

/** "Forms use `ropes-form`, never `knots-form`": what both are for. */
function areRivals({ names: { x, y }, rest: { condition = [] } }: Captures): boolean {
  if (opensWithCondition(condition)) return false;
  const [tool = "", ...more] = y?.texts ?? [];
  return more.length === 0 && x?.texts.every((text) => rivalPair(tool, text) !== undefined) === true;
}

function withoutCondition({ rest: { condition: _, ...rest }, ...captures }: Captures): Captures {
  return { ...captures, rest };
}

/** Only beside a name of the same kind: "Use `port`, not `harbour`". */
function inPair(captures: Captures, following: readonly Sentence[]): Check | undefined {
  const instead = replacements(captures);
  const { x: old } = captures.names;
  const isOwnType = old?.texts.every((text) => TYPES.test(text) && instead?.includes(text.toLowerCase()));
  if (old && isOwnType) return forbid(captures, following, IN_TYPING, NOWHERE, instead);
  if (old && instead?.some((text) => NEW_TYPING.test(text)) && old.texts.every((text) => /^[A-Z][a-z]+$/.test(text)))
    return forbid(captures, following, IN_TYPING, NOWHERE, instead);
  if (old?.texts.every(isProgram) && captures.names.y?.texts.every((text) => isProgram(text) || isCommandLine(text)))
    return forbid(captures, following, PROGRAMS, NOWHERE, instead);
  const found = forbid(areRivals(captures) ? withoutCondition(captures) : captures, following, USE, NOWHERE, instead);
  // "Run tests in a container, not `crate test`": what is run so.
  const certain =
    found &&
    ((found.form === "forbidden-command" && (captures.rest.y?.length ?? 0) > 1) || captures.rest.y?.some(isWith))
      ? qualified(found, sentenceText(captures.rest.y ?? []))
      : found;
  const { x, y } = captures.names;
  if (certain !== undefined || x === undefined) return certain;
  if (areBesidePackages(captures)) return forbid(captures, following, IMPORT, NOWHERE, instead);
  // "The `quick` mooring, not `slow`": values of what is named beside them.
  if (y?.texts.some((text) => !WORD.test(text)) !== false || captures.rest.condition) return undefined;
  const check = forbid(captures, following, PAIRED, NOWHERE, instead);
  return check && qualified(check, AS_MEANT);
}

/** "Use chart classes with fields of the quay instead of `extra`": what for is not plain. */
function isWith({ kind, text }: Sentence[number]): boolean {
  return kind === "word" && text === "with";
}

/** `T | None`, `list[str]`: how Python writes types since it needs no module for that. */
const NEW_TYPING = /^(?:[\w.[\]]+ \| None|(?:list|dict|tuple|set|frozenset)\[.*\])$/;
/** What has the same name in small letters there. */
const TYPES = /^(?:List|Dict|Tuple|Set|FrozenSet)$/;
/** `Optional` beside it is that of Python. */
const IN_TYPING: Reading = ({ texts, ...list }) => USE({ ...list, texts: texts.map((text) => `typing.${text}`) });

function isProgram(text: string): boolean {
  return WORD.test(text) && isCommand(text);
}

/** What a program can do by itself: `make` and `uv run` only run what others do. */
function isCommandLine(text: string): boolean {
  return /^(?:bun|deno|go|cargo|biome) (?!run\b|x\b|exec\b|tool\b)[a-z]/.test(text);
}

/** "Prefer `just` over `make`", "`bun test` instead of `jest`": programs. */
const PROGRAMS: Reading = ({ texts }) => ({ kind: "command", names: texts });

/** Beside `@quay/icons`, or what is taken from there, `crate-icons` can be nothing but a package either. */
function areBesidePackages({ names: { x, y, source } }: Captures): boolean {
  const given = source ?? y;
  return (
    given?.texts.every((text) => SCOPED.test(text)) === true && x?.texts.every((text) => PACKAGE.test(text)) === true
  );
}

const SCOPED = /^(?:@[a-z][\w.-]*|[@~])\/[\w./-]+$/;
const PACKAGE = /^(?:@[a-z][\w.-]*\/)?[a-z][\w.-]*(?:\/[\w.-]+)*\/?$/;

/** The check, with what another cell of its row says to use. */
export function insteadOfCell(check: Check, [first]: readonly Sentence[]): Check {
  const instead = first && readForms(REPLACEMENT, first);
  const takes = "instead" in check || "names" in check || "constructs" in check || "commands" in check;
  return instead && takes && check.form !== "only-from" ? ({ ...check, instead } as Check) : check;
}

const REPLACEMENT = sentenceForms(["<y> <*tail>", "use <y> <*tail>"], replacements);

import { beginsWithMarker, silencesChecker } from "../../base/commentMarkers";
import { code } from "../../base/markdown";
import { lineStartsOf, rangeOf, type Span } from "../../base/text";
import { leftOutReason } from "../../languages/languages";
import type { LanguageId } from "../../model/facts";
import type { ForbiddenText } from "../check";
import { compileGlob } from "../glob";
import { isInstructionFile } from "../instructionPlace";
import { pathPatternOf } from "../pathPattern";
import type { Rule } from "../rule";
import { asideReached, speaksOfTests, toolsReached } from "./codeScope";
import { messageOf, type RuleViolation } from "./outcome";
import type { ScriptFile } from "./scriptFiles";
import { isSilencedText } from "./silenced";

const codeExtensions =
  "astro c cc cjs clj cljs cpp cs cshtml css cts cxx dart ejs erb ex exs fs fsx go gradle graphql groovy h hbs hpp hs htm html java jinja jinja2 jl js jsx kt kts less liquid lua m mm mjs ml mli mts nix php pl prisma proto ps1 py pyi r razor rb rs sass scala scss sh sol sql svelte swift tf ts tsx vue xml yaml yml zig".split(
    " ",
  );
const documentExtensions = ["md", "mdx", "rst", "adoc", "txt"];
const codeFiles = new RegExp(`\\.(?:${codeExtensions.join("|")})$`);
const documents = new RegExp(`\\.(?:${documentExtensions.join("|")})$`, "i");

/** Of the files that texts are looked for in. */
export const searchableExtensions: readonly string[] = [...codeExtensions, ...documentExtensions];

/** Whether texts are looked for in files like the one at a root-relative path at all. */
export function isSearchable(path: string): boolean {
  return (codeFiles.test(path) || documents.test(path)) && !isForeign.test(path) && !isInstructionFile(path);
}

/** What nobody here wrote, what tests compare with, notes on what has been, and linters told of the same ban. */
const isForeign =
  /(?:^|\/)(?:\.golangci|\.?eslint|\.oxlint|\.semgrep|\.pre-commit-config|\.?ruff|biome|\.stylelint|\.?pylint|sgconfig)[\w.-]*$|(?:^|\/)(?:node_modules|vendor|third_party|\.venv|dist|build|target|testdata|fixtures?|__fixtures__|__snapshots__|snapshots|generated|__generated__)\/|(?:^|\/)(?:CHANGELOG|CHANGES|HISTORY|LICENSE)\b|\.min\./i;
const isTestPath =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|spec|testing)\/|(?:_test|[._]test|\.spec|Tests?)\.\w+$|(?:^|\/)test_\w+\.\w+$/;
/** A line that only tells about code. */
const isComment = /^\s*(?:\/\/|\/\*|\*|#(?!\[)|--|<!--|;;|\(\*|%)/;

/** Globs of documents. */
const ofWriting = /(?:^|\/)(?:docs?|documentation)\/|\.(?:mdx?|rst|adoc|txt)$/;

/** Longer files are data. */
const maxText = 400_000;
const maxPerFile = 50;

interface Search {
  rule: Rule;
  check: ForbiddenText;
  patterns: readonly Pattern[];
  readsComments: boolean;
  governs(path: string): boolean;
}

/** Looks for texts that rules forbid, in files of any language. */
export class TextSearch {
  private readonly searches: readonly Search[];

  /** Rules of other forms are passed over. */
  constructor(rules: readonly Rule[]) {
    this.searches = rules.flatMap(searchFor);
  }

  /** Those it looks for. */
  get rules(): readonly Rule[] {
    return this.searches.map(({ rule }) => rule);
  }

  /** Whether some rule is about the text of the file at this path. */
  governs(path: string): boolean {
    return this.searches.length > 0 && isSearchable(path) && this.searches.some((search) => search.governs(path));
  }

  /** What a file breaks. Linear in its text. */
  in({ path, text }: ScriptFile): RuleViolation[] {
    if (text.length > maxText || !isSearchable(path) || leftOutReason(path, text) !== undefined) return [];
    const governing = this.searches.filter((search) => search.governs(path));
    if (governing.length === 0) return [];
    const lineStarts = lineStartsOf(text);
    return governing.flatMap((search) => [...violationsIn(search, { path, text }, lineStarts)]);
  }
}

function searchFor(rule: Rule): Search[] {
  const check = rule.enforcement;
  if (check?.form !== "forbidden-text") return [];
  const { paths, exceptPaths = [], tests, languages } = check.scope ?? {};
  const loaded = rule.scope.globs.map(compileGlob);
  const within = paths?.map((path) => pathPatternOf(path).matches);
  const without = exceptPaths.map((path) => pathPatternOf(path).matches);
  const reachesTools = toolsReached(rule, check.scope);
  const isOfTests = speaksOfTests(rule, check);
  const elements = check.texts.flatMap(homeOf);
  const reachesAside = asideReached(rule, check.scope);
  const isForWriting =
    loaded.length > 0 && (isOfCharacters(check) || rule.scope.globs.some((glob) => ofWriting.test(glob)));
  const governs = (path: string) => {
    if (!reachesTools(path) || (codeFiles.test(path) && !reachesAside(path))) return false;
    if (loaded.length > 0 && !loaded.some((matches) => matches(path))) return false;
    if (languages && !within && !isWrittenIn(path, languages)) return false;
    if (within ? !within.some((matches) => matches(path)) : !isForWriting && !codeFiles.test(path)) return false;
    const isTest = isTestPath.test(path);
    if (tests === undefined ? isTest && !isOfTests : tests !== isTest) return false;
    if (elements.some((element) => element.test(path))) return false;
    return !without.some((matches) => matches(path));
  };
  const patterns = patternsOf(check);
  const readsComments =
    check.characters !== undefined ||
    check.texts.some((each) => isComment.test(each) || beginsWithMarker.test(each) || silencesChecker.test(each));
  return patterns.length > 0 ? [{ rule, check, patterns, readsComments, governs }] : [];
}

/** What "no raw `<button>`" cannot mean: the component that stands for it, and the library it belongs to. */
function homeOf(text: string): RegExp[] {
  const [, name] = /^<([a-z]+)\b/.exec(text) ?? [];
  return name === undefined ? [] : [new RegExp(String.raw`${name}|(?:^|\/)(?:ui|primitives|design-system)\/`, "i")];
}

/** Dashes and pictures, which documents have as well as code. */
function isOfCharacters({ characters, texts }: ForbiddenText): boolean {
  return characters !== undefined || texts.every((text) => !/\w/.test(text));
}

function isWrittenIn(path: string, languages: readonly LanguageId[]): boolean {
  return languages.some((language) => extensions[language].test(path));
}

const extensions: Readonly<Record<LanguageId, RegExp>> = {
  go: /\.go$/,
  python: /\.pyi?$/,
  typescript: /\.[cm]?tsx?$/,
  javascript: /\.[cm]?jsx?$/,
  java: /\.java$/,
};

function* violationsIn(
  { rule, check, patterns, readsComments }: Search,
  { path, text }: ScriptFile,
  lineStarts: readonly number[],
): Generator<RuleViolation> {
  const tellsAll = readsComments || documents.test(path);
  const blocks = documents.test(path) && isOfWriting(check) ? fencesIn(text) : [];
  let told = 0;
  for (const span of patterns.flatMap((pattern) => [...spansOf(pattern, text)]).sort((a, b) => a.start - b.start)) {
    if (blocks.some(({ start, end }) => start <= span.start && span.start < end)) continue;
    const range = rangeOf(lineStarts, span);
    const [line, before] = [lineOf(text, lineStarts, range.start.line), lineOf(text, lineStarts, range.start.line - 1)];
    if (isSilencedText(rule, line, before)) continue;
    if (isMentioned(line.slice(0, range.start.character), line.slice(range.start.character))) continue;
    if (!tellsAll && isComment.test(line.slice(0, maxIndent))) continue;
    const instead = check.instead?.length ? ` instead of ${check.instead.map((each) => code(each)).join(" or ")}` : "";
    const claim = `${code(path)} holds ${code(text.slice(span.start, span.end))}${instead}`;
    yield { rule, path, range, symbol: "", claim, message: messageOf(claim, rule), steps: [] };
    if (++told === maxPerFile) return;
  }
}

/** "Never write `"lost_at_sea"`": what refuses the value compares with it, or names it in a message. */
function isMentioned(before: string, rest: string): boolean {
  const [value] = /^(["'])\w[\w.-]*\1/.exec(rest) ?? [];
  if (value === undefined) return false;
  const isCompared = /(?:[=!]==?|\bcase|\bis(?: not)?|\bin \(?|\bequals(?:IgnoreCase)?\()\s*$/.test(before);
  // An odd number of the other marks before it: within a longer text.
  const isWithin = before.split(value.startsWith('"') ? "'" : '"').length % 2 === 0;
  return isCompared || /^\s*[=!]==?/.test(rest.slice(value.length)) || isWithin;
}

/** Words and signs, of which code blocks of a document are none. */
function isOfWriting(check: ForbiddenText): boolean {
  return isOfCharacters(check) || check.texts.every((text) => /^[\w -]+$/.test(text));
}

/** Fenced code of a document, recorded output included. */
function fencesIn(text: string): Span[] {
  const fences: Span[] = [];
  let open: { mark: string; start: number } | undefined;
  for (const { 1: mark = "", index } of text.matchAll(/^[ \t]{0,12}(`{3,20}|~{3,20})/gm)) {
    if (open === undefined) open = { mark, start: index };
    else if (mark.startsWith(open.mark)) {
      fences.push({ start: open.start, end: index });
      open = undefined;
    }
  }
  return fences;
}

/** Cut, where nobody reads on. */
function lineOf(text: string, lineStarts: readonly number[], line: number): string {
  const from = lineStarts[line];
  return from === undefined ? "" : text.slice(from, Math.min(lineStarts[line + 1] ?? text.length, from + maxLine));
}

const maxLine = 1_000;
const maxIndent = 200;

/** Pictures; signs such as © and arrows are text. */
const EMOJI = String.raw`\p{Emoji_Presentation}|[\u2705\u274C\u26A0\u2728\u{1F300}-\u{1FAFF}]`;

/** A text up to its first gap, and what follows after a gap each. */
interface Pattern {
  first: RegExp;
  rest: readonly RegExp[];
}

function patternsOf({ texts, characters }: ForbiddenText): Pattern[] {
  const written = texts.flatMap((text): Pattern[] => {
    const [first = "", ...rest] = text.split("…").map(sourceOf);
    return first === ""
      ? []
      : [{ first: new RegExp(first, "gu"), rest: rest.map((source) => new RegExp(source, "u")) }];
  });
  return characters === "emoji" ? [...written, { first: new RegExp(EMOJI, "gu"), rest: [] }] : written;
}

const MAX_GAP = 100;

/** Where a text stands. A gap ends at the first place where what follows it does: no search goes back. */
function* spansOf({ first, rest }: Pattern, text: string): Generator<Span> {
  for (const match of text.matchAll(first)) {
    let end: number | undefined = match.index + match[0].length;
    for (const next of rest) {
      const line: string = text.slice(end, end + MAX_GAP).split(/[\r\n]/, 1)[0] ?? "";
      const found: RegExpExecArray | null = next.exec(line);
      end = found ? end + found.index + found[0].length : undefined;
      if (end === undefined) break;
    }
    if (end !== undefined) yield { start: match.index, end };
  }
}

/** Words stand for themselves, blanks for any or none beside a sign. */
function sourceOf(written: string): string {
  const parts = written.trim().match(/\w+|\s+|[^\w\s]/gu) ?? [];
  const source = parts.map((part, i) => {
    if (/^\s+$/.test(part)) return isWord(parts[i - 1]) && isWord(parts[i + 1]) ? "[ \\t]{1,8}" : "[ \\t]{0,8}";
    if (/["'`]/.test(part)) return "[\"'`]";
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  });
  const [before, after] = [isWord(parts[0]) ? "(?<!\\w)" : "", isWord(parts.at(-1)) ? "(?!\\w)" : ""];
  return `${before}${source.join("")}${after}`;
}

function isWord(part: string | undefined): boolean {
  return part !== undefined && /^\w/.test(part);
}

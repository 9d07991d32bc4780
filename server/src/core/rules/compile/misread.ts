import { escapeRegExp } from "../../base/escapeRegExp";
import type { Check } from "../check";
import { type Piece, textOf } from "../markdown";
import { isCommand } from "../names";
import { knownFunction, knownPackage } from "./knownNames";
import { isNotBanned } from "./notBanned";

/** What a rule says and where it stands, as far as it shows whether a check can be meant. */
interface Surroundings {
  pieces: readonly Piece[];
  titles: readonly string[];
  globs: readonly string[];
}

/**
 * Whether the words of a rule read like a check they do not demand: it is about no code, it was cut off, or what it
 * names only serves as an example.
 */
export function isMisread(check: Check, { pieces, titles, globs }: Surroundings): boolean {
  const text = pieces.map((piece) => (piece.code ? `\`${piece.text}\`` : piece.text)).join("");
  return (
    isCutOff(text) ||
    (speaksOfCode(check) && titles.slice(-2).some((title) => OF_NO_CODE.test(title))) ||
    (forbidsName(check) && titles.slice(-2).some((title) => OF_WORDS.test(title))) ||
    (check.form === "naming" && check.paths !== undefined && OF_STOCK.test(titles.at(-1) ?? "")) ||
    exemplifies(check, pieces) ||
    isAboutNames(check, text) ||
    ((forbidsName(check) || check.form === "forbidden-command") &&
      [text, ...titles.slice(-1)].some((words) => CASES.test(words))) ||
    isTurnedRound(check, text) ||
    isOtherAct(check, text) ||
    isNoPlace(check) ||
    isNotBanned(check, text) ||
    isOfOtherText(check, pieces) ||
    isNoFileName(check) ||
    (forbidsName(check) && "names" in check && check.names.every((name) => KEYWORDS.has(name))) ||
    (check.form === "forbidden-edit" && check.marked !== undefined && COMMITS.test(text)) ||
    (check.form === "invariant" && OF_TOOLS.test(titles.at(-1) ?? "")) ||
    isExampleOfAffix(check, text) ||
    (check.form === "forbidden-construct" &&
      check.constructs.includes("class-declaration") &&
      (STYLES.test(text) || globs.some((glob) => /\.(?:css|scss)$/.test(glob))))
  );
}

/** "when `tide` is low or": the rest of the condition is lost. */
function isCutOff(text: string): boolean {
  return /(?:,|\s)(?:or|and|unless|if|when|except|the|a|an|of|with|for)\s*$/i.test(text.slice(-40));
}

const OF_NO_CODE =
  /\b(?:commit (?:messages?|format|style|conventions?|subjects?|titles?)|git commits?|pull requests?|pr (?:titles?|descriptions?|format)|branch(?:es| naming| names)|cli output|command output|release notes)\b/i;

function speaksOfCode({ form }: Check): boolean {
  return (
    form === "forbidden-text" ||
    form === "layout" ||
    form === "naming" ||
    form === "size-limit" ||
    form === "required-text" ||
    form === "required-companion"
  );
}

/** Beside these stand examples of what is called so. */
const CASES =
  /\b(?:camel|pascal|snake|kebab)[- _]?case\b|\b(?:variable|function|method|class|type|parameter|field) names\b|^(?:\w+ )?naming(?: \w+)?$/i;
const OF_WORDS = /\b(?:terminology|casing|wording|vocabulary|glossary|spelling|tone|voice)\b/i;
/** What is there already, and not where more has to be. */
const OF_STOCK = /\b(?:available|existing|provided|built-?in)\b/i;

function forbidsName({ form }: Check): boolean {
  return form === "forbidden-name" || form === "forbidden-call";
}

/** "Never use `print()` instead of `logger`" forbids the first. */
function isTurnedRound(check: Check, text: string): boolean {
  if (!("instead" in check) || check.instead === undefined) return false;
  const [, first = ""] = REFUSES_FIRST.exec(text) ?? [];
  const names = "names" in check ? check.names : [];
  return first !== "" && !names.includes(nameOf(first));
}

const REFUSES_FIRST =
  /(?:^|[.;,—(:]\s*)[^\w`]*(?:do not|don['’]?t|never|avoid)\b\s*:?\s*(?:(?:ever|just|use|using|call|calling|import|importing|write|writing)\s+)*`([^`]+)`\s+(?:\w+\s+)?(?:instead of|rather than|in place of)\s/i;

/**
 * What is said of a name is done with something else of that name: a package is run, a file stands in place of another,
 * a module depends on others.
 */
function isOtherAct(check: Check, text: string): boolean {
  if (check.form === "forbidden-import") {
    if (/\bdependenc(?:y|ies) (?:from|of)\b/i.test(text)) return true;
    // "(not UUID or integers)": a type.
    if (check.names.every((name) => !text.includes(name) && text.includes(name.toUpperCase()))) return true;
    // "`make test`, not raw `pytest`"
    if (check.instead?.some((way) => isCommand(way) && /\s/.test(way))) return true;
    return check.names.some((name) =>
      new RegExp(`${RUNS.source}[^.\`]{0,20}\`${escapeRegExp(name)}\``, "i").test(text),
    );
  }
  if (check.form === "forbidden-command")
    return check.commands.every((command) => SOURCE_FILE.test(command)) && !ANY_RUN.test(text);
  return false;
}

const RUNS = /\b(?:run|runs|running|invoke|invoking|execute|executing)\b/;
const ANY_RUN = /\b(?:run|runs|running|rerun|invok|execut|start|launch|script|command|call)/i;
const SOURCE_FILE = /^[\w.-]+(?:\/[\w.-]+)*\.\w+$/;

/** "in `os.environ`": no function, but what holds values. */
function isNoPlace(check: Check): boolean {
  return "inside" in check && (check.inside?.functions?.some((name) => /^[a-z]\w*\.[a-z_]\w*$/.test(name)) ?? false);
}

/** What is written elsewhere than in files. */
const OF_MESSAGES = /\b(?:PR|pull request|commit)s? (?:descriptions?|messages?|titles?|bod(?:y|ies))\b/i;

/**
 * What is looked for says less than the rule: signs that stand for themselves everywhere ("pin with `^`, not `>=`"), names
 * that stand for any, and `moor().rope('long ...')` without what it is called with.
 */
function isOfOtherText(check: Check, pieces: readonly Piece[]): boolean {
  if (check.form !== "forbidden-text") return false;
  if (check.characters !== undefined) return OF_MESSAGES.test(textOf(pieces));
  if (check.texts.every((text) => /^[<>=!+*/%^~&|?:-]{1,2}$/.test(text))) return true;
  return check.texts.some(
    (text) =>
      // "`npx <bin>`": a command, and what it runs.
      (/^\w+$/.test(text) && pieces.some((piece) => piece.code && piece.text.startsWith(`${text} <`))) ||
      /\b(?:foo|bar|baz|qux)\b/i.test(text) ||
      (text.endsWith("(…)") && pieces.some((piece) => piece.code && isCalledWithText(piece.text, text))),
  );
}

function isCalledWithText(span: string, text: string): boolean {
  const called = /[\w.]+(?=\(…\)$)/.exec(text)?.[0] ?? "";
  return called !== "" && new RegExp(`${escapeRegExp(called)}\\(["'][^"']*\\w[^"']*["']\\)$`).test(span);
}

/** "Tests use `pier.test.TideCase`": a class, and no name of files. */
function isNoFileName(check: Check): boolean {
  return (
    check.form === "naming" &&
    check.subject.kind === "test-file" &&
    /\.[a-z]+\.[A-Z]\w*$/.test(check.suffix ?? check.prefix ?? "")
  );
}

/** Settings of tools are written in their files, not in code. */
const OF_TOOLS = /\b(?:mypy|pyright|ruff|eslint|tsconfig|pytest|biome|prettier|golangci|lint\w*|compiler options)\b/i;

/** Nothing is called so. */
const KEYWORDS = new Set(
  "for if else while do switch case try catch throw async await return yield new var let const function class def lambda goto static global break continue with import export interface enum type struct defer go".split(
    " ",
  ),
);

/** "Commit generated files": those of which there are to be none, and not those that nobody edits. */
const COMMITS = /^\W*(?:(?:do not|don['’]t|never|avoid) )?commit(?:ting)? (?:any )?(?:auto-?)?generated\b/i;

/** "Enums: `pier_type`": one of them, and nothing they begin or end with. */
function isExampleOfAffix(check: Check, text: string): boolean {
  if (check.form !== "naming" || (check.prefix ?? check.suffix) === undefined) return false;
  return !/file|test/.test(check.subject.kind) && !SPEAKS_OF_AFFIX.test(text);
}

const SPEAKS_OF_AFFIX = /\b(?:(?:pre|suf)fix|end|start|begin|named?|names|naming|call)|[*…<{[]|\.\.\.|\bX/i;

/** "`berthOf`, not `BERTH_OF`", "names without the word `Pier`": how things are called, and not one that is. */
function isAboutNames(check: Check, text: string): boolean {
  if (check.form !== "forbidden-name" && check.form !== "forbidden-call") return false;
  const offered = new Set(check.instead?.map(withoutStyle));
  if (
    check.names.every((name) =>
      new RegExp(`${WRITTEN.source}[^.\`]{0,40}["“]${escapeRegExp(name)}["”]`, "i").test(text),
    )
  )
    return true;
  return check.names.some((name) => offered.has(withoutStyle(name)) || text.includes(`the word \`${name}\``));
}

/** What people read. */
const WRITTEN = /\b(?:labels?|words?|phrases?|texts?|titles?|messages?|copy|wording|language)\b/;

function withoutStyle(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d.]|s$/g, "");
}

const OPENS_EXAMPLE = /\(\s*(?:i\.e\.?|e\.g\.?|for example),?\s*$/i;

/** "(i.e `useTide`)", "(`tide`, not `_tide`)": names that show a pattern. */
function exemplifies(check: Check, pieces: readonly Piece[]): boolean {
  if (!("names" in check) || !forbidsName(check)) return false;
  if (check.names.every((name) => PLACEHOLDER.test(name))) return true;
  const examples = new Set<string>();
  let said = "";
  for (const [i, { text, code }] of pieces.entries()) {
    said += text;
    if (!code) continue;
    const before = pieces[i - 1]?.text ?? "";
    const isPair = before.endsWith("(") && /^,? (?:not|never) $/.test(pieces[i + 1]?.text ?? "");
    const isClosed = pieces[i + 3]?.text.startsWith(")") ?? false;
    if (isPair && isClosed && PATTERN.test(said)) {
      for (const each of [text, pieces[i + 2]?.text ?? ""]) examples.add(nameOf(each));
    }
    if (OPENS_EXAMPLE.test(before) && (pieces[i + 1]?.text.startsWith(")") ?? false)) examples.add(nameOf(text));
  }
  return check.names.some(
    (name) => examples.has(nameOf(name)) && knownFunction(name) === undefined && knownPackage(name) === undefined,
  );
}

/** What stands for any name, and the tags of documentation. */
const PLACEHOLDER =
  /^(?:foo|bar|baz|foobar|fn|func|(?:async|some|my)(?:Fn|Func|Function)|doSomething|do_something|CONSTANT(?:\.\w+)?|@?(?:param|returns?|template|example|throws|since|see|inheritdoc))$/;

/** What a rule about spelling speaks of. */
const PATTERN = /\b(?:prefix|prefixes|suffix|suffixes|names?|naming|named|numbers|abbreviations?|underscores?)\b/i;

function nameOf(text: string): string {
  return text.replace(/\(.*$/s, "");
}

const STYLES = /\bcss\b|\btailwind\b|\bstyl(?:e|ing)\b/i;

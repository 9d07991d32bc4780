import type { Check } from "../check";
import type { Piece } from "../markdown";
import { knownFunction, knownPackage } from "./knownNames";

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
    exemplifies(check, pieces) ||
    isAboutNames(check, text) ||
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

/** "`berthOf`, not `BERTH_OF`", "names without the word `Pier`": how things are called, and not one that is. */
function isAboutNames(check: Check, text: string): boolean {
  if (check.form !== "forbidden-name" && check.form !== "forbidden-call") return false;
  const offered = new Set(check.instead?.map(withoutStyle));
  return check.names.some((name) => offered.has(withoutStyle(name)) || text.includes(`the word \`${name}\``));
}

function withoutStyle(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d.]|s$/g, "");
}

const OPENS_EXAMPLE = /\(\s*(?:i\.e\.?|e\.g\.?|for example),?\s*$/i;

/** "(i.e `useTide`)", "(`tide`, not `_tide`)": names that show a pattern. */
function exemplifies(check: Check, pieces: readonly Piece[]): boolean {
  if (check.form !== "forbidden-name" && check.form !== "forbidden-call") return false;
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

/** What a rule about spelling speaks of. */
const PATTERN = /\b(?:prefix|prefixes|suffix|suffixes|names?|naming|named|numbers|abbreviations?|underscores?)\b/i;

function nameOf(text: string): string {
  return text.replace(/\(.*$/s, "");
}

const STYLES = /\bcss\b|\btailwind\b|\bstyl(?:e|ing)\b/i;

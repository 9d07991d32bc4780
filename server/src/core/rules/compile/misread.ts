import { type Check, qualifierOf } from "../check";
import type { Piece } from "../markdown";
import { isPath } from "../names";
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
    isDescription(check, text) ||
    (speaksOfCode(check) && titles.slice(-2).some((title) => OF_NO_CODE.test(title))) ||
    exemplifies(check, pieces) ||
    prefersElement(check) ||
    namesNoCommand(check) ||
    importsDefault(check, pieces) ||
    (check.form === "forbidden-import" && /\brun\b[^.]{0,80}\bbare `/i.test(text)) ||
    (check.form === "forbidden-construct" &&
      check.constructs.includes("class-declaration") &&
      (STYLES.test(text) || globs.some((glob) => /\.(?:css|scss)$/.test(glob)))) ||
    (check.form === "naming" && namesOne(check.suffix, text)) ||
    (check.form === "naming" && check.subject.kind === "file" && isOfFolder(check, pieces))
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

/** "Batch 2: sails and ropes (no dependencies)" */
function isDescription(check: Check, text: string): boolean {
  return check.form === "forbidden-edit" && /\(\s*no (?:\w+ )?dependencies\s*\)/i.test(text.slice(0, LONGEST_TITLE));
}

const LONGEST_TITLE = 200;
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

/** "`<button>`, not `<div>`" is about what is clicked. */
function prefersElement(check: Check): boolean {
  return (
    check.form === "forbidden-text" &&
    (check.texts.some((text) => text.startsWith("<<")) ||
      (check.texts.every((text) => /^<[a-z][a-z0-9]*$/.test(text)) &&
        (check.instead ?? []).some((text) => /^<[a-z][a-z0-9]*>$/.test(text))))
  );
}

/** A file, or a variable of a style sheet. */
function namesNoCommand(check: Check): boolean {
  return (
    check.form === "forbidden-command" &&
    check.commands.some(
      (command) => /^[\w-]+\.(?:[cm]?[jt]sx?|py|go|java)$/.test(command) || STYLE_VARIABLE.test(command),
    )
  );
}

const STYLE_VARIABLE =
  /^--(?:color|bg|background|fg|foreground|text|font|spacing|space|radius|shadow|border|surface|primary|secondary|accent)-/;

/** "`import React from 'react'`": other imports of it are fine. */
function importsDefault(check: Check, pieces: readonly Piece[]): boolean {
  return (
    check.form === "forbidden-import" &&
    pieces.some(
      ({ text, code }) => code && /^import \w+ from ["']/.test(text) && check.names.some((name) => text.includes(name)),
    )
  );
}

const STYLES = /\bcss\b|\btailwind\b|\bstyl(?:e|ing)\b/i;

/** "The function must be named `LoadTide`": one function, and no ending of all. */
function namesOne(suffix: string | undefined, text: string): boolean {
  return (
    suffix !== undefined &&
    /^[A-Z][a-z]+[A-Z]/.test(suffix) &&
    text.includes(`named \`${suffix}\``) &&
    !/\b(?:suffix|end)/i.test(text)
  );
}

/** "Charts live in `charts/`. File names are in kebab case." */
function isOfFolder(check: Extract<Check, { form: "naming" }>, pieces: readonly Piece[]): boolean {
  return (
    check.style !== undefined &&
    check.scope?.paths === undefined &&
    pieces.some(({ text, code }) => code && text.endsWith("/") && isPath(text))
  );
}

/** "the production `.env`": only one of those that are called so. */
export function kindOfFile(check: Check, pieces: readonly Piece[]): string | undefined {
  if (check.form !== "forbidden-edit" || qualifierOf(check) !== undefined) return undefined;
  for (const [i, { text, code }] of pieces.entries()) {
    const [kind] = /\b(?:production|prod|staging|live|remote|server['’]?s)\s+$/i.exec(pieces[i - 1]?.text ?? "") ?? [];
    if (code && kind && check.paths.includes(text)) return `the ${kind.trim().toLowerCase()} \`${text}\``;
  }
  return undefined;
}

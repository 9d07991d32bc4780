import type { AccessPath, LiteralValue, Value } from "../../model/facts";
import { patternIn, samplesOf } from "./patternSamples";
import type { Place } from "./place";
import { readDeclared } from "./readDeclared";
import { isChecked, withLastDigits } from "./samples";
import type { TextHint } from "./shape";
import { literalOf } from "./sourceLiterals";
import type { Kind } from "./useNotes";

/** What is known of a value while a body is read. */
export interface Seen {
  place?: Place;
  /** What the place must be for this value to be `n`. */
  back?: (n: number) => number;
  literal?: string | number | boolean | null;
  /** Literals of a list, a set or the keys of a table. */
  literals?: readonly (string | number)[];
  form?: Kind;
  parts?: readonly Seen[];
  /** Index of a function of the file. */
  fn?: { index: number; scope: Scope };
  /** `typeof x` */
  kindOf?: Place;
  /** Which end of a text was cut out. */
  slice?: TextHint["role"];
  /** An element of a list or a letter of a text, reached by a position or a loop. */
  isElement?: boolean;
  /** The regular expression it is. */
  pattern?: string;
  /** Part of `range`, `enumerate`: a position in a list. */
  isIndex?: boolean;
}

export const nothing: Seen = {};

/** Names and what they stand for; inner functions see those around them. */
export class Scope {
  private readonly names = new Map<string, Seen>();

  constructor(
    private readonly outer: Scope | undefined,
    readonly depth: number,
    readonly owner: string | undefined,
  ) {}

  get(name: string): Seen | undefined {
    return this.names.get(name) ?? this.outer?.get(name);
  }

  set(name: string, seen: Seen): void {
    this.names.set(name, seen);
  }
}

export function elementAt(place: Place, key: Seen | undefined, isPython: boolean): Seen {
  const literal = key?.literal;
  if (typeof literal === "string") return { place: place.field(literal) };
  if (typeof literal === "number") {
    if (place.declaredAs("map")) return { place: place.value() };
    if (place.declaredAs("tuple")) return { place: place.part(literal) };
    if (literal < 0 || place.declaredAs("list") || place.declaredAs("string"))
      return { place: place.at(literal), isElement: true };
    return {
      place: place.score("tuple") > 0 ? place.part(literal) : place.votesFor("list", 0.3).at(literal),
      isElement: true,
    };
  }
  if (place.declaredAs("map") || place.declaredAs("record")) {
    if (key?.place) place.key().isLike(key.place);
    return { place: place.value() };
  }
  if (key?.isIndex || key?.place?.score("integer") || place.declaredAs("list")) {
    key?.place?.votesFor("integer", 0.6);
    return { place: place.votesFor("list", 0.8).each(), isElement: true };
  }
  if (key?.place && !isPython && key.place.score("string") > 0) return { place: place.votesFor("map").value() };
  if (key?.place?.score("string")) return { place: place.votesFor("map").value() };
  if (place.score("map") > 0) return { place: place.value() };
  return { place: place.votesFor("list", 0.6).each(), isElement: true };
}

/** `x[:2]`, `x[-2:]`, `x[2:4]` */
export function sliceRole([, start, stop]: readonly Seen[]): TextHint["role"] {
  const from = start?.literal;
  if (from === undefined || from === null || from === 0) return "start";
  return typeof from === "number" && from < 0 && stop === undefined ? "end" : "inside";
}

export function separatorOf(seen: Seen): string {
  return typeof seen.literal === "string" ? seen.literal : (seen.place?.usualText ?? " ");
}

export function eachOf(seen: Seen): Seen {
  if (seen.place) return { place: seen.place.each(), isElement: true };
  return seen.parts?.find(({ place }) => place) ?? nothing;
}

/** What stands behind the last `[each]`. */
export function suffixOf(origin: AccessPath | undefined, otherwise: string): string {
  const at = origin?.lastIndexOf("[each]") ?? -1;
  return origin === undefined || at < 0 ? otherwise : origin.slice(at + "[each]".length).replace(/>$/, "");
}

export function keywordOf(argument: Value): string | undefined {
  if (argument.kind !== "composite" || argument.form !== "object") return undefined;
  const [key] = argument.keys ?? [];
  return key?.kind === "path" ? key.path : undefined;
}

export function literalSeen(value: LiteralValue, isPython: boolean, text: string): Seen {
  if (value.type === "regex") return { pattern: patternAt(text, value.start) ?? "" };
  const literal = literalOf(value);
  if (typeof literal === "string" && isPython && /^[rR]?[bB]/.test(text.slice(value.start, value.start + 2)))
    return { form: "bytes" };
  return literal === undefined ? nothing : { literal };
}

export function patternAt(text: string, start: number): string | undefined {
  return patternIn(text.slice(start, start + 400));
}

export function noteSamples(place: Place, pattern: string): void {
  const samples = samplesOf(pattern);
  for (const sample of samples) place.noteText(sample, "whole", 0);
  const numbered = samples.find(isChecked);
  for (const other of numbered === undefined ? [] : withLastDigits(numbered)) place.noteText(other, "whole", 0);
}

/** A constant of the file, as far as its text says what it is. */
export function writtenValue(text: string): Seen {
  if (/^-?(?:\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(text))
    return { literal: Number(text.replace(/_/g, "")) };
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(text);
  if (quoted) return { literal: quoted[2] as string };
  if (!/^(?:frozenset|set|new Set|new Map|tuple|list|dict)?[\s(]*[[({]/.test(text)) return nothing;
  const isTable = /["'\d\w]\s*:/.test(text);
  const pattern = isTable
    ? /(["'])([^"'\\]*)\1\s*:|(-?\d+)\s*:|([\p{L}_$][\p{L}\p{N}_$]*)\s*:/gu
    : /(["'])([^"'\\]*)\1|(-?\d+)/g;
  const literals = [...text.matchAll(pattern)].slice(0, 12).map((match) => match[2] ?? match[4] ?? Number(match[3]));
  return { literals, form: isTable ? "map" : "list" };
}

/** A type somebody else declares for a value, where it says of itself what it is. */
export function noteDeclared(place: Place, type: string, isPython: boolean): void {
  if (place.isDeclared) return;
  const declared = readDeclared(type, isPython);
  switch (declared.kind) {
    case "integer":
    case "number":
    case "string":
    case "bytes":
    case "boolean":
    case "list":
    case "set":
    case "map":
    case "callable":
      place.votesFor(declared.kind);
  }
}

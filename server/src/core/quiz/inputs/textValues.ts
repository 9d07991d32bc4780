import type { Datum } from "./literal";
import { textsFor } from "./samples";
import type { Shape, StringShape } from "./shape";

/** Texts that a person would choose. */
export function ordinaryTexts(shape: StringShape, name: string): string[] {
  if (shape.isLetter) return [...new Set(["a", ...shape.texts.map(({ text: known }) => known), "Z", "7", " "])];
  const whole = shape.texts.filter(({ role }) => role === "whole").map(({ text: known }) => known);
  const words = whole.filter((known) => known !== "").sort((a, b) => Number(isWord(b)) - Number(isWord(a)));
  const made = composedTexts(shape);
  const numeric = shape.numeric ? ["12", "7", "30"] : [];
  return [...new Set([...made, ...words, ...numeric, ...textsFor(name)])];
}

function isWord(known: string): boolean {
  return /[\p{L}\p{N}]/u.test(known);
}

/** Texts that have in them what the function looks for. */
function composedTexts({ texts, pieces }: StringShape): string[] {
  const made: string[] = [];
  if (pieces) {
    const [a, b, c] = pieceTexts(pieces.pieces);
    const { separator } = pieces;
    made.push([a, b].join(separator), [a, b, c].join(separator));
  }
  const start = texts.find(({ role }) => role === "start")?.text;
  const end = texts.find(({ role }) => role === "end")?.text;
  if (start !== undefined && end !== undefined) made.push(`${start}ada${end}`);
  for (const { text: known, role } of texts) {
    if (role === "start") made.push(known.length > 12 ? known : `${known}ada`);
    else if (role === "end") made.push(`ada${known}`);
    else if (role === "inside") made.push(/^\w{3,}$/.test(known) ? `ada ${known} ben` : `ada${known}ben`);
  }
  return made;
}

/** Three pieces of a text that is split; the shape of the last one goes for all that follow. */
function pieceTexts(pieces: readonly Shape[]): [string, string, string] {
  const pieceAt = (i: number, otherwise: string): string => {
    const piece = pieces[Math.min(i, pieces.length - 1)];
    const isNumber =
      piece?.kind === "integer" || piece?.kind === "number" || (piece?.kind === "string" && piece.numeric);
    if (isNumber) return ["1", "2", "30"][i] as string;
    const known =
      piece?.kind === "string" ? piece.texts.map(({ text: word }) => word).filter((word) => word !== "") : [];
    return known[i] ?? (pieces.length > 1 ? known[0] : undefined) ?? otherwise;
  };
  return [pieceAt(0, "ada"), pieceAt(1, "ben"), pieceAt(2, "cleo")];
}

/**
 * Texts at which something may change.
 *
 * @param edges those of a piece of the text
 */
export function edgeTexts(
  shape: StringShape,
  name: string,
  edges: (shape: Shape, depth: number) => readonly Datum[],
): string[] {
  if (shape.isLetter) return [...ordinaryTexts(shape, name), "_", "é", "", "ab"];
  const around: string[] = composedTexts(shape);
  for (const { text: known, role } of shape.texts) {
    around.push(known);
    if (role === "start") around.push(`a${known}`, `${known}${known}b`);
    if (role === "end") around.push(`${known}a`);
    if (role === "inside") around.push(`ada${known}`, `${known}ben`, `a${known}b${known}c`);
    if (role === "whole" && known.toUpperCase() !== known) around.push(known.toUpperCase());
  }
  if (shape.pieces) {
    const { separator, pieces } = shape.pieces;
    const [a, b] = pieceTexts(pieces);
    const last = pieces.at(-1) ?? { kind: "string", texts: [] };
    around.push(a, separator, `${a}${separator}`, `${a}${separator}${separator}${b}`, ` ${a} ${separator} ${b} `);
    for (const edge of edges(last, 2).slice(0, 6))
      if (edge.kind === "string") around.push(`${a}${separator}${edge.value}`);
  }
  const numeric: string[] = [];
  if (shape.numeric)
    for (const edge of edges(shape.numeric, 1).slice(0, 8))
      if (edge.kind === "number") numeric.push(String(edge.value));
  if (shape.numeric) numeric.push("1.5", "x");
  const [first = "ada"] = ordinaryTexts(shape, name);
  return [...around, ...numeric, "", ...textsFor(name), first.toUpperCase(), ` ${first} `, "a", "été"];
}

import { namedKinds } from "./knownCalls";
import type { Place } from "./place";
import { nothing, type Seen } from "./seen";

/** A place that something else stands in for when it is missing. */
export function noteDefault(place: Place, fallback: Seen): void {
  const { literal } = fallback;
  if (typeof literal === "number") place.noteNumber(literal);
  else if (typeof literal === "string") place.noteText(literal);
  else if (typeof literal === "boolean") place.votesFor("boolean");
  else if (fallback.form) place.votesFor(fallback.form, 0.8);
  place.votesFor("none", 1);
}

/** `x < 3`, `kind === "tug"`: what is compared is of one kind, and the literal matters. */
export function compare(operator: string, left: Seen, right: Seen): void {
  if (left.place && right.place) {
    left.place.isLike(right.place);
    if (/[<>]/.test(operator)) for (const { place } of [left, right]) place?.votesFor("integer", 0.3);
    return;
  }
  if (right.kindOf || left.kindOf) {
    const name = right.kindOf ? left.literal : right.literal;
    const kind = typeof name === "string" && Object.hasOwn(namedKinds, name) ? namedKinds[name] : undefined;
    if (kind) (left.kindOf ?? right.kindOf)?.votesFor(kind);
    return;
  }
  const [known, other] = left.place ? [left, right] : [right, left];
  if (!known.place) return;
  const { place, back } = known;
  if (typeof other.literal === "number") place.noteNumber(back ? back(other.literal) : other.literal);
  else if (typeof other.literal === "string" && other.literal.length === 1 && known.isElement) {
    place.noteText(other.literal);
    place.noteLetter();
  } else if (typeof other.literal === "string") place.noteText(other.literal, known.slice ?? "whole");
  else if (typeof other.literal === "boolean") place.votesFor("boolean", 2);
  else if (other.literal === null) place.votesFor("none");
  else if (other.form) place.votesFor(other.form, 0.6);
  else if (/[<>]/.test(operator)) place.votesFor("integer", 0.6);
}

/** `x in y` */
export function contains(left: Seen, right: Seen, isPython: boolean): void {
  if (left.place) {
    for (const literal of right.literals ?? []) {
      if (typeof literal === "number") left.place.noteNumber(literal);
      else left.place.noteText(literal);
    }
    // One of the letters of a text.
    if (typeof right.literal === "string") {
      if (left.isElement) left.place.noteLetter();
      left.place.votesFor("string");
      for (const letter of [...right.literal].slice(0, 4)) left.place.noteText(letter);
    }
  }
  if (!right.place) return;
  if (typeof left.literal === "string") {
    if (right.place.score("string") > 0 || right.place.declaredAs("string"))
      right.place.noteText(left.literal, "inside");
    else if (isPython || !right.place.isDeclared) {
      right.place.noteText(left.literal, "inside", 0.5);
      if (right.place.declaredAs("map") || right.place.declaredAs("record") || !isPython)
        right.place.field(left.literal, true);
      else right.place.votesFor("list", 0.4);
    }
  } else {
    right.place.votesFor("list", 0.6);
    if (left.place) right.place.each().isLike(left.place);
    if (typeof left.literal === "number") right.place.each().noteNumber(left.literal);
  }
}

/** What an arithmetic operator says of both sides, and what comes out. */
export function calculate(operator: string, left: Seen, right: Seen, isPython: boolean): Seen {
  const n = typeof right.literal === "number" ? right.literal : undefined;
  if (left.place && n !== undefined) return withNumber(operator, left, n, isPython);
  const first = typeof left.literal === "number" ? left.literal : undefined;
  if (right.place && first !== undefined) {
    right.place.votesFor("integer");
    const { back, place } = right;
    const undo = operator === "+" ? (x: number) => x - first : operator === "-" ? (x: number) => first - x : undefined;
    return undo ? { place, back: back ? (x) => back(undo(x)) : undo } : { place: place.fresh() };
  }
  if (operator === "%" && (typeof left.literal === "string" || left.form === "string")) {
    for (const { place } of [right, ...(right.parts ?? [])]) place?.votesFor("string", 0.2);
    return { form: "string" };
  }
  const isText =
    typeof left.literal === "string" ||
    typeof right.literal === "string" ||
    left.form === "string" ||
    right.form === "string";
  for (const { place } of [left, right]) {
    if (!place) continue;
    if (operator === "+") {
      if (isText) place.votesFor("string", isPython ? 1 : 0.5);
      else if (left.form === "list" || right.form === "list") place.votesFor("list");
      else place.noteAdded();
    } else if (operator === "/") place.votesFor("number", 0.6);
    else if (operator !== "*" || !isText) place.votesFor("integer", 0.5);
  }
  if (left.place && right.place) left.place.isLike(right.place);
  if (isText) return { form: "string" };
  return (left.place ?? right.place)
    ? { place: ((left.place ?? right.place) as Place).fresh().votesFor("integer", 0.1) }
    : nothing;
}

/** The same with a number on the right; remembers how to get from the result back to the place. */
export function withNumber(operator: string, { place, back = (x) => x }: Seen, n: number, isPython: boolean): Seen {
  if (!place) return nothing;
  switch (operator) {
    case "+":
      place.votesFor("integer");
      return { place, back: (x) => back(x - n) };
    case "-":
      place.votesFor("integer");
      return { place, back: (x) => back(x + n) };
    case "*":
      place.votesFor("integer", 0.6);
      return n === 0 ? nothing : { place, back: (x) => back(Math.ceil(x / n)) };
    case "/":
    case "//":
      place.noteDivisor(back(n));
      if (operator === "/" && isPython) place.votesFor("number", 0.5);
      return { place, back: (x) => back(x * n) };
    case "%":
      place.noteDivisor(back(n));
      return { place, back };
    case ">>":
    case ">>>":
      place.noteDivisor(2 ** Math.min(n, 40));
      return { place, back: (x) => back(x * 2 ** Math.min(n, 40)) };
    case "&":
      place.noteNumber(n);
      return { place, back };
    default:
      place.votesFor("integer", 0.6);
      return { place: place.fresh() };
  }
}

/**
 * What a value a function is called with looks like, with what the function's own text says is worth trying there.
 * Numbers are worth trying on both sides.
 */
export type Shape =
  | { kind: "unknown" }
  | NumberShape
  | StringShape
  | { kind: "bytes" }
  | { kind: "boolean" }
  | { kind: "none" }
  /** `lengths` are those the function tells apart; with fewer than `least` elements it looks for some in vain. */
  | { kind: "list"; element: Shape; lengths: readonly number[]; least: number }
  | { kind: "set"; element: Shape }
  /** `names` are what the function calls the elements, empty where it does not. */
  | { kind: "tuple"; elements: readonly Shape[]; names: readonly string[] }
  /** A `Map` of JavaScript, or what has its keys as properties: a `dict`, an object. */
  | { kind: "map"; form: "properties" | "Map"; key: Shape; value: Shape }
  /** With `standIn` it is an object of this class made from its fields alone. Known fields, reached as `x["a"]` or as `x.a`; JavaScript does not tell these apart. */
  | { kind: "record"; form: "keys" | "attributes"; fields: readonly FieldShape[]; standIn?: string }
  /** One of these expressions: literal types, members of an enum, dates. */
  | { kind: "oneOf"; expressions: readonly string[] }
  | { kind: "union"; members: readonly Shape[] }
  /** An object of a class of the file, made by its constructor. */
  | { kind: "instance"; className: string; parameters: readonly ParameterShape[] }
  /** A class that objects are made of, where it is a maker. */
  | { kind: "callable"; arity: number; result?: Shape; isMaker?: true };

export interface NumberShape {
  kind: "integer" | "number";
  /** What it is compared with, defaulted to, or would be after a calculation is undone. */
  near: readonly number[];
  /** What it is divided by. */
  divisors: readonly number[];
}

export interface StringShape {
  kind: "string";
  texts: readonly TextHint[];
  /** It is one letter. */
  isLetter?: true;
  /** What the function reads out of it: `1` of `int(text)`. */
  numeric?: NumberShape;
  /** What is between the separators it is split at, by position; the last one goes for all that follow. */
  pieces?: { separator: string; pieces: readonly Shape[] };
}

/** A text of the function and how it is looked for. */
export interface TextHint {
  text: string;
  role: "whole" | "start" | "end" | "inside";
}

export interface FieldShape {
  name: string;
  shape: Shape;
  /** May be missing. */
  optional: boolean;
}

export interface ParameterShape {
  /** Empty for a pattern. */
  name: string;
  shape: Shape;
  /** May be left out. */
  optional: boolean;
  /**
   * How the argument is given. A method gets its object first, as `receiver`; `rest` takes any number of positional
   * arguments, `keywords` any number of named ones. What a function captures is given before all others.
   */
  passing: "captured" | "receiver" | "positional" | "keyword" | "rest" | "keywords";
}

export const unknownShape: Shape = { kind: "unknown" };

/** Names of the file or of its imports that values of these shapes mention: a program must declare them. */
export function namesMentioned(parameters: readonly ParameterShape[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (shape: Shape): void => {
    if (shape.kind === "instance") {
      names.add(rootName(shape.className));
      for (const parameter of shape.parameters) visit(parameter.shape);
    } else if (shape.kind === "oneOf") {
      for (const expression of shape.expressions) {
        const name = /^(?:new )?([\p{L}_$][\p{L}\p{N}_$]*)[.(]/u.exec(expression)?.[1];
        if (name !== undefined) names.add(name);
      }
    } else for (const inner of shapesInside(shape)) visit(inner);
  };
  for (const { shape } of parameters) visit(shape);
  return names;
}

function rootName(name: string): string {
  return name.split(".")[0] as string;
}

function shapesInside(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "list":
    case "set":
      return [shape.element];
    case "tuple":
      return shape.elements;
    case "map":
      return [shape.key, shape.value];
    case "record":
      return shape.fields.map((field) => field.shape);
    case "union":
      return shape.members;
    case "callable":
      return shape.result ? [shape.result] : [];
    default:
      return [];
  }
}

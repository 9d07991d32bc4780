import type { ExternalType } from "./typeSystem";
import type { Type } from "./types";

/** How well an argument fits a parameter: not at all, only by boxing, or as it is. Absent when nobody knows. */
export type Fit = "no" | "loose" | "strict" | undefined;

/** Primitive types with the classes that box them, and how wide they are where they are numbers. */
const primitives: ReadonlyMap<string, { box: string; width?: number }> = new Map([
  ["byte", { box: "Byte", width: 0 }],
  ["short", { box: "Short", width: 1 }],
  ["char", { box: "Character", width: 1 }],
  ["int", { box: "Integer", width: 2 }],
  ["long", { box: "Long", width: 3 }],
  ["float", { box: "Float", width: 4 }],
  ["double", { box: "Double", width: 5 }],
  ["boolean", { box: "Boolean" }],
]);
const unboxed: ReadonlyMap<string, string> = new Map([...primitives].map(([name, { box }]) => [box, name]));

export const stringType: Type = { kind: "external", module: "java.lang", symbol: "String", arguments: [] };

/** The primitive type of a literal; absent where the text is none. */
export function numberType(text: string): string | undefined {
  if (/^(true|false|<boolean>)$/.test(text)) return "boolean";
  if (!/^[-+]?(\d|\.\d)/.test(text)) return undefined;
  if (/^[-+]?0[xX]/.test(text)) return /[lL]$/.test(text) ? "long" : "int";
  if (/[lL]$/.test(text)) return "long";
  if (/[fF]$/.test(text)) return "float";
  return /[.eEdD]/.test(text) ? "double" : "int";
}

export function primitiveOf(type: Type): string | undefined {
  return type.kind === "external" && type.module === "builtin" && primitives.has(type.symbol) ? type.symbol : undefined;
}

/** Whether a value of a primitive type goes where another one is asked for. */
export function widens(from: string, to: string): boolean {
  if (from === to) return true;
  if (from === "boolean" || to === "boolean" || to === "char" || (from === "char" && to === "short")) return false;
  if (from === "byte" && to === "short") return true;
  return (primitives.get(from)?.width ?? 0) < (primitives.get(to)?.width ?? 0);
}

/** What boxes a primitive type. */
export function boxOf(primitive: string): Type {
  return { kind: "external", module: "java.lang", symbol: primitives.get(primitive)?.box ?? "", arguments: [] };
}

/** The primitive type that a class boxes. */
export function unboxedType({ module, symbol }: ExternalType): string | undefined {
  return module === "java.lang" ? unboxed.get(symbol) : undefined;
}

export function isRoot(type: Type): boolean {
  return type.kind === "external" && type.module === "java.lang" && type.symbol === "Object";
}

export function isString({ module, symbol }: ExternalType): boolean {
  return module === "java.lang" ? /^(String|CharSequence)$/.test(symbol) : module === "builtin" && symbol === "string";
}

export function listOf(type: Type): { element: Type | undefined } | undefined {
  const isList = type.kind === "external" && type.module === "builtin" && type.symbol === "list";
  return isList ? { element: type.arguments[0] } : undefined;
}

export function sameType(a: Type, b: Type): boolean {
  if (a.kind === "declared" && b.kind === "declared") return a.declaration.facts === b.declaration.facts;
  if (a.kind !== "external" || b.kind !== "external") return false;
  if (isString(a) && isString(b) && a.symbol !== "CharSequence" && b.symbol !== "CharSequence") return true;
  return a.module === b.module && a.symbol === b.symbol;
}

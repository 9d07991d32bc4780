import type { LiteralValue, Value } from "../../model/facts";

/** What a literal of the source stands for; `undefined` where that is neither a number, a text, a truth nor nothing. */
export function literalOf({ type, text }: LiteralValue): string | number | boolean | null | undefined {
  switch (type) {
    case "number": {
      const value = Number(text.replace(/_/g, "").replace(/[nN]$/, ""));
      return Number.isFinite(value) ? value : undefined;
    }
    case "string":
      // Cut, or with escapes: what it means is not what stands here.
      return text.endsWith("…") ? undefined : unescaped(text);
    case "boolean":
      return /^true$/i.test(text);
    case "null":
      return null;
    default:
      return undefined;
  }
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

function unescaped(text: string): string | undefined {
  if (!text.includes("\\")) return text;
  if (/\\[^ntr\\'"]/.test(text)) return undefined;
  return text.replace(/\\([ntr\\'"])/g, (_, letter: string) => escapes[letter] as string);
}

/** The literals that a value is, or that stand in it one after the other. */
export function literalsIn(value: Value): (string | number)[] {
  if (value.kind === "literal") {
    const literal = literalOf(value);
    return typeof literal === "string" || typeof literal === "number" ? [literal] : [];
  }
  if (value.kind === "operation" && value.operator === "-" && value.operands.length === 1)
    return value.operands.flatMap(literalsIn).map((literal) => (typeof literal === "number" ? -literal : literal));
  return [];
}

/**
 * The keys between brackets of an expression, those of calls and other brackets inside left out: what a literal says,
 * `undefined` for anything else. Slices are no keys.
 */
export function subscriptsIn(text: string, isPython: boolean): (string | number | undefined)[] {
  const keys: (string | number | undefined)[] = [];
  let depth = 0;
  let opened = -1;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === '"' || character === "'") {
      const closing = text.indexOf(character, i + 1);
      i = closing < 0 ? text.length : closing;
    } else if ("([{".includes(character)) {
      if (depth++ === 0) opened = character === "[" && i > 0 ? i : -1;
    } else if (")]}".includes(character) && --depth === 0 && opened >= 0) {
      const key = text.slice(opened + 1, i).trim();
      opened = -1;
      if (!isPython || !isSlice(key)) keys.push(keyOf(key));
    }
  }
  return keys;
}

function isSlice(key: string): boolean {
  return /:/.test(key.replace(/(["'])[^"']*\1/g, ""));
}

function keyOf(key: string): string | number | undefined {
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(key);
  if (quoted) return quoted[2] as string;
  return /^-?\d+$/.test(key) ? Number(key) : undefined;
}

/** A literal that stands in a text alone, such as a default value. */
export function literalOfText(text: string): string | number | boolean | null | undefined {
  if (/^-?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text.replace(/_/g, ""));
  const quoted = /^(["'`])([^"'`\\]*)\1$/.exec(text);
  if (quoted) return quoted[2] as string;
  if (/^(?:true|false)$/i.test(text)) return /^true$/i.test(text);
  return /^(?:None|null|undefined)$/.test(text) ? null : undefined;
}

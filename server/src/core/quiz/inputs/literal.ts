/** A value that can be written as an expression. */
export type Datum =
  | { kind: "none" }
  /** JavaScript's `undefined`; Python has `none` alone. */
  | { kind: "missing" }
  | { kind: "boolean"; value: boolean }
  /** `real` keeps the point: `3.0`. */
  | { kind: "number"; value: number; real?: true }
  | { kind: "string"; value: string }
  | { kind: "bytes"; value: string }
  | { kind: "list" | "tuple" | "set"; items: readonly Datum[] }
  /** `Map` of JavaScript; elsewhere keys are properties, in Python a `dict`. */
  | { kind: "map"; form: "properties" | "Map"; entries: readonly (readonly [Datum, Datum])[] }
  /** `attributes` is an object reached by dots in Python, of the class `standIn` if there is one. */
  | { kind: "record"; form: "keys" | "attributes"; fields: readonly (readonly [string, Datum])[]; standIn?: string }
  /** A call of a constructor; the name of an argument that is given by name, else `undefined`. */
  | { kind: "object"; className: string; arguments: readonly (readonly [string | undefined, Datum])[] }
  /** An expression as it is. */
  | { kind: "code"; text: string };

/** What a Python program must import for the expressions of `renderDatum`. */
export const pythonInputImport = "from types import SimpleNamespace";

/** A value as an expression of the language. */
export function renderDatum(datum: Datum, isPython: boolean): string {
  const render = (inner: Datum) => renderDatum(inner, isPython);
  switch (datum.kind) {
    case "none":
      return isPython ? "None" : "null";
    case "missing":
      return isPython ? "None" : "undefined";
    case "boolean":
      return isPython ? (datum.value ? "True" : "False") : String(datum.value);
    case "number":
      return numberText(datum.value, datum.real === true, isPython);
    case "string":
      return stringText(datum.value);
    case "bytes":
      return isPython ? bytesText(datum.value) : `new Uint8Array([${byteCodes(datum.value).join(", ")}])`;
    case "list":
      return `[${datum.items.map(render).join(", ")}]`;
    case "tuple":
      if (!isPython) return `[${datum.items.map(render).join(", ")}]`;
      return `(${datum.items.map(render).join(", ")}${datum.items.length === 1 ? "," : ""})`;
    case "set":
      if (!isPython) return `new Set([${datum.items.map(render).join(", ")}])`;
      return datum.items.length === 0 ? "set()" : `{${datum.items.map(render).join(", ")}}`;
    case "map":
      if (datum.form === "Map" && !isPython)
        return `new Map([${datum.entries.map(([key, value]) => `[${render(key)}, ${render(value)}]`).join(", ")}])`;
      return properties(
        datum.entries.map(([key, value]) => [isPython ? render(key) : propertyText(key), render(value)]),
        isPython,
      );
    case "record": {
      if (datum.form === "attributes" && isPython)
        return `${datum.standIn ?? "SimpleNamespace"}(${datum.fields.map(([name, value]) => `${name}=${render(value)}`).join(", ")})`;
      const fields = datum.fields.map(
        ([name, value]) => [isPython ? stringText(name) : propertyName(name), render(value)] as const,
      );
      const text = properties(fields, isPython);
      return datum.standIn === undefined ? text : `new ${datum.standIn}(${text})`;
    }
    case "object": {
      const args = datum.arguments.map(
        ([name, value]) => (name === undefined || !isPython ? "" : `${name}=`) + render(value),
      );
      return `${isPython ? "" : "new "}${datum.className}(${args.join(", ")})`;
    }
    case "code":
      return datum.text;
  }
}

function properties(entries: readonly (readonly [string, string])[], isPython: boolean): string {
  if (entries.length === 0) return "{}";
  const text = entries.map(([key, value]) => `${key}: ${value}`).join(", ");
  return isPython ? `{${text}}` : `{ ${text} }`;
}

function propertyText(key: Datum): string {
  if (key.kind === "string") return propertyName(key.value);
  return key.kind === "number" && key.value >= 0 ? String(key.value) : `[${renderDatum(key, false)}]`;
}

function propertyName(name: string): string {
  // `__proto__: x` would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringText(name);
}

function numberText(value: number, real: boolean, isPython: boolean): string {
  if (Number.isNaN(value)) return isPython ? 'float("nan")' : "NaN";
  if (!Number.isFinite(value)) {
    const sign = value < 0 ? "-" : "";
    return isPython ? `float("${sign}inf")` : `${sign}Infinity`;
  }
  if (Object.is(value, -0)) return isPython ? "-0.0" : "-0";
  const plain = Number.isSafeInteger(value) ? String(value) : wholeText(value);
  return real && isPython && /^-?\d+$/.test(plain) ? `${plain}.0` : plain;
}

/** Large whole numbers stay whole: `1e21` would be a real number in Python. */
function wholeText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function stringText(value: string): string {
  let text = "";
  for (const character of value) {
    const code = character.codePointAt(0) as number;
    if (character === '"' || character === "\\") text += `\\${character}`;
    else if (character === "\n") text += "\\n";
    else if (character === "\t") text += "\\t";
    else if (character === "\r") text += "\\r";
    else if (code < 0x20 || code === 0x7f) text += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code === 0x2028 || code === 0x2029 || (code >= 0xd800 && code <= 0xdfff) || code === 0xfeff)
      text += `\\u${code.toString(16).padStart(4, "0")}`;
    else text += character;
  }
  return `"${text}"`;
}

function byteCodes(text: string): number[] {
  return [...text].map((character) => (character.codePointAt(0) as number) & 0xff);
}

function bytesText(text: string): string {
  const escaped = byteCodes(text).map((code) => {
    const character = String.fromCharCode(code);
    if (character === '"' || character === "\\") return `\\${character}`;
    return code >= 0x20 && code < 0x7f ? character : `\\x${code.toString(16).padStart(2, "0")}`;
  });
  return `b"${escaped.join("")}"`;
}

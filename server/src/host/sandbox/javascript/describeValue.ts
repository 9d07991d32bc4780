/** The built-ins that values of a program come from. */
export interface Realm {
  objectPrototype: object;
  arrayPrototype: object;
  functionPrototype: object;
  errorPrototype: object;
  promisePrototype: object;
}

export type Values = [string, ...string[]];

/** A value that no text can stand for; the message says why. */
export class Undescribable extends Error {}

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 60;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const MATCH_KEYS = new Set(["index", "input", "groups", "indices"]);
const WELL_KNOWN = new Map(
  ["iterator", "asyncIterator", "hasInstance", "toPrimitive", "toStringTag"].map((name) => [
    (Symbol as unknown as Record<string, symbol>)[name],
    `Symbol.${name}`,
  ]),
);
const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayName = Object.getOwnPropertyDescriptor(TYPED_ARRAY, Symbol.toStringTag)?.get as () => string;

/**
 * Values as expressions: `[1, -0]`, `new Map([["a", 1n]])`; instances as consoles show them: `Point { x: 1 }`. Sets are
 * sorted, keys stay in their order.
 * @throws Undescribable
 */
export function describeValue(values: readonly unknown[], realm: Realm): string[] {
  return values.map((value) => new Describer(realm).describe(value, 0));
}

class Describer {
  private readonly open = new Set<object>();
  private length = 0;

  constructor(private readonly realm: Realm) {}

  describe(value: unknown, depth: number): string {
    if (depth > MAX_DEPTH) throw new Undescribable("is nested too deep");
    const text = isObject(value) ? this.describeObject(value, depth) : describePrimitive(value);
    return this.counted(text, value);
  }

  /** What is inside has been counted already. */
  private counted(text: string, value: unknown): string {
    this.length += isObject(value) ? 4 : text.length;
    if (this.length > MAX_LENGTH) throw new Undescribable("is too large to show");
    return text;
  }

  private describeObject(value: object, depth: number): string {
    // Of a function inside a value it is enough that it is there.
    if (typeof value === "function" && depth > 0) return "[Function]";
    if (typeof value === "function") throw new Undescribable("is a function");
    if (this.open.has(value)) throw new Undescribable("contains itself");
    this.open.add(value);
    const text = this.describeByKind(value, (inner) => this.describe(inner, depth + 1));
    this.open.delete(value);
    return text;
  }

  private describeByKind(value: object, inner: (value: unknown) => string): string {
    if (Array.isArray(value)) return this.describeArray(value, inner);
    const builtin = describeBuiltin(value, inner, this.realm);
    if (builtin !== undefined) return builtin;
    const prototype = Object.getPrototypeOf(value);
    const fields = this.fieldsOf(value, inner);
    if (prototype === null) return braces(["__proto__: null", ...fields]);
    if (prototype === this.realm.objectPrototype) return braces(fields);
    return `${instanceName(value)} ${braces(fields)}`;
  }

  private describeArray(array: unknown[], inner: (value: unknown) => string): string {
    if (array.length > MAX_LENGTH) throw new Undescribable("is too large to show");
    const items: string[] = [];
    for (let i = 0; i < array.length; i++) items.push(Object.hasOwn(array, i) ? inner(array[i]) : "");
    // A comma at the end of an array makes no element.
    if (items.at(-1) === "") items.push("");
    const text = `[${items.map((item, i) => (i === 0 || item === "" ? item : ` ${item}`)).join(",")}]`;
    const extras = Object.keys(array).filter((key) => !/^\d+$/.test(key) && !MATCH_KEYS.has(key));
    if (extras.length === 0) return text;
    return `Object.assign(${text}, ${braces(extras.map((key) => field(key, inner(Reflect.get(array, key)))))})`;
  }

  private fieldsOf(value: object, inner: (value: unknown) => string): string[] {
    const keys = Object.keys(value);
    if (keys.length > MAX_LENGTH) throw new Undescribable("is too large to show");
    return keys.map((key) => field(key, inner(Reflect.get(value, key))));
  }
}

export function inherits(prototype: object, value: object): boolean {
  return Object.prototype.isPrototypeOf.call(prototype, value);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function describePrimitive(value: unknown): string {
  if (typeof value === "string") {
    if (value.length > MAX_LENGTH) throw new Undescribable("is too large to show");
    return JSON.stringify(value);
  }
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol") return describeSymbol(value);
  return String(value);
}

function describeSymbol(symbol: symbol): string {
  const known = WELL_KNOWN.get(symbol);
  if (known !== undefined) return known;
  const key = Symbol.keyFor(symbol);
  if (key === undefined) throw new Undescribable("holds a symbol");
  return `Symbol.for(${JSON.stringify(key)})`;
}

/** Built-ins are told by what only they can do: prototypes can be changed. */
function describeBuiltin(value: object, inner: (value: unknown) => string, realm: Realm): string | undefined {
  if (inherits(realm.errorPrototype, value)) {
    const { constructor: maker, message } = value as Error;
    return `${maker.name}(${message === "" ? "" : inner(String(message))})`;
  }
  if (inherits(realm.promisePrototype, value)) throw new Undescribable("holds a promise");
  switch (Object.prototype.toString.call(value)) {
    case "[object Map]":
      return describeMap(value as Map<unknown, unknown>, inner);
    case "[object Set]":
      return describeSet(value as Set<unknown>, inner);
    case "[object Date]":
      return attempt(() => {
        const time = Date.prototype.getTime.call(value);
        return `new Date(${Number.isNaN(time) ? "NaN" : JSON.stringify(new Date(time).toISOString())})`;
      });
    case "[object RegExp]":
      return attempt(() => `/${Reflect.get(value, "source")}/${Reflect.get(value, "flags")}`);
    case "[object Number]":
      return attempt(() => `new Number(${describePrimitive(Number.prototype.valueOf.call(value))})`);
    case "[object String]":
      return attempt(() => `new String(${describePrimitive(String.prototype.valueOf.call(value))})`);
    case "[object Boolean]":
      return attempt(() => `new Boolean(${Boolean.prototype.valueOf.call(value)})`);
    case "[object WeakMap]":
    case "[object WeakSet]":
    case "[object WeakRef]":
    case "[object Generator]":
    case "[object AsyncGenerator]":
      throw new Undescribable("holds an object whose content cannot be seen");
  }
  const typed = typedArrayName.call(value);
  if (typed === undefined) return undefined;
  const items = value as Uint8Array;
  if (items.length > MAX_LENGTH) throw new Undescribable("is too large to show");
  return `new ${typed}([${Array.from(items, inner).join(", ")}])`;
}

function describeMap(map: Map<unknown, unknown>, inner: (value: unknown) => string): string | undefined {
  return attempt(() => {
    const entries: string[] = [];
    Map.prototype.forEach.call(map, (item, key) => entries.push(`[${inner(key)}, ${inner(item)}]`));
    return `new Map(${entries.length === 0 ? "" : `[${entries.join(", ")}]`})`;
  });
}

function describeSet(set: Set<unknown>, inner: (value: unknown) => string): string | undefined {
  return attempt(() => {
    const items: { text: string; number: number }[] = [];
    Set.prototype.forEach.call(set, (item) =>
      items.push({ text: inner(item), number: typeof item === "number" ? item : Number.NaN }),
    );
    items.sort((a, b) => a.number - b.number || (a.text < b.text ? -1 : 1));
    return `new Set(${items.length === 0 ? "" : `[${items.map(({ text }) => text).join(", ")}]`})`;
  });
}

/** A tag can lie: then the built-in's own method throws, and the value is an object like others. */
function attempt(describe: () => string): string | undefined {
  try {
    return describe();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function instanceName(value: object): string {
  const { constructor: maker } = value as { constructor?: unknown };
  if (typeof maker !== "function" || typeof maker.name !== "string" || maker.name === "")
    throw new Undescribable("holds an object of a class without a name");
  if (/(^|[\s{};])#[A-Za-z_$]/.test(Function.prototype.toString.call(maker)))
    throw new Undescribable(`holds a ${maker.name}, which has private fields`);
  return maker.name;
}

function field(key: string, text: string): string {
  const name = key === "__proto__" ? '["__proto__"]' : IDENTIFIER.test(key) ? key : JSON.stringify(key);
  return `${name}: ${text}`;
}

function braces(fields: readonly string[]): string {
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/**
 * Runs inside QuickJS, in a realm of its own beside that of the program: whatever a program does to its built-ins, these
 * are untouched. Bundled as a script whose value is `guest`.
 */
import { describeValue, inherits, type Realm, Undescribable, type Values } from "./describeValue";

export interface Box {
  call(...args: unknown[]): unknown;
  /** Each makes the arguments of one call. */
  inputs: (() => unknown[])[];
  /** Those of the program that were run; none unless it tells them. */
  lines: number[];
}

interface Told {
  kind: "returned" | "threw" | "stopped";
  [key: string]: unknown;
}

const MAX_PRINTED = 2000;
const MAX_MESSAGE = 1000;
const MAX_ITEMS = 300;

/** What belongs to other machines, other days or nobody: a program that asks for it has no answer. */
const ABSENT =
  "setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate process Buffer URL URLSearchParams TextEncoder TextDecoder fetch Headers Request Response FormData Blob File crypto structuredClone performance require module exports __dirname __filename window document navigator location localStorage sessionStorage self global atob btoa Intl AbortController AbortSignal Event EventTarget MessageChannel BroadcastChannel WebSocket XMLHttpRequest Worker WebAssembly alert requestAnimationFrame cancelAnimationFrame Temporal Atomics SharedArrayBuffer";
/** What depends on the language of the machine. */
const LOCALISED: readonly [string, string][] = [
  ["String", "localeCompare"],
  ["Number", "toLocaleString"],
  ["BigInt", "toLocaleString"],
  ["Array", "toLocaleString"],
  ["Date", "toLocaleString"],
  ["Date", "toLocaleDateString"],
  ["Date", "toLocaleTimeString"],
];
const ERRORS = "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError".split(" ");

// biome-ignore lint/suspicious/noExplicitAny: the other realm's built-ins, by name.
type World = any;

let world: World;
let realm: Realm;
/** Errors that the program itself has made. */
const made = new WeakSet<object>();
let missing: string | undefined;
let printed = "";
let box: Box;
let args: unknown[] = [];
let before: (string | undefined)[] = [];
let result: { value: unknown } | { error: unknown } | undefined;

/** Takes away what a program must not have. Called once, before anything runs there. */
export function furnish(programGlobal: World): void {
  world = programGlobal;
  for (const name of ERRORS) markErrors(name);
  closeClock();
  for (const name of ["sort", "toSorted"]) decideOrder(name);
  world.Math.random = () => absent("chance (`Math.random`)");
  for (const [type, method] of LOCALISED)
    world[type].prototype[method] = () => absent(`the language of the machine (\`${method}\`)`);
  for (const name of ABSENT.split(" "))
    Object.defineProperty(world, name, {
      configurable: true,
      enumerable: false,
      get: () => absent(`\`${name}\``),
      set: (value) => Object.defineProperty(world, name, { configurable: true, writable: true, value }),
    });
  const { Promise: ProgramPromise } = world;
  world.queueMicrotask = (task: () => void) => void ProgramPromise.resolve().then(task);
  const print = (...values: unknown[]) => {
    if (printed.length <= MAX_PRINTED) printed += `${values.map(shown).join(" ")}\n`;
  };
  const quiet = () => {};
  world.console = { log: print, info: print, debug: print, error: quiet, warn: quiet, trace: quiet, assert: quiet };
  realm = {
    objectPrototype: world.Object.prototype,
    arrayPrototype: world.Array.prototype,
    functionPrototype: world.Function.prototype,
    errorPrototype: world.Error.prototype,
    promisePrototype: world.Promise.prototype,
  };
}

/** Takes away more names, of one program. */
export function lack(names: string): void {
  for (const name of names.split(" ")) {
    const refuse = () => absent(`\`${name}\``);
    Object.defineProperty(world, name, { configurable: false, enumerable: false, get: refuse, set: refuse });
  }
}

function absent(what: string): never {
  missing ??= `asks for ${what}`;
  throw new world.Error(missing);
}

/** The language's own errors do not pass through the constructors. */
function markErrors(name: string): void {
  const native = world[name];
  const mark = (error: object) => {
    made.add(error);
    return error;
  };
  const marking = new Proxy(native, {
    construct: (target, args, newTarget) => mark(Reflect.construct(target, args, newTarget)),
    apply: (target, _, args) => mark(Reflect.construct(target, args, marking)),
  });
  if (name !== "Error") Object.setPrototypeOf(native, world.Error);
  native.prototype.constructor = marking;
  Object.defineProperty(world, name, { configurable: true, enumerable: false, writable: true, value: marking });
}

function closeClock(): void {
  const native = world.Date;
  const clock = () => absent("the clock");
  const closed: World = new Proxy(native, {
    construct: (target, args, newTarget) =>
      args.length === 0 ? clock() : Reflect.construct(target, args, newTarget === closed ? target : newTarget),
    apply: clock,
  });
  native.now = clock;
  native.prototype.constructor = closed;
  Object.defineProperty(world, "Date", { configurable: true, enumerable: false, writable: true, value: closed });
}

/** Of more items, only neighbours are compared. */
const MAX_ALL_PAIRS = 12;

/** Where a comparison contradicts itself, each engine sorts in its own way. */
function decideOrder(name: string): void {
  const native = world.Array.prototype[name];
  if (!native) return;
  world.Array.prototype[name] = function (this: unknown, compare?: (a: unknown, b: unknown) => unknown) {
    const sorted = native.call(this, compare);
    if (typeof compare === "function" && !isDecided(sorted, compare))
      absent("an order that its comparison leaves open");
    return sorted;
  };
}

function isDecided(sorted: ArrayLike<unknown>, compare: (a: unknown, b: unknown) => unknown): boolean {
  const { length } = sorted;
  for (let i = 0; i < length; i++)
    for (let j = i + 1; j < (length <= MAX_ALL_PAIRS ? length : Math.min(i + 2, length)); j++) {
      const [a, b] = [sorted[i], sorted[j]];
      if (a === undefined || b === undefined) continue;
      const [forth, back] = [Number(compare(a, b)), Number(compare(b, a))];
      if (forth > 0 || forth < 0 !== back > 0) return false;
    }
  return true;
}

function shown(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return describeValue([value], realm)[0] as string;
  } catch {
    return "?";
  }
}

/** Calls the function; what it gives is kept for `finish`, since a promise needs its jobs to be run first. */
export function start(given: Box, index: number): void {
  box = given;
  args = (box.inputs[index] as () => unknown[])();
  before = args.map((value) => {
    try {
      return describeValue([value], realm)[0];
    } catch {
      return undefined;
    }
  });
  try {
    const value = box.call(...args);
    if (isPromise(value)) {
      const settle = world.Object.getPrototypeOf(value).then;
      settle.call(
        value,
        (settled: unknown) => {
          result = { value: settled };
        },
        (error: unknown) => {
          result = { error };
        },
      );
    } else result = { value };
  } catch (error) {
    result = { error };
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && inherits(realm.promisePrototype, value);
}

/** @returns an `Outcome` as JSON */
export function finish(): string {
  const told = tell();
  if (box.lines.length > 0) told.lines = Array.from({ length: box.lines.length }, (_, i) => box.lines[i]);
  return JSON.stringify(told);
}

function tell(): Told {
  if (missing !== undefined) return { kind: "stopped", by: "outside", detail: missing };
  if (!result) return { kind: "stopped", by: "value", detail: "waits for a promise that nothing settles" };
  let told: Told;
  try {
    told = "error" in result ? tellThrown(result.error) : tellReturned(result.value);
  } catch (error) {
    told = error instanceof Undescribable ? tellUndescribable(error) : tellThrown(error);
  }
  // Telling a value can run the program: getters and generators.
  return missing === undefined ? told : { kind: "stopped", by: "outside", detail: missing };
}

function tellUndescribable({ message }: Undescribable): Told {
  return { kind: "stopped", by: "value", detail: message };
}

function tellReturned(value: unknown): Told {
  const [text] = describeValue([isIterator(value) ? takeItems(value) : value], realm) as Values;
  const told: Told = { kind: "returned", text: isIterator(value) ? `${text}.values()` : text };
  const changed = args.flatMap((argument, index) => {
    if (before[index] === undefined) return [];
    const [after] = describeValue([argument], realm) as Values;
    return after === before[index] ? [] : [{ index, text: after }];
  });
  if (changed.length > 0) told.changed = changed;
  if (printed !== "") told.printed = printed.length > MAX_PRINTED ? `${printed.slice(0, MAX_PRINTED)}…` : printed;
  return told;
}

function isIterator(value: unknown): value is IterableIterator<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return / Iterator\]$|^\[object Generator\]$/.test(Object.prototype.toString.call(value));
}

let items: unknown[] | undefined;

function takeItems(values: IterableIterator<unknown>): unknown[] {
  if (items) return items;
  items = [];
  for (let next = values.next(); !next.done; next = values.next()) {
    if (items.length === MAX_ITEMS) throw new Undescribable(`gives more than ${MAX_ITEMS} values`);
    items.push(next.value);
  }
  return items;
}

function tellThrown(error: unknown): Told {
  if (typeof error !== "object" || error === null || !inherits(realm.errorPrototype, error))
    return { kind: "threw", type: nameOf(error), message: shown(error).slice(0, MAX_MESSAGE) };
  const { message } = error as Error;
  const type = nameOf(error);
  if (!made.has(error)) {
    if (type === "InternalError" && message === "out of memory") return { kind: "stopped", by: "memory" };
    if (message === "stack overflow" || message === "Maximum call stack size exceeded")
      return { kind: "stopped", by: "depth" };
    return { kind: "threw", type };
  }
  return { kind: "threw", type, message: String(message).slice(0, MAX_MESSAGE) };
}

function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const name = (value as object).constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}

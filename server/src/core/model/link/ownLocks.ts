import type { FieldFacts, TypeFacts } from "../facts";

/** What a method of a lock does; `runs` what it is handed, with the lock held meanwhile. */
export type LockMethod = "acquire" | "release" | "runs";

/** What a method does if it is one of a lock, by its name. */
export function lockMethodNamed(method: string): LockMethod | undefined {
  return methods.get(method);
}

/**
 * Whether a class of JavaScript lets one asynchronous function in at a time: the language has no such lock, so programs
 * write their own. It is called one, and keeps those who wait, as a chain of promises or in a list; a mutex may also ask
 * again and again.
 */
export function isOwnLock({ form, name, fields, methods: declared }: TypeFacts): boolean {
  if (form !== "class" || !/(?:Mutex|Lock)$/.test(name)) return false;
  const actions = new Set(declared.map((method) => methods.get(method.name)));
  return fields.some(keepsWaiting) || (name.endsWith("Mutex") && actions.has("acquire") && actions.has("release"));
}

const methods: ReadonlyMap<string, LockMethod> = new Map([
  ["acquire", "acquire"],
  ["lock", "acquire"],
  ["release", "release"],
  ["unlock", "release"],
  ["run", "runs"],
  ["runExclusive", "runs"],
  ["runLocked", "runs"],
  ["withLock", "runs"],
  ["synchronize", "runs"],
  ["use", "runs"],
]);

/** `private tail = Promise.resolve()`, `waiters: Function[]`, `this.queue = []`. */
function keepsWaiting({ name, type = "", origin = "" }: FieldFacts): boolean {
  if (/^Promise\b/.test(type) || origin.startsWith("Promise.resolve()")) return true;
  const isList = /\[\]$|^(?:Array|Set|Queue)</.test(type) || origin === "<list>";
  return isList && (/=>/.test(type) || /queue|wait|pending|resolv/i.test(name));
}

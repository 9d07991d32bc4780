import type { AccessPath } from "../facts";
import type { FileSummary, FunctionSummary } from "../fileSummary";
import { boundIn } from "../madeWith";
import { callSitesIn } from "./callSites";
import { heldByDecorator } from "./decoratorLocks";
import { functionIds } from "./links";
import { pauseIn } from "./loopPace";
import { isQueuingDecorated } from "./queuingDecorators";
import { lastName } from "./typeExpression";

/** Methods that run when a block is entered with an object. */
export const entering = ["__enter__", "__aenter__"];

/**
 * What other files can see of a file, by the keys under which a `Resolver` consults it. Two versions of a file whose
 * maps are equal look the same from outside, whatever changed in their bodies.
 */
export function signaturesOf(module: string, file: FileSummary): Map<string, string> {
  const signatures = new Map<string, string>();
  const ids = functionIds(file);
  const add = (key: string, text: string) => {
    const named = text.replace(/<func#(\d+)/g, (_, index: string) => `<func#${ids[Number(index)]}`);
    signatures.set(key, `${signatures.get(key) ?? ""}${named}\n`);
  };
  add(
    `i:${file.path}`,
    JSON.stringify(file.imports.map(({ module: from, member, localName }) => [from, member, localName])),
  );
  for (let end = module.length; end > 0; end = module.lastIndexOf(".", end - 1))
    add(`m:${module.slice(0, end)}`, file.packageName ?? "");
  const built = file.buildConstraint === undefined ? [] : [file.buildConstraint];
  for (const type of file.types) {
    const fields = type.fields.map(({ name, type: declared, origin, given, elements, sideOf, madeWith }) => [
      name,
      declared,
      origin,
      given,
      elements,
      sideOf,
      madeWith,
    ]);
    add(`d:${module}.${type.name}`, JSON.stringify(["type", type.form, type.typeParameters, type.bases]));
    add(`t:${module}.${type.name}`, JSON.stringify([type.typeParameters, type.bases, fields, type.methods]));
    for (const { name } of type.methods) add(`s:${name}`, `${module}.${type.name}`);
    for (const base of type.bases) add(`b:${lastName(base)}`, `${module}.${type.name}`);
  }
  const puts = tablesFilled(file);
  for (const [index, fn] of file.functions.entries()) {
    if (fn.parent === undefined && puts.has(index)) {
      const key = fn.typeName ? `t:${module}.${fn.typeName}` : `d:${module}.${fn.symbol}`;
      add(key, JSON.stringify(puts.get(index)));
    }
    if (fn.typeName) {
      add(`t:${module}.${fn.typeName}`, signatureOf(fn, built));
      add(`s:${fn.name}`, `${module}.${fn.typeName}`);
    } else if (fn.parent === undefined && fn.name) {
      const asDecorator = [heldByDecorator(file, index) ?? "", isQueuingDecorated(file, index)];
      add(`d:${module}.${fn.symbol}`, signatureOf(fn, built) + JSON.stringify(asDecorator));
    }
  }
  for (const { name, type, origin, elements, value } of file.constants)
    add(`d:${module}.${name}`, JSON.stringify(["variable", type, origin, elements, value && boundIn(value)]));
  for (const { exported, localName, module: from, member } of file.imports)
    if (exported) add(`d:${module}.${member === "*" ? "*" : localName}`, JSON.stringify(["import", from, member]));
  for (const { name, localName } of file.exports ?? [])
    add(`d:${module}.${name}`, JSON.stringify(["export", localName]));
  for (const [name, { call, typeName }] of callSitesIn(file))
    add(callsKey(name), JSON.stringify([call.origin ?? call.callee, call.arguments, call.options, typeName]));
  return signatures;
}

/** What functions written in a function put into tables, which it does itself as a decorator. */
function tablesFilled({ functions }: FileSummary): ReadonlyMap<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { parent, keeps } of functions) {
    let outer = parent;
    while (outer !== undefined && functions[outer]?.parent !== undefined) outer = functions[outer]?.parent;
    const filled = outer === undefined ? [] : (keeps ?? []).filter(({ byKey }) => byKey);
    if (outer === undefined || filled.length === 0) continue;
    found.set(outer, [...(found.get(outer) ?? []), ...filled.map(({ field, given }) => `${field} ${given}`)]);
  }
  return found;
}

/** The key for what functions and types of a name are given where they are called. */
export function callsKey(name: string): string {
  return `${callsPrefix}${name}`;
}

const callsPrefix = "c:";

export function isCallsKey(key: string): boolean {
  return key.startsWith(callsPrefix);
}

/** Keys that mean something else than before. */
export function changedKeys(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const keys: string[] = [];
  for (const [key, text] of after) if (before.get(key) !== text) keys.push(key);
  for (const key of before.keys()) if (!after.has(key)) keys.push(key);
  return keys;
}

function signatureOf(fn: FunctionSummary, built: readonly string[]): string {
  const parameters = fn.parameters.map(({ name, type, rest, default: value }) => [name, type, rest, value]);
  return JSON.stringify([
    fn.symbol,
    fn.form,
    fn.typeParameters,
    parameters,
    fn.results,
    ...(fn.declaredAs === undefined ? [] : [fn.declaredAs]),
    fn.results.length === 0 ? fn.returns : [],
    fn.modifiers,
    fn.decorators,
    ...built,
    pauseIn(fn),
    ...callsWhenEntered(fn),
    ...(fn.keeps ?? []).flatMap(({ field, given, byKey }) => (given.startsWith("#") || byKey ? [field, given] : [])),
  ]);
}

/** What other files see of a method that may take a lock for whoever enters its object. */
function callsWhenEntered({ name, receiver, calls }: FunctionSummary): readonly AccessPath[] {
  if (receiver === undefined) return [];
  const isEntering = entering.includes(name);
  const isTaking = calls.some(({ callee }) => /\.(?:acquire|__a?enter__)$/.test(callee));
  return isEntering || isTaking ? calls.map(({ callee, origin = callee }) => origin) : [];
}

/**
 * FNV-1a. Two keys of one hash cost a file that is linked again for nothing.
 *
 * @param start hash of what stands in front
 */
export function keyHash(key: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash | 0;
}

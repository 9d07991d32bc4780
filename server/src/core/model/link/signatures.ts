import type { FileSummary, FunctionSummary } from "../fileSummary";
import { callSitesIn } from "./callSites";
import { functionIds } from "./links";
import { pauseIn } from "./loopPace";
import { lastName } from "./typeExpression";

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
    const fields = type.fields.map(({ name, type: declared, origin, given, sideOf }) => [
      name,
      declared,
      origin,
      given,
      sideOf,
    ]);
    add(`d:${module}.${type.name}`, JSON.stringify(["type", type.form, type.typeParameters, type.bases]));
    add(`t:${module}.${type.name}`, JSON.stringify([type.typeParameters, type.bases, fields, type.methods]));
    for (const { name } of type.methods) add(`s:${name}`, `${module}.${type.name}`);
    for (const base of type.bases) add(`b:${lastName(base)}`, `${module}.${type.name}`);
  }
  for (const fn of file.functions) {
    if (fn.typeName) {
      add(`t:${module}.${fn.typeName}`, signatureOf(fn, built));
      add(`s:${fn.name}`, `${module}.${fn.typeName}`);
    } else if (fn.parent === undefined && fn.name) {
      add(`d:${module}.${fn.symbol}`, signatureOf(fn, built));
    }
  }
  for (const { name, type, origin } of file.constants)
    add(`d:${module}.${name}`, JSON.stringify(["variable", type, origin]));
  for (const { exported, localName, module: from, member } of file.imports)
    if (exported) add(`d:${module}.${member === "*" ? "*" : localName}`, JSON.stringify(["import", from, member]));
  for (const { name, localName } of file.exports ?? [])
    add(`d:${module}.${name}`, JSON.stringify(["export", localName]));
  for (const [name, { call, typeName }] of callSitesIn(file))
    add(callsKey(name), JSON.stringify([call.origin ?? call.callee, call.arguments, call.options, typeName]));
  return signatures;
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
    ...[pauseIn(fn) ?? []].flat(),
    ...(fn.keeps ?? []).flatMap(({ field, given }) => (given.startsWith("#") ? [field, given] : [])),
  ]);
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

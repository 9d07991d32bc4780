import type { FileFacts, FunctionFacts, Value } from "../../model/facts";
import { valuesWithin, walkSteps } from "../../model/walkSteps";

/** Calls that are handed a document with an expiry in it: where they start, and what the expiry is called. */
export function expiriesHanded(
  { steps, parameters }: FunctionFacts,
  { types }: FileFacts,
): (readonly [start: number, name: string])[] {
  const handed: (readonly [number, string])[] = [];
  // `payload := map[string]any{"expires_at": until}`, `blob, err := json.Marshal(payload)`
  const objects = new Map<string, string>();
  const fieldsOf = (type = "") =>
    types.find(({ name }) => name === type.replace(/^[*\w.]*?(\w+)$/, "$1"))?.fields ?? [];
  // A parameter, and a part of one, of a type that has an expiry.
  for (const { name, type } of parameters)
    for (const [path, fields] of [
      [name, fieldsOf(type)] as const,
      ...fieldsOf(type).map((field) => [`${name}.${field.name}`, fieldsOf(field.type)] as const),
    ]) {
      const expiry = fields.find((field) => isExpiry.test(field.name));
      if (expiry) objects.set(path, expiry.name);
    }
  // Those among them that are maps: a row that is handed on has columns.
  const maps = new Map<string, string>();
  const documents = new Map<string, string>();
  const inDocument = (value: Value): string | undefined => {
    for (const inner of valuesWithin(value)) {
      if (inner.kind === "path" && documents.has(inner.path)) return documents.get(inner.path);
      const name =
        inner.kind === "call" && serialises.test(inner.callee) ? expiryIn(inner.arguments, objects) : undefined;
      if (name !== undefined) return name;
    }
    return undefined;
  };
  // What is handed an object that has just been made with one: `session.add(Hold(body=body))`.
  const inNew = (given: Value) =>
    given.kind === "call" ? handed.find(([start]) => start === given.start)?.[1] : undefined;
  let latest: { callee: string; name: string | undefined } | undefined;
  walkSteps(steps, (step) => {
    if (step.kind === "call") {
      const map = /^([\w$]+)\.put$/.exec(step.callee)?.[1];
      const key = expiryNamed(step.arguments[0]);
      if (map !== undefined && key !== undefined) objects.set(map, key);
      if (serialises.test(step.callee)) latest = { callee: step.callee, name: expiryIn(step.arguments, objects) };
      else
        for (const given of step.arguments) {
          const name = inDocument(given) ?? inField(given, maps) ?? inNew(given);
          if (name !== undefined) handed.push([step.start, name]);
        }
    }
    if (step.kind === "write") {
      const [, object] = /^([\w$]+)\[\w*\]$/.exec(step.path) ?? [];
      const name = expiryNamed(step.keys.at(-1));
      if (object !== undefined && name !== undefined) for (const known of [objects, maps]) known.set(object, name);
    }
    if (step.kind !== "assign") return;
    const object = step.value.kind === "composite" ? expiryIn([step.value], objects) : undefined;
    const isOfLatest = latest?.name !== undefined && step.origin?.startsWith(`${latest.callee}()`);
    const document = inDocument(step.value) ?? (isOfLatest ? latest?.name : undefined);
    if (object !== undefined) objects.set(step.target, object);
    if (object !== undefined && step.value.kind === "composite" && step.value.form === "map")
      maps.set(step.target, object);
    if (document !== undefined) documents.set(step.target, document);
  });
  return handed;
}

/** The expiry in an object that is written in place or held by a local. */
function expiryIn(values: readonly Value[], objects: ReadonlyMap<string, string>): string | undefined {
  for (const value of values)
    for (const inner of valuesWithin(value)) {
      if (inner.kind === "path" && objects.has(inner.path)) return objects.get(inner.path);
      const keys =
        inner.kind === "composite"
          ? (inner.keys ?? [])
          : inner.kind === "call" && makesMap.test(inner.callee)
            ? inner.arguments
            : [];
      const name = keys.map(expiryNamed).find((known) => known !== undefined);
      if (name !== undefined) return name;
    }
  return undefined;
}

/**
 * `Hold.objects.create(data={"expires_at": until})`, `holds.save({ ship, details: { expiresAt } })`: what is given by name
 * is a column, and what is in it a document.
 */
function inField(given: Value, maps: ReadonlyMap<string, string>): string | undefined {
  if (given.kind !== "composite" || given.form !== "object") return undefined;
  for (const [i, value] of given.parts.entries()) {
    const key = given.keys?.[i];
    const isByName =
      given.parts.length === 1 && (value.kind === "path" || (value.kind === "composite" && value.form === "map"));
    const isDocument =
      value.kind === "composite" && value.form === "object" && key?.kind === "path" && holdsDocument.test(key.path);
    const name = isByName || isDocument ? expiryIn([value], isByName ? maps : noMaps) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

const noMaps: ReadonlyMap<string, string> = new Map();

/** A column of this name holds whatever fits: `details`, `meta`. In `data` Prisma is handed the row itself. */
const holdsDocument =
  /^(?:details?|meta(?:data)?|payload|json\w*|attributes|attrs|props|properties|extras?|body|doc|info|blob)$/;

/** The name of a key that is an expiry. */
function expiryNamed(key: Value | undefined): string | undefined {
  const name = key?.kind === "path" ? key.path : key?.kind === "literal" && key.type === "string" ? key.text : "";
  return isExpiry.test(name) ? name : undefined;
}

const serialises = /(?:^|\.)(?:dumps|stringify|Marshal(?:Indent|String)?|writeValueAsString|toJson)$/;
const makesMap = /(?:^|\.)(?:Map\.of|ImmutableMap\.of|dict)$/;
const isExpiry = /^(?:\w*_)?(?:expir\w*|valid_?until|ttl|deadline)$/i;

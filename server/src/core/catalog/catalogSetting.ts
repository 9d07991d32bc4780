import type { CatalogEntry, Role } from "./catalog";

/** What one property of an entry may be: a JSON schema, from which values are checked too. */
type PropertySchema =
  | { type: "string"; enum?: readonly string[]; description: string }
  | { type: "integer"; minimum?: 0; description: string }
  | { type: "boolean"; description: string }
  | { type: "array"; items: { type: "string" }; description: string }
  | { type: ["string", "array"]; items: { type: "string" }; description: string }
  | { type: "object"; additionalProperties: { type: "string" }; description: string };

const roles: Readonly<Record<Role, true>> = {
  acquire: true,
  release: true,
  wait: true,
  sleep: true,
  database: true,
  network: true,
  file: true,
  process: true,
  channel: true,
  spawn: true,
  timer: true,
  handler: true,
  callback: true,
  "rate-limit": true,
  cache: true,
  serialise: true,
  deserialise: true,
  log: true,
  assertion: true,
  test: true,
  mock: true,
  sort: true,
  hash: true,
  random: true,
  clock: true,
  error: true,
  exit: true,
  environment: true,
  "regular-expression": true,
  dynamic: true,
  atomic: true,
  default: true,
  publish: true,
  template: true,
};

const position = (description: string): PropertySchema => ({ type: "integer", minimum: 0, description });
const texts = (description: string): PropertySchema => ({ type: "array", items: { type: "string" }, description });
const text = (description: string, values?: readonly string[]): PropertySchema => ({
  type: "string",
  ...(values && { enum: values }),
  description,
});

const entryProperties: Readonly<Record<keyof CatalogEntry, PropertySchema>> = {
  role: text("What a call of it does.", Object.keys(roles)),
  mode: text("How a lock is taken; left out for an exclusive lock.", ["read", "try", "try-read"]),
  access: text("What happens to the data; left out when the query decides.", ["read", "write", "transaction"]),
  query: position("Position of the argument that holds the query text, from 0."),
  table: position("Position of the argument that names the table or model, from 0."),
  route: position("Position of the argument that holds the route or topic, from 0."),
  callback: {
    type: "integer",
    description: "Position of the function that is handed over, from 0; `-1` is the last argument.",
  },
  topic: text("What a publisher and its listeners have in common.", ["name", "type", "object"]),
  keyword: text("Name under which that function may be given, as Python's `target`."),
  method: text("The method that is run when an object is handed over instead; alternatives with `|`."),
  runs: text("What the method is called on is a function that it has run elsewhere, as Celery's `delay`.", [
    "receiver",
  ]),
  engine: text("Of a database: in the process, as SQLite is, or over a connection.", ["embedded", "server"]),
  blocks: {
    type: "boolean",
    description:
      "`false` when it does not wait although its role would say so, `true` of a `rate-limit` that waits for its turn and a `publish` with a `topic` that goes over the network.",
  },
  returns: {
    type: ["string", "array"],
    items: { type: "string" },
    description: "Type of the result, or of each of several results.",
  },
  callbackParameters: texts("Types of the parameters of the function that is handed over."),
  lock: text("What kind of lock the type is.", ["exclusive", "read-write", "semaphore", "condition"]),
  reentrant: { type: "boolean", description: "Whether its holder can take the lock again." },
  parameters: texts("Names of the type's own type parameters."),
  bases: texts("What the type extends."),
  fields: { type: "object", additionalProperties: { type: "string" }, description: "Types of the fields, by name." },
  element: text("Type of an element by its key."),
  key: text("Type of a key."),
  iterates: text("What a loop over it yields, when that is not the element."),
  type: text("Type of a variable of the module."),
};

const languages = ["go", "java", "python", "typescript"];

/** JSON schema of the setting `fathom.catalog`. */
export const catalogSchema = {
  type: "object",
  propertyNames: { enum: languages },
  additionalProperties: {
    type: "object",
    description: "Modules by name, as they are imported.",
    additionalProperties: {
      type: "object",
      description: "Functions, methods (`Type.method`) and types of the module. `A|B.c|d` stands for four methods.",
      additionalProperties: { type: "object", properties: entryProperties, additionalProperties: false },
    },
  },
} as const;

/** What is wrong with a value from outside, in words that follow the name of the setting. */
export function problemWithCatalog(raw: unknown): string | undefined {
  if (!isObject(raw)) return "must be an object: language, module, symbol, what it does";
  for (const [language, modules] of Object.entries(raw)) {
    if (!languages.includes(language)) return `knows ${languages.join(", ")}, not "${language}"`;
    if (!isObject(modules)) return `must have modules by name below "${language}"`;
    for (const [module, symbols] of Object.entries(modules)) {
      if (!isObject(symbols)) return `must have symbols by name below "${language}", "${module}"`;
      for (const [symbol, entry] of Object.entries(symbols)) {
        const problem =
          alternatives(module) * alternatives(symbol) > maxAlternatives ? tooMany : problemWithEntry(entry);
        if (problem) return `${problem}, in "${language}", "${module}", "${symbol}"`;
      }
    }
  }
  return undefined;
}

/** Alternatives multiply, and a setting may come with a workspace nobody trusts. */
const maxAlternatives = 1000;
const tooMany = `stands for more than ${maxAlternatives} symbols`;

/** How many names a pattern stands for. */
function alternatives(pattern: string): number {
  return pattern.split(".").reduce((count, part) => count * part.split("|").length, 1);
}

function problemWithEntry(entry: unknown): string | undefined {
  if (!isObject(entry)) return "must say what a symbol does in an object";
  for (const [key, value] of Object.entries(entry)) {
    const schema = Object.hasOwn(entryProperties, key) ? entryProperties[key as keyof CatalogEntry] : undefined;
    if (!schema) return `does not know "${key}"`;
    if (!fits(value, schema)) return `has a "${key}" that is not ${expected(schema)}`;
  }
  return undefined;
}

function fits(value: unknown, schema: PropertySchema): boolean {
  switch (schema.type) {
    case "string":
      return typeof value === "string" && (!schema.enum || schema.enum.includes(value));
    case "integer":
      return Number.isInteger(value) && (value as number) >= (schema.minimum ?? Number.NEGATIVE_INFINITY);
    case "boolean":
      return typeof value === "boolean";
    case "object":
      return isObject(value) && Object.values(value).every((item) => typeof item === "string");
    default: {
      const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
      return isList || (schema.type !== "array" && typeof value === "string");
    }
  }
}

function expected(schema: PropertySchema): string {
  switch (schema.type) {
    case "string":
      return schema.enum ? `one of ${schema.enum.join(", ")}` : "a text";
    case "integer":
      return schema.minimum === undefined ? "a whole number" : `a whole number from ${schema.minimum}`;
    case "boolean":
      return "true or false";
    case "array":
      return "a list of texts";
    case "object":
      return "an object of texts";
    default:
      return "a text or a list of texts";
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

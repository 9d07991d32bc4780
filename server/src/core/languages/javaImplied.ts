import type { MethodFacts, TypeFacts } from "../model/facts";

const loggers: Readonly<Record<string, string>> = {
  Slf4j: "org.slf4j.Logger",
  XSlf4j: "org.slf4j.Logger",
  Log4j2: "org.apache.logging.log4j.Logger",
  Log4j: "org.apache.log4j.Logger",
  Log: "java.util.logging.Logger",
  CommonsLog: "org.apache.commons.logging.Log",
  JBossLog: "org.jboss.logging.Logger",
};

/** A field as the members that are made for it need it. */
export interface DeclaredField {
  name: string;
  type: string;
  isStatic: boolean;
  annotations: readonly string[];
}

/**
 * Adds what a type has without it being written: the accessors of a record, the values of an enum, and what Lombok
 * makes of a class. Returns further types: the builder of a class.
 */
export function addImpliedMembers(
  facts: TypeFacts,
  annotations: readonly string[],
  fields: readonly DeclaredField[],
): TypeFacts[] {
  const names = new Set(facts.methods.map(({ name }) => name));
  const add = (name: string, result: string) => {
    if (names.has(name)) return;
    names.add(name);
    facts.methods.push({ name, results: [result] });
  };
  if (facts.form === "record") for (const { name, type } of facts.fields) if (type) add(name, type);
  if (facts.form === "enum") {
    add("values", `${facts.name}[]`);
    add("valueOf", facts.name);
  }
  const ofClass = annotations.map(nameOf);
  const isGetter = (annotation: string) => /^(Getter|Data|Value)$/.test(nameOf(annotation));
  const hasGetters = annotations.some(isGetter);
  for (const { name, type, isStatic, annotations: own } of fields) {
    if (!(hasGetters && !isStatic) && !own.some(isGetter)) continue;
    const plain = type === "boolean" ? name.replace(/^is(?=[A-Z])/, "") : name;
    add((type === "boolean" ? "is" : "get") + plain.charAt(0).toUpperCase() + plain.slice(1), type);
  }
  for (const name of ofClass) {
    const logger = Object.hasOwn(loggers, name) ? loggers[name] : undefined;
    if (logger && !facts.fields.some((field) => field.name === "log"))
      facts.fields.push({ start: facts.start, end: facts.start, name: "log", type: logger });
  }
  if (!ofClass.some((name) => name === "Builder" || name === "SuperBuilder")) return [];
  const builder = builderOf(facts, fields);
  add("builder", builder.name);
  return [builder];
}

function builderOf(facts: TypeFacts, fields: readonly DeclaredField[]): TypeFacts {
  const simpleName = facts.name.slice(facts.name.lastIndexOf(".") + 1);
  const name = `${facts.name}.${simpleName}Builder`;
  const set = facts.form === "record" ? facts.fields : fields.filter(({ isStatic }) => !isStatic);
  const setters = set.map((field): MethodFacts => ({ name: field.name, results: [name] }));
  return {
    start: facts.start,
    end: facts.start,
    name,
    form: "class",
    typeParameters: facts.typeParameters,
    bases: [],
    fields: [],
    methods: [...setters, { name: "build", results: [facts.name] }],
  };
}

/** `lombok.Getter(AccessLevel.NONE)` as `Getter`. */
function nameOf(annotation: string): string {
  return /([\w$]+)\s*(\(|$)/.exec(annotation)?.[1] ?? "";
}

export const lockedByLombok = /^@(?:lombok\.)?Synchronized\b/;

/** The field that Lombok's `@Synchronized` names, or else the object or its class: nothing else takes the lock it makes. */
export function lockOfLombok(annotation: string): string | undefined {
  const named = /\(\s*(?:value\s*=\s*)?"(\w+)"\s*\)/.exec(annotation)?.[1];
  return named && `this.${named}`;
}

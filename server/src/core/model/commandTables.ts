import { wordsOf } from "../base/words";
import type { FileFacts, FunctionFacts, Step, Value } from "./facts";

/** A function that a variable holds under a name, by which whoever asks has it called. */
export interface Command {
  /** Its last name, or its place in the file where it has none. */
  function: string | number;
  /** From where the file has it, as written there; absent for what the file, or in Go its package, declares. */
  module?: string;
  /** The type that declares it, where the table holds methods of an object. */
  typeName?: string;
}

/** The functions in the tables of a file: those that it declares, and those that are filled in a function of it. */
export function commandsIn(facts: FileFacts): Command[] {
  return [...declaredCommands(facts), ...facts.functions.flatMap((fn) => commandsMade(fn, facts))];
}

/** `var commands = map[string]func(…){"hail": (*Server).hail}`, `const handlers: Record<string, Handler> = { hail }` */
function declaredCommands(facts: FileFacts): Command[] {
  const { steps, constants, functions } = facts;
  const tables = constants.filter(({ name, type, origin, value }) => {
    const isMap = /^<?map\b|^Record<|^Map<|^(?:Dict|dict)\b|^<(?:map|object)>$/.test(type ?? origin ?? "");
    return isTable.test(wordsOf(name).at(-1) ?? "") && (isMap || value?.startsWith("{") === true);
  });
  const made = new Map(constants.map(({ name, type, origin }) => [name, typeMade(type ?? origin)]));
  return tables.flatMap(({ name, end }) => {
    // What stands in the table itself is no declaration after it.
    const others = functions.filter(({ form, symbol }) => form !== "closure" && !symbol.startsWith(`${name}.`));
    const next = Math.min(...[...constants, ...others].flatMap(({ start }) => (start > end ? start : [])));
    return steps.flatMap((step) => {
      if (step.start <= end || step.start >= next) return [];
      if (step.kind === "lambda") return { function: step.function };
      return step.kind === "read" ? (commandAt(step.path, made, facts) ?? []) : [];
    });
  });
}

/** `Map<String, Command> commands = Map.of("hail", server::hail)` in a function. */
function commandsMade({ steps }: FunctionFacts, facts: FileFacts): Command[] {
  const made = new Map<string, string | undefined>();
  return steps.flatMap((step) => {
    if (step.kind !== "assign") return [];
    const { target, type, value } = step;
    made.set(target, typeMade(type ?? (value.kind === "call" ? `${value.callee}()` : undefined)));
    return isTable.test(wordsOf(target).at(-1) ?? "")
      ? partsOfTable(step).flatMap((part) => commandOf(part, made, facts))
      : [];
  });
}

/** What a table that is written out holds under names. */
function partsOfTable({ value }: Extract<Step, { kind: "assign" }>): readonly Value[] {
  if (value.kind === "composite") return value.form === "map" || value.form === "object" ? value.parts : [];
  return value.kind === "call" && value.callee === "Map.of" ? value.arguments.filter((_, i) => i % 2 === 1) : [];
}

function commandOf(value: Value, made: Types, facts: FileFacts): Command[] {
  if (value.kind === "lambda") return [{ function: value.function }];
  return value.kind === "path" ? [commandAt(value.path, made, facts) ?? []].flat() : [];
}

/** The types of variables, where that is known. */
type Types = ReadonlyMap<string, string | undefined>;

function commandAt(path: string, made: Types, { imports }: FileFacts): Command | undefined {
  const name = /[\w$]+$/.exec(path)?.[0];
  if (name === undefined) return undefined;
  const [root = ""] = /^[\w$]+/.exec(path) ?? [];
  const typeName = path === `${root}.${name}` ? made.get(root) : undefined;
  if (typeName !== undefined) return { function: name, typeName };
  const imported = imports.find(({ localName }) => localName === root);
  if (!imported) return { function: name };
  return { function: path === name ? (imported.member ?? name) : name, module: imported.module };
}

/** `Server` of `*Server`, and of what `new Server()` gives. */
function typeMade(text = ""): string | undefined {
  return /^\*?(\p{Lu}[\w$]*)(?:\(\))?$/u.exec(text)?.[1];
}

const isTable =
  /^(?:commands?|cmds?|handlers?|actions?|dispatch\w*|messages?|packets?|events?|methods?|procedures?|rpcs?|opcodes?|requests?)$/;

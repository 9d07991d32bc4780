import { wordsOf } from "../base/words";
import type { FileFacts, Step } from "./facts";

/** A function that a variable of a file holds under a name, by which whoever asks has it called. */
export interface Command {
  /** Its last name, or its place in the file where it has none. */
  function: string | number;
  /** From where the file has it, as written there; absent for what the file, or in Go its package, declares. */
  module?: string;
}

/** `var commands = map[string]func(…){"hail": (*Server).hail}`, `const handlers: Record<string, Handler> = { hail }` */
export function commandsIn({ steps, constants, functions, imports }: FileFacts): Command[] {
  const tables = constants.filter(({ name, type, origin, value }) => {
    const isMap = /^<?map\b|^Record<|^Map<|^(?:Dict|dict)\b|^<(?:map|object)>$/.test(type ?? origin ?? "");
    return isTable.test(wordsOf(name).at(-1) ?? "") && (isMap || value?.startsWith("{") === true);
  });
  if (tables.length === 0) return [];
  const declared = [...constants, ...functions.filter(({ form }) => form !== "closure")].map(({ start }) => start);
  return tables.flatMap(({ end }) => {
    const next = Math.min(...declared.filter((start) => start > end));
    return steps.flatMap((step) => (step.start > end && step.start < next ? (commandOf(step, imports) ?? []) : []));
  });
}

function commandOf(step: Step, imports: FileFacts["imports"]): Command | undefined {
  if (step.kind === "lambda") return { function: step.function };
  const path = step.kind === "read" ? step.path : "";
  const name = /[\w$]+$/.exec(path)?.[0];
  if (name === undefined) return undefined;
  const imported = imports.find(({ localName }) => localName === /^[\w$]+/.exec(path)?.[0]);
  if (!imported) return { function: name };
  return { function: path === name ? (imported.member ?? name) : name, module: imported.module };
}

const isTable =
  /^(?:commands?|cmds?|handlers?|actions?|dispatch\w*|messages?|packets?|events?|methods?|procedures?|rpcs?|opcodes?|requests?)$/;

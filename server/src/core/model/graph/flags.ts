import type { FileSummary } from "../fileSummary";
import { conditionsAt } from "./conditionsAt";
import type { GraphFunction } from "./functionEffects";
import { receiverOf } from "./heldLocks";
import { conditionsIn } from "./wayConditions";

/** Flags of the object a method belongs to, by `this.name`, as far as it is known how they are. */
export type Flags = ReadonlyMap<string, boolean>;

const noFlags: Flags = new Map();

/**
 * What is known of the flags of an object when one of its methods calls another: by the conditions around the call,
 * and by what was known when the method was called itself. Those that the method changes are left out.
 */
export function flagsAt(fn: GraphFunction, file: FileSummary, call: number, before: Flags): Flags {
  if (receiverOf(fn, call) !== "this") return noFlags;
  const flags = new Map(before);
  for (const { test, holds } of conditionsAt(fn.summary.flow, call)) {
    const { simple, areJoined, isWhole } = conditionsIn(test);
    if (areJoined !== holds && !(simple.length === 1 && isWhole)) continue;
    for (const { name, isNegated } of simple) {
      const flag = flagOf(fn, file, name);
      if (flag !== undefined) flags.set(`this.${flag}`, holds !== isNegated);
    }
  }
  for (const path of fn.summary.writes) flags.delete(`this.${path.slice(path.lastIndexOf(".") + 1)}`);
  return flags;
}

/** The name of a flag that is a field of the method's object. */
function flagOf({ around }: GraphFunction, file: FileSummary, name: string): string | undefined {
  const [root = "", flag, ...others] = name.split(".");
  const outermost = around.at(-1);
  if (flag !== undefined)
    return others.length === 0 && (/^(?:this|self)$/.test(root) || root === outermost?.receiver?.name)
      ? flag
      : undefined;
  return isField(file, outermost?.typeName, name) && !around.some((fn) => isBound(fn, name)) ? name : undefined;
}

/** Where fields go by their bare names. */
function isField({ language, types }: FileSummary, typeName: string | undefined, name: string): boolean {
  const type = typeName?.split(".").at(-1);
  return (
    language === "java" && types.some((one) => one.name === type && one.fields.some((field) => field.name === name))
  );
}

function isBound({ parameters }: GraphFunction["summary"], name: string): boolean {
  return parameters.some((parameter) => parameter.name === name);
}

/** The same flags by the names that a method of the object has for them in its conditions. */
export function* namesOfFlags(
  { around, summary }: GraphFunction,
  file: FileSummary,
  flags: Flags,
): Iterable<[string, boolean]> {
  const outermost = around.at(-1);
  for (const [key, value] of flags) {
    const flag = key.slice("this.".length);
    if (summary.writes.some((path) => path.endsWith(`.${flag}`))) continue;
    yield [key, value];
    yield [`self.${flag}`, value];
    const receiver = outermost?.receiver?.name;
    if (receiver) yield [`${receiver}.${flag}`, value];
    if (isField(file, outermost?.typeName, flag) && !around.some((fn) => isBound(fn, flag))) yield [flag, value];
  }
}
